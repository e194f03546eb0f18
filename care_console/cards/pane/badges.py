"""The groups of a card in a row: with their words where there is room, else their shapes."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.base.words import _
from care_console.cards.rules.words import group_words
from care_console.kit.canvas import Canvas
from care_console.kit.groups import WORD, draw_badge, draw_groups
from care_console.kit.labels import plain_tooltip
from care_console.kit.look import Themed, current_look

HEIGHT = 24
GAP = 8
SIDES = 38  # a badge's shape and margins
SHAPE = 22  # a shape alone, with the gap behind it


class Badges(Themed, QWidget):
    """One widget for all groups, so that a ring makes none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[str, ...] = ()
        self._compact = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show these groups, in this order."""
        if tuple(groups) == self._groups:
            return
        self._groups = tuple(groups)
        words = ", ".join(map(group_words, groups))
        self.setAccessibleName(_("Groups: {groups}").format(groups=words) if words else "")
        plain_tooltip(self, words)
        self.restyle()

    def set_compact(self, compact: bool) -> None:
        """Show the shapes alone, or the words too."""
        if compact != self._compact:
            self._compact = compact
            self.restyle()

    def whole_width(self) -> int:
        """Return how wide they are with their words, in pixels."""
        gaps = current_look().px(GAP) * max(0, len(self._groups) - 1)
        return round(sum(map(_wide, self._groups))) + gaps

    def sizeHint(self) -> QSize:
        if self._compact:
            return self.minimumSizeHint()
        return QSize(self.whole_width(), current_look().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        shapes = current_look().px(SHAPE) * len(self._groups)
        return QSize(shapes, current_look().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            if self._compact or self.whole_width() > self.width():
                draw_groups(canvas, self._groups, 2, canvas.bounds.center().y())
                return
            across = 0.0
            for group in self._groups:
                place = canvas.place(QRectF(across, 0, _wide(group), self.height()))
                draw_badge(
                    Canvas(painter, place, self.layoutDirection()), group, group_words(group)
                )
                across += _wide(group) + canvas.px(GAP)


def _wide(group: str) -> float:
    return current_look().width(group_words(group), WORD) + current_look().px(SIDES)
