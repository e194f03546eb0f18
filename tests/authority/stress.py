"""One desk of many that give at once: its clicks, its crashes, and what must hold in the end."""

import argparse
import asyncio
import random
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from sqlmodel import col, delete, func, select

from care_console.authority.records import (
    CatalogueRecord,
    LimitRecord,
    RemedyRecord,
    SpentRecord,
)
from care_console.authority.rules.views import COUNTS
from care_console.authority.service import counters, weighing
from care_console.base.command import Clerk, Command
from care_console.base.errors import CareError
from care_console.cards.records import CardRecord
from care_console.cards.rules import Group, NewCard, NewMembership, RelationKind
from care_console.journal.records import EntryRecord
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.staff.rules import Role
from care_console.store import Store
from tests.authority.rooms import rooms_over

BEGUN = datetime(2030, 1, 7, 6, 0, tzinfo=UTC)
CLERKS = ("Rosa Lindqvist", "Omar Haddad", "Ines Prat")
CUSTOMERS = ("Maria Okafor", "Ada Okafor", "Jonas Weber", "Ella Brandt", "Greta Lind")
A_DAY, DAY_ALLOWS = 40, 10_000  # commands, minor units
LIMITS = {"remedy": 3_000, "day": DAY_ALLOWS}
RECOVERIES = range(1, 4)
REMEDY = "Waive a fee"


class Place:
    """The services of one desk, whose clock goes with its commands."""

    def __init__(self, where, origin):
        self.now = BEGUN
        self.store = Store.open(where)
        self.services = Services.over(
            self.store, lambda: self.now, Desk(origin=origin), Company(name="Northgate Heating")
        )
        self.authority = rooms_over(self.services).authority


