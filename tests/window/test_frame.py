"""The frame: pages by their keys, the focus kept, what is told, and the way back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from care_console.base.errors import CareError
from care_console.kit import Label
from tests.conftest import until
from tests.window.conftest import ALT, CTRL, HOSTILE, SHIFT, Noting, focus, press, write


@dataclass
class Deed:
    """Something that was done, and notes whether it was taken back."""

    words: str
    undone: list = field(default_factory=list)
    hindrance: str = ""

    async def undo(self):
        if self.hindrance:
            raise CareError(self.hindrance)
        self.undone.append(self.words)


def test_the_first_picture_is_one_sentence(bare):
    said = [label.text() for label in bare.findChildren(Label) if label.isVisible()]

    assert "One moment …" in said
    assert bare.current_page == ""
    assert not bare.rail.isVisible()


def test_the_first_page_takes_the_place_of_the_sentence(window):
    assert window.current_page == "desk"
    assert window.rail.isVisible()
    said = [label.text() for label in window.findChildren(Label) if label.isVisible()]
    assert "One moment …" not in said


def test_a_trouble_at_the_start_takes_the_place_of_everything(window):
    window.say("The records cannot be opened.")

    assert window.current_page == ""
    assert not window.rail.isVisible()
    assert window.desk.parent() is not None  # the pages are kept


def test_pages_are_turned_by_their_keys(window):
    press(Qt.Key.Key_2, ALT)
    assert window.current_page == "people"

    press(Qt.Key.Key_Comma, CTRL)
    assert window.current_page == "settings"

    press(Qt.Key.Key_1, ALT)
    assert window.current_page == "desk"


def test_a_page_is_made_when_it_is_first_shown(bare):
    made = []
    bare.add_page("desk", "Desk", "desk", "Alt+1", lambda: made.append(1) or Noting())
    bare.add_page("people", "People", "people", "Alt+2", lambda: made.append(2) or Noting())
    assert made == [1]

    bare.show_page("people")
    bare.show_page("desk")
    bare.show_page("people")

    assert made == [1, 2]


def test_the_focus_is_where_it_was_when_one_comes_back_to_a_page(window):
    window.right.note.setFocus()
    write("The boiler is")

    press(Qt.Key.Key_2, ALT)
    press(Qt.Key.Key_1, ALT)
    write(" cold")

    assert window.right.note.toPlainText() == "The boiler is cold"


def test_the_rail_is_walked_by_the_arrows_and_enter(window):
    window.rail.go_in()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)

    assert window.current_page == "people"


def test_no_key_means_two_things(window):
    with pytest.raises(ValueError, match="already"):
        window.add_page("calls", "Calls", "phone", "Alt+2", Noting)


def test_no_two_actions_share_a_key_where_both_work(window):
    acts = window.registry.all()
    for act in acts:
        for other in acts:
            near = act.page is None or other.page is None or act.page == other.page
            shared = set(act.action.shortcuts()) & set(other.action.shortcuts())
            assert act is other or not near or not shared


def test_escape_goes_from_a_field_to_the_list_of_its_pane_and_loses_nothing(window):
    window.left.field.setFocus()
    write("oka")

    press(Qt.Key.Key_Escape)

    assert focus() is window.left.list
    assert window.left.field.text() == "oka"


def test_the_panes_are_walked_in_turn_and_back(window):
    window.right.note.setFocus()
    press(Qt.Key.Key_Tab, CTRL)
    assert window.centre.isAncestorOf(focus())
    press(Qt.Key.Key_Tab, CTRL)
    assert window.left.isAncestorOf(focus())
    press(Qt.Key.Key_Tab, CTRL)
    assert window.rail.isAncestorOf(focus())
    press(Qt.Key.Key_Tab, CTRL)
    assert focus() is window.top.search

    press(Qt.Key.Key_F6, SHIFT)
    press(Qt.Key.Key_F6, SHIFT)

    assert window.left.isAncestorOf(focus())


def test_f6_goes_on_where_the_page_has_no_use_for_it(window):
    window.show_page("people")
    press(Qt.Key.Key_F6)

    assert window.rail.isAncestorOf(focus())


async def test_what_was_done_is_taken_back_by_the_key_and_only_once(window):
    first, second = Deed("Visit moved to 15:00."), Deed("Name changed.")
    window.did(first)
    window.did(second)
    window.left.list.setFocus()

    press(Qt.Key.Key_Z, CTRL)
    await until(lambda: second.undone)
    press(Qt.Key.Key_Z, CTRL)
    await until(lambda: first.undone)
    press(Qt.Key.Key_Z, CTRL)

    assert (first.undone, second.undone) == (["Visit moved to 15:00."], ["Name changed."])


async def test_ctrl_z_in_a_field_is_the_fields_own_and_ctrl_alt_z_the_last_acts(window):
    deed = Deed("Visit moved to 15:00.")
    window.did(deed)
    window.right.note.setFocus()
    write("abc")

    press(Qt.Key.Key_Z, CTRL)
    assert window.right.note.toPlainText() == ""
    assert not deed.undone

    press(Qt.Key.Key_Z, CTRL | ALT)
    await until(lambda: deed.undone)


async def test_what_cannot_be_taken_back_says_why(window):
    told = []
    window.undo.hindered.connect(told.append)
    window.did(Deed("Name changed.", hindrance="It was changed again since."))

    window.undo.last()
    await until(lambda: told)

    assert told == ["It was changed again since."]
    assert not window.undo.possible


async def test_the_button_of_the_toast_takes_back_its_own_act(window):
    first, second = Deed("First."), Deed("Second.")
    window.did(first)
    button = window._toast.button
    assert (window._toast.words.text(), button.text()) == ("First.", "Undo")
    window.undo.note(second)

    button.click()
    await until(lambda: first.undone)

    assert not second.undone


def test_the_foot_says_what_is_saved_and_what_is_not(window):
    window.not_saved("Not saved since 10:41: the disk is full.")
    assert window.foot.words == "Not saved since 10:41: the disk is full."

    window.saved(datetime(2030, 1, 7, 10, 42, tzinfo=UTC).astimezone())
    assert window.foot.words.startswith("Saved ")


def test_the_hints_are_those_of_the_pane_with_the_focus(window):
    window.set_hints([("F4", "wrap up")], window.right)
    window.set_hints([("F5", "calls")], "desk")

    window.right.note.setFocus()
    assert hints(window) == ["wrap up", "all keys"]

    window.left.list.setFocus()
    assert hints(window) == ["calls", "all keys"]

    press(Qt.Key.Key_K, CTRL)
    assert hints(window) == ["choose", "open", "close", "all keys"]

    press(Qt.Key.Key_Escape)
    assert hints(window) == ["calls", "all keys"]


def test_a_ring_is_in_the_title_and_takes_no_focus(window):
    window.right.note.setFocus()
    window.ringing(HOSTILE)

    assert window.windowTitle().startswith("Ringing: <img")
    assert len(window.windowTitle()) < 100
    assert focus() is window.right.note

    window.ringing("")
    assert window.windowTitle() == "CARE Console"


def test_text_grows_by_the_keys_within_its_bounds_and_asks_to_be_kept(window):
    kept = []
    window.text_size_changed.connect(kept.append)

    for _ in range(8):
        press(Qt.Key.Key_Plus, CTRL)
    press(Qt.Key.Key_0, CTRL)
    for _ in range(3):
        press(Qt.Key.Key_Minus, CTRL)

    assert kept == [110, 120, 130, 140, 150, 100, 90]


def test_the_full_screen_comes_and_goes(window):
    press(Qt.Key.Key_F11)
    assert window.isFullScreen()

    press(Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_cards_are_gone_back_to_and_forth(window):
    shown = []
    window.trail.wanted.connect(shown.append)
    for card in (1, 2, 3):
        window.trail.visit(card)

    press(Qt.Key.Key_Left, ALT)
    press(Qt.Key.Key_Left, ALT)
    press(Qt.Key.Key_Left, ALT)
    press(Qt.Key.Key_Right, ALT)

    assert shown == [2, 1, 2]


def test_a_card_that_is_chosen_cuts_off_what_lay_ahead(window):
    shown = []
    window.trail.wanted.connect(shown.append)
    for card in (1, 2):
        window.trail.visit(card)
    window.trail.back()
    window.trail.visit(1)  # shown again because it was asked for
    window.trail.visit(7)

    window.trail.forward()
    window.trail.back()

    assert shown == [1, 1]


def test_typing_is_noticed_and_forgotten(window):
    now = [1000.0]
    window._attention._now_s = lambda: now[0]
    window._attention._pressed_s = 0.0
    window.right.note.setFocus()
    assert not window.typing

    write("a")
    assert window.typing

    now[0] += 3.1
    assert not window.typing


def test_the_clock_and_the_names_stand_in_the_head(window):
    assert window.top.company.text() == "Northgate Heating · Front desk"
    assert window.top.clerk.text() == "Rosa Lindqvist"
    assert "7 Jan" in window.top.clock.text()


def test_text_from_outside_is_plain_everywhere_in_the_frame(window):
    window.set_house(HOSTILE, HOSTILE)
    window.set_clerk(HOSTILE, HOSTILE)
    window.toast(HOSTILE, "Undo", lambda: None)
    window.not_saved(HOSTILE)
    window.set_hints([("F2", HOSTILE[:200])], "desk")
    window.grab()

    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()
        assert "<img" not in label.toolTip()
    assert window.width() <= 1366


def hints(window):
    return [word.text() for key, word in window.foot._shown if not word.isHidden()]
