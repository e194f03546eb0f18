"""Days as they are typed and shown, in the way of the desk's language."""

import re
from datetime import date, timedelta

from care_console.base.spell import known_locale
from care_console.base.words import _

_WORD = re.compile(r"[^\W\d_]+")
_COUNT = re.compile(r"\d+")
_SHORTEST_MONTH = 3  # letters; ``ma`` may be March or May
_YEARS = range(1900, 2200)


def day_words(kept: str | None, locale: str) -> str:
    """Return a day in ISO 8601 as it is shown: ``7 Jan 2030``; other text stays as it is."""
    from babel.dates import format_date

    try:
        return format_date(date.fromisoformat(kept or ""), "medium", locale=known_locale(locale))
    except ValueError:
        return kept or ""


def typed_day(text: str, today: date, locale: str) -> str | None:
    """Return the day that ``text`` means, in ISO 8601, or None for none.

    ``today``, ``7 Jan``, ``7.1.30`` and ``2030-01-07`` are days; a day without a year is of this
    one. What means nothing is returned as it is: the service says so, and it is not lost.
    """
    said = " ".join(text.split())
    if not said:
        return None
    if (near := _near(said, today)) is not None:
        return near.isoformat()
    try:
        return (_iso(said) or _of_parts(*_parts(said, today, locale))).isoformat()
    except ValueError:
        return said


def _near(said: str, today: date) -> date | None:
    ways = {_("today"): 0, _("tomorrow"): 1, _("yesterday"): -1}
    days = ways.get(said.casefold())
    return None if days is None else today + timedelta(days=days)


def _iso(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _of_parts(day: int, month: int, year: int) -> date:
    full = 2000 + year if year < 100 else year
    if full not in _YEARS:
        raise ValueError(year)
    return date(full, month, day)


def _parts(said: str, today: date, locale: str) -> tuple[int, int, int]:
    """Return day, month and year. Raises ValueError if they are not all there."""
    counts = [int(each) for each in _COUNT.findall(said)]
    month = _month(said, locale)
    if month is not None and len(counts) in (1, 2):
        day, year = counts if len(counts) > 1 else (counts[0], today.year)
        return (day, month, year) if day <= 31 else (year, month, day)
    if month is not None or len(counts) not in (2, 3):
        raise ValueError(said)
    order = _order(locale)
    if len(counts) == 2:
        order = order.replace("y", "")
    told = dict(zip(order, counts, strict=True))
    return told["d"], told["m"], told.get("y", today.year)


def _month(said: str, locale: str) -> int | None:
    """Return the month whose name is begun in ``said``. Raises ValueError if words say more."""
    words = [word.casefold() for word in _WORD.findall(said)]
    if not words:
        return None
    for width in ("wide", "abbreviated"):
        names = known_locale(locale).months["format"][width]
        for number, name in names.items():
            if len(words[0]) >= _SHORTEST_MONTH and name.casefold().startswith(words[0]):
                return int(number)
    raise ValueError(said)


def _order(locale: str) -> str:
    pattern = known_locale(locale).date_formats["short"].pattern.lower()
    return "".join(sorted("dmy", key=pattern.index))
