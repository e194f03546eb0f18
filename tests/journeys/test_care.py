"""From an angry caller to a circle that is closed, by the keyboard alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from care_console.authority.pane.offers import Stand
from care_console.authority.rules.views import State as Standing
from care_console.base.command import Clerk, Command
from care_console.cards.rules import Group, NewAddress, NewCard, NewMembership, NewPhone
from care_console.recovery.rules import Step
from care_console.recovery.rules.checklist import State
from care_console.staff.rules import Role

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"), NewPhone(raw="07700 900123")),
    addresses=(NewAddress(street="14 Elm Row", town="London", postcode="N16 4XY"),),
    memberships=(NewMembership(group=Group.END_USER, account_number="N-4471"),),
)


@pytest.fixture
def csr(loop, services, act):
    """Rosa, a CSR, sits at the desk; the administrator is another."""
    employee = NewMembership(group=Group.EMPLOYEE)

    async def hire():
        rosa = await services.cards.add(
            act(), NewCard(given="Rosa", family="Lind", memberships=(employee,))
        )
        await services.staff.add_clerk(act(), rosa, Role.CSR)
        return Clerk("Rosa Lind", Role.CSR, rosa)

    return loop.run_until_complete(hire())


async def sit_down(desk, clerk):
    """Let ``clerk`` sit at the desk, as if they had signed in."""
    desk.furniture.session._unlocked(clerk)
    await desk.until(lambda: desk.furniture.around.clerk == clerk)
    await desk.settle()


async def take_her_call(desk, act):
    """Maria rings; the clerk takes the call and has verified her."""
    maria = await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    contact = desk.furniture.contact
    await desk.until(lambda: desk.focus is contact.form.reason)
    desk.type("Missed visit")
    desk.press(Qt.Key.Key_V, CTRL | SHIFT)
    verify = desk.furniture.care.verify
    await desk.until(lambda: verify.facts.isVisible())
    desk.press(Qt.Key.Key_Space)
    await desk.until(lambda: verify.level != "none")
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Space)
    await desk.until(lambda: verify.level == "giving")
    desk.press(Qt.Key.Key_Escape)
    return maria


async def begin_recovery(desk):
    """F7 begins a recovery, which the reason names."""
    desk.press(Qt.Key.Key_F7)
    recovery = desk.furniture.care.recovery
    await desk.until(lambda: recovery.view is not None and recovery.isVisible())
    return recovery


async def do_step(desk, recovery, step):
    """Ctrl+Enter in the panel ticks the step that waits."""
    await desk.until(lambda: recovery.step == step)
    desk.press(Qt.Key.Key_F7)
    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.until(lambda: mark(recovery, step).state is State.DONE)
    await desk.settle()


def mark(recovery, step):
    return next(each for each in recovery.view.steps if each.step is step)


def stands(desk):
    rows = desk.furniture.care.remedy.face.list.rows
    return [rows.row(rows.index(at, 0)).stand for at in range(rows.rowCount())]


async def deliver(desk, act, maria):
    """The accounts do what was given."""
    [delivery] = await desk.services.deliveries.listing()
    assert (delivery.card_id, delivery.state) == (maria, Standing.GIVEN)
    await desk.services.deliveries.done(act(), delivery.remedy_id)


async def test_an_angry_caller_is_cared_for_until_it_is_put_right(act, csr, desk, clock):
    await sit_down(desk, csr)
    maria = await take_her_call(desk, act)
    recovery = await begin_recovery(desk)
    for step in (Step.APOLOGY, Step.REINSTATEMENT, Step.EMPATHY):
        await do_step(desk, recovery, step)

    desk.press(Qt.Key.Key_F8)
    remedy = desk.furniture.care.remedy
    await desk.until(lambda: remedy.panel is not None and remedy.panel.offers)
    desk.press(Qt.Key.Key_2)
    await desk.until(lambda: remedy.panel.offered is not None)
    assert Stand.OFFERED in stands(desk)
    desk.press(Qt.Key.Key_Return, CTRL)  # never gives money
    await desk.settle()
    assert remedy.panel.given is None
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: remedy.panel.given is not None)
    await desk.until(lambda: mark(recovery, Step.ATONEMENT).state is State.DONE)

    await deliver(desk, act, maria)
    recovery_id = recovery.recovery_id
    services = desk.services
    await services.recoveries.follow_up(
        Command(uuid4(), csr), recovery_id, due_at=clock() + timedelta(days=2)
    )
    await desk.until(lambda: mark(recovery, Step.FOLLOW_UP).state is State.DONE)
    owed = await services.duties.mine(csr)
    assert [duty.about_id for duty in owed if duty.about == "recovery"] == [recovery_id]


async def test_a_remedy_asks_for_the_person_first_in_one_line(act, csr, desk):
    await sit_down(desk, csr)
    await take_her_call(desk, act)
    await begin_recovery(desk)

    desk.press(Qt.Key.Key_F8)
    remedy = desk.furniture.care.remedy
    await desk.until(lambda: remedy.panel is not None and remedy.panel.offers)
    desk.press(Qt.Key.Key_2)

    await desk.until(lambda: remedy.typing)
    assert remedy.panel.offered is None


async def test_what_was_given_is_withdrawn_within_the_minute(act, csr, desk):
    await sit_down(desk, csr)
    maria = await take_her_call(desk, act)
    desk.press(Qt.Key.Key_F8)
    remedy = desk.furniture.care.remedy
    await desk.until(lambda: remedy.panel is not None and remedy.panel.offers)
    desk.press(Qt.Key.Key_2)
    await desk.until(lambda: Stand.OFFERED in stands(desk))
    await desk.settle()
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: remedy.panel.given is not None)

    await desk.settle()
    desk.press(Qt.Key.Key_Z, CTRL)

    await desk.until(lambda: remedy.panel.given is None)
    assert await desk.services.deliveries.listing() == []
    panel = await desk.services.authority.panel(csr, maria)
    assert all(gauge.used == 0 for gauge in panel.gauges)


async def test_an_unverified_caller_unlocks_no_remedy(act, csr, desk):
    await sit_down(desk, csr)
    await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.focus is desk.furniture.contact.form.reason)
    desk.press(Qt.Key.Key_F8)
    remedy = desk.furniture.care.remedy
    await desk.until(lambda: remedy.panel is not None and remedy.panel.offers)

    desk.press(Qt.Key.Key_2)
    await desk.settle()

    assert remedy.panel.offered is None


async def test_another_clerk_at_the_same_desk_finds_their_own_day(act, csr, desk):
    await desk.until(lambda: desk.furniture.around.clerk.name == "Grace Hopper")
    desk.press(Qt.Key.Key_B, CTRL)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    first = desk.furniture.contact.contact_id
    desk.furniture.contact.form.notes.setFocus()
    desk.type("Grace was writing this")

    await sit_down(desk, csr)

    await desk.until(lambda: desk.furniture.contact.contact_id is None)
    assert (await desk.services.contacts.draft(first)).notes == "Grace was writing this"
    assert desk.window.top.clerk.text() == "Rosa Lind"


async def test_a_covered_desk_names_nobody_and_loses_nothing(act, desk):
    await desk.services.cards.add(act(), MARIA)
    desk.press(Qt.Key.Key_B, CTRL)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    desk.furniture.contact.form.notes.setFocus()
    desk.type("half a sentence")

    desk.press(Qt.Key.Key_L, CTRL | SHIFT)
    await desk.ring("020 7946 0123")

    session = desk.furniture.session
    assert session.locked
    assert not desk.furniture.strip.isVisible()
    assert "Okafor" not in desk.window.windowTitle()
    await desk.until(lambda: session.cover.open.isVisible())
    desk.press(Qt.Key.Key_Return)
    await desk.until(lambda: not session.locked)
    assert desk.furniture.contact.form.notes.toPlainText() == "half a sentence"
    assert desk.furniture.strip.shown == "ringing"
