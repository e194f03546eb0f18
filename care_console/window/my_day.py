"""My day in the window: the column, the page, and the moment at which it reads otherwise."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from care_console.base.command import Command
from care_console.journal.rules import Words
from care_console.kit import Pane
from care_console.promises.pane import MyDayPage, MyDayPane
from care_console.promises.service import Moments
from care_console.services import Services
from care_console.window.around import Around


class MyDay(QObject):
    """Shows what the clerk owes, and lets each duty be opened where it belongs."""

    about_chosen = Signal(str, int)  # what a duty hangs on in a room above

    def __init__(self, services: Services, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._around: Around | None = None
        locale = services.desk.language

        self.column = MyDayPane(services.duties, services.clock, self._command, locale)
        self.page = MyDayPage(services.duties, words, services.clock, self._command, locale)
        self._services = services
        self._moments = Moments(self._next, services.clock, self.refresh)
        for pane in (self.column, self.page):
            pane.about_chosen.connect(self.about_chosen)

    @property
    def panes(self) -> tuple[Pane, ...]:
        """Both of them, to be told what changes."""
        return self.column, self.page

    def stand_around(self, around: Around, below: QWidget) -> None:
        """Take the left column, with ``below`` under it."""
        self._around = around
        self.column.add_below(below)

    def refresh(self) -> None:
        """Show what is owed now, and wait for the next moment."""
        for pane in self.panes:
            pane.refresh()

    def arm(self) -> None:
        """Wait for the next moment at which something reads otherwise."""
        self._moments.arm()

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._moments.stop()

    def _command(self) -> Command:
        assert self._around is not None
        return self._around.command()

    async def _next(self) -> datetime | None:
        assert self._around is not None
        return await self._services.duties.next_moment(self._around.clerk)
