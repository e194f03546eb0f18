"""A name, an address or a number that can be spelt aloud: Enter on it, or a click."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.base.words import N_, _
from care_console.cards.rules.shown import Said
from care_console.kit.buttons import PaintedButton
from care_console.kit.canvas import Canvas
from care_console.kit.labels import plain_tooltip
from care_console.kit.look import Ink, current_look, left_to_right

TAB, NO_TAB = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.NoFocus
LEAST = {"number": 240, "internal": 240, "email": 140}  # px that stay: half of it is another's
LEAST_OTHERS = 48
LEFT_TO_RIGHT = frozenset({"number", "internal", "email"})
NAMES = {
    "name": N_("Name: {text}"),
    "number": N_("Telephone: {text}"),
    "internal": N_("Telephone: {text}"),
    "email": N_("E-mail: {text}"),
    "address": N_("Address: {text}"),
    "company": N_("Company: {text}"),
}


class Spellable(PaintedButton):
    """Text that looks like text, and can be reached with Tab."""

    def __init__(self, ink: Ink, parent: QWidget | None = None) -> None:
        self.ink = ink
        self.said = Said("", "")
        self._room = 100_000  # px
        self._hint: QSize | None = None  # a layout asks often
        super().__init__("", parent)
        self.setAccessibleDescription(_("Enter spells it"))
        self.setFocusPolicy(NO_TAB)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def say(self, said: Said) -> None:
        """Show ``said``."""
        if said == self.said:
            return
        self.said = said
        self.setText(left_to_right(said.text) if said.what in LEFT_TO_RIGHT else said.text)
        self.setAccessibleName(_(NAMES[said.what]).format(text=said.text) if said.what else "")
        self.setFocusPolicy(TAB if said.text else NO_TAB)
        self._tell_the_rest()

    def sizeHint(self) -> QSize:
        if self._hint is None:
            self._hint = self._measured()
        return self._hint

    def restyle(self) -> None:
        self._hint = None
        super().restyle()

    def set_room(self, room: int) -> None:
        """Take no more than ``room`` pixels."""
        if room != self._room:
            self._room = room
            self.restyle()

    def whole_width(self) -> int:
        """Return how wide all of it is, in pixels."""
        return round(current_look().width(self.text(), self.ink)) + 3

    def least_width(self) -> int:
        """Return how much must stay to be seen, in pixels."""
        least = current_look().px(LEAST.get(self.said.what, LEAST_OTHERS))
        return min(self.whole_width(), least)

    def _measured(self) -> QSize:
        look = current_look()
        if not self.said.text:
            return QSize(0, look.px(24))
        height = max(look.px(24), int(look.metrics(self.ink).height()) + 4)
        return QSize(max(self.least_width(), min(self._room, self.whole_width())), height)

    def minimumSizeHint(self) -> QSize:
        whole = QSize(self.sizeHint())
        return whole.boundedTo(QSize(self.least_width(), whole.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_the_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            ink = self.ink._replace(colour="accent") if self.underMouse() else self.ink
            canvas.text(canvas.bounds, self.text(), ink)
            if self.hasFocus():
                canvas.ring(canvas.bounds, 4)

    def _tell_the_rest(self) -> None:
        cut = self.whole_width() > self.width() + 1
        plain_tooltip(self, self.said.text if cut else "")


def spelt(widget: QWidget | None) -> Said | None:
    """Return what of the card ``widget`` shows, if it is one that can be spelt."""
    return widget.said if isinstance(widget, Spellable) and widget.said.text else None
