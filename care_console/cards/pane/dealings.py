"""The orders and invoices on a card: one line that says how they stand, opened to a list."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import _, ngettext
from care_console.cards.pane.dealing_row import dealing_row
from care_console.cards.pane.showing import show_if
from care_console.cards.records import DealingRecord
from care_console.cards.rules.dealing_words import (
    number_words,
    sub_words,
)
from care_console.cards.rules.dealings import Dealing, DealingState, may_open
from care_console.cards.service import Dealings
from care_console.kit import EventDelegate, EventRow, ListView, Pane, Panel, current_look

MOST_SHOWN, MOST_IN_SHORT = 4, 2  # rows without scrolling
SHORT = 840  # px of the window's height, below which the head needs the room
ROW_HEIGHT = EventDelegate.height
KEY = "Ctrl O"

Hosts = Callable[[], Sequence[str]]
Open = Callable[[str], object]


def open_link(link: str) -> None:
    """Hand a link to the browser of this computer."""
    QDesktopServices.openUrl(QUrl(link, QUrl.ParsingMode.StrictMode))


class DealingsLeaf(Pane):
    """Hidden where there are none. ↑↓ walk, Enter opens the other system, A makes a matter of it.

    ``hosts`` are the places to which a link may lead; ``open`` hands one to the browser.
    """

    watches: ClassVar[frozenset[type]] = frozenset({DealingRecord})

    about_wanted = Signal(str)  # words: the contact is about this
    card_chosen = Signal(int)  # of who sold it

    def __init__(
        self,
        dealings: Dealings,
        clock: Clock,
        hosts: Hosts,
        locale: str = DEFAULT_LOCALE,
        open: Open = open_link,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._dealings, self._clock, self._locale = dealings, clock, locale
        self._hosts, self._open = hosts, open
        self._card_id: int | None = None
        self._known: dict[int, Dealing] = {}
        self._wanted: int | None = None  # to be shown once it is read
        self.panel = Panel(_("Dealings"), "box", KEY, flush=True)
        self.list = ListView(EventDelegate(), name=_("Dealings"), uniform=True)
        self.list.chosen.connect(lambda _row: self._follow())
        self.list.installEventFilter(self)
        self.panel.body.addWidget(self.list)
        self.panel.installEventFilter(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        self.list.hide()
        self.hide()

    @staticmethod
    def hints() -> list[tuple[str, str]]:
        """Return what the keys do while the list has the keyboard."""
        return [
            (_("Enter"), _("open the link")),
            ("A", _("the contact is about it")),
            ("S", _("who sold it")),
            (_("Esc"), _("close")),
        ]

    @property
    def opened(self) -> bool:
        """Whether the list is shown under its line."""
        return not self.list.isHidden()

    def show_card(self, card_id: int | None) -> None:
        """Show this card's; nobody else's stand there meanwhile."""
        if card_id == self._card_id:
            return
        self._card_id, self._known = card_id, {}
        self._fold(True)
        self.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show them as they are now."""
        if self._card_id is not None:
            self.errands.look("dealings", self._look(self._card_id))

    def show_dealing(self, dealing_id: int) -> None:
        """Open the list at one of them, as soon as it is there."""
        self._wanted = dealing_id
        if dealing_id in self._known:
            self._go_to_wanted()
        else:
            self.refresh()

    def go_in(self) -> None:
        """Open the list and go to it; asked again, close it."""
        if not self._known:
            self.errands.hindered.emit(_("No order or invoice of this customer is known here."))
        elif self.opened and self.list.hasFocus():
            self._fold(True)
        else:
            self._fold(False)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if not event.modifiers() and watched is self.list:
                return self._pressed(Qt.Key(event.key()))
        elif watched is self.panel and event.type() == QEvent.Type.MouseButtonRelease:
            self._fold(self.opened)
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        of = self._current()
        if key == Qt.Key.Key_A and of is not None:
            self.about_wanted.emit(number_words(of.kind, of.number))
        elif key == Qt.Key.Key_S and of is not None and of.seller_card_id is not None:
            self.card_chosen.emit(of.seller_card_id)
        elif key == Qt.Key.Key_Escape:
            self._fold(True)
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    async def _look(self, card_id: int) -> None:
        found = await self._dealings.of(card_id)
        if card_id != self._card_id:
            return
        self._known = {each.id: each for each in found}
        self.list.rows.set_rows([self._row(each) for each in found])
        self.panel.trail.setText(self._sums(found))
        show_if(self, bool(found))
        self._fit()
        self._go_to_wanted()

    def _row(self, of: Dealing) -> EventRow:
        return dealing_row(
            of, sub_words(of), self._clock(), self._locale, by=_("link") if of.link else ""
        )

    def _sums(self, found: Sequence[Dealing]) -> str:
        late = sum(each.state is DealingState.OVERDUE for each in found)
        still = sum(each.open for each in found) - late
        said = [
            ngettext("{count} overdue", "{count} overdue", late).format(count=late) if late else "",
            ngettext("{count} open", "{count} open", still).format(count=still) if still else "",
            ngettext("{count} in all", "{count} in all", len(found)).format(count=len(found)),
        ]
        return "  ·  ".join(each for each in said if each)

    def _go_to_wanted(self) -> None:
        if self._wanted in self._known:
            self._fold(False)
            self.list.go_to(self._wanted)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._wanted = None

    def _current(self) -> Dealing | None:
        row = self.list.row()
        return self._known.get(row.id) if row is not None and isinstance(row.id, int) else None

    def _follow(self) -> None:
        """Open the link of the current one, if the house allows the place."""
        of = self._current()
        if of is None:
            return
        if not of.link:
            self.errands.hindered.emit(_("The other system has given no link for this one."))
        elif not may_open(of.link, self._hosts()):
            words = _("This link leads to a place that is not on the list of the house: Settings.")
            self.errands.hindered.emit(words)
        else:
            self._open(of.link)

    def _fold(self, folded: bool) -> None:
        show_if(self.list, not folded)
        self._fit()

    def _fit(self) -> None:
        short = self.window().height() < current_look().px(SHORT)
        most = MOST_IN_SHORT if short else MOST_SHOWN
        rows = min(most, max(1, self.list.rows.rowCount()))
        self.list.setFixedHeight(current_look().px(ROW_HEIGHT) * rows + 2)
