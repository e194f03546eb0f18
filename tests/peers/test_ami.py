"""The Asterisk line against a real Asterisk, a real telephone on the desk and a real carrier."""

from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from care_console.base.clock import utc_now
from care_console.lines.ami import line as ami_line
from care_console.lines.kinds import kind_of
from care_console.lines.line import Event
from care_console.lines.setup import Setup
from tests.conftest import until
from tests.lines.ami.lines import QUICK
from tests.lines.opened import Open
from tests.peers.carrier import ANONYMOUS, DIVERTED, PAI, PRIVATE

BOTH, CONSOLE, BOTH_BY_LOCAL = "5195550103", "5195550102", "5195550104"
TYPED = {"host": "127.0.0.1", "user": "care", "phone": "PJSIP/201"}
SECRETS = {"care": "ami-s3cret", "filtered": "filtered-s3cret"}


def setup(**typed):
    said = TYPED | typed
    return Setup("pbx", "ami", said, SECRETS[said["user"]])


@asynccontextmanager
async def connected(monkeypatch, **typed):
    """The line as a desk has it, which has connected; only its back-off is quicker."""
    monkeypatch.setattr(ami_line, "Pace", lambda: QUICK)
    opened = Open(kind_of("ami").make(setup(**typed), utc_now))
    try:
        yield await opened.up()
    finally:
        await opened.end()


@pytest.fixture
def ring(peers):
    """Asterisk, the desk's telephone and a colleague's: both ring when ``BOTH`` is called."""
    peers.telephone("201")
    peers.telephone("203")
    return peers.carrier.call


async def test_who_calls_is_told_and_that_they_gave_up(ring, monkeypatch):
    async with connected(monkeypatch) as opened:
        call = ring(BOTH, headers=(PAI, DIVERTED))
        await opened.says("ringing", "ended")
        await until(lambda: call.ended)

    assert {each.diverted_from for each in opened.told} == {"+15195550199"}
    first = opened.told[0]
    assert (first.number, first.name, first.called_line) == ("+15195550123", "Rosa Nunez", BOTH)


@pytest.mark.parametrize("extension", [BOTH, BOTH_BY_LOCAL])
async def test_who_withholds_the_number_is_not_told(ring, monkeypatch, extension):
    async with connected(monkeypatch) as opened:
        ring(extension, ANONYMOUS, PRIVATE)
        await opened.says("ringing", "ended")

    assert {each.presentation for each in opened.told} == {"withheld"}
    assert "5550123" not in repr(opened.told)


async def test_my_own_telephone_answers(ring, peers, monkeypatch):
    async with connected(monkeypatch) as opened:
        ring(BOTH, headers=(PAI,), scenario="answered", rings_ms=200)
        await opened.says("ringing")
        peers.telephone("201").answer()
        await opened.says("ringing", "answered", "ended")

    assert len({each.call_id for each in opened.told}) == 1


@pytest.mark.parametrize("extension", [BOTH, BOTH_BY_LOCAL])
async def test_a_colleague_answers(ring, peers, monkeypatch, extension):
    async with connected(monkeypatch) as opened:
        ring(extension, headers=(PAI,), scenario="answered", rings_ms=200)
        await opened.says("ringing")
        peers.telephone("203").answer()
        await opened.says("ringing", "answered_elsewhere", "ended")


async def test_a_filter_on_the_desks_devices_loses_nothing(ring, peers, monkeypatch):
    """In manager.conf as the help says."""
    async with connected(monkeypatch, user="filtered") as opened:
        call = ring(BOTH, headers=(PAI,), scenario="answered", rings_ms=200)
        await opened.says("ringing")
        peers.telephone("203").answer()
        await opened.says("ringing", "answered_elsewhere")
        await until(lambda: call.ended)

    assert opened.told[0].number == "+15195550123"


async def test_a_click_rings_my_telephone_and_then_the_carrier(ring, peers, monkeypatch):
    carrier = peers.carrier.wait_for_a_call()
    async with connected(monkeypatch, dial="yes", context="internal") as opened:
        dialled = await opened.line.dial("+15195550177")
        await until(lambda: "201" in peers.asterisk.ask("core show channels concise"))
        peers.telephone("201").answer()
        await until(lambda: carrier.ended)

        assert "INVITE sip:+15195550177@127.0.0.2" in peers.carrier.got
        await until(lambda: opened.told)
        assert [(each.kind, each.call_id) for each in opened.told] == [(Event.ENDED, dialled)]


async def test_a_trial_finds_everything(ring):
    steps = [step async for step in kind_of("ami").trial(setup(), utc_now)]

    assert [step.good for step in steps[1::2]] == [True] * 5
    assert steps[5].detail == "All that is needed, and no more."
    assert steps[3].detail.startswith("Asterisk Call Manager/")


async def test_a_wrong_secret_is_told(ring):
    steps = [step async for step in kind_of("ami").trial(replace(setup(), secret="x"), utc_now)]

    assert steps[-1].good is False
    assert "does not let this line in" in steps[-1].detail


async def test_an_asterisk_that_dies_is_told_and_comes_back(ring, peers, monkeypatch):
    async with connected(monkeypatch) as opened:
        peers.asterisk.kill()
        assert await opened.down()
        assert opened.line.state.reason.endswith(".")
        peers.asterisk.start()
        await opened.up()
        peers.telephone("201")
        ring(BOTH, headers=(PAI,))
        await opened.says("ringing", "ended")
