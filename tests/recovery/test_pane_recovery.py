"""A recovery is led from the first sorry to the closed circle, by keyboard alone."""

import pytest
from PySide6.QtWidgets import QLineEdit

from care_console.cards.rules import (
    NewCard,
)
from care_console.recovery.rules import Answers, State, Step
from tests.conftest import at_rest, until
from tests.recovery.panes import (
    CTRL,
    KEY,
    at,
    button,
    clipped,
    close_circle,
    focus,
    nameless,
    press,
    say,
    shown,
    states,
    write,
)


@pytest.fixture
def acts(pane):
    done = []
    pane.acted.connect(done.append)
    return done


async def person_first(pane, recoveries, recovery, act):
    for step in (Step.APOLOGY, Step.EMPATHY):
        await recoveries.step_done(act(), recovery, step)
    await until(lambda: pane.view.next is Step.REINSTATEMENT)


async def test_a_recovery_is_led_and_closed_by_keyboard_alone(
    pane, recoveries, recovery, maria, act, acts
):
    closed = []
    pane.closed.connect(closed.append)
    await shown(pane, maria)
    assert focus() is button(pane, Step.APOLOGY)

    for step in (Step.APOLOGY, Step.REINSTATEMENT, Step.EMPATHY, Step.ATONEMENT):
        await at(pane, step)
        press(KEY.Key_Return, modifier=CTRL)
    await at(pane, Step.FOLLOW_UP)
    press(KEY.Key_Return, modifier=CTRL)
    write("tomorrow 10:00")
    press(KEY.Key_Return)
    await until(lambda: pane.view.next is None)
    assert states(pane) == ["done"] * 5
    assert pane.face.foot.main.text() == "Is it put right?"
    press(KEY.Key_Return, modifier=CTRL)
    press(KEY.Key_1, KEY.Key_1, KEY.Key_1, KEY.Key_1)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: closed)

    assert closed == [recovery]
    view = await recoveries.panel(recovery, act().clerk)
    assert view.closed_at is not None
    assert view.answers == Answers(True, True, True, True)
    assert len(acts) == 6
    assert acts[-2].words == "Follow-up: you ask tomorrow 10:00"  # it is dated, not yet done
    await until(lambda: not pane.isVisible())


async def test_the_large_button_says_what_comes_next(pane, recovery, maria):
    await shown(pane, maria)
    foot = pane.face.foot.main

    assert foot.text().startswith("Done, next: ")
    press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert foot.text() == "Say when you will ask"
    assert pane.step is Step.FOLLOW_UP


async def test_the_arrows_walk_the_steps_round_and_round(pane, recovery, maria):
    await shown(pane, maria)

    press(KEY.Key_Left)
    assert focus() is button(pane, Step.FOLLOW_UP)
    assert pane.step is Step.FOLLOW_UP
    press(KEY.Key_Right, KEY.Key_Down)
    assert pane.step is Step.REINSTATEMENT
    press(KEY.Key_Up)
    assert pane.step is Step.APOLOGY


async def test_the_steps_may_be_done_in_the_order_that_the_talk_takes(pane, recovery, maria):
    await shown(pane, maria)
    press(KEY.Key_Right)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: states(pane)[1] == "done")

    assert states(pane) == ["open", "done", "open", "open", "open"]
    await at(pane, Step.APOLOGY)


async def test_tab_stops_once_at_the_steps_and_the_arrows_reach_each(pane, recovery, maria):
    await shown(pane, maria)
    steps = pane.face.stepper.buttons
    press(KEY.Key_Right, KEY.Key_Right)
    assert focus() is button(pane, Step.EMPATHY)
    press(KEY.Key_Tab)
    assert focus() not in steps
    press(KEY.Key_Backtab)
    assert focus() is button(pane, Step.EMPATHY)

    met = []
    for _step in steps:
        press(KEY.Key_Right)
        met.append(pane.step)
    assert set(met) == set(Step)


async def test_a_reader_hears_how_each_step_stands(pane, recoveries, recovery, maria, act):
    await shown(pane, maria)
    await recoveries.step_done(act(), recovery, Step.APOLOGY)
    await recoveries.step_skipped(act(), recovery, Step.EMPATHY, reason="rang off")
    await until(lambda: states(pane)[2] == "skipped")
    names = [each.accessibleName() for each in pane.face.stepper.buttons]

    assert names[0] == f"Step 1 of 5, {pane.view.steps[0].title}, the person, done"
    assert names[1] == f"Step 2 of 5, {pane.view.steps[1].title}, the problem, open"
    assert names[2] == f"Step 3 of 5, {pane.view.steps[2].title}, the person, left out"
    assert names[3] == "Step 4 of 5, Make it up, the person, open"
    assert "rang off" in button(pane, Step.EMPATHY).accessibleDescription()
    assert "Grace Hopper" in button(pane, Step.APOLOGY).accessibleDescription()


