"""From when until when: days as they are typed."""

from datetime import date, datetime, time, timedelta

from care_console.base.errors import CareError
from care_console.base.spell import known_locale
from care_console.base.words import N_


class NoDay(CareError):
    """What was typed is no day."""


def begin_of(text: str, locale: str) -> datetime | None:
    """Return the first moment of the day that is typed, aware, or None if nothing is.

    Raises NoDay.
    """
    day = _day(text.strip(), locale)
    return None if day is None else datetime.combine(day, time()).astimezone()


def end_of(text: str, locale: str) -> datetime | None:
    """Return the first moment after the day that is typed, aware, or None. Raises NoDay."""
    day = _day(text.strip(), locale)
    return None if day is None else datetime.combine(day + timedelta(1), time()).astimezone()


def _day(text: str, locale: str) -> date | None:
    from babel.dates import format_date, parse_date

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parse_date(text, known_locale(locale))
    except (ValueError, IndexError) as error:
        like = format_date(date(2030, 1, 27), "short", known_locale(locale))
        raise NoDay(N_("“{text}” is no day. Type it like {like}."), text=text, like=like) from error
