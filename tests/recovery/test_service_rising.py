"""What becomes late reaches a supervisor once, and is owed until that very thing is done."""

from datetime import timedelta

import pytest

from care_console.recovery.rules import Answers, NothingToUndo, Step

NO = Answers(put_right=False)


async def test_what_is_late_rises_to_a_supervisor_once_a_level(
    recoveries, begun, act, clock, hire, owed
):
    dana = await hire("Dana Reed", "supervisor")
    assert await recoveries.next_moment() is None
    recovery_id = await begun()
    assert await recoveries.next_moment() == clock.now + timedelta(minutes=10)
    assert await recoveries.rise(act()) == []
    clock.pass_by(minutes=10)

    assert await recoveries.rise(command := act()) == [recovery_id]
    assert await recoveries.rise(command) == [recovery_id]
    assert await recoveries.rise(act()) == []
    assert await recoveries.next_moment() == clock.now + timedelta(hours=4, minutes=-10)
    assert await owed(dana) == [("step", "Late: Apologise: engineer did not come")]

    await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    assert await owed(dana) == []
    await recoveries.answer(act(), recovery_id, NO)
    assert await recoveries.next_moment() == clock.now + timedelta(minutes=10)
    clock.pass_by(minutes=10)
    assert await recoveries.rise(act()) == [recovery_id]


async def test_each_missed_clock_rises_and_is_owed_until_that_very_step_is_done(
    recoveries, begun, act, clock, hire, owed
):
    dana = await hire("Dana Reed", "supervisor")
    recovery_id = await begun()
    late = {
        step: ("step", f"Late: {words}: engineer did not come")
        for step, words in (
            (Step.APOLOGY, "Apologise"),
            (Step.REINSTATEMENT, "Quick reinstatement"),
            (Step.ATONEMENT, "Make it up"),
        )
    }
    for passing in ({"minutes": 10}, {"hours": 4}, {"days": 1}):
        clock.pass_by(**passing)
        assert await recoveries.rise(act()) == [recovery_id]
        assert await recoveries.rise(act()) == []
    assert await recoveries.next_moment() is None
    assert await owed(dana) == list(late.values())

    await recoveries.step_done(act(), recovery_id, Step.EMPATHY)
    assert await owed(dana) == list(late.values())
    await recoveries.step_done(act(), recovery_id, Step.REINSTATEMENT)
    assert await owed(dana) == [late[Step.APOLOGY], late[Step.ATONEMENT]]
    await recoveries.step_skipped(act(), recovery_id, Step.APOLOGY, reason="They hung up")
    assert await owed(dana) == [late[Step.ATONEMENT]]

    await recoveries.step_undone(act(), recovery_id, Step.REINSTATEMENT)
    assert await owed(dana) == [late[Step.REINSTATEMENT], late[Step.ATONEMENT]]
    assert await recoveries.next_moment() is None


async def test_a_follow_up_that_nobody_asks_rises_and_is_owed_until_the_customer_answers(
    recoveries, begun, led, act, clock, hire, owed, all_well
):
    dana = await hire("Dana Reed", "supervisor")
    recovery_id = await led(await begun())
    due_at = clock.now.replace(hour=15)
    assert await recoveries.next_moment() == due_at + timedelta(hours=1)

    clock.now = due_at + timedelta(hours=1)
    assert await recoveries.rise(act()) == [recovery_id]
    assert await owed(dana) == [("step", "Late: Follow-up: engineer did not come")]
    await recoveries.step_done(act(), recovery_id, Step.EMPATHY)
    assert len(await owed(dana)) == 1

    await recoveries.answer(act(), recovery_id, all_well)
    assert await owed(dana) == []
    await recoveries.answer_undone(act(), recovery_id)
    assert len(await owed(dana)) == 1
    await recoveries.step_undone(act(), recovery_id, Step.FOLLOW_UP)
    assert await owed(dana) == []
    await recoveries.follow_up(act(), recovery_id, due_at=clock.now)
    assert await recoveries.next_moment() == clock.now + timedelta(hours=1)


async def test_the_word_after_a_no_is_owed_until_the_customer_hears_it(
    recoveries, begun, led, act, hire, owed
):
    dana = await hire("Dana Reed", "supervisor")
    recovery_id = await led(await begun())
    await recoveries.answer(act(), recovery_id, NO)
    word = [("follow_up", "Not put right: engineer did not come")]
    assert await owed(dana) == word

    await recoveries.step_done(act(), recovery_id, Step.REINSTATEMENT)
    assert await owed(dana) == word
    await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    assert await owed(dana) == []
    await recoveries.step_undone(act(), recovery_id, Step.APOLOGY)
    assert await owed(dana) == word


