"""What a clerk's hands do in the journeys, each step waiting for what the clerk would see."""

from uuid import uuid4

from PySide6.QtCore import Qt

from care_console.base.command import Clerk, Command
from care_console.cards.rules import Group, NewAddress, NewCard, NewMembership, NewPhone
from care_console.recovery.rules.checklist import State

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key
PIN, PASSPHRASE = "472913", "a quiet kettle hums at noon"
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"), NewPhone(raw="07700 900123")),
    addresses=(NewAddress(street="14 Elm Row", town="London", postcode="N16 4XY"),),
    memberships=(NewMembership(group=Group.END_USER, account_number="N-4471"),),
)
"""Of the remedies she is offered, 2 waives £35, 4 sends flowers for £15, 8 is any amount."""


async def hire(services, command, name, role):
    """Let somebody work here, and return them."""
    given, _, family = name.partition(" ")
    member = (NewMembership(group=Group.EMPLOYEE),)
    card_id = await services.cards.add(
        command, NewCard(given=given, family=family, memberships=member)
    )
    await services.staff.add_clerk(Command(uuid4(), command.clerk), card_id, role)
    return Clerk(name, role, card_id)


async def give_pin(desk, clerk):
    """Let somebody have a PIN, who has no passphrase with which to set one."""
    from care_console.demo.care import _keep_pin
    from care_console.staff.rules.secrets import PIN as KIND

    made = await desk.services.sign_in.hashing.make(KIND, clerk.card_id, PIN)
    await desk.services.store.write(_keep_pin, clerk.card_id, made)


async def sit_down(desk, clerk):
    """Let ``clerk`` sit at the desk, as if they had signed in."""
    desk.furniture.session._unlocked(clerk)
    await desk.see(lambda: desk.window.top.clerk.text() == clerk.name)
    await desk.settle()


async def take_her_call(desk, act):
    """Maria rings; the clerk takes the call and has verified her."""
    maria = await desk.services.cards.add(act(), MARIA)
    await take_call(desk, "020 7946 0123")
    return maria


async def take_call(desk, number):
    """Somebody rings; the clerk takes the call and has verified them by two facts."""
    await desk.ring(number)
    desk.press(KEY.Key_F2)
    contact = desk.furniture.contact
    await desk.see(lambda: desk.focus is contact.form.reason)
    desk.type("Missed visit")
    desk.press(KEY.Key_V, CTRL | SHIFT)
    verify = desk.furniture.care.verify
    await desk.see(lambda: verify.facts.isVisible())
    desk.press(KEY.Key_Space)
    await desk.see(lambda: verify.level != "none")
    desk.press(KEY.Key_Right)
    desk.press(KEY.Key_Space)
    await desk.see(lambda: verify.level == "giving")
    desk.press(KEY.Key_Escape)


async def begin_recovery(desk):
    """F7 begins a recovery, which the reason names."""
    desk.press(KEY.Key_F7)
    recovery = desk.furniture.care.recovery
    await desk.see(lambda: recovery.view is not None and recovery.isVisible())
    return recovery


async def do_step(desk, recovery, step):
    """Ctrl+Enter in the panel ticks the step that waits."""
    await desk.see(lambda: recovery.step == step)
    desk.press(KEY.Key_F7)
    desk.press(KEY.Key_Return, CTRL)
    await desk.see(lambda: mark(recovery, step).state is State.DONE)
    await desk.settle()


def mark(recovery, step):
    """Return how a step of the recovery stands."""
    return next(each for each in recovery.view.steps if each.step is step)


async def go_to_remedies(desk):
    """F8 leads to what may be given."""
    desk.press(KEY.Key_F8)
    remedy = desk.furniture.care.remedy
    await desk.see(lambda: remedy.panel and remedy.panel.offers and remedy.face.list.hasFocus())
    return remedy


def offer(desk, key):
    """Return the row of a remedy by its digit."""
    rows = desk.furniture.care.remedy.face.list.rows
    found = [rows.row(rows.index(at, 0)) for at in range(rows.rowCount())]
    return next(row for row in found if row.key == key)


async def give(desk, key):
    """Give a remedy: its digit offers it, Enter gives it."""
    remedy = await go_to_remedies(desk)
    desk.press(getattr(KEY, f"Key_{key}"))
    await desk.see(lambda: remedy.face.offered.isVisible())
    desk.press(KEY.Key_Return)
    await desk.see(lambda: remedy.face.given.isVisible())
    return remedy.panel.given


async def want(desk, amount, why):
    """Choose any amount: beyond the limits the ways on are shown."""
    remedy = await go_to_remedies(desk)
    desk.press(KEY.Key_8)
    await desk.see(remedy.face.details.amount.edit.hasFocus)
    desk.type(amount)
    desk.press(KEY.Key_Tab)
    desk.type(why)
    desk.press(KEY.Key_Return)
    await desk.see(remedy.face.beyond.ways.hasFocus)
    return remedy


async def tab_to(desk, named):
    """Walk with Tab until what has this name has the keyboard."""
    for _step in range(60):
        if (desk.focus.accessibleName() or getattr(desk.focus, "text", str)()) == named:
            return
        desk.press(KEY.Key_Tab)
    raise AssertionError(f"Tab does not lead to {named}")


async def walk_to(desk, view, starts):
    """Walk down a list until the row whose title starts so is current."""
    for _step in range(view.rows.rowCount()):
        if (row := view.row()) is not None and row.title.startswith(starts):
            return row
        desk.press(KEY.Key_Down)
    raise AssertionError(f"no row starts with {starts}")
