"""What the columns of one table hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from care_console.cards.rules import Group
from care_console.exchange.rules.headers import FIELD_OF, PARTS, Column
from care_console.exchange.rules.mapping import columns_of
from care_console.exchange.rules.vocabulary import plain

NAMING = frozenset({"given", "family", "full", "company", "phone", "email"})
NOT_SINGLE = frozenset({"group", "kind", "uid"})
BOTH = "prefix or title"
EXACT = ("memberships", "alerts", "shared")

Columns = list[tuple[int, Column]]  # with their places in a row
Value = tuple[int, str, int | None]  # the place of a value, its label or the place of its label


@dataclass(slots=True)
class Address:
    """The columns of one postal address: the places of its parts, its label or that one's place."""

    label: str
    label_at: int | None
    at: dict[str, list[int]]
    everywhere: list[int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each thing stands in a row."""

    titles: list[str]
    known: int  # how many titles say something to us
    names: bool  # there is at least a name, a company, a number or an e-mail address
    unknown: tuple[str, ...]  # titles of columns that nothing is taken from
    singles: list[tuple[int, str]]
    groups: list[int]
    kinds: list[int]
    ids: list[tuple[int, str]]  # and the program in which they are unique
    accounts: list[tuple[int, Group | None]]
    phones: list[Value]
    emails: list[Value]
    addresses: list[Address]
    implied: Group | None
    exact: dict[str, list[int]]  # what only this program writes, and so takes as it stands


def layout(titles: list[str], chosen: Mapping[int, str] | None = None) -> Layout:
    """Return what a table has under its ``titles``, as somebody has ``chosen`` for some places."""
    found = columns_of(titles, chosen or {})
    columns = _settled([(at, each) for at, each in enumerate(found) if each is not None])
    taken = {at for at, _each in columns}
    fields = {each.field for _at, each in columns}
    singles = set(FIELD_OF.values()) - NOT_SINGLE
    program = _program(titles, fields)
    return Layout(
        titles=titles,
        known=len(columns),
        names=not fields.isdisjoint(NAMING),
        unknown=tuple(
            title.strip() for at, title in enumerate(titles) if at not in taken and title.strip()
        ),
        singles=[(at, each.field) for at, each in columns if each.field in singles],
        groups=_places("group", columns),
        kinds=_places("kind", columns),
        ids=[(at, program) for at in _places("uid", columns)],
        accounts=[(at, each.group) for at, each in columns if each.field == "account"],
        phones=_values("phone", columns),
        emails=_values("email", columns),
        addresses=_addresses(columns),
        implied=next((each.group for _at, each in columns if each.field == "full"), None),
        exact={field: _places(f"exact {field}", columns) for field in EXACT},
    )


def _settled(columns: Columns) -> Columns:
    """Decide what one title alone leaves open."""
    fields = {each.field for _at, each in columns}
    named = not fields.isdisjoint({"given", "family", "company"}) or any(
        each == Column("full") for _at, each in columns
    )
    times = count()
    settled: Columns = []
    for at, each in columns:
        if each.field == BOTH and ("title" in fields or _times(BOTH, columns) > 1):
            each = Column("title" if next(times) else "prefix")
        elif each.field == "full" and each.group is not None and named:
            continue  # "Supplier" beside a name may hold anything
        elif each == Column("full") and "given" in fields and "family" not in fields:
            each = Column("family")  # "Name, Vorname", "Nom, Prénom"
        settled.append((at, each))
    return settled


def _times(field: str, columns: Columns) -> int:
    return len(_places(field, columns))


def _places(field: str, columns: Columns) -> list[int]:
    return [at for at, each in columns if each.field == field]


def _program(titles: list[str], fields: set[str]) -> str:
    """Return by whom an id is given, if it is one by which only one company's cards are told."""
    if not any(plain(title).startswith("record id") for title in titles):
        return ""
    return "hubspot contact" if "given" in fields else "hubspot company"


def _values(field: str, columns: Columns) -> list[Value]:
    labels = {each.slot: at for at, each in columns if each.field == f"{field} label"}
    return [
        (at, each.label, None if each.label else labels.get(each.slot))
        for at, each in columns
        if each.field == field
    ]


def _addresses(columns: Columns) -> list[Address]:
    labels = {each.slot: at for at, each in columns if each.field == "address label"}
    found: dict[str, Address] = {}
    for at, each in columns:
        if each.field in PARTS and each.field != "label":
            label_at = None if each.label else labels.get(each.slot)
            address = found.setdefault(each.slot, Address(each.label, label_at, {}, []))
            address.at.setdefault(each.field, []).append(at)
            address.everywhere.append(at)
    return list(found.values())
