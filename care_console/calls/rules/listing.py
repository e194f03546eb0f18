"""What a list of calls may be narrowed to, and what became of each in words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from care_console.base.spell import length
from care_console.base.words import N_, _
from care_console.calls.rules.contact import Outcome, outcome_words
from care_console.calls.rules.log import CallRow, CallState


class Show(StrEnum):
    """By what became of a call."""

    ALL = "all"
    MISSED = "missed"  # and nobody has seen to it
    ANSWERED = "answered"  # at one of our desks
    ELSEWHERE = "elsewhere"
    OUT = "out"
    IGNORED = "ignored"


class Period(StrEnum):
    """By the day on which it began to ring."""

    ANY = "any"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"  # the last seven days, with today
    MONTH = "month"  # the last thirty


SHOW_WORDS = {
    Show.ALL: N_("All calls"),
    Show.MISSED: N_("Missed"),
    Show.ANSWERED: N_("Answered"),
    Show.ELSEWHERE: N_("By a colleague"),
    Show.OUT: N_("We called"),
    Show.IGNORED: N_("Ignored"),
}
PERIOD_WORDS = {
    Period.ANY: N_("Any day"),
    Period.TODAY: N_("Today"),
    Period.YESTERDAY: N_("Yesterday"),
    Period.WEEK: N_("7 days"),
    Period.MONTH: N_("30 days"),
}
DAYS = {Period.TODAY: (0, 1), Period.YESTERDAY: (1, 1), Period.WEEK: (6, 7), Period.MONTH: (29, 30)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows."""

    show: Show = Show.ALL
    period: Period = Period.ANY
    line: str = ""  # "" for all of them
    typed: str = ""  # a number, a part of one, or a name


def span(period: Period, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return from when and until when a period lasts, by the days of this place; None is no end."""
    if period is Period.ANY:
        return None, None
    back, days = DAYS[period]
    first = now.astimezone().date() - timedelta(days=back)
    return _midnight(first), _midnight(first + timedelta(days=days))


def _midnight(day: date) -> datetime:
    """Return when a day begins here: with the offset of that day, which may not be today's."""
    return datetime.combine(day, time()).astimezone()


def came_to(call: CallRow) -> str:
    """Return what became of a call, and how long it took."""
    words = _state_words(call)
    if call.answered_at is None or call.ended_at is None:
        return words
    took = length((call.ended_at - call.answered_at).total_seconds())
    return _("{what}, {time}").format(what=words, time=took)


def _state_words(call: CallRow) -> str:
    if call.state in tuple(Outcome):
        return outcome_words(call.state)
    return _(STATE_WORDS.get(call.state, N_("Answered")))


STATE_WORDS: dict[str, str] = {
    CallState.RINGING: N_("Rings"),
    CallState.ANSWERED: N_("Answered"),
    CallState.ELSEWHERE: N_("A colleague answered"),
    CallState.MISSED: N_("Missed"),
    CallState.IGNORED: N_("Ignored"),
    CallState.OUTGOING: N_("We called"),
}
