"""A promise that was broken begins a recovery on one key, and says so."""

import pytest
from PySide6.QtCore import Qt

from care_console.promises.pane import MyDayPage, MyDayPane
from care_console.promises.rules import WORDS, BadDuty, DutyKind
from care_console.recovery.rules import BadRecovery, Fault, OpenedFrom
from tests.calls.callers import on_screen, press
from tests.conftest import until

KEY = Qt.Key


@pytest.fixture
def ella(loop, add):
    return loop.run_until_complete(add("Ella Brandt"))


@pytest.fixture(params=[MyDayPane, MyDayPage])
def day(request, qtbot, duties, clock, act):
    words = (WORDS,) if request.param is MyDayPage else ()
    pane = request.param(duties, *words, clock, act)
    return on_screen(qtbot, pane, 1290, 692)


@pytest.fixture
def wanted(day):
    wanted = []
    day.recovery_wanted.connect(wanted.append)
    day.about_chosen.connect(lambda about, id: wanted.append((about, id)))
    return wanted


async def seen(day, count=1):
    day.refresh()
    await until(lambda: not day.errands._out)
    day.setFocus()


async def test_one_key_on_a_broken_promise_wants_a_recovery(day, wanted, owe, ella, services, act):
    duty_id = await owe("Ring back with the price", minutes=-42, card_id=ella)
    await seen(day)
    press(KEY.Key_R)
    assert [each.id for each in wanted] == [duty_id]

    recovery_id = await services.recoveries.open_for_promise(act(), duty_id)
    await seen(day)
    assert f"recovery R-{recovery_id} begun" in day.list.row().sub
    press(KEY.Key_R)
    assert wanted[1:] == [("recovery", recovery_id)]


async def test_what_is_not_broken_begins_none_and_says_why(day, wanted, owe, ella):
    said = []
    acts = day.acts if isinstance(day, MyDayPane) else day.detail.acts
    acts.errands.hindered.connect(said.append)
    await owe("Ring back", minutes=5, card_id=ella)
    await seen(day)
    press(KEY.Key_R)

    assert wanted == []
    assert said == ["A recovery begins here only for a promise to a customer that was broken."]


async def test_the_page_offers_it_beside_what_was_broken(qtbot, duties, clock, act, owe, ella):
    page = on_screen(qtbot, MyDayPage(duties, WORDS, clock, act), 1290, 692)
    await owe("Ring back", minutes=-42, card_id=ella)
    await seen(page)
    await until(page.detail.put_right.isVisible)
    wanted = []
    page.recovery_wanted.connect(wanted.append)
    page.detail.put_right.click()

    assert len(wanted) == 1


async def test_the_recovery_has_its_words_and_both_know_of_each_other(
    owe, ella, services, duties, act, clerk
):
    duty_id = await owe("Ring back with the price", minutes=-42, card_id=ella)
    begin = services.recoveries.open_for_promise

    recovery_id = await begin(command := act(), duty_id)
    assert await begin(command, duty_id) == recovery_id == await begin(act(), duty_id)

    view = await services.recoveries.panel(recovery_id, clerk)
    assert (view.title, view.card_id) == ("Ring back with the price", ella)
    assert (view.opened_from, view.fault) == (OpenedFrom.PROMISE, Fault.OURS)
    duty = await duties.duty(duty_id)
    assert duty.recovery_id == recovery_id
    assert duty.open
    await duties.done(act(), duty_id)
    await services.recoveries.take_back(act(), recovery_id)
    assert (await duties.duty(duty_id)).recovery_id is None


async def test_a_promise_that_was_done_too_late_was_broken_too(owe, ella, duties, act, clock):
    duty_id = await owe("Ring back", minutes=5, card_id=ella)
    assert not (await duties.duty(duty_id)).broken(clock.now)
    clock.pass_by(minutes=6)
    await duties.done(act(), duty_id)

    assert (await duties.duty(duty_id)).broken(clock.now)


async def test_only_a_promise_to_a_customer_can_be_broken(owe, ella, services, act, duties, clock):
    kept = await owe("Rang back", minutes=5, card_id=ella)
    await duties.done(act(), kept)
    withdrawn = await owe("Rang back", minutes=-5, card_id=ella)
    await services.store.write(duties.settle, withdrawn, None, "withdrawn")
    none = [
        kept,
        withdrawn,
        await owe("Order paper", minutes=-5),
        await owe("Ask how they are", kind=DutyKind.CHECK_ON, minutes=-5, card_id=ella),
        await owe("Deliver", minutes=-5, card_id=ella, about="remedy", about_id=1),
    ]
    for duty_id in none:
        with pytest.raises(BadRecovery):
            await services.recoveries.open_for_promise(act(), duty_id)
    with pytest.raises(BadDuty):
        await services.recoveries.open_for_promise(act(), 999)
