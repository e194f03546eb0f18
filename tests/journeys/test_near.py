"""For a customer who is near to the clerk a second person decides, by the keyboard alone."""

from dataclasses import replace

import pytest

from care_console.authority.pane.offers import Stand
from care_console.base.command import Clerk
from care_console.cards.rules import Group, Kind, NewCard, NewMembership, NewPhone, RelationKind
from care_console.staff.rules import Role
from tests.journeys.hands import (
    CTRL,
    KEY,
    MARIA,
    PIN,
    SHIFT,
    give_pin,
    go_to_remedies,
    hire,
    offer,
    sit_down,
    tab_to,
    take_call,
)

NUMBER, SWITCHBOARD = "020 7946 0123", "020 7946 0999"
WORK = NewCard(
    kind=Kind.ORGANISATION,
    family="Northgate Heating",
    phones=(NewPhone(raw=SWITCHBOARD),),
    addresses=MARIA.addresses,
    memberships=(NewMembership(group=Group.DISTRIBUTOR, account_number="D-12"),),
)


@pytest.fixture
def rosa(loop, services, act):
    """Rosa, a CSR, who is a customer as well, and rings from home."""

    async def hired():
        groups = (NewMembership(group=Group.EMPLOYEE), *MARIA.memberships)
        card = replace(MARIA, given="Rosa", family="Lind", memberships=groups)
        card_id = await services.cards.add(act(), card)
        await services.staff.add_clerk(act(), card_id, Role.CSR)
        return Clerk("Rosa Lind", Role.CSR, card_id)

    return loop.run_until_complete(hired())


@pytest.fixture
def dana(loop, services, act, rosa):
    """Dana, a supervisor."""
    return loop.run_until_complete(hire(services, act(), "Dana Whitfield", Role.SUPERVISOR))


async def all_ask(desk, why):
    """What may be given says why a second person decides, and every remedy asks for one."""
    remedy = await go_to_remedies(desk)
    await desk.see(remedy.face.notice.isVisible)
    assert why in remedy.face.notice.accessibleName()
    assert {offer(desk, key).stand for key in "12"} == {Stand.ASK}
    desk.press(KEY.Key_2)
    await desk.see(remedy.face.beyond.ways.hasFocus)
    return remedy


async def send(desk, remedy):
    """Q sends it to a supervisor, with a story."""
    desk.press(KEY.Key_Q)
    await desk.see(remedy.face.send.story.hasFocus)
    remedy.face.send.story.selectAll()
    desk.type("Two visits missed.")
    desk.press(KEY.Key_Return, CTRL)
    await desk.see(lambda: offer(desk, "2").stand is Stand.ASKED)


async def decide(desk, clerk, key, words=""):
    """The request stands in the clerk's day; there a letter answers it."""
    await sit_down(desk, clerk)
    column = desk.furniture.day.column
    desk.press(KEY.Key_F5)
    await desk.see(lambda: column.list.hasFocus() and column.list.row() is not None)
    desk.press(KEY.Key_Return)
    page = desk.furniture.others.approvals.there()
    await desk.see(lambda: page.detail.isVisible() and page.list.hasFocus())
    desk.press(key)
    if words:
        await desk.see(page.detail.answer.edit.hasFocus)
        desk.type(words)
        desk.press(KEY.Key_Return)
    await desk.see(lambda: not page.detail.isVisible())


async def back_to_remedies(desk, clerk, card_id):
    """The clerk sits down again, and goes to what may be given to the same customer."""
    await sit_down(desk, clerk)
    desk.furniture.open_card(card_id)
    await desk.see(lambda: desk.furniture.shows_card and desk.furniture.card.card_id == card_id)
    return await go_to_remedies(desk)


async def offer_and_give(desk, remedy):
    """The digit offers what was approved, Enter gives it."""
    desk.press(KEY.Key_2)
    await desk.see(remedy.face.offered.isVisible)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.given.isVisible)


