"""The call log: what became of each call, whatever order its events came in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select, update

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.errors import CareError
from care_console.base.phone import Number, Plan
from care_console.base.words import N_
from care_console.calls.records import CallRecord, ContactRecord
from care_console.calls.rules.log import (
    Call,
    CallRow,
    CallState,
    Missed,
    after,
    answered,
    belongs,
    missed,
    rings_on,
)
from care_console.calls.rules.match import Caller, Match, is_hidden, number_of
from care_console.calls.service.rows import rows
from care_console.cards.records import PhoneRecord
from care_console.journal.records import EntryCardRecord, EntryRecord
from care_console.journal.service import Journal
from care_console.lines.line import NOBODY_HERE, CallEvent, Event
from care_console.store import Store, add_many_once

MOST_MISSED = 500  # calls that are looked at for the list
MOST_LINKED = 1_000  # past calls that a new number brings along, the newest first


class NoCall(CareError):
    """The log has no such call."""


@dataclass(frozen=True, slots=True)
class CallLog:
    """All calls, also those that nobody took."""

    store: Store
    journal: Journal
    clock: Clock
    plan: Callable[[], Plan]

    async def began(self, command: Command, event: CallEvent, caller: Caller | None) -> int:
        """Keep that a call rings; return its id. The same event again finds the same call.

        ``caller`` is None where the records did not answer. Nothing is journalled yet.
        """
        return await self.store.write(self._hear, command, event, caller)

    async def rings_on(self, command: Command, event: CallEvent, caller: Caller | None) -> int:
        """Keep that a call which seemed missed rings again; return its id."""
        return await self.store.write(self._ring_on, command, event, caller)

    async def answered(
        self, command: Command, event: CallEvent, caller: Caller | None = None
    ) -> int:
        """Keep that this desk took the call; return its id, also if its ring was never heard."""
        return await self.store.write(self._hear, command, event, caller)

    async def elsewhere(
        self, command: Command, event: CallEvent, caller: Caller | None = None
    ) -> int:
        """Keep that a colleague took the call; return its id."""
        return await self.store.write(self._hear, command, event, caller)

    async def ended(self, command: Command, event: CallEvent, caller: Caller | None = None) -> int:
        """Keep that the call is over, missed if nobody took it; return its id."""
        return await self.store.write(self._hear, command, event, caller)

    async def ignored(self, command: Command, event: CallEvent) -> int:
        """Keep that a number rings to which the house does not listen; return the call's id."""
        return await self.store.write(self._ignore, command, event)

    async def attach(self, command: Command, call_id: int, card_id: int) -> None:
        """Keep whose call it was. Raises NoCall."""
        await self.store.write(self._attach, command, call_id, card_id)

    async def link(self, command: Command, card_id: int) -> int:
        """Give the card the past calls of its numbers that are nobody's yet; return how many.

        Their contacts come along. A number that others answer to as well brings none: nobody
        knows whose calls they were.
        """
        return await self.store.write(self._link, command, card_id)

    async def seen(self, command: Command, call_id: int) -> None:
        """Take a missed call, and all others of its number, off the list. Raises NoCall."""
        await self.store.write(self._seen, command, call_id)

    async def give_up(self, clerk: Clerk, before: datetime) -> int:
        """Keep that calls which began to ring ``before`` ring no more; return how many.

        Some lines never tell that a call is over, and a console may have been away meanwhile.
        """
        return await self.store.write(self._give_up, clerk, before)

    async def missed(self, most: int = 50) -> list[Missed]:
        """Return the missed calls that nobody saw to, one entry a number, the newest first."""
        return (await self.store.read(_missed))[:most]

    async def recent(self, most: int = 50) -> list[CallRow]:
        """Return the last calls, the newest first."""
        return await self.store.read(_recent, most)

    def _hear(self, db: Session, command: Command, event: CallEvent, caller: Caller | None) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["call_id"])
        number = number_of(event, self.plan())
        record = _call_of(db, event, number)
        state, known = record.outcome, record.card_id
        _fill(record, event, number, caller)
        _keep(record, after(_as_call(record), event.kind, event.at))
        if event.kind is Event.ANSWERED:
            record.clerk_card_id = command.clerk.card_id
        if record.outcome != state or (known is None and record.card_id is not None):
            self._tell(db, command, record, event)
        db.flush()
        return record.id

    def _ring_on(
        self, db: Session, command: Command, event: CallEvent, caller: Caller | None
    ) -> int:
        number = number_of(event, self.plan())
        record = _call_of(db, event, number)
        if record.outcome == CallState.MISSED:
            _keep(record, rings_on(_as_call(record)))
            record.seen, record.cause = False, ""
        _fill(record, event, number, caller)
        db.flush()
        return record.id

    def _ignore(self, db: Session, command: Command, event: CallEvent) -> int:
        number = number_of(event, self.plan())
        record = _call_of(db, event, number)
        _fill(record, event, number, None)
        if record.outcome == CallState.RINGING:
            record.outcome = CallState.IGNORED
        db.flush()
        return record.id

    def _tell(self, db: Session, command: Command, record: CallRecord, event: CallEvent) -> None:
        if record.outcome in (CallState.ANSWERED, CallState.ELSEWHERE):
            see_missed(db, record.e164)
        if record.outcome != CallState.MISSED or not _is_told_missed(db, record):
            tell(self.journal, db, command, record, event.at)

    def _attach(self, db: Session, command: Command, call_id: int, card_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record = get(db, call_id)
        if record.card_id == card_id:
            return
        record.card_id = card_id
        facts = {"call_id": record.id, "called": record.called}
        self.journal.write(db, command, "call_attached", facts, card_id, at=record.started_at)

    def _link(self, db: Session, command: Command, card_id: int) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["count"])
        calls = _of_nobody(db, _alone(db, card_id))
        if not calls:
            return 0
        theirs = {"card_id": card_id}
        db.exec(update(CallRecord).where(col(CallRecord.id).in_(calls)).values(**theirs))
        nobodys = (col(ContactRecord.call_id).in_(calls), col(ContactRecord.card_id).is_(None))
        reasons = db.exec(select(ContactRecord.reason).where(*nobodys)).all()
        db.exec(update(ContactRecord).where(*nobodys).values(**theirs))
        facts = {"card_id": card_id, "count": len(calls), "calls": calls}
        said = {"reasons": [each for each in reasons if each]} if any(reasons) else {}
        self.journal.write(db, command, "calls_linked", facts, card_id, personal=said)
        return len(calls)

    def _give_up(self, db: Session, clerk: Clerk, before: datetime) -> int:
        ringing = select(CallRecord).where(
            CallRecord.outcome == CallState.RINGING, CallRecord.started_at < before
        )
        records = db.exec(ringing.with_for_update()).all()
        for record in records:
            _keep(record, after(_as_call(record), Event.ENDED, self.clock()))
            tell(self.journal, db, Command(uuid4(), clerk), record, record.started_at)
        return len(records)

    def _seen(self, db: Session, command: Command, call_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record = get(db, call_id)
        count = see_missed(db, record.e164, record.raw)
        if record.outcome == CallState.MISSED and not record.seen:
            record.seen = True
            count += 1
        if count:
            about = () if record.card_id is None else (record.card_id,)
            facts = {"call_id": record.id, "count": count}
            self.journal.write(db, command, "missed_seen", facts, *about)


def take(journal: Journal, db: Session, command: Command, call_id: int, at: datetime) -> CallRecord:
    """Keep inside somebody's unit that the clerk has this call, which ends its being missed.

    Raises NoCall.
    """
    record = get(db, call_id)
    state = record.outcome
    _keep(record, answered(_as_call(record), at))
    if record.outcome != state:
        record.clerk_card_id = command.clerk.card_id
        see_missed(db, record.e164)
        tell(journal, db, command, record, at)
    return record


def call_back(db: Session, call_id: int) -> CallRecord:
    """Keep inside somebody's unit that the clerk saw to a missed call. Raises NoCall."""
    record = get(db, call_id)
    see_missed(db, record.e164, record.raw)
    return record


def tell(journal: Journal, db: Session, command: Command, record: CallRecord, at: datetime) -> None:
    """Write in the history of a known caller what became of the call."""
    kind = "missed" if record.outcome == CallState.MISSED else "called"
    if record.card_id is None or record.outcome in (CallState.RINGING, CallState.IGNORED):
        return
    facts: dict[str, Any] = {"call_id": record.id, "called": record.called}
    if record.outcome == CallState.ELSEWHERE:
        facts["elsewhere"] = True
    elif record.cause == NOBODY_HERE:
        facts["left"] = True
    journal.write(db, command, kind, facts, record.card_id, at=at)


def _is_told_missed(db: Session, record: CallRecord) -> bool:
    """Return whether a history has it already: a queue may let one call be missed often."""
    told = (
        select(EntryRecord.facts)
        .join(EntryCardRecord, col(EntryCardRecord.entry_id) == col(EntryRecord.id))
        .where(
            EntryCardRecord.card_id == record.card_id,
            EntryRecord.kind == "missed",
            col(EntryRecord.at) >= record.started_at,
        )
    )
    return any(facts["call_id"] == record.id for facts in db.exec(told))


def see_missed(db: Session, e164: str | None, raw: str = "") -> int:
    """Take all missed calls of a number off the list; return how many there were."""
    if not e164 and not raw:
        return 0
    waiting = update(CallRecord).where(
        col(CallRecord.outcome) == CallState.MISSED,
        col(CallRecord.seen).is_(False),
        col(CallRecord.e164) == e164 if e164 else col(CallRecord.raw) == raw,
    )
    return int(db.exec(waiting.values(seen=True)).rowcount)


def get(db: Session, call_id: int) -> CallRecord:
    """Return inside somebody's unit a call that nobody else changes meanwhile. Raises NoCall."""
    record = db.get(CallRecord, call_id, with_for_update=True)
    if record is None:
        raise NoCall(N_("This call is no longer in the log."))
    return record


def _call_of(db: Session, event: CallEvent, number: Number | None) -> CallRecord:
    """Return the record of the event's call, a new one if there is none; nobody else changes it."""
    same = select(CallRecord).where(
        CallRecord.line == event.line, CallRecord.call_id == event.call_id
    )
    newest = same.order_by(col(CallRecord.turn).desc()).limit(1).with_for_update()
    record = db.exec(newest).one_or_none()
    if record is not None and belongs(_as_call(record), _key(record), _key(number), event.at):
        return record
    fresh = CallRecord(
        line=event.line,
        call_id=event.call_id,
        turn=0 if record is None else record.turn + 1,
        presentation="",
        match="",
        started_at=event.at,
    )
    add_many_once(db, CallRecord, [fresh.model_dump(exclude={"id"})])  # another desk hears it too
    return db.exec(same.where(CallRecord.turn == fresh.turn).with_for_update()).one()


def _key(caller: CallRecord | Number | None) -> str:
    return "" if caller is None else caller.e164 or caller.raw


def _fill(
    record: CallRecord, event: CallEvent, number: Number | None, caller: Caller | None
) -> None:
    """Write down of the caller what is not known yet; of one who hides, nothing."""
    if is_hidden(event):
        record.presentation = record.presentation or "withheld"
    elif record.presentation != "withheld":
        _identify(record, event, number)
    record.called = record.called or (caller.called if caller is not None else event.called_line)
    record.diverted_from = record.diverted_from or event.diverted_from
    record.cause = record.cause or event.cause
    if caller is not None:
        record.match = caller.match
        if record.card_id is None and caller.card is not None:
            record.card_id = caller.card.id
    elif not record.match:
        record.match = Match.WITHHELD if number is None else Match.UNKNOWN


def _identify(record: CallRecord, event: CallEvent, number: Number | None) -> None:
    record.name = record.name or event.name
    record.presentation = record.presentation or event.presentation
    if number is not None and not record.raw:
        record.e164, record.raw = number.e164, number.raw
        record.presentation = event.presentation


def _as_call(record: CallRecord) -> Call:
    return Call(record.outcome, record.started_at, record.answered_at, record.ended_at)


def _keep(record: CallRecord, call: Call) -> None:
    record.outcome = call.state
    record.started_at = call.started_at
    record.answered_at, record.ended_at = call.answered_at, call.ended_at


def _alone(db: Session, card_id: int) -> Sequence[str]:
    """Return the numbers to which nobody answers but this card."""
    plain = (
        col(PhoneRecord.e164).is_not(None),
        col(PhoneRecord.shared).is_(False),
        PhoneRecord.extension == "",
    )
    own = db.exec(select(PhoneRecord.e164).where(PhoneRecord.card_id == card_id, *plain)).all()
    others = select(PhoneRecord.e164).where(
        col(PhoneRecord.e164).in_(own), PhoneRecord.card_id != card_id
    )
    theirs = set(db.exec(others))
    return [e164 for e164 in own if e164 is not None and e164 not in theirs]


def _of_nobody(db: Session, numbers: Sequence[str]) -> list[int]:
    wanted = select(CallRecord.id).where(
        col(CallRecord.e164).in_(numbers), col(CallRecord.card_id).is_(None)
    )
    return list(db.exec(wanted.order_by(col(CallRecord.started_at).desc()).limit(MOST_LINKED)))


def _missed(db: Session) -> list[Missed]:
    waiting = (col(CallRecord.outcome) == CallState.MISSED, col(CallRecord.seen).is_(False))
    return missed(rows(db, MOST_MISSED, *waiting))


def _recent(db: Session, most: int) -> list[CallRow]:
    return rows(db, most)
