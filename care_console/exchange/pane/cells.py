"""A small table of texts, of which some can be typed over."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from care_console.kit import LineEdit, Themed, current_look, quiet_table
from care_console.kit.canvas import START, Canvas
from care_console.kit.look import Ink, one_line

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW_HEIGHT, LEAST_FIXED, LEAST_COLUMN, MOST_COLUMN = 32, 48, 96, 280
LONGEST_SHOWN = 200
CELL, HEAD, FIXED = Ink(13), Ink(12, 600, "text2"), Ink(12, 400, "text3")
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CellsModel(QAbstractTableModel):
    """Rows of texts under titles; the first ``fixed`` columns are only read."""

    changed = Signal(int)  # the row of which a cell was typed over

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles: list[str] = []
        self._rows: list[list[str]] = []
        self.fixed = 0
        self.editable = False

    def show_rows(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        fixed: int = 0,
        editable: bool = False,
    ) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._titles = list(titles)
        self._rows = [[*row, *[""] * (len(titles) - len(row))] for row in rows]
        self.fixed, self.editable = fixed, editable
        self.endResetModel()

    def cells(self, row: int) -> list[str]:
        """Return a row without its fixed columns."""
        return self._rows[row][self.fixed :]

    def set_fixed(self, row: int, column: int, words: str) -> None:
        """Say something else in a column that is only read."""
        self._rows[row][column] = words
        self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and way is Qt.Orientation.Horizontal:
            return self._titles[section] if section < len(self._titles) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        words = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.EditRole:
            return words
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(words[:LONGEST_SHOWN])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._titles[index.column()]}: {words[:LONGEST_SHOWN]}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if str(value) == self._rows[index.row()][index.column()]:
            return False
        self._rows[index.row()][index.column()] = str(value)
        self.dataChanged.emit(index, index)
        self.changed.emit(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        shown = flag.ItemIsEnabled | flag.ItemIsSelectable
        typed = self.editable and index.isValid() and index.column() >= self.fixed
        return shown | flag.ItemIsEditable if typed else shown


class CellsDelegate(QStyledItemDelegate):
    """Paints a cell as plain text, and types over it in a line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        canvas = Canvas(painter, option.rect, option.direction)
        view = self.parent()
        assert isinstance(view, CellsTable)
        here = index == view.currentIndex() and view.hasFocus()
        line = canvas.bounds.adjusted(0, canvas.bounds.height() - 1, 0, 0)
        painter.fillRect(canvas.place(line), canvas.look.color("line"))
        ink = FIXED if index.column() < view.cells.fixed else CELL
        inside = canvas.bounds.adjusted(canvas.px(8), 0, -canvas.px(8), 0)
        canvas.text(inside, index.data() or "", ink, START)
        if here:
            canvas.ring(canvas.bounds.adjusted(1, 1, -1, -2))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> LineEdit:
        title = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        edit = LineEdit(name=str(title))
        edit.setParent(parent)
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, LineEdit)
        model.setData(index, editor.text())


class CellsHeader(QHeaderView):
    """The titles, painted quietly."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStretchLastSection(True)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:
        painter.save()
        canvas = Canvas(painter, rect, self.layoutDirection())
        painter.fillRect(canvas.bounds, canvas.look.color("surface"))
        title = self.model().headerData(section, Qt.Orientation.Horizontal) or ""
        inside = canvas.bounds.adjusted(canvas.px(8), 0, -canvas.px(8), 0)
        canvas.text(inside, one_line(str(title)[:LONGEST_SHOWN]), HEAD, START)
        line = canvas.bounds.adjusted(0, canvas.bounds.height() - 1, 0, 0)
        painter.fillRect(canvas.place(line), canvas.look.color("field"))
        painter.restore()


class CellsTable(Themed, QTableView):
    """Gone through with the arrows; Enter or a letter begins to type, where one may."""

    moved = Signal(int)  # the row that is current now

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells = CellsModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(CellsDelegate(self))
        self.setHorizontalHeader(CellsHeader(self))
        self.setAccessibleName(name)
        quiet_table(self)
        self.cells.modelReset.connect(self._lay_out)
        self.restyle()

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(current_look().px(ROW_HEIGHT))
        self._lay_out()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the Enter that ends the typing comes by here too
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid() and self.cells.rowCount():
            self.setCurrentIndex(self.cells.index(0, min(self.cells.fixed, self._last)))
        super().focusInEvent(event)  # without a current cell it goes to the first, which is read
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), current_look().color("surface"))
        super().paintEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    @property
    def _last(self) -> int:
        return max(0, self.cells.columnCount() - 1)

    def _lay_out(self) -> None:
        """Give each column what its texts want, within bounds."""
        look, head = current_look(), self.horizontalHeader()
        for column in range(self.cells.columnCount()):
            words = [str(self.cells.headerData(column, Qt.Orientation.Horizontal))]
            some = range(min(self.cells.rowCount(), 20))
            words += [self.cells.index(row, column).data() or "" for row in some]
            wide = max(look.width(each[:60], CELL) for each in words) + look.px(24)
            least = LEAST_FIXED if column < self.cells.fixed else LEAST_COLUMN
            wide = min(look.px(MOST_COLUMN), max(look.px(least), wide))
            head.resizeSection(column, int(wide))
