"""What you can do now: by the keyboard alone, over the real records."""

from PySide6.QtWidgets import QApplication

from tests.authority.panes import (
    CTRL,
    KEY,
    hold,
    kept,
    limits_over,
    on_screen,
    pane_of,
    press,
    rows_of,
    settled,
    shown,
    stands,
)
from tests.calls.callers import clipped, nameless
from tests.conftest import at_rest


async def test_without_a_card_it_says_what_it_is_for(pane):
    assert shown(pane.face.why)
    assert "Open somebody’s card" in pane.face.why.text()
    assert not shown(pane.face.list)


async def test_what_may_be_given_stands_there_before_anything_is_typed(pane, ready):
    await ready()

    assert pane.face.free.amount.text() == "£75.00"
    assert stands(pane) == {
        "Waive the call-out fee": "give",
        "Flowers with a card": "give",
        "Replace the goods": "ask",
        "Other amount…": "give",
    }
    titles = [g.reading.title for g in pane.face.gauges if shown(g)]
    assert titles[:2] == ["Your day", "\u2068Maria\u2069, this year"]


async def test_a_digit_offers_and_enter_gives(pane, ready, rooms, maria, rosa):
    await ready()
    press("1")
    await settled(pane)
    assert pane.face.offered.words.text() == "offered, 10:00 left"
    assert pane.face.offered.give.text() == "Give £35.00"
    assert stands(pane)["Waive the call-out fee"] == "offered"
    assert await kept(rooms, maria, rosa) == []
    press(KEY.Key_Return)
    await settled(pane)

    assert pane.face.given.words.text() == "£35.00 given"
    assert await kept(rooms, maria, rosa) == [(3_500, "given")]
    assert pane.acts[-1].words == "£35.00 given to \u2068Maria\u2069"


async def test_neither_ctrl_enter_nor_a_held_key_gives_money(pane, ready, rooms, maria, rosa):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Return, modifier=CTRL)
    hold(KEY.Key_Return)
    pane.face.offered.give.setFocus()
    assert QApplication.focusWidget() is pane.face.offered.give
    press(KEY.Key_Return, modifier=CTRL)
    hold(KEY.Key_Return)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == []
    assert shown(pane.face.offered)


async def test_enter_on_another_remedy_moves_the_offer_and_gives_nothing(
    pane, ready, rooms, maria, rosa
):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Down, KEY.Key_Return)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == []
    assert stands(pane)["Waive the call-out fee"] == "give"
    assert pane.face.offered.give.text() == "Give £15.00"


async def test_esc_lets_go_what_is_offered(pane, ready):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Escape)
    await settled(pane)

    assert shown(pane.face.free)
    assert pane.face.free.amount.text() == "£75.00"


async def test_an_offer_runs_down_and_lapses(pane, ready, clock):
    await ready()
    press("1")
    await settled(pane)
    assert pane.countdown.running
    clock.pass_by(seconds=20)
    pane.countdown.look()
    assert pane.face.offered.words.text() == "offered, 9:40 left"
    clock.pass_by(minutes=10)
    pane.countdown.look()
    await settled(pane)

    assert shown(pane.face.free)
    assert not pane.countdown.running


async def test_what_was_given_is_withdrawn_within_the_minute(
    pane, ready, clock, rooms, maria, rosa
):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Return)
    await settled(pane)
    clock.pass_by(seconds=8)
    pane.countdown.look()
    assert pane.face.given.left.text() == "0:52 left"
    press(KEY.Key_Z, modifier=CTRL)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == []
    assert shown(pane.face.free)


async def test_the_act_takes_it_back_too(pane, ready, rooms, maria, rosa):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Return)
    await settled(pane)
    await pane.acts[-1].undo()
    await settled(pane)

    assert await kept(rooms, maria, rosa) == []


