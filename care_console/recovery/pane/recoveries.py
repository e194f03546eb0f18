"""All recoveries in the order of need, filtered, with the same panel beside them as on the Desk."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _, ngettext
from care_console.cards.rules import Group
from care_console.cards.rules.words import group_words
from care_console.kit import (
    Button,
    Choices,
    DayDelegate,
    DayRow,
    Label,
    ListView,
    Pane,
    Panel,
    current_look,
)
from care_console.promises.service import Moments
from care_console.recovery.pane.panel import RecoveryPane
from care_console.recovery.pane.words import row_sub, row_when
from care_console.recovery.rules import Filter, RecoveryRow, Show, Step, step_words
from care_console.recovery.service import Recoveries

SHOW_WORDS = {
    Show.OPEN: N_("Open"),
    Show.MINE: N_("Mine"),
    Show.LATE: N_("Late"),
    Show.UP: N_("Level up"),
    Show.UNDATED: N_("Undated"),
    Show.CLOSED: N_("Closed"),
}
NONE_WORDS = {
    Show.OPEN: N_("No recovery is open. Nobody is waiting to be put right."),
    Show.MINE: N_("None of them is yours just now."),
    Show.LATE: N_("None is late."),
    Show.UP: N_("None came back with a no."),
    Show.UNDATED: N_("Each has a day on which somebody asks."),
    Show.CLOSED: N_("None is closed yet."),
}


class RecoveriesPage(Pane):
    """The arrows walk the list and show each; Enter goes into its panel."""

    card_chosen = Signal(int)
    acted = Signal(object)  # an Act
    counted = Signal(int)  # how many are late, for the rail

    watches: ClassVar[frozenset[type]] = RecoveryPane.watches

    def __init__(
        self,
        recoveries: Recoveries,
        panel: RecoveryPane,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        """Take a ``panel`` of its own: the one of the Desk stays there."""
        super().__init__()
        self._recoveries, self.recovery = recoveries, panel
        self._command, self._clock, self._locale = command, clock, locale
        self._stale = True
        self._found: dict[int, RecoveryRow] = {}
        self.view = ListView(DayDelegate(), name=_("Recoveries"), uniform=True, type_ahead=False)
        shows = {show.value: _(words) for show, words in SHOW_WORDS.items()}
        self.shows = Choices(shows, name=_("Show:"), must=True)
        groups = {group.value: group_words(group) for group in Group}
        self.groups = Choices(groups, name=_("Only of"), bare=True)
        steps = {each.value: step_words(each) for each in Step}
        numbers = {each.value: str(number) for number, each in enumerate(Step, 1)}
        self.steps = Choices(steps, name=_("Waits for"), brief=numbers)
        self.shows.show_choice(Show.OPEN)
        self.open = Button(_("Open the card"), "plain", "person")
        self.hand = Button(_("Hand it to somebody else"), "plain", "swap", "H")
        self._moments = Moments(self._next_moment, clock, self.refresh)
        self.destroyed.connect(self._moments.stop)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the records as they are now, once the page is seen; one stays where one is."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.errands.look("list", self._look())
            self.recovery.refresh()

    def go_to(self, recovery_id: int) -> None:
        """Show this recovery, and in the list if it is there."""
        if not self.view.go_to(recovery_id):
            self.recovery.show_recovery(recovery_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while the page is shown."""
        return [(_("Enter"), _("go into it")), ("H", _("hand it over"))]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            free = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if free and event.key() == Qt.Key.Key_H:
                self.recovery.hand_over_whole()
                return True
        return super().eventFilter(watched, event)

    @property
    def wanted(self) -> Filter:
        """What the list shows."""
        step = self.steps.choice
        return Filter(
            show=Show(self.shows.choice or Show.OPEN),
            clerk_card_id=self._command().clerk.card_id,
            group=self.groups.choice,
            step=Step(step) if step else None,
        )

    async def _look(self) -> None:
        wanted = self.wanted
        rows = await self._recoveries.listing(wanted)
        self._found = {each.id: each for each in rows}
        self._moments.arm()
        self.view.rows.set_rows([self._row(each) for each in rows])
        self.view.set_empty(_(NONE_WORDS[wanted.show]))
        if rows and not self.view.currentIndex().isValid():
            self.view.go_to_first()
        words = ngettext("{count} recovery", "{count} recoveries", len(rows))
        self._list.trail.setText(words.format(count=len(rows)))
        if wanted == Filter(clerk_card_id=wanted.clerk_card_id):
            self.counted.emit(sum(each.late for each in rows))

    async def _next_moment(self) -> datetime | None:
        """Return when the next of those in the list becomes late."""
        now = self._clock()
        dues = (each.next_due_at for each in self._found.values() if each.closed_at is None)
        return min((at for at in dues if at is not None and at > now), default=None)

    def _row(self, row: RecoveryRow) -> DayRow:
        now = self._clock()
        title = _("{name}: {title}")
        return DayRow(
            id=row.id,
            icon="heart" if row.closed_at is None else "check",
            title=title.format(name=isolated(clean(row.name)), title=isolated(clean(row.title))),
            sub=row_sub(row, now, self._locale),
            when=row_when(row, now, self._locale),
            late=row.late,
            groups=(row.group,) if row.group else (),
        )

    def _walked(self, row: object) -> None:
        there = isinstance(row, DayRow) and isinstance(row.id, int)
        for button in (self.open, self.hand):
            button.setVisible(there)
        if isinstance(row, DayRow) and isinstance(row.id, int):
            self.recovery.show_recovery(row.id)
        else:
            self.recovery.show_recovery(None)

    def _open_card(self) -> None:
        if self.recovery.view is not None:
            self.card_chosen.emit(self.recovery.view.card_id)

    def _go_in(self) -> None:
        if self.recovery.view is not None:
            self.recovery.go_in()

    def _connect(self) -> None:
        for chips in (self.shows, self.groups, self.steps):
            chips.chosen.connect(lambda _value: self.refresh())
        self.view.moved.connect(self._walked)
        self.view.chosen.connect(lambda _row: self._go_in())
        self.view.installEventFilter(self)
        self.open.clicked.connect(self._open_card)
        self.hand.clicked.connect(self.recovery.hand_over_whole)
        self.recovery.card_chosen.connect(self.card_chosen)
        self.recovery.acted.connect(self.acted)
        self.recovery.errands.hindered.connect(self.errands.hindered)
        self.landing = self.view

    def _filters(self) -> QVBoxLayout:
        px = current_look().px
        top, below = QVBoxLayout(), QHBoxLayout()
        top.setContentsMargins(px(16), 0, px(16), 0)
        top.setSpacing(px(6))
        top.addWidget(self.shows)
        below.setSpacing(px(8))
        below.addWidget(self.groups)
        below.addStretch(1)
        below.addWidget(Label(_("Waits for step"), size=12, colour="text2"))
        below.addWidget(self.steps)
        top.addLayout(below)
        return top

    def _lay_out(self) -> None:
        px = current_look().px
        self._list = Panel(_("Recoveries"), "heart", flush=True)
        self._list.body.addLayout(self._filters())
        self._list.body.addWidget(self.view, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.recovery)
        beside = QHBoxLayout()
        for button in (self.open, self.hand):
            beside.addWidget(button)
            button.hide()
        beside.addStretch(1)
        column.addLayout(beside)
        column.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(px(10), px(10), px(10), px(10))
        across.setSpacing(px(10))
        across.addWidget(self._list, 2)
        across.addWidget(right, 3)
