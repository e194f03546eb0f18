"""Dealings: taken in, found by their number, put to a card by hand, and told on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from care_console.base.command import Command
from care_console.base.fold import upper_bound
from care_console.base.words import N_
from care_console.cards.records import CardRecord, DealingRecord, FactRecord
from care_console.cards.rules import Brief
from care_console.cards.rules.dealing_words import FACT, fact_of
from care_console.cards.rules.dealings import (
    STANDS_OPEN,
    UNDATED,
    AskedNumber,
    BadDealing,
    Dealing,
    DealingKind,
    DealingState,
    NewDealing,
    digits_key,
    ending_key,
    gone,
    known_key,
    number_key,
)
from care_console.cards.rules.search import brief
from care_console.cards.service.add import Cards
from care_console.cards.service.dealings_read import of_card, of_nobody, one
from care_console.cards.service.dealings_sql import by_number
from care_console.cards.service.dealings_whose import Sellers, Whose
from care_console.cards.service.replaced import NoCard
from care_console.staff.rules import Permission
from care_console.staff.service import Staff

PAGE = 200


@dataclass(frozen=True, slots=True)
class DealingHit:
    """A dealing that was found by its number, and whose it is, if that is known."""

    dealing: Dealing
    brief: Brief | None
    whole: bool  # the whole number was typed


@dataclass(slots=True)
class Taken:
    """What became of rows."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    unmatched: int = 0  # of those that are new or were changed


