"""What an entry says: facts, which each room puts into words on the screen."""

import hashlib
import json
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


def canonical(value: object) -> bytes:
    """Return JSON in which equal values are equal bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(salt: str, personal: Facts) -> str:
    """Return what stands in the chain for the personal part, which may be erased (SHA-256)."""
    return hashlib.sha256(salt.encode() + canonical(personal)).hexdigest()


def link(before: str, *parts: object) -> str:
    """Return the link of the chain that follows ``before`` (SHA-256)."""
    return hashlib.sha256(before.encode() + canonical(parts)).hexdigest()
