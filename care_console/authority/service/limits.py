"""The limits: looked at, rehearsed, changed with a reason, and signed by a second person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from care_console.authority.records import CatalogueRecord, LimitRecord
from care_console.authority.rules.catalogue import YEAR
from care_console.authority.rules.changes import (
    Step,
    after,
    covers,
    holding,
    is_idle,
    place_of,
    steps,
)
from care_console.authority.rules.digest import odd
from care_console.authority.rules.faults import BadLimits, faults_of, hard
from care_console.authority.rules.house import Colleague, House
from care_console.authority.rules.limits import Giver, Limit, Terms
from care_console.authority.rules.rehearsal import judged_givers, replay
from care_console.authority.rules.table import (
    Coming,
    Preview,
    Unsigned,
    coming,
    copied,
    preview_of,
    table_of,
)
from care_console.authority.rules.views import (
    Fault,
    LimitChange,
    LimitChanged,
    LimitsTable,
    Odd,
    Rehearsal,
)
from care_console.authority.service import limits_history as told
from care_console.authority.service import limits_rows as kept
from care_console.authority.service.limits_past import gifts_of, given_today, past_of
from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.names import clean
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_
from care_console.cards.service import Cards
from care_console.journal.service import Filter, Journal
from care_console.journal.service.listing import listed
from care_console.settings.service import Settings
from care_console.staff.rules import NotAllowed, Permission, may
from care_console.staff.service import Staff
from care_console.store import Store, take_turn

LONGEST_WHY = 300
MOST_ACTS = 500  # looked through for what waits
TURN = "limits"


@dataclass(frozen=True, slots=True)
class Limits:
    """What each role may give, and whoever is an exception."""

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    settings: Settings
    cards: Cards
    locale: str = DEFAULT_LOCALE

    # looking

    def in_force(self, db: Session) -> list[Limit]:
        """Return, inside somebody's unit, the limits that were not replaced."""
        return kept.in_force(db)

    async def table(self, day: date | None = None) -> LimitsTable:
        """Return the limits in rows and columns, of a day, or of today."""
        return await self.store.read(self._table, day)

    async def coming(self) -> list[Coming]:
        """Return which limits become others by themselves, the next first."""
        return await self.store.read(lambda db: coming(kept.in_force(db), self._house(db)))

    async def history(self, most: int = 50) -> list[LimitChanged]:
        """Return the changes of the past, the newest first."""
        return await self.store.read(self._history, most)

    async def news(self, clerk: Clerk, since: datetime) -> list[LimitChanged]:
        """Return what was changed of this clerk's own limits since a moment, the newest first."""
        return await self.store.read(self._news, clerk, since)

    async def waiting_signature(self) -> list[Unsigned]:
        """Return what a second person has to sign, the oldest first."""
        return await self.store.read(self._waiting)

    async def signers(self, clerk: Clerk) -> list[tuple[int, str]]:
        """Return the cards and names of those who could sign what this clerk changes."""
        return await self.store.read(self._signers, clerk)

    async def digest(self, since: date, clerk: Clerk) -> list[Odd]:
        """Return odd patterns in what was given from a day on. Raises NotAllowed."""
        return await self.store.read(self._digest, since, clerk)

    # before a change

    async def faults(self, changes: Sequence[LimitChange], clerk: Clerk) -> list[Fault]:
        """Return what is amiss with changes that this clerk would make, in their order."""
        return await self.store.read(self._faults, changes, clerk)

    async def rehearse(self, changes: Sequence[LimitChange] = ()) -> Rehearsal:
        """Return the last days of those whose limits would change, under the new limits."""
        return await self.store.read(self._rehearse, changes)

    async def preview(
        self,
        changes: Sequence[LimitChange] = (),
        *,
        role: str = "",
        clerk_card_id: int | None = None,
    ) -> Preview:
        """Return what a clerk, or somebody of a role, would see today after ``changes``."""
        return await self.store.read(self._preview, changes, role, clerk_card_id)

    async def copy(self, role_from: str, role_to: str) -> list[LimitChange]:
        """Return the changes that give one role what another has. Nothing is kept by it."""
        return await self.store.read(
            lambda db: copied(kept.in_force(db), role_from, role_to, self.cards.today())
        )

    # changing

    async def change(
        self,
        command: Command,
        changes: Sequence[LimitChange],
        why: str,
        *,
        say_why: Mapping[int, bool] | None = None,
    ) -> tuple[int, ...]:
        """Keep ``changes``; return the ids of limits that wait for a signature.

        ``say_why`` tells of remedies, by their ids, whether a clerk has to give a reason. What was
        offered or given stays. Raises BadLimits, whose ``faults`` say why, and NotAllowed.
        """
        async with self.staff.guarded(command):
            return await self.store.write(
                self._change, command, tuple(changes), clean(why, LONGEST_WHY), dict(say_why or {})
            )

    async def sign(self, command: Command, limit_id: int) -> None:
        """Let a limit hold that waits. Raises BadLimits for whose own it is, and NotAllowed."""
        async with self.staff.guarded(command):
            await self.store.write(self._sign, command, limit_id)

    async def decline(self, command: Command, limit_id: int) -> None:
        """Let a limit that waits go. Raises BadLimits if it no longer waits, and NotAllowed."""
        async with self.staff.guarded(command):
            await self.store.write(self._decline, command, limit_id)

    async def stop(self, command: Command, why: str) -> None:
        """Let nobody give anything until it is resumed. Raises BadLimits and NotAllowed."""
        words = clean(why, LONGEST_WHY)
        if not words:
            raise BadLimits(N_("Say why: every clerk reads it."))
        await self._turn(command, words)

    async def resume(self, command: Command) -> None:
        """Let remedies be given again. Raises NotAllowed."""
        await self._turn(command, "")

    async def _turn(self, command: Command, why: str) -> None:
        async with self.staff.guarded(command):
            await self.store.write(self._stop, command, why)
        await self.settings.load()

    # units

    def _change(
        self,
        db: Session,
        command: Command,
        changes: tuple[LimitChange, ...],
        why: str,
        say_why: dict[int, bool],
    ) -> tuple[int, ...]:
        if (first := self.journal.first_run(db, command)) is not None:
            return tuple(first["waiting"])
        self.staff.demand(db, command, Permission.SET_LIMITS)
        if not why:
            raise BadLimits(N_("Say why in a few words: clerks are told."))
        take_turn(db, TURN)
        house, records = self._house(db), kept.held(db)
        rows = [kept.limit_of(each) for each in records.values()]
        found = faults_of(rows, changes, house, self._giver(db, command.clerk))
        if bad := hard(found):
            raise BadLimits(N_("{fault}"), bad, fault=bad[0].words)
        stamped = {each.change for each in found}
        made = _Made(db, records, command.clerk.card_id, self.clock())
        carried = [step for step in steps(rows, changes, house.day) if not is_idle(step)]
        facts = [made.keep(step, house, signed=step.change not in stamped) for step in carried]
        reasons = _say_why(db, say_why)
        waiting = [each["limit_id"] for each in facts if not each["signed"]]
        if facts or reasons:
            all_of_it = {"changes": facts, "say_why": reasons, "waiting": waiting}
            self.journal.write(db, command, told.CHANGED, all_of_it, personal={"why": why})
        return tuple(waiting)

    def _sign(self, db: Session, command: Command, limit_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.SIGN_LIMITS)
        take_turn(db, TURN)
        house, records = self._house(db), kept.held(db)
        record = _waits(records, limit_id)
        if command.clerk.card_id in (record.changed_by_card_id, record.clerk_card_id):
            raise BadLimits(
                N_("Somebody else has to sign this: neither who typed it nor whose it is.")
            )
        if record.until is not None and record.until <= house.day:
            raise BadLimits(N_("This limit would be over already."))
        new = replace(kept.limit_of(record), signed=True)
        there = [kept.limit_of(each) for each in records.values()]
        mine = [each for each in there if place_of(each) == place_of(new) and each.id < new.id]
        before = holding(mine, house.day)
        for each in mine:
            if covers(new, each, house.day):
                records[each.id].replaced_at = self.clock()
        record.signed, record.made_at = True, self.clock()
        self._told(db, command, told.SIGNED, house, before, new)

    def _decline(self, db: Session, command: Command, limit_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.SIGN_LIMITS)
        record = _waits(kept.held(db), limit_id)
        record.replaced_at = self.clock()
        self._told(db, command, told.DECLINED, self._house(db), kept.limit_of(record), None)

    def _told(
        self,
        db: Session,
        command: Command,
        kind: str,
        house: House,
        before: Limit | None,
        now: Limit | None,
    ) -> None:
        limit = now or before
        assert limit is not None
        place = place_of(limit)
        facts = told.facts_of(place, house.unit(place), before, now)
        personal = {"name": house.title(place, limit.days)}
        self.journal.write(db, command, kind, {**facts, "limit_id": limit.id}, personal=personal)

    def _stop(self, db: Session, command: Command, why: str) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.STOP_REMEDIES)
        if self.settings.in_force(db).stopped == why:
            return
        self.settings.put(db, {"stopped": why})
        kind = "remedies_stopped" if why else "remedies_resumed"
        self.journal.write(db, command, kind, {}, personal={"why": why} if why else None)

    # queries

    def _house(self, db: Session) -> House:
        return kept.house_of(db, self.settings.in_force(db), self.cards.today(), self.locale)

    def _giver(self, db: Session, clerk: Clerk) -> Giver:
        card_id = clerk.card_id or 0
        role = self.staff.role_of(db, card_id)
        return Giver(card_id, role or "", self.staff.department_of(db, card_id))

    def _table(self, db: Session, day: date | None) -> LimitsTable:
        stopped = self.settings.in_force(db).stopped
        return table_of(kept.in_force(db), self._house(db), day, stopped)

    def _history(self, db: Session, most: int) -> list[LimitChanged]:
        house, acts = self._house(db), listed(db, Filter(kinds=told.KINDS), None, most)
        return [each for act in acts for each in told.changed_of(act, house)][:most]

    def _news(self, db: Session, clerk: Clerk, since: datetime) -> list[LimitChanged]:
        house, me = self._house(db), self._giver(db, clerk)
        acts = listed(db, Filter(kinds=told.KINDS, since=since), None, MOST_ACTS)
        return [
            change
            for act in acts
            for facts, change in zip(told.changes_in(act), told.changed_of(act, house), strict=True)
            if told.concerns(facts, me.role, me.card_id) and change.after.signed
        ]

    def _waiting(self, db: Session) -> list[Unsigned]:
        records = {each.id: each for each in kept.ever(db) if each.replaced_at is None}
        rows, house = [kept.limit_of(each) for each in records.values()], self._house(db)
        acts = listed(db, Filter(kinds=(told.CHANGED,)), None, MOST_ACTS)
        return [
            told.unsigned_of(
                each,
                holding((row for row in rows if place_of(row) == place_of(each)), house.day),
                acts,
                house,
                records[each.id].changed_by_card_id,
            )
            for each in rows
            if not each.signed
        ]

    def _signers(self, db: Session, clerk: Clerk) -> list[tuple[int, str]]:
        able = self.staff.able(db, Permission.SIGN_LIMITS)
        return [(each, self.staff.name_of(db, each)) for each in able if each != clerk.card_id]

    def _digest(self, db: Session, since: date, clerk: Clerk) -> list[Odd]:
        if not may(self._giver(db, clerk).role, Permission.SEE_DIGEST):
            raise NotAllowed(Permission.SEE_DIGEST)
        return odd(gifts_of(db, self._house(db), since, self.clock()), since)

    def _faults(self, db: Session, changes: Sequence[LimitChange], clerk: Clerk) -> list[Fault]:
        return faults_of(kept.in_force(db), changes, self._house(db), self._giver(db, clerk))

    def _rehearse(self, db: Session, changes: Sequence[LimitChange]) -> Rehearsal:
        house, rows = self._house(db), kept.in_force(db)
        always = [replace(each, since=None, until=None) for each in changes]
        later = after(rows, steps(rows, always, house.day))
        back = max((row.days or YEAR for row in later), default=YEAR)
        past = past_of(db, house, self.clock(), back_days=back)
        givers = {each.giver for each in past}
        whose = judged_givers(givers, [(each.role, each.clerk_card_id) for each in changes])
        judged = [replace(p, judged=p.judged and p.giver.card_id in whose) for p in past]
        return replay(judged, lambda giver: Terms.of(later, giver, house.day))

    def _preview(
        self, db: Session, changes: Sequence[LimitChange], role: str, clerk_card_id: int | None
    ) -> Preview:
        house, rows = self._house(db), kept.in_force(db)
        later = after(rows, steps(rows, changes, house.day))
        shown = _somebody(house, role, clerk_card_id)
        used = given_today(db, shown.giver.card_id, house.day, self.clock())
        return preview_of(later, shown, house.day, used)


