"""How far a clerk goes with an abusive caller before the call ends."""

from datetime import date, timedelta

from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _
from care_console.recovery.rules.checklist import BadRecovery
from care_console.recovery.rules.views import AbuseStep

WARNINGS = 2  # before the clerk may end the call
NOTE_DAYS = 90  # for which the note stands on the card


class TooSoon(BadRecovery):
    """The call was to be ended before the caller was warned twice."""


def step_of(warned: int, *, ended: bool) -> AbuseStep:
    """Return what comes next after so many warnings."""
    if ended:
        return AbuseStep.ENDED
    return (AbuseStep.FIRST, AbuseStep.SECOND, AbuseStep.END)[min(warned, WARNINGS)]


def warn(warned: int, *, ended: bool) -> int:
    """Return the count after another warning. Raises BadRecovery when it is enough."""
    if ended:
        raise BadRecovery(N_("This call is ended."))
    if warned >= WARNINGS:
        raise BadRecovery(N_("Two warnings are enough: you may end the call now."))
    return warned + 1


def end(warned: int, *, ended: bool, threat: bool) -> None:
    """Check that the call may end now; a threat needs no warning. Raises TooSoon."""
    if ended:
        raise BadRecovery(N_("This call is ended."))
    if warned < WARNINGS and not threat:
        raise TooSoon(N_("Warn twice first; a threat ends the call at once."))


def proposed_note(day: date, warned: int, *, threat: bool, locale: str = DEFAULT_LOCALE) -> str:
    """Return what the card says of it: what was done, and nothing about the person."""
    from babel.dates import format_date

    from care_console.base.spell import known_locale

    told = format_date(day, "medium", locale=known_locale(locale))
    if threat:
        return _("{day}: a call was ended after a threat.").format(day=told)
    if warned < WARNINGS:
        return _("{day}: abusive language on a call.").format(day=told)
    return _("{day}: a call was ended after two warnings about abusive language.").format(day=told)


def note_until(day: date) -> date:
    """Return the last day on which the note stands on the card."""
    return day + timedelta(days=NOTE_DAYS)
