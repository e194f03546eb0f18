"""What may be said of somebody when their card is started."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a card stands for."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Group(StrEnum):
    """The five groups; the employees are the internal customers."""

    END_USER = "end-user"
    PROSPECT = "prospect"
    DISTRIBUTOR = "distributor"
    SUPPLIER = "supplier"
    EMPLOYEE = "employee"


class RelationKind(StrEnum):
    """What one card is to another, read from the first to the second."""

    WORKS_AT = "works at"
    BOUGHT_FROM = "bought from"
    SOLD_BY = "sold by"
    SUPPLIED_BY = "supplied by"
    SERVED_BY = "served by"
    HOUSEHOLD_OF = "household of"
    REFERRED_BY = "referred by"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPhone:
    """A telephone number as it was typed, for example ``020 7946 0000 ext 12``."""

    raw: str
    label: str = ""
    shared: bool = False  # a switchboard's or a family's


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmail:
    """An e-mail address."""

    address: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """A postal address. ``street`` may have several lines; ``country`` is as it was given."""

    street: str = ""
    town: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMembership:
    """That a card belongs to a group, ``since`` and ``until`` a day."""

    group: Group
    since: date | None = None
    until: date | None = None
    account_number: str = ""
    owner_card_id: int | None = None  # the employee who answers for it
    sold_by_card_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAlert:
    """A note that is shown first, from one day to another, both included."""

    words: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCard:
    """All that may be said of somebody when their card is started. Names are kept as given."""

    kind: Kind = Kind.PERSON
    prefix: str = ""  # Dr, Ms
    given: str = ""
    additional: str = ""  # further given names
    family: str = ""  # or the organisation's whole name
    suffix: str = ""  # Jr, PhD
    preferred: str = ""  # what they like to be called
    say_it: str = ""  # how to say the name, "oh-KAH-for"
    title: str = ""  # what they do, "Head of purchasing"
    company: str = ""  # as given; a relation may say it better
    form_of_address: str = ""
    pronoun: str = ""
    language: str = ""  # BCP 47
    preferred_channel: str = ""
    preferred_hours: str = ""
    accessibility: str = ""
    do: str = ""
    dont: str = ""
    may_be_told: str = ""  # who else, "Ada Okafor, her daughter"
    note: str = ""
    uid: str = ""  # by which an import finds this card again
    phones: tuple[NewPhone, ...] = ()
    emails: tuple[NewEmail, ...] = ()
    addresses: tuple[NewAddress, ...] = ()
    memberships: tuple[NewMembership, ...] = ()
    alerts: tuple[NewAlert, ...] = ()
    despite: tuple[int, ...] = ()  # cards that were shown as likely the same
    despite_why: str = ""  # why it is somebody else, if that was said
