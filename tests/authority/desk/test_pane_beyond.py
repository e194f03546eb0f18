"""Beyond the limit: some now and the rest dated, another remedy, the queue, the desk."""

from PySide6.QtWidgets import QApplication

from care_console.base.spell import hour
from care_console.staff.rules import Role
from tests.authority.panes import (
    CTRL,
    KEY,
    kept,
    on_screen,
    pane_of,
    press,
    rows_of,
    settled,
    shown,
    stands,
)
from tests.authority.rooms import PIN, rooms_over


async def test_beyond_the_limit_the_gauges_are_hatched_and_the_ways_open(pane, ready):
    await ready()
    press("3")
    await settled(pane)

    face = pane.face
    assert face.box is face.beyond
    assert face.beyond.title.text() == "£55.50 is £15.50 more than you may give."
    assert any(g.reading.over for g in face.gauges if shown(g))
    names = [row.name for row in rows_of(face.beyond.ways)]
    assert names == [
        "Give £40.00 now",
        "Another remedy",
        "Send to \u2068Dana Whitfield\u2069",
        "Ask \u2068Dana Whitfield\u2069 at the desk",
    ]
    assert QApplication.focusWidget() is face.beyond.ways


async def test_g_gives_what_may_be_and_dates_the_rest(pane, ready, services, rooms, maria, rosa):
    await ready()
    press("3")
    await settled(pane)
    press("g")
    await settled(pane)
    assert pane.face.offered.give.text() == "Give £40.00"
    press(KEY.Key_Return)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == [(4_000, "given")]
    titles = [each.title for each in await services.duties.mine(rosa)]
    assert any("£15.50" in title for title in titles)


async def test_what_was_told_as_the_why_is_not_asked_for_again(pane, ready, rooms, dana):
    await ready()
    pane.set_story("No heating since Friday")
    other = next(row.key for row in rows_of(pane.face.list) if row.name.startswith("Other amount"))
    press(other)
    await settled(pane)
    press("95")
    press(KEY.Key_Tab)
    press("two nights in a hotel")
    press(KEY.Key_Return)
    await settled(pane)
    press("q")
    assert pane.face.send.typed == "No heating since Friday. two nights in a hotel."
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)

    waiting = await rooms.requests.waiting(dana)
    assert [each.story for each in waiting] == ["No heating since Friday. two nights in a hotel."]


async def test_the_hour_one_is_to_promise_is_the_hour_at_which_it_is_owed(
    pane, ready, rooms, services, dana, by, rosa, clock
):
    await ready()
    press("3")
    await settled(pane)
    for at in range(2):  # the second time answers are known to be quick
        press("q")
        press("Two visits missed.")
        press(KEY.Key_Return, modifier=CTRL)
        await settled(pane)
        if not at:
            request = (await rooms.requests.waiting(dana))[0]
            clock.pass_by(seconds=20)
            await rooms.requests.decide(by(dana), request.request_id, yes=False, words="No.")
            pane.refresh()
            await settled(pane)
            press("3")
            await settled(pane)
    clock.pass_by(minutes=3)
    pane.refresh()
    await settled(pane)

    owed = next(each for each in await services.duties.mine(rosa) if "answer" in each.title)
    assert f"By {hour(owed.due_at, 'en_GB')} I’ll tell you" in pane.face.notice.sub.text()


async def test_a_no_is_not_told_any_more_when_it_was_given_all_the_same(
    pane, ready, rooms, dana, by, clock
):
    await ready()
    press("3")
    await settled(pane)
    press("q")
    press("Two visits missed.")
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)
    request = (await rooms.requests.waiting(dana))[0]
    await rooms.requests.decide(by(dana), request.request_id, yes=False, words="Not today.")
    pane.refresh()
    await settled(pane)
    assert "said no" in pane.face.notice.words.text()
    clock.pass_by(minutes=1)
    press("3")
    await settled(pane)
    press("g")
    await settled(pane)
    press(KEY.Key_Return)
    await settled(pane)

    assert not shown(pane.face.notice)


