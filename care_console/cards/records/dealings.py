"""Dealings, as they are kept, and the files from which they came by themselves."""

from datetime import date, datetime
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel

from care_console.store import Id, Key, Minor, Moment


class DealingRecord(SQLModel, table=True):
    """An order, invoice, quote, contract or visit of another system."""

    __tablename__ = "dealing"
    __table_args__ = (
        Index("dealing_known", "kind", "known_key", unique=True),
        Index("dealing_number", "number_key", "id"),
        Index("dealing_digits", "digits_key", "id"),
        Index("dealing_ending", "ending_key", "id"),
        Index("dealing_of_card", "card_id", "dated", "id"),
        Index("dealing_open", "card_id", "state", "dated", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    kind: str = Field(sa_type=Key)
    number: str  # as it was given
    known_key: str = Field(sa_type=Key)  # by which it is known again
    number_key: str = Field(sa_type=Key)  # and three by which it is found
    digits_key: str | None = Field(default=None, sa_type=Key)
    ending_key: str | None = Field(default=None, sa_type=Key)
    dated: date  # UNDATED where nobody knows
    minor: int | None = Field(default=None, sa_type=Minor)
    currency: str = ""
    state: str = ""
    state_words: str = ""
    seller: str = ""
    seller_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id, index=True)
    link: str = ""
    said: dict[str, Any] = Field(sa_type=JSON)  # whom its row spoke of
    changed_at: datetime = Field(sa_type=Moment)


class TakenFileRecord(SQLModel, table=True):
    """A file of the watched folder that was read, so that it is not read a second time."""

    __tablename__ = "dealing_file"

    name: str = Field(primary_key=True, sa_type=Key)
    digest: str = Field(primary_key=True, sa_type=Key)  # BLAKE2b of what stood in it
    taken_at: datetime = Field(sa_type=Moment)
