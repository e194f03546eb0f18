"""All calls since a moment, for a list outside of the window."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from care_console.base.command import Command
from care_console.calls.records import CallRecord
from care_console.cards.records import PhoneRecord
from care_console.journal.service import Journal

AT_ONCE = 500  # calls


@dataclass(frozen=True, slots=True)
class ListedCall:
    """One call. Who withheld their number left neither that nor a name; ``number`` is "" then."""

    number: str
    match: str
    card_ids: tuple[int, ...]  # whose call it was or, where that is open, who has the number now
    line: str
    called: str
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    outcome: str
    cause: str
    diverted_from: str
    presentation: str
    direction: str  # "in", or "out": we called


@dataclass(frozen=True, slots=True)
class Listing:
    """Gives out the call log, which is people's data as a file: it is allowed, and journalled."""

    journal: Journal
    demand: Callable[[Session, Command], None]

    async def since(self, command: Command, since: datetime) -> AsyncIterator[ListedCall]:
        """Yield the calls that began at ``since`` or later, the oldest first.

        Raises what ``demand`` raises, before the first.
        """
        store = self.journal.store
        await store.write(self._begin, command, since)
        after = (since, -1)
        while True:
            page = await store.read(_page, after)
            for at_and_id, call in page:
                after = at_and_id
                yield call
            if len(page) < AT_ONCE:
                return

    def _begin(self, db: Session, command: Command, since: datetime) -> None:
        self.demand(db, command)
        if self.journal.first_run(db, command) is None:
            self.journal.write(db, command, "calls_listed", {"since": since.isoformat()})


def _page(
    db: Session, after: tuple[datetime, int]
) -> list[tuple[tuple[datetime, int], ListedCall]]:
    at, call_id = after
    started, id = col(CallRecord.started_at), col(CallRecord.id)
    later = or_(started > at, and_(started == at, id > call_id))
    calls = db.exec(select(CallRecord).where(later).order_by(started, id).limit(AT_ONCE)).all()
    open_ones = [each.e164 for each in calls if each.card_id is None and each.e164]
    cards = _cards(db, open_ones)
    return [((each.started_at, each.id), _listed(each, cards)) for each in calls]


def _cards(db: Session, numbers: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return by number who has it now."""
    if not numbers:
        return {}
    wanted = (
        select(PhoneRecord.e164, PhoneRecord.card_id)
        .where(col(PhoneRecord.e164).in_(set(numbers)))
        .distinct()
        .order_by(col(PhoneRecord.card_id))
    )
    found: dict[str, tuple[int, ...]] = {}
    for e164, card_id in db.exec(wanted):
        if e164 is not None:
            found[e164] = (*found.get(e164, ()), card_id)
    return found


def _listed(call: CallRecord, cards: dict[str, tuple[int, ...]]) -> ListedCall:
    whose = (call.card_id,) if call.card_id is not None else cards.get(call.e164 or "", ())
    return ListedCall(
        number=call.e164 or call.raw,
        match=call.match,
        card_ids=whose,
        line=call.line,
        called=call.called,
        started_at=call.started_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        outcome=call.outcome,
        cause=call.cause,
        diverted_from=call.diverted_from,
        presentation=call.presentation,
        direction=call.direction,
    )
