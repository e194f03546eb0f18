"""Whatever the telephone system asks, it gets the right answer, and never a wrong one."""

import socket

import pytest

from care_console.lines.sip.message import Response, parse, render
from tests.conftest import until
from tests.lines.sip.peer import TelephoneSystem, a_call

TRUSTED = '"Rosa" <sip:+15195550123@127.0.0.1>'


def answer_to(pbx, call, status):
    return next(
        each
        for each in pbx.heard
        if isinstance(each, Response)
        and each.status == status
        and each.headers.first("call-id") == call.call_id
    )


async def test_pitfall_1_replies_say_whence_the_request_came(at_desk):
    async with at_desk() as (_desk, pbx):
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 180)
        via = answer_to(pbx, call, 180).headers.first("via")
        assert f"received=127.0.0.1;rport={pbx.port}" in via


async def test_pitfall_1_the_way_is_kept_open_and_blanks_are_nothing(at_desk, passing):
    async with at_desk() as (desk, pbx):
        for blank in (b"\0", b"\r\n\r\n", b"  ", b"\0\0\r\n"):
            pbx.send(blank)
        pbx.datagrams.clear()
        passing.pass_by(desk.line, 30)
        await until(lambda: pbx.datagrams)
        assert pbx.datagrams == [b"\r\n\r\n"]
        pbx.ring(a_call())
        await desk.has_told("ringing")


async def test_pitfall_3_nobody_but_the_telephone_system_rings(at_desk):
    async with at_desk() as (desk, pbx):
        port = desk.line.agent.station.local[1]
        assert desk.line.agent.station.local[0] == "127.0.0.1"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            stranger.bind(("127.0.0.2", 0))
            for _call in range(50):
                stranger.sendto(render(pbx.request("INVITE", a_call())), ("127.0.0.1", port))
        pbx.ring(a_call())
        await desk.has_told("ringing")


async def test_pitfall_3_whoever_forges_its_address_does_not_know_our_contact(at_desk):
    async with at_desk() as (desk, pbx):
        known, own = pbx.contact, pbx.contact.partition("@")[2]
        assert known.startswith("sip:care-")
        for forged in (f"sip:202@{own}", f"sip:{own}", "tel:202", "sip:care-7f3a9c@127.0.0.1"):
            pbx.contact = forged
            pbx.ring(a_call())
            pbx.ask("OPTIONS")
        pbx.contact = known
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 180)
        await desk.has_told("ringing")
        assert sum(isinstance(each, Response) for each in pbx.heard) == 2


async def test_pitfall_3_a_provider_may_put_our_account_in_its_place_on_a_stream(at_desk):
    """Over a connection that we opened nobody can forge; on datagrams the token is demanded."""
    async with at_desk(TelephoneSystem(kind="tcp")) as (desk, pbx):
        own = pbx.contact.partition("@")[2]
        for other in (f"sip:203@{own}", f"sip:{own}", "tel:203"):
            pbx.contact = other
            pbx.ring(a_call())
        call = a_call()
        pbx.contact = f"sip:202@{own}"
        pbx.ring(call)
        await pbx.has_answered(call, 100, 180)
        pbx.cancel(call)
        await pbx.has_answered(call, 487)
        await desk.has_told("ringing", "ended")


async def test_a_call_is_told_before_the_ringing_is_said(at_desk):
    """The window shows it first: no telephone system minds when a 180 comes a little later."""
    async with at_desk() as (desk, pbx):
        said = []
        send = desk.line.agent._wire.send

        def noted(data, to):
            said.append((data[:11], len(desk.told)))
            send(data, to)

        desk.line.agent._wire.send = noted
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 100, 180)
        assert said == [(b"SIP/2.0 100", 0), (b"SIP/2.0 180", 1)]


async def test_pitfall_10_cancels_of_nothing_and_cancels_that_cross(at_desk):
    async with at_desk() as (desk, pbx):
        call = a_call()
        pbx.cancel(call)
        await pbx.has_answered(call, 481)
        call = a_call()
        pbx.ring(call)
        pbx.cancel(call)
        pbx.cancel(call)
        await until(lambda: pbx.answers(call, "CANCEL").count(200) == 2)
        pbx.cancel(call.other_branch())
        await until(lambda: 481 in pbx.answers(call.other_branch(), "CANCEL"))
        assert pbx.answers(call, "INVITE").count(487) == 1
        await desk.has_told("ringing", "ended")


