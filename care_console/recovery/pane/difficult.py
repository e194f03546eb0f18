"""The hard minutes: an abusive call, somebody in danger, a colleague called without a sound."""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.names import isolated
from care_console.base.spell import DEFAULT_LOCALE, on_words
from care_console.base.words import N_, _
from care_console.kit import (
    Button,
    Field,
    FlowLayout,
    KeyHint,
    Label,
    LineEdit,
    Pane,
    Panel,
    announce,
)
from care_console.recovery.pane.script import NEXT_KEY
from care_console.recovery.pane.words import quoted
from care_console.recovery.records import WarningRecord
from care_console.recovery.rules import AbuseStep, AbuseView, Emergency
from care_console.recovery.rules.abuse import proposed_note
from care_console.recovery.service import Abuse, Playbooks

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CTRL = Qt.KeyboardModifier.ControlModifier
STAGES = {
    AbuseStep.FIRST: N_("First warning"),
    AbuseStep.SECOND: N_("Second and last warning"),
    AbuseStep.END: N_("You may end it now. The house is behind you"),
    AbuseStep.ENDED: N_("It is ended. The house is behind you"),
}
MAINS = {
    AbuseStep.FIRST: N_("I have said it"),
    AbuseStep.SECOND: N_("I have said it again"),
    AbuseStep.END: N_("End the call"),
    AbuseStep.ENDED: N_("Close"),
}

Doing = Coroutine[Any, Any, None]


