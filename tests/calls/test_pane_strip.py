"""The strip: it tells who rings, and never gets between the clerk and the note."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from care_console.calls.pane import CallStrip, strip
from care_console.kit.theme import Theme
from care_console.lines.line import Can
from tests.calls.callers import (
    ALL,
    HOSTILE,
    KNOWN,
    MAYBE,
    NOW,
    SHARED,
    UNKNOWN,
    WITHHELD,
    Contact,
    clipped,
    named,
    nameless,
    on_screen,
    press,
    write,
)

MARIA = Contact(11, "Maria Okafor", ("end-user",), NOW - timedelta(seconds=192))
VISITOR = Contact(12, "Visitor for Tomas", telephone=False)
JONAS = Contact(13, "Jonas Weber", ("prospect",), ended=True)


@pytest.fixture
def desk(qtbot, clock):
    """A strip over a note in which somebody writes."""
    desk = QWidget()
    down = QVBoxLayout(desk)
    desk.strip, desk.note = CallStrip(clock), QPlainTextEdit()
    down.addWidget(desk.strip)
    down.addWidget(desk.note, 1)
    on_screen(qtbot, desk, 1270, 300)
    desk.note.setFocus()
    return desk


@pytest.fixture
def spoken(monkeypatch):
    """What a screen reader is told, and whether at once."""
    told = []
    monkeypatch.setattr(
        strip, "announce", lambda _of, words, at_once=False: told.append((words, at_once))
    )
    return told


def ring(desk, caller=KNOWN, **more):
    desk.strip.show_ringing(caller, NOW - timedelta(seconds=6), **more)


def test_a_ring_takes_no_key_from_the_note(desk):
    taken = []
    desk.strip.taken.connect(lambda: taken.append(1))
    write("Wants the quote ")
    ring(desk)
    write("split up")
    press(Qt.Key.Key_Return, Qt.Key.Key_Space)

    assert desk.note.hasFocus()
    assert desk.note.toPlainText() == "Wants the quote split up\n "
    assert desk.note.textCursor().position() == 26
    assert taken == []


@pytest.mark.parametrize("caller", ALL, ids=lambda caller: caller.match)
def test_nothing_that_the_strip_shows_takes_the_focus(desk, caller):
    for show in (
        lambda: ring(desk, caller),
        lambda: desk.strip.show_contacts([MARIA, VISITOR], 11),
        lambda: desk.strip.show_waiting(1, "Peter Halden"),
        lambda: desk.strip.show_missed(caller),
        desk.strip.clear,
    ):
        show()

        assert desk.note.hasFocus()


def test_a_click_leaves_the_caret_in_the_note(desk):
    put_off = []
    desk.strip.put_off.connect(lambda: put_off.append(1))
    ring(desk)
    QTest.mouseClick(desk.strip.later, Qt.MouseButton.LeftButton)

    assert put_off == [1]
    assert desk.note.hasFocus()


@pytest.mark.parametrize(
    ("caller", "title", "sub"),
    [
        (KNOWN, "Maria Okafor", "the only card with this number"),
        (SHARED, "2 people share this number", "Halden & Sons"),
        (MAYBE, "Possibly Ella Brandt", "the number is mentioned in a note"),
        (UNKNOWN, "New number", "first call"),
        (WITHHELD, "Number withheld", "Ask for a name, postcode or account number"),
        (replace(UNKNOWN, sent="Sales: Rosa"), "New number", "first call · comes as “Sales: Rosa”"),
        (replace(KNOWN, sent="Okafor M"), "Maria Okafor", "the only card with this number"),
    ],
    ids=lambda value: getattr(value, "match", ""),
)
def test_it_says_how_sure_it_is_who_calls(desk, caller, title, sub):
    ring(desk, caller)

    assert visible(desk.strip.ring.who.title) == title
    assert sub in visible(desk.strip.ring.who.sub)
    if caller is not WITHHELD:
        assert caller.shown in visible(desk.strip.ring.who.sub)


def test_a_colleague_who_calls_from_the_house_is_no_new_number(desk):
    ring(desk, replace(UNKNOWN, house="the workshop"))

    assert desk.strip.ring.who.title == "One of our own numbers"


def test_it_says_what_to_say_first(desk):
    ring(desk)

    assert desk.strip.ring.greeting == f"“{KNOWN.greeting}”"
    assert visible(desk.strip.ring.under).endswith("called: the main number")


def test_while_a_note_is_written_it_says_that_it_is_kept_and_what_must_be_seen(desk):
    ring(desk, kept="Your note on Jonas Weber is kept", alert="Two visits missed")

    assert desk.strip.ring.under == "Your note on Jonas Weber is kept"
    assert desk.strip.ring.alert == "Two visits missed"


def test_a_button_says_no_more_than_the_line_can(desk):
    ring(desk)
    assert desk.strip.take.text() == "I have it"
    ring(desk, can=frozenset({Can.ANSWER}))
    assert desk.strip.take.text() == "Take call"


def test_it_counts_how_long_it_rings_and_only_while_somebody_sees_it(desk, clock):
    second = desk.strip._second
    ring(desk)
    assert desk.strip.state.time == "0:06"
    assert second.isActive()
    assert second.interval() >= 1_000  # nothing blinks
    clock.pass_by(seconds=61)
    second.timeout.emit()

    assert desk.strip.state.time == "1:07"
    desk.strip.clear()
    assert not second.isActive()
    ring(desk)
    desk.strip.show_missed(KNOWN)
    assert not second.isActive()


def test_a_clock_behind_the_lines_counts_from_nought(desk):
    desk.strip.show_ringing(KNOWN, NOW + timedelta(seconds=30))

    assert desk.strip.state.time == "0:00"


def test_it_says_what_it_shows(desk):
    assert desk.strip.shown == ""
    assert not desk.strip.isVisible()
    ring(desk)
    assert desk.strip.shown == "ringing"
    desk.strip.show_contacts([MARIA], 11)
    assert desk.strip.shown == "contacts"
    desk.strip.show_missed(KNOWN)
    assert desk.strip.shown == "missed"
    desk.strip.clear()
    assert desk.strip.shown == ""


def test_open_contacts_are_tabs_with_digits(desk):
    desk.strip.show_contacts([MARIA, VISITOR], 11)

    assert [tab.accessibleName() for tab in desk.strip.tabs.tabs] == [
        "1, Maria Okafor, End-user, on the telephone",
        f"2, Visitor for Tomas, parked, since {NOW.astimezone():%H:%M}",
    ]
    assert desk.strip.state.words == "Talking"
    assert desk.strip.state.time == "3:12"


def test_the_word_follows_what_is_in_front(desk, clock):
    desk.strip.show_contacts([MARIA, VISITOR, JONAS], 12)
    assert desk.strip.state.words == "At the counter"
    desk.strip.show_contacts([MARIA, VISITOR, JONAS], 13)
    assert desk.strip.state.words == "Call ended"


def test_a_call_that_ended_keeps_the_time_it_took(desk, clock):
    desk.strip.show_contacts([MARIA], 11)
    clock.pass_by(minutes=4)
    desk.strip.show_contacts([replace(MARIA, ended=True)], 11)
    clock.pass_by(minutes=9)
    desk.strip.show_contacts([replace(MARIA, ended=True)], 11)

    assert desk.strip.state.sub == "7:12 long"


def test_digits_choose_a_tab_only_while_the_strip_has_the_focus(desk):
    chosen = []
    desk.strip.tab_chosen.connect(chosen.append)
    desk.strip.show_contacts([MARIA, VISITOR], 11)
    write("2")
    assert (desk.note.toPlainText(), chosen) == ("2", [])
    desk.strip.focus_first()
    press(Qt.Key.Key_2, Qt.Key.Key_7)

    assert chosen == [12]


def test_the_strip_can_be_reached_and_pressed_by_keyboard(desk):
    taken = []
    desk.strip.taken.connect(lambda: taken.append(1))
    ring(desk)
    desk.strip.focus_first()
    assert QApplication.focusWidget() is desk.strip.take
    press(Qt.Key.Key_Return)

    assert taken == [1]


def test_whoever_waits_is_a_chip_beside_the_tabs(desk):
    desk.strip.show_contacts([MARIA], 11)
    desk.strip.show_waiting(2, "Peter Halden")
    assert desk.strip.waiting.isVisible()
    assert visible(desk.strip.waiting.text()) == "2 waiting: Peter Halden"
    desk.strip.show_waiting(0, "")

    assert not desk.strip.waiting.isVisible()


def test_beside_a_ring_the_key_takes_the_one_that_rings_and_none_stands_on_who_waits(desk):
    taken = []
    desk.strip.taken.connect(lambda: taken.append(1))
    ring(desk)
    desk.strip.show_waiting(2, "Peter Halden")
    waiting = desk.strip.waiting
    assert (waiting.isVisible(), waiting.accessibleDescription()) == (True, "")
    QTest.mouseClick(desk.strip, Qt.MouseButton.LeftButton, pos=waiting.geometry().center())
    assert taken == []

    desk.strip.show_contacts([MARIA], 11)
    desk.strip.show_waiting(2, "Peter Halden")
    assert waiting.accessibleDescription() == "F2"
    QTest.mouseClick(waiting, Qt.MouseButton.LeftButton)
    assert taken == [1]


def test_a_ring_is_read_out_at_once(desk, spoken):
    ring(desk)

    assert spoken == [
        (
            "Ringing, the main number, Maria Okafor, end-user and distributor, "
            "+44 20 7946 0123 · the only card with this number",
            True,
        )
    ]


def test_what_must_be_seen_is_heard_too(desk, spoken):
    ring(desk, alert="The records do not answer.")

    assert spoken[0][0].endswith("The records do not answer.")


def test_somebody_who_waits_is_read_out_once(desk, spoken):
    for _again in range(3):
        desk.strip.show_contacts([MARIA], 11)
        desk.strip.show_waiting(1, "Peter Halden")

    assert [visible(words) for words, _at_once in spoken] == ["1 waiting: Peter Halden"]


@pytest.mark.parametrize("name", [HOSTILE, "\u202e\u2066\n" * 5_000, "م" * 10_000])
def test_a_hostile_name_is_plain_and_forces_nothing(desk, name):
    ring(desk, named(KNOWN, name), alert=name, kept=name)
    assert desk.strip.minimumSizeHint().width() <= 40
    assert "<img" not in desk.strip.ring.toolTip()
    assert len(desk.strip.ring.who.title) <= 200
    desk.strip.show_contacts([replace(MARIA, title=name)] * 9, 11)
    desk.strip.show_waiting(1, name)
    desk.grab()

    assert desk.width() == 1270
    assert desk.strip.height() == 54


def test_nine_contacts_fit_beside_each_other(desk):
    nine = [replace(MARIA, contact_id=n) for n in range(1, 10)]
    desk.strip.show_contacts(nine, 3)
    desk.grab()
    tabs = desk.strip.tabs.tabs

    assert all(one.geometry().right() < two.x() for one, two in zip(tabs, tabs[1:], strict=False))
    assert tabs[-1].geometry().right() <= desk.strip.tabs.width()


def test_a_tab_that_goes_leaves_the_keyboard_in_the_strip(desk):
    desk.strip.show_contacts([MARIA, VISITOR], 12)
    desk.strip.focus_first()
    desk.strip.show_contacts([MARIA], 11)

    assert QApplication.focusWidget() is desk.strip.tabs.tabs[0]


def test_the_clerk_stays_on_a_tab_while_the_tabs_are_told_anew(desk):
    desk.strip.show_contacts([MARIA, VISITOR], 12)
    desk.strip.focus_first()
    desk.strip.show_contacts([MARIA, VISITOR, JONAS], 12)

    assert QApplication.focusWidget() is desk.strip.tabs.tabs[1]


@pytest.mark.parametrize("caller", ALL, ids=lambda caller: caller.match)
def test_everything_has_a_name(desk, caller):
    ring(desk, caller)
    assert nameless(desk.strip) == []
    assert desk.strip.accessibleName().startswith("Ringing, ")
    desk.strip.show_contacts([MARIA, VISITOR], 11)
    desk.strip.show_waiting(1, "x")

    assert nameless(desk.strip) == []


def test_it_grows_with_the_text(desk, qapp):
    theme = Theme(qapp, "dark", 150)
    ring(desk)
    desk.grab()
    height, cut = desk.strip.height(), clipped(desk.strip)
    theme.set_text_size(100)
    theme.set_mode("light")

    assert height == 81
    assert cut == []


def test_where_one_reads_from_the_right_it_begins_at_the_right(desk):
    desk.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    ring(desk)
    QApplication.sendPostedEvents()
    picture = desk.strip.grab().toImage()
    left, right = (inked(picture, x) for x in (QPoint(4, 0), QPoint(picture.width() - 60, 0)))

    assert desk.strip.state.x() > desk.strip.take.x()
    assert right > 0
    assert left > 0


def inked(picture, corner):
    """Return how many pixels of a square of 54 are not the ground's."""
    ground = picture.pixel(corner.x(), 1)
    return sum(picture.pixel(corner.x() + x, y) != ground for x in range(50) for y in range(1, 50))


def visible(text):
    """Return ``text`` without what only keeps it from turning round, and with single blanks."""
    return " ".join(text.replace("\u2068", "").replace("\u2069", "").split())


def test_a_ring_is_another_colour_than_a_conversation(desk):
    ring(desk)
    ringing = QColor(desk.strip.grab().toImage().pixel(2, 2))
    desk.strip.show_contacts([MARIA], 11)

    assert QColor(desk.strip.grab().toImage().pixel(2, 2)) != ringing


def test_a_long_greeting_is_written_on_two_lines_rather_than_cut(desk):
    long = replace(KNOWN, greeting="Good morning, " + "Northgate Heating and Sons, " * 4)
    ring(desk, long)
    one = desk.strip.ring.grab().toImage()
    ring(desk, long, kept="Your note is kept")
    other = desk.strip.ring.grab().toImage()

    assert lower_half(one) != lower_half(other)
    assert "Sons" in desk.strip.ring.toolTip()


def lower_half(picture):
    return picture.copy(picture.width() // 2, 27, picture.width() // 2, 20)
