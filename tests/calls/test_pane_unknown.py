"""A caller whom nobody knows: found by a few letters, or started anew, one key each."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from care_console.calls.pane import UnknownPane
from care_console.cards.pane import NewCardForm
from care_console.cards.rules import NewCard
from care_console.kit.theme import Theme
from tests.calls.callers import (
    CTRL,
    HOSTILE,
    UNKNOWN,
    WITHHELD,
    nameless,
    on_screen,
    press,
    write,
)
from tests.conftest import until

KEY = Qt.Key


@pytest.fixture
def people(loop, services, act):
    """Ella Brandt and Brandon Marsh."""
    names = (("Ella", "Brandt"), ("Brandon", "Marsh"))
    cards = (NewCard(given=given, family=family) for given, family in names)
    return [loop.run_until_complete(services.cards.add(act(), card)) for card in cards]


@pytest.fixture
def pane(qtbot, services):
    form = NewCardForm(lambda: date(2030, 1, 7))
    return on_screen(qtbot, UnknownPane(services.search, form))


@pytest.fixture
def attached(pane):
    attached = []
    pane.attach_wanted.connect(attached.append)
    return attached


def found(pane):
    model = pane.list.rows
    return [model.row(model.index(n)) for n in range(model.rowCount())]


async def look_for(pane, text):
    pane.focus_search()
    write(text)
    await until(lambda: found(pane))


async def test_a_new_number_is_in_the_form_and_nothing_is_chosen(pane, attached):
    pane.without.setFocus()
    pane.show_caller(UNKNOWN)

    assert pane.title.text() == "New caller"
    assert "+44 113 496 0877 is on no card" in pane.said.text()
    assert pane.form.edits["phone"].text() == "+44 113 496 0877"
    assert not pane.list.isVisible()
    assert pane.without.hasFocus()
    assert attached == []


async def test_a_withheld_number_is_nowhere(pane):
    pane.show_caller(UNKNOWN)
    pane.show_caller(WITHHELD)

    assert pane.title.text() == "Number withheld"
    assert "hides the number" in pane.said.text()
    assert pane.form.edits["phone"].text() == ""


async def test_known_people_show_as_one_types_each_with_a_digit(pane, people):
    pane.show_caller(UNKNOWN)
    await look_for(pane, "bran")

    assert {row.name for row in found(pane)} == {"Ella Brandt", "Brandon Marsh"}
    assert [row.key for row in found(pane)] == ["Ctrl 1", "Ctrl 2"]
    assert {row.right1 for row in found(pane)} == {"add this number"}


async def test_ctrl_and_a_digit_add_the_number_to_a_card_from_the_search_field(
    pane, people, attached
):
    pane.show_caller(UNKNOWN)
    await look_for(pane, "bran")
    second = found(pane)[1]
    press(KEY.Key_2, modifier=CTRL)

    assert attached == [second.id]
    assert pane.field.text() == "bran"


async def test_the_search_field_leads_the_list(pane, people, attached):
    pane.show_caller(UNKNOWN)
    await look_for(pane, "bran")
    second = found(pane)[1]
    press(KEY.Key_Down, KEY.Key_Return)

    assert attached == [second.id]
    assert pane.field.hasFocus()


async def test_a_key_that_outruns_the_search_chooses_nobody(pane, people, attached):
    pane.show_caller(UNKNOWN)
    await look_for(pane, "bran")
    write("dt")
    press(KEY.Key_Return)
    press(KEY.Key_1, modifier=CTRL)
    assert attached == []
    await until(lambda: len(found(pane)) == 1)
    press(KEY.Key_Return)

    assert attached == [people[0]]


async def test_a_digit_that_nobody_has_does_nothing(pane, people, attached):
    pane.show_caller(UNKNOWN)
    await look_for(pane, "bran")
    press(KEY.Key_7, modifier=CTRL)

    assert attached == []


async def test_without_a_number_it_is_not_offered_to_be_added(pane, people):
    pane.show_caller(WITHHELD)
    await look_for(pane, "ella")

    assert found(pane)[0].right1 == "this is who calls"


async def test_nobody_of_that_name_leads_to_a_new_card(pane, people):
    pane.show_caller(UNKNOWN)
    pane.focus_search()
    write("Zebedee")
    await until(pane.list.isVisible)

    assert found(pane) == []
    wanted = []
    pane.card_wanted.connect(wanted.append)
    pane.start_card()
    assert wanted[0].given == "Zebedee"
    assert wanted[0].phones[0].raw == "+44 113 496 0877"


async def test_enter_goes_on_in_a_new_card_where_nobody_is_found(pane, people):
    pane.show_caller(UNKNOWN)
    pane.focus_search()
    write("Zebedee")
    await until(pane.list.isVisible)
    assert "Enter starts a new card" in pane.list.empty.text()
    press(KEY.Key_Return)

    name = pane.form.edits["name"]
    assert (name.text(), name.hasFocus()) == ("Zebedee", True)


async def test_what_was_searched_for_is_no_name_if_it_is_a_number(pane):
    pane.show_caller(UNKNOWN)
    pane.focus_search()
    write("LS6 2AB")
    pane.start_card()

    assert QApplication.focusWidget() is pane.form.edits["name"]
    assert pane.form.edits["name"].text() == ""


async def test_the_form_is_filled_and_sent_by_keyboard(pane):
    wanted = []
    pane.card_wanted.connect(wanted.append)
    pane.show_caller(UNKNOWN)
    pane.focus_search()
    press(KEY.Key_Tab)
    assert QApplication.focusWidget() is pane.form.edits["name"]
    write("Rosa Diaz")
    press(KEY.Key_Return)

    assert (wanted[0].given, wanted[0].family) == ("Rosa", "Diaz")


async def test_the_call_may_go_on_without_a_card(pane):
    went = []
    pane.went_without.connect(lambda: went.append(1))
    pane.show_caller(UNKNOWN)
    pane.without.setFocus()
    press(KEY.Key_Return)

    assert went == [1]


async def test_another_caller_begins_anew(pane, people):
    pane.show_caller(UNKNOWN)
    await look_for(pane, "bran")
    pane.show_caller(WITHHELD)
    await until(lambda: not found(pane))

    assert pane.field.text() == ""


async def test_hostile_cards_are_plain_and_force_no_width(pane, services, act):
    await services.cards.add(act(), NewCard(family="<b>Zorro</b> " + HOSTILE, company=HOSTILE))
    pane.show_caller(UNKNOWN)
    await look_for(pane, "zorro")
    pane.grab()

    assert pane.width() == 620


async def test_everything_has_a_name_at_every_size(pane, people, qapp):
    theme = Theme(qapp, "dark", 150)
    pane.show_caller(UNKNOWN)
    await look_for(pane, "bran")
    pane.grab()
    theme.set_text_size(100)
    theme.set_mode("light")

    assert nameless(pane) == []
