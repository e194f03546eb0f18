"""The page of calls, by the keyboard: narrowed, walked, and each act with its way back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from care_console.base.command import Clerk, Command
from care_console.calls.pane.calls import CallsPage
from care_console.calls.pane.lines import LineNow
from care_console.calls.rules.ignored import BadPattern, IgnoredRow
from care_console.calls.rules.listing import Period, Show, Wanted
from care_console.calls.rules.log import CallRow, Missed
from care_console.kit import LineEdit
from care_console.lines.line import LineState, State
from tests.calls.callers import NOW, clipped, nameless, on_screen, press, write
from tests.conftest import at_rest, until


def call(id=1, state="missed", **more):
    """Make a call as the list has it."""
    at = NOW - timedelta(minutes=id)
    row = {
        "line": "desk",
        "number": "+442079460123",
        "name": "",
        "presentation": "allowed",
        "called": "the main number",
        "match": "known",
        "answered_at": None,
        "ended_at": None,
        "card_id": None,
        "card_name": "",
        "seen": False,
    }
    return CallRow(id=id, state=state, started_at=at, **{**row, **more})


class Calls:
    """The list, kept in memory; it remembers what was asked and done."""

    def __init__(self, *rows):
        self.rows, self.asked, self.done = list(rows), [], []

    async def page(self, wanted, before=None, most=200):
        self.asked.append((wanted, before))
        older = [each for each in self.rows if before is None or each.id > before[1]]
        return older[:most]

    async def missed(self, wanted):
        self.asked.append((wanted, None))
        return [Missed(self.rows[0], len(self.rows))] if self.rows else []

    async def lines(self):
        return ["desk", "door"]

    async def see(self, command, call_id):
        self.done.append(("see", call_id))
        return [call_id]

    async def unsee(self, command, calls):
        self.done.append(("unsee", *calls))

    async def attach(self, command, call_id, card_id):
        self.done.append(("attach", call_id, card_id))
        return None

    async def detach(self, command, call_id, card_id, before):
        self.done.append(("detach", call_id, card_id, before))


class Ignoring:
    """The ignored numbers, likewise."""

    def __init__(self):
        self.kept, self.done = [], []

    async def listing(self):
        return self.kept

    async def add(self, command, typed, why=""):
        if "*" in typed and len(typed) < 6:
            raise BadPattern("Too short")
        self.done.append(("add", typed, why))
        self.kept = [IgnoredRow(7, typed, why, "Rosa", NOW)]
        return 7

    async def remove(self, command, ignored_id):
        self.done.append(("remove", ignored_id))
        gone, self.kept = self.kept, []
        return gone[0] if gone else None


class Picker(LineEdit):
    """A field in which a card is chosen at once."""

    changed = Signal()
    card_id = None

    def __init__(self):
        super().__init__(name="Whose")
        self.edit = self

    def put(self, value):
        self.card_id = value

    def value(self):
        return self.card_id


@pytest.fixture
def open_page(qtbot, loop, clock):
    """Show the page of these calls, and wait until it is read."""

    async def opened(*rows, may=True, can=True, width=1270, height=640):
        clerk = Clerk("Rosa", "csr", 1)

        async def may_ignore(_clerk):
            return may

        page = CallsPage(
            Calls(*rows),
            Ignoring(),
            may_ignore,
            Picker(),
            lambda: Command(uuid4(), clerk),
            lambda: NOW,
        )
        page.acts, page.heard = [], QObject(page)
        page.acted.connect(page.acts.append)
        page.set_can_call(can)
        on_screen(qtbot, page, width, height)
        await calm(page)
        page.view.setFocus()
        return page

    return opened


async def calm(page):
    await until(lambda: not page.errands._out)


async def test_space_says_that_a_missed_call_is_seen_to_and_that_is_taken_back(open_page):
    page = await open_page(call(1), call(2, "answered"))
    press(Qt.Key.Key_Space)
    await calm(page)
    assert page._calls.done == [("see", 1)]

    await page.acts[0].undo()
    assert page._calls.done == [("see", 1), ("unsee", 1)]
    await calm(page)
    press(Qt.Key.Key_Down, Qt.Key.Key_Space)
    await calm(page)
    assert len(page._calls.done) == 2  # an answered call needs nobody to see to it


async def test_c_asks_for_the_call_and_the_number_stands_over_the_button(open_page):
    page, wanted = await open_page(call(1)), []
    page.call_wanted.connect(wanted.append)
    assert page.detail.call_back.text() == "Call back"
    assert page.detail.facts["Number"][1].text() == "+44 20 7946 0123"
    press(Qt.Key.Key_C)

    assert [each.number for each in wanted] == ["+442079460123"]


@pytest.mark.parametrize(
    ("can", "more"),
    [(False, {}), (True, {"number": "", "presentation": "withheld"}), (True, {"number": "204"})],
)
async def test_nobody_is_called_where_no_line_can_or_there_is_no_number(open_page, can, more):
    page, wanted = await open_page(call(1, **more), can=can), []
    page.call_wanted.connect(wanted.append)
    press(Qt.Key.Key_C)

    assert wanted == []
    assert page.detail.call_back.isHidden()


async def test_whose_call_it_was_is_said_by_key_and_taken_back(open_page):
    page = await open_page(call(1))
    press(Qt.Key.Key_A)
    assert QApplication.focusWidget() is page.detail.picker
    page.detail.picker.card_id = 42
    page.detail.picker.changed.emit()
    await calm(page)
    assert QApplication.focusWidget() is page.view
    await page.acts[0].undo()

    assert page._calls.done == [("attach", 1, 42), ("detach", 1, 42, None)]
    await calm(page)


async def test_enter_opens_the_card_and_asks_for_it_where_there_is_none(open_page):
    page, opened = await open_page(call(1, card_id=42, card_name="Maria"), call(2)), []
    page.card_chosen.connect(opened.append)
    press(Qt.Key.Key_Return)
    assert opened == [42]
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert opened == [42]
    assert page.detail.asks
    press(Qt.Key.Key_Escape)
    assert not page.detail.asks
    assert QApplication.focusWidget() is page.view


async def test_a_number_is_ignored_with_why_by_key_and_listened_to_again(open_page):
    page = await open_page(call(1, card_id=42, card_name="Maria"))
    press(Qt.Key.Key_I)
    assert (
        page.detail.theirs.accessibleName() == "Maria called from it, and would not ring any more."
    )
    assert page.detail.theirs.isVisible()
    assert page.detail.pattern.text() == "+442079460123"
    write("Sells panels")
    press(Qt.Key.Key_Return)
    await calm(page)
    assert page._ignored.done == [("add", "+442079460123", "Sells panels")]
    assert page.numbers.list.rows.rowCount() == 1

    page.numbers.list.setFocus()
    press(Qt.Key.Key_Delete)
    await calm(page)
    assert page._ignored.done[1:] == [("remove", 7)]
    assert page.numbers.list.rows.rowCount() == 0
    await page.acts[1].undo()
    assert page._ignored.done[2:] == [("add", "+442079460123", "Sells panels")]
    await calm(page)


async def test_what_would_silence_too_many_is_told_under_the_field(open_page):
    page = await open_page(call(1))
    press(Qt.Key.Key_I)
    page.detail.pattern.setText("+44*")
    press(Qt.Key.Key_Return)
    await calm(page)

    assert page.detail.number.faulty
    assert page.detail.asks
    assert page.detail.pattern.text() == "+44*"


async def test_who_may_not_ignore_numbers_is_not_offered_it(open_page):
    page = await open_page(call(1), may=False)
    press(Qt.Key.Key_I)

    assert page.detail.ignore.isHidden()
    assert page.numbers.remove.isHidden()
    assert not page.detail.asks


async def test_the_list_is_narrowed_by_chips_and_by_what_is_typed(open_page):
    page = await open_page(call(1), call(2))
    page.shows.chips[Show.MISSED].click()
    await calm(page)
    assert page.view.rows.rowCount() == 1
    assert "rang 2 times" in page.view.row().sub
    page.shows.chips[Show.ALL].click()
    page.periods.chips[Period.WEEK].click()
    page.lines.chips["door"].click()
    page.typed.setFocus()
    write("mar")
    await calm(page)

    wanted, _before = page._calls.asked[-1]
    assert (wanted.show, wanted.period, wanted.line, wanted.typed) == ("all", "week", "door", "mar")


async def test_what_was_missed_is_shown_whole_and_the_keyboard_is_on_its_list(open_page):
    page = await open_page(call(1), call(2))
    page.periods.chips[Period.TODAY].click()
    page.lines.chips["door"].click()
    page.typed.setFocus()
    write("mar")
    page.show_missed()
    await calm(page)

    assert page.wanted == Wanted(Show.MISSED)
    assert QApplication.focusWidget() is page.view


async def test_tab_comes_from_the_days_to_the_lines_and_on_to_the_list(open_page):
    page = await open_page(call(1), call(2))
    days, lines = list(page.periods.chips.values()), list(page.lines.chips.values())
    assert len(lines) > 1
    days[-1].setFocus()
    stops = []
    for _step in range(len(lines) + 1):
        press(Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())

    assert stops == [*lines, page.view]


async def test_100_000_calls_are_read_a_window_at_a_time(open_page):
    page = await open_page(*(call(id) for id in range(1, 1_001)))
    assert page.view.rows.rowCount() == 200
    for _page in range(2):
        page.view.rows.fetchMore(page.view.rootIndex())
        await calm(page)
    ids = [page.view.rows.row(page.view.rows.index(at)).id for at in range(600)]

    assert ids == list(range(1, 601))
    page.view.go_to(500)
    page.refresh()
    await calm(page)
    assert page.current.id == 500  # one stays where one is


async def test_an_empty_list_says_so_in_one_sentence(open_page):
    page = await open_page()

    assert page.view.empty.text() == "No call yet. The desk is quiet."
    page.shows.chips[Show.IGNORED].click()
    await calm(page)
    assert page.view.empty.text() == "No ignored number has called."


async def test_the_lines_are_told_with_what_rings_on_them_and_why_one_is_down(open_page):
    page = await open_page()
    down = LineState(State.DOWN, "The password was refused.")
    page.show_lines(
        [LineNow("desk", LineState(State.UP), ("Maria Okafor",)), LineNow("door", down)]
    )
    rows = [page.where.list.rows.row(page.where.list.rows.index(at)) for at in range(2)]

    assert [each.sub for each in rows] == ["\u2068Maria Okafor\u2069", "The password was refused."]
    assert [each.late for each in rows] == [False, True]


async def test_the_cause_and_who_took_it_are_told_in_words(open_page):
    took = {"answered_at": NOW, "ended_at": NOW + timedelta(seconds=75), "clerk": "Rosa"}
    page = await open_page(call(1, "answered", cause="Q.850;cause=16", **took))
    told = {name: value.text() for name, (_head, value) in page.detail.facts.items()}

    assert (told["Ended because"], told["By"], told["How long"]) == ("Hung up", "Rosa", "1:15")
    assert not page.detail.facts["Passed on from"][0].isVisible()


async def test_hostile_names_are_shown_as_they_are_and_everything_has_a_name(open_page):
    hostile = "<img src=x>" + "W" * 3_000
    page = await open_page(call(1, name=hostile, called=hostile, cause=hostile), width=948)

    assert page.detail.who.text().startswith("<img src=x>")
    assert nameless(page) == []
    assert page.width() == 948


async def test_nothing_is_cut_where_the_window_is_narrow(open_page):
    page = await open_page(call(1, card_id=4, card_name="Maria Okafor"), width=948, height=480)

    assert await at_rest(lambda: clipped(page)) == []


async def test_where_there_is_little_height_the_days_make_room_for_the_list(open_page):
    page = await open_page(call(1), height=360)
    assert not page.periods.isVisible()
    page.resize(1270, 640)
    assert page.periods.isVisible()
