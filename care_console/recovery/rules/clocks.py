"""How long the steps may take, and how much of that time is used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from care_console.recovery.rules.checklist import Checklist, State, Step

ALLOWED: Mapping[Step, timedelta] = MappingProxyType(
    {
        Step.APOLOGY: timedelta(minutes=10),
        Step.REINSTATEMENT: timedelta(hours=4),
        Step.ATONEMENT: timedelta(days=1),
    }
)
"""From the beginning of the recovery, or of its level. The other steps have no clock."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """The clock of one step."""

    taken_s: int  # until it was done, or until now
    allowed_s: int
    stopped: bool  # it was done, or left out

    @property
    def share(self) -> float:
        """How much of the time is used: 1.0 and more is late."""
        return self.taken_s / self.allowed_s

    @property
    def late(self) -> bool:
        """Whether it took, or takes, longer than it may."""
        return self.taken_s > self.allowed_s


def clocked(checklist: Checklist, step: Step, began: datetime, now: datetime) -> Clocked | None:
    """Return the clock of ``step``, or None if it has none; the moments are aware."""
    if step not in ALLOWED:
        return None
    mark = checklist.mark(step)
    until = now if mark.state is State.OPEN else mark.at or now
    taken = max(0, int((until - began).total_seconds()))
    stopped = mark.state is not State.OPEN
    return Clocked(taken, int(ALLOWED[step].total_seconds()), stopped)


def next_deadline(checklist: Checklist, began: datetime) -> datetime | None:
    """Return when the first clock that is still running runs out, or None."""
    running = [began + ALLOWED[step] for step in checklist.waiting if step in ALLOWED]
    return min(running, default=None)
