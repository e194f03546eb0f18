"""The numbers to which the house does not listen, and who said so."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.names import clean
from care_console.base.phone import Plan
from care_console.calls.records import IgnoredRecord
from care_console.calls.rules.ignored import LONGEST_WHY, IgnoredRow, is_ignored, pattern_of
from care_console.calls.rules.match import number_of
from care_console.cards.records import CardRecord
from care_console.journal.service import Journal
from care_console.lines.line import CallEvent
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Ignored:
    """One list for the company. It lies ready here, so that no ring waits for it."""

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    plan: Callable[[], Plan]
    patterns: set[str] = field(default_factory=set)
    """Those that were in force when they were last read, or changed from here."""

    def has(self, event: CallEvent) -> bool:
        """Return whether this ring is of a number that is ignored."""
        if not self.patterns:
            return False
        number = number_of(event, self.plan())
        return number is not None and is_ignored(number.e164, self.patterns)

    async def load(self) -> None:
        """Read what is in force now. Raises NoAnswer, and then leaves what was."""
        self._set(await self.store.read(_listing))

    async def listing(self) -> list[IgnoredRow]:
        """Return all of them, the last one first."""
        found = await self.store.read(_listing)
        self._set(found)
        return found

    async def add(self, command: Command, typed: str, why: str = "") -> int:
        """Ignore a number, or all that begin with it where a star stands at the end.

        Return its id in the list. Raises BadPattern, and NotAllowed.
        """
        pattern = pattern_of(typed, self.plan())
        async with self.staff.guarded(command):
            kept = await self.store.write(self._add, command, pattern, clean(why, LONGEST_WHY))
        self.patterns.add(pattern)
        return kept

    async def remove(self, command: Command, ignored_id: int) -> IgnoredRow | None:
        """Listen to it again; return what it was, or None if it was gone. Raises NotAllowed."""
        async with self.staff.guarded(command):
            gone = await self.store.write(self._remove, command, ignored_id)
        if gone is not None:
            self.patterns.discard(gone.pattern)
        return gone

    def _set(self, found: list[IgnoredRow]) -> None:
        self.patterns.clear()
        self.patterns.update(each.pattern for each in found)

    def _add(self, db: Session, command: Command, pattern: str, why: str) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["ignored_id"])
        self.staff.demand(db, command, Permission.IGNORE_NUMBERS)
        there = db.exec(select(IgnoredRecord).where(IgnoredRecord.pattern == pattern)).first()
        if there is not None:
            return there.id
        by = command.clerk.card_id
        record = IgnoredRecord(pattern=pattern, why=why, clerk_card_id=by, at=self.clock())
        db.add(record)
        db.flush()
        self._journal(db, command, "number_ignored", record)
        return record.id

    def _remove(self, db: Session, command: Command, ignored_id: int) -> IgnoredRow | None:
        if self.journal.first_run(db, command) is not None:
            return None
        self.staff.demand(db, command, Permission.IGNORE_NUMBERS)
        record = db.get(IgnoredRecord, ignored_id, with_for_update=True)
        if record is None:
            return None
        self._journal(db, command, "number_heard", record)
        gone = IgnoredRow(record.id, record.pattern, record.why, "", record.at)
        db.delete(record)
        return gone

    def _journal(self, db: Session, command: Command, kind: str, record: IgnoredRecord) -> None:
        said = {"pattern": record.pattern, "why": record.why}
        personal = {name: words for name, words in said.items() if words}
        self.journal.write(db, command, kind, {"ignored_id": record.id}, personal=personal)


def _listing(db: Session) -> list[IgnoredRow]:
    wanted = (
        select(IgnoredRecord, CardRecord.name)
        .outerjoin(CardRecord, col(CardRecord.id) == col(IgnoredRecord.clerk_card_id))
        .order_by(col(IgnoredRecord.at).desc(), col(IgnoredRecord.id).desc())
    )
    return [
        IgnoredRow(each.id, each.pattern, each.why, name or "", each.at)
        for each, name in db.exec(wanted)
    ]
