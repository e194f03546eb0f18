"""From anywhere to the pages on which address books come in and go out."""

from PySide6.QtCore import Qt

from care_console.cards.rules import Group, NewCard, NewMembership

CTRL = Qt.KeyboardModifier.ControlModifier


async def test_the_people_that_are_shown_are_offered_for_export(act, desk):
    maria = NewCard(given="Maria", memberships=(NewMembership(group=Group.SUPPLIER),))
    await desk.services.cards.add(act(), maria)
    desk.window.show_page("people")
    desk.furniture.people.groups["supplier"].click()
    desk.type("maria")

    desk.press(Qt.Key.Key_E, CTRL)

    page = desk.furniture.others.give_out.there()
    assert desk.window.current_page == "settings"
    assert (page.group.value, page.words.text()) == ("supplier", "maria")
    assert desk.focus is page.edit


async def test_an_import_is_begun_from_the_palette(act, desk):
    desk.press(Qt.Key.Key_K, CTRL)
    desk.type("import an")
    desk.press(Qt.Key.Key_Return)

    page = desk.furniture.others.take_in.there()
    assert desk.focus is page.begin.edit
    desk.press(Qt.Key.Key_Return)
    assert "Name a file first." in page.begin.trouble.accessibleName()
