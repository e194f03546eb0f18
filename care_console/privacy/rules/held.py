"""All that is held on one person, with as little of anybody else as can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SELF, ANOTHER = "this person", "another person"  # in place of an id that points at a card
SHORTEST = 4  # letters of a name that is looked for in what was written


@dataclass(frozen=True, slots=True)
class Held:
    """Every row about a person, table by table, and when it was gathered."""

    card_id: int
    name: str
    language: str  # BCP 47, or empty
    at: datetime  # aware
    company: str
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    vcard: str  # RFC 6350

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(rows) for rows in self.tables.values())


def minimised(value: Any, others: Mapping[str, str]) -> Any:
    """Return ``value`` with the names of others taken out of every text in it.

    ``others`` has for each name what stands in its place: a clerk's role, or another person.
    """
    if isinstance(value, Mapping):
        return {name: minimised(each, others) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [minimised(each, others) for each in value]
    if isinstance(value, str):
        for name, instead in others.items():
            if len(name) >= SHORTEST:
                value = value.replace(name, instead)
    return value
