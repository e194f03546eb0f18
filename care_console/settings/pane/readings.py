"""How an option is written in a field, and read from it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from care_console.base.errors import CareError
from care_console.base.words import N_

LONGEST_SHOWN = 40  # letters of what was typed, in a sentence


class CannotRead(CareError):
    """What was typed cannot be taken; the sentence says what can."""


def shown(typed: str) -> str:
    """Return what was typed, short enough for a sentence."""
    line = " ".join(typed[: 4 * LONGEST_SHOWN].split())
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"


@dataclass(frozen=True, slots=True)
class Reading:
    """``show`` writes a value, ``read`` understands what was typed or raises CannotRead."""

    show: Callable[[Any], str]
    read: Callable[[str], Any]
    lines: bool = False  # whether it takes more than one


def as_text(typed: str) -> str:
    """Return text without blanks around it."""
    return typed.strip()


def as_number(typed: str) -> int:
    """Return a whole number; a % behind it is understood. Raises CannotRead."""
    match = re.fullmatch(r"\s*(\d{1,6})\s*%?\s*", typed, re.ASCII)
    if match is None:
        raise CannotRead(N_("“{typed}” is no whole number."), typed=shown(typed))
    return int(match.group(1))


def as_words(typed: str) -> tuple[str, ...]:
    """Return what stands between commas or blanks."""
    return tuple(word for word in re.split(r"[\s,;]+", typed) if word)


def as_lines(typed: str) -> tuple[str, ...]:
    """Return the lines that are not empty."""
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def as_language(typed: str) -> str:
    """Return a language as ``en_GB``. Raises CannotRead for one that is not known."""
    from babel import Locale, UnknownLocaleError

    wanted = typed.strip().replace("-", "_")
    try:
        known = Locale.parse(wanted)
    except (ValueError, TypeError, UnknownLocaleError) as error:
        raise CannotRead(
            N_("“{typed}” is no language that the console knows. Type it as en_GB, fr_FR or de."),
            typed=shown(typed),
        ) from error
    return "_".join(part for part in (known.language, known.territory) if part)


TEXT = Reading(str, as_text)
NUMBER = Reading(str, as_number)
WORDS = Reading(", ".join, as_words)
LINES = Reading("\n".join, as_lines, lines=True)
LANGUAGE = Reading(str, as_language)
