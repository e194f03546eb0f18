"""A colleague is called at one console without a sound, and answers at another."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from care_console.promises.records import DutyRecord
from tests.journeys.hands import sit_down
from tests.journeys.shared.together import bell, heard, turn_to, with_both

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def texts(widget):
    """Return what the labels in a widget say that are shown."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


async def test_a_silent_call_reads_at_the_other_desk_within_a_second_and_is_answered_there(
    desks, act, rosa
):
    front, back = desks

    async def test():
        await sit_down(front, rosa)
        front.furniture.care.place = "Front counter"
        called, told = bell(back), []
        front.furniture.care.told.connect(told.append)
        front.furniture.care.call_colleague()
        await heard(called, DutyRecord)
        line = back.furniture.care.called
        await back.until(line.isVisible)
        assert line.notice.words.text() == "Come to Rosa Lind now, quietly: Front counter"

        back.furniture.session.lock()
        assert "A colleague asks you to come." in texts(back.window)
        assert "Rosa" not in texts(back.window)
        assert "counter" not in texts(back.window)
        back.furniture.session.cover._uncover(act().clerk)
        await turn_to(back)
        QTest.keyClick(back.window, Qt.Key.Key_F9, CTRL | SHIFT)
        await front.until(lambda: any("Grace Hopper" in each for each in told))

    await with_both(desks, test())
