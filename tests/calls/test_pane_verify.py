"""The caller is verified fact by fact, by keyboard, no answer stands open that the head hides."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from care_console.calls.pane.verify import HIDDEN, VerifyPane
from care_console.calls.rules.verified import Known, Level
from care_console.calls.service import Verified
from care_console.cards.rules import Change, NewAddress, NewEmail
from care_console.settings.records import OptionRecord
from care_console.settings.service import Settings
from tests.calls.callers import clipped, nameless, on_screen, press
from tests.conftest import at_rest, until

KEY = Qt.Key


@pytest.fixture
def maria(loop, add):
    more = {
        "addresses": (NewAddress(postcode="N16 5KM"),),
        "emails": (NewEmail(address="maria@example.org"),),
        "may_be_told": "Ada, her daughter",
    }
    return loop.run_until_complete(add("Maria", "07700 900123", **more))


@pytest.fixture
def contact(loop, start, maria):
    return loop.run_until_complete(start(card_id=maria))


@pytest.fixture
def pane(qtbot, services, act):
    verified = Verified(services.store, services.journal, services.clock, services.settings)
    return on_screen(qtbot, VerifyPane(verified, act), 520, 200)


async def shown(pane, contact_id):
    pane.show_contact(contact_id)
    await until(lambda: pane.standing is not None)


def answer(pane):
    return pane.facts.answer.text().translate({0x2068: "", 0x2069: ""})


async def test_a_caller_is_verified_by_keyboard_alone(pane, contact):
    await shown(pane, contact)
    levels = []
    pane.level_changed.connect(levels.append)
    assert pane.tag.text() == "Not yet verified: ask postcode"

    pane.ask()
    assert pane.facts.question.text() == "“Which postcode do we have for you?”"
    press(KEY.Key_Space)
    await until(lambda: levels == ["talking"])
    press(KEY.Key_Right, KEY.Key_Return)
    await until(lambda: levels == ["talking", "giving"])

    assert pane.tag.text() == "Verified for giving"
    assert pane.tag.settled
    assert pane.known.text() == "postcode  ·  e-mail"


async def test_the_answer_is_hidden_until_it_is_asked_for(pane, contact):
    await shown(pane, contact)
    pane.ask()
    assert answer(pane) == HIDDEN

    press(KEY.Key_A)
    assert answer(pane) == "N16 5KM"
    press(KEY.Key_A)
    assert answer(pane) == HIDDEN
    press(KEY.Key_A, KEY.Key_Right, KEY.Key_Left)
    assert answer(pane) == HIDDEN


async def test_a_tick_is_taken_back_with_the_same_key(pane, contact):
    await shown(pane, contact)
    pane.ask()
    press(KEY.Key_Space)
    await until(lambda: pane.level == "talking")
    press(KEY.Key_Space)
    await until(lambda: pane.level == "none")

    assert not pane.facts.chips[0].isChecked()


async def test_what_stands_on_the_head_anyway_is_not_hidden(pane, contact):
    await shown(pane, contact)
    pane.ask()
    assert pane.facts.reveal.isVisible()
    for _fact in pane.facts.chips:
        if pane.facts.here.known is Known.EMAIL:
            break
        press(KEY.Key_Right)

    assert answer(pane) == "maria@example.org"
    assert not pane.facts.reveal.isVisible()


async def test_escape_closes_the_facts_and_hides_the_answer(pane, contact):
    await shown(pane, contact)
    left = []
    pane.left.connect(lambda: left.append(True))
    pane.ask()
    press(KEY.Key_A, KEY.Key_Escape)

    assert not pane.facts.isVisible()
    assert QApplication.focusWidget() is pane.tag
    assert left == [True]
    press(KEY.Key_Return)
    assert pane.facts.isVisible()
    assert answer(pane) == HIDDEN


async def test_asked_again_one_comes_to_the_next_question(pane, contact):
    await shown(pane, contact)
    pane.ask()
    press(KEY.Key_Space)
    await until(lambda: pane.level == "talking")
    press(KEY.Key_Escape)
    pane.ask()

    assert pane.facts.here.known == "e-mail"


async def test_the_tick_goes_where_it_is_refused(pane, services, act, contact):
    told = []
    pane.errands.hindered.connect(told.append)
    await shown(pane, contact)
    pane.ask()
    await services.contacts.finish(act(), contact, "settled")
    press(KEY.Key_Space)
    await until(lambda: told and not pane.facts.chips[0].isChecked())

    assert "finished" in told[0]


async def test_nobody_is_carried_over_to_the_next_contact(pane, contact, start, add):
    await shown(pane, contact)
    pane.ask()
    press(KEY.Key_Space, KEY.Key_A)
    await until(lambda: pane.level == "talking")
    other = await start(card_id=await add("Jonas"))

    pane.show_contact(other)

    assert pane.tag.text() == "Not yet verified"
    assert not pane.facts.isVisible()
    await until(lambda: pane.standing is not None)
    assert pane.tag.text() == "Not yet verified: ring them back"
    assert pane.told.text() == ""


async def test_showing_takes_no_focus_and_without_a_contact_nothing_is_shown(pane, contact):
    focus = QApplication.focusWidget()
    await shown(pane, contact)
    assert QApplication.focusWidget() is focus
    assert pane.told.text() == "May also be told: \u2068Ada, her daughter\u2069"

    pane.show_contact(None)
    assert not pane.isVisible()


async def test_everything_has_a_name_and_room_for_its_words(pane, contact):
    await shown(pane, contact)
    pane.ask()

    assert nameless(pane) == []
    assert await at_rest(lambda: clipped(pane)) == []
    assert [chip.text() for chip in pane.facts.chips] == ["postcode", "e-mail", "another number"]


async def test_who_else_may_be_told_is_edited_on_the_card_and_shown_at_once(
    pane, services, act, contact, maria
):
    services.store.listen(lambda touched: pane.refresh() if pane.watches & touched else None)
    await shown(pane, contact)
    change = Change("may_be_told", "Ada, her daughter", "Nobody")
    await services.edits.edit(act(), maria, [change])

    await until(lambda: "Nobody" in pane.told.text())


async def test_more_facts_wanted_by_another_desk_reach_the_call_that_is_open(
    pane, services, act, contact
):
    await shown(pane, contact)
    pane.ask()
    press(KEY.Key_Space)
    press(KEY.Key_Right, KEY.Key_Return)
    await until(lambda: pane.tag.text() == "Verified for giving")

    elsewhere = Settings(services.store, services.journal)
    await elsewhere.change(act(), verified_giving=3)
    assert OptionRecord in pane.watches
    pane.refresh()

    await until(lambda: pane.tag.text() != "Verified for giving")
    assert pane.level is Level.READING
