"""Ways round a limit or round knowing who calls: each was found once, and stays shut."""

import pytest

from care_console.authority.service import NotGiven, NotVerified
from care_console.calls.rules.verified import Known
from care_console.cards.rules import NewCard, NewPhone
from care_console.lines.line import CallEvent, Event, Presentation
from care_console.recovery.rules import BadRecovery
from care_console.staff.rules import Role


@pytest.fixture
def rosa(loop, hire, limits):
    async def made():
        await limits(Role.CSR)
        return await hire()

    return loop.run_until_complete(made())


async def test_what_failed_counts_again_only_where_nothing_else_was_given_for_it(
    authority, deliveries, by, rosa, customer, remedy
):
    maria, waive = await customer(), await remedy(usual=3_500)
    first = await authority.offer(by(rosa), waive, maria)
    await authority.give(by(rosa), first.remedy_id)
    await deliveries.fail(by(rosa), first.remedy_id, "The account is closed.")
    for _ in range(2):  # the customer's year has room for these two
        again = await authority.offer(by(rosa), waive, maria)
        await authority.give(by(rosa), again.remedy_id)

    with pytest.raises(NotGiven):
        await deliveries.undo_done(by(rosa), first.remedy_id)

    given = [each for each in await deliveries.listing() if each.state == "given"]
    assert len(given) == 2


async def test_a_mistaken_failure_is_taken_back(authority, deliveries, by, rosa, customer, remedy):
    maria, waive = await customer(), await remedy(usual=3_500)
    offered = await authority.offer(by(rosa), waive, maria)
    await authority.give(by(rosa), offered.remedy_id)
    await deliveries.fail(by(rosa), offered.remedy_id, "Wrong row")

    await deliveries.undo_done(by(rosa), offered.remedy_id)

    panel = await authority.panel(rosa, maria)
    assert {gauge.scope: gauge.used for gauge in panel.gauges}["day"] == 3_500


def rings(clock, number):
    return CallEvent(
        kind=Event.RINGING,
        call_id="1",
        line="main",
        at=clock(),
        number=number,
        presentation=Presentation.ALLOWED,
    )


async def test_who_only_rings_is_not_verified(services, act, clock, by, rosa, remedy):
    new = NewCard(given="Maria", phones=(NewPhone(raw="020 7946 0123"),))
    maria, waive = await services.cards.add(act(), new), await remedy(usual=100)
    event = rings(clock, "+442079460123")
    caller = await services.rings.caller(event)
    await services.log.began(act(), event, caller)

    with pytest.raises(NotVerified):
        await services.authority.offer(by(rosa), waive, maria)
    clock.pass_by(minutes=4)
    assert await services.authority.offer(by(rosa), waive, maria)  # it rings no more


async def test_a_caller_of_whom_nobody_said_who_it_is_is_not_verified(
    services, by, rosa, customer, remedy
):
    maria, waive = await customer(), await remedy(usual=100)
    await services.contacts.start(by(rosa), channel="telephone")

    with pytest.raises(NotVerified):
        await services.authority.offer(by(rosa), waive, maria)


async def test_what_was_offered_before_the_call_is_not_given_in_it(services, act, by, rosa, remedy):
    new = NewCard(given="Maria", phones=(NewPhone(raw="020 7946 0123"),))
    maria, waive = await services.cards.add(act(), new), await remedy(usual=100)
    offered = await services.authority.offer(by(rosa), waive, maria)
    contact_id = await services.contacts.start(
        by(rosa), channel="telephone", direction="out", card_id=maria
    )

    with pytest.raises(NotVerified):
        await services.authority.give(by(rosa), offered.remedy_id)
    await services.verified.tick(by(rosa), contact_id, Known.RANG_BACK)
    assert await services.authority.give(by(rosa), offered.remedy_id)


async def test_another_customers_recovery_lends_no_limit(services, by, rosa, customer, remedy):
    maria, peter, waive = await customer(), await customer("Peter Halden"), await remedy(usual=100)
    recovery_id = await services.recoveries.open(by(rosa), peter, title="Late")

    with pytest.raises(BadRecovery):
        await services.authority.offer(
            by(rosa), waive, maria, recovery_id=recovery_id, person_first="Danger"
        )
