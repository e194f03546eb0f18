"""The names of the columns of limits, on two lines where a column is narrow."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from care_console.kit import START, Canvas, Ink, Themed, current_look

HEAD = Ink(12, 600, "text2")
FAR, NEAR = 7, 7  # from where one starts to read a column to its words, and from them to its end
ROOM = 16  # above and below the names


def heading_lines(title: str) -> list[str]:
    """Return a name on as many lines as it may take, one or two, as equal as they can be."""
    words = title.split()
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    return list(min(halves, key=lambda two: max(map(len, two)))) if halves else [title]


class LimitsHeader(Themed, QHeaderView):
    """The names of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(20)

    def sizeHint(self) -> QSize:
        look = current_look()
        height = round(2 * look.metrics(HEAD).height()) + look.px(ROOM)
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        canvas = Canvas(painter, rect, self.layoutDirection())
        model, side = self.model(), Qt.Orientation.Horizontal
        align = model.headerData(section, side, Qt.ItemDataRole.TextAlignmentRole) or START
        self._paint_title(canvas, str(model.headerData(section, side)), align)
        line = QRectF(canvas.bounds.x(), canvas.bounds.bottom() - 1, canvas.bounds.width(), 1)
        canvas.painter.fillRect(line, canvas.look.color("field"))
        painter.restore()

    def _paint_title(self, canvas: Canvas, title: str, align: Qt.AlignmentFlag) -> None:
        """Write a name at the foot of its column."""
        px, high = canvas.px, canvas.look.metrics(HEAD).height()
        at_end = bool(align & Qt.AlignmentFlag.AlignRight)
        inside = canvas.bounds.adjusted(px(2 if at_end else FAR), 0, -px(NEAR), 0)
        lines = [title] if canvas.width(title, HEAD) <= inside.width() else heading_lines(title)
        top = inside.bottom() - px(ROOM) / 2 - high * len(lines)
        for number, words in enumerate(lines):
            place = QRectF(inside.x(), top + number * high, inside.width(), high)
            canvas.text(place, words, HEAD, align)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), current_look().color("surface"))
        super().paintEvent(event)
