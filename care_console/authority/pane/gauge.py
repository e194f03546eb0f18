"""How much of a limit is used, what would be added, and where it ends."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.kit import END, Canvas, Ink, Themed, current_look

HEIGHT = 28
BAR_TOP, BAR = 20, 6
TICK = 2
TICK_OVER = 3  # px that the tick stands out above and below


@dataclass(frozen=True, slots=True)
class Reading:
    """What a gauge shows: amounts in any one unit, and both ends of its line in words.

    ``new`` is what would be added to ``used``; ``most`` None is no limit. The one that ``binds``
    is in bold.
    """

    title: str
    words: str
    used: int = 0
    new: int = 0
    most: int | None = None
    binds: bool = False

    @property
    def over(self) -> int:
        """How much ``new`` is beyond the limit; what was beyond it before does not count."""
        if self.most is None or not self.new:
            return 0
        return max(0, self.new - max(0, self.most - self.used))


class GaugeBar(Themed, QWidget):
    """A line of words over a bar: used, then what would be added, hatched beyond the limit."""

    def __init__(self, reading: Reading | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = Reading("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if reading is not None:
            self.tell(reading)

    def tell(self, reading: Reading) -> None:
        """Show another reading."""
        self.reading = reading
        self.setAccessibleName(reading.title)
        self.setAccessibleDescription(reading.words)
        self.update()

    def sizeHint(self) -> QSize:
        look = current_look()
        wide = look.width(self.reading.title, self._ink()) + look.width(
            self.reading.words, self._ink()
        )
        return QSize(int(wide) + look.px(16), look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        look = current_look()
        return QSize(look.px(120), look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            self._paint_words(canvas)
            self._paint_bar(canvas)

    def _ink(self) -> Ink:
        binds = self.reading.binds
        return Ink(12, 600 if binds else 500, "text" if binds else "text2", True)

    def _paint_words(self, canvas: Canvas) -> None:
        ink, line = self._ink(), QRectF(0, 0, self.width(), canvas.px(18))
        right = ink._replace(colour="bad") if self.reading.over else ink
        wide = min(canvas.width(self.reading.words, right), line.width() * 0.7)
        canvas.text(
            QRectF(line.right() - wide, 0, wide, line.height()), self.reading.words, right, END
        )
        rest = line.adjusted(0, 0, -wide - canvas.px(10), 0)
        canvas.text(rest, self.reading.title, ink)

    def _paint_bar(self, canvas: Canvas) -> None:
        reading, px = self.reading, canvas.px
        whole = QRectF(0, px(BAR_TOP), self.width(), px(BAR))
        path = QPainterPath()
        path.addRoundedRect(whole, whole.height() / 2, whole.height() / 2)
        canvas.painter.save()
        canvas.painter.setClipPath(path)
        canvas.painter.fillRect(whole, canvas.look.color("track"))
        if reading.most is not None:
            self._fill(canvas, whole, reading.most)
        canvas.painter.restore()
        if reading.most is not None and reading.over:
            self._tick(canvas, whole, reading.most)

    def _fill(self, canvas: Canvas, bar: QRectF, most: int) -> None:
        reading = self.reading
        full = max(most, reading.used + reading.new, 1)

        def part(start: float, end: float) -> QRectF:
            left = bar.x() + bar.width() * start / full
            rect = QRectF(left, bar.y(), bar.width() * (end - start) / full, bar.height())
            return canvas.place(rect)

        spent, painter = reading.used + reading.new, canvas.painter
        painter.fillRect(part(0, reading.used), canvas.look.color("used"))
        if not reading.new:
            return
        end = max(reading.used, most) if reading.over else spent
        painter.fillRect(part(reading.used, end), canvas.look.color("accent"))
        if reading.over:
            beyond = part(end, spent)
            painter.fillRect(beyond, canvas.look.color("bad_soft"))
            hatching = QBrush(canvas.look.color("bad_line"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(beyond, hatching)

    def _tick(self, canvas: Canvas, bar: QRectF, most: int) -> None:
        reading = self.reading
        at = bar.width() * max(reading.used, most) / (reading.used + reading.new)
        tick = QRectF(at - TICK / 2, bar.y(), TICK, bar.height())
        over = canvas.px(TICK_OVER)
        canvas.painter.fillRect(
            canvas.place(tick.adjusted(0, -over, 0, over)), canvas.look.color("text")
        )
