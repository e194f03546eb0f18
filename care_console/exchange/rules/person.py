"""A card as it leaves or enters: with whom it is tied to, and what only its file understands."""

from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from uuid import UUID

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.cards.rules import Group, NewCard, NewMembership, RelationKind

EXACT = "X-CARE-CARD"  # a card that says so was written here, and is taken as it stands
VERSION_8 = 8  # RFC 9562, section 5.8: its bits are ours to choose
ID_BITS = 48


class Unreadable(CareError):
    """What was written here was changed elsewhere so that it cannot be understood any more."""


@dataclass(frozen=True, slots=True)
class Tie:
    """That a card is tied to another, which ``uid`` names.

    With a ``relation`` it is that, of which this card is the first if ``forward``. Without one the
    other answers for the ``membership`` of this place, or made the sale if ``sold``.
    """

    uid: str
    relation: RelationKind | None = None
    forward: bool = True
    since: date | None = None
    until: date | None = None
    membership: int = 0
    sold: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """All of one card: as a new one would be, its name, its ties, and the lines kept for it."""

    card: NewCard
    name: str
    ties: tuple[Tie, ...] = ()
    kept: tuple[str, ...] = field(default=())


def own_uid(card_id: int, created_at: datetime) -> str:
    """Return a UUID for a card that came without a uid: always the same, and its id is in it.

    So the same home knows the card again, and any other home takes it for somebody's.
    """
    proof = blake2b(f"{card_id} {created_at.isoformat()}".encode(), digest_size=10).digest()
    bits = (card_id % (1 << ID_BITS)) << 80 | int.from_bytes(proof, "big")
    bits = bits & ~(0xF << 76) | VERSION_8 << 76
    return str(UUID(int=bits & ~(0x3 << 62) | 0x2 << 62))


def own_id(uid: str) -> int | None:
    """Return the id of the card that ``own_uid`` may have named so; its proof is to be compared."""
    try:
        named = UUID(uid)
    except ValueError:
        return None
    return named.int >> 80 if named.version == VERSION_8 else None


def membership_words(each: NewMembership) -> list[str]:
    """Return the group, since, until and the account number of a membership, as texts."""
    return [each.group.value, _day_words(each.since), _day_words(each.until), each.account_number]


def membership_of(words: list[str]) -> NewMembership:
    """Return what ``membership_words`` said. Raises Unreadable."""
    group, since, until, account, *_rest = [*words, "", "", "", ""]
    try:
        return NewMembership(
            group=Group(group),
            since=day_of(since),
            until=day_of(until),
            account_number=account,
        )
    except ValueError as trouble:
        raise Unreadable(N_("“{group}” is no group."), group=group[:40]) from trouble


def day_of(words: str) -> date | None:
    """Return a day as ISO 8601 writes it, or None for nothing. Raises Unreadable."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as trouble:
        raise Unreadable(N_("“{value}” is no day."), value=words[:40]) from trouble


def with_group(
    memberships: tuple[NewMembership, ...], group: Group | None
) -> tuple[NewMembership, ...]:
    """Return the memberships, and one of ``group`` if none of them is."""
    if group is None or any(each.group == group for each in memberships):
        return memberships
    return (*memberships, NewMembership(group=group))


def _day_words(day: date | None) -> str:
    return "" if day is None else day.isoformat()
