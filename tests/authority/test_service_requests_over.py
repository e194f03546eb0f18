"""What nobody answered is owed by nobody, and what is approved is weighed as it will be given."""

import pytest

from care_console.authority.service import OverLimit, Plea
from care_console.cards.rules import RelationKind
from care_console.staff.rules import Role
from tests.authority.rooms import PIN
from tests.authority.test_service_requests import STORY, owed, people, state

__all__ = ["people"]


async def test_what_nobody_answered_is_owed_by_no_approver_for_ever(
    store, rooms, requests, clock, by, people
):
    rosa, dana, maria, cover = await people()
    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=5_550)
    clock.pass_by(minutes=45)

    assert await requests.waiting(dana) == []

    assert await owed(rooms, dana) == []
    assert await state(store, asked) == "expired"
    assert "Tell Maria Okafor the answer" in (await owed(rooms, rosa))[0]


async def test_what_is_approved_is_of_the_month_of_the_department_that_gives_it(
    services, act, authority, requests, by, people, limit
):
    rosa, dana, maria, cover = await people()
    front, back = [await services.staff.add_department(act(), name) for name in ("Front", "Back")]
    await services.staff.change_department(act(), rosa.card_id, front)
    await services.staff.change_department(act(), dana.card_id, back)
    await limit("month", 9_000, role=Role.SUPERVISOR, department_id=front)
    await limit("month", 0, role=Role.SUPERVISOR, department_id=back)

    asked = await requests.ask(by(rosa), cover, maria, story=STORY, minor=9_001)
    assert [each.may_minor for each in await requests.waiting(dana)] == [9_000]
    with pytest.raises(OverLimit, match="£90.00 at the most"):
        await requests.decide(by(dana), asked, yes=True)
    await requests.decide(by(dana), asked, yes=True, minor=9_000)

    assert await authority.offer(by(rosa), cover, maria, minor=9_000, request_id=asked)


async def test_an_approver_is_told_whether_the_customer_is_near_to_who_asks(
    services, act, requests, by, people, customer, remedy, limit
):
    rosa, dana, maria, cover = await people()
    cousin = await customer("Iris Lindqvist")
    await services.edits.relate(act(), cousin, RelationKind.HOUSEHOLD_OF, rosa.card_id)
    slot = await remedy("First free slot", unit="pieces", usual=1)
    await limit("remedy", 0, role=Role.CSR, catalogue_id=slot)
    for card_id, kind, minor in ((cousin, cover, 5_550), (maria, slot, 0)):
        await requests.ask(by(rosa), kind, card_id, story=STORY, minor=minor)

    waiting = await requests.waiting(dana)
    assert [(each.over_minor, each.near) for each in waiting] == [(1_550, True), (0, False)]


async def test_the_history_names_whose_pin_approved_it(services, requests, by, people):
    rosa, dana, maria, cover = await people()
    await requests.approve_at_desk(by(rosa), dana.card_id, PIN, Plea(cover, maria, minor=5_550))

    (entry,) = [
        each for each in await services.cards.history(maria) if each.kind == "request_approved"
    ]
    assert entry.clerk == dana.name
