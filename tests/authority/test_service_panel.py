"""What a clerk may do now is seen before anything is typed, and it is what an offer finds too."""

import pytest

from care_console.authority.rules.views import Verdict
from care_console.authority.service import OverLimit
from care_console.cards.rules import Group, RelationKind
from care_console.staff.rules import Role


@pytest.fixture
def scene(hire, customer, remedy, limits):
    async def scene(**amounts):
        rosa, maria = await hire(), await customer("Maria Okafor", Group.END_USER)
        waive = await remedy(usual=3_500, position=-2)
        cover = await remedy("Cover", unit="months", usual=3, piece_minor=1_850, position=-1)
        await limits(Role.CSR, **{"remedy": 10_000, **amounts})
        return rosa, maria, waive, cover

    return scene


def at(panel, catalogue_id):
    return next(each for each in panel.offers if each.catalogue_id == catalogue_id)


async def test_the_panel_says_give_or_ask_as_an_offer_does(authority, by, scene):
    rosa, maria, waive, cover = await scene(customer=7_500, recovery=5_000)

    panel = await authority.panel(rosa, maria)

    assert (at(panel, waive).verdict, at(panel, cover).verdict) == (Verdict.GIVE, Verdict.GIVE)
    panel = await authority.panel(rosa, maria, recovery_id=4)
    assert (at(panel, waive).verdict, at(panel, cover).verdict) == (Verdict.GIVE, Verdict.ASK)
    assert at(panel, cover).over_minor == 1_850
    assert panel.now_minor == 5_000
    with pytest.raises(OverLimit):
        await authority.offer(by(rosa), cover, maria, recovery_id=4)
    assert await authority.offer(by(rosa), waive, maria, recovery_id=4)


@pytest.mark.parametrize("left", [3_499, 3_500, 3_501])
async def test_the_label_is_ask_exactly_when_it_is_over(authority, scene, left):
    rosa, maria, waive, _cover = await scene(customer=left)
    shown = at(await authority.panel(rosa, maria), waive)

    assert (shown.verdict is Verdict.ASK) == (left < 3_500)
    assert shown.over_minor == max(0, 3_500 - left)


async def test_what_was_given_and_offered_is_gone_from_the_gauges(authority, clock, by, scene):
    rosa, maria, waive, _cover = await scene()
    given = await authority.offer(by(rosa), waive, maria, minor=1_000)
    await authority.give(by(rosa), given.remedy_id)
    offered = await authority.offer(by(rosa), waive, maria, minor=500)

    panel = await authority.panel(rosa, maria)

    assert {gauge.scope.value: gauge.used for gauge in panel.gauges} == {
        "day": 1_500,
        "customer": 1_500,
        "month": 1_500,
    }
    assert panel.offered is not None
    assert panel.offered.remedy_id == offered.remedy_id
    assert [each.minor for each in panel.earlier] == [1_000]
    assert panel.now_minor == 7_500 - 1_500
    clock.pass_by(minutes=10)

    panel = await authority.panel(rosa, maria)
    assert panel.offered is None
    assert {gauge.used for gauge in panel.gauges} == {1_000}


async def test_the_household_is_counted_and_named_as_one(
    services, act, authority, by, scene, customer
):
    rosa, maria, waive, _cover = await scene()
    ada, gone = await customer("Ada Okafor"), await customer("Obi Okafor")
    await services.edits.relate(act(), maria, RelationKind.HOUSEHOLD_OF, ada)
    await services.edits.relate(act(), gone, RelationKind.WORKS_AT, ada)
    offered = await authority.offer(by(rosa), waive, ada, minor=1_000)
    await authority.give(by(rosa), offered.remedy_id)

    used = {each.scope.value: each.used for each in (await authority.panel(rosa, maria)).gauges}

    assert used["customer"] == 1_000
    assert [each.minor for each in (await authority.panel(rosa, maria)).earlier] == [1_000]
    alone = {each.scope.value: each.used for each in (await authority.panel(rosa, gone)).gauges}
    assert alone["customer"] == 0


async def test_a_floor_is_still_there_when_the_month_is_spent(authority, by, scene, limit):
    rosa, maria, waive, _cover = await scene()
    await limit("month", 1_000, role=Role.CSR, floor=300)
    offered = await authority.offer(by(rosa), waive, maria, minor=1_000)
    await authority.give(by(rosa), offered.remedy_id)

    panel = await authority.panel(rosa, maria)

    assert panel.now_minor == 300
    assert panel.weigh(waive, minor=300).verdict is Verdict.GIVE
    assert panel.weigh(waive, minor=301).verdict is Verdict.ASK


async def test_a_clerk_who_left_may_nothing(services, act, authority, scene):
    rosa, maria, waive, _cover = await scene()
    await services.staff.deactivate(act(), rosa.card_id)

    panel = await authority.panel(rosa, maria)

    assert panel.now_minor == 0
    assert {each.verdict for each in panel.offers} == {Verdict.ASK}
    assert at(panel, waive).over_minor == 3_500


async def test_who_may_give_any_amount_is_not_told_that_it_is_nothing(
    authority, hire, customer, limit
):
    grace, maria = await hire("Grace Hopper II", Role.ADMINISTRATOR), await customer()
    for scope in ("remedy", "recovery", "day", "customer", "month"):
        await limit(scope, unlimited=True, role=Role.ADMINISTRATOR)

    panel = await authority.panel(grace, maria)

    assert (panel.now_minor, panel.binding) == (None, None)
