"""Calls, contacts and matters, as they are kept."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from care_console.store import Id, Key, Moment


class CallRecord(SQLModel, table=True):
    """One ringing of one line. A withheld caller leaves neither number nor name."""

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("line", "call_id", "turn"),
        # all that a ring reads of them
        Index("call_e164", "e164", "started_at", "card_id", "direction"),
        Index("call_waiting", "outcome", "seen", "started_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    line: str
    call_id: str
    turn: int = 0  # how often the line had used the id before
    e164: str | None = Field(default=None, sa_type=Key)
    raw: str = ""  # the number as the line sent it
    name: str = ""  # as the line sent it
    presentation: str
    called: str = ""  # what was called, in the house's words
    diverted_from: str = ""
    match: str
    started_at: datetime = Field(sa_type=Moment, index=True)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    direction: str = "in"  # or "out": we called
    outcome: str = "ringing"  # a CallState, or what its contact came to
    cause: str = ""
    card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id, index=True)
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    seen: bool = False  # a missed call that somebody looked at


class IgnoredRecord(SQLModel, table=True):
    """A number, or the beginning of numbers, whose rings do not disturb the house."""

    __tablename__ = "ignored_number"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    pattern: str = Field(unique=True, sa_type=Key)  # "+442079460123", or "+44207*"
    why: str = ""
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    at: datetime = Field(sa_type=Moment)


class MatterRecord(SQLModel, table=True):
    """What the customer wants settled."""

    __tablename__ = "matter"
    __table_args__ = (
        Index("matter_of_card", "card_id", "state"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id)
    title: str
    state: str = "open"  # open, closed, withdrawn
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)
    closed_for: str = ""  # the reason, in words


class ContactRecord(SQLModel, table=True):
    """What happened between a clerk and a customer; a draft until it is finished."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("contact_of_card", "card_id", "state", "started_at"),
        Index("contact_state", "state", "clerk_card_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    call_id: int | None = Field(default=None, foreign_key="call.id", sa_type=Id, index=True)
    command_id: UUID | None = Field(default=None, unique=True)  # that started it
    entry_id: int | None = Field(default=None, foreign_key="entry.id", sa_type=Id)  # of its end
    matter_id: int | None = Field(default=None, foreign_key="matter.id", sa_type=Id, index=True)
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    channel: str
    direction: str = "in"
    card_group: str = ""  # in which group the contact concerns the customer
    state: str = "open"  # open, unfinished, finished, dropped
    reason: str = ""
    notes: str = ""
    matter_title: str = ""  # of the matter that its end will open or join
    outcome: str = ""
    started_at: datetime = Field(sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    saved_at: datetime = Field(sa_type=Moment)


class VerifiedRecord(SQLModel, table=True):
    """One fact that the caller knew in one contact."""

    __tablename__ = "contact_verified"

    contact_id: int = Field(foreign_key="contact.id", primary_key=True, sa_type=Id)
    fact: str = Field(primary_key=True)  # its kind: never its value
    at: datetime = Field(sa_type=Moment)
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)


class ReasonRecord(SQLModel, table=True):
    """A reason for contacts, which grows with what the desk types."""

    __tablename__ = "reason"

    title_key: str = Field(primary_key=True, sa_type=Key)
    title: str
    uses: int = Field(default=0, index=True)
