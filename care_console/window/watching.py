"""What time and others bring about: recoveries that are late, and limits that were changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from care_console.authority.records import LimitRecord
from care_console.base.command import Command
from care_console.base.words import _, ngettext
from care_console.kit import Errands
from care_console.promises.records import DutyRecord
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.services import Services

LONGEST_S = 900.0  # a computer that slept counts its seconds late, so it looks at its clock again
RISES = frozenset({RecoveryRecord, StepRecord, DutyRecord})  # a follow-up may be moved


class Watching(QObject):
    """Waits for the next moment and never looks for it; tells clerks of their own limits."""

    told = Signal(str)
    hindered = Signal(str)

    def __init__(self, services: Services, command: Callable[[], Command], parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._command = services, command
        self._since = services.clock()
        self.errands = Errands(self)
        self.errands.hindered.connect(self.hindered)

    def begin(self) -> None:
        """Wait from now on, also for another clerk than before."""
        self._since = self._services.clock()
        self.errands.look("rise", self._rise())

    def hear(self, touched: frozenset[type]) -> None:
        """Look at what these records may have changed; none named means that anything may."""
        if not touched or RISES & touched:
            self.errands.look("rise", self._rise())
        if not touched or LimitRecord in touched:
            self.errands.look("news", self._look_for_news())

    async def _rise(self) -> None:
        """Tell supervisors of each recovery as its clock runs out."""
        while (at := await self._services.recoveries.next_moment()) is not None:
            left = (at - self._services.clock()).total_seconds()
            if left > 0:
                await asyncio.sleep(min(left, LONGEST_S))
            elif not await self._services.recoveries.rise(self._command()):
                return  # another desk told it

    async def _look_for_news(self) -> None:
        command, since = self._command(), self._since
        self._since = self._services.clock()
        news = await self._services.limits.news(command.clerk, since)
        if news:
            words = ngettext(
                "One of your limits was changed: {first}.",
                "{count} of your limits were changed: {first} and others.",
                len(news),
            )
            title = _("{limit} ({why})").format(limit=news[0].title, why=news[0].why)
            self.told.emit(words.format(count=len(news), first=title))
