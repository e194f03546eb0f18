"""The five steps side by side: what is done, what is next, and where one is."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from care_console.kit import (
    CENTRE,
    Canvas,
    Ink,
    PaintedButton,
    Themed,
    current_look,
    plain_tooltip,
)
from care_console.recovery.pane.words import step_name, step_note, step_tag
from care_console.recovery.rules import State, Step, StepView

HIGH, LOW = 61, 46  # px, with and without the line under the title
MIDDLE, RADIUS, GAP = 15, 12, 18  # px, of the circles, and to the line between them
WIDTH_OF_LINE = 2
NUMBER = Ink(12, 700, tabular=True)
TITLE, CURRENT = Ink(12, 500, "text2"), Ink(12, 600, "text")
TAG = Ink(11)
STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
MARKS = {State.DONE: "check", State.SKIPPED: "minus"}


class StepButton(PaintedButton):
    """One step: a tick where it is done, a dash where it is left out, else its number."""

    def __init__(self, step: Step, number: int) -> None:
        super().__init__()
        self.step, self._number = step, number
        self._view: StepView | None = None
        self._before = State.OPEN  # how the step before this stands: its line leads here
        self.compact = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, view: StepView, before: State, now: datetime, locale: str) -> None:
        """Show how the step stands."""
        self._view, self._before = view, before
        self.setText(view.title)
        self.setAccessibleName(step_name(view, self._number))
        note = step_note(view, now, locale)
        self.setAccessibleDescription(note)
        plain_tooltip(self, note)

    def sizeHint(self) -> QSize:
        look = current_look()
        wide = look.width(self.text(), CURRENT) + look.px(8)
        return QSize(int(wide), look.px(LOW if self.compact else HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_look().px(2 * GAP + 12), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if view is None:
            return
        with QPainter(self) as painter:
            canvas = Canvas(painter, self.rect(), self.layoutDirection())
            self._paint_lines(canvas, view)
            self._paint_circle(canvas, view)
            self._paint_words(canvas, view)

    def _paint_lines(self, canvas: Canvas, view: StepView) -> None:
        px, centre = canvas.px, canvas.bounds.center().x()
        y, wide = px(MIDDLE), WIDTH_OF_LINE + canvas.look.line - 1
        if self._number > 1:
            colour = "line" if self._before is State.OPEN else "ok"
            canvas.stroke(0, y, centre - px(GAP), y, colour, wide)
        if self._number < len(Step):
            colour = "line" if view.state is State.OPEN else "ok"
            canvas.stroke(centre + px(GAP), y, canvas.bounds.right(), y, colour, wide)

    def _paint_circle(self, canvas: Canvas, view: StepView) -> None:
        px, x, y = canvas.px, canvas.bounds.center().x(), canvas.px(MIDDLE)
        fill, line, ink = _paints(view.state, self.isChecked())
        if self.underMouse() and not self.isChecked():
            fill = "hover"
        side = px(RADIUS) * 2
        around = QRectF(x - side / 2, y - side / 2, side, side)
        canvas.box(around, RADIUS, fill, line, wide=1.6 * canvas.look.line)
        if mark := MARKS.get(view.state):
            canvas.icon(mark, ink, x - px(16) / 2, y - px(16) / 2, 16)
        else:
            canvas.text(around, str(self._number), NUMBER._replace(colour=ink), CENTRE)
        if self.hasFocus():
            canvas.ring(around.adjusted(-3, -3, 3, 3), RADIUS + 3)

    def _paint_words(self, canvas: Canvas, view: StepView) -> None:
        px, whole = canvas.px, canvas.bounds
        ink = CURRENT if self.isChecked() else TITLE
        title = QRectF(whole.x(), px(MIDDLE + 14), whole.width(), px(18))
        canvas.text(title, self.text(), ink, CENTRE)
        if self.compact:
            return
        icon, words, colour = step_tag(view)
        room = whole.width() - px(18)
        wide = min(canvas.width(words, TAG), room)
        x = whole.center().x() - (wide + px(16)) / 2
        canvas.icon(icon, colour, x, px(MIDDLE + 32), 12)
        line = QRectF(x + px(16), px(MIDDLE + 30), wide, px(15))
        canvas.text(line, words, TAG._replace(colour=colour))


class Stepper(Themed, QWidget):
    """Five buttons, one stop of Tab: the step in front.

    The arrows go from one to the other and show it; ``chosen`` gives the Step.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons = [StepButton(step, number) for number, step in enumerate(Step, 1)]
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        for button in self.buttons:
            button.clicked.connect(lambda _on, step=button.step: self._press(step))
            button.installEventFilter(self)
            across.addWidget(button)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._current = Step.APOLOGY

    def show_steps(
        self, steps: Sequence[StepView], current: Step, now: datetime, locale: str
    ) -> None:
        """Show how the five stand, and which of them is in front."""
        before = State.OPEN
        for button, view in zip(self.buttons, steps, strict=True):
            button.tell(view, before, now, locale)
            before = view.state
        self._current = current
        self._check()

    def button(self, step: Step) -> StepButton:
        """Return the button of a step."""
        return self.buttons[tuple(Step).index(step)]

    def set_compact(self, on: bool) -> None:
        """Do without the lines under the titles."""
        for button in self.buttons:
            button.compact = on
            button.restyle()

    def focus_current(self) -> None:
        """Bring the keyboard to the step that is in front."""
        self.button(self._current).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            free = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if step is not None and free and isinstance(watched, StepButton):
                self._step(watched, self._on(event, step))
                return True
        return super().eventFilter(watched, event)

    def _on(self, event: QKeyEvent, step: int) -> int:
        across = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        return -step if across and self.isRightToLeft() else step

    def _step(self, here: StepButton, by: int) -> None:
        there = self.buttons[(self.buttons.index(here) + by) % len(self.buttons)]
        there.setFocus(Qt.FocusReason.OtherFocusReason)
        self._press(there.step)

    def _press(self, step: Step) -> None:
        self._current = step
        self._check()
        self.chosen.emit(step.value)

    def _check(self) -> None:
        policy = Qt.FocusPolicy
        for button in self.buttons:
            here = button.step is self._current
            button.setChecked(here)
            button.setFocusPolicy(policy.StrongFocus if here else policy.ClickFocus)


def _paints(state: State, current: bool) -> tuple[str, str, str]:
    """Return the tokens of a circle: ground, line, and what is written in it."""
    if current:
        return "accent", "accent", "on_accent"
    if state is State.DONE:
        return "ok_soft", "ok", "ok"
    return ("sunken", "field", "text2") if state is State.SKIPPED else ("surface", "field", "text2")
