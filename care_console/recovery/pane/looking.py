"""One recovery as it stands, with the words for the step in front; what is done stands above."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Signal

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.calls.records import MatterRecord
from care_console.cards.records import CardRecord
from care_console.cards.service import Search
from care_console.kit import Pane, announce
from care_console.promises.records import DutyRecord
from care_console.promises.service import Moments
from care_console.recovery.pane.acting import Acting
from care_console.recovery.pane.face import Face
from care_console.recovery.pane.hand import HandBox
from care_console.recovery.pane.speaking import Speaking
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.recovery.rules import (
    RecoveryView,
    Shown,
    Step,
    WordingView,
)
from care_console.recovery.rules.aloud import aloud, said_amount, said_thing
from care_console.recovery.rules.playbook import locale_for
from care_console.recovery.service import Recoveries
from care_console.staff.records import ClerkRecord
from care_console.staff.service import Staff

Amount = tuple[int, str] | str  # minor units and their currency, or what a thing is called


class Looking(Pane):
    """Reads the recovery of a customer, or one of the list, and shows it; without one it hides."""

    shown = Signal(object)  # the recovery's id, or None where there is none

    watches: ClassVar[frozenset[type]] = frozenset(
        {RecoveryRecord, StepRecord, CardRecord, ClerkRecord, DutyRecord, MatterRecord}
    )

    def __init__(
        self,
        recoveries: Recoveries,
        staff: Staff,
        search: Search,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
        *,
        key: str = "F7",
    ) -> None:
        super().__init__()
        self._recoveries, self._command = recoveries, command
        self._clock, self._locale = clock, locale
        self._acting = Acting(recoveries, command, clock, locale)
        self._card_id: int | None = None
        self._recovery_id: int | None = None
        self._open_ids: list[int] = []  # of the customer, in the order in which they are shown
        self._first_id: int | None = None  # that was just begun here
        self._goes_in = False  # with the keyboard, once the next one is read
        self.view: RecoveryView | None = None
        """What is shown, once it is read."""
        self._chosen: Step | None = None  # None: the one that waits
        self._speaking, self._compact = Speaking(), False
        self.face = Face(HandBox(staff, search, clock, locale), key)
        self.face.lay_into(self)
        self._moments = Moments(self._next_moment, clock, self.refresh)
        self.destroyed.connect(self._moments.stop)
        self._connect()
        self.hide()

    def _connect(self) -> None:
        """Connect what the parts ask for; here nothing is done but to look."""

    @property
    def recovery_id(self) -> int | None:
        """Which recovery is shown."""
        return self._recovery_id

    @property
    def step(self) -> Step:
        """Which step is in front."""
        waiting = self.view.next if self.view is not None else None
        return self._chosen or waiting or Step.FOLLOW_UP

    @property
    def words(self) -> WordingView | None:
        """What is to be said now, whether it is on the screen or not."""
        if self.view is None:
            return None
        return self._speaking.words(self.view, self.step)

    def show_card(self, card_id: int | None) -> None:
        """Show the open recovery of a customer, if there is one."""
        if card_id != self._card_id or card_id is None:
            self._card_id = card_id
            self._turn_to(None)
        self.refresh()

    def show_recovery(self, recovery_id: int | None) -> None:
        """Show this one, open or closed; it may be none."""
        self._card_id = None
        if recovery_id != self._recovery_id:
            self._turn_to(recovery_id)
        self.refresh()

    def refresh(self) -> None:
        """Show the records as they are now; what is being typed stays."""
        if self._card_id is not None:
            self.errands.look("look", self._look_for(self._card_id))
        elif self._recovery_id is not None:
            self.errands.look("look", self._look(self._recovery_id))

    @property
    def place(self) -> tuple[int, int]:
        """Which of the customer's open recoveries is shown, from 1 on, and of how many."""
        ids = self._open_ids if self._card_id is not None else []
        return (ids.index(self._recovery_id) + 1, len(ids)) if self._recovery_id in ids else (1, 1)

    def show_begun(self, recovery_id: int) -> None:
        """Show the recovery that was just begun, before the customer's others."""
        self._first_id = recovery_id
        self.refresh()

    def show_next(self) -> None:
        """Go on to the customer's next open recovery, and from the last to the first."""
        at, count = self.place
        if count > 1:
            self._turn_to(self._open_ids[at % count])
            self._goes_in = True
            self.refresh()

    def show_moment(
        self, name: str, amount: Amount | None = None, by: datetime | None = None
    ) -> None:
        """Say what is for a moment of its own, one of MOMENTS; "" goes back to the step.

        ``amount`` is what is given at this moment, ``by`` when the customer hears of the rest.
        """
        self._speaking.go_on()
        self._speaking.moment = name
        if self.view is not None:
            self._speaking.values = self._as_said(self.view, amount, by)
        self._show()

    def _as_said(
        self, view: RecoveryView, amount: Amount | None, by: datetime | None
    ) -> dict[str, str]:
        locale, said = locale_for(view.language, self._locale), {}
        if isinstance(amount, str):
            said["amount"] = said_thing(amount)
        elif amount is not None:
            said["amount"] = said_amount(*amount, locale)
        if by is not None:
            said["promise"] = aloud(by, self._clock(), view.script.playbook.when, locale)
        return said

    def set_compact(self, on: bool) -> None:
        """Do without what can be spared, where the window is short."""
        self._compact = on
        self.face.set_compact(on)
        self._show()

    def next_wording(self) -> None:
        """Say it in other words; where they are shown on a key, the first press shows them."""
        if self.view is None or self.view.shown is Shown.NEVER:
            return
        self._speaking.another(self.view)
        self._show()
        if (words := self.words) is not None:
            announce(self, words.say)

    def go_in(self) -> None:
        """Bring the keyboard to the step in front."""
        self.face.stepper.focus_current()

    @property
    def _said(self) -> str:
        """The key of the words that are on the screen for the step, or ""."""
        return "" if self.view is None else self._speaking.said(self.view, self.step)

    async def _look_for(self, card_id: int) -> None:
        clerk = self._command().clerk
        self._open_ids = ids = await self._recoveries.open_of(card_id, clerk)
        if card_id != self._card_id:
            return
        if self._first_id in ids:
            self._turn_to(self._first_id)
            self._first_id = None
        elif self._recovery_id not in ids:  # what one is at stays, whatever came since
            self._turn_to(ids[0] if ids else None)
        if self._recovery_id is not None:
            await self._look(self._recovery_id)

    async def _look(self, recovery_id: int) -> None:
        view = await self._recoveries.panel(recovery_id, self._command().clerk)
        if recovery_id != self._recovery_id:
            return
        first, self.view = self.view is None, view
        self._show()
        if self._goes_in:
            self._goes_in = False
            self.go_in()
        self._moments.arm()
        if first:
            self.shown.emit(recovery_id)
        rows = await self._recoveries.ripple(recovery_id) if not self._compact else []
        if recovery_id == self._recovery_id:
            self.face.ripple.show_rows(rows, view.called, self._clock(), self._locale)

    async def _next_moment(self) -> datetime | None:
        """Return when the next of its steps becomes late, as far as it is read."""
        at = self.view.changes_at if self.view is not None else None
        return at if at is not None and at > self._clock() else None

    def _turn_to(self, recovery_id: int | None) -> None:
        self._recovery_id, self.view, self._chosen = recovery_id, None, None
        self._moments.stop()
        self._speaking = Speaking()
        self.face.only(self.face.foot)
        self.face.ripple.close_up()
        self.face.ripple.hide()
        self.hide()
        if recovery_id is None:
            self.shown.emit(None)

    def _show(self) -> None:
        view, words = self.view, self.words
        if view is None or words is None:
            return
        self.face.show_view(view, self.step, self._clock(), self._locale)
        self.face.show_place(*self.place)
        self.face.show_script(view, words, self._speaking)
        self.show()

    def _choose(self, step: Step | None) -> None:
        """Show another step."""
        self._chosen = step
        self._speaking.go_on()
        self.face.only(self.face.foot)
        self._show()
