"""The words: another on a key, others for a mood or a fault, and none twice."""

import pytest

from care_console.recovery.rules import Fault, Mood, Shown, Step
from tests.conftest import until
from tests.recovery.panes import (
    CTRL,
    KEY,
    at,
    button,
    focus,
    press,
    say,
    shown,
    states,
)


async def test_the_next_wording_leaves_the_keyboard_where_it_is(pane, recovery, maria):
    await shown(pane, maria)
    first, count = say(pane), pane.face.script.count.text()
    pane.next_wording()

    assert say(pane) != first
    assert count.startswith("1 of")
    assert pane.face.script.count.text().startswith("2 of")
    assert focus() is button(pane, Step.APOLOGY)


async def test_words_that_were_said_are_not_offered_again(pane, recoveries, recovery, maria, act):
    await shown(pane, maria)
    first = pane.words.key
    press(KEY.Key_Return, modifier=CTRL)
    await at(pane, Step.REINSTATEMENT)
    pane.undo()
    await until(lambda: states(pane)[0] == "open")
    press(KEY.Key_Left)
    await recoveries.step_done(act(), recovery, Step.APOLOGY, wording=first)
    await recoveries.step_undone(act(), recovery, Step.APOLOGY)
    second = await recoveries.open(act(), maria, title="Bill wrong too")
    await recoveries.step_done(act(), second, Step.APOLOGY, wording=first)
    pane.refresh()

    await until(lambda: first in pane.view.script.said)
    press(KEY.Key_Home)
    assert pane.view.script.words(Step.APOLOGY).key != first


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood is not Mood.CALM])
async def test_a_mood_swaps_the_words_in_place_and_back(pane, recovery, maria, mood):
    await shown(pane, maria)
    calm = say(pane)
    chip = pane.face.script.moods.chips[mood]
    chip.setFocus()
    press(KEY.Key_Space)
    assert say(pane) != calm
    assert chip.isChecked()
    assert pane.face.script.if_head.text() == "If \u2068Maria\u2069 is"
    press(KEY.Key_Space)

    assert say(pane) == calm
    assert not chip.isChecked()


async def test_whose_fault_it_was_changes_the_words_and_is_kept(pane, recovery, maria):
    await shown(pane, maria)
    chips = pane.face.script.faults.chips
    assert chips[Fault.UNKNOWN].isChecked()
    before = say(pane)
    chips[Fault.OURS].setFocus()
    press(KEY.Key_Space)
    await until(lambda: pane.view.fault is Fault.OURS)

    assert say(pane) != before
    assert [fault for fault, chip in chips.items() if chip.isChecked()] == [Fault.OURS]
    press(KEY.Key_Space)
    assert chips[Fault.OURS].isChecked()


async def test_words_on_a_key_come_with_it_and_never_stay_away(pane, recovery, maria):
    await shown(pane, maria, Shown.KEY)
    script = pane.face.script
    assert not script.say.isVisible()
    assert script.key.isVisible()
    pane.next_wording()
    assert script.say.isVisible()
    assert script.count.text().startswith("1 of")

    pane.set_words(Shown.NEVER)
    await until(lambda: pane.view.shown is Shown.NEVER)
    pane.next_wording()
    assert not script.say.isVisible()
    assert not script.key.isVisible()
    assert script.faults.isVisible()


async def test_only_words_that_were_on_the_screen_count_as_said(
    pane, recoveries, recovery, maria, act
):
    await shown(pane, maria, Shown.KEY)
    press(KEY.Key_Return, modifier=CTRL)
    await at(pane, Step.REINSTATEMENT)
    assert not pane.view.script.said
    pane.next_wording()
    key = pane.words.key
    press(KEY.Key_Return, modifier=CTRL)
    await at(pane, Step.EMPATHY)

    assert pane.view.script.said == {key}


async def test_beyond_the_limit_has_words_of_its_own(pane, recovery, maria):
    await shown(pane, maria)
    step = say(pane)
    pane.show_moment("beyond")
    assert say(pane) != step
    assert pane.face.script.count.text() == "beyond the limit"
    pane.show_moment("")

    assert say(pane) == step


async def test_beyond_the_limit_the_words_give_what_may_be_given_and_promise_the_rest(
    pane, recovery, maria, clock
):
    await shown(pane, maria)
    pane.show_moment("beyond", (2_050, "GBP"), clock.now.replace(hour=9, minute=45))
    hour = clock.now.astimezone().replace(minute=45)
    assert "£20.50" in say(pane)
    assert f"{hour:%H:%M}" in say(pane)
    assert f"{hour:%H:%M}" in pane.face.script.tail.text()

    pane.show_moment("beyond", "A morning off")
    assert "a morning off" in say(pane)
