"""The five steps of a recovery, and when its circle is closed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from care_console.base.errors import CareError
from care_console.base.masking import masked
from care_console.base.names import clean
from care_console.base.words import N_, _

LONGEST_NOTE = 500  # characters


class Step(StrEnum):
    """The five steps, in the order in which the console leads; they may be done in any."""

    APOLOGY = "apology"
    REINSTATEMENT = "reinstatement"
    EMPATHY = "empathy"
    ATONEMENT = "atonement"  # on the screen: make it up
    FOLLOW_UP = "follow_up"


class State(StrEnum):
    """How a step stands."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


class Fault(StrEnum):
    """Whose fault it was that the customer was let down."""

    OURS = "ours"
    THEIRS = "theirs"
    UNKNOWN = "unknown"


PERSON = frozenset({Step.APOLOGY, Step.EMPATHY})  # what a remedy waits for

STEP_WORDS = {
    Step.APOLOGY: N_("Apologise"),
    Step.REINSTATEMENT: N_("Quick reinstatement"),
    Step.EMPATHY: N_("Empathy"),
    Step.ATONEMENT: N_("Make it up"),
    Step.FOLLOW_UP: N_("Follow-up"),
}
FAULT_WORDS = {
    Fault.OURS: N_("Our fault"),
    Fault.THEIRS: N_("Not ours"),
    Fault.UNKNOWN: N_("Not known"),
}


class BadRecovery(CareError):
    """What was asked cannot be done with this recovery; nothing of it was changed."""


class ReasonWanted(BadRecovery):
    """A step was to be left out without a word why."""


class PersonFirst(BadRecovery):
    """A remedy came before the apology or the empathy, and nobody said why."""


class DateWanted(BadRecovery):
    """The follow-up was to be ticked without a day on which somebody asks."""


class StillOpen(BadRecovery):
    """The recovery was to be closed before its circle was."""


class AlreadyClosed(BadRecovery):
    """The recovery was closed before."""


