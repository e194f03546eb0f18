"""Calls come over streams too, however they are cut, and over TLS with whom it should be."""

import asyncio
import shutil
import socket
import ssl
import subprocess

import pytest

from care_console.lines.line import State
from care_console.lines.sip import transport
from care_console.lines.sip.message import render
from care_console.lines.sip.transport import Datagrams, Stream, interface_to, resolve
from tests.conftest import until
from tests.lines.sip.peer import TelephoneSystem, a_call

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="NOT TESTED: no openssl")


@pytest.fixture
def pbx():
    return TelephoneSystem("tcp")


async def test_pitfall_2_a_stream_is_cut_by_length(at_desk, pbx):
    async with at_desk(pbx) as (desk, _):
        first, second, third = a_call(), a_call(), a_call()
        whole = b"\r\n\r\n" + render(pbx.request("INVITE", first, body=b"v=0\r\n\r\nINVITE"))
        whole = whole.replace(b"Content-Length:", b"l :")
        pbx.send(whole + render(pbx.request("INVITE", second))[:-20])
        await pbx.has_answered(first, 180)
        assert pbx.answers(second) == []
        pbx.send(render(pbx.request("INVITE", second))[-20:])
        for byte in render(pbx.request("INVITE", third)):
            pbx.send(bytes([byte]))
            await asyncio.sleep(0)
        await pbx.has_answered(third, 180)
        await desk.has_told("ringing", "ringing", "ringing")


@pytest.mark.parametrize(
    "rubbish",
    [
        b"INVITE sip:a SIP/2.0\r\nVia: x\r\n\r\n",  # no Content-Length
        b"INVITE sip:a SIP/2.0\r\nContent-Length: 99999\r\n\r\n",
        b"INVITE sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\n",
        b"x" * 70_000,
    ],
)
async def test_pitfall_2_a_stream_that_cannot_be_cut_is_dropped_and_made_again(
    at_desk, pbx, passing, rubbish
):
    async with at_desk(pbx) as (desk, _):
        pbx.send(rubbish)
        await desk.is_down()
        passing.pass_by(desk.line, 1)
        await desk.is_up()
        assert len(pbx.requests("REGISTER")) == 2
        pbx.ring(a_call())
        await desk.has_told("ringing")


async def test_pitfall_2_a_connection_that_broke_is_made_again_and_registered(
    at_desk, pbx, passing
):
    async with at_desk(pbx) as (desk, _):
        port = pbx.port
        await pbx.close()
        assert await desk.is_down() == (
            "The connection to the telephone system broke; it is made again."
        )
        passing.pass_by(desk.line, 1)
        await until(lambda: "reached" in desk.line.state.reason)
        await pbx.open(port)
        passing.pass_by(desk.line, 2)
        await desk.is_up()
        first, second = pbx.requests("REGISTER")
        assert first.headers.first("call-id") == second.headers.first("call-id")
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 180)


async def test_pitfall_1_a_ping_over_a_stream_gets_its_pong(at_desk, pbx, passing):
    async with at_desk(pbx) as (desk, _):
        pbx.send(b"\r\n\r\n")
        await until(lambda: b"\r\n" in pbx.datagrams)
        passing.pass_by(desk.line, 30)
        await until(lambda: b"\r\n\r\n" in pbx.datagrams)


async def test_over_a_stream_contact_and_via_say_so(at_desk, pbx):
    async with at_desk(pbx):
        [request] = pbx.requests("REGISTER")
        assert request.headers.first("via").startswith("SIP/2.0/TCP ")
        assert ";transport=tcp>" in request.headers.first("contact")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Make one for the name ``localhost`` alone."""
    folder = tmp_path_factory.mktemp("tls")
    made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    made += ["-keyout", "key.pem", "-out", "cert.pem", "-days", "3650", "-subj", "/CN=localhost"]
    made += ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(["openssl", "req", *made], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def tls_pbx(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return TelephoneSystem("tls", tls=context)


@needs_openssl
async def test_calls_come_over_tls(at_desk, tls_pbx, certificate):
    ca_file = str(certificate / "cert.pem")
    async with at_desk(tls_pbx, server="localhost", ca_file=ca_file) as (desk, pbx):
        call = a_call()
        pbx.ring(call)
        await pbx.has_answered(call, 180)
        await desk.has_told("ringing")


@needs_openssl
@pytest.mark.parametrize("known", [True, False])
async def test_whoever_is_not_who_they_should_be_gets_no_password(
    at_desk, tls_pbx, certificate, known
):
    told = {"ca_file": str(certificate / "cert.pem")} if known else {"server": "localhost"}
    async with at_desk(tls_pbx, up=False, **told) as (desk, pbx):
        why = await desk.is_down()
        assert "cannot prove that it is what it says" in why
        assert "_ssl" not in why
        assert pbx.heard == []


async def test_pitfall_3_it_is_bound_to_one_interface_and_a_port_by_chance(at_desk):
    async with at_desk() as (desk, _pbx):
        host, port = desk.line.agent.station.local
        assert host == interface_to(("127.0.0.1", 5060)) == "127.0.0.1"
        assert port != 5060


async def test_all_addresses_of_a_server_are_known():
    assert ("127.0.0.1", 5060) in await resolve("127.0.0.1", None, "udp")
    assert ("127.0.0.1", 5061) in await resolve("127.0.0.1", None, "tls")
    assert await resolve("127.0.0.1", 7, "tcp") == [("127.0.0.1", 7)]


async def test_pitfall_4_icmp_does_not_close_a_socket():
    heard = []
    wire = await transport.open_wire(
        transport.Way("udp", "127.0.0.1"), ("127.0.0.1", 9), lambda *told: heard.append(told), int
    )
    assert isinstance(wire, Datagrams)
    wire.error_received(ConnectionRefusedError())
    wire.send(b"to myself", wire.local)
    await until(lambda: heard)
    wire.close()
    await asyncio.sleep(0)
    wire.send(b"nothing", wire.local)
    wire.close()


async def test_a_peer_that_takes_nothing_is_given_up():
    lost = []
    stream = Stream(lambda *_told: None, lambda: lost.append(1), ("127.0.0.1", 9))

    loop = asyncio.get_running_loop()
    server = socket.create_server(("127.0.0.1", 0))  # nobody takes what waits there
    port = server.getsockname()[1]
    await loop.create_connection(lambda: stream, "127.0.0.1", port)
    for _message in range(10_000):
        stream.send(b"x" * 10_000, ("", 0))
        if lost:
            break
        await asyncio.sleep(0)
    assert lost
    server.close()


async def test_the_second_address_is_tried_where_the_first_is_shut(clock, passing, pbx):
    from care_console.lines.sip.line import SipLine
    from care_console.lines.sip.station import Account
    from tests.lines.sip.conftest import Listener

    await pbx.open()

    async def look_up(*_told):
        return [("127.0.0.2", pbx.port), ("127.0.0.1", pbx.port)]

    account = Account("pbx.example", "202", transport="tcp")
    desk = Listener(SipLine("desk", account, clock, seconds=passing, look_up=look_up))
    await desk.is_up()
    assert desk.line.agent.sources == {"127.0.0.1", "127.0.0.2"}
    await desk.end()
    assert desk.line.state.state is State.DOWN
    await pbx.close()
