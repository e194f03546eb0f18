"""What becomes late shows when its time comes, though nobody wrote anything."""

from datetime import timedelta

import pytest

from care_console.recovery.pane import RecoveriesPage
from care_console.recovery.pane.words import step_note, step_tag
from care_console.recovery.rules import Step
from tests.conftest import until
from tests.recovery.panes import button, in_window, pane_of, shown

ALMOST = timedelta(milliseconds=20)
TEN_MINUTES = timedelta(minutes=10)


@pytest.fixture
def written(services):
    """Return what is written from now on."""
    heard = []
    end = services.store.listen(heard.append)
    yield heard
    end()


async def test_a_step_reads_late_when_its_clock_runs_out(pane, recovery, maria, clock, written):
    began = clock.now
    await shown(pane, maria)
    written.clear()
    clock.now = began + TEN_MINUTES - ALMOST
    pane.refresh()
    await until(lambda: pane._moments._waiting is not None)
    assert step_tag(pane.view.step(Step.APOLOGY))[1] == "the person"

    clock.now = began + TEN_MINUTES
    await until(lambda: step_tag(pane.view.step(Step.APOLOGY))[1] == "late")

    assert written == []
    assert pane.view.changes_at == began + timedelta(hours=4)


async def test_a_recovery_reads_late_in_the_list_when_its_time_comes(
    qtbot, services, recoveries, act, recovery, clock, written
):
    began = clock.now
    page = RecoveriesPage(recoveries, pane_of(services, recoveries, act), act, clock)
    late = []
    page.counted.connect(late.append)
    clock.now = began + TEN_MINUTES - ALMOST
    in_window(qtbot, page, 1200, 700).host.show()
    await until(lambda: late == [0])
    written.clear()

    clock.now = began + TEN_MINUTES
    await until(lambda: late[-1] == 1)

    assert page.view.row().late
    assert written == []


async def test_a_done_step_says_how_long_it_took(
    pane, recovery, maria, clock, recoveries, act, clerk
):
    clock.pass_by(minutes=2)
    await recoveries.step_done(act(), recovery, Step.APOLOGY)
    await shown(pane, maria)

    note = step_note(pane.view.step(Step.APOLOGY), clock.now, "en_GB")
    assert ", after 2 min, " in note
    assert button(pane, Step.APOLOGY).accessibleDescription() == note
    button(pane, Step.APOLOGY).click()
    assert pane.face.note.text() == note
