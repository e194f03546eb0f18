"""Several calls at a desk that can call back: each is told once, and none is lost."""

import pytest
from PySide6.QtCore import Qt

from care_console.calls.pane import keeper
from care_console.calls.rules.listing import Show, Wanted
from care_console.cards.rules import NewCard, NewPhone
from care_console.lines.line import Can
from care_console.lines.pretend import PretendLine
from care_console.window import flow

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
MARIA = NewCard(given="Maria", family="Okafor", phones=(NewPhone(raw="020 7946 0123"),))
JONAS = "0113 496 0877"


@pytest.fixture
def dials(act, desk):
    """A desk whose line can call."""
    desk.line.can = frozenset({Can.DIAL})
    return desk


async def states(desk):
    await desk.settle()
    return [each.state for each in await desk.services.log.recent()]


def current(page):
    return page.view.row()


async def missed(desk, number=JONAS):
    """Let somebody ring in vain."""
    call = await desk.ring(number)
    await desk.settle()
    desk.line.end(call)
    await desk.see(lambda: not desk.furniture.around.deck.rings or desk.furniture.strip.shown)
    await desk.settle()


async def test_of_several_calls_one_is_taken_one_went_elsewhere_and_one_is_called_back(
    act, dials, desk, clock
):
    await desk.services.cards.add(act(), MARIA)
    taken, gone = await desk.ring("020 7946 0123"), await desk.ring("0161 496 0350")
    desk.line.elsewhere(gone)
    await desk.until(lambda: len(desk.furniture.around.deck.rings) == 1)
    desk.press(Qt.Key.Key_F2)
    await desk.see(lambda: desk.focus is desk.furniture.contact.form.reason)
    for _each in range(2):
        clock.pass_by(minutes=1)
        await missed(desk)
    desk.line.end(taken)
    await desk.see(lambda: desk.furniture.around.deck.in_front.ended)
    assert await states(desk) == ["missed", "missed", "elsewhere", "answered"]
    await call_back(desk)

    assert desk.line.dialled == ["+441134960877"]
    assert await desk.services.calls.missed(Wanted(show=Show.MISSED)) == []
    assert (await states(desk))[0] == "outgoing"
    front = desk.furniture.around.deck.front
    assert (await desk.services.contacts.draft(front)).direction == "out"


async def call_back(desk):
    """Call the one who was missed twice, from the page of calls."""
    desk.press(Qt.Key.Key_4, ALT)
    page = desk.furniture.calling.page.there()
    await desk.see(lambda: page.view.rows.rowCount() == 4)
    page.show_missed()
    await desk.see(lambda: page.view.rows.rowCount() == 1)
    assert "rang 2 times" in current(page).sub
    assert page.detail.facts["Number"][1].text() == "+44 113 496 0877"
    desk.press(Qt.Key.Key_C)

    await desk.see(lambda: desk.furniture.strip.state.words == "Calling")


async def test_a_call_that_a_queue_rings_again_pops_at_once_and_is_taken_as_one(act, desk, clock):
    await desk.services.cards.add(act(), MARIA)
    for _round in range(2):
        call = await desk.ring("020 7946 0123", called_line="sales")
        await desk.settle()
        clock.pass_by(seconds=20)
        desk.line.end(call)
        await desk.see(lambda: desk.furniture.strip.shown == "missed")
        assert await states(desk) == ["missed"]
        clock.pass_by(seconds=5)
    await desk.ring("020 7946 0123", called_line="sales")
    assert desk.furniture.strip.shown == "ringing"
    desk.press(Qt.Key.Key_F2)
    await desk.see(lambda: desk.focus is desk.furniture.contact.form.reason)

    assert await states(desk) == ["answered"]
    assert await desk.services.log.missed() == []


