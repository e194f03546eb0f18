"""A moment as it is typed: today 4pm, Fri, +2h, tomorrow 9, morgen 9, demain 9h30."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from care_console.base.errors import CareError
from care_console.base.names import clean
from care_console.base.spell import DEFAULT_LOCALE, day_and_hour, known_locale
from care_console.base.words import N_
from care_console.cards.rules.days import typed_day

END_OF_DAY = time(17)  # where a day is typed without an hour
MOST_AHEAD = timedelta(days=3 * 366)
LONGEST = 60  # characters
SHORTEST_DAY = 2  # letters of a day of the week

_MONDAY_FIRST = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {  # typed in any of the house's languages, whatever the desk's is
    "today": 0,
    "heute": 0,
    "aujourd'hui": 0,
    "tomorrow": 1,
    "morgen": 1,
    "demain": 1,
    "ubermorgen": 2,
    "uebermorgen": 2,
    "apres-demain": 2,
    "apres demain": 2,
}
_NOON = frozenset({"noon", "midday", "mittag", "mittags", "midi"})
_UNITS = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuten"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("std", "stunde", "stunden", "heure", "heures"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "tagen"), timedelta(days=1)),
    **dict.fromkeys(("j", "jour", "jours"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks", "woche", "wochen"), timedelta(days=7)),
    **dict.fromkeys(("sem", "semaine", "semaines"), timedelta(days=7)),
}
_FILLERS = frozenset(
    {"at", "by", "on", "the", "until", "till", "um", "bis", "am", "den", "gegen"}
    | {"a", "le", "vers", "avant"}
)
_AHEAD = re.compile(r"(?:\+|in |dans )\s*(\d{1,4})\s*([a-z]+)(?:\s*(\d{1,2})\s*(?:min|m)?)?")
_CLEAR = (  # what is an hour and cannot be a day
    re.compile(r"(?<![\d:.])(\d{1,2})(?:[:.](\d{2}))? ?([ap])\.?m\.?(?![a-z\d])"),
    re.compile(r"(?<![\d:.])(\d{1,2})(?:[:.](\d{2}))? ?uhr(?: ?(\d{2}))?(?![a-z\d])"),
    re.compile(r"(?<![\d:.])(\d{1,2}) ?h(?:eures?)?(?: ?(\d{2}))?(?![a-z\d])"),
    re.compile(r"(?<![\d:.])(\d{1,2}):(\d{2})(?![\d:.])"),
)
_NUMBER, _WORD = re.compile(r"\d+"), re.compile(r"[a-z]")
_AT_END = re.compile(r"(?:^|(.*) )(\d{1,2})(?:\.(\d{2}))?")  # else an hour stands at the end

Typed = tuple[str, time | None, bool]  # the day, the hour, whether that may be of the evening


class NotAMoment(CareError):
    """What was typed is no moment that is still to come."""


def read_when(typed: str, now: datetime, locale: str = DEFAULT_LOCALE) -> datetime:
    """Return the moment that ``typed`` means, in UTC, to the minute and after ``now``.

    A day without an hour is until 17:00, an hour without a day is the next one, a day of the week
    the next such day. Hours are read by 24; in English a bare ``4`` that is past today is 16:00.
    Raises NotAMoment.
    """
    said = _plain(typed)
    here = now.astimezone()
    at = _ahead(said, here)
    if at is None:
        at = next(_readings(said, here, locale), None)
    if at is None:
        raise NotAMoment(N_("Type a day, an hour, or both: today 4pm, Fri, +2h, tomorrow 9."))
    at = at.astimezone(UTC).replace(second=0, microsecond=0)
    if at <= now:
        raise NotAMoment(N_("{when} is past."), when=day_and_hour(at, now, locale))
    if at - now > MOST_AHEAD:
        raise NotAMoment(N_("That is too far ahead: say a day within three years."))
    return at


def _plain(typed: str) -> str:
    """Return what was typed in small letters, without accents and what only fills."""
    bare = unicodedata.normalize("NFKD", clean(typed, LONGEST).casefold().replace("’", "'"))
    bare = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(bare.replace(",", " ").split())


def _ahead(said: str, here: datetime) -> datetime | None:
    """Return the moment that is so long from now: ``+2h``, ``+1h30``, ``in 3 days``."""
    found = _AHEAD.fullmatch(said)
    unit = _UNITS.get(found[2]) if found else None
    if found is None or unit is None:
        return None
    count, minutes = int(found[1]), int(found[3] or 0)
    if unit < timedelta(days=1):
        return here + count * unit + timedelta(minutes=minutes)
    if found[3]:
        return None
    return _at(here.date() + count * unit, here.time())  # the same hour, also when clocks change


def _readings(said: str, here: datetime, locale: str) -> Iterator[datetime]:
    """Give the moments that it may mean, the likeliest first."""
    for day_said, hour, bare in _splits(said):
        words = " ".join(word for word in day_said.split() if word not in _FILLERS)
        if (
            bare
            and hour is not None
            and locale.startswith("en")
            and _DAYS.get(words or "today") == 0
        ):
            hour = _later(hour, here)
        if words or hour is not None:
            at = _moment(words, hour, here, locale)
            if at is not None:
                yield at


def _splits(said: str) -> Iterator[Typed]:
    """Give the ways in which a day and an hour may stand in it."""
    for pattern in _CLEAR:
        if (found := pattern.search(said)) is not None:
            rest = f"{said[: found.start()]} {said[found.end() :]}"
            if (hour := _hour(*found.groups())) is not None:
                yield rest, hour, False
            return
    words = said.split()
    if noon := [word for word in words if word in _NOON]:
        yield " ".join(word for word in words if word not in noon), time(12), False
        return
    yield said, None, False
    if (found := _AT_END.fullmatch(said)) is not None:
        hour = _hour(found[2], found[3])
        if hour is not None:
            yield found[1] or "", hour, True


def _hour(hours: str, minutes: str | None, half: str | None = None) -> time | None:
    """Return the time of day; ``half`` is a or p, or the minutes after the word."""
    count = int(hours)
    if half in ("a", "p"):
        if not 1 <= count <= 12:
            return None
        count = count % 12 + (12 if half == "p" else 0)
        half = None
    try:
        return time(count, int(minutes or half or 0))
    except ValueError:
        return None


def _moment(words: str, hour: time | None, here: datetime, locale: str) -> datetime | None:
    """Return the moment of a day and an hour, or None if the words are no day."""
    today = here.date()
    if not words:
        at = _at(today, hour or END_OF_DAY)
        return at if at > here else _at(today + timedelta(days=1), hour or END_OF_DAY)
    if (days := _DAYS.get(words)) is not None:
        return _at(today + timedelta(days=days), hour or END_OF_DAY)
    if (weekday := _weekday(words, locale)) is not None:
        at = _at(today + timedelta(days=(weekday - today.weekday()) % 7), hour or END_OF_DAY)
        return at if at > here else _at(at.date() + timedelta(days=7), hour or END_OF_DAY)
    day = _dated(words, hour, today, locale)
    return None if day is None else _at(day, hour or END_OF_DAY)


def _dated(words: str, hour: time | None, today: date, locale: str) -> date | None:
    """Return the day of a date, before which its day of the week may stand: ``Thu 10``."""
    first, _blank, rest = words.partition(" ")
    weekday = _weekday(first, locale) if rest else None
    if weekday is None:
        return _date(words, today, locale)
    numbered = _numbered(weekday, rest, today) if hour is not None else None
    return numbered or _date(rest, today, locale)


def _later(hour: time, here: datetime) -> time:
    """Return the hour of the evening where that of the morning is past, as English means it."""
    past = hour.hour < 12 and _at(here.date(), hour) <= here
    return hour.replace(hour=hour.hour + 12) if past else hour


def _weekday(words: str, locale: str) -> int | None:
    """Return the day of the week, from Monday as 0, that the word begins."""
    bare = words.rstrip(".")
    if len(bare) < SHORTEST_DAY:
        return None
    days = known_locale(locale).days["format"]
    for names in (days["wide"].items(), days["abbreviated"].items(), enumerate(_MONDAY_FIRST)):
        for number, name in names:
            if _plain(name).startswith(bare):
                return int(number)
    return None


def _date(words: str, today: date, locale: str) -> date | None:
    """Return the day of a date; one without a year is the next of that name."""
    try:
        day = date.fromisoformat(typed_day(words, today, locale) or "")
    except ValueError:
        return None
    numbers = len(_NUMBER.findall(words))
    year_typed = numbers > (1 if _WORD.search(words) else 2)
    if day >= today or year_typed or not numbers:
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return None  # 29 February


def _numbered(weekday: int, number: str, today: date) -> date | None:
    """Return the next day of the month of this number, if it is this day of the week."""
    if not number.isdecimal() or len(number) > 2:
        return None
    days = (today + timedelta(days=ahead) for ahead in range(62))
    found = next((day for day in days if day.day == int(number)), None)
    return found if found is not None and found.weekday() == weekday else None


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour.replace(tzinfo=None)).astimezone()