class _Made:
    """Rows that are kept one after the other in one unit."""

    def __init__(
        self, db: Session, records: Mapping[int, LimitRecord], by: int | None, now: datetime
    ) -> None:
        self._db, self._records = db, dict(records)
        self._by, self._now = by, now

    def keep(self, step: Step, house: House, *, signed: bool) -> told.Facts:
        """Carry out a step; what waits for a signature replaces only what waits, too."""
        for row in step.goes:
            record = self._records[row.id]
            if signed or not record.signed:
                record.replaced_at = self._now
        limit_id = None
        if step.comes is not None:
            record = kept.add(self._db, step.comes, self._by, self._now, signed=signed)
            self._records[step.comes.id] = record
            limit_id = record.id
        return told.step_facts(step, house, limit_id, signed=signed)


def _waits(records: Mapping[int, LimitRecord], limit_id: int) -> LimitRecord:
    record = records.get(limit_id)
    if record is None or record.signed:
        raise BadLimits(N_("This limit no longer waits for a signature."))
    return record


def _say_why(db: Session, wanted: Mapping[int, bool]) -> dict[str, bool]:
    """Keep of which remedies a reason is wanted, and return those that were changed."""
    changed = {}
    for catalogue_id, why in sorted(wanted.items()):
        record = db.get(CatalogueRecord, catalogue_id, with_for_update=True)
        if record is None:
            raise BadLimits(N_("This remedy is no longer in the catalogue."))
        if record.why_wanted != why:
            record.why_wanted = why
            changed[str(catalogue_id)] = why
    return changed


def _somebody(house: House, role: str, clerk_card_id: int | None) -> Colleague:
    """Return the clerk, or one of the role, or nobody if there is none of it yet."""
    if clerk_card_id is not None and clerk_card_id in house.colleagues:
        return house.colleagues[clerk_card_id]
    mine = (each for each in house.colleagues.values() if each.active and each.giver.role == role)
    return next(mine, Colleague(Giver(0, role), ""))