async def test_a_bye_ends_what_rings(at_desk):
    async with at_desk() as (desk, pbx):
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 180)
        ours = answer_to(pbx, call, 180).headers.first("to")
        call.branch += "bye"
        pbx.send(render(pbx.request("BYE", call, to=ours)))
        await pbx.has_answered(call, 200, method="BYE")
        await desk.has_told("ringing", "ended")
        call.branch += "again"
        pbx.send(render(pbx.request("BYE", call, to=ours)))
        await pbx.has_answered(call, 481, method="BYE")


async def test_pitfall_12_a_line_that_rings_along_never_answers(at_desk, passing):
    async with at_desk() as (desk, pbx):
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 100, 180)
        passing.pass_by(desk.line, 179)
        await until(lambda: len(pbx.answers(call)) >= 4)
        assert pbx.answers(call) == [100, 180, 180, 180]  # it still rings: RFC 3261, 13.3.1.1
        passing.pass_by(desk.line, 1)
        await pbx.has_answered(call, 480)
        await desk.has_told("ringing", "ended")


async def test_pitfall_12_a_quiet_line_says_that_it_tries_and_no_more(at_desk):
    async with at_desk(quiet=True) as (desk, pbx):
        call = a_call()
        pbx.ring(call)
        await desk.has_told("ringing")
        pbx.cancel(call)
        await desk.has_told("ringing", "ended")
        await pbx.has_answered(call, 487)
        assert pbx.answers(call, "INVITE") == [100, 487]


async def test_pitfall_12_a_desk_without_a_clerk_drops_its_leg(at_desk):
    async with at_desk() as (desk, pbx):
        first, second, third = a_call(), a_call(), a_call()
        pbx.ring(first)
        await desk.has_told("ringing")
        desk.line.attend(False)
        await pbx.has_answered(first, 480)
        pbx.ring(second)
        await pbx.has_answered(second, 100, 480)
        await desk.has_told("ringing", "ended", "ringing", "ended")
        assert [event.cause for event in desk.told[1::2]] == ["nobody at the desk"] * 2
        desk.line.attend(True)
        pbx.ring(third)
        await pbx.has_answered(third, 180)


@pytest.mark.parametrize("method", ["UPDATE", "INFO", "PRACK", "BYE"])
async def test_pitfall_13_out_of_a_dialog_there_is_none(at_desk, method):
    async with at_desk() as (_desk, pbx):
        await pbx.has_answered(pbx.ask(method), 481)


async def test_pitfall_13_a_second_invite_of_a_dialog_is_no_call(at_desk):
    async with at_desk() as (desk, pbx):
        again = pbx.ask("INVITE", to="<sip:202@127.0.0.1>;tag=old")
        await pbx.has_answered(again, 481)
        pbx.ring(a_call(headers=[("alert-info", "<http://127.0.0.1>;info=alert-autoanswer")]))
        await desk.has_told("ringing")


async def test_pitfall_13_what_we_cannot_do_is_said(at_desk):
    async with at_desk() as (desk, pbx):
        call = a_call(headers=[("require", "timer, 100rel")])
        pbx.ring(call)
        await pbx.has_answered(call, 420)
        assert answer_to(pbx, call, 420).headers.all("unsupported") == ("100rel",)
        call = a_call(headers=[("require", "timer"), ("supported", "100rel")])
        pbx.ring(call)
        await pbx.has_answered(call, 180)
        await desk.has_told("ringing")


async def test_pitfall_13_a_call_that_replaces_a_known_one_is_no_other(at_desk):
    async with at_desk() as (desk, pbx):
        call = a_call()
        pbx.ring(call)
        pickup = a_call(headers=[("replaces", f"{call.call_id};to-tag=1;from-tag=2")])
        pbx.ring(pickup)
        await pbx.has_answered(pickup, 180)
        pbx.ring(a_call(headers=[("replaces", "unknown@pbx;to-tag=1;from-tag=2")]))
        await desk.has_told("ringing", "ringing")
        pbx.cancel(call)
        pbx.cancel(pickup)
        await desk.has_told("ringing", "ringing", "ended")
        assert desk.told[0].call_id == desk.told[2].call_id


