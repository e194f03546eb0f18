"""The palette by keyboard: a few letters find a person or a command."""

import asyncio

import pytest
from PySide6.QtCore import QEvent, QObject, Qt

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.kit import CommandRow, HeadRow
from care_console.window.palette import Finding
from tests.conftest import turned, until
from tests.window.conftest import CTRL, HOSTILE, focus, press, write

PEOPLE = (
    Finding(1, "Peter Halden", ("distributor",), "Halden & Sons"),
    Finding(2, "Ingrid Halden", ("supplier",), "Halden & Sons"),
    Finding(3, "Omar Halim", ("employee",), "Workshop"),
)


class People:
    """Finds by the start of a word, and notes what it was asked."""

    def __init__(self):
        self.asked, self.hold = [], {}

    async def __call__(self, text):
        self.asked.append(text)
        if text in self.hold:
            await self.hold[text].wait()
        words = text.casefold().split()
        return [
            each
            for each in PEOPLE
            if all(any(part.startswith(w) for part in each.name.casefold().split()) for w in words)
        ]


@pytest.fixture
def people():
    return People()


@pytest.fixture
def palette(window, people):
    window.attach = True
    window.set_palette_sources(people, lambda: window.attach)
    window.opened, window.attached = [], []
    window.finder.opened_card.connect(window.opened.append)
    window.finder.attached_card.connect(window.attached.append)
    window.right.note.setFocus()
    return window.finder


async def test_a_person_is_found_and_opened_by_enter(window, palette):
    press(Qt.Key.Key_K, CTRL)
    write("hal")
    await until(lambda: people_in(palette) == ["Peter Halden", "Ingrid Halden", "Omar Halim"])

    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)

    assert window.opened == [2]
    assert not palette.isVisible()
    assert focus() is window.right.note


async def test_ctrl_enter_attaches_the_person_to_the_open_contact(window, palette):
    press(Qt.Key.Key_K, CTRL)
    write("omar")
    await until(lambda: people_in(palette) == ["Omar Halim"])

    press(Qt.Key.Key_Return, CTRL)

    assert (window.attached, window.opened) == ([3], [])


async def test_without_an_open_contact_ctrl_enter_says_so_and_stays(window, palette):
    window.attach = False
    press(Qt.Key.Key_K, CTRL)
    write("omar")
    await until(lambda: people_in(palette) == ["Omar Halim"])

    press(Qt.Key.Key_Return, CTRL)

    assert (window.attached, palette.isVisible()) == ([], True)
    assert "No contact is open" in window._toast.words.text()


async def test_escape_gives_the_focus_back_and_the_note_goes_on(window, palette):
    write("The boiler")
    press(Qt.Key.Key_K, CTRL)
    write("hal")
    press(Qt.Key.Key_Escape)
    write(" is cold")

    assert window.right.note.toPlainText() == "The boiler is cold"


async def test_escape_closes_it_even_when_the_focus_is_elsewhere(window, palette):
    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_Escape, widget=window)

    assert not palette.isVisible()


async def test_going_elsewhere_closes_it(window, palette):
    press(Qt.Key.Key_K, CTRL)
    window.left.list.setFocus()

    assert not palette.isVisible()
    assert focus() is window.left.list


async def test_from_sheet_to_sheet_one_still_comes_back(window, palette):
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_K, CTRL)
    assert (window.keys.isVisible(), palette.isVisible()) == (False, True)

    press(Qt.Key.Key_Escape)

    assert focus() is window.right.note


async def test_tab_stays_inside(window, palette):
    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_Tab)

    assert palette.isAncestorOf(focus())


async def test_a_command_is_found_by_its_words_and_done_where_one_came_from(window, palette):
    done = []
    window.registry.add("hello", N_("Say hello"), ("Ctrl+H",), lambda: done.append(focus()))
    press(Qt.Key.Key_K, CTRL)
    write("hello")
    await until(lambda: "Say hello" in titles(palette))

    row = palette.list.row()
    assert (row.title, row.key) == ("Say hello", "Ctrl H")
    press(Qt.Key.Key_Return)

    assert done == [window.right.note]


async def test_each_key_asks_once_and_the_newest_answer_is_shown(window, palette, people):
    people.hold["h"] = asyncio.Event()
    press(Qt.Key.Key_K, CTRL)
    write("h")
    await until(lambda: "h" in people.asked)
    write("al")
    await until(lambda: len(people_in(palette)) == 3)
    press(Qt.Key.Key_Down)

    people.hold["h"].set()
    await asyncio.sleep(0.02)

    assert people.asked.count("hal") == 1
    assert palette.list.row().title == "Ingrid Halden"


