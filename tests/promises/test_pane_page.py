"""My day as a page: the list, and one duty in full."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from care_console.kit.theme import Theme
from care_console.promises.pane import MyDayPage
from care_console.promises.rules import WORDS, DutyKind
from tests.calls.callers import HOSTILE, clipped, nameless, on_screen, press, write
from tests.conftest import at_rest, turned, until

KEY = Qt.Key


@pytest.fixture
def page(qtbot, duties, clock, act):
    page = MyDayPage(duties, WORDS, clock, act)
    return on_screen(qtbot, page, 1290, 692)


@pytest.fixture
def told(page):
    """What the page told, in order."""
    told = []
    page.card_chosen.connect(lambda id: told.append(("card", id)))
    page.about_chosen.connect(lambda what, id: told.append((what, id)))
    return told


@pytest.fixture
def did(page):
    did = []
    page.acted.connect(did.append)
    return did


def titles(page):
    model = page.list.rows
    return [model.row(model.index(n)).title for n in range(model.rowCount())]


async def refreshed(page):
    """Show the records as they are now, and give the list the keyboard."""
    page.errands.look("refresh", page._look())
    await until(lambda: not page.errands._out)
    page.setFocus()


def buttons(page):
    """The words of the buttons that are seen beside the list."""
    detail = page.detail
    shown = (detail.open_it, detail.tick, detail.move_it, detail.hand_over, detail.card)
    return [each.text() for each in shown if each.isVisible()]


async def test_the_row_that_is_current_stands_in_full_beside_the_list(page, owe, add, clerk):
    ella = await add("Ella Brandt")
    await owe("Call back", minutes=-42, card_id=ella, made_by=clerk.card_id)
    await owe("Order paper", minutes=20, owner_card_id=None)
    await refreshed(page)
    detail = page.detail
    assert detail.what.text() == "Call back"
    assert detail.came.text() == "Made by Grace Hopper, today 09:00."
    assert detail.whom.text() == "Ella Brandt  ·  Promise  ·  Grace Hopper"
    assert detail.stands["bad"].isVisible()
    assert detail.stands["bad"].words.text() == "It was due today 08:18: 42 min late."
    assert buttons(page) == ["Open card", "Done", "Move…", "Hand over…"]
    press(KEY.Key_Down)

    assert detail.what.text() == "Order paper"
    assert detail.stands["info"].words.text() == "Due today 09:20, in 20 min."
    assert detail.whom.text() == "Promise  ·  Nobody has it yet"
    assert buttons(page) == ["Done", "Move…", "Hand over…"]


async def test_how_it_came_about_is_the_customers_history(page, owe, add):
    await owe("Call back", minutes=5, card_id=await add("Ella Brandt"))
    await owe("Order paper", minutes=20)
    await refreshed(page)
    came = page.detail.came_about
    await until(came.isVisible)
    assert came.list.rows.rowCount() == 1
    page.setFocus()
    press(KEY.Key_Down)

    assert not came.isVisible()


async def test_what_is_done_today_stays_below_and_can_be_taken_back(page, owe, did):
    await owe("First", minutes=5)
    await owe("Second", minutes=10)
    await refreshed(page)
    press(KEY.Key_Space)
    await until(lambda: did)
    await refreshed(page)
    assert titles(page) == ["Promises and others", "Second", "Done today", "First"]
    press(KEY.Key_End)
    assert buttons(page) == ["Not done after all"]
    assert page.detail.stands["ok"].words.text() == "Done today 09:00 by Grace Hopper."
    press(KEY.Key_M, KEY.Key_H)
    assert not page.detail.acts.asks
    press(KEY.Key_Space)
    await until(lambda: len(did) > 1)
    await refreshed(page)

    assert titles(page) == ["Promises and others", "First", "Second"]
    await did[1].undo()
    await refreshed(page)
    assert titles(page)[-1] == "First"


async def test_it_is_moved_beside_the_list(page, owe, did, duties):
    duty_id = await owe("Order paper", minutes=20)
    await refreshed(page)
    press(KEY.Key_M)
    write("tomorrow 9")
    press(KEY.Key_Return)
    await until(lambda: did)

    assert did[0].words == "Moved to tomorrow 09:00: Order paper"
    assert QApplication.focusWidget() is page.list
    assert (await duties.duty(duty_id)).moved == 1


async def test_the_buttons_do_what_the_keys_do(page, owe, did, told, add, qtbot):
    ella = await add("Ella Brandt")
    await owe("Call back", card_id=ella)
    await refreshed(page)
    page.detail.move_it.setFocus()
    press(KEY.Key_Return)
    assert page.detail.acts.moving.when.hasFocus()
    press(KEY.Key_Escape)
    page.detail.hand_over.click()
    await until(page.detail.acts.handing.edit.hasFocus)
    press(KEY.Key_Escape)
    page.detail.open_it.click()
    page.detail.tick.click()
    await until(lambda: did)

    assert told == [("card", ella)]
    assert did[0].words == "Done: Call back"


async def test_what_a_room_above_keeps_has_no_button_to_tick_it_off(page, owe, add, told):
    ella = await add("Ella Brandt")
    await owe("Follow", DutyKind.FOLLOW_UP, 5, about="recovery", about_id=12, card_id=ella)
    await owe("£55.50", DutyKind.REQUEST, 90, about="request", about_id=3, card_id=ella)
    await refreshed(page)
    assert buttons(page) == ["Open request", "Open card"]
    press(KEY.Key_Space, KEY.Key_Down)
    assert buttons(page) == ["Open recovery", "Move…", "Hand over…", "Open card"]
    page.detail.card.click()
    press(KEY.Key_Return)

    assert told == [("request", 3), ("card", ella), ("recovery", 12)]


async def test_everyones_day_is_one_chip_away(page, owe, hire):
    tomas = await hire("Tomas Reed")
    await owe("Mine", minutes=5)
    await owe("His", minutes=10, owner_card_id=tomas.card_id)
    await refreshed(page)
    assert titles(page)[1:] == ["Mine"]
    page.everyones.click()
    await until(lambda: len(titles(page)) == 3)
    assert page.everyones.isChecked()
    assert not page.mine.isChecked()
    page.mine.click()
    await until(lambda: len(titles(page)) == 2)


async def test_another_pane_can_send_one_to_a_duty(page, owe):
    await owe("First", minutes=5)
    wanted = await owe("Second", minutes=10)
    page.show_duty(wanted)
    await until(lambda: page.detail.what.text() == "Second")

    assert QApplication.focusWidget() is page.list


async def test_a_page_that_is_not_seen_waits_until_it_is(page, owe):
    await refreshed(page)
    page.hide()
    await owe("First")
    page.refresh()
    assert titles(page) == []
    page.show()
    await until(lambda: titles(page))

    assert titles(page)[-1] == "First"


async def test_an_empty_page_says_so_and_offers_nothing(page):
    await refreshed(page)

    assert page.list.empty.isVisible()
    assert buttons(page) == []


async def test_a_box_closes_when_its_duty_is_gone(page, owe, duties, act):
    duty_id = await owe("First", minutes=5)
    await owe("Second", minutes=10)
    await refreshed(page)
    press(KEY.Key_M)
    await duties.hand_over(act(), duty_id, owner_card_id=None, department_id=None)
    await duties.done(act(), duty_id)
    page.list.go_to_first()
    await refreshed(page)
    press(KEY.Key_Home)

    assert page.detail.duty.title == "Second"
    assert not page.detail.acts.asks


@pytest.mark.parametrize(("mode", "size"), [("light", 100), ("dark", 120), ("light", 150)])
async def test_everything_has_a_name_and_its_words_at_every_size(
    page, owe, add, hire, qapp, mode, size
):
    Theme(qapp, mode, size)
    await hire("Tomas Reed")
    await owe(HOSTILE[:150], card_id=await add("<b>Ann</b> " + "W" * 80), minutes=-5)
    await refreshed(page)
    for key in (KEY.Key_M, KEY.Key_H):
        press(key)
        await until(lambda: page.detail.acts.asks)
        page.grab()
        assert nameless(page) == []
        assert await at_rest(lambda: clipped(page)) == []
        await turned()
        page.detail.acts.close_box()

    assert page.width() == 1290
    assert [key for key, _ in page.hints()] == ["Enter", "Space", "M", "H", "R"]
