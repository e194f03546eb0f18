"""My day as a page: the list at the left, one duty in full at the right."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import _, ngettext
from care_console.cards.records import CardRecord
from care_console.journal.rules import Words
from care_console.kit import (
    Chip,
    DayDelegate,
    DayRow,
    ListView,
    Pane,
    Panel,
    Row,
    Themed,
    current_look,
)
from care_console.promises.pane.detail import DutyDetail
from care_console.promises.pane.rows import day_rows, done_rows, keys, show_first_head
from care_console.promises.records import DutyRecord
from care_console.promises.rules import Duty, to_go
from care_console.promises.rules.duty import ON_THE_CARD
from care_console.promises.service import Duties

LIST_WIDTH = 400  # px


class MyDayPage(Themed, Pane):
    """↑↓ walk through the day, Enter opens, Space ticks off, M moves, H hands over."""

    watches: ClassVar[frozenset[type]] = frozenset({DutyRecord, CardRecord})

    card_chosen = Signal(int)
    about_chosen = Signal(str, int)  # what a duty hangs on in a room above
    recovery_wanted = Signal(object)  # for a Duty that was broken
    acted = Signal(object)  # Act

    def __init__(
        self,
        duties: Duties,
        words: Words,
        clock: Clock,
        command: Callable[[], Command],
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._duties, self._clock = duties, clock
        self._command, self._locale = command, locale
        self._everyones = self._stale = False
        self._known: dict[int, Duty] = {}
        self._wanted: int | None = None  # to be shown once it is read
        self.list = ListView(DayDelegate(), name=_("My day"), type_ahead=False)
        self.list.set_empty(_("Nothing is owed today, and nobody waits for your word."))
        self.detail = DutyDetail(duties, words, clock, command, locale)
        self.mine, self.everyones = Chip(_("Mine")), Chip(_("Everyone's"))
        self._lay_out()
        self._connect()
        self._press()

    def refresh(self) -> None:
        """Show the records as they are now, once the page is seen; one stays where one is."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.errands.look("refresh", self._look())

    def show_duty(self, duty_id: int) -> None:
        """Go to one duty, and take the keyboard."""
        self._wanted = duty_id
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.errands.look("refresh", self._look())

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while the page is shown."""
        return keys()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            free = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if free and self.detail.acts.press(Qt.Key(event.key()), self.detail.duty):
                return True
        return super().eventFilter(watched, event)

    async def _look(self) -> None:
        clerk = self._command().clerk
        self.panel.busy(True)
        try:
            read = self._duties.everyones if self._everyones else self._duties.mine
            owed, done = await read(clerk), await self._duties.done_today(clerk)
        finally:
            self.panel.busy(False)
        self._known = {each.id: each for each in (*owed, *done)}
        self._show(owed, done)

    def _show(self, owed: Sequence[Duty], done: Sequence[Duty]) -> None:
        now, own = self._clock(), self._command().clerk.card_id
        rows = day_rows(owed, now, self._locale, own)
        self.list.rows.set_rows([*rows, *done_rows(done, now, self._locale, own)])
        wanted, self._wanted = self._wanted, None
        if not (wanted is not None and self.list.go_to(wanted)) and self._duty() is None:
            self.list.go_to_first()
        self.detail.show_duty(self._duty())
        left = to_go(owed, now)
        words = ngettext("{count} to go", "{count} to go", left).format(count=left)
        self.panel.trail.setText(words if left else "")

    def _duty(self) -> Duty | None:
        row = self.list.row()
        return self._known.get(row.id) if row is not None and isinstance(row.id, int) else None

    def _walked(self, row: Row | None) -> None:
        show_first_head(self.list, row)
        self.detail.show_duty(self._duty())

    def _choose(self, _row: DayRow) -> None:
        if (duty := self._duty()) is not None:
            self._open(duty)

    def _open(self, duty: Duty) -> None:
        """Open what it hangs on, else whom it is for; else there is only ticking it off."""
        if duty.about and duty.about not in ON_THE_CARD:
            self.about_chosen.emit(duty.about, duty.about_id)
        elif duty.card_id is not None:
            self.card_chosen.emit(duty.card_id)
        else:
            self.detail.tick.setFocus(Qt.FocusReason.OtherFocusReason)

    def _of(self, everyones: bool) -> None:
        self._everyones = everyones
        self._press()
        self.refresh()

    def _press(self) -> None:
        self.mine.setChecked(not self._everyones)
        self.everyones.setChecked(self._everyones)

    def _connect(self) -> None:
        self.mine.clicked.connect(lambda: self._of(False))
        self.everyones.clicked.connect(lambda: self._of(True))
        self.list.moved.connect(self._walked)
        self.list.chosen.connect(self._choose)
        self.list.installEventFilter(self)
        self.detail.opened.connect(self._open)
        self.detail.card_chosen.connect(self.card_chosen)
        acts = self.detail.acts
        acts.acted.connect(self.acted)
        acts.elsewhere.connect(self._open)
        acts.recovery_wanted.connect(self.recovery_wanted)
        acts.left.connect(self.list.setFocus)
        acts.errands.hindered.connect(self.errands.hindered)
        self.detail.came_about.errands.hindered.connect(self.errands.hindered)

    def restyle(self) -> None:
        px = current_look().px
        self.panel.setFixedWidth(px(LIST_WIDTH))
        self._across.setContentsMargins(px(10), px(10), px(10), px(10))
        self._across.setSpacing(px(10))
        super().restyle()

    def _lay_out(self) -> None:
        self.panel = Panel(_("My day"), "day", flush=True)
        for chip in (self.mine, self.everyones):
            self.panel.head.addWidget(chip)
        self.panel.body.addWidget(self.list)
        self._across = QHBoxLayout(self)
        self._across.addWidget(self.panel)
        self._across.addWidget(self.detail, 1)
        self.landing = self.list
        self.restyle()
