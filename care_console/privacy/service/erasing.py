"""Erasing a person: their words go, and sums, dates and the journal's chain stay true."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlmodel import Session, SQLModel, col, delete, func, select, update

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.files import write_private
from care_console.base.fold import fold
from care_console.base.words import N_, _
from care_console.calls.records import ContactRecord, MatterRecord, ReasonRecord
from care_console.calls.rules import State
from care_console.cards.records import CardRecord
from care_console.cards.service import Index
from care_console.cards.service.replaced import NoCard
from care_console.journal.service import Journal
from care_console.privacy.records import ErasedRecord
from care_console.privacy.rules import (
    GOES,
    WAYS,
    Class,
    Erased,
    Erasing,
    class_of,
    erased_from,
    erased_text,
)
from care_console.privacy.service.hindrances import hindrances
from care_console.privacy.service.reach import Reach, reach, record_of, tables
from care_console.promises.records import DutyRecord
from care_console.promises.rules.duty import WITHDRAWN
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store, after_commit, holds

NOBODY = N_("Erased person")
LAST_OF_ALL = "\U0010ffff"  # a card without a face ends the list of names, and leaves no gap in it
CALLS_LAST = "call"  # a number is a way to a call, and goes with it

Forget = Callable[[Sequence[int], Sequence[int]], None]  # cards and contacts, at this desk


@dataclass(frozen=True, slots=True)
class Erasure:
    """Erases people. It cannot be undone.

    ``aside`` is a file outside the records with the ids of whom it erased, so that an older copy
    can forget them again; ``forget`` drops what this desk keeps beside the records.
    """

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    index: Index
    aside: Path | None = None
    forget: Forget = lambda cards, contacts: None

    async def look(self, command: Command, card_id: int) -> Erasing:
        """Return what an erasure would do, and what is in its way. Raises NotAllowed and NoCard."""
        async with self.staff.guarded(command):
            return await self.store.read(self._looked, command, card_id)

    async def erase(self, command: Command, card_id: int, typed: str) -> None:
        """Erase the person of a card, whose name is ``typed`` to say that it is meant.

        Nothing of them is then left in the records' files. Raises NotAllowed, NoCard, NotErased
        while something is on its way, and WrongName; then nothing is erased.
        """
        async with self.staff.guarded(command):
            gone = await self.store.write(self._erase, command, card_id, typed)
        await self.leave_no_trace(gone)

    async def again(self) -> int:
        """Erase again whom the list beside the records names; return how many cards that were.

        To be called whenever the records are opened, before anybody sees them: an older copy may
        have been put back. Whom another desk erased comes onto the list here, too.
        """
        aside = await asyncio.to_thread(self._set_aside)
        known = {each[:2]: each for each in aside}  # by its card and when that began
        erased = {each[:2]: each for each in await self.store.read(_erased)}
        gone: list[Erased] = []
        if back := [each for key, each in known.items() if key not in erased]:
            gone = await self.store.write(self._again, back)
        new = [each for key, each in erased.items() if key not in known]
        if gone:
            await self.leave_no_trace([*gone, *new])
        elif new:
            await asyncio.to_thread(self._put_aside, new)
        return len(gone)

    async def known(self) -> list[Erased]:
        """Return whom the records and the list beside them name as erased."""
        return sorted({*await self.store.read(_erased), *self._set_aside()})

    async def leave_no_trace(self, gone: Sequence[Erased]) -> None:
        """Write down outside who was erased, and clear what the files still have of them."""
        await asyncio.to_thread(self._put_aside, gone)
        await self.store.sweep()

    def _put_aside(self, gone: Sequence[Erased]) -> None:
        if self.aside is not None:
            write_private(self.aside, erased_text([*self._set_aside(), *gone]))

    def _set_aside(self) -> list[Erased]:
        if self.aside is not None:
            with suppress(OSError):
                return erased_from(self.aside.read_text("utf-8"))
        return []

    def _looked(self, db: Session, command: Command, card_id: int) -> Erasing:
        self.staff.demand(db, command, Permission.ERASE_PERSON)
        return self._erasing(db, _reach(db, card_id))

    def _erasing(self, db: Session, found: Reach) -> Erasing:
        counts = {table: _count(db, found, table) for table in WAYS}
        first = found.cards[0]
        return Erasing(
            card_id=first,
            name=db.get_one(CardRecord, first).name,
            cards=len(found.cards),
            goes={table: count for table, count in counts.items() if count},
            remedies=counts["remedy"],
            dealings=counts["dealing"],
            entries=counts["entry"],
            hindrances=tuple(hindrances(db, found)),
            already=db.get(ErasedRecord, first) is not None,
        )

    def _erase(self, db: Session, command: Command, card_id: int, typed: str) -> list[Erased]:
        self.staff.demand(db, command, Permission.ERASE_PERSON)
        found = _reach(db, card_id)
        if self.journal.first_run(db, command) is not None:
            return [each for each in _erased(db) if each.card_id in found.cards]
        self._erasing(db, found).check(typed)
        return self._empty(db, command, found)

    def _again(self, db: Session, known: Sequence[Erased]) -> list[Erased]:
        gone: list[Erased] = []
        for each in known:
            card = db.get(CardRecord, each.card_id)
            same = card is not None and card.created_at == each.created_at
            if same and db.get(ErasedRecord, each.card_id) is None:
                command = Command(uuid4(), Clerk("", ""))
                gone += self._empty(db, command, reach(db, each.card_id))
        return gone

    def _empty(self, db: Session, command: Command, found: Reach) -> list[Erased]:
        """Take everything personal out, and leave what others' sums and the chain stand on."""
        cards = sorted(found.cards)
        db.exec(select(CardRecord.id).where(col(CardRecord.id).in_(cards)).with_for_update()).all()
        contacts = self._contacts(db, found)
        self._settle(db, command, found)
        _forget_reasons(db, found)
        self.index.forget(db, cards)
        for table in sorted(WAYS, key=lambda each: (each == CALLS_LAST, each)):
            _take_out(db, found, table)
        _close(db, cards)
        gone = self._note(db, cards)
        self.journal.write(db, command, "person_erased", {"cards": len(cards)}, *cards)
        after_commit(db, lambda: self.forget(cards, contacts))
        return gone

    def _contacts(self, db: Session, found: Reach) -> list[int]:
        wanted = select(ContactRecord.id).where(found.belongs("contact"))
        return list(db.exec(wanted))

    def _settle(self, db: Session, command: Command, found: Reach) -> None:
        """End what was still open: nobody is left to whom it could be owed."""
        now, by = self.clock(), command.clerk.card_id
        owed = (found.belongs("duty"), col(DutyRecord.settled_at).is_(None))
        ended = {"settled_at": now, "settled_by_card_id": by, "outcome": WITHDRAWN}
        db.exec(update(DutyRecord).where(*owed).values(**ended))
        wanted = (found.belongs("matter"), col(MatterRecord.state) == "open")
        db.exec(update(MatterRecord).where(*wanted).values(state="withdrawn", closed_at=now))
        begun = (State.OPEN, State.UNFINISHED)
        drafts = (found.belongs("contact"), col(ContactRecord.state).in_(begun))
        db.exec(update(ContactRecord).where(*drafts).values(state=State.DROPPED))

    def _note(self, db: Session, cards: Sequence[int]) -> list[Erased]:
        now = self.clock()
        gone = []
        for card_id in cards:
            created = db.get_one(CardRecord, card_id).created_at
            db.merge(ErasedRecord(card_id=card_id, created_at=created, erased_at=now))
            gone.append(Erased(card_id, created, now))
        db.flush()
        return gone


