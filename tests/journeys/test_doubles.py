"""Two cards of one person: seen while typing, merged side by side, rung for, and taken apart."""

import pytest
from PySide6.QtCore import Qt

from care_console.cards.rules import Group, NewCard, NewEmail, NewMembership, NewPhone

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
END_USER = (NewMembership(group=Group.END_USER),)
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"),),
    emails=(NewEmail(address="maria@example.org"),),
    memberships=END_USER,
)
TWIN = NewCard(
    given="Maria",
    family="Okofor",
    phones=(NewPhone(raw="07700 900123"),),
    emails=(NewEmail(address="maria@example.org"),),
    memberships=END_USER,
)


@pytest.fixture
def both(loop, services, act):
    add = services.cards.add
    return [loop.run_until_complete(add(act(), each)) for each in (MARIA, TWIN)]


async def doubles_of(desk):
    """Open the likely doubles by key, and wait until all were looked through."""
    desk.press(KEY.Key_B, CTRL | SHIFT)
    page = desk.furniture.others.doubles.there()
    await desk.until(lambda: page.view.rows.rowCount() > 0 and page.pair.ids is not None)
    return page


async def test_two_cards_become_one_a_ring_finds_it_and_undo_makes_two_again(both, desk):
    maria, twin = both
    page = await doubles_of(desk)
    desk.press(KEY.Key_Return)
    [row] = page.pair.rows
    assert desk.focus is row

    desk.press(KEY.Key_Right)  # the other card's family name
    desk.press(KEY.Key_Return, CTRL)
    await desk.until(lambda: page.view.rows.rowCount() == 0 and desk.window.undo.possible)

    await desk.ring("07700 900123")
    assert desk.furniture.strip.shown == "ringing"
    await desk.until(lambda: desk.furniture.flow.rung == 1)
    card = await desk.services.cards.card(twin)
    assert (card.id, card.name) == (maria, "Maria Okofor")
    assert desk.furniture.around.deck.next_ring.caller.card.id == maria

    desk.press(KEY.Key_Z, CTRL | Qt.KeyboardModifier.AltModifier)
    await desk.until(lambda: page.view.rows.rowCount() == 1)
    assert (await desk.services.cards.card(twin)).name == "Maria Okofor"
    assert (await desk.services.cards.card(maria)).name == "Maria Okafor"


async def test_who_is_open_is_merged_with_whom_one_names(both, desk):
    maria, twin = both
    desk.furniture.open_card(twin)
    await desk.until(lambda: desk.furniture.card.card_id == twin)
    desk.press(KEY.Key_M, CTRL)
    page = desk.furniture.others.doubles.there()
    await desk.until(lambda: desk.focus is page.picker.edit)
    desk.type("Maria Okafor")
    await desk.until(lambda: page.picker.found.rows.place(maria) == 0)
    desk.press(KEY.Key_Return)
    await desk.until(lambda: page.pair.ids == (twin, maria))
    desk.press(KEY.Key_M, CTRL | SHIFT)
    assert page.pair.ids == (maria, twin)
    desk.press(KEY.Key_Return, CTRL)
    await desk.until(lambda: page.pair.ids is None)

    desk.furniture.open_card(twin)
    await desk.until(lambda: desk.furniture.card.card_id == maria)


async def test_not_the_same_is_said_by_key_and_taken_back(both, desk):
    page = await doubles_of(desk)
    desk.press(KEY.Key_Return)
    desk.press(KEY.Key_N, CTRL | SHIFT)
    await desk.until(lambda: page.view.rows.rowCount() == 0 and desk.window.undo.possible)
    desk.press(KEY.Key_Z, CTRL | Qt.KeyboardModifier.AltModifier)
    await desk.until(lambda: page.view.rows.rowCount() == 1)


async def test_who_is_typed_again_is_shown_and_opened_by_key(both, desk):
    maria, _twin = both
    desk.press(KEY.Key_N, CTRL)
    form = desk.furniture.people.form
    await desk.until(lambda: desk.focus is form.edits["name"])
    desk.type("Maria Oka")
    assert form.beside.isVisible()  # with the key that asked for it
    desk.press(KEY.Key_Down)
    desk.press(KEY.Key_Return)
    await desk.until(lambda: desk.furniture.card.card_id == maria)
    assert not form.typed


async def test_a_card_that_is_started_all_the_same_says_so_in_its_history(both, desk):
    desk.press(KEY.Key_N, CTRL)
    form = desk.furniture.people.form
    await desk.until(lambda: desk.focus is form.edits["name"])
    desk.type("Maria Okafor")
    form.beside.why.setFocus()
    desk.type("Her niece")
    desk.press(KEY.Key_Return)
    await desk.until(lambda: desk.furniture.card.card_id is not None)
    [entry] = await desk.services.cards.history(desk.furniture.card.card_id)
    assert (entry.facts["despite"], entry.personal["why"]) == (both, "Her niece")
