"""What an import remembers, so that the same file changes nothing the second time."""

from typing import Any

from sqlmodel import JSON, Field, SQLModel

from care_console.store import Id, Key


class ImportedRecord(SQLModel, table=True):
    """A row that was taken in, and what it said then."""

    __tablename__ = "imported"

    row_key: str = Field(primary_key=True, sa_type=Key)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    said: dict[str, Any] = Field(sa_type=JSON)  # what stood in it
