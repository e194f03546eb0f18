"""Which numbers the house does not listen to: one, or all that begin alike."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from care_console.base.errors import CareError
from care_console.base.names import clean
from care_console.base.phone import Plan, read, show
from care_console.base.words import N_, _

ANY = "*"
LEAST = 5  # digits of a beginning: fewer would silence a whole country
MOST = 15  # digits of a number (ITU-T E.164, section 6.1)
LONGEST_WHY = 200  # characters


class BadPattern(CareError):
    """What was typed is no number, and no beginning of numbers, that can be ignored."""


@dataclass(frozen=True, slots=True)
class IgnoredRow:
    """A number that is ignored, with who said so, when and why."""

    id: int
    pattern: str
    why: str
    clerk: str
    at: datetime


def pattern_of(typed: str, plan: Plan) -> str:
    """Return what was typed as it is kept: ``+442079460123``, or ``+44207*`` for all of these.

    Raises BadPattern.
    """
    text = clean(typed, 64)
    if not text.endswith(ANY):
        number = read(text, plan).e164
        if number is None:
            raise BadPattern(N_("Write a whole number, or its beginning and a star: +44 20 7946*"))
        return number
    digits = "".join(each for each in text[:-1] if each not in " -./()")
    if not (digits.startswith("+") and digits[1:].isascii() and digits[1:].isdigit()):
        raise BadPattern(N_("A beginning is written with its country: +44 20 7946*"))
    if not LEAST <= len(digits) - 1 < MOST or digits[1] == "0":
        raise BadPattern(
            N_("A beginning has {least} digits or more: a shorter one would silence too many."),
            least=LEAST,
        )
    return digits + ANY


def is_ignored(e164: str | None, patterns: Collection[str]) -> bool:
    """Return whether one of ``patterns`` is of this number. Who hides the number never is."""
    if not e164:
        return False
    if e164 in patterns:
        return True
    return any(f"{e164[:end]}{ANY}" in patterns for end in range(LEAST + 1, len(e164) + 1))


def pattern_words(pattern: str) -> str:
    """Return a pattern as the screen shows it."""
    if not pattern.endswith(ANY):
        return show(pattern)
    return _("all that begin with {number}").format(number=pattern.removesuffix(ANY))
