"""A recovery is led from step to step, and no way of closing it passes by an open step."""

from datetime import timedelta

import pytest

from care_console.recovery.rules import (
    AlreadyClosed,
    Answers,
    BadRecovery,
    DateWanted,
    Filter,
    NothingToUndo,
    PersonFirst,
    ReasonWanted,
    Show,
    State,
    Step,
    StillOpen,
)
from care_console.staff.rules.roles import NotAllowed

NO = Answers(put_right=False)


async def test_a_recovery_begins_with_five_open_steps_and_the_clerk_owns_it(
    recoveries, begun, clerk
):
    view = await recoveries.panel(await begun(), clerk)

    assert [step.state for step in view.steps] == [State.OPEN] * 5
    assert (view.name, view.owner, view.group) == ("Maria Okafor", "Grace Hopper", "end-user")
    assert view.next is Step.APOLOGY
    assert view.number == f"R-{view.id}"
    assert view.missing.startswith("Still to do")


async def test_a_step_is_ticked_with_its_words_and_taken_back_exactly(
    recoveries, begun, clerk, act, clock
):
    recovery_id = await begun()
    before = await recoveries.panel(recovery_id, clerk)
    words = before.script.words(Step.APOLOGY)
    clock.pass_by(minutes=3)

    await recoveries.step_done(
        act(), recovery_id, Step.APOLOGY, wording=words.key, note="Took it well"
    )

    after = await recoveries.panel(recovery_id, clerk)
    done = after.step(Step.APOLOGY)
    assert (done.state, done.note, done.clerk) == (State.DONE, "Took it well", "Grace Hopper")
    assert (done.taken_s, done.late) == (180, False)
    assert after.last_step is Step.APOLOGY
    assert after.script.words(Step.APOLOGY).key != words.key

    await recoveries.step_undone(act(), recovery_id, after.last_step)
    undone = await recoveries.panel(recovery_id, clerk)
    assert undone.script.words(Step.APOLOGY).key == words.key
    assert undone.step(Step.APOLOGY).state is State.OPEN
    with pytest.raises(NothingToUndo):
        await recoveries.step_undone(act(), recovery_id, Step.APOLOGY)


async def test_a_step_is_left_out_only_with_a_reason(recoveries, begun, clerk, act):
    recovery_id = await begun()
    with pytest.raises(ReasonWanted):
        await recoveries.step_skipped(act(), recovery_id, Step.EMPATHY, reason="  ")

    await recoveries.step_skipped(act(), recovery_id, Step.EMPATHY, reason="They hung up")

    step = (await recoveries.panel(recovery_id, clerk)).step(Step.EMPATHY)
    assert (step.state, step.note) == (State.SKIPPED, "They hung up")


async def test_a_remedy_asks_for_the_person_first_but_the_problem_is_never_locked(
    recoveries, begun, clerk, act
):
    recovery_id = await begun()
    await recoveries.step_done(act(), recovery_id, Step.REINSTATEMENT)
    with pytest.raises(PersonFirst):
        await recoveries.step_done(act(), recovery_id, Step.ATONEMENT)

    await recoveries.step_done(act(), recovery_id, Step.ATONEMENT, why="Gas: no time to talk")

    assert (await recoveries.panel(recovery_id, clerk)).step(
        Step.ATONEMENT
    ).note == "Gas: no time to talk"


async def test_a_remedy_that_is_given_ticks_its_step_in_the_same_unit(
    recoveries, begun, clerk, act, store
):
    recovery_id = await begun()
    card_id = (await recoveries.panel(recovery_id, clerk)).card_id

    def give(db, command, why):
        waited = recoveries.person_waits(db, recovery_id, card_id)
        recoveries.remedied(db, command, recovery_id, why)
        return waited

    with pytest.raises(PersonFirst):
        await store.write(give, act(), "")
    assert await store.write(give, act(), "In a hurry")
    view = await recoveries.panel(recovery_id, clerk)
    assert view.step(Step.ATONEMENT).state is State.DONE
    assert view.person_waits == {Step.APOLOGY, Step.EMPATHY}

    await store.write(recoveries.unremedied, act(), recovery_id)
    view = await recoveries.panel(recovery_id, clerk)
    assert view.step(Step.ATONEMENT).state is State.OPEN


