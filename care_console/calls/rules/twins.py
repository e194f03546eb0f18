"""Whether two lines tell of one call: the same number, within a moment, on another line."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

TOGETHER = timedelta(seconds=3)  # between the two rings; a B2BUA gives each leg an id of its own


class Leg(NamedTuple):
    """One ring as one line tells it. ``number`` is as the house compares numbers, or ""."""

    line: str
    number: str
    at: datetime


def is_twin(ring: Leg, others: Collection[Leg]) -> bool:
    """Return whether ``ring`` is of the call that has these legs.

    A second ring on a line that tells of the call already is another call, and so is everything
    without a number: nobody knows who that is.
    """
    if not ring.number or any(each.line == ring.line for each in others):
        return False
    return any(each.number == ring.number and abs(each.at - ring.at) <= TOGETHER for each in others)


def is_over(ended: Collection[object], legs: Iterable[object], talking: object | None) -> bool:
    """Return whether a call is over when these of its ``legs`` have ended.

    That is when the leg on which the clerk talks has ended; else when all have.
    """
    if talking is not None:
        return talking in ended
    return all(each in ended for each in legs)
