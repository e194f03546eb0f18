"""What becomes of a remedy, by the keyboard alone: refused, failed, taken back, one's own."""

from uuid import uuid4

import pytest

from care_console.authority.pane.offers import Stand
from care_console.base.command import Command
from care_console.base.spell import hour
from care_console.cards.rules import NewCard, NewPhone, RelationKind
from care_console.recovery.rules import Step
from care_console.staff.rules import Role
from tests.journeys.hands import (
    CTRL,
    KEY,
    MARIA,
    PIN,
    SHIFT,
    begin_recovery,
    do_step,
    give,
    give_pin,
    go_to_remedies,
    hire,
    offer,
    sit_down,
    tab_to,
    take_her_call,
    walk_to,
    want,
)


@pytest.fixture
def rosa(loop, services, act):
    """Rosa, a CSR."""
    return loop.run_until_complete(hire(services, act(), "Rosa Lind", Role.CSR))


@pytest.fixture
def dana(loop, services, act, rosa):
    """Dana, a supervisor, who has a PIN."""
    return loop.run_until_complete(hire(services, act(), "Dana Whitfield", Role.SUPERVISOR))


async def see_deliveries(desk):
    """Ctrl+Shift+D leads to what is to be delivered."""
    desk.press(KEY.Key_D, CTRL | SHIFT)
    page = desk.furniture.others.deliveries.there()
    await desk.see(lambda: page.list.hasFocus() and page.list.row() is not None)
    return page


async def used(desk, clerk, card_id):
    """Return what the counters say was given."""
    panel = await desk.services.authority.panel(clerk, card_id)
    return {gauge.used for gauge in panel.gauges}


async def test_after_a_no_another_remedy_inside_the_limits_is_given(act, rosa, dana, desk):
    await sit_down(desk, rosa)
    await take_her_call(desk, act)
    remedy = await want(desk, "60", "Two visits missed")
    assert remedy.face.details.amount.name.text() == "How much? Up to £20.00 alone"
    assert remedy.face.beyond.title.text() == "£60.00 is £40.00 more than you may give."

    desk.press(KEY.Key_A)
    box = remedy.face.approve
    await desk.see(box.pin.pin.hasFocus)
    said = "£60.00: Other amount. Missed visit. Two visits missed. £40.00 over the limit."
    assert box.said.text() == said
    await tab_to(desk, "No…")
    desk.press(KEY.Key_Space)
    await desk.see(box.because.edit.hasFocus)
    desk.type("The engineer came in time.")
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.beyond.isVisible)
    assert "The engineer came in time." in remedy.face.beyond.said.text()

    desk.press(KEY.Key_4)
    await desk.see(remedy.face.offered.isVisible)
    assert remedy.face.list.hasFocus()
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.given.isVisible)
    assert remedy.panel.given.minor == 1_500


async def test_beyond_the_limit_the_words_say_what_the_ways_on_say(act, rosa, dana, desk):
    await sit_down(desk, rosa)
    await take_her_call(desk, act)
    recovery = await begin_recovery(desk)
    for step in (Step.APOLOGY, Step.REINSTATEMENT, Step.EMPATHY):
        await do_step(desk, recovery, step)
    remedy = await want(desk, "60", "Two visits missed")

    ways = remedy.face.beyond.ways
    rest = hour(remedy.panel.rest_due_at, "en_GB")
    assert ways.rows.row(ways.rows.index(0, 0)).name.startswith("Give £20.00 now")
    script = recovery.face.script
    assert "£20" in script.say.text()
    assert f"by {rest}" in script.say.text()
    assert f"by {rest}" in script.tail.text()


async def test_a_delivery_that_failed_alarms_the_giver_who_puts_it_right(act, rosa, dana, desk):
    await sit_down(desk, rosa)
    await take_her_call(desk, act)
    await give(desk, "2")
    await sit_down(desk, dana)
    page = await see_deliveries(desk)
    desk.press(KEY.Key_F)
    await desk.see(page.why.edit.hasFocus)
    desk.type("The account is closed")
    desk.press(KEY.Key_Return)
    await desk.see(lambda: page.list.row().late and not page.why.isVisible())

    await sit_down(desk, rosa)
    column = desk.furniture.day.column
    desk.press(KEY.Key_F5)
    await desk.see(lambda: column.list.hasFocus() and column.list.row() is not None)
    alarm = await walk_to(desk, column.list, "Not delivered")
    assert "The account is closed" in alarm.title
    assert alarm.late
    desk.press(KEY.Key_Return)
    await desk.see(lambda: page.isVisible() and page.list.hasFocus() and page.done.isVisible())
    assert page.done.text() == "Not done after all"
    desk.press(KEY.Key_Space)
    await desk.see(lambda: not page.list.row().late)
    await desk.settle()
    assert not [
        each for each in await desk.services.duties.mine(rosa) if each.title.startswith("Not del")
    ]