async def test_pitfall_14_it_is_there_when_asked(at_desk):
    async with at_desk() as (_desk, pbx):
        call = pbx.ask("OPTIONS")
        await pbx.has_answered(call, 200)
        said = answer_to(pbx, call, 200).headers
        assert {"INVITE", "CANCEL", "BYE", "OPTIONS"} <= set(said.all("allow"))
        assert "application/sdp" in said.all("accept")


@pytest.mark.parametrize(
    ("method", "status"), [("MESSAGE", 405), ("REGISTER", 405), ("REFER", 405), ("DANCE", 501)]
)
async def test_pitfall_14_what_it_does_not_know_it_says_so(at_desk, method, status):
    async with at_desk() as (_desk, pbx):
        call = pbx.ask(method)
        await pbx.has_answered(call, status)
        assert "INVITE" in answer_to(pbx, call, status).headers.all("allow")


async def test_pitfall_14_news_that_nobody_asked_for(at_desk):
    async with at_desk() as (_desk, pbx):
        await pbx.has_answered(pbx.ask("NOTIFY", [("event", "message-summary")]), 200)
        await pbx.has_answered(pbx.ask("NOTIFY", [("event", "dialog")]), 481)


async def test_pitfall_20_where_the_dialled_number_is_lost_our_extension_was_called(at_desk):
    async with at_desk() as (desk, pbx):
        pbx.ring(a_call(to=f"<{pbx.contact}>"))  # as Asterisk does
        pbx.ring(a_call(to=f"<{pbx.contact}>", headers=[("p-called-party-id", "<sip:5550100@h>")]))
        pbx.ring(a_call(to="<sip:5550102@127.0.0.1>"))
        events = await desk.has_told("ringing", "ringing", "ringing")
        assert [event.called_line for event in events] == ["202", "5550100", "5550102"]


async def test_pitfall_17_a_withheld_caller_is_withheld(at_desk, caplog):
    async with at_desk() as (desk, pbx):
        asserted = [("p-asserted-identity", TRUSTED), ("privacy", "id")]
        hidden = '"Anonymous" <sip:anonymous@anonymous.invalid>'
        pbx.ring(a_call(caller=hidden, headers=asserted))
        [event] = await desk.has_told("ringing")
        assert (event.number, event.name, event.presentation) == (None, "", "withheld")
        assert "5195550123" not in caplog.text + repr(desk.line.agent)


async def test_pitfall_22_rubbish_costs_no_call(at_desk, caplog):
    async with at_desk() as (desk, pbx):
        whole = render(pbx.request("INVITE", a_call()))
        for end in range(1, len(whole), 7):
            pbx.send(whole[:end].replace(b"care-", b"care_"))
        for rubbish in (b"x" * 60_000, b"INVITE", b"SIP/2.0 200 OK\r\n\r\n", whole[:40] + b"\xff"):
            pbx.send(rubbish)
        call = a_call(caller="")
        pbx.ring(call)
        await pbx.has_answered(call, 180)
        [event] = await desk.has_told("ringing")
        assert (event.number, event.presentation) == (None, "unavailable")
        assert len(caplog.records) <= 2


async def test_an_accident_with_one_call_costs_no_other(at_desk, caplog, monkeypatch):
    async with at_desk() as (desk, pbx):
        calls = desk.line.agent.calls
        with monkeypatch.context() as broken:
            broken.setattr(type(calls), "ring", lambda *_told: 1 / 0)
            for _call in range(5):
                pbx.ring(a_call())
            await until(lambda: caplog.records)
        pbx.ring(a_call())
        await desk.has_told("ringing")
        [record] = caplog.records
        assert record.getMessage() == (
            "A message of the telephone system led to ZeroDivisionError."
        )


async def test_the_helper_reads_what_it_writes():
    pbx = TelephoneSystem()
    pbx.contact = "sip:care-1@127.0.0.1"
    assert parse(render(pbx.request("OPTIONS", a_call()))).method == "OPTIONS"
