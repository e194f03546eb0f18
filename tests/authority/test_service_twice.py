"""One command that comes twice at the same moment, as after a crash, is carried out once."""

import asyncio

from sqlmodel import func, select

from care_console.authority.records import RemedyRecord, RequestRecord
from care_console.services import Services
from care_console.settings.options import Company, Desk
from care_console.staff.rules import Role
from care_console.store import Store
from tests.authority.rooms import rooms_over

DESKS, TIMES = 3, 5


async def test_it_finds_its_first_run_wherever_that_was(
    where, clock, by, hire, customer, remedy, limits
):
    rosa, maria, waive = await hire(), await customer(), await remedy(usual=100)
    await hire("Dana Whitfield", Role.SUPERVISOR)
    await limits(Role.CSR)
    stores = [Store.open(where) for _ in range(DESKS)]
    rooms = [
        rooms_over(Services.over(each, clock, Desk(origin=f"desk {n}"), Company(name="N")))
        for n, each in enumerate(stores)
    ]

    try:
        for _ in range(TIMES):
            await do_all_at_once(rooms, waive, maria, [by(rosa) for _ in range(3)])
        assert await stores[0].read(counts) == [TIMES, TIMES]
    finally:
        for each in stores:
            await each.close()


async def do_all_at_once(rooms, waive, maria, commands):
    """Offer, give and ask, each from all desks at the same moment."""
    offer, give, ask = commands
    offered = await asyncio.gather(*(each.authority.offer(offer, waive, maria) for each in rooms))
    (remedy_id,) = {each.remedy_id for each in offered}
    await asyncio.gather(*(each.authority.give(give, remedy_id) for each in rooms))
    asked = {"story": "No heating", "minor": 9_000}
    await asyncio.gather(*(each.requests.ask(ask, waive, maria, **asked) for each in rooms))


def counts(db):
    tables = (RemedyRecord, RequestRecord)
    return [db.exec(select(func.count()).select_from(each)).one() for each in tables]
