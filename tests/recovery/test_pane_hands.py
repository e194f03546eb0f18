"""A step in other hands, and whom else it may touch."""

from care_console.cards.rules import (
    Group,
    Kind,
    NewCard,
    NewMembership,
    RelationKind,
)
from care_console.recovery.rules import Step
from tests.conftest import until
from tests.recovery.panes import (
    KEY,
    button,
    focus,
    press,
    shown,
    states,
    write,
)


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
