"""A duty, how it stands at a moment, and the order in which a day goes through them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from care_console.base.errors import CareError
from care_console.base.words import N_

LONGEST_TITLE, LONGEST_WHY = 200, 200  # characters
SOON = timedelta(minutes=30)  # before it is due
GRACE = timedelta(minutes=1)  # what is due at 12:00 is done in time until 12:01
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

DONE, WITHDRAWN = "done", "withdrawn"  # outcomes
RECOVERY = "recovery"  # what a duty hangs on in the room of recoveries


class BadDuty(CareError):
    """What was asked cannot be done with this duty; nothing of it was changed."""


class AskedElsewhere(CareError):
    """It belongs to a recovery, a request or a remedy, and is settled where that stands."""


class DutyKind(StrEnum):
    """What is owed."""

    FOLLOW_UP = "follow_up"  # asking whether it was put right
    REQUEST = "request"  # an answer to a colleague who may not decide it alone
    DELIVERY = "delivery"  # a remedy that was given and is to be done
    COURTESY = "courtesy"  # a contact that discloses nothing
    CHECK_ON = "check_on"  # asking a colleague how they are
    STEP = "step"  # of a recovery, handed over
    COME = "come"  # to a colleague's desk, now and without a word
    OTHER = "other"  # what was promised


class DutyState(StrEnum):
    """How a duty stands."""

    LATER = "due_later"  # on another day
    TODAY = "due_today"
    SOON = "due_soon"  # within half an hour
    OVERDUE = "overdue"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What can be done with a duty."""

    SETTLE = "settle"
    MOVE = "move"
    HAND_OVER = "hand_over"


class Part(StrEnum):
    """The parts of a day's list, in their order."""

    LATE = "late"
    WAITING = "waiting"
    FOLLOW_UPS = "follow_ups"
    DELIVERIES = "deliveries"
    OTHERS = "others"


PARTS = {
    DutyKind.FOLLOW_UP: Part.FOLLOW_UPS,
    DutyKind.REQUEST: Part.WAITING,
    DutyKind.DELIVERY: Part.DELIVERIES,
    DutyKind.COURTESY: Part.FOLLOW_UPS,
    DutyKind.CHECK_ON: Part.FOLLOW_UPS,
    DutyKind.STEP: Part.OTHERS,
    DutyKind.COME: Part.WAITING,
    DutyKind.OTHER: Part.OTHERS,
}

KEPT_ABOVE = {  # what the room above keeps itself, of the duties that hang on something there
    Act.SETTLE: {DutyKind.FOLLOW_UP, DutyKind.REQUEST, DutyKind.DELIVERY, DutyKind.STEP},
    Act.MOVE: {DutyKind.REQUEST, DutyKind.DELIVERY, DutyKind.STEP},
    Act.HAND_OVER: {DutyKind.REQUEST, DutyKind.STEP},
}

