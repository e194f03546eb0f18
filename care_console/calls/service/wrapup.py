"""The end of a contact, and all that hangs on it, in one unit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select, update

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.fold import fold
from care_console.base.words import N_
from care_console.calls.records import (
    CallRecord,
    ContactRecord,
    MatterRecord,
    ReasonRecord,
    VerifiedRecord,
)
from care_console.calls.rules.contact import CLOSES_MATTER, BadContact, Direction, State, minutes
from care_console.calls.rules.log import CallState
from care_console.calls.service.matters import Matters
from care_console.cards.service import Cards, Index
from care_console.journal.records import EntryRecord
from care_console.journal.rules import Facts
from care_console.journal.service import About, Journal
from care_console.store import add_many_once


@dataclass(frozen=True, slots=True)
class WrapUp:
    """Ends contacts. All of it runs inside somebody's unit."""

    journal: Journal
    clock: Clock
    cards: Cards
    index: Index
    matters: Matters

    def finish(
        self, db: Session, command: Command, contact_id: int, changes: dict[str, Any]
    ) -> None:
        """End a contact with ``changes``. Raises BadContact if another desk did."""
        if self.journal.first_run(db, command) is not None:
            return
        record = hold(db, contact_id)
        if record.state == State.FINISHED:
            raise BadContact(
                N_("This contact was finished meanwhile. What you typed is still here.")
            )
        for name, value in changes.items():
            setattr(record, name, value)
        now = self.clock()
        call = _taken(db, record)
        record.ended_at = record.ended_at or (call.ended_at if call is not None else None) or now
        record.state, record.saved_at = State.FINISHED, now
        if call is not None:
            call.outcome = record.outcome
        _use(db, record.reason, 1)
        done = self._on_card(db, record)
        self.tell(db, command, record, done)

    def tell(
        self, db: Session, command: Command, record: ContactRecord, done: Facts | None = None
    ) -> None:
        """Journal that a contact is finished, and what was ``done`` with its matter."""
        self._write(db, command, record, "contact_finished", done or {})

    def attach(self, db: Session, command: Command, contact_id: int, card_id: int) -> None:
        """Say whose contact it is. Raises BadContact if it is finished and somebody else's."""
        if self.journal.first_run(db, command) is not None:
            return
        record = hold(db, contact_id)
        if record.card_id == card_id:
            return
        if record.state == State.FINISHED and record.card_id is not None:
            raise BadContact(
                N_("This contact stands on another card. Take back that it is finished first.")
            )
        record.card_id, record.matter_id = card_id, None  # the matter was the other card's
        db.exec(delete(VerifiedRecord).where(col(VerifiedRecord.contact_id) == contact_id))
        if call := _call(db, record):
            call.card_id = card_id
        if record.state == State.FINISHED:
            done = self._on_card(db, record)
            self._write(db, command, record, "contact_attached", done)

    def undo(self, db: Session, command: Command, contact_id: int) -> None:
        """Take back the end of a contact. Raises BadContact if it is not finished."""
        if self.journal.first_run(db, command) is not None:
            return
        record = hold(db, contact_id)
        if record.state != State.FINISHED or record.entry_id is None:
            raise BadContact(N_("This contact is not finished, so there is nothing to take back."))
        entry_id = record.entry_id
        done = db.get_one(EntryRecord, entry_id).facts
        record.state, record.entry_id, record.saved_at = State.UNFINISHED, None, self.clock()
        _use(db, record.reason, -1)
        if call := _taken(db, record):
            call.outcome = CallState.ANSWERED
        if record.card_id is not None:
            self.cards.hold(db, record.card_id)
            self.index.noted(db, record.card_id, _source(record), "")
            self._take_back_matter(db, record, done)
        facts = {"contact_id": record.id, "entry_id": entry_id}
        self.journal.write(db, command, "contact_reopened", facts, *_about(record))

    def _on_card(self, db: Session, record: ContactRecord) -> Facts:
        """Tell the card of a finished contact, and return what was done with its matter."""
        if record.card_id is None:
            return {}
        self.cards.hold(db, record.card_id)
        self.index.touch(db, record.card_id, record.started_at)
        self.index.noted(db, record.card_id, _source(record), record.notes)
        opened = closed = False
        if record.matter_id is None and record.matter_title.strip():
            record.matter_id, opened = self.matters.join(
                db, record.card_id, record.matter_title, record.started_at
            )
        if record.matter_id is None:
            return {}
        self._check(db, record, record.matter_id)
        if record.outcome in CLOSES_MATTER:
            closed = self.matters.settle(db, record.matter_id, record.outcome, _end(record))
        self.matters.tell(db, record.card_id)
        return {"matter_id": record.matter_id, "matter_opened": opened, "matter_closed": closed}

    def _take_back_matter(self, db: Session, record: ContactRecord, done: Facts) -> None:
        if record.matter_id is None or record.card_id is None:
            return
        if done.get("matter_opened") and _only_of(db, record.matter_id, record.id):
            self.matters.withdraw(db, record.matter_id)
            record.matter_id = None  # its title is still in the draft
        elif done.get("matter_closed"):
            self.matters.unsettle(db, record.matter_id)
        self.matters.tell(db, record.card_id)

    def _check(self, db: Session, record: ContactRecord, matter_id: int) -> None:
        matter = db.get(MatterRecord, matter_id)
        if matter is None or matter.card_id != record.card_id:
            raise BadContact(N_("This matter is another customer's."))

    def _write(
        self, db: Session, command: Command, record: ContactRecord, kind: str, done: Facts
    ) -> None:
        facts = {
            "contact_id": record.id,
            "channel": record.channel,
            "direction": record.direction,
            "outcome": record.outcome,
            "minutes": minutes(record.started_at, _end(record)),
            **done,
        }
        said = {"reason": record.reason, "notes": record.notes, "matter": record.matter_title}
        record.entry_id = self.journal.write(
            db,
            command,
            kind,
            facts,
            *_about(record),
            personal={name: text for name, text in said.items() if text},
            at=record.started_at,
        )


