"""When a customer is angry here: what was ticked, and beside it what the customers say."""

from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean, isolated
from care_console.base.words import N_, _, ngettext
from care_console.cards.rules import Group
from care_console.cards.rules.words import group_words
from care_console.kit import Choices, Label, Pane, Panel, Rule, Scroll, current_look
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.recovery.rules import AuditStep, AuditView, step_words
from care_console.recovery.service import Recoveries
from care_console.staff.rules.roles import role_words

PERIODS = {"30": N_("30 days"), "90": N_("90 days"), "365": N_("A year")}
HEADS = (
    N_("Step"),
    N_("Done"),
    N_("Left out"),
    N_("Open"),
    N_("In time"),
    N_("Usually after"),
    N_("Who"),
)
MOST_REASONS, MOST_WHO = 8, 3
MINUTE, HOUR, DAY = 60, 3_600, 86_400  # s


class AuditPage(Pane):
    """Five questions with their answers, the steps in a table, and why steps were left out."""

    read = Signal(object)  # the AuditView that is shown

    watches: ClassVar[frozenset[type]] = frozenset({RecoveryRecord, StepRecord})

    def __init__(
        self, recoveries: Recoveries, command: Callable[[], Command], clock: Clock
    ) -> None:
        super().__init__()
        self._recoveries, self._command, self._clock = recoveries, command, clock
        self._stale = True
        self.periods = Choices({n: _(w) for n, w in PERIODS.items()}, name=_("Of"), must=True)
        groups = {group.value: group_words(group) for group in Group}
        self.groups = Choices(groups, name=_("Only of"))
        self.periods.show_choice("90")
        self.answers: list[tuple[Label, Label]] = []
        self.reasons = Label(colour="text2", wrap=True)
        self.cells: list[Label] = []
        self._lay_out()
        for chips in (self.periods, self.groups):
            chips.chosen.connect(lambda _value: self.refresh())

    def refresh(self) -> None:
        """Show the records as they are now, once the page is seen."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.errands.look("audit", self._look())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    async def _look(self) -> None:
        until = self._clock().astimezone().date()
        since = until - timedelta(days=int(self.periods.choice or "90") - 1)
        group = self.groups.choice
        self._show(await self._recoveries.audit(self._command(), since, until, group=group))

    def _show(self, of: AuditView) -> None:
        words = ngettext("{count} recovery begun", "{count} recoveries begun", of.count)
        self.panel.trail.setText(words.format(count=of.count))
        for (question, answer), told in zip(self.answers, questions(of), strict=True):
            question.setText(told[0])
            answer.setText(told[1])
        for cell, words in zip(self.cells, cells(of), strict=True):
            cell.setText(words)
        self.reasons.setText(reasons(of))
        self.read.emit(of)

    def _lay_out(self) -> None:
        self.panel = Panel(_("Recovery audit"), "chart")
        for chips in (self.periods, self.groups):
            self.panel.body.addWidget(chips)
        for _question in range(QUESTIONS):
            pair = Label(weight=600, wrap=True), Label(colour="text2", wrap=True)
            self.answers.append(pair)
            for label in pair:
                self.panel.body.addWidget(label)
        self.panel.body.addWidget(Rule())
        self.panel.body.addLayout(self._table())
        self.panel.body.addWidget(Rule())
        self.panel.body.addWidget(Label(_("Why steps were left out"), weight=600))
        self.panel.body.addWidget(self.reasons)
        self.panel.body.addStretch(1)
        content, whole = QWidget(), QVBoxLayout(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(content))

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(current_look().px(20))
        for column, head in enumerate(HEADS):
            grid.addWidget(Label(_(head), size=12, weight=600, colour="text2"), 0, column)
        for place in range(STEPS * len(HEADS)):
            row, column = divmod(place, len(HEADS))
            number = 0 < column < len(HEADS) - 1
            cell = Label(tabular=number, weight=500 if column == 0 else 400)
            self.cells.append(cell)
            grid.addWidget(cell, row + 1, column, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(len(HEADS) - 1, 1)
        return grid


STEPS = 5
QUESTIONS = 5


def questions(of: AuditView) -> list[tuple[str, str]]:
    """Return the five questions of R6 with their answers, in sentences."""
    closed = _("{closed} of {count} are closed").format(closed=of.closed, count=of.count)
    again = ngettext("{count} came back with a no", "{count} came back with a no", of.reopened)
    ended = [closed, again.format(count=of.reopened)]
    if of.median_close_s is not None:
        ended.insert(1, _("usually after {time}").format(time=span(of.median_close_s)))
    return [
        (_("Does anyone apologise?"), _apology(of)),
        (_("Who tries to fix it?"), _fixers(of)),
        (_("How long does it take?"), _("{what}.").format(what=", ".join(ended))),
        (_("Is it put right?"), _right(of)),
        (_("How many leave all the same?"), _left(of)),
    ]


def cells(of: AuditView) -> list[str]:
    """Return the table of the steps, row by row."""
    return [words for step in of.steps for words in _cells(step)]


def reasons(of: AuditView) -> str:
    """Return why steps were left out, most often first."""
    told = [
        _("{times} × {step}: {reason}").format(
            times=times, step=step_words(step), reason=isolated(clean(reason))
        )
        for step, reason, times in of.reasons[:MOST_REASONS]
    ]
    return "\n".join(told) or _("None was left out.")


def span(seconds: int) -> str:
    """Return about how long something took, in one unit."""
    if seconds < HOUR:
        count = max(1, round(seconds / MINUTE))
        return ngettext("{count} minute", "{count} minutes", count).format(count=count)
    if seconds < 2 * DAY:
        count = round(seconds / HOUR)
        return ngettext("{count} hour", "{count} hours", count).format(count=count)
    count = round(seconds / DAY)
    return ngettext("{count} day", "{count} days", count).format(count=count)


def _apology(of: AuditView) -> str:
    ticked = _("A clerk ticked it in {ticked} of {count}.").format(
        ticked=of.apology_ticked, count=of.count
    )
    if not of.sorry_asked:
        return _("{ticked} No customer was asked yet.").format(ticked=ticked)
    said = ngettext(
        "{ticked} Of {asked} customer who was asked, {said} says that somebody said sorry"
        " ({both} had it ticked), and {helped} that it helped.",
        "{ticked} Of {asked} customers who were asked, {said} say that somebody said sorry"
        " ({both} of them had it ticked), and {helped} that it helped.",
        of.sorry_asked,
    )
    return said.format(
        ticked=ticked,
        asked=of.sorry_asked,
        said=of.sorry_said,
        both=of.both_ticked,
        helped=of.sorry_helped,
    )


def _fixers(of: AuditView) -> str:
    tried: dict[str, int] = {}
    for step in of.steps:
        for who, times in step.by:
            tried[who] = tried.get(who, 0) + times
    most = sorted(tried.items(), key=lambda each: (-each[1], each[0]))[:MOST_WHO]
    said = [
        ngettext("{who}, {times} step", "{who}, {times} steps", times).format(
            who=_whose(who), times=times
        )
        for who, times in most
    ]
    return "; ".join(said) or _("Nobody yet.")


def _right(of: AuditView) -> str:
    said = ngettext(
        "{right} of {answered} customer says yes.",
        "{right} of {answered} customers say yes.",
        of.answered,
    ).format(right=of.put_right, answered=of.answered)
    if not of.glad_asked:
        return said
    glad = ngettext(
        "{said} {glad} of {asked} clerk would gladly take the next call.",
        "{said} {glad} of {asked} clerks would gladly take the next call.",
        of.glad_asked,
    )
    return glad.format(said=said, glad=of.glad, asked=of.glad_asked)


def _left(of: AuditView) -> str:
    left = ngettext("{count} customer left.", "{count} customers left.", of.left)
    if not of.thrice:
        return left.format(count=of.left)
    thrice = ngettext(
        "{left} {count} matter saw a third contact while it was open.",
        "{left} {count} matters saw a third contact while they were open.",
        of.thrice,
    )
    return thrice.format(left=left.format(count=of.left), count=of.thrice)


def _cells(step: AuditStep) -> list[str]:
    timed = step.median_s is not None and step.in_time is not None
    return [
        step_words(step.step),
        str(step.done),
        str(step.skipped),
        str(step.open),
        str(step.in_time) if timed else "",
        span(step.median_s) if step.median_s is not None else "",
        ", ".join(f"{_whose(who)} {times}" for who, times in step.by[:MOST_WHO]),
    ]


def _whose(role: str) -> str:
    """Return what a role is called, or a department; the audit names no single person."""
    return isolated(clean(role_words(role))) if role else _("No longer a clerk")
