"""Where Tab goes next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from care_console.kit import Button, Chip, Pane, Scroll, first_stop

TAB, BACK = Qt.Key.Key_Tab, Qt.Key.Key_Backtab


def walk(qtbot, key, steps):
    for _ in range(steps):
        qtbot.keyClick(QApplication.focusWidget(), key)
        yield QApplication.focusWidget().text()


def furnish(pane):
    """Return a row between two buttons, in which nothing stands yet, and the first of the two."""
    inside = QWidget()
    down = QVBoxLayout(inside)
    first, row = Button("first"), QWidget()
    QHBoxLayout(row)
    for each in (first, row, Button("last")):
        down.addWidget(each)
    QVBoxLayout(pane).addWidget(Scroll(inside))
    return row, first


def add(row, words, at=0):
    chip = Chip(words)
    row.layout().insertWidget(at, chip)
    chip.show()


def test_what_is_made_late_is_met_where_it_stands(show, qtbot):
    pane = Pane()
    row, first = furnish(pane)
    show(pane)
    for at, words in ((0, "one"), (1, "two"), (0, "none")):
        add(row, words, at)
    first.setFocus()

    assert list(walk(qtbot, TAB, 4)) == ["none", "one", "two", "last"]
    assert list(walk(qtbot, BACK, 4)) == ["two", "one", "none", "first"]


def test_tab_leaves_a_pane_where_it_ends(show, qtbot):
    window, pane = QWidget(), Pane()
    row, _first = furnish(pane)
    down = QVBoxLayout(window)
    before, after = Button("before"), Button("after")
    for each in (before, pane, after):
        down.addWidget(each)
    show(window)
    add(row, "late")
    before.setFocus()

    assert list(walk(qtbot, TAB, 4)) == ["first", "late", "last", "after"]


def test_the_first_stop_is_one_that_can_be_used(show):
    pane = Pane()
    row, first = furnish(pane)
    show(pane)
    add(row, "late")
    first.setEnabled(False)

    assert first_stop(pane).text() == "late"
