"""Starting cards, and reading them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import display_name
from care_console.base.phone import Plan
from care_console.base.words import N_
from care_console.cards.records import CardRecord, FactRecord
from care_console.cards.rules import FIELDS, Brief, Card, Fact, NewCard
from care_console.cards.service.dealings_read import past_of, woven
from care_console.cards.service.index import Index
from care_console.cards.service.parts import make, tidy
from care_console.cards.service.replaced import NoCard, led, refuse_replaced
from care_console.cards.service.view import briefs_of, card_of
from care_console.journal.rules import Entry
from care_console.journal.service import PAGE, Journal
from care_console.store import Store, put_over

HELD = "cards held"  # of the unit that is just running


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
        """Return all of one card, or of the one that stands in its place. Raises NoCard."""
        card = await self.store.read(self._card, card_id)
        if card is None:
            raise NoCard(N_("This card is no longer there."))
        return card

    async def briefs(self, card_ids: Sequence[int]) -> list[Brief]:
        """Return these cards for a list, in this order; those that are gone are left out."""
        return await self.store.read(briefs_of, card_ids, self.today())

    async def facts(self, card_id: int) -> tuple[Fact, ...]:
        """Return what stands open for the customer now."""
        return await self.store.read(_facts, card_id)

    async def open_counts(self, card_ids: Sequence[int]) -> dict[int, int]:
        """Return how much is open on each of these cards, in all rooms; those with nothing not."""
        return await self.store.read(_open_counts, card_ids)

    async def history(
        self, card_id: int, *, before: tuple[datetime, int] | None = None, most: int = PAGE
    ) -> list[Entry]:
        """Return what the journal says of the card, newest first, with the clerks' names.

        The card's dealings stand in it at their days, as they are now.
        """
        written = await self.journal.of(card_id, before=before, most=most)
        past = await self.store.read(past_of, card_id, before, most)
        entries = woven(written, past, most)
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
        """Let no other unit count for this card before this one ends.

        Raises Replaced if the card was merged into another one.
        """
        held: dict[int, CardRecord] = db.info.setdefault(HELD, {})
        if card_id not in held:
            # key_share: units that only point at the card need not wait
            card = db.get_one(CardRecord, card_id, with_for_update={"key_share": True})
            refuse_replaced(db, card_id)
            held[card_id] = card

    def led(self, db: Session, card_id: int) -> int:
        """Return the card that stands in the place of this one, or its own id."""
        return led(db, card_id)

    def tell(self, db: Session, card_id: int, fact: Fact) -> None:
        """Keep what stands open in one room, counted since ``hold``, in place of what it told."""
        said = asdict(fact)
        del said["owner"]
        put_over(db, FactRecord(card_id=card_id, **said))

    def _card(self, db: Session, card_id: int) -> Card | None:
        return card_of(db, led(db, card_id), self.today())

    def _add(self, db: Session, command: Command, new: NewCard) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["card_id"])
        card_id = self.put(db, new)
        groups = sorted({each.group for each in new.memberships})
        facts: dict[str, Any] = {"card_id": card_id, "groups": groups}
        if new.despite:
            facts["despite"] = list(new.despite)
        why = tidy("despite_why", new.despite_why)
        personal = {"why": why} if new.despite and why else None
        self.journal.write(db, command, "card_added", facts, card_id, personal=personal)
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
    wanted = (
        select(FactRecord, CardRecord.name)
        .outerjoin(CardRecord, col(CardRecord.id) == col(FactRecord.owner_card_id))
        .where(FactRecord.card_id == card_id, FactRecord.count > 0)
    )
    return tuple(
        Fact(
            fact.kind, fact.count, fact.next_due_at, fact.headline, fact.owner_card_id, owner or ""
        )
        for fact, owner in db.exec(wanted.order_by(FactRecord.kind))
    )


def _open_counts(db: Session, card_ids: Sequence[int]) -> dict[int, int]:
    wanted = select(FactRecord.card_id, FactRecord.count).where(
        col(FactRecord.card_id).in_(card_ids), FactRecord.count > 0
    )
    counts: dict[int, int] = {}
    for card_id, count in db.exec(wanted):
        counts[card_id] = counts.get(card_id, 0) + count
    return counts


def _names(db: Session, card_ids: Iterable[int]) -> dict[int, str]:
    wanted = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(list(card_ids)))
    return dict(db.exec(wanted).all())
