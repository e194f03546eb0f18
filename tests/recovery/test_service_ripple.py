"""Whom a let-down customer may touch, and a courtesy contact that tells nothing."""

import json
from datetime import timedelta

import pytest

from care_console.cards.rules import Group, NewCard, NewMembership, RelationKind
from care_console.recovery.rules import BadRecovery


@pytest.fixture
def family(services, add, act, clerk):
    """Maria Okafor, sold to by Halden, living with Tobe, looked after by the clerk."""

    async def family():
        halden = await add("Peter Halden", "distributor")
        tobe = await add("Tobe Okafor", "end-user")
        membership = NewMembership(
            group=Group.END_USER, owner_card_id=clerk.card_id, sold_by_card_id=halden
        )
        maria = await services.cards.add(
            act(), NewCard(given="Maria", family="Okafor", memberships=(membership,))
        )
        await services.edits.relate(act(), maria, RelationKind.HOUSEHOLD_OF, tobe)
        await services.matters.open(act(), halden, "Boxes missing")
        return maria, halden, tobe

    return family


async def test_the_ripple_shows_who_is_touched_and_what_is_open_with_them(
    recoveries, family, act, clerk
):
    maria, halden, tobe = await family()
    recovery_id = await recoveries.open(act(), maria, title="No heating since Tuesday")
    await recoveries.open(act(), tobe, title="No heating either")

    rows = await recoveries.ripple(recovery_id)

    assert [(row.name, row.tie, row.open_matters, row.open_recovery) for row in rows] == [
        ("Tobe Okafor", "lives with", (), True),
        ("Peter Halden", "was sold to by", ("Boxes missing",), False),
        ("Grace Hopper", "is looked after by", (), False),
    ]
    assert rows[1].groups == ("distributor",)


async def test_the_ripple_is_read_rightly_from_the_other_side(recoveries, family, act):
    maria, _, tobe = await family()
    recovery_id = await recoveries.open(act(), tobe, title="No heating either")

    assert [row.card_id for row in await recoveries.ripple(recovery_id)] == [maria]


async def test_a_courtesy_contact_discloses_nothing(
    recoveries, duties, family, act, services, clerk, clock
):
    maria, halden, _ = await family()
    recovery_id = await recoveries.open(act(), maria, title="No heating since Tuesday")

    await recoveries.courtesy(act(), recovery_id, halden)

    row = next(each for each in await recoveries.ripple(recovery_id) if each.card_id == halden)
    due = row.courtesy_due_at.astimezone()
    assert (due.hour, due.date() - clock.now.astimezone().date()) == (
        12,
        timedelta(days=1),
    )
    (duty,) = [each for each in await duties.mine(clerk) if each.kind == "courtesy"]
    entries = await services.cards.history(halden)
    facts = await services.cards.facts(halden)
    told = json.dumps([[each.facts, each.personal] for each in entries], default=str)
    told += str(facts) + duty.title + duty.about
    for secret in ("Maria", "Okafor", "heating", "recover", "R-", str(maria) + ","):
        assert secret not in told
    assert duty.about_id == 0
    await duties.done(act(), duty.id)
    assert (await recoveries.ripple(recovery_id))[1].courtesy_due_at is None


async def test_a_courtesy_is_owed_once_and_only_to_the_ripple(recoveries, family, act, add):
    maria, halden, _ = await family()
    recovery_id = await recoveries.open(act(), maria, title="No heating")
    command = act()
    await recoveries.courtesy(command, recovery_id, halden)
    await recoveries.courtesy(command, recovery_id, halden)

    with pytest.raises(BadRecovery, match="already"):
        await recoveries.courtesy(act(), recovery_id, halden)
    with pytest.raises(BadRecovery, match="ties"):
        await recoveries.courtesy(act(), recovery_id, await add("A Stranger"))


async def test_whoever_looks_after_them_owes_the_courtesy(
    recoveries, services, act, hire, owed, add
):
    jo = await hire("Jo Marsh")
    membership = NewMembership(group=Group.DISTRIBUTOR, owner_card_id=jo.card_id)
    halden = await services.cards.add(
        act(), NewCard(given="Peter", family="Halden", memberships=(membership,))
    )
    maria = await add("Maria Okafor", "end-user")
    await services.edits.relate(act(), maria, RelationKind.BOUGHT_FROM, halden)
    recovery_id = await recoveries.open(act(), maria, title="No heating")

    await recoveries.courtesy(act(), recovery_id, halden)

    assert [kind for kind, _ in await owed(jo)] == ["courtesy"]


async def test_the_colleague_who_was_shouted_at_is_touched(
    recoveries, add, hire, as_clerk, act, services
):
    jo = await hire("Jo Marsh")
    maria = await add("Maria Okafor", "end-user")
    contact_id = await services.contacts.start(as_clerk(jo), channel="telephone", card_id=maria)
    recovery_id = await recoveries.open(act(), maria, title="Shouted", contact_id=contact_id)

    (row,) = await recoveries.ripple(recovery_id)

    assert (row.name, row.tie) == ("Jo Marsh", "was on the call with")


async def test_a_supervisor_owes_the_courtesy_to_whoever_asks_it_for_themselves(
    recoveries, add, hire, as_clerk, services, owed
):
    jo, dana = await hire("Jo Marsh"), await hire("Dana Reed", "supervisor")
    maria, by_jo = await add("Maria Okafor", "end-user"), as_clerk(jo)
    contact_id = await services.contacts.start(by_jo, channel="telephone", card_id=maria)
    recovery_id = await recoveries.open(as_clerk(jo), maria, title="Shouted", contact_id=contact_id)

    await recoveries.courtesy(as_clerk(jo), recovery_id, jo.card_id)

    assert await owed(jo) == []
    assert [kind for kind, _ in await owed(dana)] == ["courtesy"]


async def test_nobody_looks_after_whoever_has_left_the_group(
    recoveries, act, services, clerk, clock
):
    left = NewMembership(group=Group.END_USER, owner_card_id=clerk.card_id, until=clock.now.date())
    maria = await services.cards.add(act(), NewCard(given="Maria", memberships=(left,)))
    recovery_id = await recoveries.open(act(), maria, title="No heating")

    assert await recoveries.ripple(recovery_id) == []
