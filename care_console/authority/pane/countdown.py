"""A clock that ticks once a second, and only while something runs down."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from care_console.base.clock import Clock
from care_console.kit import current_look

SECOND_MS = 1_000
QUIET_S = 10  # between two figures, for those who want nothing to move by itself


class Countdown(QObject):
    """Tells how many seconds are left until a moment, and when it has come.

    Each second does; where motion is unwanted, each tenth.
    """

    ticked = Signal(int)  # whole seconds left, rounded up
    over = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._end: datetime | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)

    @property
    def running(self) -> bool:
        """Whether something runs down."""
        return self._timer.isActive()

    @property
    def left(self) -> int:
        """The whole seconds that are left, rounded up; 0 when nothing runs down."""
        return 0 if self._end is None else seconds_left(self._end, self._clock())

    def run_to(self, end: datetime | None) -> None:
        """Count to ``end``, or with None not at all."""
        self._end = end
        self._timer.stop()
        self.look()

    def look(self) -> None:
        """Tell how much is left now, as the timer does."""
        if self._end is None:
            return
        if (left := self.left) > 0:
            step = (left % QUIET_S or QUIET_S) if current_look().still else 1
            self._timer.start(step * SECOND_MS)
            self.ticked.emit(left)
            return
        self.run_to(None)
        self.over.emit()


def seconds_left(end: datetime, now: datetime) -> int:
    """Return the whole seconds from ``now`` to ``end``, rounded up; not below 0."""
    return max(0, int(-(-(end - now).total_seconds() // 1)))
