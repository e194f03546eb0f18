"""A step in other hands, and whom else it may touch."""

import pytest

from care_console.cards.rules import (
    Group,
    Kind,
    NewCard,
    NewMembership,
    RelationKind,
)
from care_console.recovery.rules import Shown, Step
from tests.conftest import until
from tests.recovery.panes import (
    KEY,
    MARIA,
    focus,
    on_screen,
    pane_of,
    press,
    write,
)


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


@pytest.fixture
def recovery(loop, recoveries, act, maria):
    opened = recoveries.open(act(), maria, title="Engineer did not come")
    return loop.run_until_complete(opened)


@pytest.fixture
def pane(qtbot, services, recoveries, act):
    return on_screen(qtbot, pane_of(services, recoveries, act), 620, 560)


async def shown(pane, card_id, words=Shown.ALWAYS):
    """Show the recovery of a card, with its words, and give it the keyboard."""
    pane.show_card(card_id)
    await until(lambda: pane.view is not None)
    if pane.view.shown is not words:
        pane.set_words(words)
        await until(lambda: pane.view.shown is words)
    pane.go_in()


def states(pane):
    return [each.state.value for each in pane.view.steps]


def button(pane, step):
    return pane.face.stepper.button(step)


async def test_a_step_is_handed_to_a_department_with_a_date(
    pane, services, recoveries, recovery, maria, act
):
    await services.staff.add_department(act(), "Workshop")
    await shown(pane, maria)
    press(KEY.Key_Right)
    pane.hand_over()
    write("wor")
    box = pane.face.hand
    await until(lambda: box.found.rows.rowCount() == 1)
    press(KEY.Key_Return)
    assert focus() is box.when
    write("tomorrow 10")
    press(KEY.Key_Return)
    await until(lambda: pane.view.step(Step.REINSTATEMENT).owner == "Workshop")

    assert pane.face.foot.isVisible()
    assert "Workshop" in button(pane, Step.REINSTATEMENT).accessibleDescription()
    assert states(pane)[1] == "open"


async def test_a_step_is_handed_to_anybody_with_a_card(
    pane, services, recoveries, recovery, maria, act
):
    halden = NewCard(family="Halden & Sons", kind=Kind.ORGANISATION)
    await services.cards.add(act(), halden)
    await shown(pane, maria)
    press(KEY.Key_Right)
    pane.hand_over()
    write("hald")
    box = pane.face.hand
    await until(lambda: box.found.rows.rowCount() == 1)
    press(KEY.Key_Down, KEY.Key_Return)
    press(KEY.Key_Return)
    await until(lambda: box.when_field.faulty)
    write("Fri")
    press(KEY.Key_Return)

    await until(lambda: pane.view.step(Step.REINSTATEMENT).owner == "Halden & Sons")


async def test_nobody_is_handed_anything_by_an_empty_field(pane, recovery, maria):
    await shown(pane, maria)
    pane.hand_over()
    pane.face.hand.submit()

    assert pane.face.hand.who_field.faulty
    assert focus() is pane.face.hand.who


async def test_whom_it_may_touch_gets_a_courtesy_call_on_one_key(
    pane, services, recoveries, recovery, maria, act
):
    group = (NewMembership(group=Group.DISTRIBUTOR),)
    halden = await services.cards.add(act(), NewCard(family="Halden", memberships=group))
    await services.edits.relate(act(), maria, RelationKind.SOLD_BY, halden)
    opened = []
    pane.card_chosen.connect(opened.append)
    await shown(pane, maria)
    await until(lambda: pane.face.ripple.lines)
    [line] = pane.face.ripple.lines
    line.open.setFocus()
    press(KEY.Key_Return)
    assert opened == [halden]
    line.courtesy.setFocus()
    press(KEY.Key_Space)
    await until(lambda: pane.face.ripple.lines[0].row.courtesy_due_at is not None)

    assert not pane.face.ripple.lines[0].courtesy.isVisible()
    assert "courtesy call" in pane.face.ripple.lines[0].owed.text()
