"""Every page: each thing has a name, text from outside stays text, and keys mean one thing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from care_console.cards.rules import NewAlert, NewCard, NewPhone

CTRL = Qt.KeyboardModifier.ControlModifier
HOSTILE = (
    "<img src='file:///etc/hostname' width=5000><h1>Bob</h1>",
    "\u202eevil\u202c \u2066x",
    "W" * 10_000,
    "a\x00b\nc\td",
    "=cmd|'/c calc'!A1",
)


def nameless(desk):
    """Return what can have the keyboard, is seen, and has no name for a screen reader."""
    tab = Qt.FocusPolicy.TabFocus
    return [
        widget
        for widget in desk.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & tab
        and not (widget.accessibleName() or (isinstance(widget, QLabel) and widget.text()))
    ]


@pytest.fixture
def hostile_card(request):
    name = request.param
    return NewCard(
        given=name,
        preferred=name,
        company=name,
        do=name,
        note=name,
        phones=(NewPhone(raw="020 7946 0123", label=name),),
        alerts=(NewAlert(words=name),),
    )


@pytest.mark.parametrize("page", ["desk", "people", "calls", "settings"])
async def test_everything_that_can_have_the_keyboard_has_a_name(act, desk, page):
    desk.window.show_page(page)

    assert nameless(desk) == []


async def test_everything_has_a_name_while_it_rings_and_while_a_contact_is_open(act, desk):
    maria = NewCard(given="Maria", phones=(NewPhone(raw="020 7946 0123"),))
    await desk.services.cards.add(act(), maria)
    for number in ("020 7946 0123", "0113 496 0877", None):
        call = await desk.ring(number)
        assert nameless(desk) == []
        desk.press(Qt.Key.Key_F2)
        await desk.until(lambda: desk.furniture.contact.contact_id is not None)
        assert nameless(desk) == []
        desk.press(Qt.Key.Key_F4)
        assert nameless(desk) == []
        desk.furniture.contact.leave()
        await desk.until(lambda: desk.furniture.contact.contact_id is None)
        desk.line.end(call)
    desk.press(Qt.Key.Key_K, CTRL)
    assert nameless(desk) == []


@pytest.mark.parametrize("hostile_card", HOSTILE, indirect=True)
async def test_a_hostile_name_is_shown_as_text_and_forces_nothing(act, desk, hostile_card):
    card_id = await desk.services.cards.add(act(), hostile_card)
    size = desk.window.size()
    await desk.ring("020 7946 0123", name=hostile_card.given)
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)
    await desk.settle()
    desk.furniture.card.show_details()
    desk.window.show_page("people")
    desk.window.open_palette(hostile_card.given[:30])
    await desk.settle()
    desk.window.grab()

    formats = {label.textFormat() for label in desk.window.findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}
    assert desk.window.size() == size
    assert desk.window.minimumSizeHint().width() <= 1024
    assert desk.furniture.card.card_id == card_id


async def test_no_key_means_two_things_and_every_action_is_named(act, desk):
    seen = {}
    for deed in desk.window.registry.all():
        assert deed.text
        for key in deed.action.shortcuts():
            for page in (
                (deed.page,) if deed.page else (None, "desk", "people", "calls", "settings")
            ):
                assert seen.setdefault((key.toString(), page), deed) is deed


@pytest.mark.parametrize("size", [(1366, 768), (1366, 700), (1920, 1080), (1024, 640)])
@pytest.mark.parametrize("text_size", [100, 150])
async def test_every_size_holds_the_desk(act, desk, size, text_size):
    maria = NewCard(given="Maria", phones=(NewPhone(raw="020 7946 0123"),))
    await desk.services.cards.add(act(), maria)
    desk.window.set_text_size(text_size)
    desk.window.resize(*size)
    await desk.ring("020 7946 0123")
    desk.press(Qt.Key.Key_F2)
    await desk.until(lambda: desk.furniture.contact.contact_id is not None)

    desk.window.grab()
    assert (desk.window.width(), desk.window.height()) == size
    assert desk.furniture.strip.isVisible()
    desk.window.set_text_size(100)


async def test_a_tab_walk_comes_back_to_where_it_began(act, desk):
    for page in ("desk", "people", "calls", "settings"):
        desk.window.show_page(page)
        desk.press(Qt.Key.Key_Tab)
        first, seen = desk.focus, []
        for _ in range(300):
            desk.press(Qt.Key.Key_Tab)
            if desk.focus is first:
                break
            seen.append(desk.focus)
        assert desk.focus is first, page
        assert len(seen) == len(set(seen)), page


async def test_each_title_in_the_settings_leads_to_its_own_page(desk, clerk):
    others, settings = desk.furniture.others, desk.furniture.settings
    added = {each.title: each.page for each in others._in_settings}
    desk.press(Qt.Key.Key_Comma, CTRL)
    await desk.see(lambda: settings.list.hasFocus() and settings.list.rows.rowCount() > len(added))
    desk.press(Qt.Key.Key_Home)
    led = {}
    for _row in range(settings.list.rows.rowCount()):
        led[settings.list.row().title] = settings._subjects.currentWidget()
        desk.press(Qt.Key.Key_Down)
        await desk.see(lambda: True)

    assert {title: led[title] for title in added} == added
    assert len(set(led.values())) == len(led)
