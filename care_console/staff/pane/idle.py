"""Noticing that nobody sits here: by the keys and the mouse of every window, and two clocks."""

import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from care_console.base.clock import Clock, utc_now

TICK_MS = 1_000
JUMP_S = 15.0  # by which the two clocks may part: a correction of the time is less
Kind = QEvent.Type
HANDS = frozenset(
    {
        Kind.KeyPress,
        Kind.MouseButtonPress,
        Kind.MouseMove,
        Kind.Wheel,
        Kind.TouchBegin,
        Kind.TabletPress,
        Kind.TabletMove,
        Kind.InputMethod,
    }
)


class IdleLock(QObject):
    """``locked`` comes once when nobody has touched anything for ``minutes``; 0 is never.

    It also comes when this computer slept, or its time was changed, for the clock that goes on
    through sleep then parts from the one that does not. ``begin`` counts again after that.
    """

    locked = Signal()

    def __init__(
        self,
        parent: QObject,
        minutes: int,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Clock = utc_now,
    ) -> None:
        super().__init__(parent)
        self._minutes, self._monotonic, self._wall = minutes, monotonic, wall
        self._touched = self._parted = 0.0
        self._pointer: tuple[float, float] | None = None
        self._ticks = QTimer(self, interval=TICK_MS)
        self._ticks.timeout.connect(self.look)

    @property
    def watching(self) -> bool:
        """Whether it would lock."""
        return self._ticks.isActive()

    def set_minutes(self, minutes: int) -> None:
        """Lock after another time; 0 is never, but sleep still locks."""
        self._minutes = minutes

    def begin(self) -> None:
        """Watch from now on."""
        self._touched, self._parted = self._monotonic(), self._apart()
        if not self.watching:
            self._ticks.start()
            _application().installEventFilter(self)

    def end(self) -> None:
        """Watch no more."""
        self._ticks.stop()
        _application().removeEventFilter(self)

    def lock_now(self) -> None:
        """Lock because somebody asks for it."""
        self.end()
        self.locked.emit()

    def look(self) -> None:
        """Lock if it is time. The clock tells, not how often this is called."""
        if self.watching and (self._idle() or abs(self._apart() - self._parted) > JUMP_S):
            self.lock_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of hands. What wakes a desk that is to be locked goes to nobody."""
        kind = event.type()
        if kind not in HANDS or not event.spontaneous() or not self._moved(event, kind):
            return False
        self.look()
        if not self.watching:
            return True
        self._touched = self._monotonic()
        return False

    def _idle(self) -> bool:
        return bool(self._minutes) and self._monotonic() - self._touched >= self._minutes * 60

    def _apart(self) -> float:
        return self._wall().timestamp() - self._monotonic()

    def _moved(self, event: QEvent, kind: Kind) -> bool:
        """Return False for a pointer that rests, while windows move under it."""
        if kind != Kind.MouseMove:
            return True
        place = cast(QMouseEvent, event).globalPosition()
        before, self._pointer = self._pointer, (place.x(), place.y())
        return before != self._pointer


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance())
