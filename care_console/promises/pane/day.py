"""My day at the left of the Desk: what is owed, late first, and below it what else waits."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import _, ngettext
from care_console.cards.records import CardRecord
from care_console.kit import DayDelegate, DayRow, ListView, Pane, Panel, Row, Themed, current_look
from care_console.promises.pane.acts import DutyActs
from care_console.promises.pane.rows import day_rows, keys, marked, show_first_head
from care_console.promises.records import DutyRecord
from care_console.promises.rules import Duty, to_go
from care_console.promises.rules.duty import ON_THE_CARD
from care_console.promises.service import Duties

SHARE = 0.6  # of the column's height, at most, where something stands below
LEAST_LIST = 56  # px: one row, or the sentence that there is none
GAP = 10  # px


class MyDayPane(Themed, Pane):
    """Enter opens what a duty is about, Space ticks it off, M moves it, H hands it over."""

    watches: ClassVar[frozenset[type]] = frozenset({DutyRecord, CardRecord})

    card_chosen = Signal(int)
    about_chosen = Signal(str, int)  # what a duty hangs on in a room above
    duty_chosen = Signal(int)  # of one that is about nobody: it stands on the page
    recovery_wanted = Signal(object)  # for a Duty that was broken
    acted = Signal(object)  # Act
    counted = Signal(int, bool)  # how many are still to go today, and whether one is late

    def __init__(
        self,
        duties: Duties,
        clock: Clock,
        command: Callable[[], Command],
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._duties, self._clock = duties, clock
        self._command, self._locale = command, locale
        self._owed: dict[int, Duty] = {}
        self._rows: list[Row] = []
        self._current: int | None = None
        self._below: QWidget | None = None
        self.list = ListView(DayDelegate(), name=_("My day"), type_ahead=False)
        self.list.set_empty(_("Nothing is owed today, and nobody waits for your word."))
        self.acts = DutyActs(duties, clock, command, locale)
        self.panel = Panel(_("My day"), "day", "F5", flush=True)
        self.panel.body.addWidget(self.list, 1)
        self.panel.body.addWidget(self.acts)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self.panel, 3)
        self.setFocusProxy(self.list)
        self._connect()
        self.restyle()

    def refresh(self) -> None:
        """Show the records as they are now."""
        self.errands.look("refresh", self._look())

    def add_below(self, widget: QWidget) -> None:
        """Let ``widget`` stand below, with all the height that the day leaves."""
        self._below = widget
        self._whole.addWidget(widget, 2)
        self._fit()

    def set_current(self, card_id: int | None) -> None:
        """Mark what is about the person on the telephone."""
        if card_id != self._current:
            self._current = card_id
            rows = [marked(row, self._owed, card_id) for row in self._rows]
            if rows != self._rows:
                self._set_rows(rows)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while the focus is here."""
        return keys()

    def restyle(self) -> None:
        self._whole.setSpacing(current_look().px(GAP))
        super().restyle()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            free = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if free and self._pressed(Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Down and self._below is not None and self._at_the_end():
            self._below.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return self.acts.press(key, self._duty(self.list.row()))

    def _at_the_end(self) -> bool:
        return self.list.currentIndex().row() >= self.list.rows.rowCount() - 1

    async def _look(self) -> None:
        self.panel.busy(True)
        try:
            owed = await self._duties.mine(self._command().clerk)
        finally:
            self.panel.busy(False)
        self._owed = {each.id: each for each in owed}
        self._show()

    def _show(self) -> None:
        owed, now = list(self._owed.values()), self._clock()
        own = self._command().clerk.card_id
        self._set_rows(day_rows(owed, now, self._locale, own, self._current))
        left = to_go(owed, now)
        words = ngettext("{count} to go", "{count} to go", left).format(count=left)
        self.panel.trail.setText(words if left else "")
        self.counted.emit(left, any(each.late(now) for each in owed))

    def _set_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self.list.rows.set_rows(rows)
        self._fit()
        show_first_head(self.list, self.list.row())

    def _fit(self) -> None:
        """Take the height that the rows need, and leave the rest to what stands below."""
        if self._below is None:
            return
        look, most = current_look(), round(self.height() * SHARE)
        rows = sum(self.list.sizeHintForRow(at) for at in range(self.list.rows.rowCount()))
        around = self.panel.sizeHint().height() - self.list.sizeHint().height()
        wanted = around + max(rows + 2, look.px(LEAST_LIST))
        self.panel.setMaximumHeight(wanted if self.acts.asks else min(wanted, most))

    def _duty(self, row: Row | None) -> Duty | None:
        return self._owed.get(row.id) if row is not None and isinstance(row.id, int) else None

    def _choose(self, row: DayRow) -> None:
        if (duty := self._duty(row)) is not None:
            self._open(duty)

    def _open(self, duty: Duty) -> None:
        """Open what it hangs on, else whom it is for, else itself."""
        if duty.about and duty.about not in ON_THE_CARD:
            self.about_chosen.emit(duty.about, duty.about_id)
        elif duty.card_id is not None:
            self.card_chosen.emit(duty.card_id)
        else:
            self.duty_chosen.emit(duty.id)

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.moved.connect(lambda row: show_first_head(self.list, row))
        self.list.installEventFilter(self)
        self.acts.acted.connect(self.acted)
        self.acts.elsewhere.connect(self._open)
        self.acts.recovery_wanted.connect(self.recovery_wanted)
        self.acts.left.connect(self.list.setFocus)
        self.acts.opened.connect(self._fit)
        self.acts.errands.hindered.connect(self.errands.hindered)
