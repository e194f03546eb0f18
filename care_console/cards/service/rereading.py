"""Reading numbers anew that name no country, after the company's country has changed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from care_console.base.command import Command
from care_console.base.phone import Plan, read
from care_console.cards.records import PhoneRecord
from care_console.cards.service.add import Cards
from care_console.staff.rules import Permission
from care_console.staff.service import Staff

AT_ONCE = 100  # numbers, some 50 ms
PAUSE_S = 0.02  # in which whoever works at a desk comes first

Meaning = tuple[str | None, str]  # a number in E.164, and an extension
Go = Callable[[int], bool]  # told how many were read anew; it returns whether to go on


@dataclass(frozen=True, slots=True)
class Rereading:
    """Finds the numbers that were read as of another country, and reads them as of today's.

    One that names its country, or was taken in as of yet another one, stays as it is. Changing
    the country back and reading anew takes it back.
    """

    cards: Cards
    staff: Staff

    async def count(self, before: str) -> int:
        """Return how many numbers would be others, read as of today's country."""
        found = after = 0
        while (some := await self.cards.store.read(self._counted, before, after))[0]:
            after, count = some
            found += count
        return found

    async def go(self, command: Command, before: str, told: Go = lambda count: True) -> int:
        """Read them anew, a few at once, and return how many were; one entry tells of it.

        Raises NotAllowed, and NotKept: what was read anew until then stays, and the rest may be
        read anew later.
        """
        done = after = 0
        going = True
        async with self.staff.guarded(command):
            try:
                while going:
                    after, count = await self.cards.store.write(self._some, command, before, after)
                    done += count
                    going = bool(after) and told(done)
                    await asyncio.sleep(PAUSE_S)
            finally:  # also of what was read anew until it was called off
                if done:
                    await self.cards.store.write(self._journal, command, before, done)
        return done

    def _counted(self, db: Session, before: str, after: int) -> tuple[int, int]:
        last, changes = self._changes(db, before, after)
        return last, len(changes)

    def _changes(
        self, db: Session, before: str, after: int
    ) -> tuple[int, list[tuple[PhoneRecord, Meaning]]]:
        """Return behind which id to go on, 0 at the end, and what would change until there."""
        wanted = select(PhoneRecord).where(col(PhoneRecord.id) > after)
        some = db.exec(wanted.order_by(col(PhoneRecord.id)).limit(AT_ONCE)).all()
        now = self.cards.plan()
        then = replace(now, country=before)
        changes = [
            (each, meant)
            for each in some
            if (each.e164, each.extension) == _meaning(each.raw, then)
            and (meant := _meaning(each.raw, now)) != (each.e164, each.extension)
        ]
        return (some[-1].id if some else 0), changes

    def _some(self, db: Session, command: Command, before: str, after: int) -> tuple[int, int]:
        self.staff.demand(db, command, Permission.CHANGE_COMPANY)
        last, changes = self._changes(db, before, after)
        for record, (e164, extension) in changes:
            record.e164, record.extension = e164, extension
        db.flush()
        self.cards.index.index(db, sorted({record.card_id for record, _meant in changes}))
        return last, len(changes)

    def _journal(self, db: Session, command: Command, before: str, count: int) -> None:
        if self.cards.journal.first_run(db, command) is None:
            facts = {"before": before, "after": self.cards.plan().country, "count": count}
            self.cards.journal.write(db, command, "numbers_reread", facts)


def _meaning(raw: str, plan: Plan) -> Meaning:
    number = read(raw, plan)
    return number.e164, number.extension or number.internal
