"""One recovery: five steps, the words for each, and what has to be asked along the way."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit import Act
from care_console.recovery.pane.hand import Hand, understood
from care_console.recovery.pane.looking import Looking
from care_console.recovery.pane.words import Main, main_of
from care_console.recovery.rules import (
    Answers,
    Fault,
    Mood,
    PersonFirst,
    RecoveryView,
    Shown,
    Step,
    step_words,
)

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CTRL = Qt.KeyboardModifier.ControlModifier

Doing = Coroutine[Any, Any, None]


class RecoveryPane(Looking):
    """What can be done with it: each act has its way back, and asks in place of the buttons."""

    acted = Signal(object)  # an Act
    card_chosen = Signal(int)  # of the ripple
    settled = Signal(str)  # a Step that was just done
    closed = Signal(int)  # the recovery whose circle is closed

    _answer: Callable[[str], Doing] | None = None

    @property
    def asks(self) -> bool:
        """Whether a question is open in which something may be half written."""
        face = self.face
        return any(each.isVisible() for each in (face.ask, face.answers, face.hand))

    def set_words(self, when: Shown) -> None:
        """Show the words always, on a key or never: a choice of this clerk, which is kept."""
        self._speaking.revealed = False
        self._send("words", self._recoveries.show_words(self._command(), when))

    def finish(self) -> None:
        """Do what the large button says."""
        view, step = self.view, self.step
        if view is None:
            return
        acts: dict[Main, Callable[[], None]] = {
            Main.DONE: lambda: self._send("act", self._do(view.id, step)),
            Main.DATE: self._ask_date,
            Main.GO_ON: lambda: self._choose(view.next),
            Main.ANSWER: self.ask_answers,
            Main.CLOSE: lambda: self._send("act", self._close(view.id)),
            Main.REOPEN: self._ask_why_again,
        }
        acts[main_of(view, step)]()

    def ask_answers(self) -> None:
        """Ask what the customer says of it."""
        if self.view is not None:
            self.face.only(self.face.answers)
            self.face.answers.ask(self.view.called)

    def skip(self) -> None:
        """Ask why the step in front is left out."""
        step = self.step

        async def then(reason: str) -> None:
            if self.view is not None:
                self._did(await self._acting.skip(self.view.id, step, reason))

        question = _("Why is “{step}” left out?").format(step=step_words(step))
        self._ask(then, question, _("Leave it out"))

    def hand_over(self) -> None:
        """Ask who else does the step in front."""
        self.face.only(self.face.hand)
        self.face.hand.ask()

    def hand_over_whole(self) -> None:
        """Ask who has the whole recovery from now on."""
        if self.view is not None and self.view.closed_at is None:
            self.face.only(self.face.hand)
            self.face.hand.ask_colleague(self.view.owner_card_id)

    def undo(self) -> None:
        """Take back the last act."""
        if self.view is not None and self.view.last_step is not None:
            # what is taken back may still be on its way home, though the records show it
            self._send("undo", self._take_back(self.view, self.view.last_step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does what stands on the large button, wherever here the keyboard is."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in ENTER and held == CTRL and self.face.foot.isVisibleTo(self):
            self.finish()
        else:
            super().keyPressEvent(event)

    def _set_mood(self, mood: str) -> None:
        self._speaking.feel(Mood(mood))
        self._show()

    def _set_fault(self, fault: str) -> None:
        if self.view is not None:
            change = self._recoveries.set_fault(self._command(), self.view.id, Fault(fault))
            self._send("fault", change)

    # what is asked

    def _ask(self, then: Callable[[str], Doing], question: str, button: str, **more: Any) -> None:
        self._answer = then
        self.face.only(self.face.ask)
        self.face.ask.ask(question, button, **more)

    def _ask_date(self) -> None:
        async def then(typed: str) -> None:
            if self.view is not None:
                self._did(await self._acting.date(self.view.id, typed, self._said))

        when = partial(understood, clock=self._clock, locale=self._locale)
        question, button = _("When will you ask whether it is put right?"), _("I will ask then")
        self._ask(then, question, button, understood=when)

    def _ask_why_again(self) -> None:
        async def then(why: str) -> None:
            if self.view is not None:
                await self._recoveries.reopen(self._command(), self.view.id, why=why)
                self._back()

        self._ask(then, _("Why is it opened again?"), _("Open it again"))

    def _answered_ask(self, text: str) -> None:
        if self._answer is not None:
            self._send("act", self._try(partial(self._answer, text)))

    async def _try(self, answer: Callable[[], Doing]) -> None:
        """Do what was asked for; what cannot be is said under the field."""
        try:
            await answer()
        except CareError as hindrance:
            self.face.ask.refuse(str(hindrance))

    def _back(self) -> None:
        """Close the question, and go back to the steps."""
        self.face.only(self.face.foot)
        self.go_in()

    # what is done

    async def _do(self, recovery_id: int, step: Step) -> None:
        async def without(why: str) -> None:
            self._did(await self._acting.do(recovery_id, step, self._said, why), step)

        try:
            self._did(await self._acting.do(recovery_id, step, self._said), step)
        except PersonFirst as wanted:
            self._ask(without, str(wanted), _("Go on without"))

    async def _take_back(self, view: RecoveryView, step: Step) -> None:
        await self._acting.take_back(view, step)
        self._chosen = step

    async def _close(self, recovery_id: int) -> None:
        await self._recoveries.close(self._command(), recovery_id)
        self.closed.emit(recovery_id)

    async def _keep_answers(self, answers: Answers) -> None:
        if (view := self.view) is None:
            return
        try:
            act, closed = await self._acting.answer(view, answers, self._said)
        except CareError as hindrance:
            self.face.answers.refuse(str(hindrance))
            return
        self._did(act)
        if closed:
            self.closed.emit(view.id)

    async def _hand(self, hand: Hand) -> None:
        if self.view is None:
            return
        try:
            await self._acting.hand(self.view.id, self.step, hand)
        except CareError as hindrance:
            self.face.hand.refuse(str(hindrance))
            return
        self._back()

    async def _hand_whole(self, to_card_id: int, name: str) -> None:
        if self.view is None:
            return
        try:
            self._did(await self._acting.hand_whole(self.view, to_card_id, name))
        except CareError as hindrance:
            self.face.hand.refuse(str(hindrance))

    def _courtesy(self, card_id: int) -> None:
        if self.view is not None:
            due = self._recoveries.courtesy(self._command(), self.view.id, card_id)
            self._send("act", due)

    def _did(self, act: Act, step: Step | None = None) -> None:
        """Tell an act with its way back, and go on to the step that waits."""
        self._chosen = None
        self._speaking.go_on()
        asked = not self.face.foot.isVisibleTo(self)
        self.face.only(self.face.foot)
        if asked:
            self.go_in()
        self.acted.emit(act)
        if step is not None:
            self.settled.emit(step.value)

    def _send(self, name: str, doing: Doing) -> None:
        async def then() -> None:
            try:
                await doing
            finally:
                self.refresh()

        if not self.errands.do(name, then()):
            doing.close()

    def _connect(self) -> None:
        face = self.face
        face.another.clicked.connect(self.show_next)
        face.stepper.chosen.connect(lambda step: self._choose(Step(step)))
        face.script.mood_chosen.connect(self._set_mood)
        face.script.fault_chosen.connect(self._set_fault)
        face.foot.main_wanted.connect(self.finish)
        face.foot.skip_wanted.connect(self.skip)
        face.foot.hand_wanted.connect(self.hand_over)
        face.foot.undo_wanted.connect(self.undo)
        face.ask.answered.connect(self._answered_ask)
        face.answers.answered.connect(lambda said: self._send("act", self._keep_answers(said)))
        face.hand.wanted.connect(lambda hand: self._send("act", self._hand(hand)))
        face.hand.whole_wanted.connect(
            lambda card_id, name: self._send("act", self._hand_whole(card_id, name))
        )
        face.ripple.courtesy_wanted.connect(self._courtesy)
        face.ripple.card_chosen.connect(self.card_chosen)
        for left in (face.ask.left, face.answers.left, face.hand.left):
            left.connect(self._back)
