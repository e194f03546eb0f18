"""Dealings of which nobody knows whose they are, put to a card by hand."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import _, ngettext
from care_console.cards.pane.dealing_row import dealing_row
from care_console.cards.pane.picker import CardPicker
from care_console.cards.records import DealingRecord
from care_console.cards.rules.dealing_words import (
    number_words,
    whose_words,
)
from care_console.cards.rules.dealings import Dealing
from care_console.cards.service import Dealings, Search
from care_console.kit import (
    Act,
    EventDelegate,
    EventRow,
    Label,
    ListView,
    Pane,
    Panel,
    Row,
    current_look,
)

MOST = 200


class UnmatchedPane(Pane):
    """↑↓ walk, Enter goes to *Whose is it?*, where a few letters and Enter put it to a card."""

    watches: ClassVar[frozenset[type]] = frozenset({DealingRecord})

    acted = Signal(object)  # Act, which can be taken back
    card_chosen = Signal(int)

    def __init__(
        self,
        dealings: Dealings,
        search: Search,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._dealings, self._command, self._clock = dealings, command, clock
        self._locale = locale
        self._known: dict[int, Dealing] = {}
        self._wanted: int | None = None
        self._stale = False
        self.list = ListView(EventDelegate(), name=_("Dealings of nobody"), uniform=True)
        self.list.set_empty(_("Every order and invoice is somebody's."))
        self.said = Label(colour="text2", wrap=True)
        self.whose = CardPicker(search)
        self.whose.edit.setAccessibleName(_("Whose is it?"))
        self._lay_out()
        self.list.moved.connect(self._walked)
        self.list.chosen.connect(lambda _row: self.whose.setFocus())
        self.whose.changed.connect(self._chosen)
        self.whose.errands.hindered.connect(self.errands.hindered)
        self.whose.edit.installEventFilter(self)

    def refresh(self) -> None:
        """Show the records as they are now, once the page is seen."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.errands.look("unmatched", self._look())

    def show_dealing(self, dealing_id: int) -> None:
        """Go to one of them."""
        self._wanted = dealing_id
        self.errands.look("unmatched", self._look())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc goes back from the field to the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        escape = pressed and event.key() == Qt.Key.Key_Escape  # type: ignore[attr-defined]
        if escape and not self.whose.found.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    async def _look(self) -> None:
        found = await self._dealings.unmatched(0, MOST)
        if self._wanted is not None and all(each.id != self._wanted for each in found):
            found = await self._dealings.unmatched(self._wanted - 1, MOST)
        self._known = {each.id: each for each in found}
        self.list.rows.set_rows([self._row(each) for each in found])
        many = ngettext("{count} to be put to a card", "{count} to be put to a card", len(found))
        self.panel.trail.setText(many.format(count=len(found)) if found else "")
        there = self._wanted is not None and self.list.go_to(self._wanted)
        if not there and self._current() is None:
            self.list.go_to_first()
        self._wanted = None
        self._walked(self.list.row())

    def _row(self, of: Dealing) -> EventRow:
        return dealing_row(of, whose_words(of), self._clock(), self._locale)

    def _current(self) -> Dealing | None:
        row = self.list.row()
        return self._known.get(row.id) if row is not None and isinstance(row.id, int) else None

    def _walked(self, _row: Row | None) -> None:
        of = self._current()
        self.whose.setEnabled(of is not None)
        if of is None:
            self.said.setText("")
            return
        words = _("{dealing}: the row says {whose}").format(
            dealing=clean(number_words(of.kind, of.number)), whose=clean(whose_words(of))
        )
        self.said.setText(words)

    def _chosen(self) -> None:
        of, card_id = self._current(), self.whose.value()
        if of is None or not isinstance(card_id, int):
            return
        name = self.whose.words(card_id)
        self.whose.put(None)
        self.errands.do("attach", self._attach(of, card_id, name))

    async def _attach(self, of: Dealing, card_id: int, name: str) -> None:
        await self._dealings.attach(self._command(), of.id, card_id)
        words = _("{dealing} put to {name}").format(
            dealing=clean(number_words(of.kind, of.number)), name=clean(name)
        )
        self.acted.emit(Act(words, partial(self._take_back, of.id, card_id)))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _take_back(self, dealing_id: int, card_id: int) -> None:
        await self._dealings.detach(self._command(), dealing_id, card_id)

    def _lay_out(self) -> None:
        self.panel = Panel(_("Dealings of nobody"), "box", flush=True)
        self.panel.body.addWidget(self.list, 1)
        side = current_look().px(16)
        foot = QWidget()
        down = QVBoxLayout(foot)
        down.setContentsMargins(side, side // 2, side, side // 2)
        self.ask = Label(_("Whose is it?"), size=12, weight=500, colour="text2")
        for part in (self.said, self.ask, self.whose):
            down.addWidget(part)
        self.panel.body.addWidget(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        self.setFocusProxy(self.list)
