"""A whole recovery goes to a colleague, from the list, on one key."""

import pytest

from care_console.recovery.pane import RecoveriesPage
from tests.conftest import until
from tests.recovery.panes import KEY, focus, in_window, pane_of, press, told, write


@pytest.fixture
def page(qtbot, services, recoveries, act):
    panel = pane_of(services, recoveries, act)
    made = RecoveriesPage(recoveries, panel, act, services.clock)
    return in_window(qtbot, told(services, made), 1200, 700)


@pytest.fixture
def two(loop, recoveries, add, act, clock):
    """Two recoveries, of Maria and of Jonas."""

    async def begin():
        made = []
        for name in ("Maria Okafor", "Jonas Weber"):
            card_id = await add(name, "end-user")
            made.append(await recoveries.open(act(), card_id, title="Engineer did not come"))
        return made

    return loop.run_until_complete(begin())


async def test_a_whole_recovery_is_handed_over_and_taken_back(page, two, recoveries, act, hire):
    await hire("Rosa Lindqvist")
    acts = []
    page.acted.connect(acts.append)
    page.host.show()
    await until(lambda: page.recovery.view is not None)
    page.view.setFocus()
    press(KEY.Key_H)
    box = page.recovery.face.hand
    assert focus() is box.who
    assert not box.when_field.isVisible()
    await until(lambda: box.found.rows.rowCount() == 1)  # not whoever has it
    press(KEY.Key_Return)
    assert focus() is box.ok
    press(KEY.Key_Return)
    await until(lambda: acts)

    first = page.recovery.recovery_id
    assert acts[0].words == f"R-{first} handed over to Rosa Lindqvist"
    assert (await recoveries.panel(first, act().clerk)).owner == "Rosa Lindqvist"
    await acts[0].undo()
    assert (await recoveries.panel(first, act().clerk)).owner == "Grace Hopper"


async def test_a_recovery_is_handed_over_to_a_colleague_alone(page, two):
    page.host.show()
    await until(lambda: page.recovery.view is not None)
    page.hand.click()
    write("maria")
    press(KEY.Key_Return)

    assert page.recovery.face.hand.who_field.faulty
