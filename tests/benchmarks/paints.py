"""Knows when a window has painted what there was to paint."""

import asyncio

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from tests.benchmarks.rounds import Took

QUIET = 3  # turns of the loop without a paint, after which none is pending
PATIENCE_S = 5


class Paints(QObject):
    """Notes when the paint events of ``window`` and all in it end."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.last = Took.now()
        """When the last of them ended."""
        self._next = self.last
        self._painted = asyncio.Event()
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Let the window paint, and note when it has."""
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        window.event(event)
        self.last = Took.now()
        if not self._painted.is_set():
            self._next = self.last
            self._painted.set()
        return True

    def begin(self) -> Took:
        """Forget the paints until now, and return the time."""
        self.forget()
        return Took.now()

    def forget(self) -> None:
        """Let only paints count that begin after this."""
        self._painted.clear()

    async def next(self) -> Took:
        """Return the end of the next paint, of all that is to be painted by now."""
        await asyncio.wait_for(self._painted.wait(), PATIENCE_S)
        return self._next

    async def over(self) -> Took:
        """Wait for the next paint and those that follow at once; return when the last one ended."""
        ended = await self.next()
        while self._painted.is_set():
            ended = self.last
            self.forget()
            for _turn in range(QUIET):
                await asyncio.sleep(0)
        return ended
