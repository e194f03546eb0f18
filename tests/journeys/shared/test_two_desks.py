"""Two consoles, each with a home of its own, on one database: what one does the other shows."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from care_console.authority.records import LimitRecord
from care_console.authority.rules.views import LimitChange
from care_console.cards.pane import keeper
from care_console.staff.rules import Role
from tests.cards.panes import overwrite, press
from tests.journeys.hands import go_to_remedies, sit_down, tab_to
from tests.journeys.shared.together import bell, heard, turn_to, with_both


def texts(widget):
    """Return what the labels in a widget say that are shown."""
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


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
    await sit_down(desk, rosa)
    desk.furniture.open_card(maria)
    await desk.see(lambda: desk.furniture.shows_card and desk.furniture.card.card_id == maria)
    return await go_to_remedies(desk)


async def change_limit(by, at, command, most):
    """Change at one desk what a CSR may give a day, and wait for the bell of the other one."""
    rung = bell(at)
    changed = LimitChange("day", role=Role.CSR, most=most)
    await by.services.limits.change(command, [changed], "Until the audit")
    await heard(rung, LimitRecord)
    remedy = at.furniture.care.remedy
    await at.see(lambda: remedy.panel.now_minor == most)


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
        await back.see(remedy.face.offered.isVisible)
        offered = remedy.panel.offered
        await change_limit(front, back, act(), 0)
        assert remedy.panel.offered == offered
        back.press(Qt.Key.Key_Return)
        await back.see(remedy.face.given.isVisible)
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


async def test_what_the_records_refused_and_what_cannot_be_read_is_told_until_it_is_read(desks):
    desk, here = desks[0], desks[0].services.contacts.here
    file = desk._home.outbox
    file.write_bytes(b"torn" * 2_048)
    here.keep(4_711, {"reason": "Boiler", "notes": "It is cold, and she has a baby"})

    async def test():
        banner = desk.furniture.away.banner
        await turn_to(desk)
        await desk.see(lambda: banner.refused.isVisible() and banner.unread.isVisible())
        said = banner.refused.accessibleName()
        assert "no longer there" in said
        assert "It is cold, and she has a baby" in said
        await tab_to(desk, "Copy")
        desk.press(Qt.Key.Key_Space)
        assert QApplication.clipboard().text() == "Boiler\nIt is cold, and she has a baby"
        await tab_to(desk, "I have read it")
        desk.press(Qt.Key.Key_Space)
        await desk.see(lambda: not banner.refused.isVisible())

        assert f"{file.name}.unread" in banner.unread.accessibleName()
        await tab_to(desk, "I have read it")
        desk.press(Qt.Key.Key_Space)
        await desk.see(lambda: not banner.isVisible())

    await desk.while_open(test())
    [kept] = file.parent.glob(f"{file.name}.known-*")
    assert kept.stat().st_size == 8_192
