"""The sheet of all keys: F1, filtered as one types."""

from PySide6.QtCore import Qt

from care_console.base.words import N_
from care_console.kit import CommandRow, HeadRow
from tests.window.conftest import SHIFT, focus, press, write


def test_f1_shows_every_action_that_has_a_key(window):
    press(Qt.Key.Key_F1)

    shown = {row.title for row in rows(window)}
    assert {act.text for act in window.registry.all() if act.action.shortcuts()} <= shown


def test_the_keys_of_the_page_that_is_shown_come_first(window):
    window.registry.add("today", N_("Go to the calls"), ("F5",), page="desk")
    window.registry.add("new", N_("New person"), ("Ctrl+N",), page="people")
    press(Qt.Key.Key_F1)

    heads = [row.title for row in rows(window) if isinstance(row, HeadRow)]
    assert heads == ["Desk", "Everywhere", "People", "Settings", "Lists and fields"]


def test_typing_filters_by_words_and_by_keys(window):
    press(Qt.Key.Key_F1)
    write("larger")
    assert [row.title for row in rows(window) if isinstance(row, CommandRow)] == ["Larger text"]

    window.keys.field.clear()
    write("ctrl+k")
    found = [row.title for row in rows(window) if isinstance(row, CommandRow)]
    assert found == ["Find a person, number, order or command"]


def test_what_no_key_does_says_so(window):
    press(Qt.Key.Key_F1)
    write("make tea")

    assert rows(window) == []
    assert window.keys.list.empty.text() == "No key does that."


def test_enter_does_it(window):
    press(Qt.Key.Key_F1)
    write("larger")
    press(Qt.Key.Key_Return)

    assert window.theme.text_size == 110
    assert not window.keys.isVisible()


def test_a_key_of_another_page_is_shown_and_not_done(window):
    done = []
    window.registry.add("new", N_("New person"), ("Ctrl+N",), lambda: done.append(1), page="people")
    press(Qt.Key.Key_F1)
    write("new person")
    press(Qt.Key.Key_Return)

    assert done == []


def test_a_second_key_is_told_beside_the_first(window):
    press(Qt.Key.Key_F1)
    write("pane before")

    row = next(row for row in rows(window) if isinstance(row, CommandRow))
    assert (row.key, row.sub) == ("Ctrl ⇧ Tab", "also ⇧ F6")


def test_keys_go_on_working_beside_the_sheet(window):
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F11)
    assert window.isFullScreen()


def test_escape_gives_the_focus_back(window):
    window.right.note.setFocus()
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F, SHIFT)
    press(Qt.Key.Key_Escape)

    assert focus() is window.right.note
    assert window.right.note.toPlainText() == ""


def rows(window):
    model = window.keys.list.rows
    return [model.row(model.index(at)) for at in range(model.rowCount())]
