"""The past under other limits, and what is odd in it."""

from datetime import timedelta

from care_console.authority.rules.limits import Scope
from care_console.authority.rules.views import LimitChange
from care_console.cards.rules import Group
from care_console.staff.rules import Role

WHY = "Three calls passed up in a week."


def case(most, role=Role.CSR, **more):
    return LimitChange("recovery", role=role, most=most, **more)


async def test_the_rehearsal_tells_what_would_have_been_settled_and_at_what_cost(
    limits, laid, hire, maria, give, ask
):
    rosa, other = await hire(), laid["other", ""]
    await ask(rosa, maria, other, 3_000)
    granted = await ask(rosa, maria, other, 9_000, days=2, recovery_id=2, state="used")
    await give(rosa, maria, other, 5_000, days=2, recovery_id=2, request_id=granted)
    more = [
        LimitChange("remedy", other.id, role=Role.CSR, most=3_500),
        LimitChange("customer", role=Role.CSR, most=20_000),
    ]
    found = await limits.rehearse(more)
    assert (found.days, found.sent_up, found.settled, found.cost_minor) == (90, 2, 1, 3_000)
    [one] = found.differing
    assert (one.card_id, one.clerk, one.name) == (maria, "Rosa Lindqvist", "Other amount")
    assert (one.minor, one.asked_then, one.asks_now) == (3_000, True, False)


async def test_the_rehearsal_is_about_those_whose_limits_change(limits, laid, hire, maria, ask):
    rosa, tom = await hire(), await hire("Tom Berg", Role.SENIOR)
    await ask(rosa, maria, laid["other", ""], 3_000)
    await ask(tom, maria, laid["other", ""], 3_000)
    assert (await limits.rehearse([case(9_000, Role.SENIOR)])).sent_up == 1
    assert (await limits.rehearse()).sent_up == 2


async def test_the_rehearsal_leaves_out_what_is_older_and_what_was_no_question_of_limits(
    limits, laid, hire, maria, ask
):
    rosa = await hire()
    await ask(rosa, maria, laid["other", ""], 3_000, days=91)
    await ask(rosa, maria, laid["other", ""], 3_000, over_minor=0)
    assert (await limits.rehearse([case(9_000)])).sent_up == 0


async def test_lower_limits_would_send_up_what_was_given(limits, laid, hire, maria, give):
    rosa = await hire()
    await give(rosa, maria, laid["credit", Group.END_USER], 2_000)
    await give(rosa, maria, laid["credit", Group.END_USER], 2_000, state="reversed")
    found = await limits.rehearse([case(500)])
    assert (found.sent_up, found.settled, found.cost_minor) == (0, 0, -1_500)
    assert [(each.asked_then, each.asks_now) for each in found.differing] == [(False, True)]


async def test_a_clerk_is_shown_what_they_will_see(limits, laid, hire, maria, give):
    rosa = await hire()
    await give(rosa, maria, laid["credit", Group.END_USER], 2_000, days=0)
    seen = await limits.preview([case(6_000)], role=Role.CSR)
    assert (seen.name, seen.now_minor) == ("Rosa Lindqvist", 6_000)
    assert [(gauge.scope, gauge.left, gauge.most) for gauge in seen.gauges] == [
        (Scope.RECOVERY, 6_000, 6_000),
        (Scope.DAY, 13_000, 15_000),
    ]
    nobody = await limits.preview(role=Role.RECEPTIONIST)
    assert (nobody.clerk_card_id, nobody.now_minor) == (0, 1_500)


async def test_the_digest_names_what_is_odd_and_nothing_else(
    limits, laid, hire, maria, give, clerk, services, act
):
    rosa, credit, week = await hire(), laid["credit", Group.END_USER], 7
    since = limits.cards.today() - timedelta(days=week)
    await give(rosa, maria, credit, 1_000)
    assert await limits.digest(since, clerk) == []
    bare = await give(rosa, maria, credit, 1_000, recovery_id=None)
    [odd] = await limits.digest(since, clerk)
    assert odd.words == (
        "Rosa Lindqvist gave Maria Okafor “Credit on the account” "
        "with no contact and no recovery behind it."
    )
    assert (odd.clerk_card_id, odd.card_id, odd.remedy_ids) == (rosa.card_id, maria, (bare,))


async def test_the_digest_measures_against_the_limit_of_that_day(
    limits, laid, hire, maria, give, clerk, act
):
    rosa, credit = await hire(), laid["credit", Group.END_USER]
    since = limits.cards.today() - timedelta(days=7)
    for _ in range(3):
        await give(rosa, maria, credit, 1_900)
    raised = LimitChange("remedy", credit.id, role=Role.CSR, most=4_000)
    await limits.change(act(), [raised], WHY)
    [odd] = await limits.digest(since, clerk)
    assert odd.words == "Rosa Lindqvist stayed just under the limit 3 times."
