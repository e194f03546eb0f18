"""What an erasure asks, what stands in its way, and the list of whom it emptied."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from care_console.base.errors import CareError
from care_console.base.fold import fold
from care_console.base.words import N_


class NotErased(CareError):
    """Something is still on its way with the person."""


class WrongName(CareError):
    """What was typed is not the name on the card."""


class Erased(NamedTuple):
    """A card that was emptied, without any name; ``created_at`` tells it from a later one."""

    card_id: int
    created_at: datetime
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why it cannot be erased now, in words that tell what to do first."""

    words: str  # marked for the catalogue
    count: int = 1


@dataclass(frozen=True, slots=True)
class Erasing:
    """What an erasure of one person would do."""

    card_id: int  # that is shown; others may have been merged into it
    name: str
    cards: int
    goes: Mapping[str, int]  # rows of each table that go, or lose their words
    remedies: int  # sums that stay, and those of the books
    dealings: int
    entries: int  # of the journal that stay, without their words
    hindrances: tuple[Hindrance, ...]
    already: bool  # it was erased before

    def check(self, typed: str) -> None:
        """Raise NotErased for what stands in the way, and WrongName for another name."""
        for each in self.hindrances:
            raise NotErased(each.words, count=each.count)
        if not typed.strip() or fold(typed) != fold(self.name):
            raise WrongName(
                N_("This is not the name on the card. Type “{name}” to erase."), name=self.name
            )


def erased_text(erased: Iterable[Erased]) -> str:
    """Return the list as a file keeps it."""
    rows = [
        {
            "card": each.card_id,
            "created": each.created_at.isoformat(),
            "erased": each.erased_at.isoformat(),
        }
        for each in sorted(set(erased))
    ]
    return json.dumps(rows, indent=1) + "\n"


def erased_from(text: str) -> list[Erased]:
    """Return the list that a file keeps; what is not understood in it is left out."""
    try:
        rows = json.loads(text)
    except ValueError:
        return []
    found = []
    for row in rows if isinstance(rows, list) else ():
        try:
            created, erased = (datetime.fromisoformat(row[name]) for name in ("created", "erased"))
            found.append(Erased(int(row["card"]), created, erased))
        except (KeyError, TypeError, ValueError):
            continue
    return found