async def test_a_receptionist_hears_of_a_failed_delivery_and_comes_to_the_card(
    act, services, dana, desk
):
    rick = await hire(services, act(), "Rick Vale", Role.RECEPTIONIST)
    await sit_down(desk, rick)
    maria = await take_her_call(desk, act)
    given = await give(desk, "4")
    desk.press(KEY.Key_F4)
    await services.deliveries.fail(Command(uuid4(), dana), given.remedy_id, "No flowers left")

    await desk.settle()
    desk.furniture.open_card(rick.card_id)
    await desk.see(lambda: desk.furniture.card.card_id == rick.card_id)
    column = desk.furniture.day.column
    desk.press(KEY.Key_F5)
    await desk.see(lambda: column.list.hasFocus() and column.list.rows.rowCount() > 1)
    await walk_to(desk, column.list, "Not delivered")
    desk.press(KEY.Key_Return)
    await desk.see(lambda: desk.furniture.card.card_id == maria)


async def test_what_was_given_is_taken_back_with_a_reason_and_counts_no_more(
    act, rosa, desk, clock
):
    await sit_down(desk, rosa)
    maria = await take_her_call(desk, act)
    await give(desk, "2")
    assert 3_500 in await used(desk, rosa, maria)
    clock.pass_by(minutes=5)

    page = await see_deliveries(desk)
    desk.press(KEY.Key_R)
    await desk.see(page.why.edit.hasFocus)
    desk.press(KEY.Key_Return)
    assert page.why.field.faulty  # not without a reason
    desk.type("It was another customer")
    desk.press(KEY.Key_Return)
    await desk.see(lambda: page.list.row() is None)

    assert await used(desk, rosa, maria) == {0}
    [told] = [
        each for each in await desk.services.cards.history(maria) if each.kind == "remedy_reversed"
    ]
    assert told.personal["why"] == "It was another customer"


async def test_for_ones_own_cousin_a_second_person_decides(act, rosa, dana, desk):
    await give_pin(desk, dana)
    await sit_down(desk, rosa)
    maria = await take_her_call(desk, act)
    kind = RelationKind.HOUSEHOLD_OF
    await desk.services.edits.relate(act(), rosa.card_id, kind, maria)
    await desk.settle()
    remedy = await go_to_remedies(desk)
    await desk.see(lambda: remedy.face.notice.isVisible())
    assert "your own household" in remedy.face.notice.accessibleName()
    assert {offer(desk, key).stand for key in "1245"} == {Stand.ASK}

    desk.press(KEY.Key_2)
    await desk.see(remedy.face.beyond.ways.hasFocus)
    desk.press(KEY.Key_A)
    await desk.see(remedy.face.approve.pin.pin.hasFocus)
    desk.type(PIN)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.offered.isVisible)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.given.isVisible)

    [told] = [each for each in await desk.services.cards.history(maria) if "approved" in each.kind]
    assert told.facts["decided_by"] == dana.card_id


async def test_a_remedy_for_whoever_is_not_verified_leads_to_what_to_ask(desk, act, rosa):
    await sit_down(desk, rosa)
    await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(KEY.Key_F2)
    await desk.see(lambda: desk.focus is desk.furniture.contact.form.reason)
    await go_to_remedies(desk)
    desk.press(KEY.Key_1)
    verify = desk.furniture.care.verify
    await desk.see(lambda: verify.facts.isVisible() and desk.focus in verify.facts.chips)
    assert "Space ticks what they know" in desk.told

    desk.press(KEY.Key_Space)
    await desk.see(lambda: verify.level == "talking")
    desk.press(KEY.Key_F8)
    desk.press(KEY.Key_1)
    await desk.see(lambda: sum(each.hasFocus() for each in verify.facts.chips) == 1)
    desk.press(KEY.Key_Space)
    await desk.see(lambda: verify.level == "giving")


async def test_a_card_with_nothing_more_to_ask_says_that_they_are_to_be_rung_back(desk, act, rosa):
    await sit_down(desk, rosa)
    little = NewCard(given="Omar", family="Haddad", phones=(NewPhone(raw="07700 900123"),))
    await desk.services.cards.add(act(), little)
    await desk.ring("07700 900123")
    desk.press(KEY.Key_F2)
    await desk.see(lambda: desk.focus is desk.furniture.contact.form.reason)
    remedy = await go_to_remedies(desk)
    desk.press(KEY.Key_1)

    await desk.see(lambda: "Ring them back on its number" in desk.told)
    assert desk.focus is remedy.face.list


async def test_what_one_may_be_given_goes_with_them_when_somebody_unknown_rings(desk, act, rosa):
    await sit_down(desk, rosa)
    maria = await desk.services.cards.add(act(), MARIA)
    desk.furniture.open_card(maria)
    await desk.see(lambda: desk.furniture.card.isVisible())
    remedy = await go_to_remedies(desk)
    await desk.ring("01632 960777")

    await desk.see(lambda: desk.furniture.unknown.isVisible())
    await desk.see(lambda: not remedy.isVisible())
