"""Changing cards: what was seen is compared, and every act can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, SQLModel, select

from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.phone import Plan
from care_console.base.words import N_
from care_console.cards.records import CardRecord, RelationRecord
from care_console.cards.rules import FIELDS, PARTS, Change, Group, Kind, RelationKind
from care_console.cards.rules.acts import (
    Op,
    backwards,
    fields_of,
    was_added,
    was_removed,
    was_set,
)
from care_console.cards.service.add import Cards, shown_name
from care_console.cards.service.parts import (
    TABLES,
    NotTaken,
    column,
    derive,
    find,
    kept,
    make,
    tidy,
)
from care_console.cards.service.replaced import NoCard, refuse_replaced
from care_console.journal.records import EntryCardRecord, EntryRecord, PersonalRecord
from care_console.journal.service import Journal
from care_console.store import Store

RELATION = ("first_id", "second_id", "kind")
ALIKE = {  # in which columns two parts of a card are the same one
    "phone": ("e164", "extension"),
    "email": ("address_key",),
    "address": ("street", "town", "postcode"),
    "membership": ("card_group",),
}


class Conflict(CareError):
    """The same field was changed elsewhere meanwhile; neither value is lost."""

    def __init__(self, change: Change, now: Any) -> None:
        super().__init__(
            N_("This was changed meanwhile: it is now “{now}”; you typed “{wanted}”."),
            now="" if now is None else now,
            wanted="" if change.value is None else change.value,
        )
        self.change = change
        self.now = now


class ChangedSince(CareError):
    """What would be taken back is no longer as it was left."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What may be changed on cards."""

    store: Store
    journal: Journal
    cards: Cards
    plan: Callable[[], Plan]

    async def edit(self, command: Command, card_id: int, changes: Sequence[Change]) -> int:
        """Make ``changes``, all or none, and return the journal entry's id, with which to undo.

        Raises Conflict if one of the fields is not as it was seen, NotTaken and NoCard.
        """
        return await self.store.write(self._edit, command, card_id, changes)

    async def add_part(
        self, command: Command, card_id: int, part: str, values: Mapping[str, Any]
    ) -> int:
        """Add a part, one of PARTS; return the journal entry's id. Raises NotTaken and NoCard."""
        return await self.store.write(self._add_part, command, card_id, part, values)

    async def remove_part(self, command: Command, card_id: int, part: str, part_id: int) -> int:
        """Remove a part; return the journal entry's id. Raises ChangedSince if it is gone."""
        return await self.store.write(self._remove_part, command, card_id, part, part_id)

    async def convert(self, command: Command, card_id: int, membership_id: int, to: Group) -> int:
        """End a membership today and begin one of the group ``to``; all else stays as it is.

        The account number, the owner and the seller go along. Return the journal entry's id.
        """
        return await self.store.write(self._convert, command, card_id, membership_id, to)

    async def relate(
        self, command: Command, first_id: int, kind: RelationKind, second_id: int
    ) -> int:
        """Say what the first card is to the second; return the journal entry's id.

        Said twice, it stands once. Raises NotTaken if both are the same card.
        """
        return await self.store.write(self._relate, command, first_id, kind, second_id)

    async def undo(self, command: Command, entry_id: int) -> int:
        """Take back what an entry did, as a new act; return its entry's id, to undo the undo.

        Raises ChangedSince, in which case nothing is changed.
        """
        return await self.store.write(self._undo, command, entry_id)

    def bring(
        self,
        db: Session,
        card_id: int,
        changes: Sequence[Change],
        parts: Sequence[tuple[str, Mapping[str, Any]]],
    ) -> list[Op]:
        """Make changes and add parts inside somebody's unit, which also writes the journal.

        A part that is there already is left out. Return what was done, for ``take_back``.
        """
        ops = []
        for change in changes:
            card, value = self._card(db, card_id), tidy(change.field, change.value)
            before = getattr(card, change.field)
            setattr(card, change.field, value)
            ops.append(was_set("", 0, change.field, before, value))
        added = [each for each in parts if self._is_more(db, card_id, *each)]
        ops += [self._add(db, card_id, part, values) for part, values in added]
        if ops:
            self._settle(db, card_id)
        return ops

    def take_back(self, db: Session, card_id: int, ops: Sequence[Op]) -> None:
        """Take back what ``bring`` did, inside somebody's unit.

        Raises ChangedSince, before anything is changed, and NoCard.
        """
        steps = backwards(ops)
        self._card(db, card_id)
        for op in steps:
            self._still(db, card_id, op)
        for op in steps:
            self._apply(db, card_id, op)
        self._settle(db, card_id)

    def _settle(self, db: Session, card_id: int) -> None:
        card = self._card(db, card_id)
        card.name = shown_name(card)
        db.flush()
        self.cards.index.index(db, [card_id])

    def _is_more(self, db: Session, card_id: int, part: str, values: Mapping[str, Any]) -> bool:
        """Return whether the card has no such part yet, however it is written."""
        new: Any = make(part, card_id, values, self.plan())
        there: Any = TABLES[part]
        names = ALIKE[part]
        if part == "phone" and new.e164 is None and not new.extension:
            names = ("raw",)  # all that there is of a number that could not be understood
        elif part == "membership" and new.account_key:
            names = (*names, "account_key")
        alike = [
            getattr(there, name) == getattr(new, name)
            for name in names
            if getattr(new, name) is not None
        ]
        same = select(there.id).where(there.card_id == card_id, *alike)
        return db.exec(same.limit(1)).one_or_none() is None

    def _edit(self, db: Session, command: Command, card_id: int, changes: Sequence[Change]) -> int:
        if (done := self._first(db, command)) is not None:
            return done
        _hold(db, card_id)
        ops = []
        for change in changes:
            target = self._target(db, card_id, change)
            name = column(change.part, change.field)
            now = kept(getattr(target, name))
            value = tidy(change.field, change.value)
            if now not in (change.seen, kept(value)):
                raise Conflict(change, now)
            setattr(target, name, value)
            ops.append(was_set(change.part, change.id, change.field, now, kept(value)))
        return self._done(db, command, "card_edited", card_id, ops)

    def _add_part(
        self, db: Session, command: Command, card_id: int, part: str, values: Mapping[str, Any]
    ) -> int:
        if (done := self._first(db, command)) is not None:
            return done
        _hold(db, card_id)
        self._card(db, card_id)
        return self._done(
            db, command, "card_edited", card_id, [self._add(db, card_id, part, values)]
        )

    def _remove_part(
        self, db: Session, command: Command, card_id: int, part: str, part_id: int
    ) -> int:
        if (done := self._first(db, command)) is not None:
            return done
        _hold(db, card_id)
        op = self._remove(db, card_id, part, part_id)
        return self._done(db, command, "card_edited", card_id, [op])

    def _convert(
        self, db: Session, command: Command, card_id: int, membership_id: int, to: Group
    ) -> int:
        if (done := self._first(db, command)) is not None:
            return done
        _hold(db, card_id)
        old: Any = self._part(db, card_id, "membership", membership_id)
        values = _values("membership", old)
        today = self.cards.today()
        ops = [was_set("membership", old.id, "until", kept(old.until), kept(today))]
        old.until = today
        fresh = {**values, "group": to, "since": kept(today), "until": None}
        ops.append(self._add(db, card_id, "membership", fresh))
        return self._done(db, command, "card_converted", card_id, ops)

    def _relate(
        self, db: Session, command: Command, first_id: int, kind: RelationKind, second_id: int
    ) -> int:
        if (done := self._first(db, command)) is not None:
            return done
        if first_id == second_id:
            raise NotTaken(N_("A card cannot be related to itself."))
        _hold(db, first_id)
        self._card(db, second_id)
        same = select(RelationRecord).where(
            RelationRecord.first_id == first_id,
            RelationRecord.second_id == second_id,
            RelationRecord.kind == kind.value,
        )
        ops = []
        if db.exec(same).one_or_none() is None:
            values = {"first_id": first_id, "second_id": second_id, "kind": kind.value}
            ops.append(self._add(db, first_id, "relation", values))
        return self._done(db, command, "card_edited", first_id, ops, second_id)

    def _undo(self, db: Session, command: Command, entry_id: int) -> int:
        if (done := self._first(db, command)) is not None:
            return done
        said = db.get(PersonalRecord, entry_id)
        if said is None or "ops" not in said.personal:
            raise ChangedSince(N_("This cannot be taken back."))
        about = list(
            db.exec(select(EntryCardRecord.card_id).where(EntryCardRecord.entry_id == entry_id))
        )
        card_id, *others = sorted(about, key=lambda each: each != said.personal["card_id"])
        _hold(db, card_id)
        ops = [self._apply(db, card_id, op) for op in backwards(said.personal["ops"])]
        return self._done(db, command, "card_undone", card_id, ops, *others)

    def _apply(self, db: Session, card_id: int, op: Op) -> Op:
        """Do one op of an undo. Raises ChangedSince if the field is not as it was left."""
        part, part_id = op["part"], op["id"]
        self._still(db, card_id, op)
        if op["op"] == "add":
            return self._add(db, card_id, part, op["values"])
        if op["op"] == "remove":
            return self._remove(db, card_id, part, part_id)
        target = self._target(db, card_id, Change(op["field"], None, None, part, part_id))
        setattr(target, column(part, op["field"]), tidy(op["field"], op["after"]))
        return op

    def _still(self, db: Session, card_id: int, op: Op) -> None:
        """Raise ChangedSince unless what ``op`` is about is as it was left."""
        part, part_id = op["part"], op["id"]
        if op["op"] == "add":
            return
        if op["op"] == "remove":
            there, left = _values(part, self._part(db, card_id, part, part_id)), op["values"]
        else:
            target = self._target(db, card_id, Change(op["field"], None, None, part, part_id))
            there, left = kept(getattr(target, column(part, op["field"]))), op["before"]
        if there != left:
            raise ChangedSince(N_("It was changed since, so it is not taken back."))

    def _add(self, db: Session, card_id: int, part: str, values: Mapping[str, Any]) -> Op:
        record: Any = make(part, card_id, values, self.plan())
        db.add(record)
        db.flush()
        return was_added(part, record.id, _values(part, record))

    def _remove(self, db: Session, card_id: int, part: str, part_id: int) -> Op:
        record = self._part(db, card_id, part, part_id)
        op = was_removed(part, part_id, _values(part, record))
        db.delete(record)
        db.flush()
        return op

    def _target(self, db: Session, card_id: int, change: Change) -> SQLModel:
        """Return the record in which the field stands; one that a card lacks is a bug."""
        known = PARTS[change.part] if change.part else (*FIELDS, "kind")
        if change.field not in known:
            raise LookupError(change.field)
        if change.field == "kind":
            _kind(change.value)
        if change.part:
            return self._part(db, card_id, change.part, change.id)
        return self._card(db, card_id)

    def _part(self, db: Session, card_id: int, part: str, part_id: int) -> SQLModel:
        record: Any = find(db, part, part_id)
        ends = ("first_id", "second_id") if part == "relation" else ("card_id",)
        if record is None or all(getattr(record, end) != card_id for end in ends):
            raise ChangedSince(N_("It was removed meanwhile."))
        return record  # type: ignore[no-any-return]

    def _card(self, db: Session, card_id: int) -> CardRecord:
        card = db.get(CardRecord, card_id)
        if card is None or not card.name:
            raise NoCard(N_("This card is no longer there."))
        return card

    def _first(self, db: Session, command: Command) -> int | None:
        again = select(EntryRecord.id).where(EntryRecord.command_id == command.id)
        return db.exec(again).one_or_none()

    def _done(
        self,
        db: Session,
        command: Command,
        kind: str,
        card_id: int,
        ops: Sequence[Op],
        *others: int,
    ) -> int:
        """Settle what follows from the change, and write the one entry."""
        card = self._card(db, card_id)
        plan = self.plan()
        for part, part_id in {(op["part"], op["id"]) for op in ops if op["op"] == "set"}:
            if part and (record := find(db, part, part_id)) is not None:
                derive(record, plan)
        card.name = shown_name(card)
        db.flush()
        self.cards.index.index(db, [card_id])
        personal = {"card_id": card_id, "ops": list(ops)}
        facts = {"fields": fields_of(ops)}
        return self.journal.write(db, command, kind, facts, card_id, *others, personal=personal)


def _hold(db: Session, card_id: int) -> None:
    """Let no other desk edit the card before this unit ends: both would see the same values."""
    held = select(CardRecord.id).where(CardRecord.id == card_id)
    db.exec(held.with_for_update(key_share=True)).all()
    refuse_replaced(db, card_id)


def _kind(value: Any) -> None:
    """Raise NotTaken unless a card may stand for this."""
    if value not in tuple(Kind) and value is not None:
        raise NotTaken(N_("A card stands for a person or an organisation."))


def _values(part: str, record: SQLModel) -> dict[str, Any]:
    fields = RELATION if part == "relation" else PARTS[part]
    return {field: kept(getattr(record, column(part, field))) for field in fields}
