"""What the tests of the cards' panes share: somebody to show, and hands on a keyboard."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from care_console.calls.rules.words import WORDS as CALL_WORDS
from care_console.cards.pane import CardPane
from care_console.cards.rules import (
    Group,
    NewAddress,
    NewAlert,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
)
from care_console.cards.rules.words import WORDS

ALL_WORDS = {**WORDS, **CALL_WORDS}
KEY = Qt.Key
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    preferred="Maria",
    say_it="oh-KAH-for",
    title="Owner",
    company="Okafor Plumbing",
    preferred_hours="mornings",
    dont="Never ring at work",
    phones=(NewPhone(raw="020 7946 0123", label="home"),),
    emails=(NewEmail(address="maria.okafor@example.org"),),
    addresses=(NewAddress(street="14 Elm Row", town="London", postcode="N16 5KM"),),
    memberships=(
        NewMembership(group=Group.PROSPECT, since=date(2029, 3, 1), account_number="A-17"),
    ),
    alerts=(NewAlert(words="Two visits missed."),),
)


def pane_of(services, act) -> CardPane:
    """Return a card pane over the services."""
    return CardPane(
        services.cards,
        services.edits,
        services.numbers,
        services.search,
        ALL_WORDS,
        act,
        services.clock,
    )


def on_screen(qtbot, widget: QWidget, width: int = 620, height: int = 760) -> QWidget:
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


def press(*keys: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys where the focus is."""
    for key in keys:
        QTest.keyClick(in_focus(), Qt.Key(key), modifier)


def write(text: str) -> None:
    """Type text where the focus is."""
    QTest.keyClicks(in_focus(), text)


def overwrite(text: str) -> None:
    """Type text in place of what stands in the field that has the focus."""
    press(KEY.Key_A, modifier=Qt.KeyboardModifier.ControlModifier)
    write(text)


def focus_name() -> str:
    """Return what a reader calls what has the focus."""
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus is not None else ""


def tab_to(name: str, most: int = 200) -> None:
    """Press Tab until what is called ``name`` has the focus."""
    for _press in range(most):
        if focus_name() == name:
            return
        press(KEY.Key_Tab)
    raise AssertionError(f"Tab never comes to {name!r}")
