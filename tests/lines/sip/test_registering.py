"""A line registers, stays registered, and says why it is not."""

import pytest

from care_console.lines.line import State
from care_console.lines.sip import reach
from care_console.lines.sip.message import Request
from care_console.lines.sip.parts import cseq_of
from care_console.lines.sip.registration import refresh_after
from tests.conftest import until
from tests.lines.sip.peer import TelephoneSystem, a_call, from_tag

THEIRS = "<sip:202@192.0.2.9:5060>;expires=3600"


def says(status, reason, *extra):
    """Return what makes the telephone system say so once."""
    return lambda request: TelephoneSystem.says(SYSTEM[-1], request, status, reason, extra)


SYSTEM: list[TelephoneSystem] = []


@pytest.fixture
def pbx():
    SYSTEM.append(TelephoneSystem())
    yield SYSTEM[-1]
    SYSTEM.pop()


def contacts(request: Request) -> list[str]:
    return list(request.headers.all("contact"))


async def test_pitfall_1_via_has_rport_and_the_public_address_is_learned(at_desk, pbx):
    def behind_nat(request):
        response = pbx.usual(request)
        via = response.headers.first("via").partition(";received")[0]
        told = response.headers.with_("via", f"{via};received=198.51.100.7;rport=40000")
        return type(response)(200, "OK", told)

    pbx.replies["REGISTER"] = [behind_nat, behind_nat]
    async with at_desk(pbx):
        first, second = pbx.requests("REGISTER")
        assert ";rport" in first.headers.first("via")
        assert "@127.0.0.1:" in contacts(first)[0]
        assert "@198.51.100.7:40000>" in contacts(second)[0]
        assert contacts(second)[1] == f"{contacts(first)[0].partition(';')[0]};expires=0"


async def test_pitfall_5_it_registers_again_before_what_was_granted_ends(at_desk, pbx, passing):
    pbx.expires = 200
    pbx.strangers = ("<sip:care-other@192.0.2.9>;expires=30", THEIRS)
    async with at_desk(pbx) as (desk, _):
        passing.pass_by(desk.line, 169)
        assert len(pbx.requests("REGISTER")) == 1
        passing.pass_by(desk.line, 1)
        second = await pbx.was_asked("REGISTER", 2)
        first = pbx.requests("REGISTER")[0]
        assert first.headers.first("call-id") == second.headers.first("call-id")
        assert from_tag(first) == from_tag(second)
        assert cseq_of(second)[0] == cseq_of(first)[0] + 1


@pytest.mark.parametrize(
    ("granted", "again"), [(3600, 3240), (600, 540), (200, 170), (60, 30), (20, 10), (0, 1)]
)
def test_pitfall_5_when_to_register_again(granted, again):
    assert refresh_after(granted) == again


async def test_pitfall_5_a_longer_time_is_asked_for_where_that_is_wanted(at_desk, pbx):
    pbx.replies["REGISTER"] = [says(423, "Interval Too Brief", ("min-expires", "1800"))]
    async with at_desk(pbx):
        assert pbx.requests("REGISTER")[1].headers.first("expires") == "1800"


async def test_pitfall_5_it_comes_back_later_and_later(at_desk, pbx, passing):
    pbx.replies["REGISTER"] = [says(503, "Overloaded") for _try in range(4)]
    async with at_desk(pbx, up=False) as (desk, _):
        assert "503 Overloaded" in await desk.is_down()
        for tries, most in ((2, 1), (3, 2), (4, 4), (5, 8)):
            passing.pass_by(desk.line, most * 0.75 - 0.01)
            assert len(pbx.requests("REGISTER")) == tries - 1
            passing.pass_by(desk.line, most * 0.25 + 0.01)
            await pbx.was_asked("REGISTER", tries)
            await until(lambda: len(desk.line.agent.clients) == 0)
        await desk.is_up()


async def test_a_telephone_system_may_say_how_long_to_stay_away(at_desk, pbx, passing):
    pbx.replies["REGISTER"] = [says(503, "Overloaded", ("retry-after", "40"))]
    async with at_desk(pbx, up=False) as (desk, _):
        await desk.is_down()
        passing.pass_by(desk.line, 39)
        assert len(pbx.requests("REGISTER")) == 1
        passing.pass_by(desk.line, 1)
        await desk.is_up()


