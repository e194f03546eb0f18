"""Several lines that tell of one call, made into one telling."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from care_console.base.phone import Plan
from care_console.calls.rules.match import number_of
from care_console.calls.rules.twins import Leg, is_over, is_twin
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


class Twins:
    """Hears every line, and tells each call once, as the line does that was the first."""

    def __init__(self, plan: Callable[[], Plan]) -> None:
        self._plan = plan
        self._calls: dict[Key, _Call] = {}

    def told(self, event: CallEvent) -> CallEvent | None:
        """Return an event as the first line would tell it, or None if it tells nothing new."""
        key = event.line, event.call_id
        if event.kind is Event.RINGING:
            return self._rings(key, event)
        call = self._calls.get(key)
        if call is None or not self._news(call, key, event):
            return event if call is None else None
        line, call_id = call.first
        return replace(event, line=line, call_id=call_id)

    def _rings(self, key: Key, event: CallEvent) -> CallEvent | None:
        there = self._calls.get(key)
        if there is not None and len(there.ended) < len(there.legs):
            return event if there.first == key else None
        number = number_of(event, self._plan())
        leg = Leg(event.line, "" if number is None else number.e164 or number.raw, event.at)
        twin = None if there is not None else self._twin(leg)
        if twin is None:
            self._remember(key, _Call(key, {key: leg}))
            return event
        twin.legs[key] = leg
        self._remember(key, twin)
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
        if event.kind in GONE:
            call.ended.add(key)
        if event.kind is Event.ANSWERED:
            call.talking = key
            call.ended.discard(key)
            return True
        if event.kind is Event.ENDED:
            return is_over(call.ended, call.legs, call.talking)
        if call.talking is not None:
            return False
        if event.kind is Event.ANSWERED_SOMEWHERE:
            return not call.surely
        call.surely = True
        return True