async def test_pitfall_15_our_own_dialling_never_pops_as_a_customer(act, dials, desk, clock):
    maria = await desk.services.cards.add(act(), MARIA)
    desk.furniture.open_card(maria)
    await desk.see(lambda: desk.furniture.card.card_id == maria)
    desk.press(Qt.Key.Key_C, CTRL | SHIFT)
    sheet = desk.furniture.calling.sheet
    await desk.see(lambda: sheet.isVisible() and sheet.list.rows.rowCount() == 1)
    assert sheet.list.row().title == "+44 20 7946 0123"  # shown before it is called
    assert desk.line.dialled == []
    desk.press(Qt.Key.Key_Return)
    await desk.see(lambda: desk.furniture.strip.state.words == "Calling")
    assert desk.line.dialled == ["+442079460123"]

    clock.pass_by(seconds=2)
    back = desk.line.ring("+442079460123")  # as an Originate rings the own telephone first
    desk.line.answer(back)
    clock.pass_by(minutes=3)
    desk.line.end(back, "16")
    await desk.see(lambda: desk.furniture.strip.state.words == "Call ended")

    assert desk.furniture.flow.rung == 0
    await desk.settle()
    [row] = await desk.services.calls.page(Wanted())
    assert (row.direction, row.state, row.card_id, row.cause) == ("out", "outgoing", maria, "16")
    assert row.ended_at is not None
    assert len(desk.furniture.around.deck.contacts) == 1