OPEN_IT = {
    DutyKind.FOLLOW_UP: N_("Open the recovery: how the follow-up went is asked there."),
    DutyKind.STEP: N_("Open the recovery: its steps are done there."),
    DutyKind.REQUEST: N_("Open the request: it waits for a yes or a no."),
    DutyKind.DELIVERY: N_("Open what is to be delivered: done or not is said there."),
}


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is owed by a moment, by a clerk, by a department, or by nobody yet."""

    id: int
    kind: DutyKind
    title: str
    card_id: int | None
    card: str  # the customer's name, or empty
    groups: tuple[str, ...]  # the customer's
    about: str  # what it hangs on in a room above, or empty
    about_id: int
    owner_card_id: int | None
    owner: str
    department_id: int | None
    department: str
    made_at: datetime
    made_by: str
    first_due_at: datetime  # as it was before it was moved
    due_at: datetime
    moved: int  # how often
    settled_at: datetime | None = None
    settled_by: str = ""
    outcome: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.settled_at is None

    def state(self, now: datetime) -> DutyState:
        """Return how it stands at ``now``, which is aware."""
        return state(self.due_at, self.settled_at, self.outcome, now)

    def late(self, now: datetime) -> bool:
        """Return whether it should have been done by ``now``."""
        return self.state(now) is DutyState.OVERDUE

    def broken(self, now: datetime) -> bool:
        """Return whether a customer was promised it and it was not, or is not, done in time.

        What hangs on something in a room above is put right there.
        """
        late = self.late(now)
        if self.settled_at is not None and self.outcome == DONE:
            late = self.settled_at - self.due_at >= GRACE
        return late and self.kind is DutyKind.OTHER and self.card_id is not None and not self.about

    @property
    def recovery_id(self) -> int | None:
        """The recovery that was begun because this promise was broken, or None."""
        begun = self.about == RECOVERY and self.kind is DutyKind.OTHER
        return self.about_id if begun else None

    @property
    def elsewhere(self) -> bool:
        """Whether it is ticked off where it came from, and not in the list."""
        return kept_above(Act.SETTLE, self.kind, self.about)

    @property
    def wants_why(self) -> bool:
        """Whether a customer waits for it, who is told why it is moved."""
        return self.card_id is not None


def state(due_at: datetime, settled_at: datetime | None, outcome: str, now: datetime) -> DutyState:
    """Return how a duty stands at ``now``; all moments are aware, days are those of the desk."""
    if settled_at is not None:
        return DutyState.WITHDRAWN if outcome == WITHDRAWN else DutyState.DONE
    if due_at <= now:
        return DutyState.OVERDUE
    if due_at - now <= SOON:
        return DutyState.SOON
    today = due_at.astimezone().date() == now.astimezone().date()
    return DutyState.TODAY if today else DutyState.LATER


def changes_at(due_at: datetime, now: datetime) -> datetime:
    """Return the next moment after ``now`` at which an open duty may stand or read otherwise.

    That is each midnight, half an hour before it is due, then each minute until an hour after it,
    each hour until a day after it, and each day from then on.
    """
    before = due_at - now
    if before <= timedelta(0):
        step = MINUTE if -before < HOUR else HOUR if -before < DAY else DAY
        at = due_at + (-before // step + 1) * step
    elif before <= SOON:
        at = due_at - (before - timedelta(microseconds=1)) // MINUTE * MINUTE
    else:
        at = due_at - SOON
    return min(at, _midnight_after(now))


def part(duty: Duty, now: datetime) -> Part:
    """Return in which part of the day's list an open duty stands."""
    return Part.LATE if duty.late(now) else PARTS[duty.kind]


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Return duties as they are gone through: what is due first comes first."""
    return sorted(duties, key=lambda each: (each.due_at, each.id))


def parts(duties: Iterable[Duty], now: datetime) -> list[tuple[Part, list[Duty]]]:
    """Return the open ones of ``duties`` by the parts of the day's list that are not empty."""
    found: dict[Part, list[Duty]] = {}
    for each in in_order(each for each in duties if each.open):
        found.setdefault(part(each, now), []).append(each)
    return [(which, found[which]) for which in Part if which in found]


def to_go(duties: Sequence[Duty], now: datetime) -> int:
    """Return how many are still to be done today, or should have been done before."""
    return sum(each.open and each.state(now) is not DutyState.LATER for each in duties)


def kept_above(act: Act, kind: DutyKind, about: str) -> bool:
    """Return whether ``act`` is done where the duty came from, and not here."""
    return about != "" and kind in KEPT_ABOVE[act]


ON_THE_CARD = frozenset({"request_answer"})  # what is told to the customer, whose card opens


def check_here(act: Act, kind: DutyKind, about: str) -> None:
    """Raise AskedElsewhere, which says what to open, unless ``act`` can be done here."""
    if kept_above(act, kind, about):
        raise AskedElsewhere(OPEN_IT[kind])


def _midnight_after(now: datetime) -> datetime:
    here = now.astimezone()
    return datetime.combine(here.date() + DAY, time()).astimezone(now.tzinfo)
