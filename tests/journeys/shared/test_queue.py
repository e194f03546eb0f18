"""Beyond the limit: one console asks, another decides, and the customer is told what to expect."""

import pytest

from care_console.authority.pane.offers import Stand
from care_console.authority.records import RequestRecord
from care_console.staff.rules import Role
from tests.journeys.hands import CTRL, KEY, hire, offer, sit_down, walk_to, want
from tests.journeys.shared.together import bell, heard, turn_to, with_both

STORY = "Two visits missed, and she took a day off work for each."


@pytest.fixture
def dana(loop, desks, act, rosa):
    """Dana, a supervisor."""
    hired = hire(desks[0].services, act(), "Dana Whitfield", Role.SUPERVISOR)
    return loop.run_until_complete(hired)


@pytest.fixture
def sam(loop, desks, act, dana):
    """Sam, a senior CSR, who may approve as well."""
    return loop.run_until_complete(hire(desks[0].services, act(), "Sam Ito", Role.SENIOR))


async def ask(desk, clerk, maria):
    """At this desk the clerk wants £60 for Maria, and sends it to Dana with a story."""
    await turn_to(desk)
    await sit_down(desk, clerk)
    desk.furniture.open_card(maria)
    await desk.see(lambda: desk.furniture.shows_card and desk.furniture.card.card_id == maria)
    remedy = await want(desk, "60", "Two visits missed")
    desk.press(KEY.Key_Q)
    await desk.see(remedy.face.send.story.hasFocus)
    remedy.face.send.story.selectAll()
    desk.type(STORY)
    desk.press(KEY.Key_Return, CTRL)
    await desk.see(lambda: offer(desk, "8").stand is Stand.ASKED)
    return remedy


async def find_request(desk, clerk):
    """At this desk the request stands in the clerk's day, and Enter opens it with its story."""
    await turn_to(desk)
    await sit_down(desk, clerk)
    column = desk.furniture.day.column
    desk.press(KEY.Key_F5)
    await desk.see(lambda: column.list.hasFocus() and column.list.row() is not None)
    await walk_to(desk, column.list, "£60.00")
    desk.press(KEY.Key_Return)
    return await on_the_page(desk)


async def on_the_page(desk):
    """The request is shown, and the letters answer it."""
    page = desk.furniture.others.approvals.there()
    await desk.see(lambda: page.detail.isVisible() and page.list.hasFocus())
    assert "£60.00" in page.detail.name.text()
    assert STORY in page.detail.story.accessibleName()
    return page


async def test_a_supervisor_at_another_desk_allows_less_and_that_is_given(desks, maria, rosa, dana):
    front, back = desks

    async def test():
        rung = bell(back)
        remedy = await ask(front, rosa, maria)
        told = remedy.face.notice.accessibleName()
        assert "sent to Dana Whitfield" in told.replace("\u2068", "").replace("\u2069", "")
        assert "I’ll tell you, whatever the answer is" in told
        await heard(rung, RequestRecord)

        page = await find_request(back, dana)
        back.press(KEY.Key_L)
        await back.see(page.detail.answer.edit.hasFocus)
        back.type("30")
        back.press(KEY.Key_Return)
        await back.see(lambda: not page.detail.isVisible())

        await turn_to(front)
        await front.see(lambda: offer(front, "8").stand is Stand.ALLOWED)
        assert "said yes: £30.00" in remedy.face.notice.accessibleName()
        front.press(KEY.Key_8)
        await front.see(remedy.face.offered.isVisible)
        front.press(KEY.Key_Return)
        await front.see(remedy.face.given.isVisible)
        assert remedy.panel.given.minor == 3_000

    await with_both(desks, test())


async def test_unanswered_it_falls_to_another_whose_no_is_told_in_their_words(
    desks, maria, rosa, dana, sam, clock
):
    front, back = desks

    async def test():
        remedy = await ask(front, rosa, maria)
        await turn_to(back)
        await sit_down(back, sam)
        window = back.furniture.others
        window.open_about("request", remedy.panel.requests[0].request_id)
        page = await on_the_page(back)
        back.press(KEY.Key_A)  # it is Dana's still
        await back.see(lambda: "from 09:15 on you may decide it" in back.told)

        clock.pass_by(minutes=15)
        back.press(KEY.Key_N)
        await back.see(page.detail.answer.edit.hasFocus)
        back.type("We come tomorrow instead")
        back.press(KEY.Key_Return)
        await back.see(lambda: not page.detail.isVisible())

        await turn_to(front)
        await front.see(lambda: offer(front, "8").stand is Stand.REFUSED)
        assert "“We come tomorrow instead”" in remedy.face.notice.accessibleName()
        front.press(KEY.Key_4)  # inside the limits
        await front.see(remedy.face.offered.isVisible)

    await with_both(desks, test())
