"""From a ring to the end of the contact, by the keyboard alone."""

from PySide6.QtCore import Qt

from care_console.cards.rules import Group, NewCard, NewMembership, NewPhone
from care_console.store.engines import DRIVER_TROUBLE

CTRL = Qt.KeyboardModifier.ControlModifier
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"),),
    memberships=(NewMembership(group=Group.END_USER),),
)


async def test_a_known_caller_s_card_is_there_and_nothing_has_the_keyboard_that_had_not(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    contact = await desk.services.contacts.start(act(), channel="counter", card_id=maria)
    await desk.services.contacts.finish(act(), contact, "settled", reason="Boiler")
    before = desk.focus

    await desk.ring("020 7946 0123")

    assert desk.furniture.card.card_id == maria
    assert desk.furniture.card.head.isVisible()
    assert desk.furniture.card.history.view.rows.rowCount() == 1  # before the loop has turned
    assert desk.focus is before
    assert await desk.services.contacts.open(act().clerk) == []


async def type_a_note(desk, words):
    """Start with somebody at the counter and type; return the contact and its note."""
    desk.press(Qt.Key.Key_B, CTRL)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    notes = desk.furniture.contact.form.notes
    notes.setFocus()
    desk.type(words)
    return desk.furniture.contact.contact_id, notes


async def test_a_ring_while_typing_changes_nothing_that_is_being_typed(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    first, notes = await type_a_note(desk, "Wants the quote ")

    await desk.ring("020 7946 0123")
    desk.type("split up")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Space)

    assert desk.focus is notes
    assert notes.toPlainText() == "Wants the quote split up\n "
    assert desk.furniture.card.card_id != maria
    assert desk.furniture.contact.contact_id == first
    assert desk.furniture.strip.shown == "ringing"


async def test_whoever_comes_to_the_desk_while_it_rings_finds_the_caller_there(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    desk.furniture.window.show_page("people")

    await desk.ring("020 7946 0123")
    assert desk.furniture.window.current_page == "people"
    desk.furniture.window.show_page("desk")

    assert desk.furniture.card.card_id == maria
    assert desk.furniture.card.head.isVisible()
    assert desk.furniture.strip.shown == "ringing"


async def test_f2_keeps_the_note_and_the_call_is_wrapped_up(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    first, _notes = await type_a_note(desk, "Wants the quote")
    await desk.ring("020 7946 0123")

    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id not in (None, first))
    await desk.until(lambda: desk.focus is desk.furniture.contact.form.reason)
    await desk.settle()
    assert (await desk.services.contacts.draft(first)).notes == "Wants the quote"
    assert desk.furniture.card.card_id == maria

    desk.type("Boiler noisy")
    desk.furniture.contact.form.notes.setFocus()
    desk.type("Knocks at night")
    desk.press(Qt.Key.Key_F4)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.until(lambda: desk.furniture.contact.contact_id == first)
    done = (await desk.services.contacts.last_of(maria))[0]
    told = (done.reason, done.outcome, done.first_words)
    assert told == ("Boiler noisy", "settled", "Knocks at night")


async def test_unknown_becomes_a_card_and_past_calls_are_linked(act, desk, clock):
    earlier = await desk.ring("+44 113 496 0877")
    desk.line.end(earlier)
    await desk.until(lambda: desk.furniture.strip.shown == "missed")
    clock.pass_by(minutes=1)
    await desk.ring("+44 113 496 0877")
    assert desk.furniture.centre.currentWidget() is desk.furniture.unknown

    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.focus is desk.furniture.unknown.field)
    desk.type("Bran Stone")
    desk.press(Qt.Key.Key_N, CTRL)

    await desk.until(lambda: desk.furniture.card.card_id is not None)
    card = await desk.services.cards.card(desk.furniture.card.card_id)
    assert (card.name, card.phones[0].e164) == ("Bran Stone", "+441134960877")
    await desk.until(lambda: desk.furniture.around.deck.in_front.card_id == card.id)
    assert [call.card_id for call in await desk.services.log.recent()] == [card.id] * 2


async def test_a_question_goes_with_a_caller_who_was_never_named(act, desk):
    call = await desk.ring("+44 113 496 0877")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    desk.line.end(call)
    desk.press(Qt.Key.Key_F4)
    desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.until(lambda: desk.furniture.contact.contact_id is None)

    assert desk.furniture.centre.is_quiet


async def test_an_unknown_number_is_added_to_a_found_card_with_one_key(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    await desk.ring("+44 113 496 0877")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.focus is desk.furniture.unknown.field)

    desk.type("okaf")
    await desk.until(lambda: desk.furniture.unknown.list.model().rowCount() == 1)
    desk.press(Qt.Key.Key_1, CTRL)

    await desk.until(lambda: desk.furniture.card.card_id == maria)
    card = await desk.services.cards.card(maria)
    assert [phone.e164 for phone in card.phones] == ["+442079460123", "+441134960877"]


async def test_a_shared_number_is_chosen_by_a_digit(act, desk):
    for name in ("Peter", "Ingrid"):
        new = NewCard(given=name, family="Halden", phones=(NewPhone(raw="0161 496 0350"),))
        await desk.services.cards.add(act(), new)
    await desk.ring("0161 496 0350")
    assert desk.furniture.centre.currentWidget() is desk.furniture.who
    shown = [each.headline.id for each in desk.furniture.centre.caller.candidates]

    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    desk.press(Qt.Key.Key_2)

    await desk.until(lambda: desk.furniture.card.card_id == shown[1])
    await desk.until(lambda: desk.furniture.around.deck.in_front.card_id == shown[1])


async def test_a_withheld_caller_is_searched_for_and_leaves_nothing(act, desk):
    await desk.ring("020 7946 0123", name="Somebody", withheld=True)

    assert desk.furniture.centre.currentWidget() is desk.furniture.unknown
    await desk.settle()
    (call,) = await desk.services.log.recent()
    assert (call.number, call.name) == ("", "")


async def test_no_card_is_made_and_no_contact_begun_by_rings_alone(act, desk):
    for number in ("+44 113 496 0877", None, "204", "<b>x</b>"):
        call = await desk.ring(number)
        desk.line.end(call)
    await desk.until(lambda: not desk.furniture.around.deck.rings)

    assert len(await desk.services.search.browse()) == 1  # the clerk
    assert await desk.services.contacts.open(act().clerk) == []


async def test_a_missed_call_is_listed(act, desk):
    call = await desk.ring("+44 113 496 0877")
    desk.line.end(call)
    await desk.until(lambda: desk.furniture.strip.shown == "missed")

    await desk.settle()
    assert [each.count for each in await desk.services.log.missed()] == [1]


async def test_search_with_a_slip_opens_the_card_and_an_edit_is_undone(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    desk.press(Qt.Key.Key_K, CTRL)
    desk.type("okaffor")
    await desk.until(lambda: "Maria" in str(desk.window.finder.list.model().index(1, 0).data()))
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: desk.furniture.card.card_id == maria)

    desk.press(Qt.Key.Key_D, CTRL)
    preferred_edit = desk.furniture.card.details.sheet.fields["preferred"].keeper.edit
    given_edit = desk.furniture.card.details.sheet.fields["given"].keeper.edit
    await desk.until(lambda: given_edit.text() == "Maria")
    desk.furniture.card.focus_details("preferred")
    assert desk.focus is preferred_edit
    desk.type("Mia")
    desk.press(Qt.Key.Key_Tab)

    async def preferred():
        return (await desk.services.cards.card(maria)).fields["preferred"]

    await desk.settle()
    assert await preferred() == "Mia"
    await desk.until(lambda: desk.window.undo.possible)
    desk.press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.AltModifier)
    await desk.settle()
    assert await preferred() == ""


