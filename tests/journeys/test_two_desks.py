"""Two consoles, each with a home of its own, on one database: what one does the other shows."""

import asyncio
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from care_console.authority.records import LimitRecord
from care_console.authority.rules.views import LimitChange
from care_console.base.command import Clerk, Command
from care_console.cards.pane import keeper
from care_console.cards.rules import Group, NewCard, NewMembership, NewPhone
from care_console.promises.records import DutyRecord
from care_console.services import Services
from care_console.settings.home import Home
from care_console.settings.opening import open_home
from care_console.staff.rules import Role
from care_console.store import Outbox
from tests.away import Shared
from tests.cards.panes import overwrite, press
from tests.journeys.conftest import AtDesk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MARIA = NewCard(
    given="Maria",
    family="Okafor",
    phones=(NewPhone(raw="020 7946 0123"),),
    memberships=(NewMembership(group=Group.END_USER),),
)


@pytest.fixture
def shared(databases, tmp_path):
    return Shared(databases, tmp_path)


@pytest.fixture
def desks(loop, qtbot, qapp, clock, shared, tmp_path):
    """Two consoles, at both of which Grace sits; a third store may go on asking."""
    made = []
    for name in ("front", "back"):
        opened = open_home(Home.at(tmp_path / name, create=True), shared.url)
        outbox = Outbox(opened.home.outbox, opened.secrets.outbox)
        opened.store.before_close(outbox.close)
        services = Services.over(opened.store, clock, opened.desk, seal=opened.seal, outbox=outbox)
        if not made:
            begun = services.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
            loop.run_until_complete(begun)
        loop.run_until_complete(services.settings.load())
        made.append(AtDesk(qtbot, qapp, services, clock, Home.at(opened.home.folder)))
    yield made
    for desk in made:
        loop.run_until_complete(desk.services.store.close())


@pytest.fixture
def act(loop, desks):
    """What Grace does, at whichever desk."""
    grace = loop.run_until_complete(desks[0].services.staff.clerk())
    return lambda: Command(uuid4(), grace)


@pytest.fixture
def maria(loop, desks, act):
    return loop.run_until_complete(desks[0].services.cards.add(act(), MARIA))


@pytest.fixture
def rosa(loop, desks, act):
    """Rosa, a CSR."""
    services, member = desks[0].services, (NewMembership(group=Group.EMPLOYEE),)

    async def hire():
        new = NewCard(given="Rosa", family="Lind", memberships=member)
        card_id = await services.cards.add(act(), new)
        await services.staff.add_clerk(act(), card_id, Role.CSR)
        return Clerk("Rosa Lind", Role.CSR, card_id)

    return loop.run_until_complete(hire())


