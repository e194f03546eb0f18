"""How the window looks, as it was chosen by a key or in the palette: kept for the next start."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from care_console.kit import Errands
from care_console.settings.desk_options import DeskOptions

if TYPE_CHECKING:
    from care_console.kit.theme import Mode
    from care_console.settings.home import Home
    from care_console.window.frame import MainWindow


class Looks(QObject):
    """Obeys at once, and keeps it beside the window."""

    def __init__(self, window: MainWindow, home: Home) -> None:
        super().__init__(window)
        self._window, self._options = window, DeskOptions(home)
        self._count = count()
        self.errands = Errands(self)
        self.errands.hindered.connect(window.hindered)
        window.text_size_changed.connect(lambda size: self._keep(text_size=size))

    def set_colours(self, mode: Mode) -> None:
        """Become light or dark, or follow the system."""
        self._window.theme.set_mode(mode)
        self._keep(theme=mode)

    def _keep(self, **options: Any) -> None:
        self.errands.do(f"keep {next(self._count)}", self._change(options))

    async def _change(self, options: dict[str, Any]) -> None:
        await self._options.change(**options)
