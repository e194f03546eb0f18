"""Likely doubles: shown while a card is typed, found in a list, and known to an import."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlmodel import Session, select, text

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.fold import upper_bound
from care_console.base.phone import Plan, read
from care_console.base.words import N_
from care_console.cards.records import (
    DistinctRecord,
    EmailRecord,
    MembershipRecord,
    PhoneRecord,
)
from care_console.cards.rules import Brief, NewCard
from care_console.cards.rules.asked import NOWHERE, slip_values
from care_console.cards.rules.doubles import (
    BROAD,
    EXTENSION,
    LISTED,
    NARROW,
    Found,
    Likeness,
    Pairs,
    Traits,
    company_key,
    compare,
    name_words,
    number_key,
    traits_of,
)
from care_console.cards.rules.search import Sections, brief
from care_console.cards.service.add import Cards
from care_console.cards.service.doubles_sql import COUNTS, STEPS, WHILE_TYPING
from care_console.cards.service.doubles_traits import replaced_among, traits_in
from care_console.cards.service.edit import ChangedSince
from care_console.cards.service.view import briefs_of
from care_console.journal.service import Journal
from care_console.store import Store

ROWS = 200  # that are looked at in one step
MOST_SHARING = 30  # cards with one name or number; what more share tells nothing
MOST_PAIRS = 1_000
MOST_TYPED = 5  # shown beside the form
PAUSE_S = 0.005  # between steps, in which others are looked after
SHORTEST = 3  # letters of a name that are looked for


@dataclass(frozen=True, slots=True)
class Likely:
    """A card that is likely the one that is typed, and why."""

    brief: Brief
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cards that are likely the same, and why."""

    first: Brief
    second: Brief
    likeness: Likeness

    @property
    def ids(self) -> tuple[int, int]:
        """Their ids, the lower first."""
        return self.first.id, self.second.id


