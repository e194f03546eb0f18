"""What goes on at this moment, at the start of the strip: a mark, a word, and how long."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.kit.canvas import Canvas
from care_console.kit.look import Ink, Themed, current_look

MARK = 36  # px
WORDS_AT = 48
HALO = 0.18  # of the colour
LEAST_TIME = "00:00"  # room for it, so that nothing moves as it counts
SUB = Ink(12, 400, "text2")
WIDEST = 168  # px of the words


class StateFace(Themed, QWidget):
    """The mark pulses once a second while it rings, and stands still where that is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = self.sub = self.time = ""
        self._icon, self._ringing, self._halo = "phone", False, True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_state(self, words: str, sub: str, icon: str, *, ringing: bool = False) -> None:
        """Show a word for what goes on, and under it where or since when."""
        self.words, self.sub, self._icon, self._ringing = words, sub, icon, ringing
        self._halo, self.time = True, ""
        self.setAccessibleName(", ".join(part for part in (words, sub) if part))
        self.restyle()

    def show_time(self, time: str) -> None:
        """Show how long it has been going on."""
        if len(time) != len(self.time):
            self.updateGeometry()
        self.time = time
        self.update()

    def pulse(self) -> None:
        """Breathe, if it rings: on in one second, off in the next."""
        self._halo = not self._halo or current_look().still
        self.update()

    def sizeHint(self) -> QSize:
        look = current_look()
        ink = Ink(13, 600, tabular=True)
        time = max(self.time, LEAST_TIME[-len(self.time) :], key=len) if self.time else ""
        title = look.width(self._title(time), ink)
        words = min(max(title, look.width(self.sub, SUB)), look.px(WIDEST))
        return QSize(look.px(WORDS_AT) + int(words) + look.px(8), look.px(MARK))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            self._paint_mark(canvas)
            px, middle = canvas.px, canvas.bounds.center().y()
            left, width = px(WORDS_AT), canvas.bounds.width() - px(WORDS_AT)
            ink = Ink(13, 600, self._colour(), tabular=True)
            if not self.sub:
                canvas.text(QRectF(left, 0, width, self.height()), self._title(self.time), ink)
                return
            upper, lower = middle - px(18), middle - px(1)
            canvas.text(QRectF(left, upper, width, px(19)), self._title(self.time), ink)
            canvas.text(QRectF(left, lower, width, px(18)), self.sub, SUB)

    def _paint_mark(self, canvas: Canvas) -> None:
        px, middle = canvas.px, canvas.bounds.center().y()
        x = px(MARK) / 2
        if self._ringing and self._halo:
            canvas.painter.setOpacity(HALO)
            canvas.disc(x, middle, MARK / 2, self._colour())
            canvas.painter.setOpacity(1)
        canvas.disc(x, middle, MARK / 2 - 4, self._colour())
        ink = "on_accent" if self._ringing else "surface"
        canvas.icon(self._icon, ink, x - px(8), middle - px(8), 16)

    def _title(self, time: str) -> str:
        return f"{self.words}  {time}" if time else self.words

    def _colour(self) -> str:
        if self._icon == "phone-missed":
            return "warn"
        return "accent" if self._ringing else "ok"
