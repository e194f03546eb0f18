"""The PIN in its place: who decides, six digits that nobody sees, and what came of it."""

import pytest
from PySide6.QtWidgets import QLineEdit

from care_console.staff.pane import PinField
from care_console.staff.rules import TryLater, Wrong
from tests.staff.hands import KEY, in_focus, on_screen, press, seen, write

PEOPLE = [(7, "Dana Whitfield"), (9, "Ben Adeyemi"), (12, "Daniel Ruiz")]


@pytest.fixture
def field(qtbot):
    field = PinField()
    field.heard = []
    field.given.connect(lambda card_id, pin: field.heard.append((card_id, pin)))
    on_screen(qtbot, field, 320, 80)
    field.offer(PEOPLE)
    field.setFocus()
    return field


def test_the_likeliest_stands_there_and_six_digits_and_enter_give_it(field):
    assert field.who.text() == "Dana Whitfield"
    write("472913")
    assert field.ready
    press(KEY.Key_Return)

    assert field.heard == [(7, "472913")]
    assert field.pin.text() == ""


def test_letters_finish_another_name(field):
    field.who.setFocus()
    field.who.selectAll()
    write("be")
    assert field.who.text() == "Ben Adeyemi"
    press(KEY.Key_Return)
    write("472913")
    press(KEY.Key_Return)

    assert field.heard == [(9, "472913")]


def test_letters_go_on_where_two_names_begin_alike(field):
    field.who.setFocus()
    field.who.selectAll()
    write("dani")

    assert field.who.person() == 12
    press(KEY.Key_Backspace, KEY.Key_Backspace)
    assert field.who.text() == "Dan"


def test_the_arrows_go_from_one_to_the_next(field):
    field.who.setFocus()
    press(KEY.Key_Down)
    assert field.who.person() == 9
    press(KEY.Key_Up, KEY.Key_Up)
    assert field.who.person() == 12


def test_no_digit_is_ever_shown(field):
    write("472913")

    assert field.pin.echoMode() == QLineEdit.EchoMode.Password
    assert not set("472913") & set(field.pin.displayText())


def test_too_few_digits_or_nobody_is_said_and_given_to_nobody(field):
    write("4729")
    press(KEY.Key_Return)
    assert "A PIN has six digits." in seen(field)
    assert in_focus() is field.pin

    field.who.setFocus()
    field.who.selectAll()
    write("Xaver")
    field.submit()
    assert "Choose a colleague" in seen(field)
    assert in_focus() is field.who
    assert field.heard == []


def test_what_came_of_it_is_said_until_one_types_again(field):
    field.fault(Wrong("Name and PIN do not go together."))
    assert "do not go together" in seen(field)
    write("1")
    assert seen(field) == ""
    field.fault(TryLater(30))
    assert "Try again in 30 seconds." in seen(field)
    field.clear()
    assert (field.pin.text(), seen(field)) == ("", "")


def test_other_people_leave_what_was_typed(field):
    field.who.setText("Ben Adeyemi")
    field.offer([(9, "Ben Adeyemi")])

    assert field.who.person() == 9


def test_of_other_people_the_first_stands_there(field):
    field.who.setText("Ben Adeyemi")
    field.offer([(7, "Dana Whitfield"), (12, "Daniel Ruiz")])
    assert field.who.person() == 7

    field.who.setText("Daniel Ruiz")
    field.clear()
    assert field.who.person() == 7
    field.offer([])
    assert (field.who.person(), field.ready) == (None, False)


def test_a_field_that_was_hidden_comes_back_empty(field):
    write("47")
    field.hide()
    field.show()

    assert field.pin.text() == ""
