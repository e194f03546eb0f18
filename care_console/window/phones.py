"""The lines in the window: they run, a dropped one is told, and its page is at hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from care_console.base.words import _, ngettext
from care_console.kit import Button, Errands, Notice, announce
from care_console.lines.line import Line, LineState, State
from care_console.lines.ours import line_words
from care_console.settings.running import Running

if TYPE_CHECKING:
    from care_console.window.furniture import Furniture

NOBODY_MS = 900_000  # of the lock, after which the desk counts as left: nobody hears it ring


class LinesBanner(QWidget):
    """Tells of each line that is down, from its drop until it is up again."""

    page_wanted = Signal()
    turned = Signal(str)  # what the foot of the window says of it, "" for nothing

    def __init__(self) -> None:
        super().__init__()
        self.to_page, self.later = Button(_("Telephone")), Button(_("Later"), "quiet")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.to_page)
        row.addWidget(self.later)
        self.notice = Notice("warn", trailing=buttons)
        self._down: dict[str, str] = {}  # the reasons
        self._put_off: set[str] = set()
        whole = QVBoxLayout(self)
        whole.addWidget(self.notice)
        self.to_page.clicked.connect(self.page_wanted)
        self.later.clicked.connect(self._put_off_all)
        self.hide()

    def show_state(self, name: str, state: LineState | None) -> None:
        """Take note of how a line is now; None: it is no line of this desk any more.

        While a line that was down connects again it still counts as down, lest it flickers.
        """
        before = self._down.get(name)
        if state is None or state.state is State.UP:
            self._down.pop(name, None)
            self._put_off.discard(name)
        elif state.state is State.DOWN and state.reason:
            self._down[name] = state.reason
        if self._down.get(name) != before:
            self._show()
            self._say(name, before, state)

    def _say(self, name: str, before: str | None, state: LineState | None) -> None:
        """Say it aloud once: when it drops and when it is back, not at each try between."""
        if before is None:
            words = _("The line “{name}” is down. {reason}")
            announce(self, words.format(name=line_words(name), reason=self._down[name]))
        elif name not in self._down and state is not None:
            words = _("The line “{name}” is up again.")
            announce(self.window(), words.format(name=line_words(name)))

    def _show(self) -> None:
        shown = {name: why for name, why in self._down.items() if name not in self._put_off}
        if len(shown) == 1:
            [(name, why)] = shown.items()
            said = _("The line “{name}” is down.").format(name=line_words(name))
            self.notice.tell(said, rest=why)
        elif shown:
            words = ngettext("{count} line is down.", "{count} lines are down.", len(shown))
            each = "\n".join(f"{line_words(name)}: {why}" for name, why in shown.items())
            self.notice.tell(words.format(count=len(shown)), sub=each)
        self.setVisible(bool(shown))
        self.turned.emit(self._short())

    def _short(self) -> str:
        """Return what is told as long as a line is down, also after it was put off."""
        if len(self._down) == 1:
            return _("Line down: {name}").format(name=line_words(next(iter(self._down))))
        if self._down:
            words = ngettext("{count} line is down", "{count} lines are down", len(self._down))
            return words.format(count=len(self._down))
        return ""

    def _put_off_all(self) -> None:
        self._put_off = set(self._down)
        self._show()


class Phones(QObject):
    """Keeps the lines running that are set up, and tells how they are."""

    def __init__(self, here: Furniture) -> None:
        super().__init__(here)
        self._here = here
        self.errands = Errands(self)
        self.telephone = here.services.telephone(here.home)
        self.running = Running(self.telephone, here.flow.listen, here.flow.leave)
        self.telephone.tried = self.running.register_again
        self.banner = LinesBanner()
        here.window.add_banner(self.banner)
        self.banner.page_wanted.connect(self.open_page)
        self.banner.turned.connect(here.window.foot.show_line)
        self._nobody = QTimer(self, singleShot=True, interval=NOBODY_MS)
        self._nobody.timeout.connect(partial(self.running.attend, False))
        cover = here.session.cover
        cover.locked.connect(self._nobody.start)  # until then the lock lets calls ring
        cover.unlocked.connect(self._come_back)
        self._ends = [
            self.running.listen(self._hear),
            self.telephone.listen(lambda: self.errands.look("settle", self.running.settle())),
        ]

    def begin(self, *others: Line) -> None:
        """Connect the lines, beside everything else; ``others`` are only told of."""
        for line in others:
            self._ends.append(line.listen(partial(self._hear, line.name)))
            self._hear(line.name, line.state)
        self.errands.look("settle", self.running.settle())

    async def close(self) -> None:
        """Hang up, and tell nobody any more."""
        for end in self._ends:
            end()
        await self.running.close()

    def open_page(self) -> None:
        """Go to where lines are set up, if that is for this clerk."""
        self._here.others.open_telephone()

    def _come_back(self, _clerk: object = None) -> None:
        self._nobody.stop()
        self.running.attend(True)

    def _hear(self, name: str, state: LineState | None) -> None:
        if isValid(self.banner):
            self.banner.show_state(name, state)
