"""The table of limits on the screen: painted cells, and a field where one types."""

from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from care_console.authority.pane.blocks import ENTER
from care_console.authority.pane.limits_cells import ColumnKey, SectionRow
from care_console.authority.pane.limits_header import (
    FAR,
    HEAD,
    NEAR,
    LimitsHeader,
    heading_lines,
)
from care_console.authority.pane.limits_model import FACE, Face, LimitsModel
from care_console.base.words import _
from care_console.kit import (
    END,
    START,
    Canvas,
    Ink,
    LineEdit,
    Look,
    Themed,
    current_look,
    quiet_table,
)

ROW_HEIGHT = 29
LEAST_COLUMN, LEAST_SIDE = 60, 44
CLOCK = 18  # that stands before until when a limit holds
LEAST_ROWS = 5
BOX_WIDTH = 96
SECTION = Ink(12, 600, "text3")
CELL, STRUCK = Ink(13, 500, tabular=True), Ink(11, 400, "text2", True)
BOXES = {
    "changed": ("accent_soft", "accent", 1.4),
    "sign": ("warn_soft", "warn_line", 1.4),
    "bad": ("bad_soft", "bad_line", 2.0),
}
MARKS = {"sign": ("stamp", "warn"), "bad": ("alert", "bad")}
LEFT = ("head", "time", "left", "section")


