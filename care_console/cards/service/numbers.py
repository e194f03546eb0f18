"""Who is behind a number: the look-ups that a ring waits for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any

from care_console.base.clock import Clock
from care_console.base.phone import Number, lookup_keys
from care_console.cards.rules import Address, Brief, Fact, Group, Headline, Kind
from care_console.cards.rules.behind import Behind, Found, How
from care_console.cards.service.behind_sql import (
    BY_EXTENSION,
    BY_ID,
    BY_NUMBERS,
    BY_ONE_NUMBER,
    CARDS,
    KEYS,
    PARTS,
    TEXTS,
)
from care_console.store import Store, moment

Row = tuple[Any, ...]

GROUPS, KINDS, HOWS = tuple(Group), {kind.value: kind for kind in Kind}, tuple(How)  # read fast


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask the records about a number.

    ``begin`` is SQL that may be followed by a SELECT from ``own`` (the cards with the number) or
    ``found`` (all candidates), both with an ``id``; ``values`` are for its names.
    """

    begin: str
    values: dict[str, object]

    @property
    def statements(self) -> tuple[str, str]:
        """What ``behind_of`` reads the answers to."""
        return self.begin + CARDS, self.begin + PARTS


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers on all cards."""

    store: Store
    clock: Clock

    async def behind(self, number: Number) -> Behind:
        """Return, within the frame, all to whom ``number`` leads. Raises NoAnswer."""
        asked = self.question(number)
        if asked is None:
            return Behind()
        return behind_of(*await self.store.look_up_all(asked.statements, **asked.values))

    async def headline(self, card_id: int) -> Headline | None:
        """Return, within the frame, what a ring would show of this card. Raises NoAnswer."""
        asked = Question(BY_ID, {"card_id": card_id, "today": self.today()})
        answers = await self.store.look_up_all(asked.statements, **asked.values)
        found = behind_of(*answers).found
        return found[0].headline if found else None

    def question(self, number: Number) -> Question | None:
        """Return what to ask about ``number``, or None if it leads nowhere by itself."""
        if number.internal:
            return Question(BY_EXTENSION, {"extension": number.internal, "today": self.today()})
        keys = lookup_keys(number)[:KEYS]
        if not keys:
            return None
        values: dict[str, object] = {"extension": number.extension, "today": self.today()}
        values["key_0"] = keys[0]
        if len(keys) == 1:
            return Question(BY_ONE_NUMBER, values)
        named = {f"key_{i}": key for i, key in enumerate((*keys, *keys[:1] * KEYS)[:KEYS])}
        return Question(BY_NUMBERS, {**values, **named})

    def today(self) -> str:
        """Return the day on which memberships and notes hold or not, as it is kept."""
        return self.clock().astimezone().date().isoformat()


@dataclass(slots=True)
class _Parts:
    """What a card has several of, as far as a headline tells it."""

    groups: set[str] = field(default_factory=set)
    owner: str = ""
    seller: str = ""
    since: date | None = None
    number: str = ""
    internal: str = ""
    mail: str = ""
    place: str | None = None
    alerts: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def membership(self, _id: int, group: str, since: str | None, *rest: Any) -> None:
        now, owner, seller = rest
        if since is not None:
            began = date.fromisoformat(since)
            self.since = began if self.since is None else min(self.since, began)
        if now:
            self.groups.add(group)
            self.owner = self.owner or owner or ""
            self.seller = self.seller or seller or ""

    def phone(self, _id: int, e164: str | None, raw: str, extension: str, *_: Any) -> None:
        self.number = self.number or e164 or raw
        self.internal = self.internal or extension

    def email(self, _id: int, address: str, *_: Any) -> None:
        self.mail = self.mail or address

    def address(self, part_id: int, street: str, town: str, *rest: str) -> None:
        region, postcode, country = rest
        if self.place is None:
            self.place = Address(part_id, street, town, region, postcode, country, "").line

    def alert(self, _id: int, words: str, *_: Any) -> None:
        self.alerts.append(words)

    def fact(self, _id: int, kind: str, count: str, due: str | None, *words: Any) -> None:
        headline, owner = words
        self.facts.append(
            Fact(kind, int(count), moment(due) if due else None, headline, None, owner or "")
        )


def behind_of(cards: Iterable[Row], parts: Iterable[Row]) -> Behind:
    """Return what the answers to a question's statements say."""
    several: dict[int, _Parts] = defaultdict(_Parts)
    for card_id, what, *rest in sorted(parts, key=itemgetter(1, 2, 3)):
        getattr(several[card_id], what)(*rest)
    found = tuple(_found(row, several[row[0]]) for row in cards)
    place = next((_brief(each.headline) for each in found if _is_place(each)), None)
    return Behind(found, place)


def _found(row: Row, parts: _Parts) -> Found:
    how, shared, exact, last_at = row[1:5]
    return Found(
        headline=_headline(row, parts),
        how=HOWS[how],
        shared=bool(shared),
        exact=bool(exact),
        last_at=None if last_at is None else moment(last_at),
    )


def _headline(row: Row, parts: _Parts) -> Headline:
    groups = tuple([group for group in GROUPS if group in parts.groups])
    texts: dict[str, Any] = dict(zip(TEXTS, row[7:], strict=True))
    return Headline(
        id=row[0],
        name=row[5],
        kind=KINDS[row[6]],
        groups=groups,
        alerts=tuple(parts.alerts),
        facts=tuple(parts.facts),
        owner=parts.owner,
        seller=parts.seller,
        email=parts.mail,
        address=parts.place or "",
        number=parts.number,
        since=parts.since,
        internal=parts.internal if Group.EMPLOYEE in groups else "",
        **texts,
    )


def _is_place(each: Found) -> bool:
    return each.how is How.OWN and each.headline.kind is Kind.ORGANISATION


def _brief(headline: Headline) -> Brief:
    return Brief(
        id=headline.id,
        name=headline.name,
        kind=headline.kind,
        groups=headline.groups,
        company=headline.company,
        title=headline.title,
    )
