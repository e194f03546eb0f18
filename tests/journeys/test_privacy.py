"""Privacy at the desk: by keys, in the whole window."""

import logging
import sys
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlmodel import select

from care_console.cards.rules import NewCard, NewPhone
from care_console.journal.records import EntryRecord
from care_console.settings.home import Home
from care_console.staff.records import ClerkRecord
from care_console.window.crash import Crash
from care_console.window.crash_told import tell_crashes
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


async def test_who_may_not_is_told_and_asked_nothing(act, desk):
    await at_card(desk, act)
    clerk = desk.furniture.session.clerk
    await desk.services.store.write(
        lambda db: setattr(db.get(ClerkRecord, clerk.card_id), "role", "csr")
    )
    await say(desk, "Erase this person")
    await desk.until(lambda: any("not for your role" in each.text() for each in labels(desk)))
    assert desk.window.sheet_open is False
    assert "denied" in await kinds(desk)


def labels(desk):
    return desk.window.findChildren(QLabel)


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


async def test_who_is_read_beside_the_list_of_people_is_told_once_in_some_minutes(act, desk, clock):
    card = await desk.services.cards.add(act(), MARIA)
    people = desk.furniture.people
    desk.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    desk.type("oka")
    await desk.until(lambda: people.card_id == card)
    for _walk in range(3):
        people._walked(people.view.row())
        await desk.settle()
        guarding(desk).note_preview()
    await desk.settle()
    assert (await kinds(desk)).count("card_opened") == 1

    clock.pass_by(minutes=11)
    guarding(desk).note_preview()
    await desk.settle()
    assert (await kinds(desk)).count("card_opened") == 2
    desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    clock.pass_by(minutes=11)
    guarding(desk).note_preview()
    await desk.settle()
    assert (await kinds(desk)).count("card_opened") == 2


async def test_a_caller_whose_card_opens_is_not_told_as_an_opening(act, desk):
    await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    await desk.settle()
    guarding(desk).note_opening()
    await desk.settle()
    assert "card_opened" not in await kinds(desk)


@pytest.fixture
def crash(loop, tmp_path):
    (tmp_path / "logs").mkdir()
    crash = Crash(Home(tmp_path / "logs", new=False))
    crash.begin()
    crash.settle_in(loop)
    yield crash
    crash.end()
    loop.set_exception_handler(None)


async def test_when_something_breaks_the_note_is_kept_and_the_desk_goes_on(act, crash, desk):
    told = tell_crashes(crash, desk.furniture)
    assert told is not None
    await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    desk.furniture.go_to_contact()
    desk.type("Boiler is cold")
    try:
        raise ValueError("Maria Okafor rang")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    await desk.until(lambda: told.sheet.isVisible())
    while await reasons(desk) != ["Boiler is cold"]:  # kept without a key of the clerk's
        await desk.settle()
    desk.type(" as ice")  # whoever types is left where they are
    assert told.sheet.isVisible()
    assert "a ring is shown" in told.sheet.text.toPlainText()
    desk.press(Qt.Key.Key_Escape)
    assert not told.sheet.isVisible()
    desk.type(", and loud")
    await desk.furniture.contact.flush()
    assert await reasons(desk) == ["Boiler is cold as ice, and loud"]
    await say(desk, "What broke last")
    await desk.until(lambda: told.sheet.isVisible())


async def reasons(desk):
    drafts = await desk.services.contacts.open(desk.furniture.session.clerk)
    return [each.reason for each in drafts]


async def test_no_word_about_anybody_gets_into_the_log(act, crash, desk, tmp_path):
    """Markers go through a ring, a contact, a search, an edit, a file and an erasure."""
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        tell_crashes(crash, desk.furniture)
        await live_through(desk, act, tmp_path)
        logging.getLogger("care_console.x").error("broke for %s", "Quixoticus")
        logging.getLogger("elsewhere").error("Quixoticus is broken")
    finally:
        logging.getLogger().setLevel(logging.WARNING)
    logs = b"".join(each.read_bytes() for each in (tmp_path / "logs").iterdir())
    assert b"broke for str" in logs
    for word in (b"uixotic", b"ylophon", b"79460123", b"7946 0123"):
        assert word not in logs


async def live_through(desk, act, tmp_path):
    new = NewCard(given="Maria", family="Quixoticus", phones=(NewPhone(raw="020 7946 0123"),))
    card = await desk.services.cards.add(act(), new)
    await desk.ring("020 7946 0123", name="QUIXOTICUS")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    desk.furniture.go_to_contact()
    desk.type("Quixoticus of Xylophonia")
    await desk.furniture.contact.flush()
    await say(desk, "Quixot")
    desk.furniture.card.show_details()
    guarding(desk).take_out_to(card, tmp_path / "maria.zip")
    desk.furniture.contact.leave()
    await desk.until(lambda: desk.furniture.contact.contact_id is None)
    try:
        raise LookupError("Quixoticus at +442079460123")
    except LookupError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    await guarding(desk).privacy.erasure.erase(act(), card, "Maria Quixoticus")
    await desk.settle()


def seen(desk):
    """All words that can be seen or read out in the window, and its title."""
    labels = [each.text() for each in desk.window.findChildren(QLabel) if each.isVisible()]
    return "\n".join([*labels, desk.window.windowTitle()])


async def test_one_key_hides_every_name_and_brings_them_back(act, desk):
    await at_card(desk, act)
    await desk.ring("020 7946 0123")
    assert "Okafor" in seen(desk)
    before = desk.focus
    desk.press(Qt.Key.Key_F10)
    assert "Okafor" not in seen(desk)
    assert "7946" not in seen(desk)
    assert "It rings: a call" in seen(desk)
    assert "a call" in desk.window.windowTitle()
    desk.press(Qt.Key.Key_F2)  # no key works below
    desk.press(Qt.Key.Key_F10)
    assert "Okafor" in seen(desk)
    assert "Okafor" in desk.window.windowTitle()
    assert desk.focus is before
    assert desk.furniture.contact.contact_id is None


async def test_a_ring_and_news_that_come_meanwhile_name_nobody(act, desk):
    await desk.services.cards.add(act(), MARIA)
    desk.press(Qt.Key.Key_F10)
    assert "It rings" not in seen(desk)
    await desk.ring("020 7946 0123", name="M OKAFOR")
    desk.window.told("Maria Okafor is here")
    await desk.settle()
    assert "okafor" not in seen(desk).lower()
    assert "It rings: a call" in seen(desk)
    desk.press(Qt.Key.Key_Escape)
    assert "Okafor" in seen(desk)


async def test_the_lock_takes_the_place_of_hidden_names(act, desk):
    await desk.services.cards.add(act(), MARIA)
    desk.press(Qt.Key.Key_F10)
    desk.furniture.session.lock()
    assert not guarding(desk).veil.lies
    assert desk.furniture.session.locked
