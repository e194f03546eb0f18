"""What an entry says: facts, which each room puts into words on the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Facts = Mapping[str, Any]  # as JSON keeps them


@dataclass(frozen=True, slots=True)
class Entry:
    """What one command did, as a card's history reads it.

    ``facts`` outlive the person; ``personal`` may be empty after an erasure.
    """

    id: int
    kind: str
    facts: Facts
    personal: Facts
    at: datetime  # aware, UTC
    clerk_card_id: int | None
    clerk: str  # their name, or empty
    group: str  # in which the entry concerns the card, or empty


@dataclass(frozen=True, slots=True)
class Line:
    """How an entry reads: an icon of the kit, a tone, a title, a second line, and a filter."""

    title: str
    sub: str = ""
    icon: str = "note"
    tone: str = "text2"
    about: str = ""  # the kind by which the history is filtered: calls, contacts, changes


Words = Mapping[str, Callable[[Entry], Line]]  # for each kind of entry
