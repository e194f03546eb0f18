"""How the rows of a list are drawn."""

from typing import ClassVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from care_console.kit.canvas import END, KEY_HEIGHT, Canvas, key_width
from care_console.kit.groups import draw_avatar, draw_groups
from care_console.kit.look import Ink, current_look
from care_console.kit.rows import ROW, CommandRow, DayRow, EventRow, HeadRow, PersonRow, Row

HEAD_HEIGHT = 28
HEAD = Ink(12, 600)
HEAD_TRAIL = Ink(12, 500, "text3", True)
TITLE = Ink(13, 500)
NAME = Ink(14, 600)
SUB = Ink(12, 400, "text3")
SUB2 = Ink(12, 400, "text2")
TIME = Ink(12, 500, "text2", True)
HOUR = Ink(12, 400, "text3", True)
SAID = Ink(12, 500, "text3")


class Cell(Canvas):
    """The place of one row, and how it stands."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem, inset: int) -> None:
        super().__init__(painter, option.rect, option.direction)
        side = self.px(inset)
        self.inside = self.bounds.adjusted(side, 1, -side, -1)
        widget = option.widget
        self.focus = widget is not None and widget.hasFocus()
        self.led = bool(getattr(widget, "led", False))
        self.selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self.hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)

    @property
    def strong(self) -> bool:
        """Whether the next key goes to this row."""
        return self.selected and (self.focus or self.led)

    def ground(self) -> None:
        """Paint how the row stands."""
        if self.selected or self.hovered:
            self.box(self.inside, 6, "accent_soft" if self.strong else "hover")
        if self.selected and self.focus:
            self.ring(self.inside)
        elif self.selected and self.look.line > 1:
            self.box(self.inside.adjusted(1, 1, -1, -1), 6, line="field")

    def pair(self, left: QRectF, text: str, ink: Ink, right: str, right_ink: Ink) -> None:
        """Write ``right`` at the end of the line, and ``text`` in what is left of it."""
        gap = self.px(10)
        wide = min(self.width(right, right_ink), left.width() * 0.6) if right else 0
        if wide:
            self.text(
                QRectF(left.right() - wide, left.y(), wide, left.height()), right, right_ink, END
            )
        spare = wide + gap if wide else 0
        self.text(left.adjusted(0, 0, -spare, 0), text, ink)

    def line(self, x: float, y: float, right: float, height: float = 18) -> QRectF:
        """Return a line of text from ``x`` to ``right``, ``y`` under the row's top."""
        return QRectF(x, self.inside.y() + self.px(y), max(0.0, right - x), self.px(height))


class RowDelegate(QStyledItemDelegate):
    """Draws heads, and leaves the rows to ``paint_row``. A ``flush`` list has no inset."""

    height: ClassVar[int] = 48
    inset: ClassVar[int] = 8

    def __init__(self, parent: QObject | None = None, *, flush: bool = False) -> None:
        super().__init__(parent)
        self._inset = 0 if flush else self.inset

    def paint_row(self, cell: Cell, row: Row, first: bool, last: bool) -> None:
        """Draw ``row`` into ``cell.inside``."""
        cell.text(cell.inside.adjusted(cell.px(8), 0, -cell.px(8), 0), row.title, TITLE)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        head = isinstance(index.data(ROW), HeadRow)
        return QSize(50, current_look().px(HEAD_HEIGHT if head else self.height))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(ROW)
        painter.save()
        cell = Cell(painter, option, self._inset)
        if isinstance(row, HeadRow):
            self._paint_head(cell, row)
        else:
            cell.ground()
            place = index.row()
            self.paint_row(cell, row, place == 0, place == index.model().rowCount() - 1)
        painter.restore()

    def _paint_head(self, cell: Cell, row: HeadRow) -> None:
        side = cell.px(self._inset + 8)
        line = cell.bounds.adjusted(side, cell.px(4), -side, 0)
        cell.pair(line, row.title, HEAD._replace(colour=row.tone), row.trail, HEAD_TRAIL)