async def test_a_call_that_we_made_is_over_when_its_line_says_so_of_its_id(act, dials, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    desk.furniture.open_card(maria)
    await desk.see(lambda: desk.furniture.card.card_id == maria)
    desk.press(Qt.Key.Key_C, CTRL | SHIFT)
    sheet = desk.furniture.calling.sheet
    await desk.see(lambda: sheet.isVisible() and sheet.list.rows.rowCount() == 1)
    desk.press(Qt.Key.Key_Return)
    await desk.see(lambda: desk.furniture.strip.state.words == "Calling")
    desk.line.end("dialled 1", "16")
    await desk.see(lambda: desk.furniture.strip.state.words == "Call ended")

    await desk.settle()
    [row] = await desk.services.calls.page(Wanted())
    assert (row.direction, row.cause) == ("out", "16")


async def test_where_no_line_can_call_nothing_offers_to(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    await missed(desk, "020 7946 0123")
    await desk.see(lambda: desk.furniture.strip.shown == "missed")
    desk.furniture.flow.dialling.links = False
    desk.furniture.open_card(maria)
    await desk.see(lambda: desk.furniture.card.card_id == maria)
    desk.window.registry.refresh()

    assert not desk.furniture.strip.call_back.isVisible()
    assert not desk.window.registry.action("call").isEnabled()


async def test_a_program_of_this_computer_is_handed_the_number_where_no_line_dials(act, desk):
    links = []
    dialling = desk.furniture.flow.dialling
    await desk.see(lambda: True)
    dialling.links, dialling.open_link = True, lambda link: not links.append(link)
    await missed(desk)
    await desk.see(desk.furniture.strip.call_back.isVisible)
    desk.furniture.strip.focus_first()
    desk.press(Qt.Key.Key_Return)

    await desk.see(lambda: desk.furniture.strip.state.words == "Calling")
    assert links == ["tel:+441134960877"]


async def test_a_line_that_is_down_says_why_nobody_was_called(act, dials, desk):
    await missed(desk)
    desk.line.drop("The telephone system does not answer.")
    desk.furniture.flow.dialling.links = False
    desk.furniture.strip.call_back_wanted.emit()

    await desk.see(lambda: "The telephone system does not answer." in desk.told)
    assert desk.line.dialled == []
    assert desk.furniture.around.deck.contacts == []


async def test_an_emergency_s_number_is_not_called_by_a_slip(act, dials, desk, monkeypatch):
    monkeypatch.setattr("care_console.window.dialling.is_emergency", lambda number, plan: True)
    await missed(desk)
    desk.furniture.strip.call_back_wanted.emit()
    sheet = desk.furniture.calling.sheet
    await desk.see(sheet.isVisible)
    desk.press(Qt.Key.Key_Return)
    await desk.settle()
    assert desk.line.dialled == []

    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.see(lambda: desk.line.dialled == ["+441134960877"])


async def test_answered_nobody_knows_where_f2_says_that_it_was_here(act, desk):
    maria = await desk.services.cards.add(act(), MARIA)
    before = desk.focus
    call = await desk.ring("020 7946 0123")
    desk.line.somewhere(call)
    await desk.see(lambda: desk.furniture.strip.shown == "answered")
    assert desk.furniture.strip.state.words == "Answered. You?"
    assert desk.focus is before
    desk.press(Qt.Key.Key_F2)

    await desk.see(lambda: desk.focus is desk.furniture.contact.form.reason)
    assert await states(desk) == ["answered"]
    assert (await desk.services.contacts.draft(desk.furniture.around.deck.front)).card_id == maria


async def test_answered_by_whoever_does_not_say_so_goes_as_a_colleague_s(act, desk, monkeypatch):
    monkeypatch.setattr(flow, "ASKED_MS", 1)
    call = await desk.ring("020 7946 0123")
    desk.line.somewhere(call)
    await desk.see(
        lambda: desk.furniture.strip.shown == "" and not desk.furniture.around.deck.rings
    )

    assert await states(desk) == ["elsewhere"]
    assert await desk.services.log.missed() == []


async def test_a_ring_comes_before_the_question_whose_the_other_was(act, desk):
    first = await desk.ring("020 7946 0123")
    desk.line.somewhere(first)
    await desk.see(lambda: desk.furniture.strip.shown == "answered")
    second = await desk.ring("0113 496 0877")
    assert desk.furniture.strip.shown == "ringing"
    desk.line.elsewhere(second)
    await desk.see(lambda: desk.furniture.strip.shown == "answered")
    desk.press(Qt.Key.Key_Escape, SHIFT)

    await desk.see(lambda: desk.furniture.strip.shown == "")
    assert await states(desk) == ["elsewhere", "elsewhere"]


async def test_whoever_picks_up_for_a_colleague_still_has_the_call(act, desk):
    call = await desk.ring("020 7946 0123")
    desk.line.elsewhere(call)
    await desk.see(lambda: desk.furniture.strip.shown == "")
    desk.line.answer(call)

    await desk.see(lambda: desk.furniture.strip.state.words == "Talking")
    assert await states(desk) == ["answered"]


async def test_pitfall_9_a_call_of_which_two_lines_tell_rings_once_and_is_one_in_the_log(
    act, desk, clock
):
    other = PretendLine(clock, "second")
    desk.furniture.flow.listen(other)
    try:
        call = await desk.ring("020 7946 0123")
        clock.pass_by(seconds=1)
        twin = other.ring("+44 20 7946 0123")
        other.answer(twin)
        await desk.until(lambda: desk.furniture.strip.state.words == "Talking")
        desk.line.end(call)
        other.end(twin)
        await desk.until(lambda: desk.furniture.strip.state.words == "Call ended")
        assert desk.furniture.flow.rung == 1
        assert await states(desk) == ["answered"]
    finally:
        await other.close()


async def test_an_ignored_number_never_pops_and_is_listed_as_ignored(act, desk):
    await desk.services.ignored.add(act(), JONAS)
    call = desk.line.ring(JONAS)
    desk.line.end(call)
    page = desk.furniture.calling.page
    desk.window.show_page("calls")
    await desk.see(lambda: page.there().view.rows.rowCount() == 1)
    await desk.settle()

    assert desk.furniture.flow.rung == 0
    assert desk.furniture.strip.shown == ""
    assert "Ignored" in current(page.there()).sub
    assert await states(desk) == ["ignored"]


async def test_at_large_text_a_ring_brings_whoever_calls_before_an_empty_contact(
    act, desk, monkeypatch
):
    monkeypatch.setattr(keeper, "STILL_TYPING_MS", 0)  # fields are told anew by another size
    await desk.services.cards.add(act(), MARIA)
    desk.window.set_text_size(150)
    desk.window.resize(1366, 768)
    desk.furniture.desk.go_right()
    assert not desk.furniture.centre.isVisible()
    await desk.ring("020 7946 0123")
    await desk.see(lambda: desk.furniture.card.head.isVisible())
    desk.press(Qt.Key.Key_F2)
    await desk.see(lambda: desk.focus is desk.furniture.contact.form.reason)

    await desk.ring(JONAS)
    assert desk.furniture.contact.form.reason.isVisible()
    desk.window.set_text_size(100)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
@pytest.mark.parametrize("text_size", [100, 150])
async def test_every_size_holds_the_calls(act, desk, size, text_size):
    desk.window.set_text_size(text_size)
    desk.window.resize(*size)
    await missed(desk)
    desk.window.show_page("calls")
    page = desk.furniture.calling.page.there()
    await desk.see(lambda: page.view.rows.rowCount() == 1)
    desk.window.grab()

    assert (desk.window.width(), desk.window.height()) == size
    assert page.view.height() > 60
    desk.window.set_text_size(100)