class NothingToUndo(BadRecovery):
    """The step is open: there is nothing to take back."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How one step stands, and how it stood before, the oldest first."""

    state: State = State.OPEN
    note: str = ""  # or the reason for which it was left out
    wording: str = ""  # the key of the words that were said
    at: datetime | None = None  # aware, UTC; of an open step: when a no opened it again
    by: int | None = None  # the clerk's card
    earlier: tuple["Mark", ...] = field(default=(), repr=False)

    def then(self, mark: "Mark") -> "Mark":
        """Return ``mark`` with this one behind it."""
        return replace(mark, earlier=(*self.earlier, replace(self, earlier=())))

    def before(self) -> "Mark":
        """Return exactly what stood before the last act. Raises NothingToUndo."""
        if self.state is State.OPEN:
            raise NothingToUndo(N_("Nothing was done here that could be taken back."))
        return replace(self.earlier[-1], earlier=self.earlier[:-1])

    @property
    def first_done_at(self) -> datetime | None:
        """When it was done for the first time, whatever came after."""
        marks = (*self.earlier, self)
        return next((each.at for each in marks if each.state is State.DONE), None)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the customer answered at the follow-up, and the clerk after it."""

    put_right: bool  # is it put right?
    sorry_said: bool | None = None  # did anyone say sorry? None: not asked
    sorry_helped: bool | None = None  # and did it help?
    next_call: bool | None = None  # to the clerk: would you gladly take the next call?

    @property
    def opens(self) -> frozenset[Step]:
        """The steps that a *no* opens again: empty where all is well.

        Not put right: all five. Nobody said sorry, or it did not help: what is for the person. A
        clerk who would rather not take the next call: somebody else asks once more.
        """
        if not self.put_right:
            return frozenset(Step)
        if self.sorry_said is False or self.sorry_helped is False:
            return PERSON | {Step.FOLLOW_UP}
        return frozenset({Step.FOLLOW_UP}) if self.next_call is False else frozenset()

    @property
    def word(self) -> Step | None:
        """The first step that a *no* opens: with it the customer is spoken to again."""
        return next((step for step in Step if step in self.opens), None)


@dataclass(frozen=True, slots=True)
class Checklist:
    """How far one recovery has come. Every act returns another checklist; this one stays.

    Once it is closed, all but a *no* of the customer raises AlreadyClosed.
    """

    marks: tuple[Mark, ...] = (Mark(),) * len(Step)  # in the order of the steps
    answers: Answers | None = None  # None: not asked at this level yet
    level: int = 0  # how often a no took it one level up
    closed: bool = False

    def mark(self, step: Step) -> Mark:
        """Return how ``step`` stands."""
        return self.marks[tuple(Step).index(step)]

    @property
    def waiting(self) -> tuple[Step, ...]:
        """The steps that are neither done nor left out with a reason."""
        return tuple(step for step in Step if self.mark(step).state is State.OPEN)

    @property
    def next(self) -> Step | None:
        """The step with which the console leads, or None."""
        return next(iter(self.waiting), None)

    @property
    def dated(self) -> bool:
        """Whether somebody owes the follow-up on a day."""
        return self.mark(Step.FOLLOW_UP).state is State.DONE and self.answers is None

    @property
    def unanswered(self) -> bool:
        """Whether the customer is still to be asked if it is put right."""
        return self.answers is None

    @property
    def person_waits(self) -> frozenset[Step]:
        """What a remedy asks for first: of apology and empathy, those that are open."""
        return PERSON & frozenset(self.waiting)

    @property
    def pristine(self) -> bool:
        """Whether nothing was ever done on it."""
        return all(mark == Mark() for mark in self.marks) and not self.closed

    def do(
        self,
        step: Step,
        *,
        at: datetime,
        by: int | None = None,
        note: str = "",
        wording: str = "",
        why: str = "",
    ) -> "Checklist":
        """Return it with ``step`` done, also one that was left out.

        ``why`` says why a remedy comes before apology and empathy; it is kept as the note. Raises
        PersonFirst without it, DateWanted for the follow-up, see ``date``, and AlreadyClosed.
        """
        if step is Step.ATONEMENT and self.person_waits and not tidy(why):
            raise PersonFirst(N_("Say sorry and listen first, or say why not."))
        if step is Step.FOLLOW_UP:
            raise DateWanted(N_("Say when you will ask whether it is put right."))
        kept = tidy(note) or tidy(why)
        return self._with(step, Mark(State.DONE, kept, wording, at, by))

    def skip(self, step: Step, *, reason: str, at: datetime, by: int | None = None) -> "Checklist":
        """Return it with ``step`` left out. Raises ReasonWanted and AlreadyClosed.

        The follow-up is never left out, by any way of closing: BadRecovery.
        """
        if step is Step.FOLLOW_UP:
            raise BadRecovery(N_("Only the customer can say that it is put right: ask them."))
        if not tidy(reason):
            raise ReasonWanted(N_("Say in a few words why this step is left out."))
        return self._with(step, Mark(State.SKIPPED, tidy(reason), "", at, by))

    def undo(self, step: Step) -> "Checklist":
        """Return it with ``step`` exactly as it stood before the last act on it.

        Raises NothingToUndo, also for a follow-up that was answered, and AlreadyClosed.
        """
        self._still_open()
        if step is Step.FOLLOW_UP and self.answers is not None:
            raise NothingToUndo(N_("The customer has answered: ask once more if it was otherwise."))
        return self._put(step, self.mark(step).before())

    def date(self, *, at: datetime, by: int | None = None, wording: str = "") -> "Checklist":
        """Return it with a follow-up that somebody owes on a day, which does the step.

        Another day is no other step. Raises AlreadyClosed, and BadRecovery if it was answered.
        """
        self._still_open()
        if self.answers is not None:
            raise BadRecovery(N_("The customer has answered: nothing is left to ask."))
        if self.dated:
            return self
        return self._with(Step.FOLLOW_UP, Mark(State.DONE, "", wording, at, by))

    def answer(
        self, answers: Answers, *, at: datetime, by: int | None = None, wording: str = ""
    ) -> "Checklist":
        """Return it with what the customer answered, which does the follow-up.

        A *no* opens it again one level up, also if it was closed: see ``Answers.opens``. Raises
        AlreadyClosed where all is well and it is closed.
        """
        opens = answers.opens
        if not opens:
            self._still_open()
        done = Mark(State.DONE, "", wording, at, by)
        asked = replace(self, closed=False, answers=answers)
        asked = asked._put(Step.FOLLOW_UP, asked.mark(Step.FOLLOW_UP).then(done))
        return asked._one_level_up(opens, at) if opens else asked

    def close(self) -> "Checklist":
        """Return it closed. Raises StillOpen, which names what is missing, and AlreadyClosed."""
        self._still_open()
        if self.waiting:
            steps = ", ".join(step_words(step) for step in self.waiting)
            raise StillOpen(N_("Still to do, or to leave out with a reason: {steps}."), steps=steps)
        if self.unanswered:
            raise StillOpen(N_("Ask the customer first whether it is put right."))
        return replace(self, closed=True)

    def reopen(self) -> "Checklist":
        """Return it open again at the same level, with the follow-up still to be asked."""
        again = replace(self, closed=False, answers=None)
        return again._open((Step.FOLLOW_UP,), None)

    def _one_level_up(self, opens: Iterable[Step], at: datetime) -> "Checklist":
        up = replace(self, level=self.level + 1, answers=None)
        return up._open(opens, at)

    def _open(self, steps: Iterable[Step], at: datetime | None) -> "Checklist":
        again = self
        for step in steps:
            if again.mark(step).state is not State.OPEN:
                again = again._put(step, again.mark(step).then(Mark(at=at)))
        return again

    def _with(self, step: Step, mark: Mark) -> "Checklist":
        self._still_open()
        return self._put(step, self.mark(step).then(mark))

    def _put(self, step: Step, mark: Mark) -> "Checklist":
        marks = [mark if each is step else self.mark(each) for each in Step]
        return replace(self, marks=tuple(marks))

    def _still_open(self) -> None:
        if self.closed:
            raise AlreadyClosed(N_("This recovery is closed."))


def step_words(step: str) -> str:
    """Return what a step is called on the screen."""
    return _(STEP_WORDS[Step(step)])


def fault_words(fault: str) -> str:
    """Return how the screen says whose fault it was."""
    return _(FAULT_WORDS[Fault(fault)])


def tidy(text: str) -> str:
    """Return a note or a reason as it is kept, on one line."""
    return masked(clean(text, LONGEST_NOTE))
