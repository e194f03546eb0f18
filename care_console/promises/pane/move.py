"""To when something is moved, and why."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.names import clean
from care_console.base.spell import at_words
from care_console.base.words import _
from care_console.kit import (
    Button,
    ElidingLabel,
    Field,
    FlowLayout,
    LineEdit,
    Surface,
    check,
    current_look,
)
from care_console.promises.rules import LONGEST_WHY, Duty, NotAMoment, read_when

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MoveBox(Surface):
    """Reads ``today 4pm``, ``Fri`` or ``+2h`` while it is typed, and says what it means.

    Enter moves it, or goes on to the reason where one is owed; Esc leaves all as it was.
    """

    wanted = Signal(object, object, str)  # the duty, the moment, and why
    left = Signal()

    def __init__(self, clock: Clock, locale: str) -> None:
        super().__init__("sunken")
        self._clock, self._locale = clock, locale
        self._duty: Duty | None = None
        self.title = ElidingLabel(weight=600)
        self.when = LineEdit(_("today 4pm, Fri, +2h, tomorrow 9"))
        self.why = LineEdit()
        self.why.setMaxLength(LONGEST_WHY)
        self._when = Field(_("To when?"), self.when)
        self._why = Field(_("Why?"), self.why)
        self._why.name.setWordWrap(True)  # a name stands in it
        self.move_it = Button(_("Move it"), "primary", key=_("Enter"))
        self.back = Button(_("Leave it"), "quiet", key=_("Esc"))
        self._lay_out()
        self.when.textEdited.connect(lambda _text: self._say())
        self.why.textEdited.connect(lambda _text: self._why.fault())
        self.move_it.clicked.connect(self._submit)
        self.back.clicked.connect(self.left)
        for each in (self.when, self.why, self.move_it, self.back):
            each.installEventFilter(self)

    def ask(self, duty: Duty) -> None:
        """Ask for a duty, and take the keyboard."""
        self._duty = duty
        self.title.setText(_("Move: {what}").format(what=clean(duty.title)))
        for edit in (self.when, self.why):
            edit.clear()
        self._when.fault()
        self._why.fault()
        name = clean(duty.card)
        waits = _("Why? {name} waits for it").format(name=name) if name else _("Why?")
        self._why.name.setText(waits if duty.wants_why else _("Why? (may stay empty)"))
        self.why.setAccessibleName(self._why.name.text())
        self.when.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, sentence: str) -> None:
        """Say why it was not moved. What was typed stays."""
        self._when.fault(sentence)
        self.when.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if event.key() in ENTER and watched in (self.when, self.why):
            self._entered(watched is self.when)
            return True
        return super().eventFilter(watched, event)

    def restyle(self) -> None:
        px = current_look().px
        self._down.setContentsMargins(px(12), px(10), px(12), px(10))
        self._down.setSpacing(px(8))
        super().restyle()

    def _entered(self, in_when: bool) -> None:
        wants_why = self._duty is not None and self._duty.wants_why
        if in_when and wants_why and not self.why.text().strip():
            if check((self._when, self._when_fault)):
                self._say()
                self.why.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._submit()

    def _submit(self) -> None:
        if self._duty is None:
            return
        if check((self._when, self._when_fault), (self._why, self._why_fault)):
            self._say()
            self.wanted.emit(self._duty, self._read(), self.why.text().strip())

    def _say(self) -> None:
        """Say what is typed as it is understood; what is not yet a moment is no fault."""
        try:
            words = _("That is {when}.").format(when=self._words(self._read()))
        except NotAMoment as hindrance:
            words = str(hindrance) if self.when.text().strip() else ""
        self._when.say(words)

    def _read(self) -> datetime:
        return read_when(self.when.text(), self._clock(), self._locale)

    def _words(self, at: datetime) -> str:
        return at_words(at, self._clock(), self._locale)

    def _when_fault(self) -> str:
        return _sentence(self._read)

    def _why_fault(self) -> str:
        owed = self._duty is not None and self._duty.wants_why
        missing = owed and not self.why.text().strip()
        return _("Say in a few words why: a customer waits for it.") if missing else ""

    def _lay_out(self) -> None:
        self._down = QVBoxLayout(self)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.move_it, self.back):
            flow.addWidget(button)
        for part in (self.title, self._when, self._why, buttons):
            self._down.addWidget(part)
        self.restyle()


def _sentence(read: Callable[[], datetime]) -> str:
    try:
        read()
    except NotAMoment as hindrance:
        return str(hindrance)
    return ""
