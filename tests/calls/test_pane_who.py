"""Who is calling: nobody is guessed, and a digit chooses."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from care_console.calls.pane import FirstWordsPane, WhoPane
from care_console.kit import Label
from care_console.kit.theme import Theme
from tests.calls.callers import (
    HOSTILE,
    INGRID,
    MAYBE,
    SHARED,
    candidate,
    clipped,
    headline,
    named,
    nameless,
    on_screen,
    press,
)

KEY = Qt.Key


@pytest.fixture
def pane(qtbot, clock):
    return on_screen(qtbot, WhoPane(clock))


@pytest.fixture
def said(pane):
    """What the pane told, in order."""
    told = []
    pane.chosen.connect(lambda card_id: told.append(("chosen", card_id)))
    pane.confirmed.connect(lambda card_id: told.append(("confirmed", card_id)))
    pane.someone_else.connect(lambda: told.append("someone else"))
    pane.not_known.connect(lambda: told.append("not known"))
    return told


def rows(pane):
    return [pane.list.rows.row(pane.list.rows.index(n)) for n in range(pane.list.rows.rowCount())]


def many(count):
    found = tuple(candidate(headline(n, f"Person {n}")) for n in range(1, count + 1))
    return replace(SHARED, candidates=found)


def test_all_who_may_be_calling_are_listed_likeliest_first(pane):
    pane.show_caller(SHARED)

    assert pane.title.text() == "Who is calling?"
    assert "+44 161 496 0350" in pane.said.text()
    peter, ingrid = rows(pane)
    assert (peter.key, peter.name, peter.right1) == ("1", "Peter Halden", "called 9 times")
    assert "Proof of delivery" in peter.sub
    assert (ingrid.key, ingrid.groups) == ("2", ("distributor", "supplier"))
    assert ingrid.right2.startswith("last: ")


def test_showing_them_chooses_nobody_and_takes_no_focus(pane, said):
    note = QLineEdit()
    pane.layout().addWidget(note)
    note.show()
    note.setFocus()
    pane.show_caller(SHARED)

    assert said == []
    assert note.hasFocus()


def test_a_digit_chooses(pane, said):
    pane.show_caller(SHARED)
    pane.focus_list()
    press(KEY.Key_2)

    assert said == [("chosen", INGRID.id)]


def test_arrows_and_enter_choose(pane, said):
    pane.show_caller(SHARED)
    pane.focus_list()
    press(KEY.Key_Down, KEY.Key_Return)

    assert said == [("chosen", INGRID.id)]


def test_the_next_digit_is_somebody_else_and_nought_is_not_known(pane, said):
    pane.show_caller(SHARED)
    pane.focus_list()
    press(KEY.Key_3, KEY.Key_0, KEY.Key_9)

    assert said == ["someone else", "not known"]
    assert "Halden & Sons" in pane.other.text()


def test_the_digits_work_from_the_buttons_too(pane, said):
    pane.show_caller(SHARED)
    pane.nobody.setFocus()
    press(KEY.Key_1)

    assert said == [("chosen", 2)]


def test_of_more_than_eight_a_digit_is_left_for_somebody_else(pane, said):
    pane.show_caller(many(20))
    pane.focus_list()
    press(KEY.Key_9)

    assert said == ["someone else"]
    assert [row.key for row in rows(pane)][7:10] == ["8", "", ""]


def test_one_that_is_only_mentioned_in_a_note_is_confirmed_and_not_chosen(pane, said):
    pane.show_caller(MAYBE)
    assert "Possibly" in pane.title.text()
    assert "Ella Brandt" in pane.title.text()
    assert rows(pane)[0].right1 == "add this number"
    pane.focus_list()
    press(KEY.Key_1)

    assert said == [("confirmed", 4)]


def test_what_waits_for_any_of_them_is_shown_and_late_stands_out(pane):
    pane.show_caller(SHARED)

    assert pane.waiting.isVisible()
    shown = [notice for notice in pane.notices if notice.isVisible()]
    assert [notice.words.text() for notice in shown] == ["Proof of delivery"]
    assert "Peter Halden" in shown[0].sub.text()
    pane.show_caller(MAYBE)
    assert not pane.waiting.isVisible()


def test_the_next_caller_does_not_inherit_the_digits(pane, said):
    pane.show_caller(many(5))
    pane.show_caller(MAYBE)
    pane.focus_list()
    press(KEY.Key_5, KEY.Key_2)

    assert said == ["someone else"]


@pytest.mark.parametrize("name", [HOSTILE, "\u202e" * 10_000])
def test_a_hostile_name_is_plain_and_forces_no_width(pane, name):
    pane.show_caller(named(MAYBE, name))
    pane.show_caller(replace(SHARED, organisation=replace(SHARED.organisation, name=name)))
    pane.grab()

    assert pane.width() == 620
    assert pane.minimumSizeHint().width() <= 620


def test_everything_has_a_name_and_fits_at_every_size(pane, qapp):
    pane.show_caller(SHARED)
    theme = Theme(qapp, "dark", 150)
    pane.resize(930, 900)
    pane.grab()
    cut = clipped(pane)
    theme.set_text_size(100)
    theme.set_mode("light")

    assert cut == []
    assert nameless(pane) == []


def test_good_first_words_are_plain_to_read(qtbot):
    words = FirstWordsPane()
    on_screen(qtbot, words)
    said = [label.text() for label in words.findChildren(Label)]

    assert "“Who am I helping today?”" in said
    assert QApplication.focusWidget() is None or not words.isAncestorOf(QApplication.focusWidget())