async def test_after_the_minute_it_stays_given(pane, ready, clock, rooms, maria, rosa):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Return)
    await settled(pane)
    clock.pass_by(seconds=61)
    pane.countdown.look()
    await settled(pane)
    assert not shown(pane.face.given.withdraw)
    press(KEY.Key_Z, modifier=CTRL)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == [(3_500, "given")]
    assert pane.face.given.words.text() == "£35.00 given"


async def test_a_reopened_pane_still_offers_the_way_back(
    qtbot, pane, ready, rooms, services, rosa, maria, by
):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Return)
    await settled(pane)
    again = on_screen(qtbot, pane_of(rooms, services, rosa, by))
    again.show_for(maria)
    await settled(again)

    assert shown(again.face.given.withdraw)


async def test_a_free_amount_is_asked_for_with_its_reason(pane, ready, rooms, maria, rosa):
    await ready()
    press("4")
    assert pane.face.box is pane.face.details
    press("ten")
    press(KEY.Key_Tab)
    press("She waited twice.")
    press(KEY.Key_Return)
    assert pane.face.details.amount.faulty
    pane.face.details.amount.edit.clear()
    press("12.50")
    press(KEY.Key_Return)
    await settled(pane)
    assert pane.face.offered.give.text() == "Give £12.50"
    press(KEY.Key_Return)
    await settled(pane)

    assert await kept(rooms, maria, rosa) == [(1_250, "given")]


async def test_an_unverified_caller_unlocks_no_remedy(pane, ready):
    await ready()
    pane.set_verified(False)
    press("1")
    await settled(pane)

    assert pane.face.free.words.text() == "once verified for giving"
    assert pane.told == ["Verify first who is calling: then it can be offered."]
    assert shown(pane.face.free)


async def test_stopped_remedies_are_said_to_be_so(pane, ready, services, act):
    await limits_over(services).stop(act(), "The till is being counted.")
    await ready()

    assert "The till is being counted." in pane.face.notice.words.text()
    assert set(stands(pane).values()) == {"not"}
    press("1")
    await settled(pane)
    assert pane.told


async def test_the_own_card_needs_a_second_person(pane, ready, rosa):
    await ready(rosa.card_id)
    press("1")
    await settled(pane)

    assert shown(pane.face.notice)
    assert pane.face.box is pane.face.beyond
    assert "Give" not in rows_of(pane.face.beyond.ways)[0].name


async def test_another_card_forgets_what_was_begun(pane, ready, customer):
    await ready()
    press("3")
    await settled(pane)
    press("q")
    press("Two visits missed.")
    jonas = await customer("Jonas Weber")
    pane.show_for(jonas)
    await settled(pane)

    assert pane.face.box is None
    assert pane.face.send.story.toPlainText() == ""


async def test_the_confirmation_is_ready_to_be_copied(pane, ready):
    await ready()
    press("1")
    await settled(pane)
    press(KEY.Key_Return)
    await settled(pane)
    pane.face.given.confirm.setFocus()
    press(KEY.Key_Return)
    await settled(pane)
    assert "£35.00" in pane.face.confirm.text.toPlainText()
    press(KEY.Key_Return)

    assert "£35.00" in QApplication.clipboard().text()


async def test_everything_has_a_name_and_room(pane, ready):
    await ready()
    for keys in ("1", "3"):
        press(keys)
        await settled(pane)
        pane.grab()
        assert nameless(pane) == []
        assert await at_rest(lambda: clipped(pane)) == []


async def test_in_a_low_panel_what_is_typed_in_keeps_its_room_and_the_gauges_go(pane, ready):
    pane.setFixedHeight(380)  # as its column presses it
    await ready()
    press("4")
    await settled(pane)
    pane.grab()

    details = pane.face.details
    press("80")
    press(KEY.Key_Return)
    await settled(pane)
    pane.grab()
    assert details.why.faulty
    for field in (details.amount, details.why):
        assert field.edit.height() >= field.edit.sizeHint().height()
    assert sum(shown(gauge) for gauge in pane.face.gauges) < 2
    pane.setFixedHeight(700)
    pane.grab()
    assert sum(shown(gauge) for gauge in pane.face.gauges) > 2