async def test_a_yes_to_less_says_of_how_much(pane, ready, rooms, dana, by):
    await ready()
    press("3")
    await settled(pane)
    press("q")
    press("Two visits missed.")
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)
    request = (await rooms.requests.waiting(dana))[0]
    await rooms.requests.decide(by(dana), request.request_id, yes=True, minor=4_500)
    pane.refresh()
    await settled(pane)

    assert "said yes: £45.00 of £55.50," in pane.face.notice.words.text()


async def test_another_remedy_is_chosen_by_its_digit_from_the_box(pane, ready):
    await ready()
    press("3")
    await settled(pane)
    press("2")
    await settled(pane)

    assert pane.face.box is None
    assert pane.face.offered.give.text() == "Give £15.00"


async def test_esc_leads_back_from_each_box(pane, ready):
    await ready()
    press("3")
    await settled(pane)
    press("q")
    assert pane.face.box is pane.face.send
    press(KEY.Key_Escape)
    assert pane.face.box is pane.face.beyond
    press(KEY.Key_Escape)

    assert pane.face.box is None
    assert QApplication.focusWidget() is pane.face.list


async def test_a_request_needs_a_story_and_goes_to_the_queue(pane, ready, rooms, dana):
    await ready()
    press("3")
    await settled(pane)
    press("q")
    press(KEY.Key_Return, modifier=CTRL)
    assert pane.face.send.field.faulty
    press("Two visits missed.")
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)

    waiting = await rooms.requests.waiting(dana)
    assert [(each.minor, each.story) for each in waiting] == [(5_550, "Two visits missed.")]
    assert stands(pane)["Replace the goods"] == "asked"
    assert "sent to \u2068Dana Whitfield\u2069" in pane.face.notice.words.text()


async def test_an_answer_is_told_at_once_and_what_was_allowed_is_given(
    pane, ready, rooms, dana, by, maria, rosa
):
    await ready()
    press("3")
    await settled(pane)
    press("q")
    press("Two visits missed.")
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)
    answers = []
    pane.answered.connect(answers.append)
    request = (await rooms.requests.waiting(dana))[0]
    await rooms.requests.decide(by(dana), request.request_id, yes=True)
    pane.refresh()
    await settled(pane)
    assert "said yes: £55.50, Replace" in answers[0]
    assert pane.face.notice._glyph._name == "check"  # as green as its ground
    assert stands(pane)["Replace the goods"] == "allowed"
    press("3")
    await settled(pane)
    press(KEY.Key_Return)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == [(5_550, "given")]


async def test_a_refusal_shows_its_words_and_what_may_still_be_given(pane, ready, rooms, dana, by):
    await ready()
    press("3")
    await settled(pane)
    press("q")
    press("Two visits missed.")
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)
    request = (await rooms.requests.waiting(dana))[0]
    await rooms.requests.decide(
        by(dana), request.request_id, yes=False, words="first the call-out fee"
    )
    pane.refresh()
    await settled(pane)

    assert "said no: “first the call-out fee”." in pane.face.notice.words.text()
    assert pane.face.notice.sub.text() == "You can still give £75.00."
    assert stands(pane)["Replace the goods"] == "refused"


async def test_a_story_stays_with_its_customer_and_recovery_till_it_is_sent(
    pane, ready, maria, customer, dana, rooms
):
    async def ask(card_id, recovery_id=None):
        pane.show_for(card_id, recovery_id)
        await ready(card_id) if recovery_id is None else await settled(pane)
        pane.face.list.setFocus()
        press("3")
        await settled(pane)
        press("q")

    await ask(maria)
    press("Two visits missed.")
    jonas = await customer("Jonas Weber")
    await ask(jonas)
    assert pane.face.send.typed == ""
    press("A broken pipe.")
    await ask(maria, 7)
    assert pane.face.send.typed == ""
    await ask(maria)
    assert pane.face.send.typed == "Two visits missed."
    press(KEY.Key_Return, modifier=CTRL)
    await settled(pane)
    assert [each.story for each in await rooms.requests.waiting(dana)] == ["Two visits missed."]

    await ask(jonas)
    assert pane.face.send.typed == "A broken pipe."
    pane.forget()
    await ask(jonas)
    assert pane.face.send.typed == ""


