"""A question whose answers stand on digits."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from care_console.kit.buttons import PaintedButton
from care_console.kit.canvas import KEY_HEIGHT, Canvas, key_width
from care_console.kit.flow import FlowLayout
from care_console.kit.look import Ink, Themed, current_look

HEIGHT = 28
SIDE = 7
WORD = Ink(12, 600)
NOT_DIGITS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}


class DigitChip(PaintedButton):
    """One answer and its digit."""

    def __init__(self, digit: int, text: str, parent: "DigitChips") -> None:
        self._digit = str(digit)
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the question has it
        self.setAccessibleDescription(self._digit)

    def sizeHint(self) -> QSize:
        look = current_look()
        width = key_width(self._digit, look) + look.width(self.text(), WORD)
        return QSize(int(width) + look.px(2 * SIDE + 10) + 1, look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            px, edge = canvas.px, canvas.look.line / 2
            fill = "accent_soft" if on else "hover" if self.underMouse() else ""
            whole = canvas.bounds.adjusted(edge, edge, -edge, -edge)
            canvas.box(whole, HEIGHT / 2, fill, "accent" if on else "field")
            top = canvas.bounds.center().y() - px(KEY_HEIGHT) / 2
            wide = canvas.key(self._digit, px(SIDE), top, "accent" if on else "text2")
            rest = canvas.bounds.adjusted(px(SIDE + 7) + wide, 0, -px(SIDE), 0)
            colour = "accent" if on else "text" if self.isEnabled() else "text3"
            canvas.text(rest, self.text(), Ink(12, 600 if on else 500, colour))
            if self._is_next():
                canvas.ring(canvas.bounds, HEIGHT / 2)

    def _is_next(self) -> bool:
        question = self.parent()
        return isinstance(question, DigitChips) and question.hasFocus() and question.at == self


class DigitChips(Themed, QWidget):
    """Answers in wrapping lines, one of which is chosen: by its digit, an arrow or the mouse.

    ``chosen`` gives the place of the answer, from 0. Digits count only while this has the focus.
    """

    chosen = Signal(int)

    def __init__(
        self, question: str, answers: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chips: list[DigitChip] = []
        self._choice = -1
        self._flow = FlowLayout(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(question)
        self.set_answers(answers)

    @property
    def choice(self) -> int:
        """The place of the chosen answer, or -1."""
        return self._choice

    @property
    def chips(self) -> tuple[DigitChip, ...]:
        """The answers."""
        return tuple(self._chips)

    @property
    def at(self) -> DigitChip | None:
        """The chip that the ring is on."""
        return self._chips[max(self._choice, 0)] if self._chips else None

    def set_answers(self, answers: Sequence[str]) -> None:
        """Offer other answers, at most nine, and forget the choice."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._choice = -1
        self._chips = [DigitChip(n, text, self) for n, text in enumerate(answers[:9], start=1)]
        for place, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _on=False, place=place: self.choose(place))
            chip.installEventFilter(self)
            self._flow.addWidget(chip)
        self._show_choice()

    def choose(self, place: int) -> None:
        """Choose the answer at ``place``, and say so. Another place than there is does nothing."""
        if 0 <= place < len(self._chips):
            self.show_choice(place)
            self.chosen.emit(place)

    def show_choice(self, place: int) -> None:
        """Show the answer at ``place`` as chosen, or none for -1, without saying so."""
        self._choice = place if 0 <= place < len(self._chips) else -1
        self._show_choice()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & NOT_DIGITS:
            super().keyPressEvent(event)
        elif (digit := event.key() - Qt.Key.Key_1) in range(len(self._chips)):
            self.choose(digit)
        elif (step := STEPS.get(Qt.Key(event.key()))) is not None:
            self._step(step if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) else self._on(step))
        elif event.key() == Qt.Key.Key_Space:
            self.choose(max(self._choice, 0))
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A chip that is pressed with the mouse brings the focus to its question."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: object) -> None:
        self._repaint()

    def focusOutEvent(self, event: object) -> None:
        self._repaint()

    def _on(self, step: int) -> int:
        return step if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else -step

    def _step(self, step: int) -> None:
        if self._choice < 0:
            self.choose(0)
        else:
            self.choose((self._choice + step) % len(self._chips))

    def _show_choice(self) -> None:
        for place, chip in enumerate(self._chips):
            chip.setChecked(place == self._choice)
        said = self._chips[self._choice].text() if self._choice >= 0 else ""
        self.setAccessibleDescription(said)
        self._repaint()

    def _repaint(self) -> None:
        for chip in self._chips:
            chip.update()