class DifficultPane(Pane):
    """One card for either; it hides until it is asked for, and Esc sends it away again."""

    opened = Signal()
    left = Signal()
    ended = Signal(int)  # the contact whose call the clerk ended
    called = Signal(int)  # the card of the colleague who comes

    watches: ClassVar[frozenset[type]] = frozenset({WarningRecord})

    def __init__(
        self,
        abuse: Abuse,
        playbooks: Playbooks,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
        place: Callable[[], str] = str,
        country: Callable[[], str] = str,
    ) -> None:
        super().__init__()
        self._abuse, self._playbooks, self._command = abuse, playbooks, command
        self._clock, self._locale = clock, locale
        self._place, self._country = place, country  # of this desk, and of the house
        self._contact_id: int | None = None
        self.view: AbuseView | None = None
        """How far the abusive call has come, while it is shown."""
        self._turn, self._threat, self._emergency = 0, False, False
        self._make_parts()
        self._lay_out()
        self._connect()
        self.hide()

    def _make_parts(self) -> None:
        self.panel = Panel(" ", "shield")
        self.stage = Label(size=12, weight=600, colour="text2", wrap=True)
        self.say = Label(size=15, weight=500, wrap=True)
        self.tail = Label(size=12, colour="text2", wrap=True)
        self.note = LineEdit()
        self.note_field = Field(_("On the card, until it expires"), self.note)
        self.main = Button("", "primary", key="Ctrl ↵")
        self.threat = Button(_("They threaten: end it now"), "danger")
        self.colleague = Button(_("Call a colleague, silently"), "plain", "people")
        self.back = Button(_("Back"), "quiet", key="Esc")
        self.key = KeyHint(NEXT_KEY)

    def show_abuse(self, contact_id: int) -> None:
        """Show what to say to an abusive caller, how far it has come, and take the keyboard."""
        self._contact_id, self._turn, self._threat, self._emergency = contact_id, 0, False, False
        self.errands.look("look", self._look(contact_id, first=True))

    def show_emergency(
        self, group: str, language: str = "en", contact_id: int | None = None
    ) -> None:
        """Show what to say and do at once when somebody is in danger."""
        self._contact_id, self._emergency, self.view = contact_id, True, None
        self.errands.look("look", self._look_up(group, language))

    def call_colleague(self, contact_id: int | None = None) -> None:
        """Call somebody to the desk without a sound; it shows in their day."""
        self.errands.do("call", self._call(contact_id))

    def next_wording(self) -> None:
        """Say it in other words."""
        if self.view is not None:
            self._turn += 1
            self.refresh()

    def refresh(self) -> None:
        """Show the records as they are now."""
        if self.isVisible() and not self._emergency and self._contact_id is not None:
            self.errands.look("look", self._look(self._contact_id))

    def shut(self) -> None:
        """Go away; nothing that was done is undone."""
        self.view, self._emergency = None, False
        self.hide()
        self.left.emit()

    def finish(self) -> None:
        """Do what the large button says."""
        view, contact_id = self.view, self._contact_id
        if view is None or contact_id is None or view.next is AbuseStep.ENDED:
            self.shut()
        elif self._threat or view.next is AbuseStep.END:
            self.errands.do("act", self._end(contact_id))
        else:
            self.errands.do("act", self._warn(contact_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does what stands on the large button, Esc goes away."""
        if event.key() in ENTER and event.modifiers() & CTRL:
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    async def _look(self, contact_id: int, *, first: bool = False) -> None:
        view = await self._abuse.view(contact_id, self._command().clerk, self._turn)
        if contact_id != self._contact_id or self._emergency:
            return
        moved = self.view is None or self.view.next is not view.next
        self.view = view
        if moved:
            self.note.setText(view.note)
        self._show_abuse(view)
        if first:
            self.main.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if moved and view.words is not None:
            announce(self, view.words.say)

    async def _look_up(self, group: str, language: str) -> None:
        playbook = await self._playbooks.in_force(group, language)
        if self._emergency:
            emergency = playbook.emergency.there(self._country())
            self._show_emergency(emergency)
            self.back.setFocus(Qt.FocusReason.ShortcutFocusReason)
            announce(self, emergency.title, at_once=True)

    @property
    def _said(self) -> str:
        """The key of the words that are on the screen, or ""."""
        words = None if self.view is None or self._threat else self.view.words
        return "" if words is None else words.key

    async def _warn(self, contact_id: int) -> None:
        await self._abuse.warn(self._command(), contact_id, wording=self._said)
        self._turn = 0
        await self._look(contact_id)

    async def _end(self, contact_id: int) -> None:
        try:
            await self._abuse.end(
                self._command(),
                contact_id,
                note=self.note.text(),
                threat=self._threat,
                wording=self._said,
            )
        except CareError as hindrance:
            self.note_field.fault(str(hindrance))
            return
        self._threat = False
        self.ended.emit(contact_id)
        await self._look(contact_id)

    async def _call(self, contact_id: int | None) -> None:
        place, command = self._place(), self._command()
        self.called.emit(await self._abuse.call_colleague(command, contact_id, place=place))
        self.colleague.setText(_("A colleague is called"))
        self.colleague.setEnabled(False)

    def _threaten(self) -> None:
        """A threat ends it at once: the note says so, and one key is left to press."""
        if self.view is not None:
            self._threat = True
            today = self._clock().astimezone().date()
            self.note.setText(proposed_note(today, 0, threat=True, locale=self._locale))
            self._show_abuse(self.view)
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_abuse(self, view: AbuseView) -> None:
        stage = AbuseStep.END if self._threat else view.next
        self._title(_("An abusive call"), _(STAGES[stage]))
        words = None if self._threat else view.words
        self._words("" if words is None else quoted(words.say), words.tail if words else "")
        self.key.setVisible(words is not None)
        ends = stage is AbuseStep.END
        self.note_field.setVisible(ends)
        if ends:
            self._tell_until(view)
        self.main.setText(_(MAINS[stage]))
        self.main.set_kind("danger" if ends else "primary")
        self.main.show()
        self.threat.setVisible(not self._threat and stage not in (AbuseStep.END, AbuseStep.ENDED))
        self._ready_to_call()

    def _tell_until(self, view: AbuseView) -> None:
        """Say for how long the note stands; an empty one is none."""
        now = self._clock()
        ends = now + (view.note_until - now.astimezone().date())
        words = _("It stands there until {day}. Leave it empty for none.")
        self.note_field.say(words.format(day=isolated(on_words(ends, now, self._locale))))

    def _show_emergency(self, emergency: Emergency) -> None:
        self._title(_("Danger first"), emergency.title)
        self._words("\n".join(quoted(each) for each in emergency.say), _numbered(emergency.steps))
        for part in (self.key, self.note_field, self.main, self.threat):
            part.hide()
        self._ready_to_call()

    def _title(self, title: str, stage: str) -> None:
        self.panel.title.setText(title)
        self.panel.setAccessibleName(title)
        self.stage.setText(stage)
        self.stage.set_colour("bad" if self._emergency else "text2")
        self.show()
        self.opened.emit()

    def _words(self, say: str, tail: str) -> None:
        for label, words in ((self.say, say), (self.tail, tail)):
            label.setText(words)
            label.setVisible(bool(words))

    def _ready_to_call(self) -> None:
        self.colleague.setText(_("Call a colleague, silently"))
        self.colleague.setEnabled(True)

    def _connect(self) -> None:
        self.main.clicked.connect(self.finish)
        self.threat.clicked.connect(self._threaten)
        self.colleague.clicked.connect(lambda: self.call_colleague(self._contact_id))
        self.back.clicked.connect(self.shut)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.main, self.threat, self.colleague, self.back):
            flow.addWidget(button)
        self.panel.head.addWidget(self.key)
        parts: tuple[QWidget, ...] = (self.stage, self.say, self.tail, self.note_field, buttons)
        for part in parts:
            self.panel.body.addWidget(part)
        self.panel.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)


def _numbered(steps: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))
