"""One line that asks for a few words or a moment, in place of the buttons that it serves."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Field, LineEdit, Themed, current_look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

Understood = Callable[[str], str]  # how what is typed is understood; raises nothing


class Ask(Themed, QWidget):
    """A question with a field; Enter answers it, Esc goes back. What was typed stays on a fault."""

    answered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edit = LineEdit()
        self.field = Field("", self.edit)
        self.ok = Button("", "primary", key="Enter")
        self.back = Button(_("Back"), "quiet", key="Esc")
        self._understood: Understood | None = None
        self._across = QHBoxLayout()
        self._across.addWidget(self.ok)
        self._across.addWidget(self.back)
        self._across.addStretch(1)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addWidget(self.field)
        self._down.addLayout(self._across)
        self.edit.textEdited.connect(self._typed)
        self.edit.installEventFilter(self)
        self.ok.clicked.connect(self._answer)
        self.back.clicked.connect(self.left)
        self.hide()
        self.restyle()

    def ask(
        self,
        question: str,
        button: str,
        *,
        understood: Understood | None = None,
    ) -> None:
        """Ask, with the keyboard; with ``understood`` for a moment, told under the field."""
        self._understood = understood
        placeholder = _("tomorrow 10:00, Fri, +2h") if understood is not None else ""
        self.field.name.setText(question)
        self.edit.setAccessibleName(question)
        self.edit.setPlaceholderText(placeholder)
        self.edit.clear()
        self.field.fault()
        self.ok.setText(button)
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be; what was typed stays."""
        self.field.fault(sentence)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in ENTER:
                self._answer()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        self._down.setSpacing(current_look().px(8))
        super().restyle()

    def _typed(self, text: str) -> None:
        self.field.say(self._understood(text) if self._understood is not None and text else "")

    def _answer(self) -> None:
        self.answered.emit(self.edit.text())