async def test_a_step_is_left_out_only_with_a_reason(pane, recovery, maria, acts):
    await shown(pane, maria)
    pane.skip()
    press(KEY.Key_Return)
    await until(lambda: pane.face.ask.field.faulty)
    assert states(pane)[0] == "open"
    write("Talked to her son")
    press(KEY.Key_Return)
    await until(lambda: states(pane)[0] == "skipped")

    assert pane.view.steps[0].note == "Talked to her son"
    assert acts[-1].words.endswith("left out")
    await until(lambda: pane.face.foot.isVisible())


async def test_escape_leaves_a_question_and_nothing_is_done(pane, recovery, maria):
    await shown(pane, maria)
    for ask in (pane.skip, pane.hand_over, pane.ask_answers):
        ask()
        assert not pane.face.foot.isVisible()
        press(KEY.Key_Escape)
        assert pane.face.foot.isVisible()
        assert focus() is button(pane, Step.APOLOGY)
    assert states(pane) == ["open"] * 5


async def test_undo_takes_back_the_last_act(pane, recovery, maria):
    await shown(pane, maria)
    press(KEY.Key_Return, modifier=CTRL)
    await at(pane, Step.REINSTATEMENT)
    assert pane.face.foot.status.text().startswith("Step 1 done")
    pane.face.foot.undo.setFocus()
    press(KEY.Key_Space)
    await until(lambda: states(pane)[0] == "open")

    assert pane.step is Step.APOLOGY
    assert not pane.face.foot.undo.isVisible()


async def test_each_act_brings_its_own_way_back(pane, recovery, maria, acts):
    await shown(pane, maria)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: acts)
    await acts[0].undo()

    await until(lambda: states(pane)[0] == "open")


async def test_a_remedy_asks_for_the_person_first_in_one_line(
    pane, recoveries, recovery, maria, act
):
    await shown(pane, maria)
    press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    press(KEY.Key_Return, modifier=CTRL)
    await until(pane.face.ask.isVisible)
    assert "sorry" in pane.face.ask.field.name.text()
    press(KEY.Key_Return)
    await until(lambda: pane.face.ask.field.faulty)
    assert states(pane)[3] == "open"
    write("No heating, danger first")
    press(KEY.Key_Return)
    await until(lambda: states(pane)[3] == "done")

    assert pane.view.steps[3].note == "No heating, danger first"


async def test_a_moment_that_is_none_stays_as_it_was_typed(
    pane, recoveries, recovery, maria, clock
):
    await shown(pane, maria)
    press(KEY.Key_Left)
    press(KEY.Key_Return, modifier=CTRL)
    write("soonish")
    press(KEY.Key_Return)
    await until(lambda: pane.face.ask.field.faulty)
    assert pane.face.ask.edit.text() == "soonish"
    focus().selectAll()
    write("+2h")
    assert "11:00" in pane.face.ask.field._sentence.text()
    press(KEY.Key_Return)
    await until(lambda: pane.view.follow_up_due_at is not None)

    assert (pane.view.follow_up_due_at - clock()).total_seconds() == 7200


async def test_a_no_opens_it_again_one_level_up(pane, recoveries, recovery, maria, act, acts):
    await shown(pane, maria)
    for step in (Step.APOLOGY, Step.EMPATHY, Step.REINSTATEMENT, Step.ATONEMENT):
        await recoveries.step_done(act(), recovery, step)
    await recoveries.follow_up(act(), recovery, due_at=pane._clock().replace(hour=20))
    await until(lambda: pane.view.next is None)
    press(KEY.Key_Return, modifier=CTRL)
    press(KEY.Key_2)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: pane.view.level == 1)

    assert states(pane) == ["open"] * 5
    assert "1 level up" in pane.face.panel.trail.text()
    assert acts[-1].words == "Opened again, one level up"
    await acts[-1].undo()
    await until(lambda: pane.view.level == 0)


async def test_did_it_help_is_asked_only_where_somebody_said_sorry(pane, recovery, maria):
    await shown(pane, maria)
    pane.ask_answers()
    chips = pane.face.answers.chips
    press(KEY.Key_1, KEY.Key_2)
    assert not chips["sorry_helped"].isVisible()
    assert focus() is chips["next_call"]
    chips["sorry_said"].setFocus()
    press(KEY.Key_1)

    assert chips["sorry_helped"].isVisible()
    assert focus() is chips["sorry_helped"]


