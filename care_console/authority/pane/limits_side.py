"""Beside the limits: what a clerk will see, what it would have cost, who signs, and what was."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.authority.pane.deciding import AnswerBox
from care_console.authority.pane.gauge import GaugeBar
from care_console.authority.pane.saying import Saying
from care_console.authority.rules.table import Coming, Preview, Unsigned
from care_console.authority.rules.views import LimitCell, LimitChanged, Rehearsal
from care_console.base.names import clean, isolated
from care_console.base.spell import day
from care_console.base.words import _, ngettext
from care_console.kit import (
    Button,
    FlowLayout,
    Label,
    Notice,
    Panel,
    Rule,
    Scroll,
    Themed,
    current_look,
)

WIDTH = 300
MOST_LINES, MOST_COMING, MOST_WAITING = 8, 4, 4
Write = Callable[[LimitCell, str], str]


class Lines(Themed, QWidget):
    """A head over a few lines, each with a day before it if it has one."""

    def __init__(self, title: str, most: int) -> None:
        super().__init__()
        self.title = Label(title, weight=600)
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addWidget(Rule())
        self._down.addWidget(self.title)
        self._lines: list[tuple[QWidget, Label, Label]] = []
        for _each in range(most):
            line, when = QWidget(), Label(size=12, weight=500, colour="text3", tabular=True)
            words = Label(size=12, colour="text2", wrap=True)
            across = QHBoxLayout(line)
            across.setContentsMargins(0, 0, 0, 0)
            across.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(words, 1)
            self._down.addWidget(line)
            self._lines.append((line, when, words))
        self.restyle()

    def tell(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these: the day or "", and the words."""
        self.setVisible(bool(lines))
        for at, (line, when, words) in enumerate(self._lines):
            line.setVisible(at < len(lines))
            if at < len(lines):
                when.setText(lines[at][0])
                when.setVisible(bool(lines[at][0]))
                words.setText(lines[at][1])

    def restyle(self) -> None:
        px = current_look().px
        self._down.setSpacing(px(6))
        for _line, when, _words in self._lines:
            when.setMinimumWidth(px(44))
        super().restyle()


class Signature(QWidget):
    """One limit that waits for a second person."""

    signed = Signal(int)
    declined = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._id = 0
        self.words = Label(size=12, colour="text2", wrap=True)
        self.sign, self.decline = Button(_("Sign"), icon="stamp"), Button(_("Decline"), "quiet")
        down, buttons = QVBoxLayout(self), QWidget()
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        flow = FlowLayout(buttons, gap=8)
        flow.addWidget(self.sign)
        flow.addWidget(self.decline)
        down.addWidget(self.words)
        down.addWidget(buttons)
        self._buttons = buttons
        self.sign.clicked.connect(lambda: self.signed.emit(self._id))
        self.decline.clicked.connect(lambda: self.declined.emit(self._id))

    def tell(self, limit_id: int, words: str, may: bool) -> None:
        """Show one; whoever may not sign it only reads it."""
        self._id = limit_id
        self.words.setText(words)
        self._buttons.setVisible(may)
        for button, what in ((self.sign, _("Sign")), (self.decline, _("Decline"))):
            button.setAccessibleDescription(words)
            button.setText(what)


