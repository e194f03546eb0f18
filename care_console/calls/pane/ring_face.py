"""The part of the strip that tells who rings and what to say first, painted in one go."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.base.words import _
from care_console.calls.pane.words import Who, say_first, who
from care_console.calls.rules import Caller
from care_console.kit.canvas import Canvas
from care_console.kit.groups import draw_groups
from care_console.kit.labels import plain_tooltip
from care_console.kit.look import Ink, Themed, one_line

NAME, SUB = Ink(15, 600, "text"), Ink(12, 400, "text2")
GREETING, KEPT = Ink(13, 500, "text"), Ink(12, 500, "text2")
UPPER, LOWER, ROW = 8, 26, 20  # px: where the two lines of the strip stand, and how high they are
GAP = 16
LEAST_NAME = 150  # px, so much is left for the name however long the greeting
ON_TWO_LINES = 0.62  # of its width: lines do not break in the middle


class RingFace(Themed, QWidget):
    """Who rings at the left, what to say first at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.who = Who("", (), "")
        self.greeting = self.under = self.alert = ""
        self._kept = False

    def show_caller(self, caller: Caller, kept: str = "", alert: str = "") -> None:
        """Show who rings; ``alert`` takes the place of the match, ``kept`` of what was called."""
        self.who, self.alert = who(caller), alert
        self.greeting = _("“{greeting}”").format(greeting=caller.greeting) * bool(caller.greeting)
        self.under = kept or (say_first(caller) if caller.greeting else "")
        self._kept = bool(kept)
        self._show()

    def show_missed(self, caller: Caller, sentence: str) -> None:
        """Show who rang."""
        self.who, self.alert = who(caller), ""
        self.greeting, self.under, self._kept = "", sentence, False
        self._show()

    def _show(self) -> None:
        sub = self.alert or self.who.sub
        plain_tooltip(self, "\n".join(filter(None, (self.who.title, sub, self.greeting))))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            name, words = self._shares(canvas)
            self._paint_who(canvas, name)
            if self.greeting or self.under:
                self._paint_greeting(canvas, words)

    def _shares(self, canvas: Canvas) -> tuple[QRectF, QRectF]:
        """Return the places of who rings and of the greeting, both as wide as they can be."""
        px, whole = canvas.px, canvas.bounds
        room = max(0.0, whole.width() - px(2 * GAP))
        words = self._words_width(canvas, room)
        left = whole.right() - words
        middle = whole.left() + whole.width() / 2
        wanted = whole.left() + self._name_width(canvas) + px(2 * GAP)
        left = min(left, max(middle, wanted))  # short ones do not stick to the buttons
        name = QRectF(whole.left(), 0, left - px(2 * GAP) - whole.left(), whole.height())
        return name, QRectF(left, 0, whole.right() - left, whole.height())

    def _words_width(self, canvas: Canvas, room: float) -> float:
        """Return how much of ``room`` the greeting has: on two lines rather than cut a name."""
        full = max(canvas.width(self.greeting, GREETING), canvas.width(self.under, KEPT))
        name = self._name_width(canvas)
        if full + name <= room:
            return full
        least = full * ON_TWO_LINES
        if self._kept:
            least = max(least, canvas.width(self.under, KEPT))
        if least + name <= room:
            return room - name
        return max(0.0, min(least, room - max(self._title_width(canvas), canvas.px(LEAST_NAME))))

    def _title_width(self, canvas: Canvas) -> float:
        shapes = canvas.px(22) * len(self.who.groups) + canvas.px(12)
        return canvas.width(self.who.title, NAME) + shapes

    def _name_width(self, canvas: Canvas) -> float:
        mark = canvas.px(20) if self.alert else 0
        sub = canvas.width(self.alert or self.who.sub, KEPT) + mark
        return max(self._title_width(canvas), sub)

    def _paint_who(self, canvas: Canvas, place: QRectF) -> None:
        px = canvas.px
        shapes = px(22) * len(self.who.groups)
        width = min(canvas.width(self.who.title, NAME), place.width() - shapes - px(8))
        canvas.text(QRectF(place.x(), px(UPPER), width, px(ROW)), self.who.title, NAME)
        draw_groups(canvas, self.who.groups, place.x() + width + px(12), px(UPPER + ROW / 2))
        left = place.x()
        if self.alert:
            canvas.icon("alert", "warn", left, px(LOWER + 3), 14)
            left += px(20)
        room = QRectF(left, px(LOWER), place.right() - left, px(ROW))
        canvas.text(room, self.alert or self.who.sub, KEPT if self.alert else SUB)

    def _paint_greeting(self, canvas: Canvas, place: QRectF) -> None:
        px = canvas.px
        line = place.x() - px(GAP) + 0.5
        canvas.stroke(line, px(12), line, place.height() - px(12), "scroll", 1)
        upper = QRectF(place.x(), px(UPPER), place.width(), px(ROW))
        if canvas.width(self.greeting, GREETING) > place.width() and not self._kept:
            self._paint_wrapped(canvas, place)
            return
        canvas.text(upper, self.greeting, GREETING)
        lower = QRectF(place.x(), px(LOWER), place.width(), px(ROW)) if self.greeting else place
        canvas.text(lower, self.under, KEPT if self._kept else SUB)

    def _paint_wrapped(self, canvas: Canvas, place: QRectF) -> None:
        """Write the greeting on both lines: the words to say matter most."""
        words = one_line(self.greeting)
        layout = QTextLayout(words, canvas.look.ink(GREETING))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(place.width())
        layout.endLayout()
        for top, part in ((UPPER, words[: line.textLength()]), (LOWER, words[line.textLength() :])):
            row = QRectF(place.x(), canvas.px(top), place.width(), canvas.px(ROW))
            canvas.text(row, part.rstrip(), GREETING)
