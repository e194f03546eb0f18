"""One registry of what one can do, and no key that means two things."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from care_console.kit import Actions, LineEdit, key_text


@pytest.fixture
def window(show):
    return show(LineEdit("Reason"))


@pytest.fixture
def actions(window: QWidget) -> Actions:
    return Actions(window)


def test_a_key_runs_its_action(actions, window, qtbot):
    done = []
    actions.add("find", "Find", ["Ctrl+K"], lambda: done.append("find"))

    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)

    assert done == ["find"]


def test_a_key_of_another_page_does_nothing(actions, window, qtbot):
    done = []
    actions.add("kept", "Kept", ["F8"], lambda: done.append("kept"), page="day")
    actions.add("offer", "Offer", ["F8"], lambda: done.append("offer"), page="desk")

    actions.set_page("desk")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    actions.set_page("people")
    qtbot.keyClick(window, Qt.Key.Key_F8)

    assert done == ["offer"]


def test_what_cannot_be_done_now_is_not_done(actions, window, qtbot):
    done, able = [], [False]
    action = actions.add("a", "Go", ["F2"], lambda: done.append(1), enabled=lambda: able[0])
    assert not action.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_F2)

    able[0] = True
    actions.refresh()
    qtbot.keyClick(window, Qt.Key.Key_F2)

    able[0] = False
    action.trigger()
    assert done == [1]


@pytest.mark.parametrize(
    ("first", "second"), [(None, None), ("desk", "desk"), (None, "desk"), ("desk", None)]
)
def test_a_key_that_is_taken_is_refused(actions, first, second):
    actions.add("one", "One", ["Ctrl+Return"], page=first)

    with pytest.raises(ValueError, match="one"):
        actions.add("two", "Two", ["F1", "Ctrl+Return"], page=second)

    assert [act.action.objectName() for act in actions.all()] == ["one"]


def test_an_id_that_is_taken_and_a_key_that_is_none_are_refused(actions):
    actions.add("one", "One")

    with pytest.raises(ValueError, match="one"):
        actions.add("one", "Again")
    with pytest.raises(ValueError, match="Ctlr"):
        actions.add("two", "Two", ["Ctlr+K"])


def test_a_key_can_be_changed_unless_it_clashes(actions):
    action = actions.add("one", "One", ["F2"])
    actions.add("two", "Two", ["F3"])

    with pytest.raises(ValueError, match="two"):
        actions.rebind("one", ["F3"])
    assert actions.key_text(action) == "F2"

    actions.rebind("one", ["F4", "Ctrl+1"])
    assert actions.key_text("one") == "F4"


@pytest.mark.parametrize(
    ("key", "printed"),
    [("Ctrl+K", "Ctrl K"), ("Shift+Esc", "⇧ Esc"), ("Ctrl+Return", "Ctrl ↵"), ("Return", "Enter")]
    + [("F2", "F2"), ("Alt+Left", "Alt ←"), ("Ctrl+Shift+H", "Ctrl ⇧ H"), ("Ctrl+,", "Ctrl ,")]
    + [("Shift+Tab", "⇧ Tab"), ("Ctrl+Shift+Tab", "Ctrl ⇧ Tab"), ("Space", "Space"), ("", "")]
    + [("Ctrl+-", "Ctrl −"), ("Ctrl++", "Ctrl +"), ("PgDown", "PgDn")],
)
def test_keys_are_printed_as_on_the_keyboard(key, printed):
    assert key_text(QKeySequence(key)) == printed


def test_the_palette_finds_by_the_beginnings_of_words(actions):
    actions.add("stop", "Stop taking calls", ["Ctrl+Shift+H"], sub="you are shown as away")
    actions.add("hand", "Hand the call over", ["F3"])
    actions.add("inner", "Hand", palette=False)
    actions.add("kept", "Call kept", page="day")

    def found(text: str) -> list[str]:
        return [act.action.objectName() for act in actions.find(text)]

    assert found("call") == ["stop", "hand"]
    assert found("ha ca") == ["hand"]
    assert found("AWAY") == ["stop"]
    assert found("alls") == []
    assert found("") == ["stop", "hand"]
    actions.set_page("day")
    assert found("call") == ["kept", "stop", "hand"]


def test_a_page_has_its_own_actions_first(actions):
    actions.add("all", "All keys", ["F1"], hint="all keys")
    actions.add("kept", "Kept", ["Space"], page="day", hint="kept")
    actions.add("offer", "Offer", page="desk")

    assert [act.hint for act in actions.for_page("day")] == ["kept", "all keys"]
    assert [act.words for act in actions.for_page(None)] == ["All keys"]


def test_an_ampersand_is_no_key(actions):
    assert actions.add("a", "Q & A").text() == "Q && A"
