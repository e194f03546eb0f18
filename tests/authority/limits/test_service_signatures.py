"""Limits that bind oneself, or are above the ceiling, wait for a second person."""

from datetime import timedelta

import pytest

from care_console.authority.rules.faults import BadLimits
from care_console.authority.rules.limits import Scope
from care_console.authority.rules.views import LimitChange
from care_console.staff.rules import Role

WHY = "Three calls passed up in a week."


def case(most, role=Role.CSR, **more):
    return LimitChange("recovery", role=role, most=most, **more)


async def test_a_limit_that_binds_oneself_waits_for_a_second_person(
    limits, laid, hire, by, act, holds
):
    dana = await hire("Dana Whitfield", Role.SUPERVISOR)
    meera = await hire("Meera Shah", Role.SUPERVISOR)
    raised = LimitChange("recovery", role=Role.SUPERVISOR, most=30_000)
    [waiting] = await limits.change(by(dana), [raised], WHY)
    assert await holds(dana) == 25_000
    [row] = await limits.waiting_signature()
    assert (row.limit_id, row.by, row.why) == (waiting, "Dana Whitfield", WHY)
    assert (row.title, row.column) == ("One case", "Supervisor")
    assert (row.before.most, row.after.most) == (25_000, 30_000)
    assert dana.card_id not in dict(await limits.signers(dana))
    with pytest.raises(BadLimits, match="Somebody else"):
        await limits.sign(by(dana), waiting)
    assert await holds(dana) == 25_000
    await limits.sign(by(meera), waiting)
    assert (await holds(dana), await limits.waiting_signature()) == (30_000, [])
    newest, first = await limits.history()
    assert (newest.by, newest.after.most) == ("Meera Shah", 30_000)
    assert (first.by, first.after.signed) == ("Dana Whitfield", False)
    with pytest.raises(BadLimits, match="no longer waits"):
        await limits.sign(by(meera), waiting)


async def test_nobody_signs_what_binds_themselves_alone(limits, laid, hire, by, act):
    meera = await hire("Meera Shah", Role.SUPERVISOR)
    above = LimitChange("customer", clerk_card_id=meera.card_id, most=90_000)
    [waiting] = await limits.change(act(), [above], WHY)
    with pytest.raises(BadLimits, match="Somebody else"):
        await limits.sign(by(meera), waiting)


async def test_above_the_ceiling_it_waits_and_the_old_limit_holds(
    limits, laid, hire, by, act, holds
):
    tom, meera = await hire("Tom Berg", Role.SENIOR), await hire("Meera Shah", Role.SUPERVISOR)
    year = LimitChange("customer", role=Role.SENIOR, most=30_000)
    [fault] = await limits.faults([year], meera)
    assert fault.stamp
    assert fault.words == (
        "One customer's year, Senior CSR: £300.00 is above the house's ceiling of £250.00."
    )
    [waiting] = await limits.change(act(), [year], WHY)
    assert await holds(tom, Scope.CUSTOMER) == 25_000
    await limits.decline(by(meera), waiting)
    assert (await limits.waiting_signature(), await holds(tom, Scope.CUSTOMER)) == ([], 25_000)


async def test_lowering_never_waits(limits, laid, act, clerk, holds):
    lower = LimitChange("customer", role=Role.ADMINISTRATOR, most=90_000)
    assert await limits.change(act(), [lower], WHY) == ()
    assert await holds(clerk, Scope.CUSTOMER) == 90_000


async def test_a_second_thought_replaces_what_waits(limits, laid, act, clerk, holds):
    await limits.change(act(), [case(60_000, Role.ADMINISTRATOR)], WHY)
    await limits.change(act(), [case(70_000, Role.ADMINISTRATOR)], WHY)
    assert [each.after.most for each in await limits.waiting_signature()] == [70_000]
    await limits.change(act(), [case(40_000, Role.ADMINISTRATOR)], WHY)
    assert await limits.waiting_signature() == []
    assert await holds(clerk) == 40_000


async def test_signing_leaves_what_was_made_later_on_top(limits, laid, hire, act, by, holds):
    tom, meera = await hire("Tom Berg", Role.SENIOR), await hire("Meera Shah", Role.SUPERVISOR)
    year = LimitChange("customer", role=Role.SENIOR, most=30_000)
    [waiting] = await limits.change(act(), [year], WHY)
    monday = limits.cards.today() + timedelta(days=3)
    low = LimitChange("customer", role=Role.SENIOR, most=1_000, until=monday)
    await limits.change(act(), [low], WHY)
    await limits.sign(by(meera), waiting)
    assert [await holds(tom, Scope.CUSTOMER, days=n) for n in (0, 3)] == [1_000, 30_000]