@dataclass(frozen=True, slots=True)
class Sight:
    """How far the looking is, from 0 to 1, and the pairs that are known by then."""

    share: float
    pairs: tuple[tuple[tuple[int, int], Likeness], ...] = ()
    """Only of the last; the ids of two cards with what speaks for it, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Doubles:
    """Finds who is likely on two cards. It only ever proposes; who decides is a clerk."""

    store: Store
    journal: Journal
    cards: Cards
    clock: Clock
    plan: Callable[[], Plan]

    async def while_typing(self, new: NewCard) -> list[Likely]:
        """Return who may be meant by a card that is being typed, the likeliest first.

        One look-up, within the frame. Raises NoAnswer.
        """
        plan = self.plan()
        traits = traits_of(new, lambda raw: _number(raw, plan), begun=True)
        asked = _asked(traits)
        if all(asked[name] == NOWHERE for name in ("e164", "address", "name")):
            return []
        rows = await self.store.look_up(WHILE_TYPING, **asked)
        today = self.cards.today().isoformat()
        likely = [
            Likely(brief(card_id, several[0][4], today, None), _likeness(traits, several))
            for card_id, several in _by_card(rows)
        ]
        likely = [each for each in likely if each.likeness.likely]
        return sorted(likely, key=lambda each: -each.likeness.weight)[:MOST_TYPED]

    async def look_through(self) -> AsyncIterator[Sight]:
        """Look for doubles among all cards, a step at a time; yield how far it is.

        Only cards with a number, an e-mail address, an account number or their whole name in
        common are compared. Whoever stops asking ends it.
        """
        apart = await self.store.read(_apart)
        pairs = Pairs(LISTED, MOST_PAIRS, apart)
        total = sum(await self.store.read(_counts)) or 1
        done = 0
        for sql in STEPS:
            after: str | None = ""
            while after is not None:
                after, rows = await self.store.read(_step, pairs, sql, after)
                done += rows
                yield Sight(min(done / total, 1.0))
                await asyncio.sleep(PAUSE_S)
        yield Sight(1.0, tuple(await self.store.read(lambda _db: pairs.best())))

    async def pairs(self, found: Sequence[tuple[tuple[int, int], Likeness]]) -> list[Pair]:
        """Return the pairs that still stand: neither merged since, nor known to be apart."""
        return await self.store.read(self._pairs, found)

    async def apart(self, command: Command, first_id: int, second_id: int) -> int:
        """Remember that two cards are not the same; return the entry's id, with which to undo."""
        return await self.store.write(self._apart, command, first_id, second_id)

    async def perhaps(self, command: Command, first_id: int, second_id: int) -> None:
        """Forget that two cards are not the same."""
        await self.store.write(self._perhaps, command, first_id, second_id)

    def narrow(self, db: Session, news: Sequence[NewCard]) -> list[int | None]:
        """Return for each of ``news`` the card that surely is the same, or None.

        For an import that nobody watches: by the narrow rule, and only where one card alone is
        the likeliest. Runs inside somebody's unit or query; asked for a few hundred at once, it
        needs a handful of statements.
        """
        return narrow(db, news, self.plan())

    def _pairs(self, db: Session, found: Sequence[tuple[tuple[int, int], Likeness]]) -> list[Pair]:
        ids = {card_id for pair, _likeness in found for card_id in pair}
        gone, apart = replaced_among(db, ids), _apart(db)
        briefs = {each.id: each for each in briefs_of(db, list(ids - gone), self.cards.today())}
        return [
            Pair(briefs[pair[0]], briefs[pair[1]], likeness)
            for pair, likeness in found
            if pair not in apart and briefs.keys() >= set(pair)
        ]

    def _apart(self, db: Session, command: Command, first_id: int, second_id: int) -> int:
        if (done := self.journal.first_run(db, command)) is not None:
            return int(done["entry"]) if "entry" in done else 0
        first_id, second_id = sorted((first_id, second_id))
        for card_id in (first_id, second_id):
            self.cards.hold(db, card_id)
        db.merge(DistinctRecord(first_id=first_id, second_id=second_id))
        facts = {"cards": [first_id, second_id]}
        return self.journal.write(db, command, "cards_apart", facts, first_id, second_id)

    def _perhaps(self, db: Session, command: Command, first_id: int, second_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        pair = tuple(sorted((first_id, second_id)))
        record = db.get(DistinctRecord, pair)
        if record is None:
            raise ChangedSince(N_("It was taken back already."))
        db.delete(record)
        self.journal.write(db, command, "cards_perhaps", {"cards": list(pair)}, *pair)


def narrow(db: Session, news: Sequence[NewCard], plan: Plan) -> list[int | None]:
    """Return for each of ``news`` the card that surely is the same, or None: see Doubles.narrow."""
    wanted = [traits_of(new, lambda raw: _number(raw, plan)) for new in news]
    near = _near(db, wanted)
    known = traits_in(db, {card_id for ids in near for card_id in ids})
    return [
        _surest(traits, [Found(i, known[i]) for i in ids if i in known])
        for traits, ids in zip(wanted, near, strict=True)
    ]


def _number(raw: str, plan: Plan) -> str:
    number = read(raw, plan)
    return number_key(number.e164, number.extension) if number.e164 else ""


def _asked(traits: Traits) -> dict[str, object]:
    """Return the values for the look-up; what is not typed yet is found nowhere."""
    name = " ".join(traits.name)
    name = name if len(name) >= SHORTEST else NOWHERE
    last = traits.family[-1] if traits.family and traits.given else NOWHERE
    beside = traits.given[0] if traits.given else NOWHERE
    slips = slip_values(last)
    del slips["sound"]
    number = next(iter(traits.numbers), NOWHERE)
    return {
        "e164": number.partition(EXTENSION)[0],
        "address": next(iter(traits.emails), NOWHERE),
        "name": name,
        "name_up": upper_bound(name),
        "beside": beside,
        "beside_up": upper_bound(beside),
        **slips,
    }


def _by_card(rows: Sequence[tuple[Any, ...]]) -> list[tuple[int, list[tuple[Any, ...]]]]:
    in_order = sorted(rows, key=itemgetter(1))
    return [(card_id, list(several)) for card_id, several in groupby(in_order, itemgetter(1))]


def _likeness(typed: Traits, rows: Sequence[tuple[Any, ...]]) -> Likeness:
    """Return how like a card is that the look-up found, by what it brought of it."""
    of = Sections.parse(rows[0][5])
    numbers = {key: bool(shared) for how, _id, key, shared, *_ in rows if how == "number"}
    organisation = rows[0][4].split("\x1f")[1] == "o"
    there = Traits(
        organisation=organisation,
        given=(*of.given, *of.also),
        family=name_words(" ".join(of.family), organisation=organisation),
        company=company_key(" ".join(of.company)),
        numbers=frozenset(numbers),
        shared=frozenset(key for key, shared in numbers.items() if shared),
        emails=frozenset(key for how, _id, key, *_ in rows if how == "email"),
    )
    return compare(BROAD, typed, there)


def _apart(db: Session) -> frozenset[tuple[int, int]]:
    """Return the pairs that are known not to be the same, the lower id first."""
    pairs = db.exec(select(DistinctRecord.first_id, DistinctRecord.second_id))
    return frozenset((min(pair), max(pair)) for pair in pairs)


def _counts(db: Session) -> list[int]:
    return [db.execute(text(sql)).scalar_one() for sql in COUNTS]


def _step(db: Session, pairs: Pairs, sql: str, after: str) -> tuple[str | None, int]:
    """Compare the cards of the next rows; return after which key to go on (None: it is done).

    It is compared here, beside the window; how many rows there were is told, too.
    """
    rows = [tuple(row) for row in db.execute(text(sql), {"after": after, "most": ROWS})]
    whole = len(rows) < ROWS
    keys = [(key, sorted({i for _, i in some})) for key, some in groupby(rows, itemgetter(0))]
    if not whole and len(keys) > 1:
        keys.pop()  # more of them may come
    blocks = [ids for _key, ids in keys if 1 < len(ids) <= MOST_SHARING]
    known = traits_in(db, {card_id for ids in blocks for card_id in ids}) if blocks else {}
    for ids in blocks:
        pairs.take([Found(i, known[i]) for i in ids if i in known])
    return None if whole else keys[-1][0], len(rows)


def _near(db: Session, wanted: Sequence[Traits]) -> list[set[int]]:
    """Return for each the cards that have a number, an e-mail address or an account with it."""
    by: dict[str, set[int]] = defaultdict(set)
    sources: tuple[tuple[Any, Any, Callable[[Traits], frozenset[str]]], ...] = (
        (PhoneRecord, PhoneRecord.e164, _numbers),
        (EmailRecord, EmailRecord.address_key, lambda each: each.emails),
        (MembershipRecord, MembershipRecord.account_key, lambda each: each.accounts),
    )
    for table, column, keys_of in sources:
        keys = {key for each in wanted for key in keys_of(each)}
        rows = db.exec(select(column, table.card_id).where(column.in_(keys))) if keys else ()
        for key, card_id in rows:
            by[key].add(card_id)
    return [
        {i for _, _, keys_of in sources for key in keys_of(each) for i in _few(by[key])}
        for each in wanted
    ]


def _numbers(of: Traits) -> frozenset[str]:
    return frozenset(each.partition(EXTENSION)[0] for each in of.numbers)


def _few(ids: set[int]) -> set[int]:
    """Return them, or nobody where so many share it that it tells nothing."""
    return ids if len(ids) <= MOST_SHARING else set()


def _surest(wanted: Traits, found: Sequence[Found]) -> int | None:
    """Return the one card that is the likeliest, or None where there is none or a doubt."""
    weighed = [(compare(NARROW, wanted, each.traits), each.id) for each in found]
    likely = sorted(
        ((likeness.weight, card_id) for likeness, card_id in weighed if likeness.likely),
        reverse=True,
    )
    if not likely or (len(likely) > 1 and likely[1][0] == likely[0][0]):
        return None
    return likely[0][1]
