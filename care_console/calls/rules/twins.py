"""Which rings are of one call: on two lines at once, or on one again after a few seconds."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

TOGETHER = timedelta(seconds=3)  # between the two rings; a B2BUA gives each leg an id of its own
RINGS_ON = timedelta(seconds=15)  # in which a queue or a hunt group rings the same desk again


class Leg(NamedTuple):
    """One ring as one line tells it. ``number`` is as the house compares numbers, or ""."""

    line: str
    number: str
    at: datetime
    called: str = ""  # as the line sent it


def is_twin(ring: Leg, others: Collection[Leg]) -> bool:
    """Return whether ``ring`` is of the call that has these legs.

    A second ring on a line that tells of the call already is another call, and so is everything
    without a number: nobody knows who that is.
    """
    if not ring.number or any(each.line == ring.line for each in others):
        return False
    return any(each.number == ring.number and abs(each.at - ring.at) <= TOGETHER for each in others)


def is_same_again(ring: Leg, before: Collection[Leg], over_at: datetime | None) -> bool:
    """Return whether ``ring`` goes on with a call that seemed over at ``over_at``, unanswered.

    A queue rings a desk for some seconds, then others, and comes back: with the same caller for
    the same called line, as a new call on the wire. ``before`` are the legs of the last round.
    """
    if over_at is None or not ring.number or not timedelta(0) <= ring.at - over_at <= RINGS_ON:
        return False
    same = (ring.line, ring.number, ring.called)
    return any((each.line, each.number, each.called) == same for each in before)


def is_over(ended: Collection[object], legs: Iterable[object], talking: object | None) -> bool:
    """Return whether a call is over when these of its ``legs`` have ended.

    That is when the leg on which the clerk talks has ended; else when all have.
    """
    if talking is not None:
        return talking in ended
    return all(each in ended for each in legs)
