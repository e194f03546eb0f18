"""How long the steps may take, and how much of that time is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from care_console.recovery.rules.checklist import Checklist, Mark, State, Step

ALLOWED: Mapping[Step, timedelta] = MappingProxyType(
    {
        Step.APOLOGY: timedelta(minutes=10),
        Step.REINSTATEMENT: timedelta(hours=4),
        Step.ATONEMENT: timedelta(days=1),
    }
)
"""From the beginning, or since a no opened it again. The other steps have no clock."""


@dataclass(frozen=True, slots=True)
class Since:
    """When a recovery was opened, and when the level began at which it is now."""

    opened_at: datetime
    level_at: datetime

    def clock_of(self, mark: Mark) -> datetime:
        """Return since when the clock of a step runs: a no that opens it again starts it anew.

        A step that no *no* opened goes on as if there had been none. Homes of before keep no
        moment with a step that was opened again: for those it is when the level began.
        """
        marks = (*mark.earlier, mark)
        again = [each for each in marks[1:] if each.state is State.OPEN]
        return (again[-1].at or self.level_at) if again else self.opened_at


def deadline(checklist: Checklist, step: Step, since: Since) -> datetime | None:
    """Return when the clock of an open step runs out; None: it has none, or it stands."""
    mark = checklist.mark(step)
    if step not in ALLOWED or mark.state is not State.OPEN or checklist.closed:
        return None
    return since.clock_of(mark) + ALLOWED[step]


def taken_s(checklist: Checklist, step: Step, since: Since) -> int | None:
    """Return how long it took until ``step`` was done, in seconds; None: no clock, or not done."""
    mark = checklist.mark(step)
    if step not in ALLOWED or mark.state is not State.DONE or mark.at is None:
        return None
    return max(0, int((mark.at - since.clock_of(mark)).total_seconds()))


def next_deadline(checklist: Checklist, since: Since) -> datetime | None:
    """Return when the first clock that is still running runs out, or None."""
    each = (deadline(checklist, step, since) for step in ALLOWED)
    return min((at for at in each if at is not None), default=None)
