"""One duty in full: what, for whom, by when, how it came about, and what to do."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean
from care_console.base.words import N_, _
from care_console.journal.rules import Words
from care_console.kit import (
    Button,
    FlowLayout,
    GroupShapes,
    Label,
    Notice,
    Panel,
    Scroll,
    current_look,
)
from care_console.promises.pane.acts import DutyActs
from care_console.promises.pane.came import CameAbout
from care_console.promises.rules import Act, Duty
from care_console.promises.rules.duty import kept_above
from care_console.promises.rules.words import (
    came_words,
    due_words,
    kind_words,
    owner_words,
    recovery_words,
)
from care_console.promises.service import Duties

OPEN_WORDS = {
    "recovery": N_("Open recovery"),
    "request": N_("Open request"),
    "request_answer": N_("Open the answer"),
    "remedy": N_("Open delivery"),
    "remedy_failed": N_("Open delivery"),
}


class DutyDetail(Panel):
    """Has a button for each key of the list, and under them the box that asks when or to whom."""

    opened = Signal(object)  # the Duty whose room, or customer, is to be opened
    card_chosen = Signal(int)

    def __init__(
        self,
        duties: Duties,
        words: Words,
        clock: Clock,
        command: Callable[[], Command],
        locale: str,
    ) -> None:
        super().__init__()
        self.setAccessibleName(_("What is owed"))
        self._clock, self._locale = clock, locale
        self._duty: Duty | None = None
        self.acts = DutyActs(duties, clock, command, locale)
        self.what = Label(size=20, weight=600, wrap=True)
        self.came = Label(colour="text2", wrap=True)
        self.shapes = GroupShapes(())
        self.whom = Label(size=12, colour="text2", wrap=True)
        self.stands = {kind: Notice(kind) for kind in ("bad", "info", "ok")}
        self.open_it = Button("", "primary", key=_("Enter"))
        self.tick = Button("", "plain", "check", _("Space"))
        self.move_it = Button(_("Move…"), "plain", "clock", "M")
        self.hand_over = Button(_("Hand over…"), "plain", "swap", "H")
        self.put_right = Button(_("Put it right"), "plain", "heart", "R")
        self.card = Button(_("Open card"), "quiet", "person")
        self.rule = Label(size=12, colour="text3", wrap=True)
        self.came_about = CameAbout(duties.cards, words, clock, locale)
        self._lay_out()
        self._connect()
        self.show_duty(None)

    @property
    def duty(self) -> Duty | None:
        """What is shown."""
        return self._duty

    def show_duty(self, duty: Duty | None) -> None:
        """Show a duty, or that none is chosen."""
        if self.acts.asks and (duty is None or self._duty is None or duty.id != self._duty.id):
            self.acts.close_box()
        self._duty = duty
        self._inside.setVisible(duty is not None)
        self.came_about.show_card(None if duty is None else duty.card_id)
        if duty is not None:
            self._tell(duty, self._clock())
            self._offer(duty)

    def _tell(self, duty: Duty, now: datetime) -> None:
        self.what.setText(clean(duty.title))
        self.came.setText(came_words(duty, now, self._locale))
        self.shapes.show_groups(duty.groups)
        self.shapes.setVisible(bool(duty.groups))
        said = (clean(duty.card), kind_words(duty.kind), owner_words(duty), recovery_words(duty))
        self.whom.setText("  ·  ".join(each for each in said if each))
        kind = "ok" if not duty.open else "bad" if duty.late(now) else "info"
        for each, notice in self.stands.items():
            notice.setVisible(each == kind)
        self.stands[kind].tell(due_words(duty, now, self._locale))

    def _offer(self, duty: Duty) -> None:
        """Offer what can be done; what a room above keeps is done there."""
        there = OPEN_WORDS.get(duty.about, N_("Open")) if duty.about else N_("Open card")
        self.open_it.setText(_(there))
        self.open_it.setVisible(bool(duty.about) or duty.card_id is not None)
        self.tick.setText(_("Done") if duty.open else _("Not done after all"))
        self.tick.set_icon("check" if duty.open else "undo")
        self.tick.setVisible(not duty.elsewhere)
        here = {self.move_it: Act.MOVE, self.hand_over: Act.HAND_OVER}
        for button, act in here.items():
            button.setVisible(duty.open and not kept_above(act, duty.kind, duty.about))
        self.put_right.setVisible(duty.broken(self._clock()))
        self.card.setVisible(bool(duty.about) and duty.card_id is not None)
        self.rule.setVisible(duty.open and duty.wants_why and not self.move_it.isHidden())

    def _connect(self) -> None:
        self.open_it.clicked.connect(lambda: self._do(self.opened.emit))
        self.tick.clicked.connect(lambda: self._do(self.acts.tick))
        self.move_it.clicked.connect(lambda: self._do(self.acts.ask_when))
        self.hand_over.clicked.connect(lambda: self._do(self.acts.ask_to_whom))
        self.put_right.clicked.connect(lambda: self._do(self.acts.put_right))
        self.card.clicked.connect(lambda: self._do(self._open_card))
        self.acts.opened.connect(lambda: QTimer.singleShot(0, self, self._show_box))

    def _do(self, act: Callable[[Duty], None]) -> None:
        if self._duty is not None:
            act(self._duty)

    def _show_box(self) -> None:
        """Scroll to the box that asks, once it has its place."""
        if self.acts.asks:
            self._scroll.ensureWidgetVisible(self.acts)

    def _open_card(self, duty: Duty) -> None:
        if duty.card_id is not None:
            self.card_chosen.emit(duty.card_id)

    def _lay_out(self) -> None:
        px = current_look().px
        self.rule.setText(
            _("Moved in time and with their word it is still kept; what is owed cannot be deleted.")
        )
        self._inside = QWidget()
        down = QVBoxLayout(self._inside)
        down.setContentsMargins(px(8), px(8), px(8), px(8))
        down.setSpacing(px(10))
        whom = QHBoxLayout()
        whom.setSpacing(px(8))
        whom.addWidget(self.shapes)
        whom.addWidget(self.whom, 1, Qt.AlignmentFlag.AlignVCenter)
        down.addWidget(self.what)
        down.addWidget(self.came)
        down.addLayout(whom)
        for notice in self.stands.values():
            down.addWidget(notice)
        down.addWidget(self._buttons())
        down.addWidget(self.acts)
        down.addWidget(self.rule)
        down.addWidget(self.came_about)
        down.addStretch(1)
        self._scroll = Scroll(self._inside)
        self.body.addWidget(self._scroll)

    def _buttons(self) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=8)
        done = (self.tick, self.put_right, self.move_it, self.hand_over)
        for button in (self.open_it, *done, self.card):
            flow.addWidget(button)
        return row
