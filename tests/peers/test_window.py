"""The whole window at a real telephone system: real telephones ring, and the desk shows whose."""

from PySide6.QtCore import Qt

from care_console.lines.line import State
from care_console.lines.setup import Setup
from tests.conftest import until
from tests.journeys.conftest import NONE
from tests.journeys.hands import CTRL, KEY, MARIA

EVERYBODY, CONSOLE = "5195550105", "5195550102"
HER = '"Maria" <sip:+442079460123@carrier.example>'
TOLD = ('P-Asserted-Identity: "Maria" <sip:+442079460123@carrier.example;user=phone>',)
ANSWERED = {"caller": HER, "headers": TOLD, "scenario": "answered", "rings_ms": 300}


async def set_up(desk, act, peers):
    """Set the line up as the page in the settings does, and wait until calls come through."""
    for extension in ("201", "203"):
        peers.telephone(extension)
    phones = desk.furniture.phones
    phones.begin()
    options = {"server": "127.0.0.1", "port": "5070", "user": "202", "phone": "201"}
    await phones.telephone.add(act(), Setup("Reception", "sip", options, "care-s3cret"))
    states = phones.running
    await until(lambda: "Reception" in states.states)
    await until(lambda: states.states["Reception"].state is State.UP)
    await until(lambda: "201" in peers.asterisk.ask("pjsip show subscriptions inbound"))


async def rings(desk, card_id):
    """Wait until the window shows who calls."""
    await until(lambda: desk.furniture.strip.shown == "ringing")
    await desk.see(lambda: desk.furniture.card.card_id == card_id)
    assert desk.furniture.card.head.isVisible()
    assert desk.furniture.strip.ring.who.title == "Maria Okafor"


async def listed(desk):
    await desk.settle()
    return [each.state for each in await desk.services.log.recent()]


async def mine_is_answered(desk, peers, maria):
    """My own telephone is picked up: that is as if the clerk had pressed F2."""
    deck, strip, contact = desk.furniture.around.deck, desk.furniture.strip, desk.furniture.contact
    call = peers.carrier.call(EVERYBODY, **ANSWERED)
    await rings(desk, maria)
    peers.telephone("201").answer()
    await desk.see(lambda: contact.contact_id is not None and strip.shown == "contacts")
    assert deck.in_front.card_id == maria
    await until(lambda: call.ended and deck.in_front.ended)
    assert await listed(desk) == ["answered"]
    for key, modifiers in ((KEY.Key_F4, NONE), (KEY.Key_1, NONE), (KEY.Key_Return, CTRL)):
        desk.press(key, modifiers)
    await desk.see(lambda: strip.shown == "" and not deck.contacts)


async def a_colleague_answers(desk, peers, maria):
    """It goes quietly."""
    call = peers.carrier.call(EVERYBODY, **ANSWERED)
    await rings(desk, maria)
    peers.telephone("203").answer()
    await desk.see(lambda: desk.furniture.strip.shown != "ringing")
    assert (desk.furniture.strip.shown, desk.furniture.contact.contact_id) == ("", None)
    await until(lambda: call.ended)
    assert await listed(desk) == ["elsewhere", "settled"]


async def nobody_answers(desk, peers, maria):
    """It is listed as missed."""
    call = peers.carrier.call(CONSOLE, HER, TOLD, rings_ms=300)
    await rings(desk, maria)
    await desk.see(lambda: desk.furniture.strip.shown == "missed")
    await until(lambda: call.ended)
    assert await listed(desk) == ["missed", "elsewhere", "settled"]
    desk.press(KEY.Key_4, Qt.KeyboardModifier.AltModifier)
    page = desk.furniture.calling.page.there()
    await desk.see(lambda: page.view.rows.rowCount() == 3)
    page.show_missed()
    await desk.see(lambda: page.view.rows.rowCount() == 1)
    assert "Maria Okafor" in page.view.row().title


async def test_a_desk_at_a_real_telephone_system(desk, act, peers):
    maria = await desk.services.cards.add(act(), MARIA)
    await set_up(desk, act, peers)

    await mine_is_answered(desk, peers, maria)
    await a_colleague_answers(desk, peers, maria)
    await nobody_answers(desk, peers, maria)

    await desk.furniture.phones.close()
