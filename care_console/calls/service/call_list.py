"""The page of all calls: read a window at a time, and what is done there, each with a way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select, text, update

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.phone import Plan, lookup_keys, read
from care_console.base.words import N_
from care_console.calls.records import CallRecord
from care_console.calls.rules.contact import Direction
from care_console.calls.rules.listing import Show, Wanted, span
from care_console.calls.rules.log import CallRow, CallState, Missed, missed
from care_console.calls.service.log import get
from care_console.calls.service.rows import rows
from care_console.cards.service import Cards, Search
from care_console.journal.service import Journal
from care_console.store import Store

PAGE = 200  # calls at a time
MOST_MISSED = 2_000  # that are looked at, to be put together by their numbers
MOST_NAMED = 50  # cards that a typed name stands for
LEAST_DIGITS = 3  # of a part of a number

LINES = """
    WITH RECURSIVE known(line) AS (
        SELECT min(line) FROM call
        UNION ALL
        SELECT (SELECT min(call.line) FROM call WHERE call.line > known.line)
        FROM known WHERE known.line IS NOT NULL
    ) SELECT line FROM known WHERE line IS NOT NULL
"""  # one step in the index for each line, however many calls it had

Before = tuple[datetime, int]  # when the last call of the page before began, and its id


class Changed(CareError):
    """What is to be taken back is no longer as it was left."""


@dataclass(frozen=True, slots=True)
class CallList:
    """All calls, narrowed to what is wanted."""

    store: Store
    journal: Journal
    clock: Clock
    plan: Callable[[], Plan]
    search: Search
    cards: Cards

    async def page(
        self, wanted: Wanted, before: Before | None = None, most: int = PAGE
    ) -> list[CallRow]:
        """Return at most so many calls, the newest first, that began ``before`` one.

        Raises NoAnswer.
        """
        cards = await self._cards(wanted.typed)
        return await self.store.read(self._page, wanted, cards, before, most)

    async def missed(self, wanted: Wanted) -> list[Missed]:
        """Return what was missed and nobody saw to, one entry a number, the newest first."""
        cards = await self._cards(wanted.typed)
        return missed(await self.store.read(self._page, wanted, cards, None, MOST_MISSED))

    async def lines(self) -> list[str]:
        """Return the lines of which any call is kept, by name."""
        return await self.store.read(_lines)

    async def see(self, command: Command, call_id: int) -> list[int]:
        """Take a missed call, and all others of its number, off the list; return which.

        Raises NoCall.
        """
        return await self.store.write(self._see, command, call_id)

    async def unsee(self, command: Command, calls: Sequence[int]) -> None:
        """Put calls back on the list of those that nobody saw to."""
        await self.store.write(self._unsee, command, calls)

    async def attach(self, command: Command, call_id: int, card_id: int) -> int | None:
        """Keep whose call it was; return whose it was said to be before. Raises NoCall."""
        return await self.store.write(self._attach, command, call_id, card_id)

    async def detach(
        self, command: Command, call_id: int, card_id: int, before: int | None
    ) -> None:
        """Take back that a call was of ``card_id``. Raises NoCall, and Changed."""
        await self.store.write(self._detach, command, call_id, card_id, before)

    async def _cards(self, typed: str) -> list[int]:
        """Return whose calls a name or a number stands for."""
        if not any(map(str.isalpha, typed)):
            return []
        return [hit.brief.id for hit in await self.search.find(typed, MOST_NAMED)]

    def _page(
        self, db: Session, wanted: Wanted, cards: list[int], before: Before | None, most: int
    ) -> list[CallRow]:
        where = [*_shown(wanted.show), *self._within(wanted)]
        if wanted.line:
            where.append(CallRecord.line == wanted.line)
        if typed := wanted.typed.strip():
            where.append(or_(*self._typed(typed), col(CallRecord.card_id).in_(cards)))
        if before is not None:
            at, call_id = before
            same = and_(col(CallRecord.started_at) == at, col(CallRecord.id) < call_id)
            where += [col(CallRecord.started_at) <= at, or_(CallRecord.started_at < at, same)]
        return rows(db, most, *where)

    def _within(self, wanted: Wanted) -> list[Any]:
        since, until = span(wanted.period, self.clock())
        bounds = [] if since is None else [CallRecord.started_at >= since]
        return bounds if until is None else [*bounds, CallRecord.started_at < until]

    def _typed(self, typed: str) -> list[Any]:
        number = read(typed, self.plan())
        digits = "".join(filter(str.isdecimal, typed)).lstrip("0")
        found: list[Any] = [col(CallRecord.name).icontains(typed, autoescape=True)]
        if keys := lookup_keys(number):
            found.append(col(CallRecord.e164).in_(keys))
        if len(digits) >= LEAST_DIGITS and not any(map(str.isalpha, typed)):
            found += [col(CallRecord.e164).contains(digits), col(CallRecord.raw).contains(digits)]
        return found

    def _see(self, db: Session, command: Command, call_id: int) -> list[int]:
        if (first := self.journal.first_run(db, command)) is not None:
            return list(first["calls"])
        record = get(db, call_id)
        alike = _alike(record)
        waiting = (col(CallRecord.outcome) == CallState.MISSED, col(CallRecord.seen).is_(False))
        calls = list(db.exec(select(CallRecord.id).where(alike, *waiting).with_for_update()))
        if calls:
            db.exec(update(CallRecord).where(col(CallRecord.id).in_(calls)).values(seen=True))
            facts = {"call_id": call_id, "count": len(calls), "calls": calls}
            self.journal.write(db, command, "missed_seen", facts, *_about(record))
        return calls

    def _unsee(self, db: Session, command: Command, calls: Sequence[int]) -> None:
        if self.journal.first_run(db, command) is not None or not calls:
            return
        these = col(CallRecord.id).in_(calls), col(CallRecord.outcome) == CallState.MISSED
        db.exec(update(CallRecord).where(*these).values(seen=False))
        facts = {"call_id": calls[0], "count": len(calls)}
        self.journal.write(db, command, "missed_unseen", facts, *_about(get(db, calls[0])))

    def _attach(self, db: Session, command: Command, call_id: int, card_id: int) -> int | None:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["before"]) if first["before"] is not None else None
        record, card_id = get(db, call_id), self.cards.led(db, card_id)
        before, record.card_id = record.card_id, card_id
        if before != card_id:
            facts = {"call_id": record.id, "called": record.called, "before": before}
            self.journal.write(db, command, "call_attached", facts, card_id, at=record.started_at)
        return before

    def _detach(
        self, db: Session, command: Command, call_id: int, card_id: int, before: int | None
    ) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record, card_id = get(db, call_id), self.cards.led(db, card_id)
        if record.card_id != card_id:
            raise Changed(N_("Since then somebody said that this call was another person's."))
        record.card_id = before
        facts = {"call_id": record.id, "called": record.called}
        self.journal.write(db, command, "call_detached", facts, card_id, at=record.started_at)


def _shown(show: Show) -> list[Any]:
    outcome, ours = col(CallRecord.outcome), CallRecord.direction == Direction.IN
    shown: dict[Show, list[Any]] = {
        Show.ALL: [],
        Show.MISSED: [outcome == CallState.MISSED, col(CallRecord.seen).is_(False)],
        Show.ANSWERED: [ours, col(CallRecord.answered_at).is_not(None)],
        Show.ELSEWHERE: [outcome == CallState.ELSEWHERE],
        Show.OUT: [CallRecord.direction == Direction.OUT],
        Show.IGNORED: [outcome == CallState.IGNORED],
    }
    return shown[show]


def _alike(record: CallRecord) -> Any:
    """Return what holds for the calls of the same number: without one, for this call alone."""
    if record.e164:
        return col(CallRecord.e164) == record.e164
    return col(CallRecord.raw) == record.raw if record.raw else col(CallRecord.id) == record.id


def _about(record: CallRecord) -> tuple[int, ...]:
    return () if record.card_id is None else (record.card_id,)


def _lines(db: Session) -> list[str]:
    return [line for (line,) in db.execute(text(LINES)).all()]
