"""Matters: what each customer wants settled, and whether it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.fold import fold
from care_console.base.words import N_
from care_console.calls.records import ContactRecord, MatterRecord
from care_console.calls.rules.contact import LONGEST_TITLE, BadContact, State, one_line
from care_console.calls.rules.matter import CLOSED, OPEN, WITHDRAWN, Matter
from care_console.cards.rules import Fact
from care_console.cards.service import Cards
from care_console.journal.service import Journal
from care_console.store import Store

KIND = "matter"  # of the line that a card has of them


@dataclass(frozen=True, slots=True)
class Matters:
    """What all customers want settled."""

    store: Store
    journal: Journal
    clock: Clock
    cards: Cards

    async def open_of(self, card_id: int) -> list[Matter]:
        """Return what stands open for the customer, the oldest first."""
        return await self.store.read(_of, card_id, OPEN)

    async def all_of(self, card_id: int) -> list[Matter]:
        """Return the customer's matters, open or closed, the oldest first."""
        return await self.store.read(_of, card_id, OPEN, CLOSED)

    async def open(self, command: Command, card_id: int, title: str) -> int:
        """Open a matter, or find the open one of this title; return its id.

        Raises BadContact if the title is empty.
        """
        return await self.store.write(self._open, command, card_id, title)

    async def close(self, command: Command, matter_id: int, reason: str) -> None:
        """Keep that it is settled, and for which ``reason``. Raises BadContact without one."""
        await self.store.write(self._close, command, matter_id, reason)

    async def reopen(self, command: Command, matter_id: int) -> None:
        """Keep that it is not settled after all."""
        await self.store.write(self._reopen, command, matter_id)

    def join(self, db: Session, card_id: int, title: str, at: datetime) -> tuple[int, bool]:
        """Find inside somebody's unit the open matter of this title, or open it.

        Return its id and whether it is new. The card is to be held before.
        """
        title = one_line(title, LONGEST_TITLE)
        if not title:
            raise BadContact(N_("Say in a few words what the customer wants settled."))
        wanted = select(MatterRecord).where(
            MatterRecord.card_id == card_id, MatterRecord.state == OPEN
        )
        for there in db.exec(wanted.order_by(col(MatterRecord.id))):
            if fold(there.title) == fold(title):
                return there.id, False
        record = MatterRecord(card_id=card_id, title=title, opened_at=at)
        db.add(record)
        db.flush()
        return record.id, True

    def settle(self, db: Session, matter_id: int, reason: str, at: datetime) -> bool:
        """Close it inside somebody's unit; return whether it was open till then."""
        record = db.get_one(MatterRecord, matter_id)
        if record.state != OPEN:
            return False
        record.state, record.closed_at, record.closed_for = CLOSED, at, reason
        db.flush()
        return True

    def unsettle(self, db: Session, matter_id: int) -> bool:
        """Open it again inside somebody's unit; return whether it was closed till then."""
        record = db.get_one(MatterRecord, matter_id)
        if record.state == OPEN:
            return False
        record.state, record.closed_at, record.closed_for = OPEN, None, ""
        db.flush()
        return True

    def withdraw(self, db: Session, matter_id: int) -> None:
        """Take back inside somebody's unit that it was ever opened."""
        db.get_one(MatterRecord, matter_id).state = WITHDRAWN
        db.flush()

    def tell(self, db: Session, card_id: int) -> None:
        """Count inside somebody's unit what is open; the card is to be held before."""
        titles = db.exec(
            select(MatterRecord.title)
            .where(MatterRecord.card_id == card_id, MatterRecord.state == OPEN)
            .order_by(col(MatterRecord.id))
        ).all()
        headline = titles[0] if titles else ""
        self.cards.tell(db, card_id, Fact(KIND, len(titles), None, headline))

    def _open(self, db: Session, command: Command, card_id: int, title: str) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["matter_id"])
        self.cards.hold(db, card_id)
        matter_id, new = self.join(db, card_id, title, self.clock())
        if new:
            self.tell(db, card_id)
            self._told(db, command, "matter_opened", matter_id)
        return matter_id

    def _close(self, db: Session, command: Command, matter_id: int, reason: str) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        reason = one_line(reason)
        if not reason:
            raise BadContact(N_("Say in a few words how it was settled."))
        card_id = self._hold(db, matter_id)
        if self.settle(db, matter_id, reason, self.clock()):
            self.tell(db, card_id)
            self._told(db, command, "matter_closed", matter_id)

    def _reopen(self, db: Session, command: Command, matter_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        card_id = self._hold(db, matter_id)
        if self.unsettle(db, matter_id):
            self.tell(db, card_id)
            self._told(db, command, "matter_reopened", matter_id)

    def _hold(self, db: Session, matter_id: int) -> int:
        """Hold the card of a matter, and read what others did to the matter before that."""
        record = db.get(MatterRecord, matter_id)
        if record is None:
            raise BadContact(N_("This matter is no longer there."))
        self.cards.hold(db, record.card_id)
        db.refresh(record)
        return record.card_id

    def _told(self, db: Session, command: Command, kind: str, matter_id: int) -> None:
        record = db.get_one(MatterRecord, matter_id)
        said = {"matter": record.title}
        if record.closed_for:
            said["reason"] = record.closed_for
        facts = {"matter_id": matter_id}
        self.journal.write(db, command, kind, facts, record.card_id, personal=said)


def _of(db: Session, card_id: int, *states: str) -> list[Matter]:
    finished = (
        select(ContactRecord.matter_id, func.count().label("count"))
        .where(ContactRecord.card_id == card_id, ContactRecord.state == State.FINISHED)
        .group_by(col(ContactRecord.matter_id))
    )
    contacts = dict(db.exec(finished).all())
    wanted = select(MatterRecord).where(
        MatterRecord.card_id == card_id, col(MatterRecord.state).in_(states)
    )
    return [
        Matter(
            id=each.id,
            card_id=each.card_id,
            title=each.title,
            state=each.state,
            opened_at=each.opened_at,
            closed_at=each.closed_at,
            closed_for=each.closed_for,
            contacts=contacts.get(each.id, 0),
        )
        for each in db.exec(wanted.order_by(col(MatterRecord.id)))
    ]
