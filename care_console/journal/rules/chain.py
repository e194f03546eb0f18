"""How the entries hang together, so that one which is changed or taken away shows."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from care_console.journal.rules.entry import Facts


class Head(NamedTuple):
    """The end of a chain: the number of its last entry, and the link that ends it."""

    number: int
    link: str


NO_HEAD = Head(0, "")  # before the first entry


class Trouble(StrEnum):
    """What is wrong with an entry of the journal."""

    CHANGED = "changed"
    MISSING = "missing"
    PERSONAL = "personal"
    CUT = "cut"
    HEAD = "head"


class Fault(NamedTuple):
    """One place at which the journal is not what it was; number 0 is none of its entries."""

    origin: str
    number: int
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class Chain:
    """How the entries of one origin were looked at."""

    origin: str
    entries: int
    keyed: bool  # each link was computed anew; else only a desk that has its key can
    witnessed: int  # up to this number a mark outside the records agrees with them


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look at the whole journal found."""

    chains: tuple[Chain, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in its chain, without what may be erased."""

    origin: str
    number: int
    at: datetime
    clerk_card_id: int | None
    kind: str
    facts: Facts
    visibility: str
    command_id: str
    digest: str  # of the personal part


def canonical(value: object) -> bytes:
    """Return JSON in which equal values are equal bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest(salt: str, personal: Facts) -> str:
    """Return what stands in the chain for the personal part, which may be erased (SHA-256)."""
    return hashlib.sha256(salt.encode() + canonical(personal)).hexdigest()


def sealed(key: bytes, said: bytes) -> str:
    """Return the seal over ``said``, which nobody makes without ``key`` (HMAC-SHA256, RFC 2104)."""
    return hmac.digest(key, said, "sha256").hex()


def link(key: bytes, before: str, entry: Written) -> str:
    """Return the link of the chain that follows ``before``, under the ``key`` of its origin."""
    parts = [
        entry.at.astimezone(UTC).isoformat(),
        entry.clerk_card_id,
        entry.origin,
        entry.number,
        entry.kind,
        dict(entry.facts),
        entry.visibility,
        entry.command_id,
        entry.digest,
    ]
    return sealed(key, before.encode() + canonical(parts))
