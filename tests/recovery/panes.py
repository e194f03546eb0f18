"""What the tests of the recoveries' panes share: the services, and hands on a keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from care_console.cards.rules import Group, NewCard, NewMembership, NewPhone
from care_console.recovery.pane import RecoveryPane
from care_console.recovery.rules import Answers, Shown, Step
from tests.conftest import until

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"),),
    memberships=(NewMembership(group=Group.END_USER),),
)


def pane_of(services, recoveries, act):
    """Return a recovery pane that is told what changes, as the window tells it."""
    s = services
    pane = RecoveryPane(recoveries, s.staff, s.search, act, s.clock)
    told(services, pane)
    return pane


def told(services, pane):
    """Tell a pane what changes, as the window does, for as long as it is there."""

    def tell(touched):
        if not touched or pane.watches & touched:
            pane.refresh()

    end = services.store.listen(tell)
    pane.destroyed.connect(lambda: end())
    return pane


def on_screen(qtbot, widget, width=604, height=320):
    """Show a widget in a window of its own."""
    in_window(qtbot, widget, width, height).host.show()
    return widget


def in_window(qtbot, widget, width, height):
    """Put a widget into a window of its own, which a test shows once the loop runs."""
    host = QWidget()
    down = QVBoxLayout(host)
    down.setContentsMargins(8, 8, 8, 8)
    down.addWidget(widget)
    down.addStretch(1)
    qtbot.addWidget(host)
    host.resize(width, height)
    widget.host = host  # nobody else holds it
    return widget


def focus():
    """Return what has the focus; something must."""
    there = QApplication.focusWidget()
    assert there is not None
    return there


def press(*keys, modifier=NONE):
    """Press keys where the focus is."""
    for key in keys:
        QTest.keyClick(focus(), key, modifier)


def write(text):
    """Type text where the focus is."""
    QTest.keyClicks(focus(), text)


def nameless(widget):
    """Return what can have the focus in ``widget`` but has no name for a screen reader."""
    inside = (each for each in widget.findChildren(QWidget) if each.isVisibleTo(widget))
    return [
        each
        for each in inside
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not each.accessibleName()
        and not each.objectName().startswith("qt_")
    ]


def clipped(widget):
    """Return the buttons in ``widget`` that are smaller than their words."""
    from care_console.kit import PaintedButton

    shown = (each for each in widget.findChildren(PaintedButton) if each.isVisibleTo(widget))
    return [each.text() for each in shown if each.width() < each.sizeHint().width()]


async def shown(pane, card_id, words=Shown.ALWAYS):
    """Show the recovery of a card, with its words, and give it the keyboard."""
    pane.show_card(card_id)
    await until(lambda: pane.view is not None)
    if pane.view.shown is not words:
        pane.set_words(words)
        await until(lambda: pane.view.shown is words)
    pane.go_in()


async def close_circle(recoveries, act, recovery_id, reason="They moved abroad"):
    """Leave out all that can be left out, ask the customer, and close the circle."""
    for step in Step:
        if step is not Step.FOLLOW_UP:
            await recoveries.step_skipped(act(), recovery_id, step, reason=reason)
    await recoveries.answer(act(), recovery_id, Answers(True, True, True, True))
    await recoveries.close(act(), recovery_id)


def states(pane):
    return [each.state.value for each in pane.view.steps]


def button(pane, step):
    return pane.face.stepper.button(step)


def say(pane):
    return pane.face.script.say.text()


async def at(pane, step):
    await until(lambda: pane.view.next is step and pane.step is step)
