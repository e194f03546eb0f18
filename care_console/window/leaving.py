"""Closing the window: what is typed is kept first."""

import asyncio
from collections.abc import Callable, Coroutine

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit import Errands

PATIENCE_S = 5.0  # for a disk that does not answer


class Leaving(QObject):
    """Holds the closing of ``window`` until all is kept; asked again, it lets it close anyway."""

    def __init__(
        self,
        window: QWidget,
        keep: Callable[[], Coroutine[None, None, bool]],
        tell: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window, self._keep, self._tell = window, keep, tell
        self._errands = Errands(self)
        self._free = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Close or watched is not self._window or self._free:
            return False
        event.ignore()
        self._errands.do("leave", self._leave())
        return True

    async def _leave(self) -> None:
        kept = False
        try:
            async with asyncio.timeout(PATIENCE_S):
                kept = await self._keep()
        except (TimeoutError, CareError):
            kept = False
        finally:
            self._free = True
        if kept:
            self._window.close()
        else:
            self._tell(_("What you typed last is not saved. Close again to leave without it."))
