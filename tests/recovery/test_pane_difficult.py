"""The hard minutes are one key away, and nobody is alone in them."""

import pytest

from care_console.recovery.pane.difficult import DifficultPane
from care_console.recovery.rules import AbuseStep
from tests.conftest import at_rest, until
from tests.recovery.panes import CTRL, KEY, clipped, focus, nameless, on_screen, press, write


@pytest.fixture
def pane(qtbot, services, abuse, playbooks, act):
    made = DifficultPane(abuse, playbooks, act, services.clock)
    return on_screen(qtbot, made, 620, 420)


@pytest.fixture
def maria(loop, add):
    return loop.run_until_complete(add("Maria Okafor", "end-user"))


@pytest.fixture
def contact(loop, services, act, maria):
    start = services.contacts.start(act(), channel="telephone", card_id=maria)
    return loop.run_until_complete(start)


@pytest.fixture
def dana(loop, hire):
    return loop.run_until_complete(hire("Dana Whitfield", "supervisor"))


async def shown(pane, contact):
    pane.show_abuse(contact)
    await until(lambda: pane.view is not None and pane.isVisible())


async def test_warn_warn_and_end_it_with_the_house_behind_one(
    pane, services, contact, maria, dana, duties
):
    ended = []
    pane.ended.connect(ended.append)
    await shown(pane, contact)
    first = pane.say.text()
    assert pane.stage.text() == "First warning"
    assert not pane.note_field.isVisible()

    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: pane.view.next is AbuseStep.SECOND)
    assert pane.say.text() != first
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: pane.view.next is AbuseStep.END)
    assert "two warnings" in pane.note.text()
    assert "until" in pane.note_field._sentence.text()
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: ended)

    assert ended == [contact]
    [alert] = (await services.cards.card(maria)).alerts
    assert "warnings" in alert.words
    assert alert.until is not None
    assert [each.kind for each in await duties.mine(dana)] == ["check_on"]
    press(KEY.Key_Return, modifier=CTRL)
    assert not pane.isVisible()


async def test_a_threat_ends_it_at_once(pane, services, contact, maria, dana):
    await shown(pane, contact)
    pane.threat.setFocus()
    press(KEY.Key_Space)
    assert focus() is pane.main
    assert pane.main.text() == "End the call"
    press(KEY.Key_Return)
    await until(lambda: pane.view.next is AbuseStep.ENDED)

    [alert] = (await services.cards.card(maria)).alerts
    assert "threat" in alert.words


async def test_an_empty_note_is_none(pane, services, contact, maria, dana):
    await shown(pane, contact)
    pane._threaten()
    pane.note.setFocus()
    pane.note.selectAll()
    press(KEY.Key_Delete)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: pane.view.next is AbuseStep.ENDED)

    assert (await services.cards.card(maria)).alerts == ()


async def test_the_note_is_the_clerks_own_words(pane, services, contact, maria, dana):
    await shown(pane, contact)
    pane._threaten()
    pane.note.setFocus()
    pane.note.selectAll()
    write("Call ended on 7 January.")
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: pane.view.next is AbuseStep.ENDED)

    [alert] = (await services.cards.card(maria)).alerts
    assert alert.words == "Call ended on 7 January."


async def test_other_words_come_on_the_key(pane, contact):
    await shown(pane, contact)
    first = pane.say.text()
    pane.next_wording()

    await until(lambda: pane.say.text() != first)


async def test_escape_sends_it_away_and_keeps_the_count(pane, contact):
    left = []
    pane.left.connect(lambda: left.append(True))
    await shown(pane, contact)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: pane.view.next is AbuseStep.SECOND)
    press(KEY.Key_Escape)
    assert not pane.isVisible()
    assert left == [True]

    await shown(pane, contact)
    assert pane.view.next is AbuseStep.SECOND


async def test_danger_first_says_what_to_say_and_what_to_do(pane, contact):
    pane.show_emergency("end-user", "en", contact)
    await until(pane.isVisible)

    assert "safe" in pane.say.text()
    assert pane.tail.text().startswith("1. ")
    assert not pane.main.isVisible()
    press(KEY.Key_Escape)
    assert not pane.isVisible()


async def test_a_colleague_is_called_without_a_sound(pane, contact, dana, duties):
    came = []
    pane.called.connect(came.append)
    await shown(pane, contact)
    pane.colleague.setFocus()
    press(KEY.Key_Space)
    await until(lambda: came)

    assert came == [dana.card_id]
    assert not pane.colleague.isEnabled()
    assert await duties.mine(dana)


async def test_everything_has_a_name_and_room_for_its_words(pane, contact):
    await shown(pane, contact)
    assert nameless(pane) == []
    assert await at_rest(lambda: clipped(pane)) == []
