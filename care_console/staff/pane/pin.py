"""A colleague's name and PIN, asked for in the place where something is to be confirmed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit import Label, Themed, announce, current_look
from care_console.staff.pane.secret_edit import Person, PersonEdit, SecretEdit
from care_console.staff.rules.secrets import PIN_DIGITS, TryLater

PIN_WIDTH = 84


class PinField(Themed, QWidget):
    """Two fields beside each other. ``given`` comes on Enter with six digits, which are then gone.

    It checks nothing: whoever hears of it asks the service and tells ``fault`` what came of it.
    """

    given = Signal(int, str)  # a clerk's card, and the PIN
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.who = PersonEdit(name=_("Who decides"))
        self.pin = SecretEdit(_("PIN"), name=_("PIN, six digits"), digits=PIN_DIGITS)
        self.trouble = Label(size=12, weight=500, colour="bad", wrap=True)
        self.trouble.hide()
        self.setFocusProxy(self.pin)
        self._across = QHBoxLayout()
        self._across.addWidget(self.who, 1)
        self._across.addWidget(self.pin)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addLayout(self._across)
        self._down.addWidget(self.trouble)
        self.who.returnPressed.connect(lambda: self.pin.setFocus(Qt.FocusReason.OtherFocusReason))
        self.pin.returnPressed.connect(self.submit)
        self.who.changed.connect(self.edited)
        self.pin.textEdited.connect(self._edited)
        self.restyle()

    def offer(self, people: Sequence[Person]) -> None:
        """Say who may decide, the likeliest first: card ids and names."""
        self.who.set_people(people)

    def person(self) -> int | None:
        """Return the card of who decides, or None while nobody is chosen."""
        return self.who.person()

    @property
    def ready(self) -> bool:
        """Whether a colleague and six digits stand there."""
        return self.who.person() is not None and len(self.pin.text()) == PIN_DIGITS

    def submit(self) -> None:
        """Give name and PIN, or say which of them is missing."""
        card_id = self.who.person()
        if card_id is None:
            self.fault(_("Choose a colleague who may decide this."))
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        elif len(self.pin.text()) != PIN_DIGITS:
            self.fault(_("A PIN has six digits."))
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.fault("")
            self.given.emit(card_id, self.pin.take())

    def fault(self, sentence: str | CareError) -> None:
        """Say why it was not taken, or with "" that nothing is wrong."""
        words = str(sentence)
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.pin.set_bad(bool(words) and not isinstance(sentence, TryLater))
        self.pin.setAccessibleDescription(words)
        if words:
            announce(self, words)

    def clear(self) -> None:
        """Forget what was typed and what was said about it; the likeliest stands there again."""
        self.who.begin()
        self.pin.take()
        self.fault("")

    def restyle(self) -> None:
        px = current_look().px
        self._across.setSpacing(px(8))
        self._down.setSpacing(px(4))
        self.pin.setFixedWidth(px(PIN_WIDTH))
        super().restyle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pin.take()

    def _edited(self, _text: str) -> None:
        if self.trouble.isVisible():
            self.fault("")
        self.edited.emit()
