"""A quiet scroll bar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QScrollArea,
    QScrollBar,
    QTableView,
    QWidget,
)

from care_console.kit.canvas import Canvas
from care_console.kit.look import Themed, current_look

WIDE = 10
LEAST = 28


class ScrollBar(Themed, QScrollBar):
    """Shows where one is, without arrows or a groove."""

    def sizeHint(self) -> QSize:
        wide = current_look().px(WIDE)
        return QSize(wide, LEAST * 2) if self._upright() else QSize(LEAST * 2, wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        span = self.maximum() - self.minimum() + self.pageStep()
        if self.maximum() <= self.minimum() or span <= 0:
            return
        length = self.height() if self._upright() else self.width()
        handle = max(LEAST, length * self.pageStep() / span)
        part = (self.value() - self.minimum()) / (self.maximum() - self.minimum())
        start = 2 + (length - 4 - handle) * part
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            token = "field" if self.underMouse() or self.isSliderDown() else "scroll"
            if self._upright():
                canvas.box(QRectF(1, start, self.width() - 4, handle), 3, token)
            else:
                canvas.box(QRectF(start, 1, handle, self.height() - 4), 3, token)

    def _upright(self) -> bool:
        return self.orientation() == Qt.Orientation.Vertical


def quiet_scroll_bars(area: QAbstractScrollArea) -> None:
    """Give ``area`` our scroll bars, and none across."""
    bar = ScrollBar(Qt.Orientation.Vertical)
    area.setVerticalScrollBar(bar)
    if isinstance(area, QAbstractItemView):  # it listens only to the bar that it was made with
        bar.valueChanged.connect(area.verticalScrollbarValueChanged)
        bar.actionTriggered.connect(area.verticalScrollbarAction)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def quiet_table(table: QTableView) -> None:
    """Give ``table`` our scroll bars, across too, and nothing drawn but its cells.

    One cell is chosen; typing in it, or a double click, edits it. Tab leaves the table.
    """
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    triggers = QAbstractItemView.EditTrigger
    table.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.viewport().setAutoFillBackground(False)
    quiet_scroll_bars(table)
    table.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal))
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)


class Scroll(QScrollArea):
    """Lets ``content`` be longer than its place, never wider."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        quiet_scroll_bars(self)
        self.setWidget(content)
        for part in (self.viewport(), content):
            part.setAutoFillBackground(False)
