"""The cells of the table of limits, as hands on a keyboard find them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.authority.panes import KEY, press, settled

ROLE = Qt.ItemDataRole


def at(page, row, column):
    """Return the index of a cell by what stands over and beside it."""
    model = page.model
    y = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == row)
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    return model.index(y, heads.index(column))


async def write(page, row, column, text):
    """Type into a cell with the keyboard."""
    page.table.setFocus()
    page.table.setCurrentIndex(at(page, row, column))
    press(KEY.Key_Return)
    editor = QApplication.focusWidget()
    editor.selectAll()
    press(text)
    press(KEY.Key_Return)
    await settled(page)


def text(page, row, column):
    return at(page, row, column).data()


def mark(page, row, column):
    return page.model.face(at(page, row, column)).mark
