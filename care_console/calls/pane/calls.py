"""All calls, narrowed to what is wanted, with one of them in full beside the list."""

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _, ngettext
from care_console.calls.pane.call_detail import CallDetail, Picker
from care_console.calls.pane.called import call_row, who_rang
from care_console.calls.pane.ignored import IgnoredPanel
from care_console.calls.pane.lines import LineNow, LinesPanel
from care_console.calls.records import CallRecord, IgnoredRecord
from care_console.calls.rules import CallRow, CallState
from care_console.calls.rules.ignored import BadPattern, pattern_words
from care_console.calls.rules.listing import PERIOD_WORDS, SHOW_WORDS, Period, Show, Wanted
from care_console.calls.service import CallList, Ignored
from care_console.calls.service.call_list import PAGE
from care_console.cards.records import CardRecord
from care_console.kit import (
    Act,
    Choices,
    DayDelegate,
    LineEdit,
    ListView,
    Pane,
    Panel,
    Row,
    Scroll,
    Themed,
    current_look,
)
from care_console.lines.ours import line_words

MOST_ANEW = 1_000  # calls that are read again when something changed
SHORT = 400  # px of the page, below which the list needs all the room
NONE_WORDS = {
    Show.ALL: N_("No call yet. The desk is quiet."),
    Show.MISSED: N_("Nobody was missed, or all of them have been seen to."),
    Show.ANSWERED: N_("None was answered here."),
    Show.ELSEWHERE: N_("None was answered by a colleague."),
    Show.OUT: N_("We called nobody."),
    Show.IGNORED: N_("No ignored number has called."),
}
May = Callable[[Clerk], Coroutine[Any, Any, bool]]


