"""What the customer answered is kept, whoever of the house hears it."""

from tests.conftest import until
from tests.recovery.panes import CTRL, KEY, on_screen, pane_of, press, shown


async def test_a_receptionist_keeps_the_answers_though_another_closes_the_circle(
    qtbot, services, recoveries, recovery, maria, led, hire, as_clerk
):
    await led(recovery)
    rosa = await hire("Rosa Diaz", "receptionist")
    pane = on_screen(qtbot, pane_of(services, recoveries, lambda: as_clerk(rosa)), 620, 560)
    closed = []
    pane.closed.connect(closed.append)
    await shown(pane, maria)
    pane.ask_answers()
    press(*[KEY.Key_1] * 4)
    press(KEY.Key_Return, modifier=CTRL)
    await until(lambda: pane.view.answers is not None)

    assert (pane.view.answers.put_right, pane.view.closed_at, closed) == (True, None, [])
    assert pane.face.answers.isHidden()
