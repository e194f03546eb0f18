"""Our own dialling comes back as a ring of one of our lines: that is no customer who calls."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from care_console.base.phone import Plan, lookup_keys, read
from care_console.lines.line import CallEvent, Event

BACK_WITHIN = timedelta(seconds=30)  # a ring with the number that was dialled
INSIDE_WITHIN = timedelta(seconds=10)  # a ring of the house's own telephone, on the same line
MOST = 20  # calls that we made lately


@dataclass(slots=True)
class Dial:
    """A number that we dialled, on which line and when, and what was made of it."""

    e164: str
    line: str
    at: datetime
    call_id: int = 0
    contact_id: int = 0
    over: CallEvent | None = None  # its end, where that came first
    lines: set[str] = field(default_factory=set)  # on which it came back already


class Dialled:
    """The latest calls that we made, and the rings that are theirs.

    Each is known on each line once: whoever calls back while we call them still rings.
    """

    def __init__(self, plan: Callable[[], Plan]) -> None:
        self._plan = plan
        self._latest: list[Dial] = []
        self._known: dict[tuple[str, str], Dial] = {}

    def note(self, e164: str, line: str, at: datetime) -> Dial:
        """Remember that ``e164`` is dialled on a line, before the line is told."""
        dial = Dial(e164, line, at)
        self._latest = [*self._latest[1 - MOST :], dial]
        return dial

    def known_as(self, dial: Dial, line: str, call_id: str) -> None:
        """Let what a line tells under ``call_id`` be of this call, if it gave it an id."""
        if call_id:
            self._keep((line, call_id), dial)

    def forget(self, dial: Dial) -> None:
        """Forget what could not be dialled after all."""
        self._latest = [each for each in self._latest if each is not dial]

    def of(self, event: CallEvent) -> Dial | None:
        """Return the call of ours that an event is of, or None for somebody else's."""
        key = event.line, event.call_id
        known = self._known.get(key)
        if known is None and event.kind is Event.RINGING:
            known = self._back(event)
            if known is not None:
                known.lines.add(event.line)
                self._keep(key, known)
        return known

    def _keep(self, key: tuple[str, str], dial: Dial) -> None:
        while len(self._known) >= MOST * 4:
            del self._known[next(iter(self._known))]
        self._known[key] = dial

    def _back(self, event: CallEvent) -> Dial | None:
        for dial in reversed(self._latest):
            if event.line not in dial.lines and is_own(event, dial, self._plan()):
                return dial
        return None


def is_own(ring: CallEvent, dial: Dial, plan: Plan) -> bool:
    """Return whether ``ring`` is the way back of what was dialled.

    Its caller or its called number is the one that we dialled; or it is the leg to the clerk's own
    telephone, which an Originate rings first, with an extension of the house for its caller.
    """
    since = ring.at - dial.at
    if timedelta(0) <= since <= BACK_WITHIN:
        for raw in (ring.number, ring.called_line):
            if raw and dial.e164 in lookup_keys(read(raw, plan)):
                return True
    if not timedelta(0) <= since <= INSIDE_WITHIN or ring.line != dial.line or not ring.number:
        return False
    return bool(read(ring.number, plan).internal)