def hold(db: Session, contact_id: int) -> ContactRecord:
    """Return a contact that nobody else changes before this unit ends. Raises BadContact."""
    record = db.get(ContactRecord, contact_id, with_for_update=True)
    if record is None:
        raise BadContact(N_("This contact is no longer there."))
    return record


def _call(db: Session, record: ContactRecord) -> CallRecord | None:
    if record.call_id is None:
        return None
    return db.get(CallRecord, record.call_id, with_for_update=True)


def _taken(db: Session, record: ContactRecord) -> CallRecord | None:
    """Return the call that the contact was, and not one that it calls back."""
    return _call(db, record) if record.direction == Direction.IN else None


def _end(record: ContactRecord) -> datetime:
    return record.ended_at or record.started_at


def _source(record: ContactRecord) -> str:
    return f"contact {record.id}"


def _about(record: ContactRecord) -> tuple[About, ...]:
    return () if record.card_id is None else ((record.card_id, record.card_group),)


def _use(db: Session, reason: str, times: int) -> None:
    """Count that a reason was given once more, or ``times`` less."""
    if not (key := fold(reason)):
        return
    add_many_once(db, ReasonRecord, [{"title_key": key, "title": reason, "uses": 0}])
    row = update(ReasonRecord).where(col(ReasonRecord.title_key) == key)
    db.exec(row.values(uses=col(ReasonRecord.uses) + times))


def _only_of(db: Session, matter_id: int, contact_id: int) -> bool:
    """Return whether no other contact hangs on the matter."""
    others = select(func.count()).where(
        ContactRecord.matter_id == matter_id, ContactRecord.id != contact_id
    )
    return db.exec(others).one() == 0
