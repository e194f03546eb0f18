"""Calls come in by real datagrams and streams."""

import pytest

from care_console.lines.line import Can, Line, Presentation, State
from tests.conftest import until
from tests.lines.sip.peer import TelephoneSystem, a_call

ELSEWHERE = 'SIP;cause=200;text="Call completed elsewhere"'


@pytest.mark.parametrize("kind", ["udp", "tcp"])
async def test_a_call_rings_and_is_given_up(at_desk, kind):
    async with at_desk(TelephoneSystem(kind, password="s3cret"), password="s3cret") as (desk, pbx):
        line: Line = desk.line
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 100, 180)
        [rings] = await desk.has_told("ringing")
        assert (rings.number, rings.name) == ("+15195550123", "Rosa")
        assert (rings.presentation, rings.line) == (Presentation.ALLOWED, "desk")

        pbx.cancel(call, "Q.850;cause=127")
        await pbx.has_answered(call, 200, method="CANCEL")
        await pbx.has_answered(call, 487, method="INVITE")
        pbx.ack(call)
        _, ends = await desk.has_told("ringing", "ended")
        assert (ends.call_id, ends.cause) == (rings.call_id, "Q.850 127")
        assert line.can == frozenset[Can]()
    assert line.state.state is State.DOWN


async def test_a_call_that_others_answered_is_told_so(at_desk):
    async with at_desk() as (desk, pbx):
        call = a_call()
        pbx.ring(call)
        await desk.has_told("ringing")
        pbx.cancel(call, ELSEWHERE)
        await desk.has_told("ringing", "answered_somewhere")


async def test_pitfall_8_an_invite_that_is_sent_seven_times_is_one_call(at_desk):
    async with at_desk() as (desk, pbx):
        call = a_call()
        for _copy in range(7):
            pbx.ring(call)
        await until(lambda: pbx.answers(call).count(180) >= 7)
        await desk.has_told("ringing")
        pbx.cancel(call)
        await desk.has_told("ringing", "ended")
