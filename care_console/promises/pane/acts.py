"""What can be done with a duty where it stands, and taken back."""

from collections.abc import Callable, Coroutine
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.names import clean
from care_console.base.spell import at_words
from care_console.base.words import _
from care_console.kit import Act, Errands, announce
from care_console.promises.pane.hand_over import HandOverBox
from care_console.promises.pane.move import MoveBox
from care_console.promises.rules import Act as What
from care_console.promises.rules import AskedElsewhere, Duty, Heir, check_here
from care_console.promises.service import Duties

Undo = Callable[[], Coroutine[None, None, None]]


class DutyActs(QWidget):
    """Ticks off at once; asks to when or to whom in a box that stands here while it is wanted.

    What is kept in a room above is ``elsewhere``: that room is opened instead.
    """

    acted = Signal(object)  # Act
    elsewhere = Signal(object)  # the Duty whose room is to be opened
    recovery_wanted = Signal(object)  # for a Duty that was broken
    left = Signal()  # the box is closed: the keyboard goes back to the list
    opened = Signal()  # a box asks, or is closed: there is another height

    def __init__(
        self, duties: Duties, clock: Clock, command: Callable[[], Command], locale: str
    ) -> None:
        super().__init__()
        self.errands = Errands(self)
        self._duties, self._clock = duties, clock
        self._command, self._locale = command, locale
        self.moving, self.handing = MoveBox(clock, locale), HandOverBox()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        for box in (self.moving, self.handing):
            down.addWidget(box)
            box.hide()
            box.left.connect(self.close_box)
        self.hide()
        self.moving.wanted.connect(self._move)
        self.handing.wanted.connect(self._hand_over)

    @property
    def asks(self) -> bool:
        """Whether a box is open."""
        return not self.isHidden()

    def press(self, key: Qt.Key, duty: Duty | None) -> bool:
        """Do what Space, M, H or R does with a duty; return whether it was one of these keys."""
        keys: dict[Qt.Key, Callable[[Duty], None]] = {
            Qt.Key.Key_Space: self.tick,
            Qt.Key.Key_M: self.ask_when,
            Qt.Key.Key_H: self.ask_to_whom,
            Qt.Key.Key_R: self.put_right,
        }
        do = keys.get(key)
        if do is not None and duty is not None:
            do(duty)
        return do is not None

    def tick(self, duty: Duty) -> None:
        """Keep that it is done, or that it is not done after all."""
        if not self._here(What.SETTLE, duty):
            return
        if duty.open:
            self.errands.do(f"done {duty.id}", self._done(duty))
        else:
            self.errands.do(f"undo {duty.id}", self._undo(duty))

    def ask_when(self, duty: Duty) -> None:
        """Ask to when it is moved."""
        if duty.open and self._here(What.MOVE, duty):
            self._open(self.moving)
            self.moving.ask(duty)

    def ask_to_whom(self, duty: Duty) -> None:
        """Ask to whom it is handed over."""
        if duty.open and self._here(What.HAND_OVER, duty):
            self.errands.look("heirs", self._ask_to_whom(duty))

    def put_right(self, duty: Duty) -> None:
        """Want a recovery for a promise that was broken, or open the one that was begun."""
        if duty.recovery_id is not None:
            self.elsewhere.emit(duty)
        elif duty.broken(self._clock()):
            self.recovery_wanted.emit(duty)
        else:
            self.errands.hindered.emit(
                _("A recovery begins here only for a promise to a customer that was broken.")
            )

    def close_box(self) -> None:
        """Close the box; nothing is changed."""
        if self.asks:
            self._open(None)
            self.left.emit()

    def _open(self, wanted: QWidget | None) -> None:
        self.moving.setVisible(wanted is self.moving)
        self.handing.setVisible(wanted is self.handing)
        self.setVisible(wanted is not None)
        self.opened.emit()

    def _here(self, what: What, duty: Duty) -> bool:
        try:
            check_here(what, duty.kind, duty.about)
        except AskedElsewhere as hindrance:
            announce(self, str(hindrance))
            self.elsewhere.emit(duty)
            return False
        return True

    async def _ask_to_whom(self, duty: Duty) -> None:
        heirs = await self._duties.heirs()
        self._open(self.handing)
        self.handing.ask(duty, heirs)

    async def _done(self, duty: Duty) -> None:
        await self._duties.done(self._command(), duty.id)

        async def undo() -> None:
            await self._duties.undo(self._command(), duty.id)

        self._did(_("Done: {what}"), duty, undo)

    async def _undo(self, duty: Duty) -> None:
        await self._duties.undo(self._command(), duty.id)

        async def again() -> None:
            await self._duties.done(self._command(), duty.id)

        self._did(_("Not done after all: {what}"), duty, again)

    def _move(self, duty: Duty, due_at: datetime, why: str) -> None:
        self.errands.do("move", self._moved(duty, due_at, why))

    async def _moved(self, duty: Duty, due_at: datetime, why: str) -> None:
        try:
            before = await self._duties.move(self._command(), duty.id, due_at, why)
        except CareError as hindrance:
            self.moving.refuse(str(hindrance))
            return
        self.close_box()

        async def undo() -> None:
            await self._duties.move_back(self._command(), duty.id, due_at, before)

        when = at_words(due_at, self._clock(), self._locale)
        self._did(_("Moved to {when}: {what}"), duty, undo, when=when)

    def _hand_over(self, duty: Duty, heir: Heir) -> None:
        self.errands.do("hand over", self._handed_over(duty, heir))

    async def _handed_over(self, duty: Duty, heir: Heir) -> None:
        owner, department = heir.whose
        before = await self._duties.hand_over(
            self._command(), duty.id, owner_card_id=owner, department_id=department
        )
        self.close_box()

        async def undo() -> None:
            owner, department = before.whose
            await self._duties.hand_over(
                self._command(), duty.id, owner_card_id=owner, department_id=department
            )

        self._did(_("Handed over to {name}: {what}"), duty, undo, name=clean(heir.name))

    def _did(self, words: str, duty: Duty, undo: Undo, **values: str) -> None:
        said = words.format(what=clean(duty.title), **values)
        self.acted.emit(Act(said, undo))
