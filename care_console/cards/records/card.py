"""Cards and all that a card has several of, as they are kept."""

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel

from care_console.store import Id, Key, Moment


class CardRecord(SQLModel, table=True):
    """One person or organisation."""

    __tablename__ = "card"
    __table_args__ = (
        Index("card_sort_key", "sort_key", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    kind: str
    name: str  # as it is shown
    prefix: str = ""
    given: str = ""
    additional: str = ""
    family: str = ""
    suffix: str = ""
    preferred: str = ""
    say_it: str = ""
    title: str = ""
    company: str = ""
    form_of_address: str = ""
    pronoun: str = ""
    language: str = ""
    preferred_channel: str = ""
    preferred_hours: str = ""
    accessibility: str = ""
    do: str = ""
    dont: str = ""
    may_be_told: str = ""  # who else
    note: str = ""
    uid: str = Field(default="", sa_type=Key, index=True)
    sort_key: str = Field(default="", sa_type=Key)  # family first, folded
    created_at: datetime = Field(sa_type=Moment)


class PhoneRecord(SQLModel, table=True):
    """A number, as typed and as it is compared."""

    __tablename__ = "card_phone"
    __table_args__ = (
        Index("card_phone_e164", "e164", "card_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    raw: str
    label: str = ""
    e164: str | None = Field(default=None, sa_type=Key)
    extension: str = Field(default="", sa_type=Key, index=True)
    shared: bool = False


class EmailRecord(SQLModel, table=True):
    """An e-mail address, as typed and as it is compared."""

    __tablename__ = "card_email"
    __table_args__ = (
        Index("card_email_key", "address_key", "card_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    address: str
    label: str = ""
    address_key: str = Field(default="", sa_type=Key)


class AddressRecord(SQLModel, table=True):
    """A postal address."""

    __tablename__ = "card_address"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    street: str = ""
    town: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    label: str = ""


class MembershipRecord(SQLModel, table=True):
    """That a card belongs to a group, from a day and to a day."""

    __tablename__ = "card_membership"
    __table_args__ = (
        Index("card_membership_group", "card_group", "card_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    card_group: str = Field(sa_type=Key)
    since: date | None = None
    until: date | None = None  # the first day on which it no longer holds
    account_number: str = ""
    account_key: str = Field(default="", sa_type=Key, index=True)
    owner_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id, index=True)
    sold_by_card_id: int | None = Field(default=None, foreign_key="card.id", sa_type=Id, index=True)


class AlertRecord(SQLModel, table=True):
    """A note that is shown first, from one day to another."""

    __tablename__ = "card_alert"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    card_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    words: str
    since: date | None = None
    until: date | None = None


class RelationRecord(SQLModel, table=True):
    """What the first card is to the second; both read the one row."""

    __tablename__ = "card_relation"
    __table_args__ = (
        Index("card_relation_pair", "first_id", "second_id", "kind", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True, sa_type=Id)
    first_id: int = Field(foreign_key="card.id", sa_type=Id)
    second_id: int = Field(foreign_key="card.id", sa_type=Id, index=True)
    kind: str
    since: date | None = None
    until: date | None = None


class FactRecord(SQLModel, table=True):
    """What stands open in one upper room, which writes this line inside its own units."""

    __tablename__ = "card_facts"

    card_id: int = Field(foreign_key="card.id", primary_key=True, sa_type=Id)
    kind: str = Field(primary_key=True)
    count: int
    next_due_at: datetime | None = Field(sa_type=Moment)
    headline: str
    owner_card_id: int | None = Field(
        default=None, foreign_key="card.id", sa_type=Id
    )  # of the first