async def test_no_way_of_closing_passes_by_an_open_step(
    recoveries, begun, led, clerk, act, all_well, store
):
    recovery_id = await begun()
    ways = [
        lambda: recoveries.close(act(), recovery_id),
        lambda: recoveries.answer(act(), recovery_id, all_well, and_close=True),
    ]
    for way in ways:
        with pytest.raises(StillOpen, match="Apologise"):
            await way()
    for step in (Step.APOLOGY, Step.REINSTATEMENT, Step.EMPATHY):
        await recoveries.step_done(act(), recovery_id, step)
    await recoveries.step_skipped(act(), recovery_id, Step.ATONEMENT, reason="Nothing was owed")
    with pytest.raises(DateWanted):
        await recoveries.step_done(act(), recovery_id, Step.FOLLOW_UP)
    for way in ways[:1]:
        with pytest.raises(StillOpen, match="Follow-up"):
            await way()


async def test_a_dated_follow_up_that_nobody_answered_keeps_it_open(
    recoveries, begun, led, act, clerk, all_well
):
    recovery_id = await led(await begun())
    with pytest.raises(StillOpen, match="put right"):
        await recoveries.close(act(), recovery_id)

    assert await recoveries.answer(act(), recovery_id, all_well, and_close=True) is False

    view = await recoveries.panel(recovery_id, clerk)
    assert view.closed_at is not None
    assert view.answers == all_well
    with pytest.raises(AlreadyClosed):
        await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    with pytest.raises(AlreadyClosed):
        await recoveries.close(act(), recovery_id)


async def test_a_follow_up_is_never_left_out_by_any_way_of_closing(
    recoveries, begun, act, clerk, all_well
):
    recovery_id = await begun()
    for step in Step:
        if step is not Step.FOLLOW_UP:
            await recoveries.step_skipped(act(), recovery_id, step, reason="They moved abroad")
    with pytest.raises(BadRecovery):
        await recoveries.step_skipped(act(), recovery_id, Step.FOLLOW_UP, reason="No number")
    with pytest.raises(StillOpen):
        await recoveries.close(act(), recovery_id)

    await recoveries.answer(act(), recovery_id, all_well)
    await recoveries.close(act(), recovery_id)

    assert (await recoveries.panel(recovery_id, clerk)).closed_at is not None


async def test_the_follow_up_is_a_duty_that_moves_and_is_done_with_the_answer(
    recoveries, begun, clerk, act, clock, owed, all_well
):
    recovery_id = await begun()
    noon, later = clock.now + timedelta(hours=3), clock.now + timedelta(days=1)
    await recoveries.follow_up(act(), recovery_id, due_at=noon)
    assert await owed(clerk) == [
        ("follow_up", "Ask whether it is put right: engineer did not come")
    ]

    await recoveries.follow_up(act(), recovery_id, due_at=later)
    assert len(await owed(clerk)) == 1
    assert (await recoveries.panel(recovery_id, clerk)).follow_up_due_at == later

    await recoveries.step_undone(act(), recovery_id, Step.FOLLOW_UP)
    assert await owed(clerk) == []
    await recoveries.follow_up(act(), recovery_id, due_at=noon)
    with pytest.raises(BadRecovery):
        await recoveries.step_skipped(act(), recovery_id, Step.FOLLOW_UP, reason="Do not ring")
    assert len(await owed(clerk)) == 1

    await recoveries.answer(act(), recovery_id, all_well)
    assert await owed(clerk) == []


async def test_a_no_opens_it_again_one_level_up_and_a_supervisor_owes_a_word(
    recoveries, begun, led, hire, clerk, act, owed, clock
):
    dana = await hire("Dana Reed", "supervisor")
    recovery_id = await led(await begun())
    clock.pass_by(days=1)

    assert await recoveries.answer(act(), recovery_id, NO) is True

    view = await recoveries.panel(recovery_id, clerk)
    assert (view.level, view.owner) == (1, "Dana Reed")
    assert [step.state for step in view.steps] == [State.OPEN] * 5
    assert not view.step(Step.APOLOGY).late
    assert await owed(clerk) == []
    assert await owed(dana) == [("follow_up", "Not put right: engineer did not come")]
    assert [row.id for row in await recoveries.listing(Filter(Show.UP))] == [recovery_id]

    await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    assert await owed(dana) == []


