"""One field that differs: what both cards say, side by side, and which of it stays."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from care_console.base.words import _
from care_console.cards.rules.merging import Differing, Side
from care_console.cards.rules.words import field_words, kind_words
from care_console.kit import Canvas, Ink, Label, PaintedButton, Themed, current_look

HEIGHT, NAME_WIDTH, BOTH_WIDTH = 34, 130, 84
SIDE = 10
LONGEST = 400  # characters of a value in its tooltip
ORDER = (Side.KEEP, Side.OTHER, Side.BOTH)


class Value(PaintedButton):
    """What one card says; the one that stays is marked by more than its colour."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has it
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(current_look().px(BOTH_WIDTH), current_look().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            px, edge = canvas.px, canvas.look.line / 2
            fill = "accent_soft" if on else "hover" if self.underMouse() else "surface"
            whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
            canvas.box(whole, 6, fill, "accent" if on else "line")
            room = px(SIDE)
            if on:
                canvas.icon("check", "accent", px(SIDE), whole.center().y() - px(8), 16)
                room += px(22)
            words = QRectF(whole).adjusted(room, 0, -px(SIDE), 0)
            ink = Ink(13, 500 if on else 400, "text" if on else "text2")
            canvas.text(words, self.text(), ink)


class SideRow(Themed, QWidget):
    """The keyboard is on the row: ← → or 1 2 3 choose, ↑ ↓ go on to another row."""

    chosen = Signal(object)  # Side
    stepped = Signal(int)  # to the row above or below

    def __init__(self, differing: Differing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.differing = differing
        self.side = differing.sides[0]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(field_words(differing.field))
        self.name = Label(field_words(differing.field), size=12, weight=500, colour="text2")
        said = {Side.KEEP: differing.keep, Side.OTHER: differing.other, Side.BOTH: _("Both")}
        self.values = {
            side: Value(_one_line(differing.field, said[side]), self)
            for side in ORDER
            if side in differing.sides
        }
        self._across = QHBoxLayout(self)
        self._across.addWidget(self.name)
        for side, value in self.values.items():
            self._across.addWidget(value, 0 if side is Side.BOTH else 1)
            value.clicked.connect(lambda _on=False, side=side: self.choose(side))
        self.restyle()
        self.choose(self.side)

    def choose(self, side: Side) -> None:
        """Let this side's value stay."""
        self.side = side
        for each, value in self.values.items():
            value.setChecked(each is side)
        self.setAccessibleDescription(self._spoken())
        self.chosen.emit(side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sides, key = list(self.values), Qt.Key(event.key())
        at = sides.index(self.side)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        across = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = event.key() - Qt.Key.Key_1
        if held:
            event.ignore()
        elif key in steps:
            self.stepped.emit(steps[key])
        elif key in across:
            self.choose(sides[max(0, min(at + across[key], len(sides) - 1))])
        elif 0 <= digit < len(sides):
            self.choose(sides[digit])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            with QPainter(self) as painter:
                canvas = Canvas(painter, self.rect(), self.layoutDirection())
                canvas.ring(canvas.bounds, 8)

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(6), px(4), px(6), px(4))
        self._across.setSpacing(px(8))
        self.name.setFixedWidth(px(NAME_WIDTH))
        if Side.BOTH in self.values:
            both, policy = self.values[Side.BOTH], QSizePolicy.Policy.Fixed
            both.setSizePolicy(policy, policy)
        super().restyle()

    def _spoken(self) -> str:
        return _("stays: {value}").format(value=self.values[self.side].text())


def _one_line(field: str, value: str) -> str:
    words = kind_words(value) if field == "kind" else value
    return " ".join(words[:LONGEST].split())
