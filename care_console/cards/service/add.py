"""Starting cards, and reading them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.names import display_name
from care_console.base.phone import Plan
from care_console.base.words import N_
from care_console.cards.records import CardRecord, FactRecord
from care_console.cards.rules import FIELDS, Brief, Card, Fact, NewCard
from care_console.cards.service.index import Index
from care_console.cards.service.parts import make, tidy
from care_console.cards.service.view import briefs_of, card_of
from care_console.journal.rules import Entry
from care_console.journal.service import PAGE, Journal
from care_console.store import Store, put_over

HELD = "cards held"  # of the unit that is just running


class NoCard(CareError):
    """There is no card of this id, or nobody to make one of."""


@dataclass(frozen=True, slots=True)
class Cards:
    """All customers."""

    store: Store
    journal: Journal
    index: Index
    clock: Clock
    plan: Callable[[], Plan]

    async def add(self, command: Command, new: NewCard) -> int:
        """Start a card and return its id. Raises NoCard if nothing in it names anybody."""
        return await self.store.write(self._add, command, new)

    async def card(self, card_id: int) -> Card:
        """Return all of one card. Raises NoCard."""
        card = await self.store.read(card_of, card_id, self.today())
        if card is None:
            raise NoCard(N_("This card is no longer there."))
        return card

    async def briefs(self, card_ids: Sequence[int]) -> list[Brief]:
        """Return these cards for a list, in this order; those that are gone are left out."""
        return await self.store.read(briefs_of, card_ids, self.today())

    async def facts(self, card_id: int) -> tuple[Fact, ...]:
        """Return what stands open for the customer now."""
        return await self.store.read(_facts, card_id)

    async def history(
        self, card_id: int, *, before: tuple[datetime, int] | None = None, most: int = PAGE
    ) -> list[Entry]:
        """Return what the journal says of the card, newest first, with the clerks' names."""
        entries = await self.journal.of(card_id, before=before, most=most)
        wanted = {entry.clerk_card_id for entry in entries if entry.clerk_card_id is not None}
        names = await self.store.read(_names, wanted)
        return [replace(entry, clerk=names.get(entry.clerk_card_id or 0, "")) for entry in entries]

    def today(self) -> date:
        """Return the day on which memberships and notes hold or not, where the desk is."""
        return self.clock().astimezone().date()

    def put(self, db: Session, new: NewCard) -> int:
        """Start a card inside somebody's unit, which also writes the journal; return its id.

        Raises NoCard if nothing in it names anybody.
        """
        card_id = self.put_bare(db, new)
        self.index.index(db, [card_id])
        return card_id

    def put_bare(self, db: Session, new: NewCard) -> int:
        """Start a card that search does not know yet: an import has many indexed at once."""
        record = CardRecord(
            kind=new.kind,
            name="",
            uid=new.uid,
            created_at=self.clock(),
            **{field: tidy(field, getattr(new, field)) for field in FIELDS},
        )
        record.name = shown_name(record, new)
        if not record.name:
            raise NoCard(N_("Type a name, a company, a number or an e-mail address first."))
        db.add(record)
        db.flush()  # gives it the id at which its parts point
        db.add_all(self._parts(record.id, new))
        db.flush()
        return record.id

    def hold(self, db: Session, card_id: int) -> None:
        """Let no other unit count for this card before this one ends."""
        held: dict[int, CardRecord] = db.info.setdefault(HELD, {})
        if card_id not in held:
            # key_share: units that only point at the card need not wait
            held[card_id] = db.get_one(CardRecord, card_id, with_for_update={"key_share": True})

    def tell(self, db: Session, card_id: int, fact: Fact) -> None:
        """Keep what stands open in one room, counted since ``hold``, in place of what it told."""
        put_over(db, FactRecord(card_id=card_id, **asdict(fact)))

    def _add(self, db: Session, command: Command, new: NewCard) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["card_id"])
        card_id = self.put(db, new)
        groups = sorted({each.group for each in new.memberships})
        self.journal.write(
            db, command, "card_added", {"card_id": card_id, "groups": groups}, card_id
        )
        return card_id

    def _parts(self, card_id: int, new: NewCard) -> list[Any]:
        several: dict[str, Sequence[Any]] = {
            "phone": [each for each in new.phones if each.raw.strip()],
            "email": [each for each in new.emails if each.address.strip()],
            "address": new.addresses,
            "membership": new.memberships,
            "alert": [each for each in new.alerts if each.words.strip()],
        }
        plan = self.plan()
        return [
            make(part, card_id, asdict(each), plan)
            for part, all_of_them in several.items()
            for each in all_of_them
        ]


def shown_name(record: Any, new: NewCard | None = None) -> str:
    """Return the name under which a card is shown: the best of what is known of it."""
    name: str = display_name(
        prefix=record.prefix,
        given=record.given,
        family=record.family,
        suffix=record.suffix,
    )
    if name or new is None:
        return name or str(record.preferred or record.company or record.name)
    ways = (*(each.address for each in new.emails), *(each.raw for each in new.phones))
    return next(
        (tidy("name", each) for each in (record.preferred, record.company, *ways) if each), ""
    )


def _facts(db: Session, card_id: int) -> tuple[Fact, ...]:
    wanted = select(FactRecord).where(FactRecord.card_id == card_id, FactRecord.count > 0)
    return tuple(
        Fact(fact.kind, fact.count, fact.next_due_at, fact.headline)
        for fact in db.exec(wanted.order_by(FactRecord.kind))
    )


def _names(db: Session, card_ids: Iterable[int]) -> dict[int, str]:
    wanted = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(list(card_ids)))
    return dict(db.exec(wanted).all())
