"""Whose a dealing is, and who sold it: asked once for all rows of a unit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.fold import fold
from care_console.base.phone import Plan, read
from care_console.cards.records import (
    CardRecord,
    EmailRecord,
    MembershipRecord,
    PhoneRecord,
    WordRecord,
)
from care_console.cards.rules import Group, Kind
from care_console.cards.rules.dealings import Customer, NewDealing
from care_console.cards.rules.search import NAME

SELLERS = (Group.EMPLOYEE.value, Group.DISTRIBUTOR.value)
MOST_WORDS = 4  # of a seller's name that may stand in another order
MOST_ALIKE = 20  # memberships of those who are called so: two people are too many
LONGEST_ID = 15  # digits


@dataclass(frozen=True, slots=True)
class _Card:
    id: int
    name: str  # folded
    kind: str


class Whose:
    """Finds the one card that a row surely speaks of; where there may be several, none."""

    def __init__(self, db: Session, plan: Plan, rows: Sequence[NewDealing]) -> None:
        self._plan = plan
        customers = [each.customer for each in rows]
        self._cards: dict[int, _Card] = {}
        self._accounts = self._by(db, MembershipRecord, "account_key", map(_account, customers))
        self._emails = self._by(db, EmailRecord, "address_key", map(_email, customers))
        self._phones = self._by(db, PhoneRecord, "e164", map(self._phone, customers))
        ids = {number for each in customers if (number := _own(each)) is not None}
        for card in _cards(db, ids):
            self._cards[card.id] = card

    def find(self, customer: Customer) -> int | None:
        """Return the card of our id, else of the account, e-mail or number, else None."""
        own = _own(customer)
        if own is not None:
            return own if own in self._cards else None
        ways = (
            self._accounts[_account(customer)],
            self._emails[_email(customer)],
            self._phones[self._phone(customer)],
        )
        there: set[int] = set()
        for ids in ways:
            there = (there & ids) or there or set(ids)
        return self._only(there, customer)

    def _only(self, ids: set[int], customer: Customer) -> int | None:
        """Return the one that is left: by the name, or as the organisation of the others."""
        if len(ids) > 1 and customer.name:
            name = fold(customer.name)
            ids = {each for each in ids if self._cards[each].name == name} or ids
        if len(ids) > 1:
            places = {each for each in ids if self._cards[each].kind == Kind.ORGANISATION}
            ids = places if len(places) == 1 else ids
        return min(ids) if len(ids) == 1 else None

    def _by(
        self, db: Session, table: type, column: str, keys: Iterable[str]
    ) -> defaultdict[str, set[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        wanted = {key for key in keys if key}
        if wanted:
            way = getattr(table, column)
            card_id = table.card_id  # type: ignore[attr-defined]
            having = select(way, CardRecord.id, CardRecord.name, CardRecord.kind).join(
                CardRecord, col(CardRecord.id) == card_id
            )
            for key, id, name, kind in db.exec(having.where(way.in_(wanted))):
                found[key].add(id)
                self._cards[id] = _Card(id, fold(name), kind)
        return found

    def _phone(self, customer: Customer) -> str:
        return (read(customer.phone, self._plan).e164 or "") if customer.phone else ""


class Sellers:
    """Finds the employee or distributor of a name or of an account, where there is only one."""

    def __init__(self, db: Session, names: Iterable[str]) -> None:
        self._found = {name: self._of(db, name) for name in names if name}

    def find(self, name: str) -> int | None:
        """Return the card of who sold it, or None."""
        return self._found.get(name)

    def _of(self, db: Session, name: str) -> int | None:
        """Return the card, as search finds it by the words that it is called."""
        ids = _selling(db, col(MembershipRecord.account_key) == _folded(name))
        words = fold(name).split()[:MOST_WORDS]
        for at in range(len(words) if not ids else 0):
            first = " ".join((*words[at:], *words[:at]))
            there = select(WordRecord.card_id).where(
                WordRecord.kind == NAME, WordRecord.key >= first, WordRecord.key < f"{first}!"
            )
            ids |= _selling(db, col(CardRecord.id).in_(there))
        return min(ids) if len(ids) == 1 else None


def _selling(db: Session, holds: Any) -> set[int]:
    wanted = select(CardRecord.id).join(
        MembershipRecord, col(MembershipRecord.card_id) == col(CardRecord.id)
    )
    of_sellers = col(MembershipRecord.card_group).in_(SELLERS)
    return set(db.exec(wanted.where(of_sellers, holds).limit(MOST_ALIKE)))


def _cards(db: Session, ids: set[int]) -> list[_Card]:
    if not ids:
        return []
    wanted = select(CardRecord.id, CardRecord.name, CardRecord.kind)
    rows = db.exec(wanted.where(col(CardRecord.id).in_(ids)))
    return [_Card(id, fold(name), kind) for id, name, kind in rows]


def _own(customer: Customer) -> int | None:
    text = customer.card_id
    sound = text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID
    return int(text) if sound else None


def _folded(text: str) -> str:
    return "".join(fold(text).split())


def _account(customer: Customer) -> str:
    return _folded(customer.account)


def _email(customer: Customer) -> str:
    return customer.email.casefold()
