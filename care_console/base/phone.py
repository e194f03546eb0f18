"""Phone numbers as the desk compares them: each spelling of one number has one form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from care_console.base import dialled
from care_console.base.dialled import is_withheld

if TYPE_CHECKING:  # 40 ms, for which the first picture does not wait
    from phonenumbers import PhoneNumber

__all__ = [
    "Number",
    "Plan",
    "at_its_word",
    "is_withheld",
    "lookup_keys",
    "read",
    "region_words",
    "show",
    "warm",
]

_IMPOSSIBLE, _POSSIBLE, _LISTED = range(
    3
)  # has a length of the numbering plan; is in a range of it

_INTERNATIONAL = ("00", "0011", "011", "010", "810")  # what one country or another dials for +
_HIDING = {  # what is dialled to hide or to show one's own number, where it has no star or hash
    "AU": ("1831", "1832"),
    "CA": ("1167", "1182"),
    "ES": ("067",),
    "FR": ("3651",),
    "GB": ("1470", "141"),
    "HK": ("133",),
    "IE": ("141", "142"),
    "JP": ("184", "186"),
    "NZ": ("0197", "0196"),
    "US": ("1167", "1182"),
}
_TWO_FORMS = (  # of one telephone, both in use
    (re.compile(r"\+39([^03]\d{4,9})"), r"+390\1"),  # Italy: the zero belongs to the number
    (re.compile(r"\+390(\d{5,10})"), r"+39\1"),
    (re.compile(r"\+52(?:1|01|044|045)(\d{10})"), r"+52\1"),  # Mexico: 1 for mobiles until 2019
    (re.compile(r"\+52(\d{10})"), r"+521\1"),
    (re.compile(r"\+549(\d{10})"), r"+54\1"),  # Argentina: 9 for mobiles, from abroad
    (re.compile(r"\+54([^9]\d{9})"), r"+549\1"),
    (re.compile(r"\+55(\d\d)([6-9]\d{7})"), r"+55\g<1>9\2"),  # Brazil: mobiles grew until 2016
    (re.compile(r"\+55(\d\d)9([6-9]\d{7})"), r"+55\1\2"),
)
_PLAINLY = re.compile(r"\+[1-9][0-9]{6,14}")  # E.164, as most lines send it
_FULL = 10  # digits of an international number, of the least
_ZERO_IN_BRACKETS = re.compile(r"\(\s*0\s*\)")
_NOT_DIALLED = re.compile(r"[^\d+]")
_WORDS_AFTER = re.compile(r"(?<=\d)[^\d+]*[^\W\d_].*", re.S)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the desk's telephones dial."""

    country: str = "GB"  # ISO 3166; a number that names no country is of this one
    trunk_prefixes: tuple[str, ...] = ()  # what the PBX has before outside numbers, such as "9"
    shortest: int = 6  # digits of a number that is in no range of its country's plan
    longest_internal: int = 5  # digits


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it came, and what it means. At most one of e164, internal and uri is set."""

    raw: str
    e164: str | None  # "+442079460123"; None for what cannot be called from anywhere
    extension: str = ""  # digits to dial after e164
    internal: str = ""  # "204", a telephone of the house
    uri: str = ""  # "sip:rosa@example.org", in lower case: a caller without a number
    others: tuple[str, ...] = ()  # what else it may mean, in E.164


@lru_cache(maxsize=2_000)  # an import compares a number before it keeps it
def read(raw: str, plan: Plan) -> Number:
    """Tell what ``raw`` means at this desk, whether it was typed, imported, or sent by a line.

    Takes any text: what is no number keeps ``raw``, and all else is empty.
    """
    if len(raw) > dialled.LONGEST:
        return Number(raw, None)
    if _PLAINLY.fullmatch(raw) and (judged := _judged(raw))[1] == _LISTED:
        return Number(raw, judged[0])  # as all below would find, in two thirds of the time
    text = dialled.plain(raw)
    if is_withheld(text):
        return Number(raw, None)
    text, uri = dialled.unwrapped(text)
    if uri:
        return Number(raw, None, uri=uri)
    text, extension = dialled.split_extension(dialled.without_hiding(text))
    if meant := _meant(text, plan):
        return Number(raw, meant[0], extension, others=tuple(meant[1:]))
    return Number(raw, None, internal=_internal(text or extension, plan))


def at_its_word(raw: str) -> Number | None:
    """Return a number that came in E.164 as it stands, or None for all others.

    It is not judged, which takes a third of a ring's time: if a card has that very number, no
    other meaning counts; if none has it, ``read`` it.
    """
    return Number(raw, raw) if _PLAINLY.fullmatch(raw) else None


def lookup_keys(number: Number) -> tuple[str, ...]:
    """Return, in E.164 and likeliest first, all under which ``number`` may stand on a card.

    More than one where a prefix of the PBX may be a part of the number, and in countries that
    write one number in two ways. Empty if it has no ``e164``.
    """
    if number.e164 is None:
        return ()
    keys = (number.e164, *number.others)
    return tuple(dict.fromkeys((*keys, *(form for key in keys for form in _other_forms(key)))))


@lru_cache(maxsize=2_000)  # a list shows the same numbers again at every key and change
def show(e164: str) -> str:
    """Return a number as the screen shows it: ``+44 20 7946 0123``. Other text stays as it is."""
    from phonenumbers import PhoneNumberFormat, format_number

    number = _split(e164) or _parsed(e164, "")
    return e164 if number is None else format_number(number, PhoneNumberFormat.INTERNATIONAL)


def _split(e164: str) -> "PhoneNumber | None":
    """Return a number cut after its country's code; None where it must be parsed, which takes more.

    Country codes are of one to three digits, and none begins another (ITU-T E.164).
    """
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneNumber

    if not _PLAINLY.fullmatch(e164):
        return None
    for end in (2, 3, 4):
        code = int(e164[1:end])
        if code in COUNTRY_CODE_TO_REGION_CODE and e164[end] != "0":
            return PhoneNumber(country_code=code, national_number=int(e164[end:]))
    return None


def region_words(e164: str, language: str) -> str:
    """Return the town or country of a number, ``Leeds``, in a language (BCP 47), or "".

    The first call takes 0.4 s and 80 MB: it has no place on the way of a ring.
    """
    from phonenumbers.geocoder import description_for_number

    number = _parsed(e164, "")
    return "" if number is None else description_for_number(number, re.split("[-_]", language)[0])


def warm(plan: Plan) -> None:
    """Load what the first ring needs (50 ms), so that it need not wait for it."""
    import phonenumbers

    if number := phonenumbers.example_number(plan.country.upper()):
        read(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL), plan)


def _meant(text: str, plan: Plan) -> list[str]:
    """Return what ``text`` may mean, in E.164, likeliest first.

    What is in a range of a country's plan comes before what only has a length of it; among the
    former, the desk's own country comes first (0 0157 50000000 is no call from +1 575 to a German
    PBX that has a 0 before outside numbers); of the latter, what lost such a prefix.
    """
    country = plan.country.upper()
    if any(map(str.isalpha, text)):
        text = _without_words(text, plan)
    heads = list(_heads(_bare(text), plan))
    judged = [_judged(head, country) for head in heads]
    meant = sorted(_of(_LISTED, judged), key=lambda e164: not _is_of(country, e164))
    respelt: list[tuple[str, int]] = []
    if not meant:
        respelt = [_judged(form, country) for form in _respelt(text, heads, judged, country)]
        meant = _of(_LISTED, respelt) or _of(_LISTED, map(_judged, _guessed(heads, judged)))
        meant = meant[:1]
    if sum(map(str.isdigit, text)) >= plan.shortest:
        meant += _of(_POSSIBLE, judged[1:] + judged[:1]) or _of(_POSSIBLE, respelt)[:1]
    return list(dict.fromkeys(meant))


def _without_words(text: str, plan: Plan) -> str:
    """Return the number without the words after it, or what the letters of 0800 FLOWERS dial."""
    alone = _WORDS_AFTER.sub("", text)
    country = plan.country.upper()
    enough = sum(map(str.isdigit, alone)) >= plan.shortest
    if enough and _judged(alone, country)[1] == _LISTED:
        return alone
    in_letters, worth = _judged(text, country)
    return in_letters if worth == _LISTED else alone


def _bare(text: str) -> str:
    """Return the digits of ``text``, with the first of its plus signs where it was."""
    before, plus, after = _NOT_DIALLED.sub("", text).partition("+")
    after = after.replace("+", "")
    return before + plus + (after.removeprefix("00") if plus else after)


def _heads(bare: str, plan: Plan) -> Iterator[str]:
    yield bare
    for prefix in plan.trunk_prefixes:
        if prefix and bare.startswith(prefix):
            yield bare[len(prefix) :]


def _respelt(
    text: str, heads: list[str], judged: list[tuple[str, int]], country: str
) -> Iterator[str]:
    """Yield other ways to read a number that is in no range as it stands."""
    if _ZERO_IN_BRACKETS.search(text):
        yield _bare(_ZERO_IN_BRACKETS.sub("", text))
    for head, (_, worth) in zip(heads, judged, strict=True):
        if head.startswith("+") and worth == _IMPOSSIBLE:  # put before a national number
            yield from (head[1:], *_without(_INTERNATIONAL, head[1:], "+"))
        elif not head.startswith("+"):
            yield from _without(_INTERNATIONAL, head, "+")
            yield from _without(_HIDING.get(country, ()), head)


def _without(prefixes: tuple[str, ...], head: str, instead: str = "") -> Iterator[str]:
    for prefix in prefixes:
        if head.startswith(prefix):
            yield instead + head[len(prefix) :]


def _guessed(heads: list[str], judged: list[tuple[str, int]]) -> Iterator[str]:
    """Yield international numbers that lost their plus, then the other forms of what was read."""
    yield from (f"+{head}" for head in heads if len(head) >= _FULL and head[0] not in "+0")
    for e164, _ in judged:
        yield from _other_forms(e164)


def _other_forms(e164: str) -> list[str]:
    return [form.sub(other, e164) for form, other in _TWO_FORMS if form.fullmatch(e164)]


def _of(worth: int, judged: Iterable[tuple[str, int]]) -> list[str]:
    return [e164 for e164, its_worth in judged if its_worth == worth]


def _is_of(country: str, e164: str) -> bool:
    from phonenumbers import country_code_for_region

    return e164.startswith(f"+{country_code_for_region(country)}")


def _judged(text: str, country: str = "") -> tuple[str, int]:
    """Return ``text`` in E.164 and what that is worth; "" if it cannot be read at all."""
    from phonenumbers import ValidationResult, is_possible_number_with_reason, is_valid_number

    number = _parsed(text, "" if text.startswith("+") else country)
    if number is None or not number.national_number:
        return "", _IMPOSSIBLE
    zeros = "0" * (number.number_of_leading_zeros or 1) if number.italian_leading_zero else ""
    e164 = f"+{number.country_code}{zeros}{number.national_number}"
    if is_valid_number(number):
        return e164, _LISTED
    if is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE:
        return e164, _POSSIBLE
    return e164, _IMPOSSIBLE


@lru_cache(maxsize=8)  # what is read is shown at once; nobody changes what this returns
def _parsed(text: str, country: str) -> "PhoneNumber | None":
    from phonenumbers import NumberParseException, parse

    try:
        return parse(text, country or None)
    except NumberParseException:
        return None


def _internal(text: str, plan: Plan) -> str:
    digits = re.sub(r"[\s.\-]", "", text)
    return digits if digits.isdigit() and 2 <= len(digits) <= plan.longest_internal else ""
