"""What the screen shows of recoveries: values alone, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from care_console.recovery.rules.checklist import Answers, Fault, State, Step
from care_console.recovery.rules.playbook import Mood, Playbook, Wording, choose, fill


class Shown(StrEnum):
    """When a clerk sees the words to say; a choice of each clerk."""

    ALWAYS = "always"
    KEY = "key"
    NEVER = "never"


class OpenedFrom(StrEnum):
    """What a recovery was opened from."""

    CALL = "call"
    CARD = "card"
    PROMISE = "promise"
    ABUSE = "abuse"


@dataclass(frozen=True, slots=True)
class WordingView:
    """One wording as the clerk reads it: names and amounts are already in it."""

    key: str  # to hand in with ``step_done`` when it was said
    say: str
    tail: str  # what to do right after it, or empty
    rather_than: tuple[str, ...]  # what had better not be said
    number: int  # from 1, "1 of 3"
    count: int
    said_before: bool = False  # to this customer: all of them were


@dataclass(frozen=True, slots=True)
class Script:
    """All the words of one recovery, so that a mood or the next wording is shown at once."""

    playbook: Playbook
    fault: Fault
    said: frozenset[str]  # keys that this customer has heard
    values: Mapping[str, str]  # for the placeholders; what is not known yet is missing
    promises: Mapping[Step, str] = field(default_factory=dict)  # each step's own ``promise``

    def words(self, step: Step, mood: Mood = Mood.CALM, turn: int = 0) -> WordingView:
        """Return what to say now; ``turn`` counts how often the clerk asked for the next one."""
        if (promise := self.promises.get(step)) is not None:
            return replace(self.saying(promise=promise), promises={}).words(step, mood, turn)
        options = self.playbook.wordings(step, self.fault, mood)
        wording, number = choose(options, self.said, turn, self.values)
        return self._view(wording, number, len(options))

    def moment(self, name: str, turn: int = 0) -> WordingView:
        """Return the words for a moment of its own, one of MOMENTS (beyond, waiting, refused)."""
        options = self.playbook.moments[name]
        wording, number = choose(options, self.said, turn, self.values)
        return self._view(wording, number, len(options))

    def saying(self, **values: str) -> "Script":
        """Return it with other values, such as ``amount`` for what was just offered."""
        return replace(self, values={**self.values, **values})

    def _view(self, wording: Wording, number: int, count: int) -> WordingView:
        return WordingView(
            key=wording.key,
            say=fill(wording.say, self.values),
            tail=fill(wording.tail, self.values),
            rather_than=tuple(fill(each, self.values) for each in wording.rather_than),
            number=number,
            count=count,
            said_before=wording.key in self.said,
        )


@dataclass(frozen=True, slots=True)
class StepView:
    """One step as it stands."""

    step: Step
    title: str  # "Apologise"
    state: State
    note: str  # or why it was left out
    at: datetime | None  # when it was settled
    clerk: str  # who settled it
    owner: str  # who has it in hand, where it was handed to somebody: a person or a department
    due_at: datetime | None  # by when they do it, or the follow-up asks
    taken_s: int | None  # since its clock began, until it was done; None: no clock, or not done
    late: bool  # its clock ran out, or whoever has it in hand, or asks, should have by now


@dataclass(frozen=True, slots=True)
class RemedyLine:
    """A remedy of this recovery, in one line."""

    remedy_id: int
    name: str
    amount_minor: int
    state: str  # offered, given, done, failed …
    at: datetime
    clerk: str


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """One recovery, whole."""

    id: int
    card_id: int
    name: str  # of the customer, as the card has it
    called: str  # how they like to be called
    group: str
    title: str  # "engineer did not come"
    fault: Fault
    language: str
    level: int  # 0, or how often a no took it up
    opened_from: OpenedFrom
    opened_at: datetime
    owner_card_id: int
    owner: str
    matter_id: int | None
    matter: str
    contacts: int  # of the customer about this matter; the third rises
    steps: tuple[StepView, ...]  # five, in order
    next: Step | None  # with which the console leads; None: nothing left but to close
    person_waits: frozenset[Step]  # of apology and empathy: what a remedy asks for first
    script: Script
    shown: Shown
    follow_up_due_at: datetime | None
    answers: Answers | None
    answered_at: datetime | None
    missing: str  # the sentence that says why it cannot be closed, or empty: it can
    may_close: bool  # the clerk who looks, once nothing is missing
    closed_at: datetime | None
    last: str  # "Apologise done 10:39" of the last act, or empty
    last_step: Step | None  # which Undo takes back
    changes_at: datetime | None  # when the next thing in it becomes late
    remedies: tuple[RemedyLine, ...]

    @property
    def number(self) -> str:
        """How it is called in the house."""
        return f"R-{self.id}"

    def step(self, step: Step) -> StepView:
        """Return one of the five."""
        return next(each for each in self.steps if each.step is step)


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """A recovery in a list."""

    id: int
    card_id: int
    name: str
    group: str
    title: str
    level: int
    settled: int  # of the five steps
    next: Step | None
    owner_card_id: int
    owner: str
    opened_at: datetime
    closed_at: datetime | None
    next_due_at: datetime | None
    late: bool
    contacts: int  # about its matter; from the third on it stands first
    put_right: bool | None

    @property
    def number(self) -> str:
        """How it is called in the house."""
        return f"R-{self.id}"


class Show(StrEnum):
    """Which recoveries a list shows."""

    OPEN = "open"
    MINE = "mine"  # open, owned by this clerk
    LATE = "late"  # open, and a time has run out
    UP = "up"  # open, and a no took it up
    UNDATED = "undated"  # open, and nobody owes the follow-up
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which recoveries a list shows, further narrowed by group and step."""

    show: Show = Show.OPEN
    clerk_card_id: int | None = None  # for MINE
    group: str = ""
    step: Step | None = None  # that is next
    most: int = 500


