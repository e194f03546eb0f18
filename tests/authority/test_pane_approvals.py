"""Waiting for your word: a request is answered by one key, and the clerk is told."""

import pytest
from PySide6.QtWidgets import QApplication

from care_console.authority.pane.approvals import ApprovalsPane
from care_console.cards.rules import RelationKind
from care_console.staff.rules import Role
from tests.authority.panes import CTRL, KEY, on_screen, press, rows_of, settled, shown
from tests.calls.callers import HOSTILE, clipped, nameless
from tests.conftest import at_rest


@pytest.fixture
def people(loop, hire, customer, remedy, limits):
    """Rosa who asks, Dana who decides, Maria, and a remedy beyond Rosa's limits."""

    async def made():
        await limits()
        await limits(Role.SUPERVISOR, remedy=50_000, recovery=50_000, day=90_000, customer=90_000)
        rosa = await hire("Rosa Lindqvist", Role.CSR)
        dana = await hire("Dana Whitfield", Role.SUPERVISOR)
        maria = await customer("Maria Okafor", "end-user")
        return rosa, dana, maria, await remedy("Replace the goods", usual=5_550)

    return loop.run_until_complete(made())


@pytest.fixture
def ask(people, rooms, by):
    """Let Rosa ask for it."""

    async def ask(story="Two visits missed.", **more):
        rosa, _dana, maria, goods = people
        return await rooms.requests.ask(by(rosa), goods, maria, story=story, **more)

    return ask


@pytest.fixture
def pane(qtbot, rooms, services, people, by):
    pane = ApprovalsPane(rooms.requests, lambda: by(people[1]), lambda: "GBP", services.clock)
    on_screen(qtbot, pane, 1280, 690)
    pane.told, pane.said = [], []
    pane.errands.hindered.connect(pane.told.append)
    pane.decided.connect(pane.said.append)
    return pane


async def opened(pane):
    """Show what waits, with the keyboard in the list."""
    pane.refresh()
    await settled(pane)
    pane.activateWindow()
    pane.setFocus()
    assert QApplication.focusWidget() is pane.list


async def answer_to(rooms, people):
    panel = await rooms.authority.panel(people[0], people[2])
    return panel.requests[0]


async def test_nobody_waits(pane):
    await opened(pane)

    assert shown(pane.list.empty)
    assert not shown(pane.detail)


async def test_a_request_shows_what_why_and_how_much_beyond(pane, ask, clock):
    await ask()
    clock.pass_by(minutes=3, seconds=10)
    await opened(pane)

    row = rows_of(pane.list)[0]
    assert row.title == "£55.50 for \u2068Maria Okafor\u2069"
    assert row.when == "waits 3:10"
    assert pane.detail.name.text().endswith("Replace the goods")
    assert "£15.50 over" in pane.detail.said.text()
    assert pane.detail.story.words.text() == "Two visits missed."
    assert any(gauge.reading.over for gauge in pane.detail.gauges if shown(gauge))


async def test_a_approves(pane, ask, rooms, people):
    await ask()
    await opened(pane)
    press("a")
    await settled(pane)

    asked = await answer_to(rooms, people)
    assert (asked.state.value, asked.allowed_minor) == ("approved", 5_550)
    assert pane.said == ["Approved: \u2068Rosa Lindqvist\u2069 is told."]
    assert rows_of(pane.list) == []


async def test_l_allows_less(pane, ask, rooms, people):
    await ask()
    await opened(pane)
    press("l")
    press("lots")
    press(KEY.Key_Return)
    assert pane.detail.answer.field.faulty
    pane.detail.answer.edit.clear()
    press("45")
    press(KEY.Key_Return)
    await settled(pane)

    asked = await answer_to(rooms, people)
    assert (asked.state.value, asked.allowed_minor) == ("approved", 4_500)


async def test_a_no_needs_words(pane, ask, rooms, people):
    await ask()
    await opened(pane)
    press("n")
    press(KEY.Key_Return)
    assert pane.detail.answer.field.faulty
    press("first the call-out fee")
    press(KEY.Key_Return)
    await settled(pane)

    asked = await answer_to(rooms, people)
    assert (asked.state.value, asked.words) == ("refused", "first the call-out fee")


async def test_ctrl_enter_and_letters_in_the_field_approve_nothing(pane, ask, rooms, people):
    await ask()
    await opened(pane)
    press(KEY.Key_Return, modifier=CTRL)
    press("n")
    press("a no l")
    pane.detail.answer.back.setFocus()
    press("a")
    press(KEY.Key_Escape)
    await settled(pane)

    assert (await answer_to(rooms, people)).state.value == "waiting"
    assert pane.detail.answer.isHidden()
    assert QApplication.focusWidget() is pane.list


async def test_enter_opens_the_card(pane, ask, people):
    await ask()
    cards = []
    pane.card_chosen.connect(cards.append)
    await opened(pane)
    press(KEY.Key_Return)

    assert cards == [people[2]]


async def test_who_asks_never_sees_their_own_to_decide(qtbot, rooms, services, people, by, ask):
    await ask()
    own = ApprovalsPane(rooms.requests, lambda: by(people[0]), lambda: "GBP", services.clock)
    on_screen(qtbot, own, 1280, 690)
    await opened(own)

    assert rows_of(own.list) == []


async def test_a_hostile_story_is_plain_and_everything_has_a_name(pane, ask):
    await ask(story=HOSTILE[:300])
    await opened(pane)
    pane.grab()

    assert nameless(pane) == []
    assert await at_rest(lambda: clipped(pane)) == []
    assert pane.width() == 1280


async def test_nobody_is_said_to_be_near_to_a_customer_who_is_not(
    pane, people, rooms, by, services, act, remedy, limit
):
    rosa, _dana, maria, goods = people
    slot = await remedy("First free slot", unit="pieces", usual=1)
    await limit("remedy", 0, role=Role.CSR, catalogue_id=slot)
    await rooms.requests.ask(by(rosa), slot, maria, story="She waits since Monday.")
    await opened(pane)
    assert "too near" not in pane.detail.said.text()

    await rooms.requests.withdraw(by(rosa), 1)
    await services.edits.relate(act(), maria, RelationKind.HOUSEHOLD_OF, rosa.card_id)
    await rooms.requests.ask(by(rosa), goods, maria, story="She waits since Monday.", minor=8_000)
    await opened(pane)
    assert "over \u2068Rosa Lindqvist\u2069’s limit." in pane.detail.said.text()
    assert "too near to \u2068Rosa Lindqvist\u2069" in pane.detail.said.text()


async def test_the_foot_names_the_answers_while_none_is_typed(pane, ask):
    await ask()
    await opened(pane)
    assert [key for key, _ in pane.hints()] == ["Enter", "A", "L", "N"]
    press("n")

    assert pane.hints() == ()
