"""What the panel has done by the service, each act with its way back."""

from collections.abc import Callable
from dataclasses import dataclass

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean
from care_console.base.spell import at_words
from care_console.base.words import _
from care_console.kit import Act
from care_console.promises.rules import read_when
from care_console.recovery.pane.hand import Hand
from care_console.recovery.rules import Answers, RecoveryView, Step, step_words
from care_console.recovery.service import Recoveries


@dataclass(frozen=True, slots=True)
class Acting:
    """Sends commands. What cannot be done raises, and nothing was done."""

    recoveries: Recoveries
    command: Callable[[], Command]
    clock: Clock
    locale: str

    async def do(self, recovery_id: int, step: Step, wording: str, why: str = "") -> Act:
        """Tick a step. Raises PersonFirst and DateWanted."""
        await self.recoveries.step_done(self.command(), recovery_id, step, wording=wording, why=why)
        return self._act(_("{step}: done"), recovery_id, step)

    async def skip(self, recovery_id: int, step: Step, reason: str) -> Act:
        """Leave a step out. Raises ReasonWanted."""
        await self.recoveries.step_skipped(self.command(), recovery_id, step, reason=reason)
        return self._act(_("{step}: left out"), recovery_id, step)

    async def date(self, recovery_id: int, typed: str, wording: str) -> Act:
        """Date the follow-up as it was typed. Raises NotAMoment."""
        due_at = read_when(typed, self.clock(), self.locale)
        await self.recoveries.follow_up(self.command(), recovery_id, due_at=due_at, wording=wording)
        when = at_words(due_at, self.clock(), self.locale)
        return self._act(_("{step}: you ask {when}"), recovery_id, Step.FOLLOW_UP, when=when)

    async def hand(self, recovery_id: int, step: Step, hand: Hand) -> None:
        """Give a step into other hands."""
        await self.recoveries.hand_step(
            self.command(),
            recovery_id,
            step,
            due_at=hand.due_at,
            owner_card_id=hand.card_id,
            department_id=hand.department_id,
        )

    async def hand_whole(self, view: RecoveryView, to_card_id: int, name: str) -> Act:
        """Give the whole recovery to a colleague. Raises BadRecovery."""
        await self.recoveries.hand_over(self.command(), view.id, to_card_id)

        async def undo() -> None:
            await self.recoveries.hand_over(self.command(), view.id, view.owner_card_id)

        words = _("{number} handed over to {name}")
        return Act(words.format(number=view.number, name=clean(name)), undo)

    async def answer(self, view: RecoveryView, answers: Answers, wording: str) -> tuple[Act, bool]:
        """Keep the answers; where all is well and nothing is left, the circle is closed.

        Whoever may not close it keeps them all the same. Return the act, and whether it was closed.
        """
        well = not answers.opens and view.next is None and view.may_close
        again = await self.recoveries.answer(
            self.command(), view.id, answers, wording=wording, and_close=well
        )

        async def undo() -> None:
            await self.recoveries.answer_undone(self.command(), view.id)

        words = _("Opened again, one level up") if again else _("Answered: it is put right")
        return Act(words, undo), well and not again

    async def take_back(self, view: RecoveryView, step: Step) -> None:
        """Take back the last act on ``step``, which may have been an answer."""
        answered = step is Step.FOLLOW_UP and view.answered_at is not None
        if answered and view.answered_at == view.step(step).at:
            await self.recoveries.answer_undone(self.command(), view.id)
        else:
            await self.recoveries.step_undone(self.command(), view.id, step)

    def _act(self, words: str, recovery_id: int, step: Step, **said: str) -> Act:
        async def undo() -> None:
            await self.recoveries.step_undone(self.command(), recovery_id, step)

        return Act(words.format(step=step_words(step), **said), undo)
