"""Hands on a keyboard, and eyes on the screen."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from care_console.kit import Label

KEY = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def on_screen(qtbot, widget: QWidget, width: int = 900, height: int = 700) -> QWidget:
    """Show a widget in a window of its own."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def in_focus() -> QWidget:
    """Return what has the focus; something must."""
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def press(*keys: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press keys where the focus is."""
    for key in keys:
        QTest.keyClick(in_focus(), Qt.Key(key), modifier)


def write(text: str) -> None:
    """Type text where the focus is."""
    QTest.keyClicks(in_focus(), text)


def seen(widget: QWidget) -> str:
    """Return all words on labels that can be seen."""
    labels = widget.findChildren(Label)
    return " | ".join(each.text() for each in labels if each.isVisible() and each.text())


async def quiet(*errands) -> None:
    """Wait until nothing is out any more."""
    while any(each._out for each in errands):  # noqa: ASYNC110
        await asyncio.sleep(0.005)
