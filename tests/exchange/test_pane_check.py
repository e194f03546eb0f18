"""Rows are mended in their table, and doubles decided with one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from care_console.exchange.pane.check_step import CheckStep

SUMS = {"read": 4, "new": 1, "updated": 1, "unchanged": 0, "left_out": 2}
ROWS = [
    {"row": 4, "why": "It was rounded.", "cells": ["Yan <b>Bell", "", "4.42E+11", "", "x"]},
    {"row": 9, "why": "Nobody.", "cells": []},
]
DOUBLES = [{"double": 2, "card_id": 7, "name": "Maria", "said": {"given": "Maria"}}]
TITLES = ("Name", "Company", "Phone", "E-mail", "Colour")


@pytest.fixture
def step(qtbot):
    step = CheckStep()
    qtbot.addWidget(step)
    step.resize(980, 600)
    step.show()
    qtbot.waitExposed(step)
    step.show_found(SUMS, TITLES, ROWS, DOUBLES)
    return step


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_a_cell_is_typed_over_by_keyboard_and_the_row_is_tried_again(step):
    step.problems.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    press(Qt.Key.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "020 7946 0199")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()  # the table takes what was typed in its own time

    assert step.mended == {4: ["Yan <b>Bell", "", "020 7946 0199", "", "x"]}
    assert step.problems.cells.index(0, 1).data() == "Changed: it is tried again"


def test_a_double_is_decided_with_one_key(step):
    step.list.setFocus()
    for key, decided in ((Qt.Key.Key_2, 0), (Qt.Key.Key_3, -1), (Qt.Key.Key_1, 7)):
        press(key)
        assert step.doubles == {2: decided}


def test_why_a_row_cannot_be_taken_is_said_in_full(step):
    assert step.why.text() == "It was rounded."
    step.problems.setFocus()
    press(Qt.Key.Key_Down)
    assert step.why.text() == "Nobody."