async def test_somebody_allows_it_at_the_desk_by_a_pin(
    pane, ready, pin_for, dana, rooms, maria, rosa
):
    await pin_for(dana)
    await ready()
    press("3")
    await settled(pane)
    press("a")
    assert pane.typing
    press("111222")
    press(KEY.Key_Return)
    await settled(pane)
    assert shown(pane.face.approve.pin.trouble)
    press(PIN)
    press(KEY.Key_Return)
    await settled(pane)
    assert pane.face.offered.give.text() == "Give £55.50"
    assert await kept(rooms, maria, rosa) == []
    press(KEY.Key_Return)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == [(5_550, "given")]


async def test_a_no_at_the_desk_leads_to_another_remedy_and_is_kept(pane, ready, maria, customer):
    await ready()
    press("3")
    await settled(pane)
    press("a")
    pane.face.approve.no.click()
    press("First the call-out fee.")
    press(KEY.Key_Return)
    await settled(pane)
    assert pane.face.box is pane.face.beyond
    assert "Dana Whitfield⁩ said no: “First the call-out fee.”" in pane.face.beyond.said.text()

    await ready(await customer("Jonas Weber"))
    await ready(maria)

    assert "“First the call-out fee.”" in pane.face.notice.words.text()
    assert stands(pane)["Replace the goods"] == "refused"


async def test_a_free_amount_beyond_the_limit_opens_the_ways(pane, ready):
    await ready()
    press("4")
    press("90")
    press(KEY.Key_Tab)
    press("She waited twice.")
    press(KEY.Key_Return)
    await settled(pane)

    assert pane.face.box is pane.face.beyond
    assert pane.face.beyond.title.text().startswith("£90.00 is ")


async def test_a_part_of_what_needs_a_reason_asks_for_it_before_it_is_offered(
    pane, ready, remedy, maria, rosa, rooms
):
    await remedy("Repair free of charge", usual=6_000, position=9, why_wanted=True)
    await ready()
    press("5")
    await settled(pane)
    assert pane.face.box is pane.face.beyond
    press("g")
    await settled(pane)
    assert pane.face.box is pane.face.details
    press("She waited twice.")
    press(KEY.Key_Return)
    await settled(pane)
    assert pane.face.offered.give.text() == "Give £40.00"
    press(KEY.Key_Return)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == [(4_000, "given")]


async def test_the_person_comes_before_a_remedy_or_a_reason_is_given(
    qtbot, services, rosa, maria, by
):
    careful = rooms_over(services, person_waits=lambda db, recovery_id, card_id: True)
    pane = on_screen(qtbot, pane_of(careful, services, rosa, by))
    pane.show_for(maria, recovery_id=7)
    await settled(pane)
    pane.activateWindow()
    pane.setFocus()
    press("2")
    await settled(pane)
    assert pane.face.box is pane.face.details
    assert shown(pane.face.details.first)
    press(KEY.Key_Return)
    assert pane.face.details.first.faulty
    press("No heat, and a child of two.")
    press(KEY.Key_Return)
    await settled(pane)

    assert pane.face.offered.give.text() == "Give £15.00"


async def test_what_costs_nothing_and_is_not_ones_own_to_give_says_so(pane, ready, remedy, limit):
    slot = await remedy("First free slot", unit="pieces", usual=1, position=5)
    await limit("remedy", 0, role=Role.CSR, catalogue_id=slot)
    await ready()
    press("5")
    await settled(pane)

    assert pane.face.box is pane.face.beyond
    assert pane.face.beyond.title.text() == "This is not yours to give alone."
