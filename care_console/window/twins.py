"""Several lines, or several rings of one, that tell of one call: made into one telling."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from care_console.base.phone import Plan
from care_console.calls.rules.match import number_of
from care_console.calls.rules.twins import Leg, is_over, is_same_again, is_twin
from care_console.lines.line import CallEvent, Event

Key = tuple[str, str]  # a line, and the id of a call there
MOST = 200  # calls that are remembered: what ends late is still told of
GONE = (Event.ANSWERED_ELSEWHERE, Event.ANSWERED_SOMEWHERE, Event.ENDED)  # the last of most legs


@dataclass(slots=True)
class _Call:
    first: Key  # under which all of it is told
    legs: dict[Key, Leg] = field(default_factory=dict)
    ended: set[Key] = field(default_factory=set)
    talking: Key | None = None
    surely: bool = False  # a colleague has it
    taken: bool = False  # by whomever
    over_at: datetime | None = None  # so it seems, if nobody has taken it
    again: bool = False  # it rang on after that

    def ring_on(self, key: Key, leg: Leg) -> None:
        """Let it ring again, on a leg of which more may follow."""
        self.legs, self.ended, self.over_at, self.again = {key: leg}, set(), None, True


class Twins:
    """Hears every line, and tells each call once, as the line does that was the first."""

    def __init__(self, plan: Callable[[], Plan]) -> None:
        self._plan = plan
        self._calls: dict[Key, _Call] = {}

    def told(self, event: CallEvent) -> CallEvent | None:
        """Return an event as the first line would tell it, or None if it tells nothing new."""
        key = event.line, event.call_id
        call = self._calls.get(key)
        if event.kind is Event.RINGING:
            call, told = self._rings(key, event)
        else:
            told = call is None or self._news(call, key, event)
        if call is None or not told:
            return event if told else None
        line, call_id = call.first
        return replace(event, line=line, call_id=call_id)

    def take(self, event: CallEvent) -> None:
        """Let the call of an event that was told be the clerk's, who took it by hand."""
        call = self._calls.get((event.line, event.call_id))
        if call is not None:
            call.taken = True

    def rings_on(self, event: CallEvent) -> bool:
        """Return whether the call of a ring that was told had seemed over before."""
        call = self._calls.get((event.line, event.call_id))
        return call is not None and call.again

    def _rings(self, key: Key, event: CallEvent) -> tuple[_Call, bool]:
        """Return the call that rings, and whether that is to be told."""
        there = self._calls.get(key)
        if there is not None and len(there.ended) < len(there.legs):
            return there, there.first == key
        number = number_of(event, self._plan())
        known = "" if number is None else number.e164 or number.raw
        leg = Leg(event.line, known, event.at, event.called_line)
        twin = None if there is not None else self._twin(leg)
        if twin is not None:
            twin.legs[key] = leg
            self._remember(key, twin)
            return twin, False
        call = self._same_again(leg)
        if call is None:
            call = _Call(key, {key: leg})
        else:
            call.ring_on(key, leg)
            self._remember(call.first, call)
        self._remember(key, call)
        return call, True

    def _same_again(self, leg: Leg) -> _Call | None:
        for call in reversed(self._calls.values()):
            if not call.taken and is_same_again(leg, list(call.legs.values()), call.over_at):
                return call
        return None

    def _twin(self, leg: Leg) -> _Call | None:
        for call in reversed(self._calls.values()):
            if is_twin(leg, list(call.legs.values())):
                return call
        return None

    def _remember(self, key: Key, call: _Call) -> None:
        self._calls.pop(key, None)
        while len(self._calls) >= MOST:
            del self._calls[next(iter(self._calls))]
        self._calls[key] = call

    def _news(self, call: _Call, key: Key, event: CallEvent) -> bool:
        """Take note of an event; return whether it says more than the other lines did.

        Who knows on whose telephone it was answered counts for more than who does not.
        """
        if key not in call.legs:
            return False  # of a round before: it rings on
        if event.kind in GONE:
            call.ended.add(key)
        if event.kind is Event.ENDED:
            over = is_over(call.ended, call.legs, call.talking)
            call.over_at = event.at if over else None
            return over
        call.taken = True
        if event.kind is Event.ANSWERED:
            call.talking = key
            call.ended.discard(key)
            return True
        if call.talking is not None:
            return False
        if event.kind is Event.ANSWERED_SOMEWHERE:
            return not call.surely
        call.surely = True
        return True
