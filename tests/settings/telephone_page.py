"""What the tests of the page on the telephone do with their hands, and what they see."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from care_console.kit import Label
from care_console.lines.setup import Setup
from tests.conftest import until


async def opened(page):
    page.refresh()
    await until(lambda: page._kinds and not page.errands._out)


def press(key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, held)


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def go_to(page, name):
    """Go on with Tab until what is called ``name`` has the keyboard."""
    for _step in range(60):
        here = QApplication.focusWidget()
        if here is not None and name in (here.accessibleName(), getattr(here, "text", str)()):
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"{name} cannot be reached with Tab")


def said(page):
    return " ".join(each.text() for each in page.findChildren(Label) if each.isVisible())


def wanted(name="Reception", secret="", **options):
    return Setup(name, "pretend", {"server": "pbx.example", **options}, secret)


def walked(page, first):
    """Press Tab once round from ``first``; return the names of where it stops."""
    first.setFocus()
    names = []
    for _step in range(60):
        here = QApplication.focusWidget()
        names.append(here.accessibleName() or here.text())
        press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            return names
    raise AssertionError(f"Tab does not come back: {names}")


def in_sight(page, part):
    port = page._scroll.viewport()
    at = part.mapTo(port, QPoint(0, 0))
    return part.isVisible() and at.y() >= 0 and at.y() + part.height() <= port.height()
