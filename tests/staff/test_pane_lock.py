"""The cover: nothing of a name is left on the screen, nothing is lost, nothing gets through."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from care_console.kit import Label, NoteEdit, Toast
from care_console.staff.pane import LockCover
from tests.conftest import until
from tests.staff.hands import KEY, in_focus, on_screen, press, quiet, seen, write

GRACE = "nine ships under one flag"
ROSA = "lemon tram window"


class Desk(QMainWindow):
    """A window with a name in it, a note that is being typed, a key, and a toast."""

    def __init__(self):
        super().__init__()
        root = QWidget()
        down = QVBoxLayout(root)
        self.name, self.note = Label("Maria Okafor"), NoteEdit(name="Notes")
        down.addWidget(self.name)
        down.addWidget(self.note)
        self.setCentralWidget(root)
        self.toast = Toast(self)
        self.fired = []
        action = QAction(self)
        action.setShortcut(QKeySequence("F2"))
        action.triggered.connect(lambda: self.fired.append("F2"))
        self.addAction(action)


@pytest.fixture
def rosa(loop, sign_in, clerk, act, hire):
    async def furnish():
        await sign_in.set_passphrase(act(), clerk.card_id, GRACE)
        rosa = await hire("Rosa Lindqvist")
        await sign_in.set_passphrase(act(), rosa.card_id, ROSA)
        return rosa

    return loop.run_until_complete(furnish())


@pytest.fixture
def window(qtbot, loop):
    window = Desk()
    with qtbot.waitActive(window):
        on_screen(qtbot, window)
    window.note.setFocus()
    write("She takes the morn")
    return window


@pytest.fixture
def cover(window, sign_in, staff):
    cover = LockCover(window, sign_in, staff)
    cover.let_in = []
    cover.unlocked.connect(cover.let_in.append)
    return cover


def shown(window):
    """Return all words of the window that can be seen."""
    texts = [each.text() for each in window.findChildren(Label) if each.isVisible()]
    notes = [each.toPlainText() for each in window.findChildren(NoteEdit) if each.isVisible()]
    return " | ".join(texts + notes)


async def lock(cover, clerk):
    cover.lock(clerk)
    await quiet(cover.errands)


async def test_nothing_of_the_desk_is_seen_and_unlocking_brings_all_of_it_back(window, cover, rosa):
    before = window.grab().toImage()
    await lock(cover, rosa)

    assert "Maria" not in shown(window)
    assert "morn" not in shown(window)
    assert "Locked. Calls still ring." in seen(cover)
    assert "Rosa Lindqvist is signed in here." in seen(cover)
    assert window.grab().toImage() != before
    write(ROSA)
    press(KEY.Key_Return)
    await until(lambda: cover.let_in)

    assert cover.let_in == [rosa]
    assert not cover.isVisible()
    assert in_focus() is window.note
    write("ing off")
    assert window.note.toPlainText() == "She takes the morning off"


async def test_no_pixel_of_the_cover_depends_on_what_lies_below(window, cover, rosa):
    await lock(cover, rosa)
    covered = window.grab().toImage()
    window.name.setText("Somebody quite different")
    window.note.setPlainText("And quite another note")

    assert window.grab().toImage() == covered


async def test_no_key_and_no_focus_gets_through(window, cover, rosa):
    await lock(cover, rosa)
    press(KEY.Key_F2)
    window.note.setFocus()
    write("typed while locked")

    assert window.fired == []
    assert window.note.toPlainText() == "She takes the morn"
    for _stop in range(8):
        press(KEY.Key_Tab)
        assert cover.isAncestorOf(in_focus())


async def test_a_toast_or_another_window_stays_away_until_it_is_unlocked(
    qtbot, window, cover, rosa
):
    other = on_screen(qtbot, Label("Maria Okafor, in a window of her own"))
    await lock(cover, rosa)
    window.toast.tell("Saved: Maria Okafor")

    assert not other.isVisible()
    assert not window.toast.isVisible()
    other.show()
    assert not other.isVisible()
    window.activateWindow()
    await until(window.isActiveWindow)
    write(ROSA)
    press(KEY.Key_Return)
    await until(lambda: cover.let_in)
    assert other.isVisible()
    assert not window.toast.isVisible()
    window.toast.tell("Back again")
    assert window.toast.isVisible()


async def test_it_covers_the_window_also_when_that_grows(window, cover, rosa):
    await lock(cover, rosa)
    window.resize(1200, 800)

    assert cover.geometry() == window.rect()


async def test_a_ring_is_told_without_a_name(window, cover, rosa):
    await lock(cover, rosa)
    cover.show_call("It rings", "line 2")
    assert "It rings" in seen(cover)

    cover.show_call("")
    assert "It rings" not in seen(cover)


async def test_what_is_wrong_is_said_and_it_stays_locked(window, cover, rosa):
    await lock(cover, rosa)
    write(GRACE)
    press(KEY.Key_Return)
    await until(lambda: cover.asking.field.faulty)

    assert "do not go together" in seen(cover)
    assert cover.is_locked
    assert "Maria" not in shown(window)


async def test_another_clerk_takes_the_desk_or_goes_back(window, cover, rosa, clerk):
    await lock(cover, rosa)
    QTest.mouseClick(cover.another, Qt.MouseButton.LeftButton)
    await quiet(cover.other.errands)
    press(KEY.Key_Escape)
    assert in_focus() is cover.asking.field.edit

    QTest.mouseClick(cover.another, Qt.MouseButton.LeftButton)
    await quiet(cover.other.errands)
    write("grace")
    press(KEY.Key_Return)
    write(GRACE)
    press(KEY.Key_Return)
    await until(lambda: cover.let_in)

    assert cover.let_in == [clerk]
    assert window.note.toPlainText() == "She takes the morn"


async def test_a_desk_without_passphrases_is_uncovered_by_a_button(window, cover, clerk):
    await lock(cover, clerk)
    assert cover.open.isVisible()
    assert not cover.asking.isVisible()
    press(KEY.Key_Return)
    await until(lambda: cover.let_in)


async def test_locked_twice_is_locked_once(window, cover, rosa, clerk):
    await lock(cover, rosa)
    cover.lock(clerk)

    assert "Rosa Lindqvist" in seen(cover)
    write(ROSA)
    press(KEY.Key_Return)
    await until(lambda: cover.let_in)
    assert window.centralWidget().isVisible()


async def test_what_was_copied_here_is_no_longer_to_be_pasted(window, cover, rosa, qapp):
    window.note.selectAll()
    window.note.copy()
    await lock(cover, rosa)

    assert "morn" not in qapp.clipboard().text()
