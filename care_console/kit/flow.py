"""Layouts: one that sets its parts in lines, like words, and one for a panel that stands alone."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QStyle, QVBoxLayout, QWidget

from care_console.kit.look import current_look


class FlowLayout(QLayout):
    """Puts its widgets beside each other, and on a new line where the width ends."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, move=True)

    def sizeHint(self) -> QSize:
        gap = current_look().px(self._gap)
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        """Set the items into ``rect`` and return how high they are together."""
        inside = rect.marginsRemoved(self.contentsMargins())
        gap = current_look().px(self._gap)
        x, y, line = inside.x(), inside.y(), 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(inside.width(), 1), 10_000))
            if x > inside.x() and x + size.width() > inside.right() + 1:
                x, y, line = inside.x(), y + line + gap, 0
            if move:
                place = QRect(QPoint(x, y), size)
                item.setGeometry(QStyle.visualRect(self._direction(), inside, place))
            x, line = x + size.width() + gap, max(line, size.height())
        return y + line - rect.y() + self.contentsMargins().bottom()

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight


def above_the_middle(panel: QWidget) -> QVBoxLayout:
    """Return a layout with ``panel``, of a fixed width, a little above the middle.

    Under an alignment Qt would ask how high it is at the width of the whole window, and give its
    words too few lines.
    """
    across, down = QHBoxLayout(), QVBoxLayout()
    across.addStretch(1)
    across.addWidget(panel)
    across.addStretch(1)
    down.setContentsMargins(0, 0, 0, 0)
    down.addStretch(1)
    down.addLayout(across)
    down.addStretch(2)
    return down
