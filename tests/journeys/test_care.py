"""From an angry caller to a circle that is closed, by the keyboard alone."""

import pytest
from PySide6.QtCore import Qt

from care_console.authority.pane.offers import Stand
from care_console.recovery.rules import Step
from care_console.recovery.rules.checklist import State
from care_console.staff.rules import Role
from tests.journeys.hands import (
    CTRL,
    MARIA,
    SHIFT,
    begin_recovery,
    do_step,
    give,
    go_to_remedies,
    hire,
    mark,
    offer,
    sit_down,
    take_her_call,
    walk_to,
)


@pytest.fixture
def csr(loop, services, act):
    """Rosa, a CSR, sits at the desk; the administrator is another."""
    return loop.run_until_complete(hire(services, act(), "Rosa Lind", Role.CSR))


async def offer_and_give(desk, recovery):
    """Offer the waiver; Ctrl+Enter never gives money, Enter does."""
    remedy = await go_to_remedies(desk)
    desk.press(Qt.Key.Key_2)
    await desk.see(remedy.face.offered.isVisible)
    assert offer(desk, "2").stand is Stand.OFFERED
    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.settle()
    assert remedy.panel.given is None
    desk.press(Qt.Key.Key_Return)
    await desk.see(lambda: remedy.panel.given is not None)
    await desk.see(lambda: mark(recovery, Step.ATONEMENT).state is State.DONE)


async def deliver(desk):
    """The accounts do what was given, and Alt+1 leads back to the Desk."""
    desk.press(Qt.Key.Key_D, CTRL | SHIFT)
    deliveries = desk.furniture.others.deliveries.there()
    await desk.see(lambda: deliveries.list.hasFocus() and deliveries.done.isVisible())
    await walk_to(desk, deliveries.list, "Waive the call-out fee")
    desk.press(Qt.Key.Key_Space)
    await desk.see(lambda: not deliveries.done.isVisible())
    desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    await desk.see(lambda: desk.window.current_page == "desk")


async def ask_later_and_close(desk, recovery):
    """Date the follow-up, and ask then whether it is put right: everything is."""
    desk.press(Qt.Key.Key_F7)
    await desk.see(lambda: recovery.step is Step.FOLLOW_UP and recovery.isAncestorOf(desk.focus))
    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.see(recovery.face.ask.isVisible)
    desk.type("tomorrow 10:00")
    desk.press(Qt.Key.Key_Return)
    await desk.see(lambda: mark(recovery, Step.FOLLOW_UP).state is State.DONE)
    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.see(lambda: desk.focus is recovery.face.answers.chips["put_right"])
    for _question in range(4):
        desk.press(Qt.Key.Key_1)
    desk.press(Qt.Key.Key_Return, CTRL)
    await desk.see(lambda: not recovery.isVisible())


async def test_an_angry_caller_is_cared_for_until_it_is_put_right(act, csr, desk):
    await sit_down(desk, csr)
    await take_her_call(desk, act)
    recovery = await begin_recovery(desk)
    recovery_id, script = recovery.recovery_id, recovery.face.script
    await desk.see(lambda: script.height() >= script.heightForWidth(script.width()))
    for step in (Step.APOLOGY, Step.REINSTATEMENT, Step.EMPATHY):
        await do_step(desk, recovery, step)
    await offer_and_give(desk, recovery)
    await deliver(desk)
    await ask_later_and_close(desk, recovery)

    view = await desk.services.recoveries.panel(recovery_id, csr)
    assert view.closed_at is not None
    assert view.answers.put_right
    assert await desk.services.deliveries.listing() == []
    assert [each for each in await desk.services.duties.mine(csr) if each.open] == []


async def test_a_remedy_asks_for_the_person_first_in_one_line(act, csr, desk):
    await sit_down(desk, csr)
    await take_her_call(desk, act)
    await begin_recovery(desk)

    remedy = await go_to_remedies(desk)
    desk.press(Qt.Key.Key_2)

    await desk.see(lambda: remedy.typing)
    assert remedy.panel.offered is None


async def test_what_was_given_is_withdrawn_within_the_minute(act, csr, desk):
    await sit_down(desk, csr)
    maria = await take_her_call(desk, act)
    await give(desk, "2")
    desk.press(Qt.Key.Key_Z, CTRL)

    remedy = desk.furniture.care.remedy
    await desk.see(lambda: remedy.panel.given is None and not remedy.face.given.isVisible())
    assert await desk.services.deliveries.listing() == []
    panel = await desk.services.authority.panel(csr, maria)
    assert all(gauge.used == 0 for gauge in panel.gauges)


async def test_an_unverified_caller_unlocks_no_remedy(act, csr, desk):
    await sit_down(desk, csr)
    await desk.services.cards.add(act(), MARIA)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.see(lambda: desk.focus is desk.furniture.contact.form.reason)
    remedy = await go_to_remedies(desk)

    desk.press(Qt.Key.Key_2)
    await desk.settle()

    assert remedy.panel.offered is None


async def test_another_clerk_at_the_same_desk_finds_their_own_day(act, csr, desk):
    await desk.see(lambda: desk.furniture.around.clerk.name == "Grace Hopper")
    desk.press(Qt.Key.Key_B, CTRL)
    await desk.see(lambda: desk.furniture.contact.contact_id is not None)
    first = desk.furniture.contact.contact_id
    desk.furniture.contact.form.notes.setFocus()
    desk.type("Grace was writing this")

    await sit_down(desk, csr)

    await desk.see(lambda: desk.furniture.contact.contact_id is None)
    assert (await desk.services.contacts.draft(first)).notes == "Grace was writing this"
    assert desk.window.top.clerk.text() == "Rosa Lind"


async def test_another_clerk_comes_to_the_desk_not_to_what_the_one_before_looked_up(csr, desk):
    desk.window.show_page("settings")

    await sit_down(desk, csr)

    assert desk.window.current_page == "desk"


async def test_a_change_of_clerk_and_the_lock_are_found_by_the_words_one_has_for_them(csr, desk):
    found = desk.window.registry.find
    assert [each.action.objectName() for each in found("change clerk")] == ["change clerk"]
    assert "change clerk" in [each.action.objectName() for each in found("sign out")]
    assert [each.action.objectName() for each in found("leave")] == ["lock"]


async def test_a_covered_desk_names_nobody_and_loses_nothing(act, desk):
    await desk.services.cards.add(act(), MARIA)
    desk.press(Qt.Key.Key_B, CTRL)
    await desk.see(lambda: desk.furniture.contact.contact_id is not None)
    desk.furniture.contact.form.notes.setFocus()
    desk.type("half a sentence")

    desk.press(Qt.Key.Key_L, CTRL | SHIFT)
    await desk.ring("020 7946 0123")

    session = desk.furniture.session
    assert session.locked
    assert not desk.furniture.strip.isVisible()
    assert "Okafor" not in desk.window.windowTitle()
    await desk.see(lambda: session.cover.open.isVisible())
    desk.press(Qt.Key.Key_Return)
    await desk.see(lambda: not session.locked)
    assert desk.furniture.contact.form.notes.toPlainText() == "half a sentence"
    assert desk.furniture.strip.shown == "ringing"