class LimitsDelegate(QStyledItemDelegate):
    """Paints a limit; what was changed is in a box, with what stood there before."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        canvas = Canvas(painter, option.rect, option.direction)
        face = index.data(FACE)
        if isinstance(face, Face):
            self._paint_line(canvas)
            self._paint_cell(canvas, face)
            widget = option.widget
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            if selected and widget is not None and widget.hasFocus():
                canvas.ring(canvas.bounds.adjusted(1, 1, -1, -2), 5)
        painter.restore()

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        column = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        return LineEdit(name=str(column), parent=parent)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        editor.setGeometry(option.rect.adjusted(0, -2, 0, 2))

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        look = current_look()
        return QSize(look.px(LEAST_COLUMN), look.px(ROW_HEIGHT))

    def _paint_line(self, canvas: Canvas) -> None:
        bounds = canvas.bounds
        line = QRectF(bounds.x(), bounds.bottom() - 1, bounds.width(), 1)
        canvas.painter.fillRect(line, canvas.look.color("line"))

    def _paint_cell(self, canvas: Canvas, face: Face) -> None:
        px, bounds = canvas.px, canvas.bounds
        inside = bounds.adjusted(px(FAR if face.mark in LEFT else 2), 0, -px(NEAR), 0)
        if face.mark == "section":
            canvas.text(inside.adjusted(0, px(4), px(200), 0), face.text, SECTION)
            return
        if face.mark in BOXES:
            self._paint_box(canvas, face)
        if face.mark == "time" and face.text:
            middle = bounds.center().y()
            canvas.icon("clock", "warn", inside.x(), middle - px(13) / 2, 13)
            rest = inside.adjusted(px(CLOCK), 0, px(NEAR), 0)
            canvas.text(rest, face.text, Ink(12, 500, "warn", True))
            return
        strong = face.mark == "head" or face.mark in BOXES
        colour = "bad" if face.mark == "bad" else "text3" if face.quiet else "text"
        align = START if face.mark in LEFT else END
        if face.mark == "changed" and not face.old:  # no amount, but until when
            inside, align = bounds.adjusted(px(8), 0, -px(6), 0), START
        ink = Ink(13, 500 if strong else 400, colour, True)
        canvas.text(inside, face.text, ink, align)

    def _paint_box(self, canvas: Canvas, face: Face) -> None:
        px, bounds = canvas.px, canvas.bounds
        fill, line, wide = BOXES[face.mark]
        left = max(bounds.x() + 2, bounds.right() - px(BOX_WIDTH + 4))
        box = QRectF(left, bounds.y() + 2.5, bounds.right() - px(4) - left, bounds.height() - 6)
        canvas.box(box, 5, fill, line, wide)
        now = canvas.width(face.text, CELL)
        room = bounds.right() - px(NEAR) - now - left - px(5)
        if face.mark in MARKS and room >= px(12):
            (icon, tone), size = MARKS[face.mark], 15 if room >= px(16) else 12
            canvas.icon(icon, tone, left + px(4), bounds.center().y() - px(size) / 2, size)
        elif face.old and face.mark == "changed":
            self._paint_old(canvas, face, left, room)

    def _paint_old(self, canvas: Canvas, face: Face, left: float, room: float) -> None:
        """Strike out what stood there before, if there is room beside what stands there now."""
        px, look = canvas.px, canvas.look
        ink = STRUCK._replace(size=12) if room > px(34) else STRUCK
        if look.width(face.old, ink) > room:
            return
        struck = QFont(look.ink(ink))
        struck.setStrikeOut(True)
        canvas.painter.setFont(struck)
        canvas.painter.setPen(look.color(ink.colour))
        start = left + px(4 if room < px(34) else 7)
        place = canvas.place(QRectF(start, canvas.bounds.y(), room, canvas.bounds.height()))
        flags = QStyle.visualAlignment(canvas.direction, START)
        canvas.painter.drawText(place, flags, face.old)


class LimitsTable(Themed, QTableView):
    """The limits, gone through with the arrows; a digit or Enter begins to type."""

    def __init__(self, model: LimitsModel) -> None:
        super().__init__()
        self.limits = model
        self.locked = False  # who may not change them only reads
        self.setModel(model)
        self.setItemDelegate(LimitsDelegate(self))
        self.setHorizontalHeader(LimitsHeader(self))
        self.setAccessibleName(_("Authority limits"))
        quiet_table(self)
        self._show_no_selection()
        model.modelReset.connect(self._lay_out)
        model.changed.connect(self._lay_out)
        self.restyle()

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(current_look().px(ROW_HEIGHT))
        self._lay_out()
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        look = current_look()
        head = self.horizontalHeader().sizeHint().height()
        height = head + look.px(ROW_HEIGHT) * self.limits.rowCount() + 2
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        look = current_look()
        head = self.horizontalHeader().sizeHint().height()
        return QSize(look.px(320), head + look.px(LEAST_ROWS * ROW_HEIGHT))

    def go_to(self, column: ColumnKey) -> None:
        """Go to the first limit of a column."""
        for row in range(self.limits.rowCount()):
            for at in range(1, self.limits.columnCount()):
                key = self.limits.key(self.limits.index(row, at))
                if key is not None and key.column == column:
                    self.setCurrentIndex(self.limits.index(row, at))
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the Enter that ends the typing comes by here too
        index = self.currentIndex()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and not self.locked
        if plain and self.limits.is_why(index) and event.key() in (*ENTER, Qt.Key.Key_Space):
            self.limits.turn_why(index)
        elif plain and event.key() in ENTER:
            self.edit(index)
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.limits.setData(index, "")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.limits.columnCount() > 3:
            self.setCurrentIndex(self._first())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _first(self) -> QModelIndex:
        rows = range(self.limits.rowCount())
        places = (self.limits.index(row, 1) for row in rows)
        return next((each for each in places if self.limits.key(each)), QModelIndex())

    def _show_no_selection(self) -> None:
        """What is selected is said by the ring."""
        colours = QPalette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            colours.setColor(group, QPalette.ColorRole.Highlight, QColor(0, 0, 0, 0))
        self.setPalette(colours)

    def _lay_out(self) -> None:
        """Give each column what its words need, the roles what is left, a section its row."""
        head, columns = self.horizontalHeader(), self.limits.columnCount()
        if columns <= 3:
            return
        widths = [self._width(column) for column in range(columns)]
        left = max(0, self.viewport().width() - sum(widths)) // (columns - 3)
        for column, width in enumerate(widths):
            role = 0 < column < columns - 2
            head.resizeSection(column, width + left if role else width)
        self.setMaximumHeight(self.sizeHint().height() + self.horizontalScrollBar().height())
        self.clearSpans()
        for row, kind in enumerate(self.limits.rows):
            if isinstance(kind, SectionRow):
                self.setSpan(row, 0, 1, columns)

    def _width(self, column: int) -> int:
        """Return how wide a column has to be, so that none of its words is cut."""
        look = current_look()
        role = 0 < column < self.limits.columnCount() - 2
        title = str(self.limits.headerData(column, Qt.Orientation.Horizontal))
        needs = [look.width(line, HEAD) for line in heading_lines(title)]
        for row, kind in enumerate(self.limits.rows):
            if not isinstance(kind, SectionRow):
                needs.append(_need(look, self.limits.face(self.limits.index(row, column))))
        least = LEAST_COLUMN if role else LEAST_SIDE
        return max(look.px(least), ceil(max(needs)) + look.px(FAR + NEAR))


def _need(look: Look, face: Face) -> float:
    """Return how wide the words of a cell are, with what stood there before."""
    words = look.width(face.text, CELL) + 1
    if face.mark == "time" and face.text:
        return words + look.px(CLOCK)
    if face.mark == "changed" and face.old:
        return words + look.width(face.old, STRUCK) + look.px(8)
    return words + look.px(16) if face.mark in MARKS else words
