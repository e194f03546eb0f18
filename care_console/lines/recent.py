"""Which call is meant, where those who hand in calls tell too little of it, or tell it twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from care_console.lines.handed import Handed
from care_console.lines.line import Event

MOST = 500
TWICE = timedelta(seconds=2)  # one ring reaches us by several links of one softphone
LATE = timedelta(seconds=10)  # each message is a process of its own, and may be overtaken
LONGEST_RING = timedelta(minutes=3)
ORDER = {
    Event.RINGING: 0,
    Event.ANSWERED: 1,
    Event.ANSWERED_ELSEWHERE: 1,
    Event.ANSWERED_SOMEWHERE: 1,
    Event.ENDED: 2,
}


@dataclass(slots=True)
class _Call:
    id: str  # under which it is told
    caller: str
    stage: int
    since: datetime
    rang: bool


class Recent:
    """The latest calls that were handed in, the newest last."""

    def __init__(self) -> None:
        self._calls: dict[str, _Call] = {}

    def find(self, handed: Handed, at: datetime) -> str | None:
        """Return the id of the call that ``handed`` tells of, or None if it is new. ``at`` is now.

        An answer or an end without an id is of the newest call of its number.
        """
        self._forget(at)
        if handed.call_id:
            return handed.call_id if handed.call_id in self._calls else None
        caller = _key(handed)
        for call_id, call in reversed(self._calls.items()):
            if call.caller == caller:
                rings = handed.kind is Event.RINGING
                return None if rings and not _told_already(call, at) else call_id
        return None

    def note(self, known: str | None, handed: Handed, at: datetime) -> str | None:
        """Remember what ``handed`` tells of a ``known`` call, or of a new one.

        Returns the call's id, or None if as much was told before. An answer or an end that
        belongs to no call makes one: better a call without a beginning than none.
        """
        stage = ORDER[handed.kind]
        if known is None:
            while len(self._calls) >= MOST:
                del self._calls[next(iter(self._calls))]
            call_id = handed.call_id or uuid4().hex
            self._calls[call_id] = _Call(call_id, _key(handed), stage, at, rang=not stage)
            return call_id
        call = self._calls[known]
        if stage == 0 and _is_another(call, handed, at):
            del self._calls[known]
            self._calls[known] = _Call(uuid4().hex, _key(handed), stage, at, rang=True)
            return self._calls[known].id
        if stage <= call.stage:
            return None
        call.stage, call.since = stage, at
        return call.id

    def _forget(self, at: datetime) -> None:
        ended = [
            call_id
            for call_id, call in self._calls.items()
            if call.stage == ORDER[Event.ENDED] and at - call.since > LATE
        ]
        for call_id in ended:
            del self._calls[call_id]


def _told_already(call: _Call, at: datetime) -> bool:
    """Tell whether a ring without an id is that of ``call``, and not one of a new call."""
    if not call.rang:
        return at - call.since <= LATE  # its answer was quicker than its ring
    return bool(call.caller) and call.stage == 0 and at - call.since <= TWICE


def _is_another(call: _Call, ring: Handed, at: datetime) -> bool:
    """Tell whether a ring under the id of ``call`` is of another one: ids are used again."""
    passed, caller = at - call.since, _key(ring)
    other = bool(caller and call.caller) and caller != call.caller
    return passed > LONGEST_RING or (passed > TWICE and other)


def _key(handed: Handed) -> str:
    """Return what two spellings of one caller share; nothing if the number is hidden."""
    number = handed.number or ""
    return "".join(filter(str.isdecimal, number)) or number.casefold()