@dataclass(frozen=True, slots=True)
class Dealings:
    """The orders, invoices, quotes, contracts and visits of all customers."""

    cards: Cards
    staff: Staff

    async def find(self, typed: str, most: int) -> list[DealingHit]:
        """Return, within the frame, the dealings whose number begins or ends so.

        Of a number with letters its digits alone do as well. The whole number comes first, then
        what begins so, and among these the newest. Raises NoAnswer.
        """
        asked = AskedNumber.of(typed)
        if asked is None:
            return []
        values = {"key": asked.key, "key_up": upper_bound(asked.key)}
        values |= {"ending": asked.key[::-1], "ending_up": upper_bound(asked.key[::-1])}
        sql = by_number(asked.by_digits, asked.by_ending)
        rows = await self.cards.store.look_up(sql, **values)
        return self._hits(asked, rows)[:most]

    async def of(self, card_id: int, most: int = PAGE) -> list[Dealing]:
        """Return the customer's dealings, the newest first."""
        return await self.cards.store.read(of_card, card_id, most)

    async def dealing(self, dealing_id: int) -> Dealing:
        """Return one of them. Raises BadDealing if it is gone."""
        record = await self.cards.store.read(one, dealing_id)
        if record is None:
            raise gone()
        return record

    async def unmatched(self, after: int = 0, most: int = PAGE) -> list[Dealing]:
        """Return those of which nobody knows whose they are, as they came, after the id."""
        return await self.cards.store.read(of_nobody, after, most)

    async def attach(self, command: Command, dealing_id: int, card_id: int) -> None:
        """Keep whose it is.

        Raises BadDealing if somebody said so meanwhile, NoCard and NotAllowed.
        """
        async with self.staff.guarded(command):
            await self.cards.store.write(self._attach, command, dealing_id, card_id)

    async def detach(self, command: Command, dealing_id: int, card_id: int) -> None:
        """Take back that it is of this card.

        Raises BadDealing if it was changed since, and NotAllowed.
        """
        async with self.staff.guarded(command):
            await self.cards.store.write(self._detach, command, dealing_id, card_id)

    def take(self, db: Session, rows: Sequence[NewDealing]) -> Taken:
        """Take in rows inside somebody's unit, which journals it; what is the same stays as it is.

        The same kind and number again changes what is there. Of whom it is once said by hand, it
        stays, unless its row speaks of somebody else since.
        """
        taking = _Taking(db, self.cards, rows)
        taken, touched = Taken(), set()
        for new in rows:
            touched |= taking.take(new, taken)
        db.flush()
        self.tell(db, touched)
        return taken

    def compare(self, db: Session, rows: Sequence[NewDealing]) -> Taken:
        """Return what taking the rows would do, and change nothing."""
        taking = _Taking(db, self.cards, rows)
        taken = Taken()
        with db.no_autoflush:
            for new in rows:
                taking.take(new, taken)
        db.rollback()
        return taken

    def tell(self, db: Session, card_ids: Iterable[int]) -> None:
        """Count inside somebody's unit what is open on these cards."""
        ids = sorted(set(card_ids))
        if not ids:
            return
        held = select(CardRecord.id).where(col(CardRecord.id).in_(ids))
        db.exec(held.order_by(col(CardRecord.id)).with_for_update(key_share=True)).all()
        kinds = select(FactRecord).where(col(FactRecord.card_id).in_(ids), FactRecord.kind == FACT)
        there = {each.card_id: (each.count, each.headline) for each in db.exec(kinds)}
        open_ones = _open_ones(db, ids)
        for card_id in ids:
            count, first = open_ones.get(card_id, (0, None))
            fact = fact_of(count, first)
            if (fact.count, fact.headline) != there.get(card_id, (0, "")):
                self.cards.tell(db, card_id, fact)

    def _hits(self, asked: AskedNumber, rows: Iterable[tuple[Any, ...]]) -> list[DealingHit]:
        today = self.cards.today().isoformat()
        ranked: dict[int, tuple[tuple[bool, bool, int, int], DealingHit]] = {}
        for way, *kept, card_id, face in rows:
            dealing = _of_row(*kept, card_id)
            whole = number_key(dealing.number) == asked.key
            other = asked.kind is not None and dealing.kind is not asked.kind
            newest = -(dealing.dated or UNDATED).toordinal()
            shown = brief(card_id, face, today, None) if face is not None else None
            rank = (not whole, other, way, newest)
            if dealing.id not in ranked or rank < ranked[dealing.id][0]:
                ranked[dealing.id] = rank, DealingHit(dealing, shown, whole)
        return [hit for _rank, hit in sorted(ranked.values(), key=lambda each: each[0])]

    def _attach(self, db: Session, command: Command, dealing_id: int, card_id: int) -> None:
        self.staff.demand(db, command, Permission.EDIT_CARD)
        if self.cards.journal.first_run(db, command) is not None:
            return
        record = self._held(db, dealing_id)
        if record.card_id is not None:
            raise BadDealing(N_("Somebody has said meanwhile whose it is."))
        if db.get(CardRecord, card_id) is None:
            raise NoCard(N_("This card is no longer there."))
        self._put(db, command, "dealing_attached", record, card_id, card_id)

    def _detach(self, db: Session, command: Command, dealing_id: int, card_id: int) -> None:
        self.staff.demand(db, command, Permission.EDIT_CARD)
        if self.cards.journal.first_run(db, command) is not None:
            return
        record = self._held(db, dealing_id)
        if record.card_id != card_id:
            raise BadDealing(N_("It was put to another card since. It stays there."))
        self._put(db, command, "dealing_detached", record, None, card_id)

    def _put(
        self,
        db: Session,
        command: Command,
        kind: str,
        record: DealingRecord,
        to: int | None,
        card_id: int,
    ) -> None:
        record.card_id, record.changed_at = to, self.cards.clock()
        db.flush()
        self.tell(db, [card_id])
        facts = {"dealing_id": record.id, "dealing": record.kind}
        said = {"number": record.number}
        self.cards.journal.write(db, command, kind, facts, card_id, personal=said)

    @staticmethod
    def _held(db: Session, dealing_id: int) -> DealingRecord:
        record = db.get(DealingRecord, dealing_id, with_for_update=True)
        if record is None:
            raise gone()
        return record


