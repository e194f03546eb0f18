"""``window.json``: the window comes back where it was, whatever stands in the file."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize, Qt

from care_console.window.frame import MainWindow
from care_console.window.place import LEAST, USUAL, Place, keep, on_screen, recall
from tests.window.conftest import furnish

SCREEN = QRect(0, 0, 1920, 1080)
SECOND = QRect(1920, 0, 1280, 1024)
RUBBISH = (
    "",
    "nonsense",
    "[]",
    "null",
    '{"x": "wide"}',
    '{"x": 1e999}',
    '{"width": -5}',
    '{"x": 99999999999}',
    '{"maximised": 3}',
    "[" * 100_000,
    "\x00\xff",
)


def test_what_is_kept_is_recalled(tmp_path):
    place = Place(10, 20, 1400, 900)
    keep(tmp_path / "window.json", place)

    assert recall(tmp_path / "window.json") == place


@pytest.mark.parametrize("text", RUBBISH)
def test_rubbish_is_as_if_there_were_nothing(tmp_path, text):
    file = tmp_path / "window.json"
    file.write_text(text, "latin-1")

    assert recall(file) is None


def test_a_folder_or_nothing_in_its_place_is_no_hindrance(tmp_path):
    (tmp_path / "window.json").mkdir()

    assert recall(tmp_path / "window.json") is None
    assert recall(tmp_path / "other.json") is None
    assert recall(None) is None
    keep(tmp_path / "window.json", Place())
    keep(tmp_path / "gone" / "window.json", Place())


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(Place.__slots__), inner),
    )
)
def test_no_json_whatever_stops_the_window(tmp_path_factory, said):
    file = tmp_path_factory.mktemp("home") / "window.json"
    file.write_text(json.dumps(said))

    rect = on_screen(recall(file), [SCREEN])

    assert SCREEN.intersects(rect)


numbers = st.integers(-5_000, 5_000)


@given(numbers, numbers, st.integers(0, 9_000), st.integers(0, 9_000))
@example(-1920, 0, 2000, 1)
def test_the_window_can_always_be_taken_hold_of(x, y, width, height):
    rect = on_screen(Place(x, y, width, height), [SCREEN, SECOND])

    head = QRect(rect.topLeft(), QSize(rect.width(), 80))
    assert any(screen.intersects(head) for screen in (SCREEN, SECOND))
    assert rect.width() <= 1920
    assert rect.height() <= 1080


def test_a_window_on_a_screen_that_is_gone_comes_to_the_one_that_is_left():
    place = Place(2000, 100, 1200, 800)

    assert on_screen(place, [SCREEN, SECOND]) == place.rect
    assert SCREEN.contains(on_screen(place, [SCREEN]))


def test_the_first_window_has_the_usual_size_in_the_middle():
    rect = on_screen(None, [SCREEN])

    assert rect.size() == USUAL
    assert rect.center() == SCREEN.center()


@pytest.fixture
def memory(tmp_path):
    return tmp_path / "window.json"


def test_the_window_comes_back_with_its_size_at_the_desk(qtbot, theme, memory):
    first = MainWindow(memory, theme)  # it deletes itself when it is closed
    first.resize(1200, 700)
    first.show()
    furnish(first)
    first.show_page("people")
    first.close()

    said = json.loads(memory.read_text())
    assert (said["width"], said["height"]) == (1200, 700)

    said |= {"x": 0, "y": 0}
    memory.write_text(json.dumps(said))
    second = MainWindow(memory, theme)
    qtbot.addWidget(second)
    second.show()
    furnish(second)

    assert (second.height(), second.current_page) == (700, "desk")


def test_a_window_on_the_full_screen_comes_back_on_it(qtbot, theme, memory):
    keep(memory, Place(0, 0, 1366, 768, full_screen=True))
    window = MainWindow(memory, theme)
    qtbot.addWidget(window)
    window.show()

    assert window.windowState() & Qt.WindowState.WindowFullScreen


def test_what_is_typed_is_asked_for_before_the_window_goes(qtbot, theme):
    window = MainWindow(theme=theme)
    asked = []
    window.closing.connect(lambda: asked.append(1))
    window.close()

    assert asked == [1]


def test_the_window_is_never_smaller_than_its_least(window):
    window.resize(300, 200)

    assert window.size() == LEAST
