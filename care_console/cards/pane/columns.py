"""Fields in two columns, or in one where there is no room for two."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget
from shiboken6 import delete

from care_console.kit import Themed, current_look

LEAST_FOR_TWO = 420  # px
GAP, ROW_GAP = 12, 8


class Columns(Themed, QWidget):
    """Sets its widgets row by row; those that are ``wide`` have a row of their own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._held: list[tuple[QWidget, bool]] = []
        self._last: QWidget | None = None
        self._two: bool | None = None
        self.restyle()

    def hold(self, widget: QWidget, *, wide: bool = False) -> None:
        """Set one more widget after the others, but before the last."""
        self._held.append((widget, wide))
        self._two = None
        self._lay_out()

    def hold_last(self, widget: QWidget) -> None:
        """Set a widget behind all others, in what is left of their row."""
        self._last = widget
        self._two = None
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def restyle(self) -> None:
        px = current_look().px
        self._grid.setHorizontalSpacing(px(GAP))
        self._grid.setVerticalSpacing(px(ROW_GAP))
        super().restyle()
        self._lay_out()

    def _lay_out(self) -> None:
        two = self.width() >= current_look().px(LEAST_FOR_TWO)
        if two == self._two:
            return
        self._two = two
        while (item := self._grid.takeAt(0)) is not None:
            delete(item)  # else the widget would tell this one, and not the new, of its size
        row = column = 0
        for widget, wide in self._held:
            if wide and column:
                row, column = row + 1, 0
            span = 2 if wide and two else 1
            self._grid.addWidget(widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column = 0 if wide or not two else 1 - column
            row += not column
        if self._last is not None:
            span = 2 - column if two else 1
            self._grid.addWidget(self._last, row, column, 1, span, Qt.AlignmentFlag.AlignBottom)
        for each in (0, 1):
            self._grid.setColumnStretch(each, 1 if two or not each else 0)