async def test_what_helped_is_forgotten_where_nobody_said_sorry_after_all(pane, recovery, maria):
    given = []
    await shown(pane, maria)
    pane.face.answers.answered.connect(given.append)
    pane.ask_answers()
    press(KEY.Key_1, KEY.Key_1, KEY.Key_1)
    pane.face.answers.chips["sorry_said"].setFocus()
    press(KEY.Key_2)
    press(KEY.Key_Return, modifier=CTRL)

    assert (given[0].sorry_said, given[0].sorry_helped) == (False, None)


async def test_without_the_first_answer_it_is_asked_for(pane, recovery, maria):
    await shown(pane, maria)
    pane.ask_answers()
    press(KEY.Key_Return, modifier=CTRL)

    assert "put right" in pane.face.answers.trouble.text()
    assert focus() is pane.face.answers.chips["put_right"]
    assert pane.view.answers is None


async def test_a_card_without_a_recovery_shows_nothing(pane, services, recovery, maria, act):
    seen = []
    pane.shown.connect(seen.append)
    await shown(pane, maria)
    jonas = await services.cards.add(act(), NewCard(given="Jonas"))
    pane.show_card(jonas)
    assert not pane.isVisible()
    pane.finish()
    pane.next_wording()
    pane.show_card(maria)
    await until(lambda: pane.view is not None)

    assert [each for each in seen if each is not None] == [recovery, recovery]
    assert None in seen[1:-1]


async def test_a_recovery_that_begins_shows_itself_without_taking_the_focus(
    pane, qtbot, recoveries, maria, act
):
    other = QLineEdit(pane.host)
    other.show()
    other.setFocus()
    pane.show_card(maria)
    await recoveries.open(act(), maria, title="Engineer did not come")
    await until(lambda: pane.view is not None)

    assert pane.isVisible()
    assert focus() is other
    assert "Engineer did not come" in pane.face.panel.title.text()


async def test_a_short_window_drops_what_can_be_spared(pane, recovery, maria):
    await shown(pane, maria)
    pane.set_compact(True)
    assert not pane.face.script.rather.isVisible()
    assert pane.face.script.faults.isVisible()
    assert say(pane)
    low = pane.face.stepper.buttons[0].sizeHint().height()
    pane.set_compact(False)

    assert pane.face.script.rather.isVisible()
    assert pane.face.stepper.buttons[0].sizeHint().height() > low


async def test_a_closed_recovery_is_opened_again_with_a_reason(
    pane, recoveries, recovery, maria, act
):
    await close_circle(recoveries, act, recovery)
    pane.show_recovery(recovery)
    await until(lambda: pane.view is not None)
    await until(lambda: pane.view.closed_at is not None)
    assert pane.face.foot.main.text() == "Open it again"
    assert not pane.face.script.isVisible()
    pane.finish()
    write("She rang again")
    press(KEY.Key_Return)
    await until(lambda: pane.view.closed_at is None)

    assert pane.view.step(Step.FOLLOW_UP).state is State.OPEN


async def test_what_was_done_elsewhere_meanwhile_is_said_under_the_field(
    pane, recoveries, recovery, maria, act
):
    pane.show_recovery(recovery)
    await until(lambda: pane.view is not None)
    pane.skip()
    write("Rang off")
    await close_circle(recoveries, act, recovery)
    press(KEY.Key_Return)
    await until(lambda: pane.face.ask.field.faulty)

    assert pane.face.ask.edit.text() == "Rang off"
    await until(lambda: pane.view.closed_at is not None)


async def test_everything_has_a_name_and_room_for_its_words(pane, recovery, maria):
    await shown(pane, maria)
    assert nameless(pane) == []
    assert await at_rest(lambda: clipped(pane)) == []
    for ask in (pane.skip, pane.hand_over, pane.ask_answers):
        ask()
        await until(lambda: not pane.face.foot.isVisible())
        assert nameless(pane) == []


async def test_of_several_open_recoveries_the_newest_is_first_and_the_others_follow(
    pane, recoveries, recovery, maria, act
):
    newer = await recoveries.open(act(), maria, title="Rude on the telephone")
    await shown(pane, maria)
    assert pane.recovery_id == newer
    another = pane.face.another
    assert another.text() == "1 of 2, next"
    assert another.accessibleName() == "Recovery 1 of 2: go on to the next"

    another.setFocus()
    press(KEY.Key_Space)
    await until(lambda: pane.view is not None and pane.view.id == recovery)
    assert another.text() == "2 of 2, next"
    await until(lambda: focus() is button(pane, Step.APOLOGY))

    newest = await recoveries.open(act(), maria, title="The invoice is wrong")
    await until(lambda: another.text() == "3 of 3, next")
    assert pane.recovery_id == recovery  # what one is at stays
    pane.show_begun(newest)
    await until(lambda: pane.view is not None and pane.view.id == newest)


async def test_where_there_is_one_recovery_no_other_is_offered(pane, recovery, maria):
    await shown(pane, maria)
    assert not pane.face.another.isVisible()
