"""How the panel of a recovery is laid out, and what of it is on the screen."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from care_console.base.words import N_, _
from care_console.kit import Button, Label, Panel
from care_console.recovery.pane.answers import AnswersBox
from care_console.recovery.pane.asking import Ask
from care_console.recovery.pane.foot import Foot
from care_console.recovery.pane.hand import HandBox
from care_console.recovery.pane.ripple import Ripple
from care_console.recovery.pane.script import ScriptBox
from care_console.recovery.pane.speaking import Speaking
from care_console.recovery.pane.stepper import Stepper
from care_console.recovery.pane.words import (
    if_words,
    main_words,
    status_of,
    step_note,
    title_of,
    trail_of,
)
from care_console.recovery.rules import RecoveryView, Shown, State, Step, WordingView

MOMENT_WORDS = {  # in place of "1 of 3"
    "beyond": N_("beyond the limit"),
    "waiting": N_("while you wait"),
    "refused": N_("refused"),
    "withdrawn": N_("withdrawn"),
}


def moment_words(name: str) -> str:
    """Return what stands in place of "1 of 3" while a moment has its own words, or nothing."""
    return _(MOMENT_WORDS[name]) if name in MOMENT_WORDS else ""


class Face:
    """The parts of the panel. They show; whoever holds them decides."""

    def __init__(self, hand: HandBox, key: str) -> None:
        self.panel = Panel(" ", "heart", key)
        self.stepper, self.script, self.foot = Stepper(), ScriptBox(), Foot()
        self.note = Label(size=12, colour="text2", wrap=True)
        self.ask, self.answers, self.hand, self.ripple = Ask(), AnswersBox(), hand, Ripple()
        self.another = Button("", "quiet", key=key)
        self.another.hide()
        self.panel.head.insertWidget(3, self.another)
        self._words_wanted, self._compact = True, False

    def lay_into(self, pane: QWidget) -> None:
        """Put the panel into ``pane``."""
        whole = QVBoxLayout(pane)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.panel)
        body = self.panel.body
        for part in (self.stepper, self.note, self.script, self.foot):
            body.addWidget(part)
        for asking in (self.ask, self.answers, self.hand, self.ripple):
            body.addWidget(asking)
        body.addStretch(1)

    def only(self, part: QWidget) -> None:
        """Show this of the foot and the questions that take its place.

        The customer's answers have words of their own, and take the place of the others too.
        """
        for each in (self.foot, self.ask, self.answers, self.hand):
            each.setVisible(each is part)
        self._settle()

    def set_compact(self, on: bool) -> None:
        """Do without what can be spared; a step's note is still said and in its tooltip."""
        self._compact = on
        self.stepper.set_compact(on)
        self.script.set_compact(on)
        if on:
            self.ripple.hide()

    def show_view(self, view: RecoveryView, step: Step, now: datetime, locale: str) -> None:
        """Show how the recovery stands, with ``step`` in front."""
        self.panel.title.setText(title_of(view))
        self.panel.trail.setText(trail_of(view, now, locale))
        self.panel.setAccessibleName(title_of(view))
        self.stepper.show_steps(view.steps, step, now, locale)
        here, closed = view.step(step), view.closed_at is not None
        note = step_note(here, now, locale)
        self.note.setText(note)
        self.note.setVisible(bool(note) and not self._compact)
        self.foot.main.setText(main_words(view, step))
        waits = here.state is State.OPEN and not closed and step is not Step.FOLLOW_UP
        for button in (self.foot.skip, self.foot.hand):
            button.setVisible(waits)  # the follow-up is the customer's, and never left out
        self.foot.status.setText(status_of(view, now, locale))
        self.foot.undo.setVisible(view.last_step is not None and not closed)

    def show_place(self, at: int, count: int) -> None:
        """Say which of the customer's open recoveries this is, where there are more."""
        self.another.setText(_("{at} of {count}, next").format(at=at, count=count))
        said = _("Recovery {at} of {count}: go on to the next")
        self.another.setAccessibleName(said.format(at=at, count=count))
        self.another.setVisible(count > 1)

    def show_script(self, view: RecoveryView, words: WordingView, speaking: Speaking) -> None:
        """Show what to say, if the clerk wants to see it."""
        self._words_wanted = view.closed_at is None
        self._settle()
        self.script.show_person(if_words(view), speaking.mood, view.fault)
        self.script.show_words(words, moment_words(speaking.moment))
        on_key = view.shown is not Shown.NEVER
        self.script.set_words_shown(speaking.shown(view), on_key=on_key)

    def _settle(self) -> None:
        self.script.set_asked(not self.foot.isVisibleTo(self.panel))
        self.script.setVisible(self._words_wanted and not self.answers.isVisibleTo(self.panel))
