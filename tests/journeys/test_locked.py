"""A desk that nobody sits at: covered by itself, in the midst of a call, and nothing is lost."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from care_console.cards.rules import NewCard, NewPhone
from care_console.lines.line import LineState, State
from care_console.lines.setup import Setup
from tests.journeys.hands import KEY, PASSPHRASE, take_her_call

BRAN = NewCard(given="Bran", family="Stone", phones=(NewPhone(raw="0161 496 0350"),))


class Clocks:
    """The two clocks that notice that nobody sits here, or that this computer slept."""

    def __init__(self, desk, clock):
        self.seconds = 0.0
        self._clock, self._idle = clock, desk.furniture.session.idle
        self._idle._monotonic = lambda: self.seconds
        self._idle._wall = clock
        self._idle.begin()

    def go_on(self, seconds):
        """Time passes by, and nobody touches anything."""
        self.seconds += seconds
        self._clock.pass_by(seconds=seconds)
        self._idle.look()

    def sleep(self, seconds):
        """This computer sleeps: only one of the clocks goes on."""
        self._clock.pass_by(seconds=seconds)
        self._idle.look()


async def begin_a_note(desk, act):
    """Grace, who has a passphrase, talks to Maria and has half a note."""
    sign_in, session = desk.services.sign_in, desk.furniture.session
    await sign_in.set_passphrase(act(), session.clerk.card_id, PASSPHRASE)
    session.passphrase_set()
    await take_her_call(desk, act)
    notes = desk.furniture.contact.form.notes
    notes.setFocus()
    desk.type("half a sent")
    await desk.see(lambda: session.idle.watching)
    return notes


async def unlock(desk):
    """Type the passphrase on the cover."""
    cover = desk.furniture.session.cover
    await desk.see(lambda: cover.asking.isVisible() and cover.asking.isAncestorOf(desk.focus))
    desk.type(PASSPHRASE)
    desk.press(KEY.Key_Return)
    await desk.see(lambda: not cover.isVisible())


def seen(window):
    """Return all that can be read on the screen."""
    others = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    labels = [each for one in (window, *others) for each in one.findChildren(QLabel)]
    return "\n".join(each.text() for each in labels if each.isVisible())


def another_window(qtbot, words):
    """Open a window beside the console's."""
    other = QWidget()
    qtbot.addWidget(other)
    QLabel(words, other)
    other.show()
    return other


async def test_in_the_midst_of_a_call_an_idle_desk_is_covered_and_nothing_is_lost(
    act, desk, clock, qtbot
):
    await desk.services.cards.add(act(), BRAN)
    notes = await begin_a_note(desk, act)
    assert "Okafor" in seen(desk.window)
    other = another_window(qtbot, "Maria Okafor")
    desk.window.activateWindow()
    await desk.see(notes.hasFocus)

    Clocks(desk, clock).go_on(desk.services.desk.lock_minutes * 60)
    assert desk.furniture.session.locked
    await desk.ring("0161 496 0350")
    await desk.see(desk.furniture.session.cover.call.isVisible)
    said = seen(desk.window) + desk.window.windowTitle()
    assert [word for word in ("Okafor", "Stone", "0350") if word in said] == []
    assert not other.isVisible()
    desk.type("not for the notes")

    desk.furniture.session.cover.asking.cleared()
    await unlock(desk)
    await desk.see(notes.hasFocus)
    assert notes.toPlainText() == "half a sent"
    assert other.isVisible()
    assert "Bran Stone" in desk.furniture.strip.waiting.text()
    desk.type("ence")
    assert notes.toPlainText() == "half a sentence"


@pytest.mark.parametrize("seconds", [3_600, -3_600])
async def test_a_clock_that_jumps_covers_the_desk_and_the_draft_is_kept(act, desk, clock, seconds):
    notes = await begin_a_note(desk, act)
    clocks = Clocks(desk, clock)
    clocks.go_on(30)
    assert not desk.furniture.session.locked

    clocks.sleep(seconds)
    assert desk.furniture.session.locked
    assert "Okafor" not in seen(desk.window)

    await desk.settle()
    [draft] = await desk.services.contacts.open(act().clerk)
    assert draft.notes == "half a sent"
    await unlock(desk)
    assert notes.toPlainText() == "half a sent"


async def test_a_desk_that_nobody_sits_at_rings_along_no_more(desk, act, pretend_kind):
    """Else the telephone system would wait for it, and not pass the caller on (LINES, 12)."""
    phones = desk.furniture.phones
    phones.begin()
    await phones.telephone.add(act(), Setup("Reception", "pretend", {"server": "pbx.example"}))
    await desk.until(lambda: phones.running.states == {"Reception": LineState(State.UP)})
    line = next(line for _setup, line in pretend_kind.MADE if not line.closed)
    sign_in, session = desk.services.sign_in, desk.furniture.session
    await sign_in.set_passphrase(act(), session.clerk.card_id, PASSPHRASE)
    session.passphrase_set()
    session.lock()
    assert line.attended  # the lock lets calls ring
    phones._nobody.start(0)  # a quarter of an hour passes
    await desk.until(lambda: not line.attended)
    await desk.until(lambda: session.cover.asking.isAncestorOf(desk.focus))
    desk.type(PASSPHRASE)
    desk.press(KEY.Key_Return)
    await desk.until(lambda: not session.locked)
    assert line.attended
    await phones.close()