async def test_whoever_is_chosen_the_next_key_goes_into_the_contact(act, desk):
    for name in ("Peter", "Ingrid"):
        new = NewCard(given=name, family="Halden", phones=(NewPhone(raw="0161 496 0350"),))
        await desk.services.cards.add(act(), new)
    await desk.ring("0161 496 0350")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.focus is desk.furniture.who.list)

    desk.press(Qt.Key.Key_1)
    await desk.until(lambda: desk.furniture.around.deck.in_front.card_id is not None)
    desk.type("Invoice")

    assert desk.furniture.contact.form.reason.text() == "Invoice"


async def test_a_number_that_was_added_is_taken_back_with_one_key(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    await desk.ring("+44 113 496 0877")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.focus is desk.furniture.unknown.field)
    desk.type("okaf")
    await desk.until(lambda: desk.furniture.unknown.list.model().rowCount() == 1)
    desk.press(Qt.Key.Key_1, CTRL)
    await desk.until(lambda: desk.window.undo.possible)
    assert len((await desk.services.cards.card(maria)).phones) == 2

    await desk.until(lambda: desk.focus is desk.furniture.contact.form.reason)
    desk.press(Qt.Key.Key_Z, CTRL)
    await desk.until(lambda: not desk.window.undo.possible)
    await desk.settle()

    assert len((await desk.services.cards.card(maria)).phones) == 1


