"""Privacy at the desk: by keys, in the whole window."""

import zipfile

from PySide6.QtCore import Qt
from sqlmodel import select

from care_console.cards.rules import NewCard, NewPhone
from care_console.journal.records import EntryRecord
from care_console.window.guarding import Guarding

CTRL = Qt.KeyboardModifier.ControlModifier
MARIA = NewCard(given="Maria", family="Okafor", phones=(NewPhone(raw="020 7946 0123"),))


def guarding(desk):
    return desk.furniture.findChild(Guarding)


async def kinds(desk):
    return await desk.services.store.read(lambda db: list(db.exec(select(EntryRecord.kind))))


async def say(desk, words):
    """Do something through the palette."""
    desk.press(Qt.Key.Key_K, CTRL)
    desk.type(words)
    await desk.settle()
    desk.press(Qt.Key.Key_Return)


async def at_card(desk, act, new=MARIA):
    card = await desk.services.cards.add(act(), new)
    desk.furniture.open_card(card)
    await desk.until(lambda: desk.furniture.shows_card)
    return card


async def test_a_person_is_erased_by_keys_alone(act, desk):
    card = await at_card(desk, act)
    await say(desk, "Erase this person")
    pane = guarding(desk).sheet.pane
    await desk.until(lambda: pane.goes.text() and pane.first().hasFocus())
    desk.type("Maria Okafor")
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: not guarding(desk).sheet.isVisible())
    assert await desk.services.search.find("Okafor") == []
    assert not desk.furniture.shows_card
    assert not desk.window.undo.possible
    assert (await desk.services.cards.card(card)).name == "Erased person"


async def test_escape_leaves_them_as_they_are(act, desk):
    await at_card(desk, act)
    await say(desk, "Erase this person")
    await desk.until(lambda: guarding(desk).sheet.isVisible())
    desk.press(Qt.Key.Key_Escape)
    assert not guarding(desk).sheet.isVisible()
    assert await desk.services.search.find("Okafor")


async def test_all_that_is_held_is_written_where_it_was_asked_for(act, desk, tmp_path):
    card = await at_card(desk, act)
    guarding(desk).take_out_to(card, tmp_path / "maria.zip")
    await desk.until(lambda: (tmp_path / "maria.zip").exists())
    await desk.settle()
    with zipfile.ZipFile(tmp_path / "maria.zip") as pack:
        assert "Okafor" in pack.read("person.html").decode()
    assert "person_taken_out" in await kinds(desk)


async def test_an_opening_without_a_contact_is_told_once(act, desk):
    await at_card(desk, act)
    guarding(desk).note_opening()
    guarding(desk).note_opening()
    await desk.settle()
    assert (await kinds(desk)).count("card_opened") == 1


async def test_a_caller_whose_card_opens_is_not_told_as_an_opening(act, desk):
    await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    await desk.settle()
    guarding(desk).note_opening()
    await desk.settle()
    assert "card_opened" not in await kinds(desk)
