"""What the tests of authority's panes share: hands on a keyboard, and what a clerk sees."""

import asyncio

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from care_console.authority.pane.remedy import RemedyPane
from care_console.authority.service import Limits
from care_console.staff.pane import PinField
from tests.conftest import until

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def on_screen(qtbot, widget, width=356, height=560):
    """Show a widget in a window of its own, which has the keyboard."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def press(*keys, modifier=NONE):
    """Press keys where the focus is."""
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            QTest.keyClicks(focus, key, modifier)
        else:
            QTest.keyClick(focus, key, modifier)


def hold(key):
    """Let a key that is held come again."""
    from PySide6.QtGui import QKeyEvent

    focus = QApplication.focusWidget()
    again = QKeyEvent(QEvent.Type.KeyPress, key, NONE, "\r", True)
    QApplication.sendEvent(focus, again)


def rows_of(view):
    """Return all rows of a list."""
    return [view.rows.row(view.rows.index(n)) for n in range(view.rows.rowCount())]


def stands(pane):
    """Return how each remedy stands, by its name."""
    return {row.name: row.stand.value for row in rows_of(pane.face.list)}


def shown(widget: QWidget) -> bool:
    """Whether something is to be seen."""
    return widget.isVisible()


async def settled(pane):
    """Wait until nothing is out any more."""
    await asyncio.sleep(0)
    await until(lambda: not pane.errands._out)
    await asyncio.sleep(0)
    await until(lambda: not pane.errands._out)


def pane_of(rooms, services, clerk, by):
    """Return the pane as the window would make it for a clerk."""
    return RemedyPane(
        rooms.authority,
        rooms.requests,
        lambda: by(clerk),
        PinField,
        services.clock,
    )


def limits_over(services):
    """Return the service of the limits."""
    of = services
    return Limits(of.store, of.journal, of.clock, of.staff, of.settings, of.cards)


async def kept(rooms, card_id, clerk):
    """Return the states of what this customer got, the newest first."""
    panel = await rooms.authority.panel(clerk, card_id)
    return [(each.minor, each.state.value) for each in panel.earlier]