async def choose(desk, pin, name):
    """Shift+Tab goes back from the PIN to who decides; there somebody else is typed."""
    desk.press(KEY.Key_Tab, SHIFT)
    await desk.see(pin.who.hasFocus)
    pin.who.selectAll()
    desk.type(name)
    await tab_to(desk, "PIN, six digits")


async def approved_by(desk, card_id):
    """Return who approved what, by the history of the card."""
    told = await desk.services.cards.history(card_id)
    return [each.facts["decided_by"] for each in told if each.kind == "request_approved"]


async def test_a_colleague_who_is_a_customer_is_given_to_on_a_supervisors_word(
    act, rosa, dana, desk
):
    sam = await hire(desk.services, act(), "Sam Ito", Role.CSR)
    await sit_down(desk, sam)
    await take_call(desk, NUMBER)
    remedy = await all_ask(desk, "This is a colleague.")
    assert remedy.face.beyond.title.text() == "This is a colleague. Somebody else has to decide."
    await send(desk, remedy)
    told = remedy.face.notice.accessibleName()
    assert "whatever the answer is" in told  # what to say meanwhile, and to whom it went
    assert "sent to" in told

    await decide(desk, dana, KEY.Key_A)
    remedy = await back_to_remedies(desk, sam, rosa.card_id)
    await desk.see(lambda: offer(desk, "2").stand is Stand.ALLOWED)
    assert "said yes: £35.00" in remedy.face.notice.accessibleName()
    await offer_and_give(desk, remedy)
    assert await approved_by(desk, rosa.card_id) == [dana.card_id]


async def test_for_the_organisation_one_works_at_somebody_decides_who_does_not(
    act, rosa, dana, desk
):
    sam = await hire(desk.services, act(), "Sam Ito", Role.SUPERVISOR)
    work = await desk.services.cards.add(act(), WORK)
    for clerk in (dana, sam):
        await give_pin(desk, clerk)
    await sit_down(desk, rosa)
    await take_call(desk, SWITCHBOARD)
    for clerk in (rosa, dana):
        await desk.services.edits.relate(act(), clerk.card_id, RelationKind.WORKS_AT, work)
    await desk.settle()
    remedy = await all_ask(desk, "This is the organisation that you work at.")
    desk.press(KEY.Key_A)
    pin = remedy.face.approve.pin
    await desk.see(pin.pin.hasFocus)
    desk.type(PIN)
    desk.press(KEY.Key_Return)
    await desk.see(pin.trouble.isVisible)
    assert pin.trouble.text() == (
        "This is the organisation that you work at. Somebody else has to decide."
    )
    await choose(desk, pin, "Sam Ito")
    desk.type(PIN)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.offered.isVisible)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.given.isVisible)
    assert await approved_by(desk, work) == [sam.card_id]


async def test_on_ones_own_card_a_supervisor_decides_at_the_desk(rosa, dana, desk):
    await give_pin(desk, dana)
    await sit_down(desk, rosa)
    await take_call(desk, NUMBER)
    remedy = await all_ask(desk, "This is your own card.")
    desk.press(KEY.Key_A)
    await desk.see(remedy.face.approve.pin.pin.hasFocus)
    assert "This is your own card." in remedy.face.approve.said.text()
    desk.type(PIN)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.offered.isVisible)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.given.isVisible)
    assert await approved_by(desk, rosa.card_id) == [dana.card_id]


async def test_a_no_on_ones_own_card_is_told_in_its_words(rosa, dana, desk):
    await sit_down(desk, rosa)
    await take_call(desk, NUMBER)
    remedy = await all_ask(desk, "This is your own card.")
    await send(desk, remedy)
    await decide(desk, dana, KEY.Key_N, "The visit was on time")
    remedy = await back_to_remedies(desk, rosa, rosa.card_id)
    await desk.see(lambda: offer(desk, "2").stand is Stand.REFUSED)
    assert "“The visit was on time”" in remedy.face.notice.accessibleName()