async def test_the_clocks_go_on_after_a_no_to_the_apology_alone(
    recoveries, begun, act, clock, clerk
):
    recovery_id = await begun()
    clock.pass_by(minutes=3)
    for step in list(Step)[:-1]:
        await recoveries.step_done(act(), recovery_id, step)
    await recoveries.follow_up(act(), recovery_id, due_at=clock.now + timedelta(hours=1))
    clock.pass_by(days=2)

    await recoveries.answer(act(), recovery_id, Answers(put_right=True, sorry_said=False))

    view = await recoveries.panel(recovery_id, clerk)
    assert view.step(Step.REINSTATEMENT).taken_s == 180
    assert view.step(Step.ATONEMENT).taken_s == 180
    assert (view.step(Step.APOLOGY).taken_s, view.step(Step.APOLOGY).at) == (None, None)
    assert view.changes_at == clock.now + timedelta(minutes=10)
    clock.pass_by(minutes=5)
    await recoveries.step_done(act(), recovery_id, Step.APOLOGY)
    assert (await recoveries.panel(recovery_id, clerk)).step(Step.APOLOGY).taken_s == 300


async def test_an_answer_is_not_taken_back_from_under_whoever_has_it_since(
    recoveries, begun, led, act, hire, clerk, clock, owed
):
    dana, jo = await hire("Dana Reed", "supervisor"), await hire("Jo Marsh")
    recovery_id = await led(await begun())
    await recoveries.answer(act(), recovery_id, NO)
    await recoveries.hand_over(act(), recovery_id, jo.card_id)
    with pytest.raises(NothingToUndo, match="ask the customer again"):
        await recoveries.answer_undone(act(), recovery_id)
    view = await recoveries.panel(recovery_id, clerk)
    assert (view.owner, view.level) == ("Jo Marsh", 1)
    assert len(await owed(jo)) == 1

    await recoveries.answer(act(), recovery_id, NO)
    clock.pass_by(minutes=10)
    await recoveries.rise(act())
    with pytest.raises(NothingToUndo, match="ask the customer again"):
        await recoveries.answer_undone(act(), recovery_id)
    assert (await recoveries.panel(recovery_id, clerk)).level == 2
    assert len(await owed(dana)) == 1


async def test_what_becomes_late_is_told_for_when_it_does(recoveries, begun, act, clock, clerk):
    recovery_id = await begun()
    began = clock.now
    due_at = began + timedelta(hours=1)

    async def late():
        view = await recoveries.panel(recovery_id, clerk)
        return [each.step for each in view.steps if each.late], view.changes_at

    assert await late() == ([], began + timedelta(minutes=10))
    await recoveries.hand_step(
        act(), recovery_id, Step.EMPATHY, owner_card_id=clerk.card_id, due_at=due_at
    )
    clock.now = began + timedelta(minutes=10)
    assert await late() == ([Step.APOLOGY], due_at)
    assert [row.late for row in await recoveries.listing()] == [True]
    clock.now = due_at
    assert await late() == ([Step.APOLOGY, Step.EMPATHY], began + timedelta(hours=4))
    await recoveries.follow_up(act(), recovery_id, due_at=due_at)
    assert Step.FOLLOW_UP in (await late())[0]


async def test_a_follow_up_after_it_was_opened_again_rises_as_the_first_one_did(
    recoveries, begun, led, act, clock, hire, owed, all_well
):
    dana = await hire("Dana Reed", "supervisor")
    recovery_id = await led(await begun())
    clock.now = clock.now.replace(hour=16)
    assert await recoveries.rise(act()) == [recovery_id]
    await recoveries.answer(act(), recovery_id, all_well, and_close=True)
    await recoveries.reopen(act(), recovery_id, why="The wrong Okafor was asked")
    await recoveries.follow_up(act(), recovery_id, due_at=clock.now + timedelta(days=1))
    assert await owed(dana) == []

    clock.pass_by(days=1, hours=1)

    assert await recoveries.rise(act()) == [recovery_id]
    assert await owed(dana) == [("step", "Late: Follow-up: engineer did not come")]


async def test_nothing_is_owed_for_what_was_begun_by_mistake(
    recoveries, begun, act, clock, department, hire, owed
):
    dana, ware = await hire("Dana Reed", "supervisor"), await department("Warehouse")
    tomas = await hire("Tomas Reed", department_id=ware)
    recovery_id = await begun()
    due_at = clock.now + timedelta(days=1)
    await recoveries.hand_step(
        act(), recovery_id, Step.REINSTATEMENT, department_id=ware, due_at=due_at
    )
    clock.pass_by(minutes=10)
    await recoveries.rise(act())
    assert [len(await owed(each)) for each in (dana, tomas)] == [1, 1]

    await recoveries.take_back(act(), recovery_id)

    assert [await owed(each) for each in (dana, tomas)] == [[], []]
