"""The audit tells whether anyone apologises here, who mends it, how long it takes, who leaves."""

from datetime import date, timedelta

import pytest

from care_console.recovery.rules import Answers, Step
from care_console.staff.rules.roles import NotAllowed

DAY = date(2030, 1, 7)


@pytest.fixture
def years(recoveries, act):
    """Look at a whole year."""

    async def years(command=None, **more):
        return await recoveries.audit(command or act(), DAY, date(2030, 12, 31), **more)

    return years


async def test_nothing_is_said_of_nothing(years):
    audit = await years()

    assert (audit.count, audit.median_close_s, audit.steps[0].median_s) == (0, None, None)


async def test_ticks_and_answers_stand_side_by_side(
    recoveries, begun, led, act, years, clock, add, all_well
):
    first = await led(await begun())
    clock.pass_by(hours=1)
    await recoveries.answer(act(), first, Answers(True, sorry_said=False, next_call=True))
    clock.pass_by(minutes=30)
    for step in (Step.APOLOGY, Step.EMPATHY):
        await recoveries.step_done(act(), first, step)
    await recoveries.answer(act(), first, all_well)
    await recoveries.close(act(), first)
    second = await recoveries.open(act(), await add("Jonas Weber", "prospect"), title="No quote")
    clock.pass_by(minutes=20)
    await recoveries.step_skipped(act(), second, Step.EMPATHY, reason="They hung up")
    await recoveries.step_done(act(), second, Step.APOLOGY)

    audit = await years()

    assert (audit.count, audit.closed, audit.reopened) == (2, 1, 1)
    assert (audit.sorry_asked, audit.sorry_said, audit.sorry_helped) == (2, 1, 1)
    assert (audit.apology_ticked, audit.both_ticked) == (2, 2)
    assert (audit.answered, audit.put_right) == (1, 1)
    assert (audit.glad, audit.glad_asked) == (2, 2)
    assert audit.median_close_s == 5_400
    apology, _, empathy, *_ = audit.steps
    assert (apology.done, apology.in_time, apology.median_s) == (2, 1, 600)
    assert apology.by == (("administrator", 2),)
    assert (empathy.done, empathy.skipped, empathy.open) == (1, 1, 0)
    assert audit.reasons == ((Step.EMPATHY, "They hung up", 1),)
    assert (await years(group="prospect")).count == 1


async def test_an_answer_that_was_taken_back_does_not_count(recoveries, begun, led, act, years):
    recovery_id = await led(await begun())
    await recoveries.answer(act(), recovery_id, Answers(False))
    await recoveries.answer_undone(act(), recovery_id)

    audit = await years()

    assert (audit.answered, audit.reopened) == (0, 0)


async def test_it_counts_who_left_all_the_same_and_who_came_thrice(
    recoveries, begun, act, years, services, clerk, add
):
    from care_console.cards.rules import Change

    recovery_id = await begun()
    view = await recoveries.panel(recovery_id, clerk)
    card = await services.cards.card(view.card_id)
    gone = Change("until", None, DAY.isoformat(), "membership", card.memberships[0].id)
    await services.edits.edit(act(), card.id, [gone])
    other = await add("Third Time", "end-user")
    matter_id = await services.matters.open(act(), other, "No heating")
    for _ in range(3):
        contact_id = await services.contacts.start(act(), channel="telephone", card_id=other)
        await services.contacts.keep(contact_id, matter_id=matter_id)
    await recoveries.open(act(), other, title="No heating", matter_id=matter_id)

    audit = await years()

    assert (audit.count, audit.left, audit.thrice) == (2, 1, 1)


async def test_a_period_holds_both_its_days_and_nothing_begun_by_mistake(
    recoveries, begun, act, clock, add
):
    recovery_id = await begun()
    clock.pass_by(days=2)
    await recoveries.open(act(), await add("Jonas Weber"), title="Later")

    async def count(since, until):
        return (await recoveries.audit(act(), since, until)).count

    day = clock.now.astimezone().date() - timedelta(days=2)
    assert await count(day, day) == 1
    assert await count(day, day + timedelta(days=2)) == 2
    assert await count(day + timedelta(days=1), day + timedelta(days=1)) == 0
    await recoveries.take_back(act(), recovery_id)
    assert await count(day, day) == 0


async def test_only_a_supervisor_sees_it(years, hire, as_clerk, store):
    rosa = await hire("Rosa Diaz", "senior")

    with pytest.raises(NotAllowed):
        await years(as_clerk(rosa))
