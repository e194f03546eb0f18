"""The frame at every size: nothing is cut, everything has a name, every colour is the theme's."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from care_console.base.words import N_
from care_console.kit import ElidingLabel, Label
from care_console.kit.buttons import PaintedButton
from care_console.kit.look import Ink, current_look
from care_console.kit.tokens import DARK, LIGHT
from care_console.window.place import LEAST
from care_console.window.rail import RailButton
from care_console.window.topbar import SearchButton
from tests.window.conftest import CTRL, Noting, press

SIZES = ((1366, 768), (1366, 700), (1280, 720), (1024, 640), (1920, 1080))
TEXTS = (90, 100, 120, 150)
PAGES = (
    ("calls", N_("Calls"), "phone", "Alt+3"),
    ("recoveries", N_("Recoveries"), "heart", "Alt+4"),
    ("house", N_("House"), "house", "Alt+5"),
    ("letters", N_("Letters"), "mail", "Alt+6"),
    ("insights", N_("Insights"), "chart", "Alt+7"),
)


def cut(widget):
    """Return whether what stands on ``widget`` does not fit; what elides on purpose may."""
    look = current_look()
    if isinstance(widget, RailButton):
        return look.width(widget.text(), Ink(11, 600)) > widget.width() - 2
    if isinstance(widget, ElidingLabel | SearchButton):
        return widget.height() < look.metrics(Ink(12)).height()
    if isinstance(widget, Label) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width()) - 1
    if isinstance(widget, Label | PaintedButton):
        return widget.width() < widget.sizeHint().width() or (
            widget.height() < widget.minimumSizeHint().height() - 1
        )
    return False


def shown(window, kind=QWidget):
    return [each for each in window.findChildren(kind) if each.isVisible()]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut(window, size, text):
    for page in PAGES:
        window.add_page(*page, Noting)
    window.set_hints([("F2", "I have it"), ("⇧ Esc", "later"), ("Ctrl 1–9", "this card")], "desk")
    window.not_saved("Not saved since 10:41: the disk is full.")
    window.theme.set_text_size(text)
    window.resize(*size)
    QApplication.processEvents()

    assert [each for each in shown(window) if cut(each)] == []
    assert window.size() == QSize(*size)
    for each in shown(window, Label) + shown(window, PaintedButton):
        if window.rail.isAncestorOf(each) or not window.isAncestorOf(each.parentWidget()):
            continue
        place = QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        assert window.rect().contains(place), each.text()


def test_with_the_least_room_the_foot_still_names_f1_and_what_is_not_saved(window):
    many = [(f"Ctrl {each}", "do something that takes words") for each in range(9)]
    window.set_hints(many, "desk")
    window.not_saved("Not saved since 10:41: the disk is full.")
    window.theme.set_text_size(150)
    window.resize(LEAST)
    QApplication.processEvents()

    words = [each.text() for each in shown(window.foot, Label)]
    assert [each for each in shown(window.foot) if cut(each)] == []
    assert "all keys" in words
    assert "Not saved since 10:41: the disk is full." in words


def test_with_the_least_room_the_head_says_who_sits_here_and_the_hour(window):
    window.theme.set_text_size(150)
    window.resize(LEAST)
    QApplication.processEvents()

    words = [each.text() for each in shown(window.top, Label)]
    assert window.top.clerk.width() >= window.top.clerk.sizeHint().width()
    assert "taking calls" not in words
    assert "09:00" in words[2]


def test_how_the_clerk_stands_is_said_whole_before_the_day_is(window):
    window.resize(1366, 768)
    window.top.show_time("Sun 22 Nov", "15:01")
    window.set_clerk("Zofia Wiśniewska", "Administrator · no passphrase")
    QApplication.processEvents()

    top = window.top
    assert top.state.width() >= top.state.sizeHint().width()
    assert top.clerk.width() >= top.clerk.sizeHint().width()
    assert top.clock.text() == "15:01"

    window.set_clerk("Bo Li", "CSR")
    assert top.clock.text() == "Sun 22 Nov, 15:01"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", SIZES)
def test_the_sheets_lie_inside_the_window_and_under_the_strip(window, size, text):
    window.theme.set_text_size(text)
    window.resize(*size)
    for open_sheet, sheet in (
        (window.open_palette, window.finder),
        (window.open_keys, window.keys),
    ):
        open_sheet()
        place = sheet.place(window.rect())
        assert window.rect().contains(place)
        assert place.top() >= window.top.height() + current_look().px(54)
        assert place.height() >= current_look().px(200)
        assert [each for each in shown(sheet) if cut(each)] == []
        sheet.shut()


def test_all_pages_of_the_rail_fit_into_the_least_window_with_the_largest_text(window):
    for page in PAGES:
        window.add_page(*page, Noting)
    window.theme.set_text_size(150)
    window.resize(LEAST)
    QApplication.processEvents()

    buttons = sorted(shown(window, RailButton), key=lambda each: each.y())
    assert len(buttons) == 8
    assert all(window.rail.rect().contains(each.geometry()) for each in buttons)
    assert all(
        above.geometry().bottom() < below.y()
        for above, below in zip(buttons, buttons[1:], strict=False)
    )
    assert all(each.height() >= 24 for each in buttons)


def test_the_frame_asks_for_no_more_than_its_least_size(window):
    assert window.minimumSizeHint().width() <= LEAST.width()
    assert window.centralWidget().minimumSizeHint().width() <= LEAST.width()


def test_whatever_takes_the_focus_has_a_name(window):
    for page in ("desk", "people", "settings"):
        window.show_page(page)
        for sheet in (None, window.finder, window.keys):
            if sheet is not None:
                sheet.open()
            nameless = [
                each
                for each in shown(window)
                if each.focusPolicy() != Qt.FocusPolicy.NoFocus and not each.accessibleName()
            ]
            assert nameless == []
            if sheet is not None:
                sheet.shut()


def test_tab_meets_each_stop_of_a_page_once_and_comes_back(window):
    window.right.note.setFocus()
    start = QApplication.focusWidget()
    met = [start]
    while True:
        press(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is start:
            break
        assert here not in met
        met.append(here)

    stops = {
        each
        for each in shown(window)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
    }
    assert set(met) == stops


def test_a_button_is_nowhere_the_default(window):
    assert not any(getattr(each, "isDefault", bool)() for each in window.findChildren(QWidget))


def test_every_label_is_plain(window):
    press(Qt.Key.Key_K, CTRL)
    for label in window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text()


@pytest.mark.parametrize("page", ["desk", "people", "settings"])
def test_no_colour_of_the_old_theme_stays(window, page):
    window.show_page(page)
    window.open_palette()
    light = colours(window)
    window.theme.set_mode("dark")
    dark = colours(window)

    assert {QColor(LIGHT[each]).rgb() for each in ("bg", "surface")} <= light
    assert {QColor(DARK[each]).rgb() for each in ("bg", "surface", "raised")} <= dark
    assert not {QColor(LIGHT[each]).rgb() for each in ("bg", "surface", "accent", "text")} & dark


def test_a_theme_that_comes_back_paints_the_same_picture(window):
    QApplication.setCursorFlashTime(0)  # else a caret is in one picture and not in the other
    before = window.grab().toImage()
    window.theme.set_mode("dark")
    window.theme.set_text_size(130)
    window.theme.set_text_size(100)
    window.theme.set_mode("light")
    QApplication.processEvents()

    assert window.grab().toImage() == before


def test_the_head_has_its_room_again_when_the_text_is_small_again(window):
    window.resize(1366, 768)
    before = window.top.search.sizeHint()
    window.theme.set_text_size(150)
    window.resize(1360, 768)
    window.theme.set_text_size(100)

    assert window.top.search.sizeHint() == before


def colours(window):
    """Return the colours on a coarse grid of the window's picture."""
    QApplication.processEvents()
    picture = window.grab().toImage()
    return {
        picture.pixelColor(x, y).rgb()
        for x in range(0, picture.width(), 7)
        for y in range(0, picture.height(), 7)
    }


def test_what_the_clerk_is_gives_way_before_the_name(window):
    window.resize(1366, 768)
    window.top.show_time("Wednesday 30 September", "10:42")
    window.set_clerk("Dana Whitfield", "Supervisor of the whole house · no passphrase is set here")
    QApplication.processEvents()

    assert window.top.clerk.width() >= window.top.clerk.sizeHint().width()
    assert window.top.state.width() < window.top.state.sizeHint().width()
