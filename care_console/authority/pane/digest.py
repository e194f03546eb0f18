"""What a supervisor should look at: patterns in what was given, and never a judgement."""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from care_console.authority.records import RemedyRecord
from care_console.authority.rules.views import Odd
from care_console.authority.service.limits import Limits
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.words import _
from care_console.kit import CommandDelegate, CommandRow, Label, ListView, Pane, Panel

DAYS = 7


class DigestPane(Pane):
    """The last week; Enter opens the card that a pattern is about."""

    card_chosen = Signal(int)

    watches: ClassVar[frozenset[type]] = frozenset({RemedyRecord})

    def __init__(self, limits: Limits, command: Callable[[], Command], clock: Clock) -> None:
        super().__init__()
        self._limits, self._command, self._clock = limits, command, clock
        self._found: list[Odd] = []
        self.list = ListView(CommandDelegate(), name=_("Weekly digest"), uniform=True)
        self.list.set_empty(_("Nothing in the last seven days needs a second look."))
        panel = Panel(_("Weekly digest"), "info", flush=True)
        said = _("Patterns of the last seven days. Each may have a good reason: ask first.")
        words = Label(said, colour="text2", wrap=True)
        words.setContentsMargins(16, 0, 16, 8)
        panel.body.addWidget(words)
        panel.body.addWidget(self.list, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(panel)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._open)

    def refresh(self) -> None:
        """Show the records as they are now, while somebody looks."""
        if self.isVisible():
            self.errands.look("digest", self._look())

    async def _look(self) -> None:
        since = self._clock().astimezone().date() - timedelta(days=DAYS)
        self._found = await self._limits.digest(since, self._command().clerk)
        rows = [CommandRow(at, "info", each.words) for at, each in enumerate(self._found)]
        self.list.rows.set_rows(rows)
        self.list.go_to_first()

    def _open(self, row: object) -> None:
        if isinstance(row, CommandRow) and isinstance(row.id, int):
            card_id = self._found[row.id].card_id
            if card_id is not None:
                self.card_chosen.emit(card_id)
