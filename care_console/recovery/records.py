"""Recoveries and the words for them, as they are kept."""

from datetime import datetime
from typing import Any

from sqlmodel import JSON, Field, Index, SQLModel, UniqueConstraint

from care_console.store import Id, Key, Moment


class PlaybookRecord(SQLModel, table=True):
    """One version of the words for one group in one language, kept once it was in force."""

    __tablename__ = "playbook"
    __table_args__ = (
        UniqueConstraint("card_group", "language", "version"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_group: str
    language: str
    version: int  # from 1
    text: str  # TOML
    made_at: datetime = Field(sa_type=Moment)
    made_by_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    own: bool = True  # False: these words came with the program


class RecoveryRecord(SQLModel, table=True):
    """One recovery of one customer, from the first word to the last."""

    __tablename__ = "recovery"
    __table_args__ = (
        Index("recovery_of_card", "card_id", "closed_at"),
        Index("recovery_open", "closed_at", "opened_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id)
    card_group: str
    matter_id: int | None = Field(default=None, foreign_key="matter.id", sa_type=Id, index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", sa_type=Id)
    opened_from: str  # call, card, promise, abuse
    title: str
    fault: str = "unknown"  # ours, theirs, unknown
    taken_back: bool = False  # it was begun by mistake: nothing had been done on it
    language: str
    playbook_id: int = Field(foreign_key="playbook.id", sa_type=Id)  # in force when it began
    owner_card_id: int = Field(foreign_key="card.id", sa_type=Id)
    level: int = 0  # how often it was reopened one level up
    level_at: datetime = Field(sa_type=Moment)  # when that level began
    opened_at: datetime = Field(sa_type=Moment)
    opened_by_card_id: int = Field(foreign_key="card.id", sa_type=Id)
    follow_up_duty_id: int | None = Field(default=None, foreign_key="duty.id", sa_type=Id)
    up_duty_id: int | None = Field(default=None, foreign_key="duty.id", sa_type=Id)  # after a no
    answers: Any = Field(default_factory=list, sa_type=JSON)  # each with its level and moment
    unanswered: Any = Field(default=None, sa_type=JSON)  # how it stood before the last answer
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class StepRecord(SQLModel, table=True):
    """How one step of a recovery stands, and stood before."""

    __tablename__ = "recovery_step"

    recovery_id: int = Field(foreign_key="recovery.id", primary_key=True, sa_type=Id)
    step: str = Field(primary_key=True)
    state: str = "open"  # open, done, skipped
    note: str = ""  # or the reason for which it was skipped
    wording: str = ""  # which of the words were on the screen
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    earlier: Any = Field(default_factory=list, sa_type=JSON)  # the marks before, the oldest first
    owner_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    department_id: int | None = Field(default=None, foreign_key="department.id", sa_type=Id)
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    duty_id: int | None = Field(default=None, foreign_key="duty.id", sa_type=Id)
    late_duty_id: int | None = Field(default=None, sa_type=Id)  # a supervisor's: it became late


class SaidRecord(SQLModel, table=True):
    """That one wording was said to one customer: it is not offered to them again."""

    __tablename__ = "wording_said"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    wording: str = Field(primary_key=True, sa_type=Key)
    at: datetime = Field(sa_type=Moment)
    recovery_id: int | None = Field(default=None, foreign_key="recovery.id", sa_type=Id)


class WarningRecord(SQLModel, table=True):
    """How far one abusive contact has come."""

    __tablename__ = "abuse_warning"

    contact_id: int = Field(foreign_key="contact.id", primary_key=True, sa_type=Id)
    warned: int = 0  # how often: twice before the clerk may end it
    threat: bool = False  # a threat ends it at once
    first_at: datetime | None = Field(default=None, sa_type=Moment)
    second_at: datetime | None = Field(default=None, sa_type=Moment)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    alert_id: int | None = Field(default=None, sa_type=Id)  # the note on the card, which expires
    duty_id: int | None = Field(default=None, foreign_key="duty.id", sa_type=Id)  # see the clerk
