"""The left column: what is to be finished, who was missed, and who called."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from care_console.base.phone import show
from care_console.calls.pane import TodayPane
from care_console.kit import DayRow, HeadRow, Label
from care_console.kit.theme import Theme
from tests.calls.callers import HOSTILE, nameless, on_screen, press
from tests.conftest import until

KEY = Qt.Key
ELLA, PETER = "+441134960800", "+441614960350"


@pytest.fixture
def pane(qtbot, services, clock, act):
    return on_screen(qtbot, TodayPane(services.contacts, services.log, clock, act), 272)


@pytest.fixture
def told(pane):
    """What the pane told, in order."""
    told = []
    pane.contact_chosen.connect(lambda id: told.append(("contact", id)))
    pane.call_chosen.connect(lambda id: told.append(("call", id)))
    pane.card_chosen.connect(lambda id: told.append(("card", id)))
    return told


@pytest.fixture
def miss(phone, heard, clock):
    """Let a number ring and be missed."""

    async def miss(number, **more):
        ring = phone.ring(number, **more)
        call_id = await heard(ring)
        clock.pass_by(seconds=30)
        await heard(phone.end(ring))
        return call_id

    return miss


@pytest.fixture
def answer(phone, heard, clock):
    """Let a number ring and be answered for three minutes."""

    async def answer(number):
        ring = phone.ring(number)
        call_id = await heard(ring)
        await heard(phone.answer(ring))
        clock.pass_by(minutes=3)
        await heard(phone.end(ring))
        return call_id

    return answer


@pytest.fixture
def put_aside(services, act):
    """Put a contact aside with something in it."""

    async def put_aside(reason="Payment", card_id=None):
        contact_id = await services.contacts.start(act(), channel="counter", card_id=card_id)
        await services.contacts.keep(contact_id, reason=reason)
        await services.contacts.leave(act(), contact_id)
        return contact_id

    return put_aside


def rows(pane):
    model = pane.list.rows
    return [model.row(model.index(n)) for n in range(model.rowCount())]


def days(pane):
    return [row for row in rows(pane) if isinstance(row, DayRow)]


async def refreshed(pane):
    """Show the records as they are now, and wait until they are shown."""
    done = []
    pane.list.rows.modelReset.connect(lambda: done.append(1))
    pane.refresh()
    await until(lambda: done)


async def test_an_empty_desk_says_so(pane, answer):
    sentence = pane.list.viewport().findChild(Label)
    assert sentence.isVisible()
    assert "The desk is quiet." in sentence.text()
    await answer(PETER)
    await refreshed(pane)

    assert not sentence.isVisible()


async def test_it_has_three_parts_in_the_order_of_what_waits(pane, miss, answer, put_aside, add):
    ella = await add("Ella", ELLA)
    await answer(ELLA)
    await miss(PETER)
    await put_aside(card_id=ella)
    await refreshed(pane)

    assert [row.title for row in rows(pane)] == [
        "Unfinished",
        "Ella",
        "Missed",
        show(PETER),
        "Recent calls",
        "Ella",
    ]
    assert pane.panel.trail.text() == "2 to go"


async def test_two_missed_calls_of_one_number_are_one_row(pane, miss):
    await miss(PETER)
    await miss(PETER)
    await refreshed(pane)

    assert [(row.title, row.sub) for row in days(pane)] == [(show(PETER), "rang 2 times")]


async def test_all_that_was_missed_is_counted_where_only_the_newest_are_listed(pane, miss):
    counted = []
    pane.counted.connect(counted.append)
    for last in range(10, 33):
        await miss(f"+4411349608{last}")
    await refreshed(pane)

    assert counted[-1] == 23
    assert [row.trail for row in rows(pane) if row.title == "Missed"] == ["23"]
    assert len(days(pane)) == 20
    assert pane.panel.trail.text() == "23 to go"


async def test_a_withheld_number_is_told_as_such(pane, phone, heard):
    ring = phone.withheld()
    await heard(ring)
    await heard(phone.end(ring))
    await refreshed(pane)

    assert [row.title for row in days(pane)] == ["Number withheld"]


async def test_a_draft_is_taken_up_with_enter(pane, put_aside, told):
    contact_id = await put_aside()
    await refreshed(pane)
    pane.setFocus()
    assert QApplication.focusWidget() is pane.list
    press(KEY.Key_Return)

    assert told == [("contact", contact_id)]


async def test_a_call_opens_whose_it_was(pane, answer, miss, add, told):
    ella = await add("Ella", ELLA)
    known, nobodys = await answer(ELLA), await miss(PETER)
    await refreshed(pane)
    pane.setFocus()
    press(KEY.Key_Return, KEY.Key_Down, KEY.Key_Return)

    assert told == [("call", nobodys), ("card", ella), ("call", known)]


async def test_what_is_about_the_caller_is_marked(pane, answer, put_aside, add):
    ella = await add("Ella", ELLA)
    await answer(ELLA)
    await answer(PETER)
    await put_aside(card_id=ella)
    await refreshed(pane)
    pane.set_current(ella)
    assert [row.here for row in days(pane)] == [True, False, True]
    pane.set_current(None)

    assert not any(row.here for row in days(pane))


async def test_the_clerk_stays_on_a_row_while_the_list_is_told_anew(
    pane, answer, put_aside, add, told
):
    await add("Ella", ELLA)
    known = await answer(ELLA)
    await refreshed(pane)
    pane.setFocus()
    await put_aside()
    await refreshed(pane)
    press(KEY.Key_Return)

    assert told[-1] == ("call", known)
    assert pane.list.hasFocus()


async def test_it_is_told_anew_by_the_bell(pane):
    from care_console.calls.records import CallRecord, ContactRecord

    assert {CallRecord, ContactRecord} <= pane.watches


async def test_how_a_call_came_out_stands_in_its_row(pane, services, act, answer, add):
    ella = await add("Ella", ELLA)
    call_id = await answer(ELLA)
    contact = await services.contacts.start(
        act(), channel="telephone", card_id=ella, call_id=call_id
    )
    await services.contacts.finish(act(), contact, "promised")
    await refreshed(pane)

    assert days(pane)[0].sub.startswith("Promised")


async def test_hostile_names_are_plain_and_force_no_width(pane, miss, put_aside):
    await miss("sip:x@example.org", name=HOSTILE[:70])
    await put_aside("<img src=x>" + "W" * 180)
    await refreshed(pane)
    pane.grab()

    assert pane.width() == 272
    assert "\u202e" not in days(pane)[1].title


async def test_everything_has_a_name_at_every_size(pane, miss, qapp):
    theme = Theme(qapp, "dark", 150)
    await miss(PETER)
    await refreshed(pane)
    pane.grab()
    theme.set_text_size(100)
    theme.set_mode("light")

    assert nameless(pane) == []
    assert any(isinstance(row, HeadRow) for row in rows(pane))