class CallsPage(Themed, Pane):
    """The arrows walk the list; Enter opens the card, C calls, Space says that it is seen to."""

    watches: ClassVar[frozenset[type]] = frozenset({CallRecord, CardRecord, IgnoredRecord})

    card_chosen = Signal(int)
    acted = Signal(object)  # an Act
    told = Signal(str)
    call_wanted = Signal(object)  # the CallRow of whom to call

    def __init__(
        self,
        calls: CallList,
        ignored: Ignored,
        may_ignore: May,
        picker: Picker,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._calls, self._ignored, self._may_ignore = calls, ignored, may_ignore
        self._command, self._clock, self._locale = command, clock, locale
        self._stale = True
        self._shown: Wanted | None = None  # what the rows are of
        self._found: dict[object, tuple[CallRow, int]] = {}
        self._last: CallRow | None = None
        self.view = ListView(DayDelegate(), name=_("Calls"), uniform=True, type_ahead=False)
        self.shows = Choices(_worded(SHOW_WORDS), name=_("Show:"), must=True)
        self.periods = Choices(_worded(PERIOD_WORDS), name=_("Of"), must=True)
        self.lines = Choices({}, name=_("On line"))
        self.typed = LineEdit(_("A number, a part of one, or a name"), icon="search")
        self.detail = CallDetail(picker, locale)
        self.where, self.numbers = LinesPanel(), IgnoredPanel(clock, locale)
        self.shows.show_choice(Show.ALL)
        self.periods.show_choice(Period.ANY)
        self._lay_out()
        self._connect()

    @property
    def wanted(self) -> Wanted:
        """What the list shows."""
        return Wanted(
            Show(self.shows.choice or Show.ALL),
            Period(self.periods.choice or Period.ANY),
            self.lines.choice,
            self.typed.text().strip(),
        )

    @property
    def current(self) -> CallRow | None:
        """The call that is chosen."""
        row = self.view.row()
        found = self._found.get(row.id) if row is not None else None
        return found[0] if found is not None else None

    def refresh(self) -> None:
        """Show the records as they are now, once the page is seen; one stays where one is."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.errands.look("list", self._look())
            self.errands.look("beside", self._look_beside())

    def show_missed(self) -> None:
        """Show all that was missed and nobody saw to, with the keyboard on its list."""
        self.shows.show_choice(Show.MISSED)
        self.periods.show_choice(Period.ANY)
        self.lines.show_choice("")
        self.typed.clear()
        self._go_back()
        self.refresh()

    def show_lines(self, lines: Sequence[LineNow]) -> None:
        """Show how the lines are, and what rings on them."""
        self.where.show_lines(lines)

    def set_can_call(self, can: bool) -> None:
        """Offer to call, where a line or a program can."""
        self.detail.allow(call=can)

    def call(self) -> None:
        """Ask for whoever is chosen to be called."""
        if self.current is not None and self.detail.call_back.isVisibleTo(self):
            self.call_wanted.emit(self.current)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while the page is shown."""
        return [
            (_("Enter"), _("card")),
            ("C", _("call")),
            (_("Space"), _("seen to")),
            ("A", _("whose")),
        ]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            free = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            keys: dict[int, Callable[[], None]] = {
                Qt.Key.Key_C: self.call,
                Qt.Key.Key_Space: self._see,
                Qt.Key.Key_A: self.detail.ask_whose,
                Qt.Key.Key_I: self.detail.ask_ignore,
            }
            if free and (act := keys.get(event.key())) is not None:
                act()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.detail.asks:
            self.detail.close_boxes()
            self._go_back()
        else:
            super().keyPressEvent(event)

    # reading

    async def _look(self) -> None:
        wanted, loaded = self.wanted, self.view.rows.rowCount()
        self._list.busy(True)
        try:
            if wanted.show is Show.MISSED:
                missed = await self._calls.missed(wanted)
                self._show(wanted, [(each.newest, each.count) for each in missed], whole=True)
                return
            most = max(PAGE, min(loaded, MOST_ANEW)) if wanted == self._shown else PAGE
            page = await self._calls.page(wanted, most=most)
        finally:
            self._list.busy(False)
        self._show(wanted, [(each, 1) for each in page], whole=len(page) < most)

    def _show(self, wanted: Wanted, calls: list[tuple[CallRow, int]], *, whole: bool) -> None:
        self._shown = wanted
        self._found = {call.id: (call, count) for call, count in calls}
        self._last = calls[-1][0] if calls else None
        self.view.rows.set_rows(
            [self._row(*each) for each in calls], None if whole else self._fetch
        )
        self.view.set_empty(
            _("No call fits this.") if wanted.typed or wanted.line else _(NONE_WORDS[wanted.show])
        )
        if calls and not self.view.currentIndex().isValid():
            self.view.go_to_first()
        self._walked()
        said = ngettext("{count} call", "{count} calls", len(calls)).format(count=len(calls))
        self._list.trail.setText(said if whole else "")

    def _fetch(self, _start: int, _count: int) -> None:
        self.errands.look("more", self._more())

    async def _more(self) -> None:
        wanted, last = self._shown, self._last
        if wanted is None or last is None:
            return
        page = await self._calls.page(wanted, (last.started_at, last.id))
        if wanted != self._shown or last is not self._last:
            return  # something else is shown by now
        self._found |= {call.id: (call, 1) for call in page}
        self._last = page[-1] if page else last
        self.view.rows.append([self._row(call, 1) for call in page])

    async def _look_beside(self) -> None:
        may = await self._may_ignore(self._command().clerk)
        self.detail.allow(ignore=may)
        self.numbers.allow(may)
        self.numbers.show_numbers(await self._ignored.listing())
        lines = await self._calls.lines()
        before = self.lines.choice
        self.lines.set_values({line: line_words(line) for line in lines} if len(lines) > 1 else {})
        stops = [*self.periods.chips.values()][-1:] + [*self.lines.chips.values()]
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)
        self.lines.setVisible(len(lines) > 1)
        self.lines.show_choice(before)

    def _row(self, call: CallRow, count: int) -> Row:
        return call_row(call, self._clock(), self._locale, count)

    def _walked(self, _row: object = None) -> None:
        row = self.view.row()
        call, count = self._found.get(row.id, (None, 1)) if row is not None else (None, 1)
        self.detail.show_call(call, self._clock(), count)

    # doing

    def _see(self) -> None:
        call = self.current
        if call is not None and call.state == CallState.MISSED:
            act = self._unsee([call.id]) if call.seen else self._seen(call)
            self.errands.do("see", act)

    async def _seen(self, call: CallRow) -> None:
        calls = await self._calls.see(self._command(), call.id)
        if calls:
            words = _("Seen to: {name}").format(name=who_rang(call))
            self.acted.emit(Act(words, partial(self._unsee, calls)))
        self.refresh()

    async def _unsee(self, calls: Sequence[int]) -> None:
        await self._calls.unsee(self._command(), calls)
        self.refresh()

    def _attach(self, card_id: int) -> None:
        if self.current is not None:
            self.errands.do("attach", self._attached(self.current, card_id))

    async def _attached(self, call: CallRow, card_id: int) -> None:
        before = await self._calls.attach(self._command(), call.id, card_id)
        undo = partial(self._detach, call.id, card_id, before)
        self.acted.emit(Act(_("This call is on the card now."), undo))
        self.refresh()

    async def _detach(self, call_id: int, card_id: int, before: int | None) -> None:
        await self._calls.detach(self._command(), call_id, card_id, before)
        self.refresh()

    async def _ignore(self, typed: str, why: str) -> None:
        try:
            kept = await self._ignored.add(self._command(), typed, why)
        except BadPattern as fault:
            self.detail.number.fault(str(fault))
            self.detail.pattern.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.detail.close_boxes()
        self._go_back()
        words = _("{number} is ignored from now on.").format(number=typed)
        self.acted.emit(Act(words, partial(self._heard, kept)))
        self.refresh()

    async def _heard(self, ignored_id: int) -> None:
        await self._ignored.remove(self._command(), ignored_id)
        self.refresh()

    async def _listen_again(self, ignored_id: int) -> None:
        gone = await self._ignored.remove(self._command(), ignored_id)
        if gone is not None:
            words = _("Listened to again: {number}").format(number=pattern_words(gone.pattern))
            self.acted.emit(Act(words, partial(self._ignored_again, gone.pattern, gone.why)))
        self.refresh()

    async def _ignored_again(self, pattern: str, why: str) -> None:
        await self._ignored.add(self._command(), pattern, why)
        self.refresh()

    def _open(self, _row: object = None) -> None:
        if self.current is not None and self.current.card_id is not None:
            self.card_chosen.emit(self.current.card_id)
        else:
            self.detail.ask_whose()

    def _fit(self) -> None:
        """Leave the days out where there is no room for them, unless one of them is chosen."""
        tight = self.height() < current_look().px(SHORT)
        self.periods.setVisible(not tight or self.wanted.period is not Period.ANY)

    def _go_back(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        for chips in (self.shows, self.periods, self.lines):
            chips.chosen.connect(lambda _value: self.refresh())
        self.typed.textChanged.connect(lambda _text: self.refresh())
        self.typed.returnPressed.connect(self._go_back)
        self.view.moved.connect(self._walked)
        self.view.chosen.connect(self._open)
        self.view.installEventFilter(self)
        self.detail.call_wanted.connect(self.call)
        self.detail.seen_wanted.connect(self._see)
        self.detail.card_wanted.connect(self._open)
        self.detail.attached.connect(self._attach)
        self.detail.ignored.connect(
            lambda typed, why: self.errands.do("ignore", self._ignore(typed, why))
        )
        self.detail.left.connect(self._go_back)
        self.numbers.removed.connect(
            lambda each: self.errands.do("listen again", self._listen_again(each))
        )
        self.landing = self.view

    def restyle(self) -> None:
        px = current_look().px
        for box in (self._top, self._right):
            side = px(16) if box is self._top else 0
            box.setContentsMargins(side, 0, side, 0)
            box.setSpacing(px(6) if box is self._top else px(10))
        self._across.setContentsMargins(px(10), px(10), px(10), px(10))
        self._across.setSpacing(px(10))
        super().restyle()

    def _lay_out(self) -> None:
        self._list = Panel(_("Calls"), "phone", flush=True)
        self._top, inside = QVBoxLayout(), QWidget()
        for part in (self.typed, self.shows, self.periods, self.lines):
            self._top.addWidget(part)
        self._list.body.addLayout(self._top)
        self._list.body.addWidget(self.view, 1)
        self._right = QVBoxLayout(inside)
        for panel in (self.detail, self.where, self.numbers):
            self._right.addWidget(panel)
        self._right.addStretch(1)
        self._detail_scroll = Scroll(inside)
        self._across = QHBoxLayout(self)
        self._across.addWidget(self._list, 3)
        self._across.addWidget(self._detail_scroll, 2)
        self.restyle()


def _worded(words: dict[Any, str]) -> dict[str, str]:
    return {str(value): _(said) for value, said in words.items()}
