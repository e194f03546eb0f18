"""A window with dummy pages: what the frame does, without the rooms."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout

from care_console.kit import LineEdit, ListView, NoteEdit, Pane, Panel, PersonDelegate, PersonRow
from care_console.kit.look import PROPERTY
from care_console.kit.theme import Theme
from care_console.window.columns import DeskLayout
from care_console.window.frame import MainWindow

AT_WORK = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
HOSTILE = '<img src="file:///etc/passwd"><b>Maria</b>\u202e\u2066 &amp; ' + "x" * 10_000


class Listing(Pane):
    """A pane with a field over a list of people."""

    def __init__(self, title, names=("Maria Okafor", "Jonas Weber")):
        super().__init__()
        self.panel = Panel(title, "people")
        self.field = LineEdit(f"Find in {title}")
        self.list = ListView(PersonDelegate(), name=title)
        rows = [PersonRow("", at, name, ("end-user",)) for at, name in enumerate(names)]
        self.list.rows.set_rows(rows)
        self.panel.body.addWidget(self.field)
        self.panel.body.addWidget(self.list)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.panel)


class Noting(Pane):
    """A pane with a note."""

    def __init__(self):
        super().__init__()
        self.note = NoteEdit("Notes", name="Notes")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.note)


@pytest.fixture
def theme(qapp):
    """The look of the application, which ends with the test."""
    font = qapp.font()
    theme = Theme(qapp, "light")
    yield theme
    theme.retire()
    qapp.setProperty(PROPERTY, None)
    qapp.setFont(font)
    qapp.setPalette(QPalette())


@pytest.fixture
def bare(qtbot, theme):
    """A window that nobody has furnished."""
    window = MainWindow(theme=theme)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window


@pytest.fixture
def window(bare):
    """A window with three pages; ``window.desk`` has three columns."""
    furnish(bare)
    return bare


def furnish(window):
    """Add the dummy pages."""
    window.left, window.centre, window.right = Listing("Today"), Listing("Card"), Noting()
    window.desk = DeskLayout(window.theme, window.left, window.centre, window.right)
    window.add_page("desk", "Desk", "desk", "Alt+1", window.desk, walks=False)
    window.add_page("people", "People", "people", "Alt+2", lambda: Listing("People"))
    window.add_page("settings", "Settings", "gear", "Ctrl+,", lambda: Noting(), at_foot=True)
    window.set_house("Northgate Heating", "Front desk")
    window.set_clerk("Rosa Lindqvist", "taking calls")
    window.set_clock(lambda: AT_WORK, "en_GB")


def press(key, held=Qt.KeyboardModifier.NoModifier, widget=None):
    """Press a key where the focus is."""
    QTest.keyClick(widget or QApplication.focusWidget() or QApplication.activeWindow(), key, held)


def write(text):
    """Type where the focus is."""
    QTest.keyClicks(QApplication.focusWidget(), text)


def focus():
    """Return what has the focus."""
    return QApplication.focusWidget()


CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
