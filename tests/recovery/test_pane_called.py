"""A colleague is called without a sound, reads it over every page, and answers on one key."""

import pytest
from PySide6.QtWidgets import QApplication

from care_console.recovery.pane import CalledPane
from tests.conftest import until
from tests.recovery.panes import nameless, on_screen, told


@pytest.fixture
def jo(loop, hire):
    return loop.run_until_complete(hire("Jo Marsh"))


@pytest.fixture
def desks(qtbot, services, act, as_clerk, jo):
    """The line at Jo's desk, and at Grace's, who calls."""
    panes = [CalledPane(services.abuse, who) for who in (lambda: as_clerk(jo), act)]
    return [on_screen(qtbot, told(services, pane), 700, 100) for pane in panes]


async def test_a_silent_call_shows_quietly_and_is_answered(desks, abuse, act, jo):
    here, there = desks
    waits, comes = [], []
    here.waits.connect(waits.append)
    there.coming.connect(comes.append)
    before = QApplication.focusWidget()

    await abuse.call_colleague(act(), None, jo.card_id, place="Desk 2")
    await until(lambda: here.isVisible() and there._own)

    assert here.notice.words.text() == "Come to Grace Hopper now, quietly: Desk 2"
    assert QApplication.focusWidget() is before
    assert not there.isVisible()
    assert nameless(here) == []
    here.answer.click()
    await until(lambda: comes)
    await until(lambda: not here.isVisible())
    assert comes[0].replace("\u2068", "").replace("\u2069", "") == "Jo Marsh is coming."
    assert waits == [True, False]


async def test_what_one_colleague_comes_for_leaves_the_next_to_be_answered(
    desks, abuse, act, jo, hire, as_clerk
):
    here, _there = desks
    rosa = await hire("Rosa Lindqvist")
    await abuse.call_colleague(act(), None, jo.card_id)
    await abuse.call_colleague(as_clerk(rosa), None, jo.card_id)
    await until(lambda: "1 other calls, too." in here.notice.sub.text())
    here.come()

    await until(lambda: "Rosa" in here.notice.words.text())
    assert here.isVisible()


async def test_another_clerk_reads_nothing_of_the_one_before(
    qtbot, services, abuse, act, as_clerk, jo, clerk
):
    sits = [jo]
    pane = on_screen(qtbot, CalledPane(services.abuse, lambda: as_clerk(sits[0])), 700, 100)
    await abuse.call_colleague(act(), None, jo.card_id)
    pane.refresh()
    await until(pane.isVisible)

    sits[0] = await services.staff.known(clerk) or clerk
    pane.forget()
    assert pane.isHidden()
