"""The catalogue, the limits, what was taken from them, and remedies, as they are kept."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import JSON, Field, Index, SQLModel

from care_console.store import NAMES_A_CARD, Id, Key, Minor, Moment


class CatalogueRecord(SQLModel, table=True):
    """A remedy that may be given to customers of one group, or of all."""

    __tablename__ = "remedy_catalogue"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    kind: str  # goodwill credit, refund, replacement …
    name: str
    card_group: str = ""  # empty: of all groups
    unit: str = "money"  # or what is counted: months, hours, pieces
    usual: int = Field(default=0, sa_type=Minor)  # minor units or pieces; 0: the clerk types it
    piece_minor: int = Field(default=0, sa_type=Minor)  # what one piece costs the house
    entitlement: bool = False  # the customer's right: never eats the limits for goodwill
    doer_department_id: int | None = Field(default=None, foreign_key="department.id", sa_type=Id)
    done_within_s: int = 86_400
    why_wanted: bool = False
    position: int = 0
    active: bool = True


class LimitRecord(SQLModel, table=True):
    """The most that may be given: of one remedy or of all, by a role or by one clerk."""

    __tablename__ = "authority_limit"
    __table_args__ = (
        Index("limit_of", "role", "clerk_card_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    scope: str  # remedy, recovery, customer, day, month
    catalogue_id: int | None = Field(default=None, foreign_key="remedy_catalogue.id", sa_type=Id)
    role: str = ""
    clerk_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    department_id: int | None = Field(default=None, foreign_key="department.id", sa_type=Id)
    most: int = Field(default=0, sa_type=Minor)  # minor units, or pieces of what is counted
    unlimited: bool = False
    days: int = 0  # of the period of a customer
    floor: int = Field(default=0, sa_type=Minor)  # left to a remedy when the month is spent
    since: date | None = None
    until: date | None = None  # the first day on which it no longer holds
    training: str = ""  # without which it does not hold
    signed: bool = True  # False: waits for a second signature, and does not hold
    changed_by_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    made_at: datetime | None = Field(default=None, sa_type=Moment)  # or signed; None: at the start
    replaced_at: datetime | None = Field(default=None, sa_type=Moment)  # kept for the rehearsal


class SpentRecord(SQLModel, table=True):
    """What is reserved and given of one limit's room. Changed only where it still fits."""

    __tablename__ = "authority_spent"

    scope: str = Field(primary_key=True)
    subject_id: int = Field(primary_key=True, sa_type=Id)  # recovery, household, clerk, department
    catalogue_id: int = Field(default=0, primary_key=True, sa_type=Id)  # 0: all remedies
    period: str = Field(default="", primary_key=True, sa_type=Key)  # a day, a month, or empty
    used: int = Field(default=0, sa_type=Minor)


SUMMED = ("state", "lapses_at", "entitled", "catalogue_id", "amount_minor", "pieces")


class RemedyRecord(SQLModel, table=True):
    """What one clerk offered one customer, and what became of it."""

    __tablename__ = "remedy"
    __table_args__ = (
        Index("remedy_of_card", "card_id", "offered_at", *SUMMED),  # added up without the rows
        Index("remedy_of_clerk", "clerk_card_id", "offered_at"),
        Index("remedy_state", "state", "due_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    command_id: UUID = Field(unique=True)  # that offered it
    catalogue_id: int = Field(foreign_key="remedy_catalogue.id", sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id)
    household_id: int = Field(  # the least card id of those that count as one customer
        sa_type=Id, sa_column_kwargs={"info": {NAMES_A_CARD: True}}
    )
    recovery_id: int | None = Field(default=None, sa_type=Id, index=True)  # of the room above
    contact_id: int | None = Field(default=None, foreign_key="contact.id", sa_type=Id)
    clerk_card_id: int = Field(foreign_key="card.id", sa_type=Id)
    department_id: int | None = Field(default=None, foreign_key="department.id", sa_type=Id)
    request_id: int | None = Field(default=None, sa_type=Id)  # that allowed more than the limits
    pieces: int = Field(default=0, sa_type=Minor)  # of what is counted
    amount_minor: int = Field(sa_type=Minor)
    currency: str
    entitled: bool = False  # the customer's right: it does not count as goodwill
    why: str = ""
    person_first: str = ""  # why it came before apology and empathy
    state: str = Field(default="offered")
    limits: Any = Field(default=None, sa_type=JSON)  # in force when it was offered
    taken: Any = Field(default=None, sa_type=JSON)  # from which counters, to be given back
    offered_at: datetime = Field(sa_type=Moment)
    lapses_at: datetime = Field(sa_type=Moment)
    given_at: datetime | None = Field(default=None, sa_type=Moment)
    due_at: datetime | None = Field(default=None, sa_type=Moment)  # by when it is to be done
    settled_at: datetime | None = Field(default=None, sa_type=Moment)  # done, failed, reversed …
    outcome: str = ""  # why it failed or was reversed


class RequestRecord(SQLModel, table=True):
    """That a clerk asks to give more than they may."""

    __tablename__ = "authority_request"
    __table_args__ = (
        Index("request_state", "state", "asked_at"),
        Index("request_of_card", "card_id", "clerk_card_id"),
        Index("request_decided", "decided_at"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    command_id: UUID = Field(unique=True)
    catalogue_id: int = Field(foreign_key="remedy_catalogue.id", sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id)
    recovery_id: int | None = Field(default=None, sa_type=Id)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", sa_type=Id)
    clerk_card_id: int = Field(foreign_key="card.id", sa_type=Id)
    pieces: int = Field(default=0, sa_type=Minor)
    amount_minor: int = Field(sa_type=Minor)
    over_minor: int = Field(sa_type=Minor)
    story: str  # why, in the clerk's words
    to_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    asked_at: datetime = Field(sa_type=Moment)
    falls_to_others_at: datetime = Field(sa_type=Moment)  # then any approver may decide
    expires_at: datetime = Field(sa_type=Moment)
    state: str = "waiting"  # waiting, approved, refused, expired, withdrawn, used
    decided_by_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    allowed_minor: int = Field(default=0, sa_type=Minor)  # what was approved, perhaps less
    allowed_pieces: int = Field(default=0, sa_type=Minor)
    allowed_until: datetime | None = Field(default=None, sa_type=Moment)
    words: str = ""  # of a refusal, to be told
