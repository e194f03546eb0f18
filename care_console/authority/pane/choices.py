"""A few ways on, each on a letter or a digit, in a list that is as high as they are."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget

from care_console.kit import Canvas, Cell, Ink, ListView, Row, RowDelegate, current_look
from care_console.kit.canvas import KEY_HEIGHT, key_width

HEIGHT = 36
SAID = Ink(12, 400, "text2")


@dataclass(frozen=True)
class ChoiceRow:
    """One way on: what one does, a word more, and its key. ``usual`` is the one to take first."""

    id: str
    icon: str
    name: str
    sub: str = ""
    key: str = ""

    @property
    def title(self) -> str:
        return self.name

    @property
    def sentence(self) -> str:
        return ", ".join(part for part in (self.key, self.name, self.sub) if part)


class ChoiceDelegate(RowDelegate):
    """A box for each way on, with its key at the end."""

    height = HEIGHT

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, flush=True)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        self._paint_box(Cell(painter, option, 0), index.data(Qt.ItemDataRole.UserRole))
        painter.restore()

    def _paint_box(self, cell: Cell, row: Row) -> None:
        if not isinstance(row, ChoiceRow):
            return
        px, box = cell.px, cell.inside.adjusted(0.5, 1.5, -0.5, -1.5)
        cell.box(box, 6, "hover" if cell.hovered else "surface", "field")
        if cell.strong:
            cell.ring(box)
        middle = box.center().y()
        icon = "accent" if cell.selected else "text2"
        cell.icon(row.icon, icon, box.x() + px(10), middle - px(8), 16)
        right = box.right() - px(8)
        if wide := key_width(row.key, cell.look):
            right -= wide
            cell.key(row.key, right, middle - px(KEY_HEIGHT) / 2)
            right -= px(8)
        self._paint_words(cell, row, box.x() + px(34), right)

    def _paint_words(self, cell: Canvas, row: ChoiceRow, x: float, right: float) -> None:
        bounds = cell.bounds
        ink = Ink(13, 600 if isinstance(cell, Cell) and cell.selected else 500)
        wide = min(cell.width(row.name, ink), max(0.0, right - x))
        cell.text(QRectF(x, bounds.y(), wide, bounds.height()), row.name, ink)
        x += wide + cell.px(8)
        cell.text(QRectF(x, bounds.y(), max(0.0, right - x), bounds.height()), row.sub, SAID)


class ChoiceList(ListView):
    """Ways on. A letter or digit on a row chooses it, while this list has the focus."""

    other_pressed = Signal(str)  # a letter or digit that no row has

    def __init__(self, name: str) -> None:
        super().__init__(ChoiceDelegate(), name=name, uniform=True, type_ahead=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_ways(self, ways: list[ChoiceRow]) -> None:
        """Offer these; the first is the one to take."""
        self.rows.set_rows(ways)
        self.updateGeometry()
        if not self.currentIndex().isValid():
            self.go_to_first()

    def sizeHint(self) -> QSize:
        height = current_look().px(HEIGHT) * max(1, self.rows.rowCount())
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        letter = event.text().upper()
        if not (plain and letter.isalnum()):
            super().keyPressEvent(event)
        elif not self.choose_key(letter):
            self.other_pressed.emit(letter)

    def restyle(self) -> None:
        super().restyle()
        self.updateGeometry()
