"""A colleague who calls somebody to the desk without a sound, and who comes."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from care_console.base.command import Command
from care_console.base.names import clean, isolated
from care_console.base.words import _, ngettext
from care_console.kit import Button, Notice, Pane, announce
from care_console.promises.records import DutyRecord
from care_console.recovery.rules import SilentCall
from care_console.recovery.service import Abuse

COMING_KEY = "Ctrl Shift F9"


class CalledPane(Pane):
    """One quiet line over every page, without a sound and without the keyboard; else it hides."""

    coming = Signal(str)  # that a colleague comes, to whoever called
    waits = Signal(bool)  # whether a call waits for an answer

    watches: ClassVar[frozenset[type]] = frozenset({DutyRecord})

    def __init__(self, abuse: Abuse, command: Callable[[], Command]) -> None:
        super().__init__()
        self._abuse, self._command = abuse, command
        self._call: SilentCall | None = None
        self._own: set[int] = set()  # own calls that nobody answered yet
        self.answer = Button(_("I am coming"), "primary", key=COMING_KEY)
        self.notice = Notice("warn", icon="people", trailing=self.answer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.notice)
        self.answer.clicked.connect(self.come)
        self.hide()

    @property
    def call(self) -> SilentCall | None:
        """The call that waits longest for this clerk's answer."""
        return self._call

    def refresh(self) -> None:
        """Show whether somebody calls this clerk now."""
        self.errands.look("look", self._look())

    def forget(self) -> None:
        """Another clerk sits here: show nothing of what was for the one before."""
        self._own = set()
        self._show([])
        self.refresh()

    def come(self) -> None:
        """Answer that one comes."""
        if self._call is not None:
            self.errands.do("come", self._abuse.coming(self._command(), self._call.duty_id))

    async def _look(self) -> None:
        clerk = self._command().clerk
        calls = await self._abuse.calls(clerk)
        if clerk != self._command().clerk:
            return
        own = {each.duty_id: each for each in calls if each.by_card_id == clerk.card_id}
        for duty_id in self._own & own.keys():
            if own[duty_id].coming:
                words = _("{name} is coming.").format(name=isolated(clean(own[duty_id].coming)))
                self.coming.emit(words)
        self._own = {duty_id for duty_id, each in own.items() if not each.coming}
        self._show([each for each in calls if each.to_card_id == clerk.card_id and not each.coming])

    def _show(self, calls: list[SilentCall]) -> None:
        before, self._call = self._call, calls[0] if calls else None
        self.setVisible(self._call is not None)
        if self._call is not None:
            others = len(calls) - 1
            more = ngettext("{count} other calls, too.", "{count} others call, too.", others)
            self.notice.tell(self._call.words, sub=more.format(count=others) if others else "")
            if self._call != before:
                announce(self, self._call.words)
        if (before is None) != (self._call is None):
            self.waits.emit(self._call is not None)
