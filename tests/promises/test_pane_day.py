"""My day at the left of the Desk, by keyboard alone."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from care_console.kit import DayRow, HeadRow, Label
from care_console.kit.theme import Theme
from care_console.promises.pane import MyDayPane
from care_console.promises.records import DutyRecord
from care_console.promises.rules import DutyKind
from tests.calls.callers import HOSTILE, clipped, nameless, on_screen, press, write
from tests.conftest import at_rest, turned, until

KEY = Qt.Key


@pytest.fixture
def pane(qtbot, duties, clock, act):
    return on_screen(qtbot, MyDayPane(duties, clock, act), 272)


@pytest.fixture
def told(pane):
    """What the pane told, in order."""
    told = []
    pane.card_chosen.connect(lambda id: told.append(("card", id)))
    pane.about_chosen.connect(lambda what, id: told.append((what, id)))
    pane.duty_chosen.connect(lambda id: told.append(("duty", id)))
    pane.errands.hindered.connect(lambda words: told.append(("hindered", words)))
    return told


@pytest.fixture
def did(pane):
    """The acts that can be taken back."""
    did = []
    pane.acted.connect(did.append)
    return did


def rows(pane):
    return rows_of(pane.list)


def rows_of(view):
    return [view.rows.row(view.rows.index(n)) for n in range(view.rows.rowCount())]


def titles(pane):
    return [row.title for row in rows(pane)]


def focus():
    return QApplication.focusWidget()


async def refreshed(pane):
    """Show the records as they are now, and give the list the keyboard."""
    done = []
    pane.counted.connect(lambda *_: done.append(1))
    pane.refresh()
    await until(lambda: done)
    pane.setFocus()


async def test_an_empty_day_says_so(pane):
    await refreshed(pane)

    sentence = pane.list.viewport().findChild(Label)
    assert sentence.isVisible()
    assert "Nothing is owed today" in sentence.text()
    assert pane.panel.trail.text() == ""


@pytest.fixture
def full_day(owe, add):
    """Owe something of each part, with one of them late."""

    async def full_day():
        ella = await add("Ella Brandt")
        await owe("Flowers", DutyKind.DELIVERY, 400, card_id=ella)
        await owe("Is all well?", DutyKind.FOLLOW_UP, 60 * 24 * 3, card_id=ella)
        await owe("£55.50", DutyKind.REQUEST, 10)
        await owe("Call back", minutes=-42, card_id=ella)
        await owe("New visit date", minutes=180)

    return full_day


async def test_a_day_has_its_parts_in_their_order(pane, full_day):
    await full_day()
    await refreshed(pane)

    assert titles(pane) == [
        "Late",
        "Call back",
        "Waiting for your word",
        "£55.50",
        "Follow-ups",
        "Is all well?",
        "To be delivered",
        "Flowers",
        "Promises and others",
        "New visit date",
    ]
    assert pane.panel.trail.text() == "4 to go"


async def test_what_is_late_is_red_and_says_so_in_words(pane, full_day):
    await full_day()
    await refreshed(pane)
    late, call = rows(pane)[:2]

    assert (late.tone, late.sentence, call.late) == ("bad", "Late, 1", True)
    assert call.sentence == "42 min late, Call back, Ella Brandt"
    assert [row.when for row in rows(pane) if isinstance(row, DayRow)][1:] == [
        "09:10",
        "by Thu 10 09:00",
        "15:40",
        "12:00",
    ]


async def test_the_count_is_told_for_the_rail(pane, owe):
    counts = []
    pane.counted.connect(lambda *count: counts.append(count))
    await owe()
    await refreshed(pane)
    await owe(minutes=-1)
    await refreshed(pane)

    assert counts == [(1, False), (2, True)]


async def test_enter_opens_what_it_is_about(pane, owe, add, told):
    ella = await add("Ella Brandt")
    await owe("Follow up", DutyKind.FOLLOW_UP, 10, about="recovery", about_id=12, card_id=ella)
    await owe("Ring", minutes=20, card_id=ella)
    own = await owe("Order paper", minutes=30)
    await refreshed(pane)
    press(KEY.Key_Return, KEY.Key_Down, KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)

    assert told == [("recovery", 12), ("card", ella), ("duty", own)]


async def test_space_ticks_it_off_and_it_can_be_taken_back(pane, owe, duties, clerk, did):
    await owe("Ring back")
    await refreshed(pane)
    press(KEY.Key_Space)
    await until(lambda: did)
    await refreshed(pane)
    assert titles(pane) == []

    assert did[0].words == "Done: Ring back"
    await did[0].undo()
    assert [each.title for each in await duties.mine(clerk)] == ["Ring back"]


async def test_space_held_down_ticks_off_once(pane, owe, did, told):
    await owe("Ring back")
    await refreshed(pane)
    press(KEY.Key_Space, KEY.Key_Space, KEY.Key_Space)
    await until(lambda: did)

    assert (len(did), told) == (1, [])


async def test_what_a_room_above_keeps_is_opened_instead(pane, owe, told, duties):
    follow_up = await owe("Follow", DutyKind.FOLLOW_UP, 5, about="recovery", about_id=12)
    await owe("Asked", DutyKind.REQUEST, 6, about="request", about_id=3)
    await refreshed(pane)
    press(KEY.Key_Space)
    assert told == [("request", 3)]
    press(KEY.Key_M, KEY.Key_H, KEY.Key_Down, KEY.Key_Space)

    assert told == [("request", 3)] * 3 + [("recovery", 12)]
    assert (await duties.duty(follow_up)).open
    assert not pane.acts.asks


async def test_it_is_moved_by_a_few_letters_that_are_read_while_they_are_typed(
    pane, owe, add, duties, clock, did
):
    duty_id = await owe("Ring back", card_id=await add("Ella Brandt"))
    first = clock() + timedelta(minutes=60)
    await refreshed(pane)
    press(KEY.Key_M)
    assert focus() is pane.acts.moving.when
    write("today 4")
    assert "That is today 16:00." in pane.acts.moving.when.accessibleDescription()
    press(KEY.Key_Return)
    assert focus() is pane.acts.moving.why
    assert "Ella Brandt waits" in pane.acts.moving.why.accessibleName()
    write("Sam is late")
    press(KEY.Key_Return)
    await until(lambda: did)

    moved = await duties.duty(duty_id)
    assert moved.due_at.astimezone().hour == 16
    assert (moved.first_due_at, moved.moved) == (first, 1)
    assert did[0].words == "Moved to today 16:00: Ring back"
    assert focus() is pane.list
    await did[0].undo()
    assert (await duties.duty(duty_id)).due_at == first


async def test_what_is_no_moment_is_said_and_stays_as_typed(pane, owe, did):
    await owe("Order paper")
    await refreshed(pane)
    press(KEY.Key_M)
    write("soonish")
    press(KEY.Key_Return)
    box = pane.acts.moving
    assert box.when.text() == "soonish"
    assert "today 4pm" in box.when.accessibleDescription()
    assert box._when.faulty
    box.when.selectAll()
    write("+2h")
    press(KEY.Key_Return)  # nobody waits, so no reason is owed
    await until(lambda: did)

    assert did[0].words == "Moved to today 11:00: Order paper"


async def test_a_reason_that_is_owed_is_asked_for(pane, owe, add, did):
    await owe("Ring back", card_id=await add("Ella Brandt"))
    await refreshed(pane)
    press(KEY.Key_M)
    write("+2h")
    press(KEY.Key_Return, KEY.Key_Return)

    assert focus() is pane.acts.moving.why
    assert "a customer waits" in pane.acts.moving.why.accessibleDescription()
    assert did == []


async def test_esc_leaves_all_as_it_was(pane, owe, duties, clerk):
    await owe("Ring back")
    await refreshed(pane)
    for key in (KEY.Key_M, KEY.Key_H):
        press(key)
        await until(lambda: isinstance(focus(), QLineEdit))
        write("To")
        press(KEY.Key_Escape)
        assert focus() is pane.list
        assert not pane.acts.asks

    [duty] = await duties.mine(clerk)
    assert (duty.moved, duty.owner) == (0, clerk.name)


async def test_it_is_handed_over_to_whom_a_few_letters_name(
    pane, owe, duties, clerk, hire, department, did
):
    tomas = await hire("Tomas Reed", await department("Boiler room"))
    await owe("Ring back")
    await refreshed(pane)
    press(KEY.Key_H)
    await until(lambda: focus() is pane.acts.handing.edit)
    shown = [row.title for row in rows_of(pane.acts.handing.found)]
    assert (shown[0], shown[-1], "Boiler room" in shown) == ("Tomas Reed", "Whoever takes it", True)
    write("ree")
    press(KEY.Key_Return)
    await until(lambda: did)

    assert [each.title for each in await duties.mine(tomas)] == ["Ring back"]
    assert did[0].words == "Handed over to Tomas Reed: Ring back"
    await did[0].undo()
    assert [each.owner for each in await duties.mine(clerk)] == [clerk.name]


async def test_the_arrows_walk_through_those_who_are_found(pane, owe, hire, department, did):
    await hire("Tomas Reed", await department("Boiler room"))
    await owe("Ring back")
    await refreshed(pane)
    press(KEY.Key_H)
    await until(lambda: focus() is pane.acts.handing.edit)
    write("boiler")
    press(KEY.Key_Down, KEY.Key_Up, KEY.Key_Down, KEY.Key_Return)
    await until(lambda: did)

    assert did[0].words == "Handed over to Tomas Reed: Ring back"


async def test_a_colleague_was_faster(pane, owe, duties, act, told):
    duty_id = await owe("Ring back")
    await refreshed(pane)
    await duties.done(act(), duty_id)
    press(KEY.Key_Space)
    await until(lambda: told)

    assert told == [("hindered", "This was done meanwhile.")]


async def test_what_is_about_the_caller_is_marked(pane, owe, add):
    ella = await add("Ella Brandt")
    await owe("Hers", minutes=10, card_id=ella)
    await owe("Order paper", minutes=20)
    await refreshed(pane)
    pane.set_current(ella)
    assert [row.here for row in rows(pane) if isinstance(row, DayRow)] == [True, False]
    await refreshed(pane)
    pane.set_current(None)

    assert not any(row.here for row in rows(pane) if isinstance(row, DayRow))


async def test_what_stands_below_keeps_its_place_and_is_reached_with_the_arrow(pane, owe):
    below = QLineEdit()
    below.setMinimumHeight(40)
    pane.add_below(below)
    for n in range(40):
        await owe(f"Duty {n}", minutes=n + 1)
    await refreshed(pane)
    await turned()
    assert pane.panel.height() <= pane.height() * 0.62
    assert below.isVisible()
    press(KEY.Key_End, KEY.Key_Down)

    assert focus() is below


async def test_a_short_day_leaves_the_height_to_what_stands_below(pane, owe):
    from care_console.kit import Panel

    below = Panel("Today")
    pane.add_below(below)
    await owe()
    await refreshed(pane)
    await turned()

    assert pane.panel.height() < 160 < below.height()


async def test_the_head_over_the_first_row_is_seen(pane, owe):
    for n in range(40):
        await owe(f"Duty {n}", minutes=n + 1)
    await refreshed(pane)
    press(KEY.Key_End)
    assert pane.list.verticalScrollBar().value() > 0
    press(KEY.Key_Home)

    assert pane.list.verticalScrollBar().value() == 0


async def test_the_bell_and_the_model_are_as_they_should(pane, owe):
    await owe()
    QAbstractItemModelTester(pane.list.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    await refreshed(pane)
    pane.refresh()

    assert DutyRecord in pane.watches


async def test_hostile_words_are_plain_and_force_no_width(pane, owe, add):
    await owe(HOSTILE[:150], card_id=await add("<b>Ann</b> " + "W" * 80))
    await refreshed(pane)
    for key in (KEY.Key_M, KEY.Key_H):
        press(key)
        await until(lambda: isinstance(focus(), QLineEdit))
        pane.grab()
        press(KEY.Key_Escape)

    assert pane.width() == 272
    assert "\u202e" not in titles(pane)[1]
    assert "<b>Ann</b>" in titles(pane)[1]


async def test_everything_has_a_name_and_its_words_at_every_size(pane, owe, hire, qapp):
    theme = Theme(qapp, "dark", 150)
    await hire("Tomas Reed")
    await owe(minutes=-5)
    pane.resize(330, 620)
    await refreshed(pane)
    for key in (KEY.Key_M, KEY.Key_H):
        press(key)
        await until(lambda: isinstance(focus(), QLineEdit))
        pane.grab()
        assert nameless(pane) == []
        assert await at_rest(lambda: clipped(pane)) == []
        press(KEY.Key_Escape)
    theme.set_text_size(100)
    theme.set_mode("light")

    assert any(isinstance(row, HeadRow) for row in rows(pane))
    assert [word for _, word in pane.hints()] == [
        "open",
        "done",
        "move",
        "hand over",
        "put it right",
    ]
