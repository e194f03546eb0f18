"""Merging two cards into one: everything moves, nothing is lost, and all of it can be undone."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, insert, select

from care_console.base.command import Command
from care_console.base.words import N_
from care_console.cards.records import (
    CardRecord,
    FactRecord,
    MovedRecord,
    NotedNumberRecord,
    RecentRecord,
    ReplacedRecord,
)
from care_console.cards.rules import FIELDS, Card
from care_console.cards.rules.merging import Wish, changed_words, merged
from care_console.cards.service.add import Cards, shown_name
from care_console.cards.service.edit import ChangedSince
from care_console.cards.service.merging_parts import Altered, fold_parts
from care_console.cards.service.merging_rows import (
    AT_ONCE,
    Moved,
    Row,
    add_again,
    changed,
    counts,
    move,
    put_back,
    restore,
    stands_as,
)
from care_console.cards.service.parts import NotTaken
from care_console.cards.service.replaced import NoCard, refuse_replaced
from care_console.cards.service.view import card_of
from care_console.journal.records import EntryRecord, PersonalRecord
from care_console.journal.service import Journal
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store, add_many_once

ONESELF = "card"  # among the notes' sources: the card's own note

Teller = Callable[[Session, int], None]


@dataclass(frozen=True, slots=True)
class Both:
    """Two cards side by side, and how much of each table would go along with either."""

    first: Card
    second: Card
    counts: Mapping[int, Mapping[str, int]]  # by the card's id


@dataclass(frozen=True, slots=True)
class Merging:
    """Merges cards. ``tellers`` count anew on a card what is open in the rooms above."""

    store: Store
    journal: Journal
    cards: Cards
    staff: Staff
    tellers: tuple[Teller, ...] = ()

    async def both(self, first_id: int, second_id: int) -> Both:
        """Return two cards to be looked at side by side. Raises NoCard and Replaced."""
        return await self.store.read(self._both, first_id, second_id)

    async def merge(self, command: Command, wish: Wish) -> int:
        """Merge one card into another, and return the entry's id, with which to undo.

        The other card's id, numbers and names lead to the one that stays. Raises NotAllowed,
        NotTaken, Replaced, and ChangedSince if a field is not as it was seen.
        """
        async with self.staff.guarded(command):
            return await self.store.write(self._merge, command, wish)

    async def last_of(self, card_id: int) -> int | None:
        """Return the entry of the last merge into this card that still stands, or None."""
        return await self.store.read(_last_merge, card_id)

    async def undo(self, command: Command, entry_id: int) -> int:
        """Take a merge back, as a new act; return its entry's id.

        Raises NotAllowed, and ChangedSince, which names what was changed, where anything that
        was moved is no longer as it was.
        """
        async with self.staff.guarded(command):
            return await self.store.write(self._undo, command, entry_id)

    def _both(self, db: Session, first_id: int, second_id: int) -> Both:
        found = []
        for card_id in (first_id, second_id):
            refuse_replaced(db, card_id)
            card = card_of(db, card_id, self.cards.today())
            if card is None:
                raise NoCard(N_("This card is no longer there."))
            found.append(card)
        return Both(found[0], found[1], {each.id: counts(db, each.id) for each in found})

    def _merge(self, db: Session, command: Command, wish: Wish) -> int:
        if (done := _first(db, command)) is not None:
            return done
        self.staff.demand(db, command, Permission.MERGE_CARDS)
        keep, other = self._hold(db, wish.keep_id, wish.other_id)
        self._guard(db, keep, other, wish)
        moved = Moved(secrets.token_bytes(16))
        anew = _anew_of(db, (keep.id, other.id))
        _forget_facts(db, other.id)
        self.cards.index.forget(db, (keep.id, other.id))
        fields = self._field_changes(db, keep, other, wish)
        altered = fold_parts(db, moved, other.id, keep.id)
        move(db, moved, other.id, keep.id)
        db.expire_all()
        facts = {"card_id": wish.keep_id, "other_id": wish.other_id, "fields": sorted(fields)}
        personal = _to_undo(moved, altered, fields, anew) | {"name": other.name}
        entry_id = self._written(db, command, "card_merged", facts, personal)
        _remember(db, entry_id, wish, moved)
        self._settle(
            db, wish.keep_id, _latest(anew), anew[wish.keep_id][1] + anew[wish.other_id][1]
        )
        return entry_id

    def _undo(self, db: Session, command: Command, entry_id: int) -> int:
        if (done := _first(db, command)) is not None:
            return done
        self.staff.demand(db, command, Permission.MERGE_CARDS)
        entry, said = db.get(EntryRecord, entry_id), db.get(PersonalRecord, entry_id)
        if entry is None or said is None or entry.kind != "card_merged":
            raise ChangedSince(N_("This cannot be taken back."))
        keep_id, other_id = int(entry.facts["card_id"]), int(entry.facts["other_id"])
        self._hold(db, keep_id, other_id, merged=entry_id)
        ledger = db.exec(select(MovedRecord).where(MovedRecord.entry_id == entry_id)).all()
        personal = said.personal
        self._guard_undo(db, keep_id, ledger, personal)
        return self._take_back(db, command, (keep_id, other_id), ledger, entry_id, personal)

    def _take_back(
        self,
        db: Session,
        command: Command,
        cards: tuple[int, int],
        ledger: Sequence[MovedRecord],
        entry_id: int,
        personal: Mapping[str, Any],
    ) -> int:
        keep_id, other_id = cards
        noted = _noted(db, keep_id)
        last = db.get(RecentRecord, keep_id)
        last_at = last.at if last is not None else None
        self.cards.index.forget(db, cards)
        put_back(db, ledger, other_id)
        restore(db, personal["altered"])
        add_again(db, [(name, row) for name, row in personal["dropped"]])
        db.exec(delete(ReplacedRecord).where(col(ReplacedRecord.card_id) == other_id))
        db.exec(delete(MovedRecord).where(col(MovedRecord.entry_id) == entry_id))
        db.expire_all()
        _give_back_fields(db, keep_id, personal["fields"])
        theirs = {source for source, _number in personal["noted"][1]}
        own = [each for each in noted if each[0] not in theirs]
        self._settle(db, keep_id, _earlier(personal, last_at), own)
        self._settle(db, other_id, _moment(personal["at"][1]), personal["noted"][1])
        facts = {"card_id": keep_id, "other_id": other_id}
        return self._written(db, command, "card_unmerged", facts, {})

    def _hold(
        self, db: Session, keep_id: int, other_id: int, *, merged: int | None = None
    ) -> tuple[CardRecord, CardRecord]:
        """Let nobody else write or refer to either before this unit ends."""
        if keep_id == other_id:
            raise NotTaken(N_("A card cannot be merged into itself."))
        wanted = select(CardRecord).where(col(CardRecord.id).in_((keep_id, other_id)))
        held = wanted.order_by(col(CardRecord.id)).with_for_update()
        found = {each.id: each for each in db.exec(held)}
        if len(found) < 2:
            raise NoCard(N_("This card is no longer there."))
        if merged is None:
            refuse_replaced(db, other_id)
        else:
            self._hold_merged(db, other_id, merged)
        refuse_replaced(db, keep_id)
        return found[keep_id], found[other_id]

    def _hold_merged(self, db: Session, other_id: int, entry_id: int) -> None:
        there = db.get(ReplacedRecord, other_id)
        if there is None or there.entry_id != entry_id:
            raise ChangedSince(N_("This merge was taken back already."))

    def _guard(self, db: Session, keep: CardRecord, other: CardRecord, wish: Wish) -> None:
        """Refuse what cannot be merged, and what is no longer as it was seen."""
        if self.staff.is_clerk(db, other.id):
            if self.staff.is_clerk(db, keep.id):
                raise NotTaken(
                    N_("{name} and {other} both sign in here, so each keeps a card."),
                    name=keep.name,
                    other=other.name,
                )
            raise NotTaken(
                N_("{name} signs in with this card. Keep it, and merge the other one into it."),
                name=other.name,
            )
        for card in (keep, other):
            now = _fields(card)
            if any(now[field] != value for field, value in wish.seen.get(card.id, {}).items()):
                raise ChangedSince(
                    N_("{name} was changed meanwhile. Look at both once more."), name=card.name
                )

    def _guard_undo(
        self, db: Session, keep_id: int, ledger: Sequence[MovedRecord], personal: Mapping[str, Any]
    ) -> None:
        """Raise ChangedSince, with what was changed, if the merge cannot be taken back."""
        salt = bytes.fromhex(personal["salt"])
        places = changed(db, salt, ledger, keep_id)
        now = _fields(db.get_one(CardRecord, keep_id))
        if any(now[field] != after for field, (_before, after) in personal["fields"].items()):
            places.append("card")
        places += [each[0] for each in personal["altered"] if not stands_as(db, each)]
        if places:
            raise ChangedSince(
                N_("This was changed since, so the merge is not taken back: {what}."),
                what=changed_words(places),
            )

    def _field_changes(
        self, db: Session, keep: CardRecord, other: CardRecord, wish: Wish
    ) -> dict[str, list[str]]:
        """Give the card that stays what was chosen; return what each field was and is."""
        before = _fields(keep)
        after = merged(before, _fields(other), wish.sides)
        for field, value in after.items():
            setattr(keep, field, value)
        keep.name = shown_name(keep)
        db.flush()
        return {
            field: [before[field], after[field]]
            for field in before
            if before[field] != after[field]
        }

    def _settle(
        self, db: Session, card_id: int, last_at: datetime | None, noted: Sequence[Sequence[str]]
    ) -> None:
        """Write anew what finds a card, and what is open on it."""
        self.cards.index.index(db, [card_id])
        if last_at is not None:
            self.cards.index.touch(db, card_id, last_at)
        rows = [{"e164": e164, "card_id": card_id, "source": source} for source, e164 in noted]
        add_many_once(db, NotedNumberRecord, rows)
        for tell in self.tellers:
            tell(db, card_id)

    def _written(self, db: Session, command: Command, kind: str, facts: Row, personal: Row) -> int:
        about = (facts["card_id"], facts["other_id"])
        return self.journal.write(db, command, kind, facts, *about, personal=personal)


Anew = dict[int, tuple[datetime | None, list[tuple[str, str]]]]  # last contact, noted numbers


def _first(db: Session, command: Command) -> int | None:
    return db.exec(select(EntryRecord.id).where(EntryRecord.command_id == command.id)).one_or_none()


def _last_merge(db: Session, card_id: int) -> int | None:
    merges = select(ReplacedRecord.entry_id).where(ReplacedRecord.by_card_id == card_id)
    return db.exec(merges.order_by(col(ReplacedRecord.entry_id).desc()).limit(1)).first()


def _fields(card: CardRecord) -> dict[str, str]:
    return {field: getattr(card, field) for field in (*FIELDS, "kind")}


def _noted(db: Session, card_id: int) -> list[tuple[str, str]]:
    """Return the numbers that contacts mention, each with which contact it is."""
    wanted = select(NotedNumberRecord.source, NotedNumberRecord.e164)
    theirs = wanted.where(NotedNumberRecord.card_id == card_id, NotedNumberRecord.source != ONESELF)
    return [(source, e164) for source, e164 in db.exec(theirs)]


def _anew_of(db: Session, card_ids: Sequence[int]) -> Anew:
    found: Anew = {}
    for card_id in card_ids:
        recent = db.get(RecentRecord, card_id)
        found[card_id] = (recent.at if recent is not None else None, _noted(db, card_id))
    return found


def _forget_facts(db: Session, card_id: int) -> None:
    db.exec(delete(FactRecord).where(col(FactRecord.card_id) == card_id))


def _latest(anew: Anew) -> datetime | None:
    return max((at for at, _rows in anew.values() if at is not None), default=None)


def _to_undo(moved: Moved, altered: Sequence[Altered], fields: Row, anew: Anew) -> Row:
    """Return what an undo needs beside the rows that moved; it goes when the person is erased."""
    return {
        "salt": moved.salt.hex(),
        "fields": fields,
        "dropped": [list(each) for each in moved.dropped],
        "altered": [list(each) for each in altered],
        "at": [at.isoformat() if at is not None else None for at, _rows in anew.values()],
        "noted": [[list(each) for each in rows] for _at, rows in anew.values()],
    }


def _remember(db: Session, entry_id: int, wish: Wish, moved: Moved) -> None:
    db.add(ReplacedRecord(card_id=wish.other_id, by_card_id=wish.keep_id, entry_id=entry_id))
    db.flush()
    for start in range(0, len(moved.rows), AT_ONCE):
        some = moved.rows[start : start + AT_ONCE]
        db.execute(insert(MovedRecord), [{"entry_id": entry_id, **row} for row in some])


def _give_back_fields(db: Session, card_id: int, fields: Mapping[str, Sequence[str]]) -> None:
    card = db.get_one(CardRecord, card_id)
    for field, (before, _after) in fields.items():
        setattr(card, field, before)
    card.name = shown_name(card)
    db.flush()


def _moment(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def _earlier(personal: Mapping[str, Any], now: datetime | None) -> datetime | None:
    """Return when the last contact with the card was that stays: a later one than then counts."""
    mine, theirs = (_moment(each) for each in personal["at"])
    then = max((each for each in (mine, theirs) if each is not None), default=None)
    return now if now != then else mine
