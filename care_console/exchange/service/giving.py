"""Giving out the cards, all or those that are asked for, as one file."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from sqlmodel import Session, and_, col, exists, func, or_, select

from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.fold import asked_words, digits
from care_console.base.words import N_
from care_console.cards.records import (
    AddressRecord,
    CardRecord,
    EmailRecord,
    FaceRecord,
    MembershipRecord,
    PhoneRecord,
)
from care_console.cards.rules import Group
from care_console.cards.service import Cards
from care_console.exchange.rules.person import Person
from care_console.exchange.rules.table_write import Width, as_row, line, titles
from care_console.exchange.rules.vcard_write import as_vcard
from care_console.exchange.service.allowed import demand
from care_console.exchange.service.whole import persons
from care_console.journal.service import Journal
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store

AT_ONCE = 500  # cards
PART = ".part"  # behind the name of a file that is not whole yet
MARK = "\ufeff"  # by which spreadsheets know Unicode


class NotWritten(CareError):
    """The file could not be written; what stood in its place stands there still."""


class Format(StrEnum):
    """As what cards go out."""

    VCARD = "vcard"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cards: of a ``group`` now, with all ``words`` on them; empty is all."""

    group: Group | None = None
    words: str = ""


@dataclass(slots=True)
class Given:
    """How many cards are out, of how many that were looked at and are there."""

    count: int = 0
    looked_at: int = 0
    total: int = 0
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Exports:
    """Writes cards into a file that is whole or is not there."""

    store: Store
    journal: Journal
    cards: Cards
    staff: Staff

    async def give_out(
        self,
        command: Command,
        file: Path,
        format: Format,
        wanted: Wanted,
        *,
        progress: Callable[[Given], None] = lambda given: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Given:
        """Write the cards that are ``wanted`` into ``file``, and journal how many they were.

        Employees come first, so that those who answer for customers are there before them. Raises
        NotAllowed and NotWritten; then, and when stopped, ``file`` is as it was before.
        """
        async with self.staff.guarded(command):
            given = Given(total=await self.store.read(self._allowed, command))
            width = await self.store.read(_width) if format is Format.CSV else Width()
            with _beside(file) as out:
                await self._write(out, _begun(format, width))
                async for people in self._people(wanted, given, stop):
                    text = "".join(_written(each, format, width) for each in people)
                    await self._write(out, text)
                    given.count += len(people)
                    progress(given)
                if not given.cancelled:
                    await self._write(out, "", whole=True)
                    await self.store.write(self._journal, command, format, wanted, given)
                    out.wanted = True
        return given

    async def _people(
        self, wanted: Wanted, given: Given, stop: Callable[[], bool]
    ) -> AsyncIterator[list[Person]]:
        for employees in (True, False):
            after = 0
            while True:
                if stop():
                    given.cancelled = True
                    return
                ids, people = await self.store.read(self._page, wanted, after, employees)
                if not ids:
                    break
                after = ids[-1]
                given.looked_at += len(ids)
                yield people

    def _page(
        self, db: Session, wanted: Wanted, after: int, employees: bool
    ) -> tuple[list[int], list[Person]]:
        """Return the ids of the next cards, and those of them that are wanted."""
        work = exists().where(
            col(MembershipRecord.card_id) == col(CardRecord.id),
            col(MembershipRecord.card_group) == Group.EMPLOYEE.value,
        )
        some = (
            select(CardRecord.id, FaceRecord.words)
            .outerjoin(FaceRecord, col(FaceRecord.card_id) == col(CardRecord.id))
            .where(CardRecord.id > after, CardRecord.name != "", work if employees else ~work)
            .order_by(col(CardRecord.id))
            .limit(AT_ONCE)
        )
        rows = db.exec(some).all()
        ids = [card_id for card_id, words in rows if _has(words or "", wanted.words)]
        if wanted.group is not None:
            members = self._members(db, wanted.group, ids)
            ids = [card_id for card_id in ids if card_id in members]
        return [card_id for card_id, _words in rows], persons(db, ids)

    def _members(self, db: Session, group: Group, card_ids: Sequence[int]) -> set[int]:
        today = self.cards.today()
        since, until = col(MembershipRecord.since), col(MembershipRecord.until)
        now = and_(or_(since.is_(None), since <= today), or_(until.is_(None), today < until))
        wanted = select(MembershipRecord.card_id).where(
            col(MembershipRecord.card_id).in_(card_ids), MembershipRecord.card_group == group, now
        )
        return set(db.exec(wanted))

    def _allowed(self, db: Session, command: Command) -> int:
        """Return how many cards there are. Raises NotAllowed."""
        demand(self.staff, db, command, Permission.EXPORT)
        return db.exec(select(func.count()).where(col(CardRecord.name) != "")).one()

    def _journal(
        self, db: Session, command: Command, format: Format, wanted: Wanted, given: Given
    ) -> None:
        demand(self.staff, db, command, Permission.EXPORT)
        facts = {
            "cards": given.count,
            "format": format.value,
            "group": "" if wanted.group is None else wanted.group.value,
            "filtered": bool(wanted.words),  # the words may be somebody's name
        }
        self.journal.write(db, command, "cards_exported", facts)

    @staticmethod
    async def _write(out: "_Out", text: str, *, whole: bool = False) -> None:
        await asyncio.to_thread(out.write, text, whole)


@dataclass(slots=True)
class _Out:
    """A file that is written beside another."""

    file: Path
    opened: IO[bytes]
    wanted: bool = field(default=False)  # in the other's place

    def write(self, text: str, whole: bool) -> None:
        """Add ``text``; if that was all, see that the disk has it. Raises NotWritten."""
        try:
            self.opened.write(text.encode("utf-8", "replace"))
            if whole:
                self.opened.flush()
                os.fsync(self.opened.fileno())
        except OSError as trouble:
            raise _not_written(self.file, trouble) from trouble


@contextmanager
def _beside(file: Path) -> Iterator[_Out]:
    """Give what is written beside ``file``, and move it there if it is wanted in the end."""
    part = file.with_name(f"{file.name}.{os.getpid()}{PART}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        opened = os.fdopen(os.open(part, flags, 0o600), "wb")
    except OSError as trouble:
        raise _not_written(file, trouble) from trouble
    out = _Out(file, opened)
    try:
        yield out
        _close(out)
        if out.wanted:
            _move(part, file)
    finally:
        with suppress(OSError):
            opened.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _close(out: _Out) -> None:
    try:
        out.opened.close()
    except OSError as trouble:
        raise _not_written(out.file, trouble) from trouble


def _move(part: Path, file: Path) -> None:
    try:
        os.replace(part, file)
    except OSError as trouble:
        raise _not_written(file, trouble) from trouble


def _not_written(file: Path, trouble: OSError) -> NotWritten:
    why = trouble.strerror or str(trouble)
    return NotWritten(N_("{file} cannot be written: {why}."), file=file.name, why=why)


def _begun(format: Format, width: Width) -> str:
    return MARK + line(titles(width)) if format is Format.CSV else ""


def _written(person: Person, format: Format, width: Width) -> str:
    return line(as_row(person, width)) if format is Format.CSV else as_vcard(person)


def _has(words: str, asked: str) -> bool:
    """Tell whether each word that was asked for begins one on the card, or is in a number."""
    there = words.replace("|", " ").split()
    return all(
        any(each.startswith(word) or (word.isdigit() and word in each) for each in there)
        for word in _asked(asked)
    )


def _asked(typed: str) -> Sequence[str]:
    """Return the words; a number is one, however it is written, without a leading zero."""
    plain = all(letter.isdigit() or letter in " +()./-" for letter in typed)
    if plain and len(number := digits(typed)) > 3:
        return (number.removeprefix("00").removeprefix("0"),)
    return asked_words(typed)


def _width(db: Session) -> Width:
    """Return the most numbers and addresses that a card has."""
    return Width(*(_most(db, table) for table in (PhoneRecord, EmailRecord, AddressRecord)))


def _most(db: Session, table: Any) -> int:
    counted = select(func.count(table.id).label("parts")).group_by(table.card_id).subquery()
    return db.exec(select(func.max(counted.c.parts))).one() or 1