class PersonDelegate(RowDelegate):
    """Key, initials, name and groups; what else is known below; two lines at the end."""

    height = 58

    def paint_row(self, cell: Cell, row: Row, first: bool, last: bool) -> None:
        if not isinstance(row, PersonRow):
            return
        px, x, middle = cell.px, cell.inside.x() + cell.px(10), cell.inside.center().y()
        if row.key:
            x += cell.key(row.key, x, middle - px(KEY_HEIGHT) / 2) + px(12)
        ground = "surface" if cell.strong else "accent_soft"
        draw_avatar(cell, row.name, x + px(18), middle, 18, ground)
        x, right = x + px(48), cell.inside.right() - px(12)
        said_at_end = max(cell.width(row.right1, SAID), cell.width(row.right2, SUB))
        end = min(said_at_end, cell.inside.width() * 0.35) if row.right1 or row.right2 else 0
        cell.text(cell.line(right - end, 8, right, 20), row.right1, SAID, END)
        cell.text(cell.line(right - end, 28, right), row.right2, SUB, END)
        right -= end + px(12) if end else 0
        self._paint_name(cell, row, x, right)
        cell.text(cell.line(x, 28, right), row.sub, SUB2)

    def _paint_name(self, cell: Cell, row: PersonRow, x: float, right: float) -> None:
        shapes = len(row.groups) * cell.px(22) + cell.px(6)
        wide = min(cell.width(row.name, NAME), max(0.0, right - x - shapes))
        cell.text(cell.line(x, 8, x + wide, 20), row.name, NAME)
        draw_groups(cell, row.groups, x + wide + cell.px(8), cell.inside.y() + cell.px(18), 16)


DAY = 84  # px, for a day with its year


class EventDelegate(RowDelegate):
    """The day and the hour, the kind on a line through time, what happened and who did it."""

    height = 45

    def paint_row(self, cell: Cell, row: Row, first: bool, last: bool) -> None:
        if not isinstance(row, EventRow):
            return
        px, x = cell.px, cell.inside.x() + cell.px(8)
        cell.text(cell.line(x, 4, x + px(DAY)), row.when, TIME)
        cell.text(cell.line(x, 22, x + px(DAY)), row.hour, HOUR)
        centre, middle = x + px(DAY + 18), cell.inside.y() + px(21)
        top = middle if first else cell.bounds.top()
        cell.stroke(centre, top, centre, middle if last else cell.bounds.bottom(), "line", 1.5)
        soft = f"{row.tone}_soft"
        ground = soft if soft in cell.look.tokens else "surface"
        cell.disc(centre, middle, 13, ground, "line")
        cell.icon(row.icon, row.tone, centre - px(15) / 2, middle - px(15) / 2, 15)
        x, right = centre + px(24), cell.inside.right() - px(10)
        cell.pair(cell.line(x, 4, right), row.title, TITLE, row.by, SUB)
        cell.text(cell.line(x, 22, right), row.sub, SUB2)


class DayDelegate(RowDelegate):
    """Icon and what is to be done, whose it is by the groups, and when; late in red."""

    height = 48
    inset = 6

    def paint_row(self, cell: Cell, row: Row, first: bool, last: bool) -> None:
        if not isinstance(row, DayRow):
            return
        px, x = cell.px, cell.inside.x() + cell.px(8)
        if row.here:
            bar = QRectF(cell.inside.x(), cell.inside.y() + px(8), 3, cell.inside.height() - px(16))
            cell.box(bar, 1.5, "accent")
        cell.icon(row.icon, "bad" if row.late else "text3", x, cell.inside.y() + px(7), 16)
        x, right = x + px(24), cell.inside.right() - px(8)
        shapes = len(row.groups) * px(21)
        draw_groups(cell, row.groups, right - shapes + px(6), cell.inside.y() + px(15), 15)
        cell.text(cell.line(x, 5, right - shapes, 20), row.title, TITLE)
        when = Ink(12, 600, "bad", True) if row.late else TIME
        cell.pair(cell.line(x, 24, right), row.sub, SUB, row.when, when)


class CommandDelegate(RowDelegate):
    """One line: an icon or initials, what it is, what else is known, and the key."""

    height = 40

    def paint_row(self, cell: Cell, row: Row, first: bool, last: bool) -> None:
        if not isinstance(row, CommandRow):
            return
        px, x, middle = cell.px, cell.inside.x() + cell.px(12), cell.inside.center().y()
        if row.name:
            draw_avatar(
                cell, row.name, x + px(10), middle, 12, "surface" if cell.strong else "accent_soft"
            )
        elif row.icon:
            cell.icon(row.icon, "text2", x, middle - px(9), 18)
        x, right = x + px(32), cell.inside.right() - px(10)
        if wide := key_width(row.key, cell.look):
            cell.key(row.key, right - wide, middle - px(KEY_HEIGHT) / 2)
            right -= wide + px(10)
        shapes = len(row.groups) * px(21) + (px(6) if row.groups else 0)
        title = min(cell.width(row.title, TITLE), max(0.0, right - x - shapes))
        whole = cell.inside
        cell.text(QRectF(x, whole.y(), title, whole.height()), row.title, TITLE)
        x = draw_groups(cell, row.groups, x + title + px(10), middle, 15) + px(4)
        cell.text(QRectF(x, whole.y(), max(0.0, right - x), whole.height()), row.sub, SUB)