async def test_somebody_at_the_counter_is_not_the_caller(act, desk):
    await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    first = desk.furniture.contact.contact_id

    desk.press(Qt.Key.Key_B, CTRL)
    await desk.until(lambda: desk.furniture.contact.contact_id not in (None, first))

    assert (await desk.services.contacts.draft(desk.furniture.contact.contact_id)).card_id is None
    await desk.until(lambda: desk.focus is desk.furniture.unknown.field)
    desk.press(Qt.Key.Key_1, CTRL | Qt.KeyboardModifier.AltModifier)
    await desk.until(lambda: desk.furniture.contact.contact_id == first)


async def test_of_two_rings_the_second_is_told_too(act, desk):
    await desk.ring("020 7946 0123")
    await desk.ring("020 7946 0124")

    assert desk.furniture.strip.waiting.isVisible()
    assert "7946 0124" in desk.furniture.strip.waiting.text()


async def test_a_ring_that_no_line_ever_ended_is_missed_at_the_next_start(act, desk, clock):
    await desk.ring("020 7946 0123")
    await desk.settle()
    clock.pass_by(minutes=4)

    await desk.furniture.begin()

    assert [each.count for each in await desk.services.log.missed()] == [1]


async def test_the_number_of_an_open_contact_outlives_the_console(act, desk):
    await desk.ring("+44 113 496 0877")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.focus is desk.furniture.unknown.field)
    deck = desk.furniture.around.deck
    deck.contacts, deck.rings, deck.front = [], [], None

    await desk.furniture.begin()

    assert desk.furniture.centre.currentWidget() is desk.furniture.unknown
    assert desk.furniture.centre.caller.number.e164 == "+441134960877"


async def test_enter_in_the_history_shows_all_that_was_written(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    contact = await desk.services.contacts.start(act(), channel="counter", card_id=maria)
    notes = "First line.\nSecond line that no list shows. " + "And more. " * 20
    await desk.services.contacts.finish(act(), contact, "settled", reason="Boiler", notes=notes)
    await desk.ring("020 7946 0123")
    history = desk.furniture.card.history
    await desk.until(lambda: history._entries)

    desk.press(Qt.Key.Key_F12)
    history.view.step(1) if history.view.row() is None else None
    desk.press(Qt.Key.Key_Return)

    assert history.whole.isVisible()
    assert "Second line that no list shows." in history.whole.text()


async def test_the_number_is_still_added_after_the_caller_has_hung_up(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    call = await desk.ring("+44 113 496 0877")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.focus is desk.furniture.unknown.field)
    desk.line.end(call)
    await desk.until(lambda: desk.furniture.around.deck.in_front.ended)

    desk.type("okaf")
    await desk.until(lambda: desk.furniture.unknown.list.model().rowCount() == 1)
    desk.press(Qt.Key.Key_1, CTRL)
    await desk.until(lambda: desk.window.undo.possible)

    phones = [phone.e164 for phone in (await desk.services.cards.card(maria)).phones]
    assert phones == ["+442079460123", "+441134960877"]


async def test_a_ring_does_not_wipe_out_a_card_that_is_being_written(act, desk):
    call = await desk.ring("+44 113 496 0877")
    desk.line.end(call)
    await desk.until(lambda: desk.furniture.strip.shown == "missed")
    desk.furniture.unknown.form.edits["name"].setText("Bran St")
    desk.furniture.unknown.form.edits["name"].setFocus()

    await desk.ring("020 7946 0123")

    assert desk.furniture.unknown.form.edits["name"].text() == "Bran St"
    assert desk.furniture.unknown.form.edits["phone"].text() == "+44 113 496 0877"


class Broken:
    """A connection over which nothing is answered."""

    def execute(self, *_asked):
        raise DRIVER_TROUBLE[0]("disk I/O error")


async def test_records_that_cannot_be_read_leave_the_number_and_the_next_ring_is_heard(
    act, desk, monkeypatch
):
    kept = desk.services.store._kept
    monkeypatch.setattr(desk.services.store, "_kept", Broken())
    await desk.ring("020 7946 0123")
    assert desk.furniture.strip.shown == "ringing"
    monkeypatch.setattr(desk.services.store, "_kept", kept)
    await desk.ring("020 7946 0124")

    assert desk.furniture.flow.rung == 2


async def test_records_that_are_too_busy_to_answer_do_not_keep_the_desk_from_beginning(
    act, desk, monkeypatch
):
    await type_a_note(desk, "Wants the quote")
    await desk.settle()
    deck = desk.furniture.around.deck
    deck.contacts, deck.rings, deck.front = [], [], None

    monkeypatch.setattr(desk.services.store, "_kept", Broken())
    await desk.furniture.begin()

    assert [each.contact_id for each in deck.contacts] == [desk.furniture.contact.contact_id]
