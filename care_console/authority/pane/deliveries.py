"""Given is not yet done: what is to be delivered, what was, and what failed."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.authority.pane.accounts import NotWritten, SaveBox, write
from care_console.authority.pane.deciding import AnswerBox
from care_console.authority.pane.money import Money
from care_console.authority.pane.saying import Saying
from care_console.authority.records import RemedyRecord
from care_console.authority.rules.views import Delivery, State
from care_console.authority.service.deliveries import Deliveries
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE, hour, on_words
from care_console.base.words import N_, _, ngettext
from care_console.kit import (
    Act,
    Button,
    Chip,
    DayDelegate,
    DayRow,
    FlowLayout,
    HeadRow,
    ListView,
    Pane,
    Panel,
    Row,
    Themed,
    current_look,
)

Reverse = Callable[[Command, int, str], Coroutine[Any, Any, None]]  # with a reason
Settle = Callable[[Delivery, str], Coroutine[Any, Any, None]]


class DeliveryList(ListView):
    """The remedies. Space and F say how one went, R takes it back."""

    settle_wanted = Signal()
    fail_wanted = Signal()
    reverse_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() and not event.isAutoRepeat()
        if plain and event.key() == Qt.Key.Key_Space:
            self.settle_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_F:
            self.fail_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_R:
            self.reverse_wanted.emit()
        else:
            super().keyPressEvent(event)


class DeliveriesPane(Themed, Pane):
    """What customers were given and do not have yet; failed first, then the first due."""

    watches: ClassVar[frozenset[type]] = frozenset({RemedyRecord})

    acted = Signal(object)  # an Act
    card_chosen = Signal(int)
    saved = Signal(str)  # a sentence: where the list was written

    def __init__(
        self,
        deliveries: Deliveries,
        reverse: Reverse,
        command: Callable[[], Command],
        currency: Callable[[], str],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._deliveries, self._command = deliveries, command
        self._clock, self._locale = clock, locale
        self._say = Saying(Money(currency, locale))
        self._there: dict[object, Delivery] = {}
        self._reverse = reverse
        self._asked: tuple[Delivery, Settle] | None = None
        self._wanted: int | None = None
        self.list = DeliveryList(DayDelegate(), name=_("To be delivered"))
        self.list.set_empty(_("Everything that was given is done."))
        self.open_only, self.all = Chip(_("To be done")), Chip(_("All"))
        self.open_only.setChecked(True)
        self.done = Button("", "primary", "check", _("Space"))
        self.fail = Button(_("It failed…"), key="F")
        self.take_back = Button(_("Take it back…"), key="R")
        self.card = Button(_("Open the card"), "quiet", "person", _("Enter"))
        self.save = Button(_("List for the accounts…"), "quiet", "disk")
        self.why, self.saving = AnswerBox(), SaveBox(locale)
        self._lay_out()
        self._wire()
        self._show_buttons()

    def refresh(self) -> None:
        """Show the records as they are now."""
        self.errands.look("refresh", self._look())

    def show_remedy(self, remedy_id: int) -> None:
        """Go to one remedy, as soon as it is there."""
        self._wanted = remedy_id
        self.refresh()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while nothing is asked here."""
        if self.why.isVisible() or self.saving.isVisible():
            return ()
        return [
            (_("Enter"), _("card")),
            (_("Space"), _("done")),
            ("F", _("it failed")),
            ("R", _("take it back")),
        ]

    def restyle(self) -> None:
        px = current_look().px
        self._down.setContentsMargins(px(10), px(10), px(10), px(10))
        self._foot.setContentsMargins(px(16), px(4), px(16), px(8))
        super().restyle()

    def _lay_out(self) -> None:
        self.panel = Panel(_("To be delivered"), "box", flush=True)
        for chip in (self.open_only, self.all):
            self.panel.head.addWidget(chip)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        for button in (self.done, self.fail, self.take_back, self.card, self.save):
            flow.addWidget(button)
        foot = QWidget()
        self._foot = QVBoxLayout(foot)
        for part in (buttons, self.why, self.saving):
            self._foot.addWidget(part)
        self.why.hide()
        self.saving.hide()
        self.panel.body.addWidget(self.list, 1)
        self.panel.body.addWidget(foot)
        self._down = QVBoxLayout(self)
        self._down.addWidget(self.panel)
        self.setFocusProxy(self.list)
        self.restyle()

    def _wire(self) -> None:
        self.list.moved.connect(lambda _row: self._show_buttons())
        self.list.chosen.connect(lambda _row: self._open_card())
        self.list.settle_wanted.connect(self._settle)
        self.list.fail_wanted.connect(self._ask_why)
        self.list.reverse_wanted.connect(self._ask_why_back)
        self.take_back.clicked.connect(self._ask_why_back)
        self.done.clicked.connect(self._settle)
        self.fail.clicked.connect(self._ask_why)
        self.card.clicked.connect(self._open_card)
        self.save.clicked.connect(self._ask_file)
        self.open_only.clicked.connect(lambda: self._filter(self.open_only))
        self.all.clicked.connect(lambda: self._filter(self.all))
        self.why.entered.connect(self._answered)
        self.saving.save_wanted.connect(lambda *typed: self.errands.do("save", self._saved(*typed)))
        for box in (self.why, self.saving):
            box.back_wanted.connect(self._back)

    def _filter(self, chip: Chip) -> None:
        for each in (self.open_only, self.all):
            each.setChecked(each is chip)
        self.refresh()

    async def _look(self) -> None:
        self.panel.busy(True)
        try:
            found = await self._deliveries.listing(open_only=self.open_only.isChecked())
        finally:
            self.panel.busy(False)
        self._there = {each.remedy_id: each for each in found}
        self._show(found)
        if self._wanted is not None and self.list.go_to(self._wanted):
            self._wanted = None
        if not self.list.currentIndex().isValid():
            self.list.go_to_first()
        self._show_buttons()

    def _show(self, found: list[Delivery]) -> None:
        parts = {
            N_("Failed"): (State.FAILED,),
            N_("To be done"): (State.GIVEN,),
            N_("Settled"): (State.DONE, State.WITHDRAWN, State.REVERSED),
        }
        rows: list[Row] = []
        for title, states in parts.items():
            some = [each for each in found if each.state in states]
            if some:
                tone = "bad" if State.FAILED in states else "text2"
                rows.append(HeadRow(_(title), str(len(some)), tone))
                rows += [self._row(each) for each in some]
        self.list.rows.set_rows(rows)
        waits = sum(each.state is State.GIVEN for each in found)
        said = ngettext("{count} to be done", "{count} to be done", waits)
        self.panel.trail.setText(said.format(count=waits) if waits else "")

    def _row(self, each: Delivery) -> DayRow:
        now = self._clock()
        amount = self._say.amount(each.minor, each.pieces, each.unit)
        name, what = isolated(clean(each.card_name)), clean(each.name)
        sub = _("{amount}, done by {doer}, given by {giver}").format(
            amount=amount, doer=clean(each.doer), giver=clean(each.giver)
        )
        failed = each.state is State.FAILED
        if failed and each.outcome:
            sub = _("{why}; told to {giver}").format(
                why=clean(each.outcome), giver=clean(each.giver)
            )
        late = failed or (
            each.state is State.GIVEN and each.due_at is not None and each.due_at < now
        )
        return DayRow(
            id=each.remedy_id,
            icon="check" if each.state is State.DONE else "box",
            title=_("{what} for {name}").format(what=what, name=name),
            sub=sub,
            when=self._when(each, now),
            late=late,
            groups=each.groups,
        )

    def _when(self, each: Delivery, now: datetime) -> str:
        if each.settled_at is not None:
            words = {
                State.DONE: N_("done {when}"),
                State.FAILED: N_("failed {when}"),
                State.WITHDRAWN: N_("withdrawn {when}"),
                State.REVERSED: N_("taken back {when}"),
            }
            return _(words[each.state]).format(when=self._short(each.settled_at, now))
        if each.due_at is None:
            return ""
        return _("by {when}").format(when=self._short(each.due_at, now))

    def _short(self, at: datetime, now: datetime) -> str:
        today = at.astimezone().date() == now.astimezone().date()
        return hour(at, self._locale) if today else on_words(at, now, self._locale)

    def _current(self) -> Delivery | None:
        row = self.list.row()
        return self._there.get(row.id) if row is not None else None

    def _show_buttons(self) -> None:
        each = self._current()
        state = each.state if each is not None else None
        given = state is State.GIVEN
        again = state in (State.DONE, State.FAILED)
        self.done.setText(_("Not done after all") if again else _("Done"))
        self.done.set_icon("undo" if again else "check")
        self.done.set_kind("plain" if again else "primary")
        self.done.setVisible(given or again)
        self.fail.setVisible(given or state is State.DONE)
        self.take_back.setVisible(given or state is State.DONE)
        self.card.setVisible(each is not None)

    def _settle(self) -> None:
        each = self._current()
        if each is not None and each.state is State.GIVEN:
            self.errands.do("settle", self._done(each))
        elif each is not None and each.state in (State.DONE, State.FAILED):
            self.errands.do("settle", self._undone(each))

    async def _done(self, each: Delivery) -> None:
        await self._deliveries.done(self._command(), each.remedy_id)
        self._tell(_("Done: {what} for {name}"), each)
        self.refresh()

    async def _undone(self, each: Delivery) -> None:
        await self._deliveries.undo_done(self._command(), each.remedy_id)
        self.refresh()

    def _ask_why(self) -> None:
        each = self._current()
        if each is not None and each.state in (State.GIVEN, State.DONE):
            self._asked = each, self._fail
            self.why.ask(
                _("What happened? {giver} is told at once").format(
                    giver=isolated(clean(each.giver))
                ),
                _("It failed"),
                _("Say it in a few words: the customer has to hear it."),
            )
            self.why.show()
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_why_back(self) -> None:
        each = self._current()
        if each is not None and each.state in (State.GIVEN, State.DONE):
            self._asked = each, self._take_back
            self.why.ask(
                _("Why is it taken back?"),
                _("Take it back"),
                _("Say it in a few words: it stands in the history."),
            )
            self.why.show()
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _take_back(self, each: Delivery, why: str) -> None:
        await self._reverse(self._command(), each.remedy_id, why)
        self._back()
        self.refresh()

    def _answered(self, why: str) -> None:
        if self._asked is not None:
            each, settle = self._asked
            self.errands.do("settle", settle(each, why))

    async def _fail(self, each: Delivery, why: str) -> None:
        await self._deliveries.fail(self._command(), each.remedy_id, why)
        self._back()
        self._tell(_("Failed: {what} for {name}"), each)
        self.refresh()

    def _tell(self, words: str, each: Delivery) -> None:
        said = words.format(what=clean(each.name), name=isolated(clean(each.card_name)))
        self.acted.emit(Act(said, lambda: self._undone(each)))

    def _open_card(self) -> None:
        if (each := self._current()) is not None:
            self.card_chosen.emit(each.card_id)

    def _back(self) -> None:
        self.why.hide()
        self.saving.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # the list for the accounts

    def _ask_file(self) -> None:
        self.saving.propose(self._clock())
        self.saving.show()
        self.saving.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _saved(self, since: date, until: date, file: str) -> None:
        text = await self._deliveries.accounts_csv(self._command(), since, until)
        try:
            name = await asyncio.to_thread(write, text, file)
        except NotWritten as hindrance:
            self.saving.file.fault(str(hindrance))
            return
        self._back()
        self.saved.emit(_("The list is in {file}.").format(file=name))
