"""A list one goes through with the keys, painted in the theme."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from care_console.kit.delegates import RowDelegate
from care_console.kit.labels import Label
from care_console.kit.look import Themed, current_look
from care_console.kit.rows import Row, RowsModel
from care_console.kit.scrolling import quiet_scroll_bars

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


class ListView(Themed, QListView):
    """Rows, of which one is current. ``chosen`` comes on Enter, on a double click, on its digit.

    ``uniform`` is for rows that are all equally high: it makes 100,000 of them quick. Without
    ``type_ahead`` letters are left to the actions of the page. A ``led`` list is one whose rows
    are walked from a search field, and shows its current row as if it had the focus.
    """

    chosen = Signal(object)
    moved = Signal(object)  # the row that is current now, or None

    def __init__(
        self,
        delegate: RowDelegate,
        *,
        name: str = "",
        uniform: bool = False,
        type_ahead: bool = True,
        led: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows = RowsModel(parent=self)
        self.led = led
        self._type_ahead = type_ahead
        self._current_id: object = None
        self.empty = Label("", colour="text3", wrap=True, parent=self.viewport())
        self.setAccessibleName(name)
        self.setModel(self.rows)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(uniform)
        self._make_quiet()
        self.rows.modelAboutToBeReset.connect(self._remember)
        self.rows.modelReset.connect(self._return)
        for changed in (self.rows.modelReset, self.rows.rowsInserted):
            changed.connect(self._show_whether_empty)
        self.doubleClicked.connect(self._choose)

    def row(self) -> Row | None:
        """Return the current row, or None."""
        return self.rows.row(self.currentIndex())

    def go_to(self, row_id: object) -> bool:
        """Make the row of this id current; False if it is not here."""
        if (place := self.rows.place(row_id)) < 0:
            return False
        self.setCurrentIndex(self.rows.index(place))
        return True

    def go_to_first(self) -> None:
        """Make the first row current that can be chosen."""
        self._go(self._next(0, 1))

    def step(self, by: int) -> None:
        """Go ``by`` rows down, or up, past the heads: for a search field that leads this list."""
        self._go(self._next(self.currentIndex().row() + by, 1 if by > 0 else -1))

    def choose(self) -> None:
        """Choose the current row, as Enter does."""
        self._choose(self.currentIndex())

    def choose_key(self, key: str) -> bool:
        """Choose the row that shows ``key``; False if none does."""
        index = self.rows.with_key(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self._choose(index)
        return index.isValid()

    def set_empty(self, sentence: str) -> None:
        """Say ``sentence`` where there are no rows."""
        self.empty.setText(sentence)
        self._show_whether_empty()

    def restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        free = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if free and event.key() in ENTER:
            self.choose()
        elif free and event.key() in DIGITS and self.choose_key(event.text()):
            return
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        if self._type_ahead and search.strip():
            super().keyboardSearch(search)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Never stop at a head: where the key leads to one, go on to a row beside it."""
        index = super().moveCursor(action, modifiers)
        if not index.isValid() or self._can_choose(index):
            return index
        below = self._next(index.row(), 1)
        return below if below.isValid() else self._next(index.row(), -1)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(self.rows.row(current))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)  # makes a row current, but selects none
        if not self.selectionModel().hasSelection():
            self.go_to_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_empty()

    def _make_quiet(self) -> None:
        mode = QAbstractItemView
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(mode.SelectionMode.SingleSelection)
        self.setEditTriggers(mode.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(mode.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        quiet_scroll_bars(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()

    def _choose(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if self._can_choose(index):
            self.chosen.emit(self.rows.row(index))

    def _can_choose(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        return bool(self.rows.flags(index) & Qt.ItemFlag.ItemIsEnabled)

    def _next(self, place: int, by: int) -> QModelIndex:
        """Return the index of the first row that can be chosen, from ``place`` on."""
        while 0 <= place < self.rows.rowCount():
            if self._can_choose(index := self.rows.index(place)):
                return index
            place += by
        return QModelIndex()

    def _go(self, index: QModelIndex) -> None:
        if index.isValid():
            self.setCurrentIndex(index)

    def _remember(self) -> None:
        row = self.row()
        self._current_id = row.id if row is not None else None

    def _return(self) -> None:
        """Stay with the same row, or go to the first if one was current."""
        lost = self._current_id is not None and not self.go_to(self._current_id)
        if lost or (self._current_id is None and self.hasFocus()):
            self.go_to_first()

    def _show_whether_empty(self, *_where: object) -> None:
        self.empty.setVisible(bool(self.empty.text()) and not self.rows.rowCount())
        self._lay_empty()

    def _lay_empty(self) -> None:
        side = current_look().px(16)
        self.empty.setGeometry(self.viewport().rect().adjusted(side, 0, -side, 0))
