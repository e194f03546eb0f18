"""What is typed is kept: soon, whatever the disk does, and whatever happens to the console."""

import asyncio
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLineEdit
from sqlcipher3 import dbapi2 as sqlite

from care_console.calls.pane import ContactPane, keeper
from care_console.calls.pane.keeper import Keeper
from care_console.calls.service import Contacts
from tests.calls.callers import on_screen, press, write
from tests.calls.typing_desk import FIRST
from tests.conftest import until

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its disks cannot be limited")


@pytest.fixture
def started(loop, services, act):
    return loop.run_until_complete(services.contacts.start(act(), channel="counter"))


@pytest.fixture
def pane(qtbot, services, act, monkeypatch):
    monkeypatch.setattr(keeper, "AGAIN_MS", 50)
    return on_screen(qtbot, ContactPane(services.contacts, services.matters, act), 356)


@pytest.fixture
def told(pane):
    """What the pane told of keeping, in order."""
    told = []
    pane.kept.connect(lambda at: told.append(at))
    pane.not_kept.connect(told.append)
    return told


@contextmanager
def full_disk():
    """No file takes anything, as on a disk that is full, until what it gives is called."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def begin(pane, contact_id, words="Mother in the house"):
    pane.show_contact(contact_id)
    await until(lambda: pane.loaded)
    pane.form.notes.setFocus()
    write(words)


async def notes(services, contact_id):
    return (await services.contacts.draft(contact_id)).notes


async def test_what_is_typed_is_kept_by_itself(pane, services, started, told, clock):
    await begin(pane, started)
    assert pane.typing
    await until(lambda: told)

    assert told == [clock.now]
    assert await notes(services, started) == "Mother in the house"
    assert pane.panel.trail.text() == "draft kept"


def test_it_is_kept_within_half_a_second():
    assert keeper.SOON_MS <= 450


async def test_it_is_kept_at_once_when_the_keyboard_goes_elsewhere(pane, services, started, told):
    pane.findChild(Keeper).findChild(QTimer).setInterval(60_000)  # it is not by the clock
    await begin(pane, started)
    press(Qt.Key.Key_Tab)
    await until(lambda: told)

    assert await notes(services, started) == "Mother in the house"


async def test_it_is_kept_before_the_window_goes(pane, services, started):
    await begin(pane, started)
    await pane.flush()

    assert await notes(services, started) == "Mother in the house"


async def test_keys_while_it_is_being_kept_are_kept_too(pane, services, started):
    await begin(pane, started, "One")
    pane.keep_now()
    write(" two")
    pane.keep_now()
    write(" three")
    await pane.flush()

    assert await notes(services, started) == "One two three"
    assert pane.findChild(Keeper).unkept is False


async def test_on_a_full_disk_it_stays_is_told_and_is_kept_later(pane, services, started, told):
    await begin(pane, started)
    with full_disk():
        await pane.flush()
        assert told[0].startswith("Not saved: ")
        assert pane.form.trouble.isVisible()
        assert "still here" in pane.form.trouble.accessibleName()
        assert pane.panel.trail.text() == "not saved"
        assert pane.form.notes.toPlainText() == "Mother in the house"
        assert pane.typing
        write("!")
        await pane.flush()
        assert len(told) == 1  # no sentence is repeated
    await until(lambda: len(told) == 2)  # tried again by itself

    assert await notes(services, started) == "Mother in the house!"
    assert not pane.form.trouble.isVisible()


async def test_on_a_full_disk_a_contact_is_not_put_aside_as_empty(pane, services, started, told):
    left = []
    pane.left.connect(left.append)
    await begin(pane, started)
    with full_disk() as free:
        pane.not_kept.connect(lambda _sentence: free())  # too late for what was written
        pane.leave()
        await until(lambda: told)
    await pane.flush()
    assert left == []
    assert (await services.contacts.draft(started)).state == "open"
    assert pane.form.notes.toPlainText() == "Mother in the house"


async def test_on_a_full_disk_an_end_is_told_and_nothing_is_gone(pane, services, started):
    hindered, finished = [], []
    pane.errands.hindered.connect(hindered.append)
    pane.finished.connect(finished.append)
    await begin(pane, started)
    pane.wrap_up()
    press(Qt.Key.Key_1)
    with full_disk():
        pane.finish()
        await until(lambda: hindered)
    assert pane.form.notes.toPlainText() == "Mother in the house"
    assert not pane.form.notes.isReadOnly()
    pane.finish()
    await until(lambda: finished)

    assert (await services.contacts.draft(started)).notes == "Mother in the house"


async def test_while_another_program_holds_the_records_one_types_on(
    pane, services, started, where, told
):
    other = sqlite.connect(str(where), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await begin(pane, started, "One")
    pane.keep_now()
    await asyncio.sleep(0)  # it is sent
    write(" two")
    assert await notes(services, started) == ""
    assert pane.form.notes.toPlainText() == "One two"
    assert pane.typing
    other.execute("ROLLBACK")
    other.close()
    await until(lambda: len(told) == 2)

    assert await notes(services, started) == "One two"


async def test_the_text_of_a_contact_that_is_parked_unkept_comes_back(
    pane, services, act, started, told
):
    other = await services.contacts.start(act(), channel="counter")
    await begin(pane, started)
    with full_disk():
        pane.show_contact(other)
        await until(lambda: told)
        pane.show_contact(started)
        await until(lambda: pane.loaded)
        assert pane.form.notes.toPlainText() == "Mother in the house"
    await pane.flush()

    assert await notes(services, started) == "Mother in the house"


async def test_a_pane_in_which_nobody_types_is_not_typing(pane, started, monkeypatch):
    monkeypatch.setattr(keeper, "STILL_TYPING_MS", 1)
    await begin(pane, started)
    assert pane.typing
    await pane.flush()
    await until(lambda: not pane.typing)


async def test_a_key_a_moment_ago_is_typing_though_all_is_kept(pane, started):
    await begin(pane, started)
    await pane.flush()

    assert pane.typing


def kill_while_somebody_types(where, contact_id):
    """Kill with -9 a console in which somebody has typed for a second."""
    desk = subprocess.Popen(
        [sys.executable, "-m", "tests.calls.typing_desk", str(where), str(contact_id)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert desk.stdout.readline() == "now\n"
    finally:
        desk.send_signal(signal.SIGKILL)
        desk.wait()
        desk.stdout.close()
    assert desk.returncode == -signal.SIGKILL


async def test_nobody_loses_more_than_a_second_of_typing(services, started, where):
    kill_while_somebody_types(where, started)

    assert (await notes(services, started)).startswith(FIRST)


def test_the_first_key_starts_the_clock_and_no_later_one_puts_it_off(qtbot):
    line = QLineEdit()
    qtbot.addWidget(line)
    kept = Keeper(None, None, line)
    kept.changed(1, notes="a")
    soon = next(timer for timer in kept.findChildren(QTimer) if timer.isActive())
    first = soon.timerId()
    kept.changed(1, notes="ab")

    assert soon.timerId() == first


async def test_what_is_kept_while_the_draft_is_read_is_not_hidden_by_it(
    pane, services, act, started, monkeypatch
):
    other = await services.contacts.start(act(), channel="counter")
    await begin(pane, started, "One")
    read = Contacts.draft

    async def as_before(contacts, contact_id):
        draft = replace(await read(contacts, contact_id), notes="")
        await pane.flush()
        return draft

    monkeypatch.setattr(Contacts, "draft", as_before)
    pane.show_contact(other)
    pane.show_contact(started)
    await until(lambda: pane.loaded)

    assert pane.form.notes.toPlainText() == "One"
