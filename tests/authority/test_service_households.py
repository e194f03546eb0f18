"""However a household came about meanwhile, two desks never give it more than it may have."""

import asyncio
import threading
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import create_engine, text

from care_console.authority.service import NotGiven, OverLimit
from care_console.authority.service.offering import Ask
from care_console.cards.rules import RelationKind
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.store import Store
from tests.authority.rooms import rooms_over
from tests.conftest import until

WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def other(loop, where, clock):
    """The authority of another desk."""
    store = Store.open(where)
    services = Services.over(store, clock, Desk(origin="other"), Company(name="N"))
    yield rooms_over(services).authority
    loop.run_until_complete(store.close())


@asynccontextmanager
async def offering(authority, command, asked):
    """Have a desk in the middle of an offer, which it keeps in the end."""
    begun, may_end = threading.Event(), threading.Event()

    def offer(db):
        with suppress(OverLimit):
            authority.offering.offer(db, command, asked)
        begun.set()
        may_end.wait(30)

    offered = asyncio.create_task(authority.store.write(offer))
    await until(begun.is_set)
    try:
        yield
    finally:
        may_end.set()
        await offered


async def as_far_as_it_goes(where, deed):
    """Let a deed begin, and go on until it is over or has to wait for another desk."""
    done = asyncio.create_task(deed)
    if "://" in str(where):
        engine = create_engine(where)
        with engine.connect() as db:
            await until(lambda: done.done() or db.execute(text(WAITS)).scalar_one())
        engine.dispose()
    return done


@pytest.fixture
def house(loop, hire, customer, remedy, limit):
    """Rosa and Omar, who may give a household £40.00 in all; Ada and Maria; and a remedy."""

    async def made():
        ada, maria = await customer("Ada Okafor"), await customer()
        rosa, omar = await hire(), await hire("Omar Haddad")
        for clerk in (rosa.card_id, omar.card_id):
            for scope in ("remedy", "recovery", "day", "month"):
                await limit(scope, 90_000, clerk_card_id=clerk)
            await limit("customer", 4_000, clerk_card_id=clerk, days=365)
        return rosa, omar, ada, maria, await remedy(usual=3_000)

    return loop.run_until_complete(made())


async def test_two_who_become_a_household_while_one_is_offered_something(
    where, services, act, authority, other, by, house
):
    if "://" not in str(where):
        pytest.skip("a file has one writer at a time: nobody can be in the middle")
    rosa, omar, ada, maria, waive = house

    async with offering(other, by(rosa), Ask(waive, maria)):
        await services.edits.relate(act(), ada, RelationKind.HOUSEHOLD_OF, maria)
        second = await as_far_as_it_goes(where, authority.offer(by(omar), waive, ada))
    with suppress(OverLimit):
        await second

    assert await held(authority) == 3_000


async def test_what_failed_before_they_were_a_household_and_counts_again(
    where, services, act, authority, deliveries, other, by, house
):
    if "://" not in str(where):
        pytest.skip("a file has one writer at a time: nobody can be in the middle")
    rosa, omar, ada, maria, waive = house
    first = await authority.offer(by(omar), waive, maria)
    await authority.give(by(omar), first.remedy_id)
    await deliveries.fail(by(omar), first.remedy_id, "The account is closed.")
    await services.edits.relate(act(), ada, RelationKind.HOUSEHOLD_OF, maria)

    async with offering(other, by(rosa), Ask(waive, ada)):
        undone = deliveries.undo_done(by(omar), first.remedy_id)
        second = await as_far_as_it_goes(where, undone)
    with suppress(NotGiven):
        await second

    assert await held(authority) == 3_000


async def held(authority):
    """Return what all customers were given and are offered."""
    asked = "SELECT sum(amount_minor) FROM remedy WHERE state IN ('given', 'offered')"
    return int(await authority.store.read(lambda db: db.execute(text(asked)).scalar_one()))
