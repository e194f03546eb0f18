"""A sheet with a field and a list: each key finds, the arrows choose, Enter takes."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from care_console.base.words import _
from care_console.kit import (
    CommandDelegate,
    Glyph,
    KeyHint,
    ListView,
    Row,
    Rule,
    Themed,
    current_look,
)
from care_console.window.sheet import SHADOW, Sheet

WIDTH, HEIGHT = 640, 430
LEAST_TOP = 110  # px under the window's top, so that head and strip stay free
LOWEST = 36  # px above the window's foot
PAGE = 6  # rows that PgDn goes on
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_PageUp: -PAGE,
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BareEdit(Themed, QLineEdit):
    """A field without a border that hands the keys which choose to its list."""

    stepped = Signal(int)
    entered = Signal(bool)  # whether Ctrl was held

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.restyle()

    def restyle(self) -> None:
        fill_raised(self)
        self.setFont(current_look().font(16))
        super().restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER and held in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ControlModifier,
        ):
            self.entered.emit(held == Qt.KeyboardModifier.ControlModifier)
        elif not held and (step := STEPS.get(Qt.Key(event.key()))) is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)


def fill_raised(widget: QWidget) -> None:
    """Give a part of a sheet the sheet's ground: then no key paints anew what lies under it."""
    colours = QPalette()
    colours.setColor(QPalette.ColorRole.Base, current_look().color("raised"))
    widget.setPalette(colours)
    widget.setBackgroundRole(QPalette.ColorRole.Base)
    widget.setAutoFillBackground(True)


class Finder(Sheet):
    """Finds as one types. What is found is set with ``offer``; ``took`` tells what was chosen."""

    took = Signal(object, bool)  # the row, and whether Ctrl was held

    def __init__(self, window: QWidget, name: str, placeholder: str) -> None:
        super().__init__(window, name)
        self.field = BareEdit(placeholder, name)
        self.list = ListView(CommandDelegate(), name=_("What was found"), led=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn  # it draws nothing where nothing scrolls
        self.list.setVerticalScrollBarPolicy(always)
        self._head = QHBoxLayout()
        self._head.addWidget(Glyph("search", "text3", 18))
        self._head.addWidget(self.field, 1)
        self._head.addWidget(KeyHint(_("Esc")))
        self.body.addLayout(self._head)
        self.body.addWidget(Rule())
        self.body.addWidget(self.list, 1)
        self.field.textChanged.connect(self.look_for)
        self.field.stepped.connect(self._step)
        self.field.entered.connect(self._enter)
        self.list.clicked.connect(lambda _index: self._enter(False))
        self.restyle()

    def look_for(self, text: str) -> None:
        """Find what fits ``text``, and ``offer`` it."""

    def first(self) -> QWidget:
        return self.field

    def open(self) -> None:
        """Open with an empty field, and with nothing of what was found the last time."""
        if not self.isVisible():
            self.offer([], "")
            self.field.blockSignals(True)
            self.field.clear()
            self.field.blockSignals(False)
            self.look_for("")
        self.field.selectAll()  # asked for once more, another word takes the place of the last
        super().open()

    def offer(self, rows: list[Row], nothing: str) -> None:
        """Show ``rows``, with the first in front; the sentence ``nothing`` where there are none."""
        self.list.rows.set_rows(rows)
        self.list.set_empty(nothing)
        self.list.go_to_first()
        self.list.scrollToTop()

    def place(self, room: QRect) -> QRect:
        px = current_look().px
        width = min(px(WIDTH), room.width() - 2 * SHADOW)
        top = max(room.height() // 8, px(LEAST_TOP))
        height = min(px(HEIGHT), room.height() - top - px(LOWEST))
        return QRect((room.width() - width) // 2, top, width, height)

    def restyle(self) -> None:
        for part in (self.list, self.list.viewport(), self.list.verticalScrollBar()):
            fill_raised(part)
        px = current_look().px
        self._head.setContentsMargins(px(18), px(12), px(14), px(12))
        self._head.setSpacing(px(10))
        side = SHADOW + current_look().line  # the border stays free
        self.body.setContentsMargins(side, side, side, SHADOW + px(8))
        super().restyle()

    def _step(self, by: int) -> None:
        """Go so many rows on, past the heads, and not beyond the ends."""
        for _each in range(abs(by)):
            self.list.step(1 if by > 0 else -1)
        if self.list.currentIndex().row() <= 1:
            self.list.scrollToTop()  # the first row's head belongs to it

    def _enter(self, held: bool) -> None:
        if (row := self.list.row()) is not None:
            self.took.emit(row, held)