class LimitsSide(Panel):
    """The right side of the page. It changes nothing itself."""

    stop_wanted = Signal(str)  # why
    resume_wanted = Signal()
    sign_wanted = Signal(int)
    decline_wanted = Signal(int)

    def __init__(self, say: Saying, write: Write) -> None:
        super().__init__(_("What they will see"), "gift")
        self._say, self._write = say, write
        self.amount = Label(size=24, weight=600, tabular=True)
        self.own_word = Label(colour="text2", wrap=True)
        self.gauges = [GaugeBar(), GaugeBar()]
        self.rehearsed = Label(colour="text2", wrap=True)
        self.waiting = [Signature() for _each in range(MOST_WAITING)]
        self.waiting_title = Label(_("Waiting for a second signature"), weight=600)
        self.signers = Lines(_("Who signs"), 2)
        self.coming = Lines(_("Until-dates"), MOST_COMING)
        self.history = Lines(_("Changes so far"), MOST_LINES)
        self.stopped = Notice("bad")
        self.stop = Button(_("Stop all remedies…"), "danger", "pause")
        self.resume = Button(_("Allow remedies again"), "primary")
        self.why = AnswerBox()
        self._lay_out()
        self._wire()
        self.restyle()

    def tell_preview(self, preview: Preview, whose: str, now: datetime) -> None:
        """Show what somebody of this column would see."""
        name = isolated(clean(preview.name))
        by_name = _("What {name} will see").format(name=name)
        by_role = _("What they will see: {role}").format(role=whose)
        self.title.setText(by_name if preview.name else by_role)
        minor = preview.now_minor
        self.amount.setText(_("Any amount") if minor is None else self._say.money.full(minor))
        word = _("on {name}’s own word").format(name=name)
        self.own_word.setText(word if preview.name else _("on their own word"))
        for gauge, bar in zip(preview.gauges, self.gauges, strict=False):
            bar.tell(self._say.reading(preview.name, now, gauge, gauge is preview.gauges[0]))

    def tell_rehearsal(self, rehearsed: Rehearsal, changed: bool) -> None:
        """Say what the last days would have been."""
        if not changed or not rehearsed.sent_up:
            words = ngettext(
                "Of the last {days} days, {count} case was sent up.",
                "Of the last {days} days, {count} cases were sent up.",
                rehearsed.sent_up,
            )
            self.rehearsed.setText(words.format(days=rehearsed.days, count=rehearsed.sent_up))
            return
        words = _(
            "Rehearsed on the last {days} days: {settled} of {sent} sent-up cases would have been "
            "settled alone, for {cost} {way}."
        )
        cost = rehearsed.cost_minor
        said = words.format(
            days=rehearsed.days,
            settled=rehearsed.settled,
            sent=rehearsed.sent_up,
            cost=self._say.money.full(abs(cost)),
            way=_("more") if cost >= 0 else _("less"),
        )
        names = dict.fromkeys(clean(each.name) for each in rehearsed.differing[:4])
        if names:
            said += " " + _("Other than then: {cases}.").format(cases=", ".join(names))
        self.rehearsed.setText(said)

    def tell_signers(self, names: Sequence[str], ceiling_minor: int) -> None:
        """Say who signs up to what, and who beyond."""
        most = self._say.money.full(ceiling_minor)
        alone = _("You alone, up to {amount} a customer and year.").format(amount=most)
        who = ", ".join(isolated(clean(each)) for each in names) or _("nobody yet")
        second = _("A second person above it, or where a limit binds yourself: {who}.")
        self.signers.tell([("", alone), ("", second.format(who=who))])

    def tell_waiting(self, waiting: Sequence[Unsigned], by: int | None, may_sign: bool) -> None:
        """Show what waits for a signature; nobody signs their own."""
        self.waiting_title.setVisible(bool(waiting))
        for at, part in enumerate(self.waiting):
            part.setVisible(at < len(waiting))
            if at >= len(waiting):
                continue
            each = waiting[at]
            said = _("{what}, {who}: {old} → {new}, by {by}. “{why}”").format(
                what=clean(each.title),
                who=clean(each.column),
                old=self._write(each.before, each.unit),
                new=self._write(each.after, each.unit),
                by=isolated(clean(each.by)),
                why=clean(each.why),
            )
            own = by in (each.by_card_id, each.place.clerk_card_id)
            part.tell(each.limit_id, said, may_sign and not own)

    def tell_coming(self, coming: Sequence[Coming], now: datetime) -> None:
        """Show which limits become others by themselves."""
        said = _("{what}, {who}: {old} → {new}")
        self.coming.tell(
            [
                (
                    self._day(each.day, now),
                    said.format(
                        what=clean(each.title),
                        who=clean(each.column),
                        old=self._write(each.before, each.unit),
                        new=self._write(each.after, each.unit),
                    ),
                )
                for each in coming[:MOST_COMING]
            ]
        )

    def tell_history(self, changes: Sequence[LimitChanged], now: datetime) -> None:
        """Show what was changed, the newest first."""
        said = _("{by}: {what}, {who}: {old} → {new}. “{why}”")
        self.history.tell(
            [
                (
                    day(each.at, now, self._say.locale),
                    said.format(
                        by=isolated(clean(each.by)),
                        what=clean(each.title),
                        who=clean(each.column),
                        old=self._write(each.before, each.unit),
                        new=self._write(each.after, each.unit),
                        why=clean(each.why),
                    ),
                )
                for each in changes[:MOST_LINES]
            ]
        )

    def tell_stopped(self, why: str, may_stop: bool) -> None:
        """Say whether all remedies are stopped, and let it be turned."""
        self.stopped.setVisible(bool(why))
        self.stopped.tell(_("All remedies are stopped."), sub=clean(why, 300))
        self.stop.setVisible(may_stop and not why)
        self.resume.setVisible(may_stop and bool(why))
        self.why.hide()

    def restyle(self) -> None:
        super().restyle()
        self.setFixedWidth(current_look().px(WIDTH))

    def _day(self, on: date, now: datetime) -> str:
        at = datetime(on.year, on.month, on.day, 12).astimezone()
        return day(at, now, self._say.locale)

    def _ask_why(self) -> None:
        self.why.ask(_("Why? Every clerk reads it"), _("Stop all remedies"), _("Say why."))
        self.why.show()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wire(self) -> None:
        self.stop.clicked.connect(self._ask_why)
        self.resume.clicked.connect(self.resume_wanted)
        self.why.entered.connect(self.stop_wanted)
        self.why.back_wanted.connect(self.why.hide)
        for part in self.waiting:
            part.signed.connect(self.sign_wanted)
            part.declined.connect(self.decline_wanted)

    def _lay_out(self) -> None:
        content = QWidget()
        down = QVBoxLayout(content)
        down.setContentsMargins(0, 0, 4, 0)
        down.setSpacing(8)
        down.addWidget(self.stopped)
        line = QHBoxLayout()
        line.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.own_word, 1, Qt.AlignmentFlag.AlignBottom)
        down.addLayout(line)
        for part in (*self.gauges, self.rehearsed, self.waiting_title, *self.waiting):
            down.addWidget(part)
        for part in (self.signers, self.coming, self.history, Rule(), self.why):
            down.addWidget(part)
        foot = QWidget()
        flow = FlowLayout(foot, gap=8)
        flow.addWidget(self.stop)
        flow.addWidget(self.resume)
        down.addWidget(foot)
        down.addStretch(1)
        self.body.addWidget(Scroll(content))
