"""Amounts and counts as somebody types them."""

import re
import unicodedata
from datetime import date, datetime

from care_console.base.errors import CareError
from care_console.base.money import digits, spell
from care_console.base.spell import known_locale
from care_console.base.words import N_, _
from care_console.promises.rules.when import read_when

MOST_DIGITS = 10  # before the decimal sign
_AMOUNT = re.compile(r"([0-9][0-9.,’' ]*)")
_SIGNS = re.compile(r"[.,]")
_BLANKS = re.compile(r"[\s’']+")


class NotAnAmount(CareError):
    """What was typed is no amount of money."""


class NotACount(CareError):
    """What was typed is no whole number."""


def read_amount(text: str, currency: str, locale: str) -> int:
    """Return what was typed in minor units: ``35``, ``35.50`` and ``£1,200`` all will do.

    The last sign is the decimal one if as many digits follow as the minor unit has, or fewer;
    the others part thousands. Raises NotAnAmount.
    """
    bare = _BLANKS.sub("", _without_currency(text, currency, locale))
    parts = _SIGNS.split(bare)
    if not _AMOUNT.fullmatch(bare) or not all(parts):
        raise _not_understood(currency, locale)
    decimals = _decimals(parts, digits(currency))
    whole = parts[:-1] if decimals is not None else parts
    if not _grouped(whole):
        raise _not_understood(currency, locale)
    units = "".join(whole)
    if len(units) > MOST_DIGITS:
        raise _not_understood(currency, locale)
    places = digits(currency)
    return int(units + (decimals or "").ljust(places, "0"))


def read_count(text: str) -> int:
    """Return a number of pieces, months or hours as it was typed. Raises NotACount."""
    bare = text.strip()
    if not re.fullmatch(r"[0-9]{1,6}", bare):
        raise NotACount(N_("Type a whole number, such as 3."))
    return int(bare)


def read_limit(text: str, unit: str, currency: str, locale: str) -> tuple[int, bool]:
    """Return the most that was typed, in minor units or in pieces, and whether it is any amount.

    Nothing, or a dash, is nothing; ``any`` is no limit. Raises NotAnAmount, NotACount.
    """
    bare = text.strip().casefold()
    if bare in {"", "-", "–", "—"}:
        return 0, False
    if bare in {"any", "∞", _("any").casefold()}:
        return 0, True
    if unit == "money":
        return read_amount(text, currency, locale), False
    return read_count(text), False


def read_holds(text: str, now: datetime, locale: str) -> tuple[date | None, date | None]:
    """Return since when and until when a limit holds, of ``from 1 Dec until 31 Dec`` or a part.

    A day alone is until when. Both are None for nothing. Raises NotAMoment.
    """
    words = {"from": ("from", _("from")), "until": ("until", "till", "–", "-", _("until"))}
    said, found = f" {text.strip().casefold()} ", {"from": "", "until": ""}
    marks = sorted(
        (place, word, which)
        for which, many in words.items()
        for word in set(many)
        if (place := said.find(f" {word.casefold()} ")) >= 0
    )
    ends = [place for place, _word, _which in marks[1:]] + [len(said)]
    if not marks:
        return None, _day_of(said.strip(), now, locale)
    for (place, word, which), end in zip(marks, ends, strict=True):
        found[which] = said[place + len(word) + 2 : end].strip()
    since, until = (_day_of(found[which], now, locale) for which in ("from", "until"))
    return since, until


def _day_of(text: str, now: datetime, locale: str) -> date | None:
    if not text:
        return None
    if text in {"today", _("today")}:
        return now.astimezone().date()
    return read_when(text, now, locale).astimezone().date()


def _without_currency(text: str, currency: str, locale: str) -> str:
    """Return ``text`` without the currency's letters or sign at either end."""
    from babel.numbers import get_currency_symbol

    symbol = get_currency_symbol(currency, known_locale(locale))
    bare = text.strip()
    for name in (currency, symbol):
        for cut in (str.removeprefix, str.removesuffix):
            bare = cut(bare, name).strip()
            bare = cut(bare, name.lower()).strip()
    ends = (bare[:1], bare[-1:])
    first, last = (end != "" and unicodedata.category(end) == "Sc" for end in ends)
    return bare[first : len(bare) - last]


def _decimals(parts: list[str], places: int) -> str | None:
    """Return the digits behind the decimal sign, or None if there is no such sign."""
    if len(parts) < 2 or not places:
        return None
    return parts[-1] if len(parts[-1]) <= places else None


def _grouped(parts: list[str]) -> bool:
    """Whether the whole part is one run of digits, or thousands in threes."""
    first, *rest = parts
    return not rest or (len(first) <= 3 and all(len(part) == 3 for part in rest))


def _not_understood(currency: str, locale: str) -> NotAnAmount:
    example = spell(35 * 10 ** digits(currency), currency, locale)
    return NotAnAmount(N_("Type an amount, such as {example}."), example=example)
