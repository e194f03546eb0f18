"""What becomes of a call as its events come in, whatever their order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from care_console.calls.rules.twins import Leg, is_twin
from care_console.lines.line import Event

LONGEST_CALL = timedelta(hours=12)  # after it, the same id is another call's
LATE = timedelta(minutes=2)  # after its end, an event of a call still belongs to it


class CallState(StrEnum):
    """How a call stands, until a contact says what came of it."""

    RINGING = "ringing"
    ANSWERED = "answered"
    ELSEWHERE = "elsewhere"  # by a colleague
    MISSED = "missed"
    IGNORED = "ignored"  # the house does not listen to this number
    OUTGOING = "outgoing"  # we called


@dataclass(frozen=True, slots=True)
class Call:
    """One ringing of one line, as far as events change it."""

    state: str  # a CallState, or the outcome of its contact
    started_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    @classmethod
    def new(cls, at: datetime) -> "Call":
        """Return one that rings since ``at``."""
        return cls(CallState.RINGING, at)


def belongs(call: Call, number: str, event_number: str, at: datetime) -> bool:
    """Return whether an event of the same line and id is of this ``call``, or of a later one.

    Some lines use their ids again. ``number`` and ``event_number`` are empty where there is none.
    """
    if number and event_number and number != event_number:
        return False
    if call.ended_at is not None:
        return at - call.ended_at <= LATE and call.started_at - at <= LONGEST_CALL
    return abs(at - call.started_at) <= LONGEST_CALL


def after(call: Call, kind: Event, at: datetime) -> Call:
    """Return ``call`` after an event; one that came before, or twice, changes nothing.

    Who answers is stronger than who does not: an answer that comes late mends a missed call, and
    what a colleague's desk tells does not undo that this one answered.
    """
    began = min(call.started_at, at) if kind is Event.RINGING else call.started_at
    call = replace(call, started_at=began)
    if kind is Event.ENDED:
        state = CallState.MISSED if call.state == CallState.RINGING else call.state
        return replace(call, state=state, ended_at=call.ended_at or at)
    if kind is Event.ANSWERED:
        return answered(call, at)
    unanswered = call.state in (CallState.RINGING, CallState.MISSED)
    if kind in (Event.ANSWERED_ELSEWHERE, Event.ANSWERED_SOMEWHERE) and unanswered:
        return replace(call, state=CallState.ELSEWHERE)
    return call


def rings_on(call: Call) -> Call:
    """Return ``call`` after it rang at this desk again: a missed one is not missed yet."""
    if call.state != CallState.MISSED:
        return call
    return replace(call, state=CallState.RINGING, ended_at=None)


def answered(call: Call, at: datetime) -> Call:
    """Return ``call`` after somebody at this desk took it; told late, not later than its end."""
    at = at if call.ended_at is None else max(call.started_at, min(at, call.ended_at))
    state = CallState.ANSWERED if call.state in tuple(CallState) else call.state
    return replace(call, state=state, answered_at=call.answered_at or at)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in a list."""

    id: int
    line: str
    number: str  # in E.164, or as it came; empty if there was none
    name: str  # as the line sent it
    presentation: str
    called: str
    match: str
    state: str  # a CallState, or the outcome of its contact
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    card_id: int | None
    card_name: str
    seen: bool
    direction: str = "in"
    cause: str = ""  # in the line's own word
    diverted_from: str = ""
    clerk: str = ""  # who answered, or called


@dataclass(frozen=True, slots=True)
class Missed:
    """The missed calls of one number, of which ``newest`` is the last."""

    newest: CallRow
    count: int


def missed(rows: Iterable[CallRow]) -> list[Missed]:
    """Return one entry for each number, the newest first; calls without one stay apart.

    What rang at several desks at once is kept by each of them, and counts once.
    """
    together: dict[object, list[CallRow]] = {}
    for row in sorted(rows, key=lambda row: (row.started_at, row.id), reverse=True):
        alike = together.setdefault(row.number or row.id, [])
        if not any(is_twin(_leg(row), [_leg(each)]) for each in alike):
            alike.append(row)
    return [Missed(alike[0], len(alike)) for alike in together.values()]


def _leg(row: CallRow) -> Leg:
    return Leg(row.line, row.number, row.started_at)