async def lay_out(where, commands):
    """Make clerks, customers, one remedy and limits that cannot all be kept."""
    desk = Place(where, "the house")
    services, store = desk.services, desk.store
    grace = await services.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")

    def act(name):
        return Command(uuid5(NAMESPACE_OID, name), grace)

    async def card(name, *memberships):
        given, _, family = name.partition(" ")
        new = NewCard(given=given, family=family, memberships=memberships)
        return await services.cards.add(act(name), new)

    for name in CLERKS:
        card_id = await card(name, NewMembership(group=Group.EMPLOYEE))
        await services.staff.add_clerk(act(f"hire {name}"), card_id, Role.CSR)
    ids = [await card(name) for name in CUSTOMERS]
    await services.edits.relate(act("relate"), ids[0], RelationKind.HOUSEHOLD_OF, ids[1])
    spent = commands * 1_000  # of each desk, about
    house = {"recovery": spent // 3, "customer": spent // 3, "month": spent * 2}

    await store.write(_put_limits, {**LIMITS, **house})
    await store.close()


def _put_limits(db, limits):
    for table in (LimitRecord, CatalogueRecord):
        db.exec(delete(table))
    db.add(CatalogueRecord(kind="waived_fee", name=REMEDY))
    for scope, most in limits.items():
        db.add(LimitRecord(scope=scope, most=most, role=Role.CSR, days=3_650))


async def faults(where):
    """Return what does not hold: limits that were passed, counters that are no sums, doubles."""
    store = Store.open(where)
    found = await store.read(_faults)
    await store.close()
    return found


def _faults(db):
    most = dict(db.exec(select(LimitRecord.scope, LimitRecord.most)).all())
    counts = [each for each in db.exec(select(RemedyRecord)).all() if each.state in COUNTS]
    sums = {}
    for each in counts:
        for *key, amount in each.taken:
            sums[tuple(key)] = sums.get(tuple(key), 0) + amount
        assert amount == each.amount_minor
    kept = {
        (each.scope, each.subject_id, each.catalogue_id, each.period): each.used
        for each in db.exec(select(SpentRecord)).all()
    }
    found = [
        f"{key} keeps {used}, not {sums.get(key, 0)}"
        for key, used in kept.items()
        if used != sums.get(key, 0)
    ]
    found += [f"{key} has no counter" for key in sums if key not in kept]
    found += [f"{key}: {total} is over" for key, total in sums.items() if total > most[key[0]]]
    given = select(func.count()).where(EntryRecord.kind == "remedy_given")
    once = select(func.count()).where(col(RemedyRecord.given_at).is_not(None))
    if db.exec(given).one() != db.exec(once).one():
        found.append("something was given twice")
    return [*found, *([] if len(counts) > 5 else ["next to nothing was given"])]


class Clicks:
    """What one desk does, always the same for the same name: after a crash it does it again."""

    def __init__(self, desk, name):
        self._desk, self._name = desk, name
        self.sent = 0  # commands, those that were sent again among them

    async def learn(self):
        """Learn who works here and who the customers are."""

        def names(db):
            cards = dict(db.exec(select(CardRecord.name, CardRecord.id)).all())
            named = select(CatalogueRecord.id).where(CatalogueRecord.name == REMEDY)
            return cards, db.exec(named).one()

        ids, self._remedy = await self._desk.store.read(names)
        self._clerks = [Clerk(name, Role.CSR.value, ids[name]) for name in CLERKS]
        self._customers = [ids[name] for name in CUSTOMERS]

    async def click(self, number):
        """Offer something to somebody in the way that the number says, and go on from there."""
        chance = random.Random(f"{self._name} {number}")
        clerk, card_id = chance.choice(self._clerks), chance.choice(self._customers)
        minutes = number % A_DAY * 15 + chance.randrange(9)
        self._desk.now = BEGUN + timedelta(days=number // A_DAY, minutes=minutes)
        command = self._command(number, "offer", clerk)
        recovery, minor = chance.choice(RECOVERIES), chance.randrange(1_000, 3_000)

        def offering():
            return self._send(
                "offer", command, self._remedy, card_id, recovery_id=recovery, minor=minor
            )

        if chance.random() < 0.3:
            await self._break_off(offering, chance.random() * 0.004)
        if chance.random() < 0.2:
            await asyncio.gather(offering(), offering(), return_exceptions=True)
        offered = await offering()
        await self._go_on(number, clerk, offered.remedy_id, chance.random())

    async def _go_on(self, number, clerk, remedy_id, chance):
        """Let it lapse, let it go, or give it, once or twice, and perhaps withdraw it."""
        give, back = (self._command(number, what, clerk) for what in ("give", "back"))
        if chance < 0.1:
            return
        if chance < 0.2:
            await self._send("let_go", back, remedy_id)
            return
        if chance < 0.4:
            await self._break_off(lambda: self._send("give", give, remedy_id), 0.002)
        await self._send("give", give, remedy_id)
        if chance > 0.9:
            await self._send("withdraw", back, remedy_id)

    def _send(self, act, command, *args, **more):
        self.sent += 1
        return getattr(self._desk.authority, act)(command, *args, **more)

    def _command(self, number, what, clerk):
        return Command(uuid5(NAMESPACE_OID, f"{self._name} {number} {what}"), clerk)

    async def _break_off(self, act, after_s):
        """Begin an act and give it up in the middle."""
        task = asyncio.ensure_future(act())
        await asyncio.sleep(after_s)
        task.cancel()
        with suppress(asyncio.CancelledError, CareError):
            await task


def take_the_check_out():
    """Let every counter be added to unchecked: what desks do at the same moment is not seen."""
    checked = counters.add
    counters.add = lambda db, key, amount, most=0: checked(db, key, amount)


def take_the_guard_out():
    """Let nothing be seen at all of what others gave: on a file desks only come one by one."""
    take_the_check_out()
    weighing.used_of = lambda *_args: {}
    counters._got = lambda db, each: 0


async def work(where, name, commands, begin):
    desk = Place(where, name)
    clicks = Clicks(desk, name)
    await clicks.learn()
    for number in range(begin, commands):
        with suppress(CareError):
            await clicks.click(number)
        sys.stdout.write(f"{number} {clicks.sent}\n")
        sys.stdout.flush()
    await desk.store.close()


def main():
    read = argparse.ArgumentParser()
    read.add_argument("where")
    read.add_argument("name")
    read.add_argument("commands", type=int)
    read.add_argument("begin", type=int)
    without = {"check": take_the_check_out, "guard": take_the_guard_out}
    read.add_argument("--without", choices=without)
    given = read.parse_args()
    if given.without:
        without[given.without]()
    where = given.where if "://" in given.where else Path(given.where)
    asyncio.run(work(where, given.name, given.commands, given.begin))


if __name__ == "__main__":
    main()
