"""The clerks, as they are kept."""

from sqlmodel import Field, SQLModel

from care_console.store import Id


class ClerkRecord(SQLModel, table=True):
    """An employee who works at a console."""

    __tablename__ = "clerk"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    role: str
    active: bool = True