@dataclass(frozen=True, slots=True)
class RippleRow:
    """Somebody whom a let-down customer may touch."""

    card_id: int
    name: str
    groups: tuple[str, ...]
    tie: str  # "was sold to by": read after the customer's name, before theirs
    open_matters: tuple[str, ...]  # their own, the titles
    open_recovery: bool
    courtesy_due_at: datetime | None  # a courtesy contact is owed already


@dataclass(frozen=True, slots=True)
class AuditStep:
    """How one step was done in the recoveries of a period."""

    step: Step
    done: int
    skipped: int
    open: int
    in_time: int | None  # of those done; None: the step has no clock
    median_s: int | None  # from the beginning to the first time it was done
    by: tuple[tuple[str, int], ...]  # who settled it, by role or department, most first


@dataclass(frozen=True, slots=True)
class AuditView:
    """When a customer is angry here: what was done, and what they say of it."""

    since: date
    until: date
    count: int  # recoveries that were begun
    closed: int
    reopened: int  # by a no
    steps: tuple[AuditStep, ...]
    apology_ticked: int  # a clerk ticked the apology …
    sorry_asked: int  # … of so many customers who were asked
    sorry_said: int  # … so many say that somebody said sorry
    sorry_helped: int
    both_ticked: int  # of those asked, so many had the apology ticked
    answered: int
    put_right: int
    glad: int  # clerks who would gladly take the next call
    glad_asked: int
    median_close_s: int | None
    thrice: int  # matters with a third contact while open
    left: int  # customers of these recoveries who have left us all the same
    reasons: tuple[tuple[Step, str, int], ...]  # why steps were left out, most first


class AbuseStep(StrEnum):
    """What comes next on an abusive call."""

    FIRST = "first"  # warn
    SECOND = "second"  # warn again
    END = "end"  # end it, with the house's backing
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class AbuseView:
    """How far an abusive call has come, and what to say now."""

    contact_id: int
    next: AbuseStep
    words: WordingView | None  # None: it is ended
    note: str  # proposed for the card, factual, to be edited
    note_until: date  # it expires


@dataclass(frozen=True, slots=True)
class SilentCall:
    """Somebody who called a colleague to the desk without a sound."""

    duty_id: int
    words: str  # who calls, and where to
    by_card_id: int | None
    to_card_id: int | None
    coming: str  # who comes, or empty


@dataclass(frozen=True, slots=True)
class PlaybookVersion:
    """One version of a playbook that was in force."""

    version: int
    made_at: datetime
    made_by: str  # a clerk, or empty: came with the program
    in_force: bool


@dataclass(frozen=True, slots=True)
class PlaybookText:
    """The words in force for one group and language, as they are edited."""

    group: str
    language: str
    version: int  # 0: as they came with the program, never used yet
    text: str  # TOML
    own: bool  # the house changed them
