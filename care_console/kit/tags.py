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
        return QSize(tag_width(self._words), current_look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return whole.boundedTo(QSize(current_look().px(NEVER_FORCED), whole.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            draw_tag(canvas, self._words, self._settled)


def tag_width(words: str) -> int:
    """Return how wide a tag with ``words`` is, in pixels."""
    look = current_look()
    return int(look.width(words, WORDS) + look.px(MARK + END) + 1)


def draw_tag(canvas: Canvas, words: str, settled: bool, ground: str = "") -> None:
    """Fill the canvas with a tag; ``ground`` lies under what is not settled."""
    px, edge = canvas.px, canvas.look.line / 2
    whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
    line = "field" if not settled else "ok" if canvas.look.line > 1 else ""
    canvas.box(whole, HEIGHT / 2, "ok_soft" if settled else ground, line)
    _draw_mark(canvas, px(13), canvas.bounds.center().y(), settled)
    rest = canvas.bounds.adjusted(px(MARK), 0, -px(END) / 2, 0)
    canvas.text(rest, words, WORDS._replace(colour="ok" if settled else "text2"))


def _draw_mark(canvas: Canvas, x: float, y: float, settled: bool) -> None:
    if settled:
        canvas.disc(x, y, 7, "ok")
        canvas.icon("check", "surface", x - canvas.px(11) / 2, y - canvas.px(11) / 2, 11)
        return
    side = canvas.px(12)
    canvas.box(QRectF(x - side / 2, y - side / 2, side, side), 6, line="text3", dashed=True)


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
