"""Duties, as they are kept."""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from care_console.store import Id, Moment


class DutyRecord(SQLModel, table=True):
    """Something that is owed by a moment, by a clerk or by a desk."""

    __tablename__ = "duty"
    __table_args__ = (
        Index("duty_open", "settled_at", "due_at"),
        Index("duty_about", "about", "about_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    kind: str
    card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id, index=True)
    about: str = ""  # what it hangs on in an upper room, such as recovery, request or remedy
    about_id: int = Field(default=0, sa_type=Id)
    owner_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id, index=True)
    department_id: int | None = Field(default=None, foreign_key="department.id", sa_type=Id)
    title: str
    made_at: datetime = Field(sa_type=Moment)
    made_by_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    first_due_at: datetime = Field(sa_type=Moment)  # as it was before it was moved
    due_at: datetime = Field(sa_type=Moment)
    moved: int = 0  # how often
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    settled_by_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    outcome: str = ""  # done, withdrawn