class _Taking:
    """Compares the rows of one unit with what is kept, and changes it."""

    def __init__(self, db: Session, cards: Cards, rows: Sequence[NewDealing]) -> None:
        self._db, self._at = db, cards.clock()
        self._whose = Whose(db, cards.plan(), rows)
        self._sellers = Sellers(db, {each.seller for each in rows})
        keys = {known_key(each.number) for each in rows}
        wanted = select(DealingRecord).where(
            col(DealingRecord.kind).in_({str(each.kind) for each in rows}),
            col(DealingRecord.known_key).in_(keys),
        )
        found = db.exec(wanted) if keys else ()
        self._known = {(each.kind, each.known_key): each for each in found}

    def take(self, new: NewDealing, taken: Taken) -> set[int]:
        """Take one row; return the cards on which something else is open now."""
        values = _values(new) | {"seller_card_id": self._sellers.find(new.seller)}
        record = self._known.get((values["kind"], values["known_key"]))
        if record is None:
            card_id = self._whose.find(new.customer)
            record = DealingRecord(**values, card_id=card_id, changed_at=self._at)
            self._known[record.kind, record.known_key] = record
            self._db.add(record)
            taken.new += 1
            taken.unmatched += card_id is None
            return set() if card_id is None else {card_id}
        return self._change(record, new, values, taken)

    def _change(
        self, record: DealingRecord, new: NewDealing, values: dict[str, Any], taken: Taken
    ) -> set[int]:
        before = record.card_id
        if before is None or record.said != values["said"]:
            values["card_id"] = self._whose.find(new.customer) or before
        changed = {name: each for name, each in values.items() if getattr(record, name) != each}
        if not changed:
            taken.unchanged += 1
            return set()
        for name, each in changed.items():
            setattr(record, name, each)
        record.changed_at = self._at
        taken.updated += 1
        taken.unmatched += record.card_id is None
        return {each for each in (before, record.card_id) if each is not None}


def _values(new: NewDealing) -> dict[str, Any]:
    return {
        "kind": str(new.kind),
        "number": new.number,
        "known_key": known_key(new.number),
        "number_key": number_key(new.number),
        "digits_key": digits_key(new.number),
        "ending_key": ending_key(new.number),
        "dated": new.dated or UNDATED,
        "minor": new.minor,
        "currency": new.currency if new.minor is not None else "",
        "state": str(new.state),
        "state_words": new.state_words,
        "seller": new.seller,
        "link": new.link,
        "said": new.customer.as_object(),
    }


def _open_ones(
    db: Session, card_ids: Sequence[int]
) -> dict[int, tuple[int, tuple[DealingKind, str, DealingState] | None]]:
    """Return how many are open on each card, and the first of them: overdue, then the newest."""
    record: Any = DealingRecord
    still = record.card_id.in_(card_ids), record.state.in_(STANDS_OPEN)
    counts = select(record.card_id, func.count()).where(*still).group_by(record.card_id)
    return {card_id: (count, _first_open(db, card_id)) for card_id, count in db.exec(counts)}


def _first_open(db: Session, card_id: int) -> tuple[DealingKind, str, DealingState] | None:
    """Return the newest that is overdue, else the newest that is open: the index has it at hand."""
    record: Any = DealingRecord
    for state in (DealingState.OVERDUE, DealingState.OPEN):
        wanted = select(record.kind, record.number).where(
            record.card_id == card_id, record.state == str(state)
        )
        newest = wanted.order_by(record.dated.desc(), record.id.desc()).limit(1)
        if (found := db.exec(newest).first()) is not None:
            return DealingKind(found[0]), found[1], state
    return None


def _of_row(
    id: int,
    kind: str,
    number: str,
    dated: str | date,
    minor: int | None,
    currency: str,
    *rest: Any,
) -> Dealing:
    """Return what a look-up brings: SQLite leaves a day as text."""
    state, state_words, seller, card_id = rest
    day = date.fromisoformat(dated) if isinstance(dated, str) else dated
    return Dealing(
        id=id,
        kind=DealingKind(kind),
        number=number,
        dated=None if day == UNDATED else day,
        minor=minor,
        currency=currency,
        state=DealingState(state),
        state_words=state_words,
        seller=seller,
        seller_card_id=None,
        link="",
        card_id=card_id,
    )
