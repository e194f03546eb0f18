"""The SIP line against a real Asterisk and a real Kamailio, with real telephones and a carrier."""

from contextlib import asynccontextmanager

import pytest

from care_console.base.clock import utc_now
from care_console.lines.line import Presentation
from care_console.lines.sip.line import SipLine
from care_console.lines.sip.station import Account
from tests.conftest import until
from tests.lines.opened import Open
from tests.peers.carrier import ANONYMOUS, ASTERISK, DIVERTED, KAMAILIO, PAI, PRIVATE

WITH_DESK, CONSOLE = "5195550100", "5195550102"


@asynccontextmanager
async def registered(port=ASTERISK, **options):
    """The console's extension, which has registered."""
    account = Account("127.0.0.1", "202", "care-s3cret", port=port, **options)
    opened = Open(SipLine("pbx", account, utc_now))
    try:
        yield await opened.up()
    finally:
        await opened.end()


@pytest.fixture
def ring(peers):
    assert peers.asterisk
    return peers.carrier.call


@pytest.fixture
def kamailio(peers):
    assert peers.kamailio
    return peers.carrier.call


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_who_calls_is_told_and_that_they_gave_up(ring, transport):
    async with registered(transport=transport) as opened:
        call = ring(CONSOLE, headers=(PAI,))
        ringing, _ended = await opened.says("ringing", "ended")
        await until(lambda: call.ended)

    assert (ringing.number, ringing.name) == ("+15195550123", "Rosa Nunez")
    assert ringing.presentation is Presentation.ALLOWED


async def test_who_withholds_the_number_is_not_told(ring):
    """Asterisk hands it over in P-Asserted-Identity, and asks for privacy."""
    async with registered() as opened:
        ring(CONSOLE, ANONYMOUS, PRIVATE)
        told = await opened.says("ringing", "ended")

    assert {each.presentation for each in told} == {Presentation.WITHHELD}
    assert "5550123" not in repr(told)


async def test_who_passed_the_call_on_is_told(ring):
    async with registered() as opened:
        ring(CONSOLE, headers=(PAI, DIVERTED))
        ringing, _ended = await opened.says("ringing", "ended")

    assert ringing.diverted_from == "+15195550199"


@pytest.mark.parametrize(
    ("mine", "kind"),
    [("201", "answered"), ("203", "answered_elsewhere"), ("", "answered_somewhere")],
)
async def test_whose_telephone_answers_is_told_where_it_is_known(ring, peers, mine, kind):
    """My own is watched (RFC 4235); the others are told by the reason of the CANCEL alone."""
    answering = peers.telephone("201")
    async with registered(phone=mine) as opened:
        if mine:
            await until(lambda: mine in peers.asterisk.ask("pjsip show subscriptions inbound"))
        call = ring(WITH_DESK, headers=(PAI,), scenario="answered", rings_ms=400)
        await opened.says("ringing")
        answering.answer()
        await until(lambda: call.ended and len(opened.told) > 1 + (mine == "201"))

    assert opened.kinds == ["ringing", kind, "ended"][: len(opened.told)]
    assert len({each.call_id for each in opened.told}) == 1


@pytest.mark.parametrize("transport", ["udp", "tcp"])
async def test_one_registers_with_sha_256_and_a_nonce_that_holds_once(kamailio, transport):
    async with registered(KAMAILIO, transport=transport) as opened:
        kamailio("202", headers=(PAI,), to=KAMAILIO)
        ringing, _ended = await opened.says("ringing", "ended")

    assert ringing.number == "+15195550123"


async def test_a_call_that_is_forked_is_one_call(kamailio, peers):
    async with registered(KAMAILIO) as opened:
        before = peers.kamailio.said.read_text().count("branch")
        call = kamailio("fork", headers=(PAI,), to=KAMAILIO)
        await until(lambda: call.ended)
        told = await opened.says("ringing", "ended")

    assert peers.kamailio.said.read_text().count("branch") == before + 2
    assert len({each.call_id for each in told}) == 1


async def test_a_wrong_password_is_told(ring):
    opened = Open(SipLine("pbx", Account("127.0.0.1", "202", "wrong", port=ASTERISK), utc_now))
    try:
        assert "password" in await opened.down()
    finally:
        await opened.end()


async def test_a_telephone_system_that_dies_is_told_and_comes_back(ring, peers):
    async with registered(transport="tcp") as opened:
        peers.asterisk.kill()
        assert await opened.down()
        peers.asterisk.start()
        await opened.up()
        ring(CONSOLE, headers=(PAI,))
        await opened.says("ringing", "ended")


async def test_a_registration_goes_on_until_the_telephone_system_is_there(ring, peers):
    peers.asterisk.kill()
    account = Account("127.0.0.1", "202", "care-s3cret", port=ASTERISK)
    opened = Open(SipLine("pbx", account, utc_now))
    try:
        await until(lambda: opened.line.agent.deadlines.next() is not None)
        peers.asterisk.start()
        await opened.up()
    finally:
        await opened.end()


@pytest.mark.long
async def test_a_telephone_system_that_dies_is_noticed_without_a_connection(ring, peers):
    """At the next registration, in ten seconds, and after the 32 that are waited for an answer."""
    async with registered(expires=40) as opened:
        peers.asterisk.kill()
        assert await opened.down()
        peers.asterisk.start()
        await opened.up()
