"""Duties: what is owed, by whom, by when, and whether it was done."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlmodel import Session, col

from care_console.base.command import Clerk, Command
from care_console.base.masking import masked
from care_console.base.names import clean
from care_console.base.words import N_
from care_console.cards.records import CardRecord
from care_console.journal.rules import Facts
from care_console.promises.records import DutyRecord
from care_console.promises.rules import (
    LONGEST_WHY,
    Act,
    BadDuty,
    Duty,
    DutyKind,
    Heir,
    changes_at,
    check_here,
)
from care_console.promises.rules.duty import DONE, GRACE
from care_console.promises.service.listing import (
    duties_of,
    heirs_of,
    is_for_all,
    is_of,
    is_open,
)
from care_console.promises.service.owing import Owing
from care_console.staff.records import ClerkRecord, DepartmentRecord


@dataclass(frozen=True, slots=True)
class Duties(Owing):
    """All that is owed: what a clerk does with it, and what their day is."""

    async def add(
        self,
        command: Command,
        kind: DutyKind,
        *,
        title: str,
        due_at: datetime,
        card_id: int | None = None,
        owner_card_id: int | None = None,
        department_id: int | None = None,
    ) -> int:
        """Make a duty and return its id; where nobody is named, it is the clerk's own.

        Raises BadDuty if the title is empty, or if it would be late from the start.
        """
        if owner_card_id is None and department_id is None:
            owner_card_id = command.clerk.card_id
        values = {
            "card_id": card_id,
            "owner_card_id": owner_card_id,
            "department_id": department_id,
        }
        return await self.store.write(self._add, command, kind, title, due_at, values)

    async def done(self, command: Command, duty_id: int) -> None:
        """Keep that it is done.

        Raises AskedElsewhere if that is said in the room it came from, and BadDuty if somebody
        did it meanwhile.
        """
        await self.store.write(self._done, command, duty_id)

    async def undo(self, command: Command, duty_id: int) -> None:
        """Take back that it is done. Raises AskedElsewhere."""
        await self.store.write(self._undo, command, duty_id)

    async def move(
        self, command: Command, duty_id: int, due_at: datetime, why: str = ""
    ) -> datetime:
        """Move it, and return when it was due before.

        Raises BadDuty if that moment is past or when it is due already, if somebody did it
        meanwhile, or without a reason where a customer waits; and AskedElsewhere.
        """
        return await self.store.write(self._move, command, duty_id, due_at, why)

    async def move_back(
        self, command: Command, duty_id: int, moved_to: datetime, back_to: datetime
    ) -> None:
        """Take back that it was moved. Raises BadDuty if it was moved again, or done."""
        await self.store.write(self._move_back, command, duty_id, moved_to, back_to)

    async def hand_over(
        self,
        command: Command,
        duty_id: int,
        *,
        owner_card_id: int | None = None,
        department_id: int | None = None,
    ) -> Heir:
        """Hand it over to a clerk, a department or, without both, to anybody.

        Return whose it was. Raises BadDuty if they no longer work here, or if somebody did it
        meanwhile; and AskedElsewhere.
        """
        to = Heir("", owner_card_id, None if owner_card_id is not None else department_id)
        return await self.store.write(self._hand_over, command, duty_id, to)

    async def duty(self, duty_id: int) -> Duty:
        """Return one duty. Raises BadDuty if there is none of this id."""
        found = await self.store.read(self.read, duty_id)
        if not found:
            raise BadDuty(N_("This is no longer there."))
        return found[0]

    async def mine(self, clerk: Clerk) -> list[Duty]:
        """Return what the clerk owes: their own, their department's, and what nobody has yet."""
        return await self.store.read(self._mine, clerk)

    async def everyones(self, clerk: Clerk) -> list[Duty]:
        """Return what anybody owes, but of what is between two colleagues only the clerk's."""
        return await self.store.read(self._everyones, clerk)

    async def done_today(self, clerk: Clerk) -> list[Duty]:
        """Return what the clerk has done since midnight, the last first."""
        midnight = datetime.combine(self.cards.today(), time()).astimezone()
        return await self.store.read(self._done_since, clerk, midnight)

    async def heirs(self) -> list[Heir]:
        """Return to whom a duty can be handed over: who works here, then the departments."""
        return await self.store.read(heirs_of)

    async def next_moment(self, clerk: Clerk) -> datetime | None:
        """Return the next moment at which something in the clerk's day stands or reads otherwise.

        None if nothing is owed; then only the bell brings news.
        """
        now = self.clock()
        owed = await self.mine(clerk)
        return min((changes_at(each.due_at, now) for each in owed), default=None)

    def _add(
        self,
        db: Session,
        command: Command,
        kind: DutyKind,
        title: str,
        due_at: datetime,
        values: dict[str, Any],
    ) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["duty_id"])
        self._check_ahead(due_at)
        made_by = command.clerk.card_id
        duty_id = self.make(db, kind, title=title, due_at=due_at, made_by=made_by, **values)
        self._told(db, command, "duty_made", duty_id, {"due_at": due_at.isoformat()})
        return duty_id

    def _done(self, db: Session, command: Command, duty_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record = self._open(db, duty_id, Act.SETTLE)
        late = self.clock() - record.due_at >= GRACE
        self.settle(db, duty_id, command.clerk.card_id)
        self._told(db, command, "duty_done", duty_id, {"late": late})

    def _undo(self, db: Session, command: Command, duty_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record = self.hold(db, duty_id)
        check_here(Act.SETTLE, DutyKind(record.kind), record.about)
        if self.unsettle(db, duty_id):
            self._told(db, command, "duty_undone", duty_id)

    def _move(
        self, db: Session, command: Command, duty_id: int, due_at: datetime, why: str
    ) -> datetime:
        if (first := self.journal.first_run(db, command)) is not None:
            return datetime.fromisoformat(first["before"])
        record = self._open(db, duty_id, Act.MOVE)
        before, words = record.due_at, masked(clean(why, LONGEST_WHY))
        self._check_ahead(due_at)
        if due_at == before:
            raise BadDuty(N_("It is due then already."))
        if record.card_id is not None and not words:
            raise BadDuty(N_("Say in a few words why it is moved: a customer waits for it."))
        late = self.clock() - before >= GRACE
        self.move_to(db, duty_id, due_at)
        facts = {"before": before.isoformat(), "after": due_at.isoformat(), "late": late}
        self._told(db, command, "duty_moved", duty_id, facts, why=words)
        return before

    def _move_back(
        self,
        db: Session,
        command: Command,
        duty_id: int,
        moved_to: datetime,
        back_to: datetime,
    ) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record = self._open(db, duty_id, Act.MOVE)
        if record.due_at != moved_to:
            raise BadDuty(N_("It was moved again meanwhile."))
        record.due_at, record.moved = back_to, max(0, record.moved - 1)
        self.tell(db, record.card_id)
        self._told(db, command, "duty_moved_back", duty_id, {"after": back_to.isoformat()})

    def _hand_over(self, db: Session, command: Command, duty_id: int, to: Heir) -> Heir:
        if (first := self.journal.first_run(db, command)) is not None:
            return Heir("", *first["before"])
        record = self._open(db, duty_id, Act.HAND_OVER)
        before = Heir("", record.owner_card_id, record.department_id)
        after = [to.owner_card_id, to.department_id]
        name = _works_here(db, to)
        was = [before.owner_card_id, before.department_id]
        if was != after:
            self.give_to(
                db, duty_id, owner_card_id=to.owner_card_id, department_id=to.department_id
            )
            facts = {"before": was, "after": after}
            self._told(db, command, "duty_handed_over", duty_id, facts, to=name)
        return before

    def _mine(self, db: Session, clerk: Clerk) -> list[Duty]:
        return duties_of(db, self.cards.today(), is_open(), self._of_clerk(db, clerk))

    def _everyones(self, db: Session, clerk: Clerk) -> list[Duty]:
        seen = is_for_all() | self._of_clerk(db, clerk)
        return duties_of(db, self.cards.today(), is_open(), seen)

    def _of_clerk(self, db: Session, clerk: Clerk) -> object:
        card_id = clerk.card_id
        return is_of(card_id, None if card_id is None else self.department_of(db, card_id))

    def _done_since(self, db: Session, clerk: Clerk, since: datetime) -> list[Duty]:
        by = DutyRecord.settled_by_card_id == clerk.card_id, DutyRecord.outcome == DONE
        found = duties_of(db, self.cards.today(), *by, col(DutyRecord.settled_at) >= since)
        return sorted(found, key=lambda each: (each.settled_at or since, each.id), reverse=True)

    def _check_ahead(self, due_at: datetime) -> None:
        if due_at <= self.clock():
            raise BadDuty(N_("Choose a moment that is still to come."))

    def _open(self, db: Session, duty_id: int, act: Act) -> DutyRecord:
        """Hold a duty with which ``act`` can be done here and now."""
        record = self.hold(db, duty_id)
        check_here(act, DutyKind(record.kind), record.about)
        if record.settled_at is not None:
            raise BadDuty(N_("This was done meanwhile."))
        return record

    def _told(
        self,
        db: Session,
        command: Command,
        kind: str,
        duty_id: int,
        facts: Facts | None = None,
        **said: str,
    ) -> None:
        record = db.get_one(DutyRecord, duty_id)
        personal = {"duty": record.title, **{name: words for name, words in said.items() if words}}
        told = {"duty_id": duty_id, "kind": record.kind, **(facts or {})}
        card_id = record.card_id if record.kind != DutyKind.CHECK_ON else None
        about = () if card_id is None else (card_id,)
        self.journal.write(db, command, kind, told, *about, personal=personal)


def _works_here(db: Session, heir: Heir) -> str:
    """Return the name of a clerk or a department, or of nobody. Raises BadDuty if they left."""
    if heir.owner_card_id is not None:
        clerk = db.get(ClerkRecord, heir.owner_card_id)
        if clerk is not None and clerk.active:
            return db.get_one(CardRecord, heir.owner_card_id).name
    elif heir.department_id is None:
        return ""
    else:
        room = db.get(DepartmentRecord, heir.department_id)
        if room is not None and room.active:
            return room.name
    raise BadDuty(N_("They no longer work here: choose somebody else."))
