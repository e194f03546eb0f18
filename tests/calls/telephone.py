"""A telephone whose events a test hands over one by one."""

from uuid import uuid4

from care_console.lines.line import CallEvent, Event, Presentation

MARIA = "020 7946 0123"


class Telephone:
    """Makes the events of one line; the clock is the test's."""

    def __init__(self, clock, line="line 2"):
        self._clock, self._line = clock, line

    def ring(self, number=MARIA, call_id=None, **more):
        return self._event(Event.RINGING, number, call_id or uuid4().hex, **more)

    def withheld(self, number=MARIA, **more):
        return self.ring(number, presentation=Presentation.WITHHELD, **more)

    def answer(self, ring):
        return self._event(Event.ANSWERED, ring.number, ring.call_id)

    def elsewhere(self, ring):
        return self._event(Event.ANSWERED_ELSEWHERE, ring.number, ring.call_id)

    def end(self, ring):
        return self._event(Event.ENDED, ring.number, ring.call_id)

    def _event(self, kind, number, call_id, **more):
        return CallEvent(
            kind=kind, call_id=call_id, line=self._line, at=self._clock(), number=number, **more
        )