def texts(widget):
    """Return what the labels in a widget say that are shown."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


async def with_both(desks, test):
    """Run ``test`` while both windows are open and both desks listen."""
    front, back = desks
    await front.while_open(back.while_open(listening(desks, test)))


async def listening(desks, test):
    for desk in desks:
        rung = bell(desk)
        await desk.services.store.look_elsewhere()
        assert await rung.get() == frozenset()
    await test


def bell(desk):
    """Return what rings at a desk, from now on."""
    rung = asyncio.Queue()
    desk.services.store.listen(rung.put_nowait)
    return rung


async def heard(rung, record):
    """Wait, for a second, until another desk has touched such a record."""

    async def wait():
        while record not in await rung.get():
            pass

    await asyncio.wait_for(wait(), 1)


async def turn_to(desk):
    """Sit down at one of the desks."""
    desk.window.activateWindow()
    await desk.until(desk.window.isActiveWindow)


async def show_family_name(desk, maria):
    """Show the details of a card, and return the field of the family name."""
    await turn_to(desk)
    card = desk.furniture.card
    desk.furniture.open_card(maria)
    await desk.until(lambda: card.card_id == maria)
    card.show_details()
    await desk.until(lambda: card.details.card_id == maria)
    card.focus_details("family")
    field = card.details.sheet.fields["family"]
    await desk.until(field.edit.hasFocus)
    return field


async def family_name(desk, maria):
    return (await desk.services.cards.card(maria)).fields["family"]


async def test_two_edits_of_one_field_show_both_values_and_lose_none(desks, maria, monkeypatch):
    monkeypatch.setattr(keeper, "PAUSE_MS", 1_000_000)  # it is kept when it is left
    front, back = desks

    async def test():
        there = await show_family_name(back, maria)
        here = await show_family_name(front, maria)
        overwrite("Lovelace")
        there.edit.selectAll()
        QTest.keyClicks(there.edit, "Byron")  # meanwhile, at the other desk
        assert (here.edit.text(), there.edit.text()) == ("Lovelace", "Byron")
        press(Qt.Key.Key_Tab)
        await back.until(lambda: there.keeper.draft.clash)

        assert await family_name(back, maria) == here.edit.text() == "Lovelace"
        assert there.edit.text() == "Byron"
        assert "“Lovelace”" in texts(there)

        await turn_to(back)
        there.edit.setFocus()
        while back.focus.accessibleName() != "Keep mine":
            press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Return)
        await front.until(lambda: here.edit.text() == "Byron")
        assert await family_name(front, maria) == "Byron"

    await with_both(desks, test())


async def show_remedies(desk, rosa, maria):
    """Rosa sits down and looks at what she may give to Maria."""
    await turn_to(desk)
    furniture = desk.furniture
    furniture.session._unlocked(rosa)
    await desk.until(lambda: not furniture.session.errands._out)
    assert furniture.around.clerk == rosa
    shown = []
    furniture.card.shown.connect(shown.append)
    furniture.open_card(maria)
    await desk.until(lambda: shown == [maria])
    desk.press(Qt.Key.Key_F8)
    remedy = furniture.care.remedy
    await desk.until(lambda: remedy.panel is not None and remedy.panel.offers)
    return remedy


async def change_limit(by, at, command, most):
    """Change at one desk what a CSR may give a day, and wait for the bell of the other one."""
    rung = bell(at)
    changed = LimitChange("day", role=Role.CSR, most=most)
    await by.services.limits.change(command, [changed], "Until the audit")
    await heard(rung, LimitRecord)
    remedy = at.furniture.care.remedy
    await asyncio.wait_for(at.until(lambda: remedy.panel.now_minor == most), 1)


async def test_a_limit_changed_at_one_desk_shows_at_the_other_and_an_offer_still_holds(
    desks, act, maria, rosa
):
    front, back = desks

    async def test():
        remedy = await show_remedies(back, rosa, maria)
        before, told = remedy.panel.now_minor, remedy.face.free.accessibleName()
        await change_limit(front, back, act(), before - 100)
        assert remedy.face.free.accessibleName() != told

        back.press(Qt.Key.Key_2)
        await back.until(lambda: remedy.panel.offered is not None)
        offered = remedy.panel.offered
        await change_limit(front, back, act(), 0)
        assert remedy.panel.offered == offered
        back.press(Qt.Key.Key_Return)
        await back.until(lambda: remedy.panel.given is not None)
        assert remedy.panel.given.remedy_id == offered.remedy_id

    await with_both(desks, test())


async def test_while_the_server_is_away_it_rings_with_the_number_and_notes_are_sent_later(
    desks, maria, shared, clock
):
    front, back = desks

    async def test():
        desk, banner = front, front.furniture.away.banner
        await turn_to(desk)
        shared.go()
        await desk.until(lambda: banner.away.isVisible())
        assert "kept at this desk" in banner.away.accessibleName()
        await desk.ring("020 7946 0123")
        assert "7946 0123" in desk.furniture.strip.ring.who.title
        desk.press(Qt.Key.Key_F2)
        contact = desk.furniture.contact
        await desk.until(lambda: contact.loaded)
        contact.focus_reason()
        desk.type("Boiler")
        desk.press(Qt.Key.Key_Tab)
        await desk.until(lambda: contact.panel.trail.text() == "kept at this desk")

        shared.come()
        await desk.until(lambda: not banner.isVisible())
        await desk.until(lambda: contact.contact_id > 0)
        await back.until(lambda: not back.services.store.away)
        [draft] = await back.services.contacts.open(desk.furniture.around.clerk)
        assert (draft.reason, draft.id) == ("Boiler", contact.contact_id)
        assert contact.form.reason.text() == "Boiler"

    await with_both(desks, test())


async def test_a_silent_call_reads_at_the_other_desk_within_a_second_and_is_answered_there(
    desks, act, rosa
):
    front, back = desks

    async def test():
        front.furniture.session._unlocked(rosa)
        front.furniture.care.place = "Front counter"
        called, told = bell(back), []
        front.furniture.care.told.connect(told.append)
        front.furniture.care.call_colleague()
        await heard(called, DutyRecord)
        line = back.furniture.care.called
        await back.until(line.isVisible)
        assert line.notice.words.text() == "Come to Rosa Lind now, quietly: Front counter"

        back.furniture.session.lock()
        assert "A colleague asks you to come." in texts(back.window)
        assert "Rosa" not in texts(back.window)
        assert "counter" not in texts(back.window)
        back.furniture.session.cover._uncover(act().clerk)
        await turn_to(back)
        QTest.keyClick(back.window, Qt.Key.Key_F9, CTRL | SHIFT)
        await front.until(lambda: any("Grace Hopper" in each for each in told))

    await with_both(desks, test())
