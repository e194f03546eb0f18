"""Amounts of money as tables write them: which mark parts the pence is decided for a whole file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from care_console.base.money import digits
from care_console.base.words import N_
from care_console.cards.rules.dealings import MOST_MINOR
from care_console.exchange.rules.draft import NotTaken

POINT, COMMA = ".", ","
LONGEST = 40  # characters
MINUS = ("-", "\u2212")
GROUP = 3  # digits between two marks of thousands

# ASCII digits alone: float() would take nan, 1e999, 1_000 and the digits of any script
_WRITTEN = re.compile(r"[0-9][0-9., '\u2019\u00a0\u202f]*")
_PLAIN = re.compile(r"[0-9]+")
_BLANKS = dict.fromkeys(map(ord, " '\u2019\u00a0\u202f"))
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ '\u2019\u00a0\u202f][0-9]{3})+(?:[.,][0-9]*)?")
_CODE = re.compile(r"[A-Za-z]{3}")
_SIGNS = {  # folded, the longer ones first
    **{sign: "GBP" for sign in ("£gb", "gb£", "£")},
    **{sign: "USD" for sign in ("us$", "$us")},
    **{sign: "AUD" for sign in ("au$", "$au", "a$")},
    **{sign: "CAD" for sign in ("ca$", "$ca", "c$")},
    **{sign: "NZD" for sign in ("nz$", "$nz")},
    **{"€": "EUR", "jp¥": "JPY", "¥": "JPY", "₹": "INR", "₺": "TRY", "zł": "PLN", "kč": "CZK"},
}
_SHARED_SIGNS = {  # by several: of these it is the house's own, else the first
    "$": ("USD", "AUD", "CAD", "NZD", "HKD", "SGD", "MXN"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "fr": ("CHF",),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in minor units of ``currency`` (ISO 4217)."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Written:
    """A cell taken apart: its sign, its digits with their marks, and the currency it names."""

    negative: bool
    number: str  # digits, points and commas
    currency: str


def mark_of(number: str) -> str | None:
    """Return the mark that surely parts the minor units, "" where there is none, or None.

    ``1.234,50`` and ``12,5`` have a comma; of ``1.234`` nobody can tell.
    """
    marks = [each for each in number if each in (POINT, COMMA)]
    if not marks:
        return ""
    last = marks[-1]
    if len(set(marks)) == 2:
        return last
    if len(marks) > 1:
        return COMMA if last == POINT else POINT  # it stands between thousands, more than once
    before, _mark, after = number.partition(last)
    sure = len(after) != GROUP or len(before) > GROUP or before.startswith("0")
    return last if sure else None


def mark_of_file(cells: Iterable[str], currency: str) -> str | None:
    """Return the mark that parts the minor units in all of ``cells``, or None where it is unclear.

    It is unclear where no cell tells, and where some tell one thing and some the other.
    """
    told = set()
    for cell in cells:
        try:
            told.add(mark_of(take_apart(cell, currency).number))
        except NotTaken:
            continue
    sure = told & {POINT, COMMA}
    return sure.pop() if len(sure) == 1 else None


def amount(cell: str, currency: str, mark: str | None, house: str) -> Amount:
    """Return what a cell says. Raises NotTaken.

    ``currency`` is the one of its column or row, or "", ``house`` the company's; ``mark`` is what
    was decided for the file.
    """
    written = take_apart(cell, house)
    code = _one_currency(cell, written.currency, currency) or house
    own = mark_of(written.number)
    used = mark if mark is not None else own
    if used is None:
        raise NotTaken(
            N_(
                "“{cell}” may be read in two ways. Say with --decimal point or --decimal comma"
                " which mark stands before the pence."
            ),
            cell=cell[:LONGEST],
        )
    if own not in (None, "") and own != used:
        raise NotTaken(
            N_("“{cell}” is written otherwise than the other amounts of the file."),
            cell=cell[:LONGEST],
        )
    minor = _minor(written.number, used, code, cell)
    return Amount(-minor if written.negative else minor, code)


def take_apart(cell: str, house: str) -> Written:
    """Return the sign, the digits and the currency of a cell. Raises NotTaken."""
    text, outside = _without_sign(cell.strip())
    text, currency = _without_currency(text, house)
    text, inside = _without_sign(text)
    match = _WRITTEN.fullmatch(text)
    signs = outside + inside
    if match is None or signs > 1 or len(text) > LONGEST:
        raise no_amount(cell)
    number = text.strip()
    bare = number.translate(_BLANKS)
    if bare != number and not _GROUPED.fullmatch(number):
        raise no_amount(cell)
    return Written(bool(signs), bare, currency)


def no_amount(cell: str) -> NotTaken:
    """Return what to raise where a cell is no amount of money."""
    return NotTaken(
        N_("“{cell}” is no amount. Write it with plain digits, for example 1240.00."),
        cell=cell[:LONGEST],
    )


def known_currency(code: str) -> str:
    """Return a code of ISO 4217 in capitals, or "" if there is none such."""
    upper = code.strip().upper()
    return upper if _CODE.fullmatch(upper) and upper in _currencies() else ""


def _without_sign(text: str) -> tuple[str, int]:
    """Return ``text`` without what makes it negative, and how often that is there."""
    signs = 0
    if text.startswith("(") and text.endswith(")"):  # as accounts write what is owed
        text, signs = text[1:-1].strip(), 1
    if text[:1] in MINUS and text:
        text, signs = text[1:].lstrip(), signs + 1
    if text[-1:] in MINUS and text:
        text, signs = text[:-1].rstrip(), signs + 1
    return text, signs


def _without_currency(text: str, house: str) -> tuple[str, str]:
    """Return ``text`` without the currency before or behind it, and that currency."""
    folded = text.casefold()
    for sign, codes in (*((s, (c,)) for s, c in _SIGNS.items()), *_SHARED_SIGNS.items()):
        rest = None
        if folded.startswith(sign):
            rest = text[len(sign) :].lstrip(". \u00a0\u202f")
        elif folded.endswith(sign) or folded.endswith(f"{sign}."):
            rest = text[: folded.rindex(sign)].rstrip()
        if rest is not None:
            return rest, house if house in codes else codes[0]
    for code, rest in ((text[:3], text[3:].lstrip()), (text[-3:], text[:-3].rstrip())):
        if known := known_currency(code):
            return rest, known
    return text, ""


def _one_currency(cell: str, own: str, others: str) -> str:
    if own and others and own != others:
        raise NotTaken(
            N_("“{cell}” names another currency than its row, which says {currency}."),
            cell=cell[:LONGEST],
            currency=others,
        )
    return own or others


def _minor(number: str, mark: str, currency: str, cell: str) -> int:
    thousands = COMMA if mark == POINT else POINT
    whole, _mark, part = number.partition(mark) if mark else (number, "", "")
    groups = whole.split(thousands)
    sound = len(groups) == 1 or (
        1 <= len(groups[0]) <= GROUP and all(len(each) == GROUP for each in groups[1:])
    )
    pieces = [*groups, *([part] if part else [])]
    if not sound or not all(map(_PLAIN.fullmatch, pieces)) or len(whole) > LONGEST // 2:
        raise no_amount(cell)
    places = digits(currency)
    if part[places:].strip("0"):
        raise NotTaken(
            N_("“{cell}” is finer than {currency} can be paid."),
            cell=cell[:LONGEST],
            currency=currency,
        )
    minor = int("".join(groups) + part[:places].ljust(places, "0"))
    if minor > MOST_MINOR:
        raise no_amount(cell)
    return minor


@cache
def _currencies() -> frozenset[str]:
    from babel.core import get_global  # only here: it costs what a window cannot wait for

    return frozenset(get_global("all_currencies"))
