"""This call and its wrap-up: written by keyboard alone, and ended on a digit."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from care_console.calls.pane import ContactPane
from care_console.cards.rules import NewCard
from care_console.kit.theme import Theme
from tests.calls.callers import CTRL, clipped, nameless, on_screen, press, write
from tests.conftest import until

KEY = Qt.Key


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), NewCard(given="Maria")))


@pytest.fixture
def started(loop, services, act, maria):
    """A contact with Maria."""
    start = services.contacts.start(act(), channel="telephone", card_id=maria)
    return loop.run_until_complete(start)


@pytest.fixture
def pane(qtbot, services, act):
    return on_screen(qtbot, ContactPane(services.contacts, services.matters, act), 356)


@pytest.fixture
def told(pane):
    """What the pane told of the contact, in order."""
    told = []
    pane.finished.connect(lambda contact_id: told.append(("finished", contact_id)))
    pane.left.connect(lambda contact_id: told.append(("left", contact_id)))
    pane.ended.connect(lambda contact_id, outcome: told.append((outcome, contact_id)))
    return told


async def shown(pane, contact_id, title="Maria"):
    """Show a contact, and wait until it is there."""
    pane.show_contact(contact_id, title)
    await until(lambda: pane.loaded)


def focus():
    return QApplication.focusWidget()


async def test_a_contact_is_written_and_wrapped_up_by_keyboard_alone(
    pane, services, started, maria, told
):
    await shown(pane, started)
    pane.focus_reason()
    write("bill q")
    await until(pane.form.reason.offers.isVisible)
    press(KEY.Key_Down, KEY.Key_Return)
    assert pane.form.reason.text() == "Bill: question"
    press(KEY.Key_Return)
    assert focus() is pane.form.notes
    write("Charged twice for March.")
    pane.wrap_up()
    assert focus() is pane.form.outcome
    press(KEY.Key_1)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: told)

    assert told == [("finished", started)]
    draft = await services.contacts.draft(started)
    assert (draft.state, draft.outcome) == ("finished", "settled")
    assert (draft.reason, draft.notes) == ("Bill: question", "Charged twice for March.")
    assert [each.kind for each in await services.cards.history(maria)][0] == "contact_finished"
    assert pane.contact_id is None


async def test_showing_a_contact_takes_no_focus(pane, started):
    pane.ending.list.setFocus()
    before = focus()
    await shown(pane, started)

    assert focus() is before


async def test_without_a_contact_it_says_so(pane, started):
    assert pane.nobody.isVisible()
    assert not pane.form.isVisible()
    pane.finish()
    pane.wrap_up()
    pane.leave()
    pane.end_on(7)
    pane.keep_now()
    await pane.flush()

    assert not pane.typing


@pytest.mark.parametrize(
    ("digit", "outcome"),
    [(KEY.Key_7, "put through"), (KEY.Key_8, "wrong number"), (KEY.Key_9, "cold call")],
)
async def test_what_needs_no_wrap_up_ends_on_a_digit_from_the_note(
    pane, services, started, told, digit, outcome
):
    await shown(pane, started)
    pane.form.notes.setFocus()
    write("For Tomas")
    press(digit, modifier=CTRL)
    await until(lambda: told)

    assert told == [(outcome, started)]
    draft = await services.contacts.draft(started)
    assert (draft.outcome, draft.notes) == (outcome, "For Tomas")


async def test_the_list_of_ends_is_walked_with_arrows(pane, started, told):
    await shown(pane, started)
    pane.ending.list.setFocus()
    press(KEY.Key_Down, KEY.Key_Return)
    await until(lambda: told)

    assert told == [("wrong number", started)]


async def test_digits_belong_to_how_it_ended_while_it_is_wrapped_up(pane, started, told):
    await shown(pane, started)
    pane.wrap_up()
    press(KEY.Key_3, modifier=CTRL)
    await asyncio.sleep(0)

    assert told == []
    assert not pane.ending.isVisible()


async def test_an_end_can_be_taken_back(pane, services, started, told):
    acts = []
    pane.acted.connect(acts.append)
    await shown(pane, started)
    pane.form.notes.setFocus()
    write("Oops")
    press(KEY.Key_8, modifier=CTRL)
    await until(lambda: acts)
    assert "Maria" in acts[0].words
    await acts[0].undo()

    draft = await services.contacts.draft(started)
    assert (draft.state, draft.notes) == ("unfinished", "Oops")


async def test_without_an_outcome_it_asks_for_a_digit_and_ends_nothing(pane, started, told):
    await shown(pane, started)
    pane.finish()
    assert pane.wrapping
    pane.form.notes.setFocus()
    press(KEY.Key_Return, modifier=CTRL)

    assert pane.form.ending.faulty
    assert focus() is pane.form.outcome
    assert told == []
    press(KEY.Key_4)
    assert not pane.form.ending.faulty
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: told)


async def test_it_may_be_finished_later(pane, services, clerk, started, told):
    await shown(pane, started)
    pane.wrap_up()
    pane.form.notes.setFocus()
    write("Half a sentence")
    pane.form.later.setFocus()
    press(KEY.Key_Return)
    await until(lambda: told)

    assert told == [("left", started)]
    assert [each.notes for each in await services.contacts.unfinished(clerk)] == ["Half a sentence"]


async def test_an_untouched_contact_closes_itself(pane, services, clerk, started, told):
    await shown(pane, started)
    assert pane.untouched
    pane.leave()
    await until(lambda: told)

    assert (await services.contacts.draft(started)).state == "dropped"
    assert await services.contacts.unfinished(clerk) == []


async def test_an_open_matter_is_joined_and_a_new_one_begun(pane, services, act, maria, told):
    there = await services.matters.open(act(), maria, "No heating since Tuesday")
    for title in ("heat", "New boiler"):
        started = await services.contacts.start(act(), channel="telephone", card_id=maria)
        await shown(pane, started)
        await until(lambda: pane.form.with_matter)
        pane.wrap_up()
        press(KEY.Key_2)
        pane.form.matter.setFocus()
        write(title)
        if title == "heat":
            await until(pane.form.matter.offers.isVisible)
            press(KEY.Key_Down, KEY.Key_Tab)
            assert pane.form.matter.text() == "No heating since Tuesday"
        press(KEY.Key_Return, modifier=CTRL)
        await until(lambda started=started: ("finished", started) in told)

    matters = await services.matters.open_of(maria)
    assert [(each.id == there, each.title, each.contacts) for each in matters] == [
        (True, "No heating since Tuesday", 1),
        (False, "New boiler", 1),
    ]


async def test_a_matter_is_only_asked_for_where_there_is_a_customer(pane, services, act):
    nobody = await services.contacts.start(act(), channel="counter")
    await shown(pane, nobody)
    pane.wrap_up()

    assert not pane.form.matter_field.isVisible()
    assert pane.form.notes.isVisible()


async def test_two_contacts_keep_what_was_typed_in_each(pane, services, act, started):
    other = await services.contacts.start(act(), channel="counter")
    await shown(pane, started)
    pane.form.notes.setFocus()
    write("One")
    await shown(pane, other)
    assert pane.form.notes.toPlainText() == ""
    write("Two")
    await shown(pane, started)
    assert pane.form.notes.toPlainText() == "One"
    await pane.flush()

    notes = [(await services.contacts.draft(each)).notes for each in (started, other)]
    assert notes == ["One", "Two"]


async def test_keys_before_the_draft_is_there_are_not_lost(pane, services, started):
    await services.contacts.keep(started, notes="Before.", reason="Payment")
    pane.show_contact(started)
    pane.form.notes.setFocus()
    write("After")
    await until(lambda: pane.loaded)

    assert pane.form.notes.toPlainText() == "Before. After"
    assert pane.form.reason.text() == "Payment"
    await pane.flush()
    assert (await services.contacts.draft(started)).notes == "Before. After"


async def test_being_told_whose_it_is_changes_nothing_that_is_typed(pane, services, act, maria):
    nobody = await services.contacts.start(act(), channel="telephone")
    await shown(pane, nobody, "")
    pane.focus_reason()
    write("Pay")
    press(KEY.Key_Left)
    await services.contacts.attach(act(), nobody, maria)
    pane.show_contact(nobody, "Maria")
    await until(lambda: pane.form.with_matter)

    assert pane.form.reason.text() == "Pay"
    assert pane.form.reason.cursorPosition() == 2
    assert focus() is pane.form.reason


async def test_a_draft_that_is_taken_up_again_is_all_there(pane, services, act, started):
    await services.contacts.keep(
        started, reason="Payment", notes="Half", outcome="promised", matter="Refund"
    )
    await services.contacts.leave(act(), started)
    await services.contacts.reopen(act(), started)
    await shown(pane, started)
    pane.wrap_up()

    assert pane.form.outcome.choice == 1
    assert pane.form.values == {
        "reason": "Payment",
        "notes": "Half",
        "outcome": "promised",
        "matter": "Refund",
    }


async def test_wrap_up_goes_back_and_forth_and_says_so(pane, started, clock):
    await shown(pane, started)
    assert pane.panel.title.text().startswith("This call: ")
    clock.pass_by(minutes=5)
    pane.wrap_up()
    assert pane.panel.title.text().startswith("Wrap up: ")
    assert pane.panel.trail.text() == "5 min"
    pane.wrap_up()

    assert pane.panel.title.text().startswith("This call: ")
    assert focus() is pane.form.reason


async def test_at_the_counter_it_is_no_call(pane, services, act):
    await shown(pane, await services.contacts.start(act(), channel="counter"), "")

    assert pane.panel.title.text() == "This contact"


async def test_another_room_has_a_place_in_the_wrap_up(pane, started):
    slot = QLabel("Did anything get in your way?")
    pane.add_slot(slot)
    await shown(pane, started)
    assert not slot.isVisible()
    pane.wrap_up()

    assert slot.isVisible()


async def test_tab_goes_through_the_wrap_up_in_order(pane, started):
    await shown(pane, started)
    await until(lambda: pane.form.with_matter)
    pane.wrap_up()
    pane.focus_reason()
    order = []
    for _press in range(6):
        order.append(focus().accessibleName())
        press(KEY.Key_Tab)

    assert order == [
        "Reason",
        "How did it end?",
        "What is to be settled?",
        "Notes",
        "Save, ready",
        "Finish later",
    ]


async def test_a_contact_that_another_desk_finished_is_told_and_the_text_stays(
    pane, services, act, started, told
):
    hindered = []
    pane.errands.hindered.connect(hindered.append)
    pane.not_kept.connect(hindered.append)
    await shown(pane, started)
    await services.contacts.finish(act(), started, "settled")
    pane.form.notes.setFocus()
    write("Too late")
    press(KEY.Key_7, modifier=CTRL)
    await until(lambda: len(hindered) == 2)

    assert all("meanwhile" in sentence for sentence in hindered)
    assert pane.form.notes.toPlainText() == "Too late"
    assert not pane.form.notes.isReadOnly()
    assert told == []


async def test_notes_that_are_too_long_are_told_and_stay(pane, services, started):
    told = []
    pane.not_kept.connect(told.append)
    await shown(pane, started)
    pane.form.notes.setPlainText("x" * 60_000)
    await pane.flush()

    assert "too long" in told[0]
    assert pane.form.trouble.isVisible()
    assert len(pane.form.notes.toPlainText()) == 60_000
    pane.form.notes.setPlainText("shorter")
    await pane.flush()
    assert not pane.form.trouble.isVisible()
    assert (await services.contacts.draft(started)).notes == "shorter"


async def test_everything_has_a_name_and_fits_at_every_size(pane, started, qapp):
    theme = Theme(qapp, "dark", 150)
    pane.resize(534, 900)
    await shown(pane, started)
    named = nameless(pane)
    pane.wrap_up()
    named += nameless(pane)
    pane.grab()
    cut = clipped(pane)
    theme.set_text_size(100)
    theme.set_mode("light")

    assert named == []
    assert cut == []
