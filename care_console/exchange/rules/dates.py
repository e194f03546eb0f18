"""Days as tables write them: whether the day or the month comes first is decided for a file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from care_console.base.words import N_
from care_console.exchange.rules.draft import NotTaken

DAY, MONTH = "day", "month"
MONTH_FIRST = frozenset(
    {"US", "PH", "FM", "MH", "PW", "GU", "PR", "AS", "MP", "VI"}
)  # Unicode CLDR
FIRST_YEAR, LAST_YEAR = 1900, 2199
PIVOT = 80  # a year of two digits from here on is of the last century
LONGEST = 40  # characters

_TIME = (  # which is passed over
    r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(?: ?[AaPp][Mm])?(?:Z|[+-][0-9:]{2,5})?)?"
)
_ISO = re.compile(r"([0-9]{4})([-/.]?)([0-9]{2})\2([0-9]{2})" + _TIME)
_PARTED = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})" + _TIME)


@dataclass(frozen=True, slots=True)
class DayOrder:
    """Which of the two comes first in a file, and whether the file itself told so."""

    first: str  # DAY or MONTH
    told: bool = True
    mixed: bool = False  # some tell one, some the other: what is unclear is not taken


def order_of_file(cells: Iterable[str], country: str, asked: str = "") -> DayOrder:
    """Return which comes first in all of ``cells``: as ``asked``, as they tell, else as at home.

    ``country`` is the house's (ISO 3166).
    """
    if asked:
        return DayOrder(asked)
    told, unclear = set(), False
    for cell in cells:
        own = _own_order(cell.strip())
        unclear = unclear or own is None
        if own:
            told.add(own)
    usual = MONTH if country in MONTH_FIRST else DAY
    if len(told) == 1:
        return DayOrder(told.pop())
    return DayOrder(usual, told=not unclear, mixed=len(told) > 1)


def day(cell: str, order: DayOrder) -> date:
    """Return what a cell says. Raises NotTaken."""
    text = cell.strip()
    if match := _ISO.fullmatch(text):
        return _date(int(match[1]), int(match[3]), int(match[4]), cell)
    match = _PARTED.fullmatch(text)
    if match is None or len(text) > LONGEST:
        raise no_day(cell)
    own = _own_order(text)
    if own is None and order.mixed:
        raise NotTaken(
            N_(
                "“{cell}” may be read in two ways. Say with --dates day or --dates month which of"
                " the two comes first."
            ),
            cell=cell[:LONGEST],
        )
    one, other, year = int(match[1]), int(match[3]), _year(match[4])
    first = own or order.first
    return _date(year, *((other, one) if first == DAY else (one, other)), cell)


def no_day(cell: str) -> NotTaken:
    """Return what to raise where a cell is no day."""
    return NotTaken(N_("“{cell}” is no day. Write it like 2030-01-31."), cell=cell[:LONGEST])


def _own_order(text: str) -> str | None:
    """Return which comes first in one cell, "" where that is no question, None where none tells."""
    match = _PARTED.fullmatch(text)
    if match is None:
        return ""
    one, other = int(match[1]), int(match[3])
    if match[2] == ".":
        return DAY  # nobody writes points with the month first
    if one > 12 or other > 12:
        return DAY if one > 12 else MONTH
    return "" if one == other else None


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= PIVOT else 2000)


def _date(year: int, month: int, day: int, cell: str) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise no_day(cell)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise no_day(cell) from error
