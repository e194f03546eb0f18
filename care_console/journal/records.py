"""The entries of the journal, as they are kept."""

from datetime import datetime
from uuid import UUID

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint

from care_console.journal.rules import Facts
from care_console.store import Id, Moment


class EntryRecord(SQLModel, table=True):
    """One command that was carried out. Never changed, never deleted.

    It outlives the card, so its facts hold no name, no number and no words about a person.
    """

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("origin", "number"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    at: datetime = Field(sa_type=Moment, index=True)
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    origin: str
    number: int = Field(sa_type=Id)  # counts the entries of one origin, from 1
    kind: str
    facts: Facts = Field(sa_type=JSON)
    visibility: str = "all"
    command_id: UUID = Field(unique=True)
    digest: str  # of the personal part
    chain: str  # follows from the entry before it of the same origin


class PersonalRecord(SQLModel, table=True):
    """The part of an entry that speaks of a person, and goes when they are erased."""

    __tablename__ = "entry_personal"

    entry_id: int = Field(foreign_key="entry.id", primary_key=True, sa_type=Id)
    salt: str
    personal: Facts = Field(sa_type=JSON)


class EntryCardRecord(SQLModel, table=True):
    """A customer in whose history the entry stands, and the group it concerns them in."""

    __tablename__ = "entry_card"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    entry_id: int = Field(foreign_key="entry.id", primary_key=True, sa_type=Id, index=True)
    card_group: str = ""
