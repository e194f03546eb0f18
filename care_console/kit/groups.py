"""The groups a person can belong to, each known by colour, letter, shape and word."""

import math
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.base.words import N_, _
from care_console.kit.canvas import CENTRE, Canvas
from care_console.kit.labels import NEVER_FORCED
from care_console.kit.look import Ink, Look, Themed, current_look


class Mark(NamedTuple):
    """How a group is drawn. ``corners`` is 0 for a circle; ``turn`` in degrees."""

    letter: str
    word: str
    corners: int
    turn: float
    stretch: float


GROUPS = MappingProxyType(
    {
        "end-user": Mark("U", N_("End-user"), 0, 0, 1),
        "prospect": Mark("P", N_("Prospect"), 4, -90, 1.15),
        "distributor": Mark("D", N_("Distributor"), 4, -45, 1),
        "supplier": Mark("S", N_("Supplier"), 6, 0, 1.08),
        "employee": Mark("E", N_("Employee"), 5, -90, 1.12),
    }
)
WORD = Ink(12, 500)
SQUARE = 0.92  # as large to the eye as the circle
LEAST_LETTER = 9  # px


def group_word(group: str) -> str:
    """Return the word for ``group``. Raises KeyError for one that does not exist."""
    return _(GROUPS[group].word)


def group_words(groups: Sequence[str]) -> str:
    """Return the words for ``groups`` as a list for a reader."""
    return ", ".join(group_word(group) for group in groups)


def outline(group: str, x: float, y: float, radius: float) -> QPainterPath:
    """Return the shape of ``group`` around ``x``, ``y``."""
    mark = GROUPS[group]
    path = QPainterPath()
    if not mark.corners:
        path.addEllipse(QPointF(x, y), radius, radius)
        return path
    if group == "distributor":
        half = radius * SQUARE
        path.addRoundedRect(QRectF(x - half, y - half, 2 * half, 2 * half), 2.5, 2.5)
        return path
    corners = (
        math.radians(mark.turn + corner * 360 / mark.corners) for corner in range(mark.corners)
    )
    far = radius * mark.stretch
    path.addPolygon(
        QPolygonF([QPointF(x + far * math.cos(a), y + far * math.sin(a)) for a in corners])
    )
    path.closeSubpath()
    return path


def paint_group(
    painter: QPainter, look: Look, group: str, x: float, y: float, size: float = 16
) -> None:
    """Draw the shape of ``group`` around ``x``, ``y``; ``size`` in pixels at 100 %."""
    radius = look.px(size) / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(look.color(group), 1.4 * look.line)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(look.soft(group))
    painter.drawPath(outline(group, x, y, radius))
    painter.setFont(look.font(max(LEAST_LETTER, size * 0.55), 700))
    within = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
    painter.drawText(within, CENTRE, GROUPS[group].letter)
    painter.restore()


def draw_groups(canvas: Canvas, groups: Sequence[str], x: float, y: float, size: int = 16) -> float:
    """Draw ``groups`` in a row from ``x`` on, around ``y``; return where the row ends."""
    step = canvas.px(size + 6)
    for group in groups:
        centre = canvas.place(QRectF(x, y, canvas.px(size), 0)).center()
        paint_group(canvas.painter, canvas.look, group, centre.x(), y, size)
        x += step
    return x


class Badge(Themed, QWidget):
    """A group of a person, in colour, letter, shape and word, with what else is to be said."""

    def __init__(self, group: str, extra: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        self.words = group_word(group) + (f" · {extra}" if extra else "")
        self.setAccessibleName(_("Group: {words}").format(words=self.words))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = current_look()
        return QSize(int(look.width(self.words, WORD)) + look.px(38), look.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(current_look().px(NEVER_FORCED), 10_000))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            draw_badge(canvas, self.group, self.words)


def draw_badge(canvas: Canvas, group: str, words: str, filled: bool = True, line: str = "") -> None:
    """Fill the canvas with the badge of ``group``."""
    edge = canvas.look.line / 2
    whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
    thick = canvas.look.line > 1
    canvas.box(whole, 12, f"{group}_soft" if filled else "", line or (group if thick else ""))
    middle = canvas.bounds.center().y()
    draw_groups(canvas, [group], canvas.bounds.x() + canvas.px(6), middle)
    rest = canvas.bounds.adjusted(canvas.px(27), 0, -canvas.px(8), 0)
    canvas.text(rest, words, WORD._replace(colour=group))


class GroupShapes(Themed, QWidget):
    """The groups of a person by shape alone, where the words stand elsewhere or are known."""

    def __init__(
        self, groups: Sequence[str] = (), size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._groups: Sequence[str] = ()
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_groups(groups)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show the groups of somebody else."""
        self._groups = tuple(groups)
        self.setAccessibleName(group_words(self._groups))
        self.restyle()

    def sizeHint(self) -> QSize:
        px = current_look().px
        return QSize(px(self._size + 6) * len(self._groups), px(self._size + 6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            draw_groups(canvas, self._groups, canvas.px(3), canvas.bounds.center().y(), self._size)


def initials(name: str) -> str:
    """Return one or two letters for ``name``, or nothing if it has none."""
    firsts = [next((c for c in word if c.isalnum()), "") for word in name[:200].split()]
    return "".join(letter.upper()[0] for letter in firsts if letter)[:2]


def draw_avatar(
    canvas: Canvas, name: str, x: float, y: float, radius: int, ground: str = "accent_soft"
) -> None:
    """Draw the initials of ``name`` on a disc around ``x``, ``y``."""
    letters = initials(name)
    if not letters:
        side = canvas.px(radius) * 2 - 3
        canvas.box(
            QRectF(x - side / 2, y - side / 2, side, side), radius, line="field", dashed=True
        )
        half = canvas.px(radius) / 2
        canvas.icon("person", "text3", x - half, y - half, radius)
        return
    canvas.disc(x, y, radius, ground, "accent" if canvas.look.line > 1 else "")
    side = canvas.px(radius) * 2
    ink = Ink(max(LEAST_LETTER, radius * 0.72), 600, "accent")
    canvas.text(QRectF(x - side / 2, y - side / 2, side, side), letters, ink, CENTRE)


class Avatar(Themed, QWidget):
    """The initials of a person; without a name, an empty place."""

    def __init__(self, name: str = "", size: int = 52, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_name(self, name: str) -> None:
        """Show somebody else."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(1, 1) * current_look().px(self._size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            centre = canvas.bounds.center()
            draw_avatar(canvas, self._name, centre.x(), centre.y(), self._size // 2)
