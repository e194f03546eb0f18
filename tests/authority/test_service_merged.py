"""What two cards got counts as one customer's once they are merged, and as two again after undo."""

import pytest
from sqlmodel import select

from care_console.authority.records import RemedyRecord
from care_console.authority.rules.refusals import OverLimit
from care_console.cards.rules.merging import Wish
from care_console.cards.service import Replaced
from care_console.staff.rules import Role


@pytest.fixture
def given(authority, by, hire, customer, remedy, limits):
    """Give £30 to Maria and £20 to her double, of £60 that one customer may have."""

    async def given():
        rosa, maria, double = await hire(), await customer(), await customer("Mary Okafor")
        waive = await remedy()
        await limits(Role.CSR, customer=6_000)
        for card_id, minor in ((maria, 3_000), (double, 2_000)):
            offered = await authority.offer(by(rosa), waive, card_id, minor=minor)
            await authority.give(by(rosa), offered.remedy_id)
        return rosa, maria, double, waive

    return given


async def test_merged_cards_are_one_customer_and_two_again_after_undo(
    services, store, act, authority, by, given
):
    rosa, maria, double, waive = await given()
    wish = Wish(keep_id=maria, other_id=double, sides={}, seen={})
    entry = await services.merging.merge(act(), wish)

    with pytest.raises(OverLimit) as caught:
        await authority.offer(by(rosa), waive, maria, minor=1_001)
    assert caught.value.decision.allowed_minor == 1_000
    with pytest.raises(Replaced):
        await authority.offer(by(rosa), waive, double, minor=1)
    homes = select(RemedyRecord.household_id)
    assert set(await store.read(lambda db: list(db.exec(homes)))) == {maria}

    await services.merging.undo(act(), entry)
    assert set(await store.read(lambda db: list(db.exec(homes)))) == {maria, double}
    assert await authority.offer(by(rosa), waive, double, minor=4_000)


async def test_the_counter_of_a_request_names_who_decides_it(services, act, requests, by, given):
    rosa, maria, _double, waive = await given()
    await requests.ask(by(rosa), waive, maria, minor=9_000, story="The boiler again")

    facts = {each.kind: each for each in await services.cards.facts(maria)}
    assert (facts["requests"].count, facts["requests"].owner) == (1, "Grace Hopper")
    [waiting] = await requests.waiting(act().clerk)
    await requests.decide(act(), waiting.request_id, yes=False, words="First the visit")
    assert "requests" not in {each.kind for each in await services.cards.facts(maria)}