@pytest.mark.parametrize(("status", "reason"), [(403, "Forbidden"), (404, "Not Found")])
async def test_pitfall_5_a_wrong_account_is_said_and_not_hammered(
    at_desk, pbx, passing, status, reason
):
    pbx.replies["REGISTER"] = [says(status, reason)]
    async with at_desk(pbx, up=False) as (desk, _):
        why = await desk.is_down()
        assert why == (f"The telephone system does not take 202 as a telephone: {status} {reason}")
        passing.pass_by(desk.line, 7200)
        passing.sleep(7200)
        passing.pass_by(desk.line, 10)
        assert len(pbx.requests("REGISTER")) == 1


async def test_pitfall_6_a_wrong_password_is_said_and_not_hammered(at_desk, pbx, passing):
    pbx.password = "s3cret"
    async with at_desk(pbx, up=False, password="wrong") as (desk, _):
        why = await desk.is_down()
        assert why == "The telephone system does not accept the password of 202."
        passing.pass_by(desk.line, 7200)
        assert len(pbx.requests("REGISTER")) == 3


async def test_a_registration_that_a_power_cut_left_behind_keeps_nobody_away_for_good(
    at_desk, pbx, passing
):
    """Asterisk with max_contacts=1 says 403 to whoever knows the password, until that ends."""
    pbx.password = "s3cret"
    pbx.replies["REGISTER"] = [pbx.usual, says(403, "Forbidden")]
    async with at_desk(pbx, up=False, password="s3cret", expires=300) as (desk, _):
        assert await desk.is_down() == (
            "The telephone system does not let 202 register now: 403 Forbidden. Perhaps it still"
            " keeps another registration of 202."
        )
        passing.pass_by(desk.line, 329)
        assert len(pbx.requests("REGISTER")) == 2
        passing.pass_by(desk.line, 1)
        await desk.is_up()


async def test_pitfall_5_a_wrong_account_is_not_hammered_when_the_connection_breaks_either(
    at_desk, pbx, passing
):
    pbx.kind = "tcp"
    pbx.replies["REGISTER"] = [says(403, "Forbidden")]
    async with at_desk(pbx, up=False) as (desk, _):
        why = await desk.is_down()
        for stream in list(pbx.streams):
            stream.close()
        await until(lambda: not pbx.streams)
        passing.pass_by(desk.line, 600)
        assert len(pbx.requests("REGISTER")) == 1
        assert desk.line.state.reason == why


async def test_pitfall_5_a_registration_for_no_time_is_none_and_not_hammered(at_desk, pbx, passing):
    pbx.expires = 0
    async with at_desk(pbx, up=False) as (desk, _):
        assert "for now" in await desk.is_down()
        for tries in range(2, 7):
            passing.pass_by(desk.line, 2.0 ** (tries - 2))
            await pbx.was_asked("REGISTER", tries)
            await until(lambda: len(desk.line.agent.clients) == 0)
        passing.pass_by(desk.line, 20)
        assert len(pbx.requests("REGISTER")) == 6


async def test_pitfall_6_a_nonce_that_is_too_old_is_no_failure(at_desk, pbx, passing):
    pbx.password, pbx.expires = "s3cret", 100
    stale = 'Digest realm="pbx, \\"main\\"", nonce="{}", qop="auth", stale=true'
    async with at_desk(pbx, password="s3cret") as (desk, _):
        for turn in range(3):
            pbx.nonce = f"new{turn}"
            asks = ("www-authenticate", stale.format(pbx.nonce))
            pbx.replies["REGISTER"] = [says(401, "Unauthorized", asks)]
            passing.pass_by(desk.line, 70)
            await pbx.was_asked("REGISTER", 4 + 2 * turn)
            await until(lambda: len(desk.line.agent.clients) == 0)
            assert desk.line.state.state is State.UP
        last = pbx.requests("REGISTER")[-1].headers.first("authorization")
        assert "nc=00000001" in last


