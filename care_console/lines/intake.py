"""What becomes of the messages of those who hand in calls: an event, once, and not too many."""

from collections.abc import Callable
from datetime import datetime

from care_console.base.clock import Clock
from care_console.base.words import N_
from care_console.lines.handed import Handed, NotTaken
from care_console.lines.line import CallEvent
from care_console.lines.recent import Recent

BURST, EACH_SECOND = 30, 5  # calls; a web page can start the handler of tel: as often as it likes

TOO_MANY = N_("Too many calls were handed in at once.")


class Intake:
    """Tells what was handed in as the events of one line."""

    def __init__(self, line: str, clock: Clock, tell: Callable[[CallEvent], None]) -> None:
        self._line, self._clock, self._tell = line, clock, tell
        self._recent = Recent()
        self._allowance = Allowance(BURST, EACH_SECOND)

    def take(self, handed: Handed) -> None:
        """Tell what ``handed`` says, unless it was told before. Raises NotTaken."""
        now = self._clock()
        known = self._recent.find(handed, now)
        if known is None:
            self.check_allowance()  # a known call's answer and end are never turned away
        call_id = self._recent.note(known, handed, now)
        if call_id is not None:
            self._tell(
                CallEvent(
                    kind=handed.kind,
                    call_id=call_id,
                    line=self._line,
                    at=now,
                    number=handed.number,
                    presentation=handed.presentation,
                    name=handed.name,
                    called_line=handed.called_line,
                )
            )

    def check_allowance(self) -> None:
        """Count one more. Raises NotTaken if that is one too many."""
        if not self._allowance.grants(self._clock()):
            raise NotTaken(TOO_MANY)


class Allowance:
    """How much is let in: ``burst`` at once and, of what is used up, ``each_second`` anew."""

    def __init__(self, burst: int, each_second: float) -> None:
        self._burst = burst
        self._each_second = each_second
        self._left: float = burst
        self._last: datetime | None = None

    def grants(self, now: datetime) -> bool:
        """Tell whether one more is let in, and count it. A clock that is set back costs nothing."""
        passed = (now - self._last).total_seconds() if self._last else 0.0
        self._last = now
        self._left = min(self._burst, self._left + max(0.0, passed) * self._each_second)
        if self._left < 1:
            return False
        self._left -= 1
        return True
