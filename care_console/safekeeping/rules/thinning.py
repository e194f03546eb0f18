"""Which backups are kept: all of today, then one a day, then one a week, and never too few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

FEWER = 0.2  # of the rows: so many fewer at once is never taken for granted
ENOUGH = 25  # rows before that counts for anything
PAST = "past"  # all for which it could stand


class Kept(Protocol):
    """What is asked of a backup here."""

    @property
    def at(self) -> datetime:
        """When it was made, aware."""

    @property
    def shrunk(self) -> bool:
        """Whether it holds so much less than the one before that somebody has to look."""


K = TypeVar("K", bound=Kept)


@dataclass(frozen=True, slots=True)
class Span:
    """How long backups are kept: of so many days, and then of so many weeks, the last of each."""

    days: int
    weeks: int


def to_drop(copies: Sequence[K], now: datetime, span: Span) -> list[K]:
    """Return the backups that are not needed any more, reckoned in the days of ``now``'s zone.

    While the newest one holds much less than those before, nothing is let go: perhaps only they
    hold what is missing. What shrank never stands for a day in place of one that did not.
    """
    newest_first = sorted(copies, key=lambda copy: copy.at, reverse=True)
    if not newest_first or newest_first[0].shrunk:
        return []
    today = now.date()
    stands_for: dict[object, K] = {}
    for copy in newest_first:
        place = _place(copy.at.astimezone(now.tzinfo).date(), today, span) or id(copy)
        if place == PAST:
            continue
        there = stands_for.get(place)
        if there is None or (there.shrunk and not copy.shrunk):
            stands_for[place] = copy
    kept = {id(copy) for copy in stands_for.values()} | {id(newest_first[0])}
    return [copy for copy in newest_first if id(copy) not in kept]


def has_shrunk(rows: Mapping[str, int], before: Mapping[str, int]) -> bool:
    """Return whether more than a fifth of all rows, or of the cards, is gone since ``before``."""
    return _fell(sum(rows.values()), sum(before.values())) or _fell(
        rows.get("card", 0), before.get("card", 0)
    )


def is_due(now: datetime, last: datetime | None, minutes: int, *, changed: bool) -> bool:
    """Return whether it is time for a backup: something was written, and long enough ago."""
    return changed and (last is None or now - last >= timedelta(minutes=minutes) or last > now)


def _fell(now: int, before: int) -> bool:
    return before >= ENOUGH and now < before * (1 - FEWER)


def _place(day: date, today: date, span: Span) -> object | None:
    """Return for what a backup may stand: its day, its week, or PAST; None is for itself."""
    age = (today - day).days
    if age <= 0:
        return None
    if age <= span.days:
        return day
    monday = day - timedelta(days=day.weekday())
    return ("week", monday) if age <= span.days + 7 * span.weeks else PAST
