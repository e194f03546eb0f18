"""The likely doubles: a list that fills while one looks, and the two of a pair side by side."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.words import _, ngettext
from care_console.cards.pane.picker import CardPicker
from care_console.cards.pane.side_by_side import SideBySide
from care_console.cards.records import CardRecord, DistinctRecord, ReplacedRecord
from care_console.cards.rules.doubles import Likeness
from care_console.cards.service import Cards, Doubles, Merging, Search
from care_console.cards.service.doubles import Pair
from care_console.kit import (
    Button,
    Field,
    ListView,
    Pane,
    Panel,
    PersonDelegate,
    PersonRow,
    Row,
    current_look,
)
from care_console.staff.service import Staff

SHOWN = 200  # pairs; the others come when these are settled


class DoublesPage(Pane):
    """Looking takes its time beside everything else, and can be stopped; the arrows walk the list.

    Enter goes to the pair. With ``merge_with`` a card is merged with one that is chosen by name.
    """

    acted = Signal(object)  # Act
    card_chosen = Signal(int)

    watches: ClassVar[frozenset[type]] = frozenset({CardRecord, DistinctRecord, ReplacedRecord})

    def __init__(
        self,
        cards: Cards,
        merging: Merging,
        doubles: Doubles,
        staff: Staff,
        search: Search,
        command: Callable[[], Command],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cards, self._doubles = cards, doubles
        self._found: tuple[tuple[tuple[int, int], Likeness], ...] | None = None
        self._looking = self._stale = False
        self._first: int | None = None  # the card that is to be merged with another one
        self._named = False  # the two side by side were named, and not come from the list
        self.view = ListView(PersonDelegate(), name=_("Likely doubles"), uniform=True)
        self.button = Button(_("Look through all"), "plain", "search")
        self.picker = CardPicker(search)
        self.with_whom = Field(_("Merge with …"), self.picker)
        self.pair = SideBySide(cards, merging, doubles, staff, command)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the pairs that still stand, once the page is seen."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        if self._found is None:
            self._begin()
        elif not self._looking:
            self.errands.look("pairs", self._show_pairs())
        self.pair.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def merge_with(self, card_id: int) -> None:
        """Ask which card is to be merged into this one."""
        self._first = card_id
        self.picker.edit.setAccessibleName(_("Merge with …"))
        self.picker.put(None)
        self.with_whom.show()
        self.errands.look("name", self._name(card_id))
        self.picker.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _begin(self) -> None:
        self._looking = True
        self.button.setText(_("Stop"))
        self.view.set_empty(_("Looking through all cards …"))
        self.errands.look("through", self._look_through())

    def _turn(self) -> None:
        """Begin to look, or stop."""
        if not self._looking:
            self._begin()
            return
        self.errands.look("through", self._stopped())

    async def _stopped(self) -> None:
        self._end()
        self._tell()

    async def _look_through(self) -> None:
        async for sight in self._doubles.look_through():
            self.panel.trail.setText(_("{share} %").format(share=int(sight.share * 100)))
            if sight.pairs or sight.share >= 1.0:
                self._found = sight.pairs
        self._end()
        await self._show_pairs()

    def _end(self) -> None:
        self._looking = False
        self._found = self._found or ()
        self.button.setText(_("Look again"))
        self.view.set_empty(_("Nobody stands here twice, as far as anybody can tell."))

    async def _show_pairs(self) -> None:
        pairs = await self._doubles.pairs((self._found or ())[: 2 * SHOWN])
        self.view.rows.set_rows([_row(pair) for pair in pairs[:SHOWN]])
        self._tell()
        if not self.view.currentIndex().isValid():
            self.view.go_to_first()

    def _tell(self) -> None:
        count = self.view.rows.rowCount()
        words = ngettext("{count} pair", "{count} pairs", count)
        self.panel.trail.setText(words.format(count=count))

    async def _name(self, card_id: int) -> None:
        card = await self._cards.card(card_id)
        words = _("Merge {name} with …").format(name=card.name)
        self.with_whom.name.setText(words)
        self.picker.edit.setAccessibleName(words)

    def _picked(self) -> None:
        other = self.picker.value()
        if self._first is None or not isinstance(other, int):
            return
        if other == self._first:
            self.errands.hindered.emit(_("This is the card itself. Choose another one."))
            return
        first, self._first = self._first, None
        self._named = True
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)  # else the list gets it, and walks
        self.with_whom.hide()
        self.pair.show_pair(first, other, focus=True)

    def _walked(self, row: Row | None) -> None:
        free = self.view.hasFocus() or not (self._named or self._first)
        if row is not None and isinstance(row.id, tuple) and free:
            self._named = False
            self.pair.show_pair(*row.id)

    def _go_to(self, _row: Row) -> None:
        self.pair.focus_first()

    def _settled(self) -> None:
        """Go on with the list."""
        self._named = False
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.button.clicked.connect(self._turn)
        self.picker.changed.connect(self._picked)
        self.view.moved.connect(self._walked)
        self.view.chosen.connect(self._go_to)
        self.pair.acted.connect(self.acted)
        self.pair.card_chosen.connect(self.card_chosen)
        self.pair.settled.connect(self._settled)
        for each in (self.pair.errands, self.picker.errands):
            each.hindered.connect(self.errands.hindered)

    def _lay_out(self) -> None:
        px = current_look().px
        self.panel = Panel(_("Likely doubles"), "people", flush=True)
        self.panel.head.addWidget(self.button)
        top = QVBoxLayout()
        top.setContentsMargins(px(16), 0, px(16), 0)
        top.addWidget(self.with_whom)
        self.with_whom.hide()
        self.panel.body.addLayout(top)
        self.panel.body.addWidget(self.view, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(px(10), px(10), px(10), px(10))
        across.setSpacing(px(10))
        across.addWidget(self.panel, 2)
        across.addWidget(self.pair, 3)
        self.setFocusProxy(self.view)


def _row(pair: Pair) -> PersonRow:
    sub = _("{name}: {why}").format(name=pair.second.name, why=pair.likeness.words)
    first = pair.first
    return PersonRow(key="", id=pair.ids, name=first.name, groups=first.groups, sub=sub)
