"""The columns of the Desk at every width, and at every text size."""

import pytest
from PySide6.QtCore import Qt

from tests.window.conftest import focus, press, write


def at(window, width, height, text=100):
    window.theme.set_text_size(text)
    window.resize(width, height)
    return window.desk


@pytest.mark.parametrize(
    ("width", "height", "text", "left", "right", "short"),
    [
        (1366, 768, 100, 272, 356, False),
        (1366, 700, 100, 272, 356, True),
        (1920, 1080, 100, 356, 464, False),  # 330 and 430, a little larger with the base text
        (1280, 720, 100, 0, 356, True),
        (1024, 640, 100, 0, 356, True),
        (1366, 768, 120, 0, 427, True),
        (1920, 1080, 120, 428, 557, False),
    ],
)
def test_the_columns_have_the_room_that_the_width_leaves(
    window, width, height, text, left, right, short
):
    desk = at(window, width, height, text)

    assert desk.right.width() == pytest.approx(right, abs=1)
    assert desk.left.isVisible() == bool(left)
    if left:
        assert desk.left.width() == pytest.approx(left, abs=1)
    assert desk.short == short
    assert desk.centre.isVisible()
    assert desk.centre.width() >= desk.right.width()


def test_nothing_lies_over_anything_else(window):
    for width, text in ((1920, 100), (1366, 100), (1311, 100), (1100, 100), (1024, 90)):
        desk = at(window, width, 768, text)
        shown = [each for each in (desk.left, desk.centre, desk.right) if each.isVisible()]
        for one in shown:
            assert desk.rect().contains(one.geometry())
            assert not any(
                one is not other and one.geometry().intersects(other.geometry()) for other in shown
            )


def test_the_left_column_opens_over_the_centre_and_gives_the_focus_back(window):
    desk = at(window, 1280, 720)
    window.right.note.setFocus()
    write("abc")

    desk.go_left()
    assert desk.left.isVisible()
    assert desk.left.isAncestorOf(focus())
    assert desk.left.geometry().intersects(desk.centre.geometry())

    press(Qt.Key.Key_Escape)
    assert not desk.left.isVisible()
    assert focus() is window.right.note


def test_the_same_key_closes_the_left_column_again(window):
    desk = at(window, 1280, 720)
    desk.go_left()
    desk.go_left()

    assert not desk.left.isVisible()


def test_going_elsewhere_closes_the_left_column(window):
    desk = at(window, 1280, 720)
    desk.go_left()
    window.right.note.setFocus()

    assert not desk.left.isVisible()
    assert focus() is window.right.note


def test_where_there_is_room_the_key_only_goes_there(window):
    desk = at(window, 1366, 768)
    window.right.note.setFocus()
    desk.go_left()

    assert desk.left.isAncestorOf(focus())
    assert not desk.left_open


def test_a_window_that_grows_has_its_left_column_again(window):
    desk = at(window, 1280, 720)
    assert not desk.left.isVisible()

    at(window, 1400, 768)
    assert desk.left.isVisible()
    assert not desk.left.geometry().intersects(desk.centre.geometry())


def test_with_large_text_the_centre_and_the_right_column_take_turns(window):
    desk = at(window, 1366, 768, 150)
    assert (desk.centre.isVisible(), desk.right.isVisible()) == (True, False)

    desk.go_right()
    assert (desk.centre.isVisible(), desk.right.isVisible()) == (False, True)
    window.right.note.setFocus()
    write("still here")

    desk.go_centre()
    at(window, 1366, 768, 100)
    assert (desk.centre.isVisible(), desk.right.isVisible()) == (True, True)
    assert window.right.note.toPlainText() == "still here"


def test_a_short_window_is_told_once(window):
    desk = at(window, 1366, 768)
    told = []
    desk.compacted.connect(told.append)

    at(window, 1366, 700)
    at(window, 1366, 690)
    at(window, 1366, 768)

    assert told == [True, False]


def test_it_is_mirrored_where_one_reads_from_the_right(window):
    desk = at(window, 1366, 768)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    window.resize(1370, 768)

    assert desk.left.x() > desk.centre.x() > desk.right.x()
    window.grab()