async def test_pitfall_6_server_and_proxy_may_both_ask(at_desk, pbx):
    pbx.password = "s3cret"
    asks = ("proxy-authenticate", 'Digest realm="proxy", nonce="p1"')
    pbx.replies["REGISTER"] = [says(407, "Proxy Authentication Required", asks)]
    async with at_desk(pbx, password="s3cret"):
        last = pbx.requests("REGISTER")[-1]
        assert 'realm="proxy"' in last.headers.first("proxy-authorization")
        assert "qop=auth" in last.headers.first("authorization")


async def test_pitfall_7_at_the_end_it_takes_back_its_own_contact_alone(at_desk, pbx):
    async with at_desk(pbx) as (desk, _):
        own = contacts(pbx.requests("REGISTER")[0])[0].partition(";expires")[0]
        await desk.line.close()
        last = pbx.requests("REGISTER")[-1]
        assert contacts(last) == [f"{own};expires=0"]
        assert last.headers.first("expires") == "0"


async def test_pitfall_7_after_a_sleep_it_registers_at_once(at_desk, pbx, passing):
    async with at_desk(pbx) as (desk, _):
        passing.pass_by(desk.line, 20)
        assert len(pbx.requests("REGISTER")) == 1
        passing.sleep(3600)
        passing.pass_by(desk.line, 5)
        await pbx.was_asked("REGISTER", 2)


async def test_after_a_trial_of_the_account_it_registers_at_once(at_desk, pbx):
    """Many telephone systems keep one registration of an account, and the trial's was the last."""
    async with at_desk(pbx) as (desk, _):
        desk.line.register_again()
        await pbx.was_asked("REGISTER", 2)


async def test_other_telephones_of_the_account_are_a_warning(at_desk, pbx):
    pbx.strangers = (THEIRS,)
    async with at_desk(pbx) as (desk, _):
        assert desk.line.state.reason.startswith("1 other telephone is registered as 202")


async def test_pitfall_4_a_telephone_system_that_is_gone_is_awaited(at_desk, pbx, passing):
    pbx.deaf = True
    async with at_desk(pbx, up=False) as (desk, _):
        await until(lambda: pbx.datagrams)
        passing.pass_by(desk.line, 32)
        assert "does not answer" in await desk.is_down()
        await until(lambda: len(pbx.datagrams) >= 11)
        pbx.deaf = False
        passing.pass_by(desk.line, 2)
        await desk.is_up()
        call = a_call()
        pbx.ring(call)
        await desk.has_told("ringing")


async def test_pitfall_4_that_nobody_listens_does_not_kill_the_line(at_desk, pbx, passing):
    async with at_desk(pbx) as (desk, _):
        port = pbx.port
        await pbx.close()
        passing.pass_by(desk.line, 540)
        await until(lambda: len(desk.line.agent.clients))
        passing.pass_by(desk.line, 32)  # each REGISTER is answered by ICMP alone
        await desk.is_down()
        await pbx.open(port)
        passing.pass_by(desk.line, 2)
        await desk.is_up()


async def test_where_the_server_is_not_found_that_is_said(clock, passing):
    from care_console.lines.sip.line import SipLine
    from care_console.lines.sip.station import Account
    from tests.lines.sip.conftest import Listener

    found: list[list[tuple[str, int]]] = []

    async def look_up(server, port, transport):
        if not found:
            raise OSError(None, "No such name")
        return found[0]

    system = await TelephoneSystem().open()
    account = Account("pbx.example", "202")
    desk = Listener(SipLine("desk", account, clock, seconds=passing, look_up=look_up))
    why = await desk.is_down()
    assert why == "The telephone system pbx.example cannot be found: No such name"
    found.append([("127.0.0.1", system.port)])
    passing.pass_by(desk.line, 1)
    await desk.is_up()
    await desk.end()
    await system.close()


async def test_pitfall_7_on_another_network_it_begins_anew(at_desk, pbx, passing, monkeypatch):
    async with at_desk(pbx) as (desk, _):
        with monkeypatch.context() as moved:
            moved.setattr(reach, "interface_to", lambda _peer: "192.0.2.77")
            passing.pass_by(desk.line, 5)
            await pbx.was_asked("REGISTER", 2)
        first, second = (request.headers.first("via") for request in pbx.requests("REGISTER"))
        assert first.partition(";")[0] != second.partition(";")[0]
        await desk.is_up()
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 180)
