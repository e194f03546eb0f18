"""Painting in tokens, on a sheet that turns round where one reads from the right."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QStyle

from care_console.kit import icons
from care_console.kit.look import Ink, Look, current_look, left_to_right, one_line

START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

KEY = Ink(11, 500, "text2")
KEY_HEIGHT = 18
CORNER = 6
RING = 2


def key_width(key: str, look: Look) -> int:
    """Return how wide the chip of ``key`` is, or 0 for no key."""
    if not key:
        return 0
    return max(look.px(20), round(look.width(key, KEY)) + look.px(10))


class Canvas:
    """Draws on ``bounds``. All places are given as if one read from the left."""

    def __init__(
        self,
        painter: QPainter,
        bounds: QRect | QRectF,
        direction: Qt.LayoutDirection = Qt.LayoutDirection.LeftToRight,
        look: Look | None = None,
    ) -> None:
        self.painter = painter
        self.bounds = QRectF(bounds)
        self.direction = direction
        self.look = look or current_look()
        self.px = self.look.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # as each text begins

    def place(self, rect: QRectF) -> QRectF:
        """Return where ``rect`` is in truth: mirrored in the bounds where one reads so."""
        if self.direction == Qt.LayoutDirection.LeftToRight:
            return rect
        across = self.bounds.left() + self.bounds.right() - rect.right()
        return QRectF(across, rect.y(), rect.width(), rect.height())

    def width(self, text: str, ink: Ink) -> float:
        """Return how wide ``text`` is, rounded up so that it is not cut."""
        return self.look.width(text, ink) + 1

    def text(self, rect: QRectF, text: str, ink: Ink, align: Qt.AlignmentFlag = START) -> None:
        """Write ``text`` on one line into ``rect``, with an ellipsis where it does not fit."""
        self.painter.setFont(self.look.ink(ink))
        self.painter.setPen(self.look.color(ink.colour))
        line = one_line(text)
        metrics = self.look.metrics(ink)
        if metrics.horizontalAdvance(line) > rect.width():
            line = metrics.elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
        flags = QStyle.visualAlignment(self.direction, align) | Qt.TextFlag.TextSingleLine
        self.painter.drawText(self.place(rect), flags, line)

    def icon(self, name: str, token: str, x: float, y: float, size: int = 16) -> None:
        """Draw the icon ``name`` with its corner at ``x``, ``y``."""
        side = self.px(size)
        device = self.painter.device()
        dpr = device.devicePixelRatio() if device is not None else 1.0
        corner = self.place(QRectF(x, y, side, side)).topLeft()
        at = QPointF(round(corner.x() * dpr) / dpr, round(corner.y() * dpr) / dpr)  # stays sharp
        self.painter.drawPixmap(at, icons.pixmap(name, self.look.color(token), side, dpr))

    def key(self, key: str, x: float, y: float, colour: str = "text2", line: str = "scroll") -> int:
        """Draw ``key`` as on a keyboard and return how wide it is."""
        width = key_width(key, self.look)
        if width:
            rect = QRectF(round(x) + 0.5, round(y) + 0.5, width - 1, self.px(KEY_HEIGHT) - 1)
            self.box(rect, 4, line=line)
            self.text(rect, left_to_right(key), KEY._replace(colour=colour), CENTRE)
        return width

    def box(
        self,
        rect: QRectF,
        radius: float,
        fill: str = "",
        line: str = "",
        wide: float = 0,
        dashed: bool = False,
    ) -> None:
        """Draw a rounded box in tokens; no ``fill`` or no ``line`` draws none."""
        self.painter.setBrush(self.look.color(fill) if fill else QBrush())
        self.painter.setPen(self._pen(line, wide, dashed) if line else QPen(Qt.PenStyle.NoPen))
        corner = self.px(radius)
        self.painter.drawRoundedRect(self.place(rect), corner, corner)

    def disc(self, x: float, y: float, radius: float, fill: str = "", line: str = "") -> None:
        """Draw a disc of ``radius`` pixels at 100 % around ``x``, ``y``."""
        side = self.px(radius) * 2
        self.box(QRectF(x - side / 2, y - side / 2, side, side), radius, fill, line)

    def stroke(self, x1: float, y1: float, x2: float, y2: float, token: str, wide: float) -> None:
        """Draw a straight line."""
        self.painter.setPen(self._pen(token, wide, dashed=False))
        one, other = (self.place(QRectF(x, y, 0, 0)).topLeft() for x, y in ((x1, y1), (x2, y2)))
        self.painter.drawLine(QLineF(QPointF(one), QPointF(other)))

    def ring(self, rect: QRectF, radius: float = CORNER) -> None:
        """Draw the ring that says where the keys go, just inside ``rect``."""
        wide = RING + self.look.line - 1
        inside = rect.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        self.box(inside, radius, line="focus", wide=wide)

    def _pen(self, token: str, wide: float, dashed: bool) -> QPen:
        pen = QPen(self.look.color(token), wide or self.look.line)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen
