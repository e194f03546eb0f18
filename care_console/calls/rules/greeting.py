"""What to say first: by the number that was called, the caller's language and the hour."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from care_console.base.fold import fold
from care_console.base.phone import Plan, read

HELLO = {  # in each language: until which hour, and what; the last one is for the rest of the day
    "en": ((12, "Good morning"), (18, "Good afternoon"), (24, "Good evening")),
    "fr": ((18, "Bonjour"), (24, "Bonsoir")),
    "de": ((11, "Guten Morgen"), (18, "Guten Tag"), (24, "Guten Abend")),
}
USUAL = {  # where the house has set none
    "en": "{hello}, {company}, {clerk} speaking.",
    "fr": "{company}, {hello}, {clerk} à votre écoute.",
    "de": "{company}, {hello}, Sie sprechen mit {clerk}.",
}
UNNAMED = "{hello}, {company}."  # where nobody has said who sits at the desk

_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)
_FIELD = re.compile(r"\{([^{}]*)\}")
_FIELDS = frozenset({"hello", "company", "clerk"})
_COMMAS, _COMMA_AT_END = re.compile(r"\s*,(?:\s*,)+"), re.compile(r"\s*,\s*(?=[.!?]|$)")


@dataclass(frozen=True, slots=True)
class Greeting:
    """What the house says on one line, in one language; "" is any."""

    called: str  # as ``line_key`` returns it
    language: str  # its first two letters
    words: str


@lru_cache(maxsize=256)
def line_key(called: str, plan: Plan) -> str:
    """Return a called number, or the name of a line, so that each spelling of it is the same."""
    number = read(called, plan)
    return number.e164 or number.internal or number.uri or fold(called)


@lru_cache(maxsize=8)
def greetings(lines: tuple[str, ...], plan: Plan) -> tuple[Greeting, ...]:
    """Return what is written as ``[called number] [language] = words``.

    A line that cannot be understood is left out.
    """
    return tuple(each for line in lines if (each := _greeting(line, plan)) is not None)


@lru_cache(maxsize=8)
def called_lines(lines: tuple[str, ...], plan: Plan) -> dict[str, str]:
    """Return from ``called number = what it is called`` the latter by the number's ``line_key``."""
    known: dict[str, str] = {}
    for line in lines:
        number, _, name = (part.strip() for part in line.partition("="))
        if number and name:
            known.setdefault(line_key(number, plan), name)
    return known


@lru_cache(maxsize=256)
def greeting(
    lines: tuple[str, ...],
    plan: Plan,
    *,
    company: str,
    called: str,
    language: str,
    house_language: str,
    hour: int,
    clerk: str,
) -> str:
    """Return what to say first.

    The best of the ``lines``, as ``greetings`` reads them, is for this number and language, else
    for this number, else for this language, else for any; where there is none it is the usual
    one. ``called`` is the number or the line as it came, ``language`` the card's (BCP 47) or "",
    ``hour`` the desk's, of 0 to 23.
    """
    house = _short(house_language)
    wanted = _short(language) or house
    spoken = next((each for each in (wanted, house) if each in HELLO), "en")
    known, key = greetings(lines, plan), line_key(called, plan) if called else ""
    best = _best(known, key, wanted) or _best(known, key, spoken)
    words = best.words if best is not None else USUAL[spoken] if clerk else UNNAMED
    values = {"hello": _hello(spoken, hour), "company": company, "clerk": clerk}
    said = _FIELD.sub(lambda found: values[found[1]], words)
    return said if all(values.values()) else _closed_up(said)


def _best(known: tuple[Greeting, ...], called: str, language: str) -> Greeting | None:
    fits: tuple[Callable[[Greeting], bool], ...] = (
        lambda each: each.called == called != "" and each.language == language,
        lambda each: each.called == called != "" and not each.language,
        lambda each: not each.called and each.language == language,
        lambda each: not each.called and not each.language,
    )
    return next((each for fit in fits for each in known if fit(each)), None)


def _greeting(line: str, plan: Plan) -> Greeting | None:
    head, equals, words = (part.strip() for part in line.partition("="))
    fields = _FIELD.findall(words)
    if not equals or not words or not _FIELDS.issuperset(fields):
        return None
    if words.count("{") != len(fields) or words.count("}") != len(fields):
        return None
    *called, last = head.split() or [""]
    if not _LANGUAGE.fullmatch(last):
        called, last = [*called, last], ""
    number = " ".join(called)
    return Greeting(line_key(number, plan) if number else "", _short(last), words)


def _hello(language: str, hour: int) -> str:
    return next(words for until, words in HELLO[language] if hour % 24 < until)


def _short(language: str) -> str:
    return re.split("[-_.]", language.strip().lower())[0]


def _closed_up(words: str) -> str:
    """Take away the commas and blanks around a value that is empty."""
    words = _COMMA_AT_END.sub("", _COMMAS.sub(",", words))
    return " ".join(words.split()).lstrip(", ")
