"""Tab comes to everything on a page, wherever on it the keyboard begins."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from care_console.window.walk import takes_tab
from tests.journeys.hands import KEY


def walked():
    """Press Tab until the keyboard has gone round; return where it stopped."""
    stops = [QApplication.focusWidget()]
    while True:
        QTest.keyClick(stops[-1], Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here in stops:
            assert here is stops[0]
            return stops
        stops.append(here)


@pytest.mark.parametrize(
    ("digit", "begins"),
    [("2", "My day"), ("3", "Name, number, e-mail, company or town"), ("4", "Calls")]
    + [("5", "Recoveries")],
)
async def test_tab_comes_to_everything_on_a_page(act, desk, digit, begins):
    await desk.ring("0113 496 0877")
    desk.press(getattr(KEY, f"Key_{digit}"), Qt.KeyboardModifier.AltModifier)
    await desk.settle()
    seen = [each for each in desk.window.findChildren(QWidget) if each.isVisible()]

    stops = walked()

    assert stops[0].accessibleName() == begins
    missed = [each.accessibleName() for each in seen if takes_tab(each) and each not in stops]
    assert missed == []
