"""Asking for a passphrase: the field, what came of it, and how long one waits."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.kit import Button, Field, Themed, announce, current_look
from care_console.staff.pane.secret_edit import SecretEdit
from care_console.staff.rules.secrets import BadSecret, NewOneWanted, TryLater

SECOND_MS = 1_000


class Asking(Themed, QWidget):
    """A passphrase, and a new one where the old has become too short. It checks nothing itself.

    ``entered`` gives both, and the fields are empty. Tell ``refused`` or ``cleared`` what came of
    it. While one has to wait, the sentence under the field counts down and Enter does nothing.
    """

    entered = Signal(str, str)

    def __init__(self, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = Field(_("Passphrase"), SecretEdit())
        self.fresh = Field(_("New passphrase"), SecretEdit())
        self.fresh.hide()
        self.button = Button(button, "primary", key=_("Enter"))
        self._right = ""  # that was right, while a longer one is being chosen
        self._wait_s = 0
        self._seconds = QTimer(self, interval=SECOND_MS)
        self._seconds.timeout.connect(self._count_down)
        self._lay_out()
        self.setFocusProxy(self.field.edit)
        self.button.clicked.connect(self.enter)
        for field in (self.field, self.fresh):
            edit = self._edit(field)
            edit.returnPressed.connect(self.enter)
            edit.textEdited.connect(lambda _text: self._edited())

    def enter(self) -> None:
        """Give what was typed."""
        if self._wait_s or not self.button.isEnabled():
            return
        if self.fresh.isVisibleTo(self):
            self._enter_both()
            return
        typed = self._edit(self.field).take()
        if not typed:
            self.field.fault(_("Type your passphrase."))
            return
        self._right = typed
        self._send(typed, "")

    def refused(self, trouble: CareError) -> None:
        """Say why it was not taken, and be ready for another."""
        self.button.setEnabled(True)
        if isinstance(trouble, NewOneWanted):
            self._ask_for_new(str(trouble))
            return
        if isinstance(trouble, BadSecret) and self.fresh.isVisibleTo(self):
            self.fresh.fault(str(trouble))
        else:
            self._forget()
            self.field.fault(str(trouble))
            if isinstance(trouble, TryLater):
                self._wait(trouble.wait_s)
        announce(self, str(trouble))
        self._go_on()

    def cleared(self) -> None:
        """Forget all that was typed and said."""
        self._forget()
        self._wait(0)
        self.field.fault()
        self.button.setEnabled(True)

    @property
    def waits(self) -> bool:
        """Whether nothing would be looked at just now."""
        return self._wait_s > 0

    def restyle(self) -> None:
        self._down.setSpacing(current_look().px(12))
        super().restyle()

    def _enter_both(self) -> None:
        new = self._edit(self.fresh).take()
        if new:
            self._send(self._right, new)
        else:
            self.fresh.fault(_("Type the new one here."))

    def _send(self, typed: str, new: str) -> None:
        self.field.fault()
        self.fresh.fault()
        self.button.setEnabled(False)  # until an answer comes
        self.entered.emit(typed, new)

    def _ask_for_new(self, sentence: str) -> None:
        self.field.hide()
        self.fresh.show()
        self.fresh.say(sentence)
        announce(self, sentence)
        self._go_on()

    def _forget(self) -> None:
        self._right = ""
        for field in (self.field, self.fresh):
            self._edit(field).take()
        self.fresh.fault()
        self.fresh.hide()
        self.field.show()

    def _go_on(self) -> None:
        shown = self.fresh if self.fresh.isVisibleTo(self) else self.field
        if self.isVisible():
            shown.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        if not self._wait_s and self.field.faulty:
            self.field.fault()

    def _wait(self, seconds: int) -> None:
        self._wait_s = seconds
        if seconds:
            self._seconds.start()
        else:
            self._seconds.stop()

    def _count_down(self) -> None:
        self._wait(self._wait_s - 1)
        if self._wait_s:
            self.field.fault(str(TryLater(self._wait_s)))
        else:
            self.field.say(_(N_("You can try again now.")))
            announce(self, _("You can try again now."))

    def _lay_out(self) -> None:
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addWidget(self.field)
        self._down.addWidget(self.fresh)
        last = QHBoxLayout()
        last.addWidget(self.button)
        last.addStretch(1)
        self._down.addLayout(last)
        self.restyle()

    @staticmethod
    def _edit(field: Field) -> SecretEdit:
        edit = field.edit
        assert isinstance(edit, SecretEdit)
        return edit
