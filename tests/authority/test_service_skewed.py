"""An offer that lapsed by one desk's clock and not by another's counts for both."""

from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from care_console.authority.service import OverLimit, TooLate
from care_console.cards.rules import RelationKind
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.store import Store
from tests.authority.rooms import rooms_over


@pytest.fixture
def ahead(loop, where, clock):
    """The authority of another desk, whose clock is a quarter of an hour ahead."""
    store = Store.open(where)
    fast = Services.over(
        store, lambda: clock() + timedelta(minutes=15), Desk(origin="fast"), Company(name="N")
    )
    yield rooms_over(fast).authority
    loop.run_until_complete(store.close())


@asynccontextmanager
async def being_given(where, remedy_id):
    """Hold a remedy as a desk does that is giving it."""
    if "://" not in str(where):
        yield  # a file has one writer at a time: nobody can be in the middle
        return
    engine = create_engine(where)
    with engine.begin() as db:
        db.execute(text("SELECT id FROM remedy WHERE id = :id FOR UPDATE"), {"id": remedy_id})
        yield
    engine.dispose()


@pytest.mark.parametrize("waived", ["in all", "each"])
async def test_no_clock_lets_a_household_have_twice_what_it_may(
    where, services, act, authority, ahead, by, hire, customer, remedy, limit, waived
):
    rosa, omar = await hire(), await hire("Omar Haddad")
    maria, ada = await customer(), await customer("Ada Okafor")
    await services.edits.relate(act(), maria, RelationKind.HOUSEHOLD_OF, ada)
    waive = await remedy(usual=3_000)
    of = {"catalogue_id": waive} if waived == "each" else {}
    for clerk in (rosa.card_id, omar.card_id):
        for scope in ("remedy", "recovery", "day", "month"):
            await limit(scope, 90_000, clerk_card_id=clerk)
        await limit("customer", 4_000, clerk_card_id=clerk, days=365, **of)
    first = await authority.offer(by(rosa), waive, ada)

    async with being_given(where, first.remedy_id):
        with suppress(OverLimit):
            await ahead.give(by(omar), (await ahead.offer(by(omar), waive, maria)).remedy_id)
    with suppress(TooLate):
        await authority.give(by(rosa), first.remedy_id)

    assert await given(authority) == 3_000


async def given(authority):
    """Return what all customers were given."""
    asked = "SELECT coalesce(sum(amount_minor), 0) FROM remedy WHERE state = 'given'"
    return int(await authority.store.read(lambda db: db.execute(text(asked)).scalar_one()))
