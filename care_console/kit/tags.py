"""Small signs between words: whether something is so yet, and a line between two things."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from care_console.kit.canvas import Canvas
from care_console.kit.labels import NEVER_FORCED
from care_console.kit.look import Ink, Themed, current_look

HEIGHT = 22
WORDS = Ink(12, 500)
MARK = 24  # px that the sign takes before the words
END = 10


class Tag(Themed, QWidget):
    """A fact that is settled (a filled tick) or not yet (an open ring), in words."""

    def __init__(self, words: str, settled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._settled = "", False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tell(words, settled)

    def tell(self, words: str, settled: bool) -> None:
        """Say something else."""
        self._words, self._settled = words, settled
        self.setAccessibleName(words)
        self.restyle()

    def sizeHint(self) -> QSize:
        look = current_look()
        wide = look.width(self._words, WORDS) + look.px(MARK + END) + 1
        return QSize(int(wide), look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return whole.boundedTo(QSize(current_look().px(NEVER_FORCED), whole.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            px, edge = canvas.px, canvas.look.line / 2
            whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
            thick = canvas.look.line > 1
            line = "field" if not self._settled else "ok" if thick else ""
            canvas.box(whole, HEIGHT / 2, "ok_soft" if self._settled else "", line)
            self._paint_mark(canvas, px(13), canvas.bounds.center().y())
            rest = canvas.bounds.adjusted(px(MARK), 0, -px(END) / 2, 0)
            colour = "ok" if self._settled else "text2"
            canvas.text(rest, self._words, WORDS._replace(colour=colour))

    def _paint_mark(self, canvas: Canvas, x: float, y: float) -> None:
        if self._settled:
            canvas.disc(x, y, 7, "ok")
            canvas.icon("check", "surface", x - canvas.px(11) / 2, y - canvas.px(11) / 2, 11)
            return
        side = canvas.px(12)
        ring = QRectF(x - side / 2, y - side / 2, side, side)
        canvas.box(ring, 6, line="text3", dashed=True)


class Rule(Themed, QFrame):
    """A hairline between two things."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(1, current_look().line)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), current_look().color("line"))
