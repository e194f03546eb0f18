"""Idleness is told by two clocks and the hands on every window."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from care_console.staff.pane import IdleLock
from care_console.staff.pane.idle import TICK_MS
from tests.staff.hands import on_screen


class Clocks:
    """One that stands still while the computer sleeps, and one that does not."""

    def __init__(self):
        self.mono, self.wall = 1000.0, datetime(2030, 1, 7, 9, 0, tzinfo=UTC)

    def awake(self, seconds):
        self.mono += seconds
        self.wall += timedelta(seconds=seconds)

    def asleep(self, seconds):
        self.wall += timedelta(seconds=seconds)


@pytest.fixture
def clocks():
    return Clocks()


@pytest.fixture
def idle(qapp, clocks):
    owner = QWidget()
    lock = IdleLock(owner, 5, lambda: clocks.mono, lambda: clocks.wall)
    lock.times = []
    lock.locked.connect(lambda: lock.times.append(clocks.mono))
    lock.begin()
    yield lock
    lock.end()
    owner.deleteLater()


@pytest.fixture
def edit(qtbot):
    edit = on_screen(qtbot, QLineEdit())
    edit.setFocus()
    return edit


def test_it_locks_when_nobody_has_touched_anything_for_the_time(idle, clocks):
    clocks.awake(299.9)
    idle.look()
    assert idle.times == []

    clocks.awake(0.2)
    idle.look()
    idle.look()
    assert len(idle.times) == 1
    assert not idle.watching


def test_it_looks_often_enough_to_lock_within_two_seconds(idle):
    assert idle._ticks.interval() == TICK_MS <= 1_000
    assert idle._ticks.isActive()


@pytest.mark.parametrize("touch", ["key", "click", "move", "wheel"])
def test_hands_on_any_window_put_it_off(idle, clocks, edit, touch):
    clocks.awake(200)
    if touch == "key":
        QTest.keyClick(edit, Qt.Key.Key_A)
    elif touch == "click":
        QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
    elif touch == "move":
        QTest.mouseMove(edit, QPoint(7, 7))
        QTest.mouseMove(edit, QPoint(9, 9))
    else:
        window = edit.windowHandle()
        QTest.wheelEvent(window, edit.rect().center().toPointF(), QPoint(0, 120))
    clocks.awake(200)
    idle.look()

    assert idle.times == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_open_menu_does_not_put_it_off(idle, clocks, edit):
    menu = QMenu(edit)
    menu.addAction("One")
    menu.popup(edit.mapToGlobal(QPoint(0, 0)))
    clocks.awake(301)
    idle.look()
    menu.close()

    assert len(idle.times) == 1


@pytest.mark.parametrize("jump", [60, 8 * 3600, -60, -8 * 3600])
def test_sleep_and_a_changed_clock_lock_at_once(idle, clocks, jump):
    clocks.awake(10)
    idle.look()
    clocks.asleep(jump)
    idle.look()

    assert len(idle.times) == 1


def test_a_small_correction_of_the_time_does_not(idle, clocks):
    clocks.asleep(2)
    idle.look()

    assert idle.times == []


def test_the_key_that_wakes_a_sleeping_desk_goes_to_nobody(idle, clocks, edit):
    clocks.asleep(3600)
    QTest.keyClick(edit, Qt.Key.Key_A)

    assert len(idle.times) == 1
    assert edit.text() == ""


def test_the_time_can_be_changed_and_none_is_never(idle, clocks):
    idle.set_minutes(0)
    clocks.awake(24 * 3600)
    idle.look()
    assert idle.times == []

    idle.set_minutes(1)
    idle.look()
    assert len(idle.times) == 1


def test_after_it_was_unlocked_it_counts_anew(idle, clocks):
    idle.lock_now()
    clocks.awake(600)
    idle.look()
    assert len(idle.times) == 1

    idle.begin()
    clocks.awake(299)
    idle.look()
    assert len(idle.times) == 1
    clocks.awake(2)
    idle.look()
    assert len(idle.times) == 2
