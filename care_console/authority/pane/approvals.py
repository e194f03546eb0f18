"""Waiting for your word: requests for approval, the oldest first, each answered by a key."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from care_console.authority.pane.deciding import DecisionPanel
from care_console.authority.pane.face import MOST_EARLIER
from care_console.authority.pane.gauge import Reading
from care_console.authority.pane.money import Money
from care_console.authority.pane.saying import Saying
from care_console.authority.records import LimitRecord, RemedyRecord, RequestRecord
from care_console.authority.rules.limits import Gauge, Scope
from care_console.authority.rules.typed import read_amount, read_count
from care_console.authority.rules.views import Waiting
from care_console.authority.service.requests import Requests
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.names import clean, isolated
from care_console.base.spell import DEFAULT_LOCALE, hour, length
from care_console.base.words import _, ngettext
from care_console.kit import (
    DayDelegate,
    DayRow,
    ListView,
    Pane,
    Panel,
    Themed,
    announce,
    current_look,
)

LIST_WIDTH = 400
ANSWERS = {Qt.Key.Key_A, Qt.Key.Key_L, Qt.Key.Key_N}


class RequestList(ListView):
    """The requests. Letters are answers, so they are left to the pane."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ANSWERS and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class ApprovalsPane(Themed, Pane):
    """List at the left, the request at the right: A approves, L allows less, N says no."""

    watches: ClassVar[frozenset[type]] = frozenset({LimitRecord, RemedyRecord, RequestRecord})

    card_chosen = Signal(int)
    decided = Signal(str)  # a sentence
    counted = Signal(int)  # how many wait

    def __init__(
        self,
        requests: Requests,
        command: Callable[[], Command],
        currency: Callable[[], str],
        clock: Clock,
        locale: str = DEFAULT_LOCALE,
    ) -> None:
        super().__init__()
        self._requests, self._command, self._clock = requests, command, clock
        self._currency, self._locale = currency, locale
        self._money = Money(currency, locale)
        self._say = Saying(self._money)
        self._waiting: dict[object, Waiting] = {}
        self._shown: Waiting | None = None
        self._wanted: int | None = None
        self.list = RequestList(DayDelegate(), name=_("Waiting for your word"), type_ahead=False)
        self.list.set_empty(_("Nobody waits for your word."))
        self.side = Panel(_("Waiting for your word"), "stamp", flush=True)
        self.side.body.addWidget(self.list)
        self.detail = DecisionPanel()
        self._across = QHBoxLayout(self)
        self._across.addWidget(self.side)
        self._across.addWidget(self.detail, 1)
        self._across.addStretch(0)
        self.setFocusProxy(self.list)
        self._wire()
        self._show_detail(None)
        self.restyle()

    def refresh(self) -> None:
        """Show the records as they are now."""
        self.errands.look("refresh", self._look())

    def show_request(self, request_id: int) -> None:
        """Go to one request, as soon as it is there."""
        self._wanted = request_id
        if self.list.go_to(request_id):
            self._wanted = None
        else:
            self.refresh()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that the window's foot names while nothing is asked here."""
        if self.detail.answer.isVisible():
            return ()
        return [
            (_("Enter"), _("card")),
            ("A", _("approve")),
            ("L", _("less")),
            ("N", _("no, because")),
        ]

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(px(10), px(10), px(10), px(10))
        self._across.setSpacing(px(10))
        self.side.setFixedWidth(px(LIST_WIDTH))
        super().restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A, L and N answer what is shown, unless something is being typed."""
        deeds = {Qt.Key.Key_A: self._approve, Qt.Key.Key_L: self._ask_less, Qt.Key.Key_N: self._no}
        deed = deeds.get(Qt.Key(event.key()))
        free = self.detail.answer.isHidden() and not event.isAutoRepeat()
        if deed is None or event.modifiers() or not free:
            super().keyPressEvent(event)
        else:
            deed()

    def _wire(self) -> None:
        self.list.moved.connect(self._moved)
        self.list.chosen.connect(lambda _row: self._open_card())
        self.detail.approve_wanted.connect(self._approve)
        self.detail.less_asked.connect(self._ask_less)
        self.detail.less_wanted.connect(self._less)
        self.detail.refuse_wanted.connect(self._refuse)
        self.detail.card_wanted.connect(self._open_card)
        self.detail.answer.back_wanted.connect(
            lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        )

    async def _look(self) -> None:
        self.side.busy(True)
        try:
            waiting = await self._requests.waiting(self._command().clerk)
        finally:
            self.side.busy(False)
        waiting = sorted(waiting, key=lambda each: (not each.mine, each.asked_at))
        self._waiting = {each.request_id: each for each in waiting}
        now = self._clock()
        self.list.rows.set_rows([self._row(each, now) for each in waiting])
        said = ngettext("{count} waits", "{count} wait", len(waiting)).format(count=len(waiting))
        self.side.trail.setText(said if waiting else "")
        self.counted.emit(len(waiting))
        if self._wanted is not None and self.list.go_to(self._wanted):
            self._wanted = None
        if not self.list.currentIndex().isValid():
            self.list.go_to_first()
        row = self.list.row()
        self._show_detail(self._waiting.get(row.id) if row is not None else None)

    def _row(self, each: Waiting, now: datetime) -> DayRow:
        amount = self._say.amount(each.minor, each.pieces, each.unit)
        name, clerk = isolated(clean(each.card_name)), isolated(clean(each.clerk))
        waits = length((now - each.asked_at).total_seconds())
        return DayRow(
            id=each.request_id,
            icon="stamp",
            title=_("{amount} for {name}").format(amount=amount, name=name),
            sub=_("{clerk} asks: {remedy}").format(clerk=clerk, remedy=clean(each.name)),
            when=_("waits {time}").format(time=waits),
            late=now >= each.falls_to_others_at,
            groups=each.groups,
        )

    def _moved(self, row: object) -> None:
        shown = self._waiting.get(getattr(row, "id", None))
        if shown is None or self._shown is None or shown.request_id != self._shown.request_id:
            self.detail.close_answer()
        self._show_detail(shown)

    def _show_detail(self, each: Waiting | None) -> None:
        self._shown = each
        self.detail.setVisible(each is not None)
        if each is None:
            return
        amount = self._say.amount(each.minor, each.pieces, each.unit)
        title = _("{amount} for {name}: {remedy}").format(
            amount=amount, name=isolated(clean(each.card_name)), remedy=clean(each.name)
        )
        self.detail.tell(title, self._said(each), self._hint(each))
        self.detail.tell_groups(each.groups)
        self.detail.story.tell(clean(each.story, 600), sub=self._before(each))
        self.detail.tell_gauges([self._reading(each, gauge) for gauge in each.gauges])
        allowed = self._say.amount(self._allowed(each), each.pieces, each.unit)
        self.detail.approve.setText(_("Approve {amount}").format(amount=allowed))
        self.detail.approve.setVisible(bool(self._allowed(each)) or not each.minor)
        self.detail.less.setVisible(self._allowed(each) > 0)
        lines = self._say.lines(each.earlier, self._clock(), MOST_EARLIER)
        self.detail.earlier.tell(_("Given before") if lines else "", lines)
        self.detail.earlier.setVisible(bool(lines))

    def _allowed(self, each: Waiting) -> int:
        """Return the most that may be approved: what is asked, within the approver's own limit."""
        return min(each.minor, each.may_minor)

    def _said(self, each: Waiting) -> str:
        clerk = isolated(clean(each.clerk))
        sent = _("Sent by {clerk} at {hour}.").format(
            clerk=clerk, hour=hour(each.asked_at, self._locale)
        )
        over, near = (
            _("It is {amount} over {clerk}’s limit."),
            _("The customer is too near to {clerk}."),
        )
        said = [sent]
        if each.over_minor:
            said.append(over.format(amount=self._money.full(each.over_minor), clerk=clerk))
        if each.near:
            said.append(near.format(clerk=clerk))
        return " ".join(said)

    def _hint(self, each: Waiting) -> str:
        clerk = isolated(clean(each.clerk))
        told = _("{clerk} is told at once. Nobody approves their own.").format(clerk=clerk)
        if self._allowed(each) < each.minor:
            most = self._money.full(each.may_minor)
            return _("You may allow up to {amount}.").format(amount=most) + " " + told
        if self._clock() < each.falls_to_others_at:
            falls = _("Unanswered at {hour}, others may answer it too.")
            when = hour(each.falls_to_others_at, self._locale)
            return told + " " + falls.format(hour=when)
        return told

    def _before(self, each: Waiting) -> str:
        given = [one for one in self._say.kept(each.earlier)]
        total = sum(one.minor for one in given)
        if not total:
            return _("Nothing was given before.")
        said = _("{amount} was given before: {what}.")
        what = ", ".join(dict.fromkeys(clean(one.name) for one in given[:3]))
        return said.format(amount=self._money.full(total), what=what)

    def _reading(self, each: Waiting, gauge: Gauge) -> Reading:
        reading = self._say.reading(each.card_name, self._clock(), gauge)
        if gauge.scope in (Scope.RECOVERY, Scope.DAY):
            title = _("{clerk}: {what}").format(
                clerk=isolated(clean(each.clerk)),
                what=_("this case") if gauge.scope is Scope.RECOVERY else _("the day"),
            )
            return replace(reading, title=title)
        return reading

    # answers

    def _approve(self) -> None:
        if (each := self._shown) is not None and self.detail.approve.isVisibleTo(self):
            less = self._allowed(each) < each.minor
            minor = self._allowed(each) if less and each.unit == "money" else None
            pieces = self._pieces(each) if less and each.unit != "money" else None
            self._decide(each, yes=True, minor=minor, pieces=pieces)

    def _pieces(self, each: Waiting) -> int:
        return self._allowed(each) * each.pieces // each.minor if each.minor else each.pieces

    def _ask_less(self) -> None:
        if (each := self._shown) is not None and self._allowed(each):
            most = self._money.full(self._allowed(each))
            question = (
                _("How much, up to {amount}?").format(amount=most)
                if each.unit == "money"
                else _("How many, up to {count}?").format(count=self._pieces(each))
            )
            self.detail.ask_less(question)

    def _no(self) -> None:
        if self._shown is not None:
            self.detail.ask_why()

    def _less(self, typed: str) -> None:
        each = self._shown
        if each is None:
            return
        try:
            if each.unit == "money":
                minor = read_amount(typed, self._currency(), self._locale)
                self._decide(each, yes=True, minor=minor)
            else:
                self._decide(each, yes=True, pieces=read_count(typed))
        except CareError as hindrance:
            self.detail.answer.field.fault(str(hindrance))

    def _refuse(self, words: str) -> None:
        if self._shown is not None:
            self._decide(self._shown, yes=False, words=words)

    def _decide(
        self,
        each: Waiting,
        *,
        yes: bool,
        minor: int | None = None,
        pieces: int | None = None,
        words: str = "",
    ) -> None:
        self.errands.do("decide", self._decided(each, yes, minor, pieces, words))

    async def _decided(
        self, each: Waiting, yes: bool, minor: int | None, pieces: int | None, words: str
    ) -> None:
        try:
            await self._requests.decide(
                self._command(), each.request_id, yes=yes, minor=minor, pieces=pieces, words=words
            )
        except CareError as hindrance:
            if self.detail.answer.isHidden():
                raise
            self.detail.answer.field.fault(str(hindrance))
            return
        self.detail.close_answer()
        clerk = isolated(clean(each.clerk))
        said = _("Approved: {clerk} is told.") if yes else _("Refused: {clerk} is told.")
        announce(self, said.format(clerk=clerk))
        self.decided.emit(said.format(clerk=clerk))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _open_card(self) -> None:
        if self._shown is not None:
            self.card_chosen.emit(self._shown.card_id)
