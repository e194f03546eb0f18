"""The table of limits on the screen: painted cells, and a field where one types."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from care_console.authority.pane.blocks import ENTER
from care_console.authority.pane.limits_cells import ColumnKey, SectionRow
from care_console.authority.pane.limits_model import FACE, Face, LimitsModel
from care_console.base.words import _
from care_console.kit import (
    END,
    START,
    Canvas,
    Ink,
    LineEdit,
    Themed,
    current_look,
    quiet_table,
)

ROW_HEIGHT, HEAD_HEIGHT = 29, 34
NAME_WIDTH, HOLDS_WIDTH, WHY_WIDTH = 158, 96, 62
LEAST_COLUMN, ROOMY = 62, 92
LEAST_ROWS = 5
BOX_WIDTH = 96
SECTION = Ink(12, 600, "text3")
HEAD = Ink(12, 600, "text2")
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
        tight = bounds.width() < px(ROOMY)
        end = _end(canvas, face)
        inside = bounds.adjusted(px(2 if tight else 10), 0, -end, 0)
        if face.mark == "section":
            canvas.text(inside.adjusted(0, px(4), px(200), 0), face.text, SECTION)
            return
        if face.mark in BOXES:
            self._paint_box(canvas, face)
        if face.mark == "time" and face.text:
            middle = bounds.center().y()
            canvas.icon("clock", "warn", inside.x(), middle - px(13) / 2, 13)
            rest = inside.adjusted(px(18), 0, px(12), 0)
            canvas.text(rest, face.text, Ink(12, 500, "warn", True))
            return
        strong = face.mark == "head" or face.mark in BOXES
        colour = "bad" if face.mark == "bad" else "text3" if face.quiet else "text"
        align = START if face.mark in LEFT else END
        if face.mark == "changed" and not face.old:  # no amount, but until when
            inside, align = bounds.adjusted(px(8), 0, -px(6), 0), START
        ink = Ink(13, 500 if strong else 400, colour, True)
        canvas.text(inside, _shown(canvas, face), ink, align)

    def _paint_box(self, canvas: Canvas, face: Face) -> None:
        px, bounds = canvas.px, canvas.bounds
        fill, line, wide = BOXES[face.mark]
        left = max(bounds.x() + 2, bounds.right() - px(BOX_WIDTH + 4))
        box = QRectF(left, bounds.y() + 2.5, bounds.right() - px(4) - left, bounds.height() - 6)
        canvas.box(box, 5, fill, line, wide)
        now = canvas.width(_shown(canvas, face), Ink(13, 500, tabular=True))
        room = bounds.right() - _end(canvas, face) - now - left - px(5)
        if face.mark in MARKS and room >= px(12):
            (icon, tone), size = MARKS[face.mark], 15 if room >= px(16) else 12
            canvas.icon(icon, tone, left + px(4), bounds.center().y() - px(size) / 2, size)
        elif face.old and face.mark == "changed":
            self._paint_old(canvas, face, left, room)

    def _paint_old(self, canvas: Canvas, face: Face, left: float, room: float) -> None:
        """Strike out what stood there before, if there is room beside what stands there now."""
        px, look = canvas.px, canvas.look
        ink = Ink(12 if room > px(34) else 11, 400, "text2", True)
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


def _end(canvas: Canvas, face: Face) -> int:
    """Return how far from the column's end the text of a cell ends."""
    tight = canvas.bounds.width() < canvas.px(ROOMY)
    return canvas.px((7 if face.mark in BOXES else 8) if tight else 14)


def _shown(canvas: Canvas, face: Face) -> str:
    """Return the text of a cell, short where it is changed and there is little room."""
    tight = canvas.bounds.width() < canvas.px(ROOMY)
    return face.brief if tight and face.brief else face.text


class LimitsHeader(Themed, QHeaderView):
    """The names of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(20)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current_look().px(HEAD_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        canvas = Canvas(painter, rect, self.layoutDirection())
        model, side = self.model(), Qt.Orientation.Horizontal
        align = model.headerData(section, side, Qt.ItemDataRole.TextAlignmentRole)
        tight = canvas.bounds.width() < canvas.px(ROOMY)
        end = 2 if not (align and align & Qt.AlignmentFlag.AlignRight) else 8 if tight else 14
        inside = canvas.bounds.adjusted(canvas.px(2 if tight else 10), 0, -canvas.px(end), 0)
        ink = HEAD._replace(size=11) if tight else HEAD
        canvas.text(inside, str(model.headerData(section, side)), ink, align or START)
        line = QRectF(canvas.bounds.x(), canvas.bounds.bottom() - 1, canvas.bounds.width(), 1)
        canvas.painter.fillRect(line, canvas.look.color("field"))
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), current_look().color("surface"))
        super().paintEvent(event)


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
        self.restyle()

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(current_look().px(ROW_HEIGHT))
        self._lay_out()
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        look = current_look()
        height = look.px(HEAD_HEIGHT) + look.px(ROW_HEIGHT) * self.limits.rowCount() + 2
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        look = current_look()
        return QSize(look.px(320), look.px(HEAD_HEIGHT + LEAST_ROWS * ROW_HEIGHT))

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
        """Give the roles what the other columns leave, and each section its whole row."""
        look, head, columns = current_look(), self.horizontalHeader(), self.limits.columnCount()
        if columns <= 3:
            return
        sides = {0: NAME_WIDTH, columns - 2: HOLDS_WIDTH, columns - 1: WHY_WIDTH}
        left = self.viewport().width() - sum(look.px(wide) for wide in sides.values())
        each = max(look.px(LEAST_COLUMN), left // (columns - 3))
        for column in range(columns):
            head.resizeSection(column, look.px(sides[column]) if column in sides else each)
        self.setMaximumHeight(self.sizeHint().height() + self.horizontalScrollBar().height())
        self.clearSpans()
        for row, kind in enumerate(self.limits.rows):
            if isinstance(kind, SectionRow):
                self.setSpan(row, 0, 1, columns)
