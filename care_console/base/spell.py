"""Times and lengths in words, as a locale writes them, in the zone of this computer."""

from contextlib import suppress
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from care_console.base.words import _, ngettext

if TYPE_CHECKING:  # 50 ms, for which the first picture does not wait
    from babel import Locale

DEFAULT_LOCALE = "en_GB"
DAYS_BY_NAME = 6  # before and after today; a day of the week that far away is no other day


@cache
def known_locale(name: str) -> "Locale":
    """Return the locale for a name such as ``fr_FR``, ``fr-FR`` or ``fr_FR.UTF-8``.

    A country that Babel does not know falls back to its language, and a language to British
    English.
    """
    from babel import Locale, UnknownLocaleError

    bare = name.split(".")[0].split("@")[0].replace("-", "_")
    for candidate in (bare, bare.split("_")[0]):
        with suppress(ValueError, UnknownLocaleError):
            return Locale.parse(candidate)
    return Locale.parse(DEFAULT_LOCALE)


def hour(at: datetime, locale: str) -> str:
    """Return the time of day of ``at``, aware: ``10:42``, or ``10:42 AM`` where it is so."""
    here = at.astimezone()
    return _hour(here.hour, here.minute, locale)


def day(at: datetime, now: datetime, locale: str) -> str:
    """Return the day of ``at``: ``Today``, ``Thu 19``, ``2 Nov`` or, in another year, with it.

    Both are aware. The day of the week stands for less than a week before or after ``now``.
    """
    there, here = at.astimezone().date(), now.astimezone().date()
    if there == here:
        return _("Today")
    near = abs(_days_between(at, now)) <= DAYS_BY_NAME
    skeleton = "Ed" if near else "MMMd" if there.year == here.year else "yMMMd"
    return _day(skeleton, there, locale)


def day_and_hour(at: datetime, now: datetime, locale: str) -> str:
    """Return ``Today 10:42``, ``Thu 19 10:42``, and so on."""
    return _("{day} {hour}").format(day=day(at, now, locale), hour=hour(at, locale))


def on_words(at: datetime, now: datetime, locale: str) -> str:
    """Return the day of ``at`` as it stands inside a sentence: ``today``, ``tomorrow``, ``2 Nov``.

    Both are aware.
    """
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    days = -_days_between(at, now)
    return near[days] if days in near else day(at, now, locale)


def at_words(at: datetime, now: datetime, locale: str) -> str:
    """Return a moment inside a sentence: ``today 12:00``, ``tomorrow 09:00``, ``Fri 11 17:00``."""
    near = {-1: _("yesterday {hour}"), 0: _("today {hour}"), 1: _("tomorrow {hour}")}
    days = -_days_between(at, now)
    if days not in near:
        return day_and_hour(at, now, locale)
    return near[days].format(hour=hour(at, locale))


def dated_words(at: datetime, locale: str) -> str:
    """Return a moment in what is read later as well, a letter: ``Mon 23 Nov 12:00``."""
    there = at.astimezone().date()
    return _("{day} {hour}").format(day=_day("MMMEd", there, locale), hour=hour(at, locale))


def length(seconds: float) -> str:
    """Return how long something takes, in whole seconds: ``0:06``, ``1:02:03``; never below 0."""
    minutes, left = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def ago_days(at: datetime, now: datetime) -> str:
    """Return ``today``, ``yesterday`` or ``7 days ago`` for a moment that is past."""
    days = _days_between(at, now)
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=days)


def _days_between(at: datetime, now: datetime) -> int:
    return (now.astimezone().date() - at.astimezone().date()).days


# A list tells the same days and hours again whenever something in it changes.


@lru_cache(maxsize=24 * 60)
def _hour(hours: int, minutes: int, locale: str) -> str:
    from babel.dates import format_time

    return format_time(time(hours, minutes), "short", locale=known_locale(locale))


@lru_cache(maxsize=1_000)
def _day(skeleton: str, there: date, locale: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, there, locale=known_locale(locale))
