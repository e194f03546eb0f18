"""The follow-up's questions, to the customer and to the clerk, answered in place."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.names import clean, isolated
from care_console.base.words import N_, _
from care_console.kit import Button, DigitChips, Label, Themed, current_look
from care_console.recovery.rules import Answers

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROW = 30  # px
QUESTIONS = {
    "put_right": N_("Is it put right?"),
    "sorry_said": N_("Did anyone say sorry?"),
    "sorry_helped": N_("Did it help?"),
    "next_call": N_("You: would you gladly take the next call?"),
}
YES = 0


class AnswersBox(Themed, QWidget):
    """Four questions, yes on 1 and no on 2; Ctrl+Enter keeps them, Esc goes back.

    Only the first must be answered; *did it help?* waits for a sorry.
    """

    answered = Signal(object)  # Answers
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips = {
            name: DigitChips(_(words), (_("Yes"), _("No"))) for name, words in QUESTIONS.items()
        }
        self._names = {name: Label(_(words), weight=500) for name, words in QUESTIONS.items()}
        self.whose = Label(size=12, weight=600, colour="text2")
        self.trouble = Label(size=12, weight=500, colour="bad", wrap=True)
        self.keep = Button(_("Keep the answers"), "primary", key="Ctrl ↵")
        self.back = Button(_("Back"), "quiet", key="Esc")
        self._lay_out()
        for name, chips in self.chips.items():
            chips.chosen.connect(lambda _place, name=name: self._go_on(name))
            chips.installEventFilter(self)
        self.keep.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)
        self.hide()

    def ask(self, name: str) -> None:
        """Ask what the customer ``name`` says, with the keyboard."""
        self.whose.setText(_("What {name} says").format(name=isolated(clean(name))))
        for chips in self.chips.values():
            chips.show_choice(-1)
        self.refuse("")
        self._show_helped()
        self.show()
        self.chips["put_right"].setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Hand the answers on; without the first one, ask for it."""
        said = {name: self._said(name) for name in self.chips}
        put_right = said.pop("put_right")
        if put_right is None:
            self.refuse(_("Ask first whether it is put right: 1 for yes, 2 for no."))
            self.chips["put_right"].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not said["sorry_said"]:
            said["sorry_helped"] = None
        self.answered.emit(Answers(put_right=put_right, **said))

    def refuse(self, sentence: str) -> None:
        """Say what is missing; what was answered stays."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        else:
            super().keyPressEvent(event)

    def restyle(self) -> None:
        px = current_look().px
        self._down.setSpacing(px(8))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(6))
        for chips in self.chips.values():
            chips.setMinimumHeight(px(ROW))
        super().restyle()

    def _said(self, name: str) -> bool | None:
        choice = self.chips[name].choice
        return None if choice < 0 else choice == YES

    def _go_on(self, name: str) -> None:
        """After an answer, the keyboard goes to the next question that is asked."""
        self.refuse("")
        self._show_helped()
        later = list(self.chips)[list(self.chips).index(name) + 1 :]
        there = next((each for each in later if self.chips[each].isVisibleTo(self)), None)
        goal: QWidget = self.chips[there] if there is not None else self.keep
        goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_helped(self) -> None:
        shown = bool(self._said("sorry_said"))
        self._names["sorry_helped"].setVisible(shown)
        self.chips["sorry_helped"].setVisible(shown)

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        for row, name in enumerate(QUESTIONS):
            self._names[name].setBuddy(self.chips[name])
            self._grid.addWidget(self._names[name], row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(self.chips[name], row, 1)
        across = QHBoxLayout()
        across.addWidget(self.keep)
        across.addWidget(self.back)
        across.addStretch(1)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addWidget(self.whose)
        self._down.addLayout(self._grid)
        self._down.addWidget(self.trouble)
        self._down.addLayout(across)
        self.restyle()