async def test_an_answer_is_taken_back_as_if_nobody_had_asked(
    recoveries, begun, led, hire, clerk, act, owed, all_well
):
    dana = await hire("Dana Reed", "supervisor")
    recovery_id = await led(await begun())
    before = await recoveries.panel(recovery_id, clerk)

    for answers in (NO, all_well):
        await recoveries.answer(act(), recovery_id, answers, and_close=answers.put_right)
        await recoveries.answer_undone(act(), recovery_id)
        assert await recoveries.panel(recovery_id, clerk) == before
        assert await owed(dana) == []
        assert len(await owed(clerk)) == 1

    await recoveries.answer(act(), recovery_id, NO)
    await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    with pytest.raises(NothingToUndo):
        await recoveries.answer_undone(act(), recovery_id)


async def test_a_customer_who_says_no_later_opens_what_was_closed(
    recoveries, begun, led, act, clerk, all_well
):
    recovery_id = await led(await begun())
    await recoveries.answer(act(), recovery_id, all_well, and_close=True)

    assert await recoveries.answer(act(), recovery_id, NO)

    view = await recoveries.panel(recovery_id, clerk)
    assert (view.closed_at, view.level) == (None, 1)
    with pytest.raises(StillOpen):
        await recoveries.close(act(), recovery_id)


async def test_what_was_closed_too_soon_is_opened_with_a_reason_and_asked_again(
    recoveries, begun, led, act, clerk, all_well
):
    recovery_id = await led(await begun())
    await recoveries.answer(act(), recovery_id, all_well, and_close=True)
    with pytest.raises(ReasonWanted):
        await recoveries.reopen(act(), recovery_id, why="")

    await recoveries.reopen(act(), recovery_id, why="The wrong Okafor was asked")

    view = await recoveries.panel(recovery_id, clerk)
    assert view.step(Step.FOLLOW_UP).state is State.OPEN
    with pytest.raises(StillOpen):
        await recoveries.close(act(), recovery_id)


async def test_a_receptionist_may_not_close(recoveries, begun, led, hire, as_clerk, all_well):
    recovery_id = await led(await begun())
    rosa = await hire("Rosa Diaz", "receptionist")

    with pytest.raises(NotAllowed):
        await recoveries.answer(as_clerk(rosa), recovery_id, all_well, and_close=True)
    await recoveries.answer(as_clerk(rosa), recovery_id, all_well)
    with pytest.raises(NotAllowed):
        await recoveries.close(as_clerk(rosa), recovery_id)


async def test_begun_by_mistake_is_taken_back_only_while_nothing_was_done(
    recoveries, begun, act, clerk, services
):
    recovery_id = await begun()
    card_id = (await recoveries.panel(recovery_id, clerk)).card_id
    await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    with pytest.raises(BadRecovery):
        await recoveries.take_back(act(), recovery_id)
    await recoveries.step_undone(act(), recovery_id, Step.APOLOGY)

    await recoveries.take_back(act(), recovery_id)

    assert await recoveries.open_of(card_id) == []
    assert await recoveries.listing() == []
    assert await services.cards.facts(card_id) == ()
    with pytest.raises(BadRecovery):
        await recoveries.close(act(), recovery_id)


async def test_the_card_says_what_is_open(recoveries, begun, led, act, services, clerk, all_well):
    recovery_id = await begun()
    card_id = (await recoveries.panel(recovery_id, clerk)).card_id

    async def said():
        facts = await services.cards.facts(card_id)
        return next((each.headline for each in facts if each.kind == "recovery"), None)

    assert await said() == f"Recovery R-{recovery_id}, step 1 of 5"
    await led(recovery_id)
    assert await said() == f"Recovery R-{recovery_id}, ask whether it is put right"
    await recoveries.answer(act(), recovery_id, all_well, and_close=True)
    assert await said() is None