def _reach(db: Session, card_id: int) -> Reach:
    if db.get(CardRecord, card_id) is None:
        raise NoCard(N_("There is no such card any more."))
    return reach(db, card_id)


def _count(db: Session, found: Reach, table: str) -> int:
    kept = select(func.count()).select_from(tables()[table])
    return int(db.exec(kept.where(found.belongs(table))).one())


def _take_out(db: Session, found: Reach, table: str) -> None:
    """Let the rows of a table go, or their words."""
    record: Any = record_of(table)
    if table in GOES:
        db.exec(delete(record).where(found.belongs(table)))
    elif emptied := _emptied(table):
        db.exec(update(record).where(found.belongs(table)).values(**emptied))


def _emptied(table: str) -> Mapping[str, Any]:
    """Return what stands in place of each personal column that is text or JSON."""
    values: dict[str, Any] = {}
    for column in tables()[table].columns:
        if holds(column) is not None and class_of(table, column.name) is Class.PERSON:
            values[column.name] = _nothing(record_of(table), column)
    return values


def _nothing(record: type[SQLModel], column: Any) -> Any:
    """Return what a column holds that says nothing: JSON keeps its shape."""
    if column.nullable:
        return None
    if holds(column) is not dict:
        return ""
    return {} if "dict" in str(record.model_fields[column.name].annotation) else []


def _close(db: Session, cards: Sequence[int]) -> None:
    """Let the cards say that they are nobody's, behind all others."""
    nobody = {"name": _(NOBODY), "sort_key": LAST_OF_ALL}
    db.exec(update(CardRecord).where(col(CardRecord.id).in_(cards)).values(**nobody))
    db.expire_all()


def _forget_reasons(db: Session, found: Reach) -> None:
    """Forget the reasons that only this person ever had: they were typed, and may name them."""
    own = select(ContactRecord.reason).where(found.belongs("contact"), ContactRecord.reason != "")
    titles = sorted(set(db.exec(own)))
    others = select(ContactRecord.reason).where(
        col(ContactRecord.reason).in_(titles), ~found.belongs("contact")
    )
    theirs = {fold(each) for each in db.exec(others)}
    keys = {fold(each) for each in titles} - theirs
    rare = select(ReasonRecord).where(col(ReasonRecord.title_key).in_(keys))
    for reason in db.exec(rare).all():
        if reason.uses <= sum(fold(each) == reason.title_key for each in db.exec(own)):
            db.delete(reason)
    db.flush()


def _erased(db: Session) -> list[Erased]:
    return [
        Erased(each.card_id, each.created_at, each.erased_at)
        for each in db.exec(select(ErasedRecord))
    ]
