"""Which call is meant by the rings and the data that a modem tells, with the clock handed in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from care_console.base.clock import Clock
from care_console.lines.line import CallEvent, Event, Presentation
from care_console.lines.modem.heard import Begins, Heard, Name, Number, Ring

NO_DATA_S = 4.0  # after the first ring, by which the data would have come
NAME_S = 0.15  # after the number, in which its name comes if it has one
SILENCE_S = 8.0  # after a ring: the next one comes within six seconds, or none does
QUIET = "no more rings"


@dataclass(slots=True)
class _Call:
    id: str
    last_heard: float  # s, of the clock that only runs forward
    number: Number | None = None
    name: str = ""
    told: bool = False
    tell_at: float = 0.0


class Ringing:
    """One wire, on which one call rings at a time; that it was answered cannot be heard."""

    def __init__(self, line: str, clock: Clock, tell: Callable[[CallEvent], None]) -> None:
        """``clock`` gives the moment that events bear; ``tell`` takes each."""
        self._line, self._clock, self._tell = line, clock, tell
        self._call: _Call | None = None
        self._name = ""  # that came before the number

    @property
    def due(self) -> float | None:
        """When ``tick`` has something to do, in seconds of the clock that is handed in."""
        call = self._call
        if call is None:
            return None
        ends = call.last_heard + SILENCE_S
        return ends if call.told else min(ends, call.tell_at)

    def hear(self, heard: Sequence[Heard], now: float) -> None:
        """Take what the modem says at ``now``."""
        self.tick(now)
        for each in heard:
            if isinstance(each, Ring):
                self._rings(now)
            elif isinstance(each, Number):
                self._is_from(each, now)
            elif isinstance(each, Name):
                self._is_called(each.name, now)
            elif isinstance(each, Begins):
                self._name = ""
        self.tick(now)

    def tick(self, now: float) -> None:
        """Tell what is due by ``now``."""
        call = self._call
        if call is None:
            return
        if not call.told and now >= call.tell_at:
            self._ring(call)
        if now >= call.last_heard + SILENCE_S:
            self._name = ""  # it was this caller's, and not the next one's
            self.end(QUIET)

    def end(self, cause: str) -> None:
        """Let the call be over, if there is one."""
        call, self._call = self._call, None
        if call is None:
            return
        if not call.told:
            self._ring(call)
        self._tell(self._event(Event.ENDED, call, cause))

    def _rings(self, now: float) -> None:
        if self._call is None:
            self._call = _Call(uuid4().hex, now, tell_at=now + NO_DATA_S)
        self._call.last_heard = now

    def _is_from(self, number: Number, now: float) -> None:
        """The data come between two rings, before the first, or during a call (call waiting)."""
        call = self._call
        if call is not None and call.told:
            if call.number in (None, number):
                return  # told as unknown before it came, or told twice
            self.end("another call")
            call = None
        if call is None:
            call = self._call = _Call(uuid4().hex, now)
        call.number, call.last_heard = number, now
        call.name, self._name = self._name, ""
        call.tell_at = now if call.name or number.number is None else now + NAME_S

    def _is_called(self, name: str, now: float) -> None:
        call = self._call
        if call is not None and call.number is not None and not call.told:
            call.name = name
            self._ring(call)
        else:
            self._name = name

    def _ring(self, call: _Call) -> None:
        call.told = True
        self._tell(self._event(Event.RINGING, call))

    def _event(self, kind: Event, call: _Call, cause: str = "") -> CallEvent:
        known = call.number or Number(None, Presentation.UNAVAILABLE)
        return CallEvent(
            kind=kind,
            call_id=call.id,
            line=self._line,
            at=self._clock(),
            number=known.number,
            presentation=known.presentation,
            name=call.name,
            cause=cause,
        )
