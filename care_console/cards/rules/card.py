"""A card as it is kept and shown, and what may be changed on it."""

from dataclasses import dataclass
from datetime import date, datetime

from care_console.cards.rules.new import Group, Kind, RelationKind


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands open for a customer in one room."""

    kind: str
    count: int
    next_due_at: datetime | None
    headline: str
    owner_card_id: int | None = None  # whose the first of it is
    owner: str = ""  # their name, where it is read


@dataclass(frozen=True, slots=True)
class Brief:
    """A card in a list: enough to know who it is."""

    id: int
    name: str
    kind: Kind
    groups: tuple[str, ...]
    company: str
    title: str = ""
    town: str = ""
    numbers: tuple[str, ...] = ()  # E.164, or as typed where that cannot be
    last_at: datetime | None = None  # of the last contact


@dataclass(frozen=True, slots=True)
class Headline:
    """What the ring shows of a card at once."""

    id: int
    name: str
    kind: Kind
    groups: tuple[str, ...]
    company: str
    title: str
    preferred: str
    say_it: str
    form_of_address: str
    pronoun: str
    language: str
    preferred_channel: str
    preferred_hours: str
    accessibility: str
    do: str
    dont: str
    alerts: tuple[str, ...] = ()  # that are on today
    facts: tuple[Fact, ...] = ()
    owner: str = ""  # who answers for the customer
    seller: str = ""  # who made the sale
    email: str = ""
    address: str = ""  # on one line
    number: str = ""  # the first, as it is kept
    since: date | None = None  # the oldest membership's
    internal: str = ""  # an employee's extension

    @property
    def called(self) -> str:
        """How to speak of them: their form of address, their preferred name, or the name."""
        return self.form_of_address or self.preferred or self.name


@dataclass(frozen=True, slots=True)
class Phone:
    """A number on a card; ``e164`` is empty where the number could not be understood."""

    id: int
    raw: str
    label: str
    e164: str
    extension: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address on a card."""

    id: int
    address: str
    label: str


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address on a card."""

    id: int
    street: str
    town: str
    region: str
    postcode: str
    country: str
    label: str

    @property
    def line(self) -> str:
        """The address on one line."""
        last = " ".join(part for part in (self.town, self.postcode) if part)
        parts = (*self.street.splitlines(), last, self.region, self.country)
        return ", ".join(part.strip() for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Membership:
    """That the card belongs to a group, from a day and to a day."""

    id: int
    group: Group
    since: date | None
    until: date | None
    account_number: str
    owner_card_id: int | None
    owner: str
    sold_by_card_id: int | None
    seller: str

    def on(self, day: date) -> bool:
        """Return whether it holds on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True, slots=True)
class Alert:
    """A note that is shown first, from one day to another, both included."""

    id: int
    words: str
    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        """Return whether it is shown on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Relation:
    """What another card is to this one, read from this one's side."""

    id: int
    kind: RelationKind
    forward: bool  # this card is the first of the two, as in "this one works at the other"
    other_id: int
    other: str
    other_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """All of one card."""

    id: int
    kind: Kind
    name: str
    fields: dict[str, str]  # by their names in FIELDS
    created_at: datetime
    phones: tuple[Phone, ...]
    emails: tuple[Email, ...]
    addresses: tuple[Address, ...]
    memberships: tuple[Membership, ...]
    alerts: tuple[Alert, ...]
    relations: tuple[Relation, ...]

    def groups(self, day: date) -> tuple[str, ...]:
        """Return the groups it belongs to on ``day``, in the order of the five."""
        now = {each.group for each in self.memberships if each.on(day)}
        return tuple(group for group in Group if group in now)


FIELDS = (
    "prefix",
    "given",
    "additional",
    "family",
    "suffix",
    "preferred",
    "say_it",
    "title",
    "company",
    "form_of_address",
    "pronoun",
    "language",
    "preferred_channel",
    "preferred_hours",
    "accessibility",
    "do",
    "dont",
    "may_be_told",
    "note",
)

LONG_FIELDS = frozenset({"do", "dont", "may_be_told", "note", "accessibility"})  # several lines

PARTS: dict[str, tuple[str, ...]] = {  # what a card has several of, and what can be changed in it
    "phone": ("raw", "label", "shared"),
    "email": ("address", "label"),
    "address": ("street", "town", "region", "postcode", "country", "label"),
    "membership": ("group", "since", "until", "account_number", "owner_card_id", "sold_by_card_id"),
    "alert": ("words", "since", "until"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field as it was seen, and what it shall be.

    ``part`` is empty for the card's own FIELDS (and ``kind``), else a key of PARTS with the part's
    ``id``. Values are what JSON keeps: texts, numbers, booleans, None, days as ISO 8601.
    """

    field: str
    seen: str | int | bool | None
    value: str | int | bool | None
    part: str = ""
    id: int = 0