async def test_the_first_row_is_chosen_and_the_arrows_do_not_leave_the_list(palette):
    press(Qt.Key.Key_K, CTRL)
    write("hal")
    await until(lambda: len(people_in(palette)) == 3)
    assert palette.list.row().title == "Peter Halden"

    press(Qt.Key.Key_Up)
    assert palette.list.row().title == "Peter Halden"

    press(Qt.Key.Key_PageDown)
    assert palette.list.row().title == "Omar Halim"


async def test_without_letters_it_shows_who_was_there_lately_and_all_commands(window, palette):
    press(Qt.Key.Key_K, CTRL)
    await until(lambda: palette.list.rows.rowCount() > 5)

    heads = [row.title for row in rows(palette) if isinstance(row, HeadRow)]
    assert heads == ["Lately", "Commands"]
    commands = [row.title for row in rows(palette) if isinstance(row, CommandRow) and not row.name]
    assert commands[0] == "Desk"  # what the window itself can do comes last


async def test_every_action_shows_in_the_palette_or_is_left_out_on_purpose(window, palette):
    press(Qt.Key.Key_K, CTRL)
    await until(lambda: palette.list.rows.rowCount() > 5)

    offered = titles(palette)
    for act in window.registry.for_page("desk"):
        assert (act.text in offered) == (act.palette and act.enabled())


async def test_a_page_of_settings_is_found_by_its_title_and_opened(window, palette):
    pages = [CommandRow(4, "lock", "Backups"), CommandRow(5, "gear", "Company", "Currency")]
    opened = []
    palette.set_places(lambda text: [each for each in pages if text in each.sentence.casefold()])
    palette.opened_place.connect(opened.append)
    press(Qt.Key.Key_K, CTRL)
    write("currency")
    await until(lambda: titles(palette) == ["Settings", "Company"])
    press(Qt.Key.Key_Return)

    assert opened == [5]
    assert not palette.isVisible()


async def test_asked_for_once_more_another_word_takes_the_place_of_the_last(window, palette):
    press(Qt.Key.Key_K, CTRL)
    write("zzzz")
    press(Qt.Key.Key_K, CTRL)
    write("hald")

    assert palette.field.text() == "hald"


async def test_nothing_found_says_so_and_enter_does_nothing(window, palette):
    press(Qt.Key.Key_K, CTRL)
    write("zzzz")
    await until(lambda: "zzzz" in palette.list.empty.text())
    press(Qt.Key.Key_Return)

    assert palette.isVisible()
    assert palette.list.rows.rowCount() == 0


async def test_records_that_do_not_answer_are_told_and_the_letters_stay(window, palette):
    async def silent(text):
        raise CareError("The records do not answer.")

    window.set_palette_sources(silent)
    press(Qt.Key.Key_K, CTRL)
    write("hal")
    await until(lambda: window._toast.words.text() == "The records do not answer.")

    assert palette.field.text() == "hal"


async def test_a_hostile_name_is_shown_as_it_is_and_does_not_stall(window, people, palette):
    async def hostile(text):
        return [Finding(9, HOSTILE, ("end-user",), HOSTILE)]

    window.set_palette_sources(hostile)
    press(Qt.Key.Key_K, CTRL)
    await until(lambda: people_in(palette) == [HOSTILE])

    window.grab()
    press(Qt.Key.Key_Return)
    assert window.opened == [9]


async def test_a_letter_on_the_search_of_the_head_opens_it_with_the_letter(window, palette):
    window.top.search.setFocus()
    press(Qt.Key.Key_H)
    write("al")

    assert palette.field.text() == "hal"


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


async def test_a_letter_paints_the_palette_and_nothing_under_it(window, palette):
    under, inside = Paints(window.centre.list.viewport()), Paints(palette.list.viewport())
    press(Qt.Key.Key_K, CTRL)
    await until(lambda: inside.count)
    before, under.count = inside.count, 0
    for letter in "hal":
        write(letter)
        await asyncio.sleep(0.01)
        await turned()

    assert inside.count > before
    assert under.count == 0


async def test_it_opens_empty_again(window, palette):
    press(Qt.Key.Key_K, CTRL)
    write("hal")
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_K, CTRL)

    assert palette.field.text() == ""


async def test_a_sheet_that_is_open_is_known_to_whoever_rings(window, palette):
    assert not window.sheet_open
    press(Qt.Key.Key_K, CTRL)
    assert window.sheet_open


def rows(palette):
    return [
        palette.list.rows.row(palette.list.rows.index(at))
        for at in range(99)
        if at < count(palette)
    ]


def count(palette):
    return palette.list.rows.rowCount()


def titles(palette):
    return [row.title for row in rows(palette)]


def people_in(palette):
    return [row.title for row in rows(palette) if isinstance(row, CommandRow) and row.name]
