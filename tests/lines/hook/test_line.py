"""Tests of the web hook over real connections."""

import asyncio
import errno
import os

import pytest

from care_console.base.clock import utc_now
from care_console.lines.hook.line import MOST_BYTES, MOST_VISITS, HookLine
from care_console.lines.kinds import kind_of
from care_console.lines.line import Event, State
from care_console.lines.setup import BadSetup, Setup
from tests.conftest import until

PATIENCE_S = 20
TOKEN = "long-enough-to-be-one"
HEAD = f"Host: desk\r\nAuthorization: Bearer {TOKEN}\r\n"


def run(act):
    """Run ``act(line)`` beside an open web hook, and return what it returns."""

    async def whole():
        line = HookLine("hosted", utc_now, "127.0.0.1", 0, TOKEN)
        assert await line.open()
        try:
            return await asyncio.wait_for(act(line), PATIENCE_S)
        finally:
            await line.close()

    return asyncio.run(whole())


async def ask(line, request):
    """Send ``request`` and return the status and the words of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    writer.write(request if isinstance(request, bytes) else request.encode())
    answer = (await reader.read()).decode()
    writer.close()
    head, _blank, words = answer.partition("\r\n\r\n")
    return int(head.split()[1]) if head else 0, words


def get(query, head=HEAD):
    return f"GET /call?{query} HTTP/1.1\r\n{head}\r\n"


def post(body, head=HEAD):
    return f"POST /call HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"


def test_a_call_is_told_from_ringing_to_its_end():
    async def act(line):
        events = line.events()
        told = []
        for event in ("ringing", "answered", "ended"):
            assert await ask(line, get(f"event={event}&number=%2B442079460123&call_id=7")) == (
                204,
                "",
            )
            told.append(await anext(events))
        return told

    ringing, *rest = told = run(act)

    assert [each.kind for each in told] == [Event.RINGING, Event.ANSWERED, Event.ENDED]
    assert (ringing.number, ringing.line) == ("+442079460123", "hosted")
    assert {each.call_id for each in rest} == {ringing.call_id}


def test_who_does_not_know_the_token_tells_nothing_is_told_to_wait_and_costs_nobody_a_call():
    async def act(line):
        statuses = [(await ask(line, get("number=1", "Host: desk\r\n")))[0] for _ in range(14)]
        nothing = not line._inbox._events
        return statuses, nothing, await ask(line, get("number=442079460123"))

    statuses, nothing, known = run(act)

    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert nothing
    assert known == (204, "")


def test_too_many_calls_at_once_are_turned_away():
    async def act(line):
        return [(await ask(line, get(f"number=44207946{n:04}")))[0] for n in range(60)]

    statuses = run(act)

    assert statuses[0] == 204
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (post("x" * (MOST_BYTES + 1)), 413),
        (get("number=" + "1" * 2 * MOST_BYTES), 431),
        (f"GET / HTTP/1.1\r\n{HEAD}\r\n", 404),
        (get("event=exploded"), 400),
        ("GET //[ HTTP/1.1\r\nHost: desk\r\n\r\n", 401),
        (f"GET //[ HTTP/1.1\r\n{HEAD}\r\n", 400),
        ("HEAD /call HTTP/1.1\r\nHost: desk\r\n\r\n", 401),
        (get("&".join(f"k{n}=" for n in range(50)), "Host: desk\r\n"), 401),
    ],
)
def test_what_is_no_call_gets_an_answer_and_the_next_is_heard(request_, status):
    async def act(line):
        return await ask(line, request_), await ask(line, get("number=442079460123"))

    (refused, _words), (taken, _none) = run(act)

    assert refused == status
    assert taken == 204


def test_whoever_leaves_in_the_middle_disturbs_nobody():
    async def act(line):
        _reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
        writer.write(b"POST /call HTTP/1.1\r\nContent-Length: 50\r\n")
        await writer.drain()
        writer.transport.abort()
        return await ask(line, get("number=442079460123"))

    assert run(act)[0] == 204


def test_strangers_who_say_nothing_keep_nobody_from_telling_a_call():
    async def act(line):
        silent = [
            await asyncio.open_connection("127.0.0.1", line.port) for _each in range(MOST_VISITS)
        ]
        await until(lambda: len(line._visits) == MOST_VISITS)
        told = await ask(line, get("number=442079460123"))
        for _reader, writer in silent:
            writer.close()
        return told

    assert run(act)[0] == 204


def test_one_that_is_closed_while_it_opens_does_not_listen():
    async def whole():
        line = HookLine("hosted", utc_now, "127.0.0.1", 0, TOKEN)
        opening = asyncio.create_task(line.open())
        await asyncio.sleep(0)
        await line.close()
        await opening
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
        except OSError:
            return line.state.state
        writer.close()
        return "it listens"

    assert asyncio.run(whole()) is State.DOWN


def test_a_port_that_is_taken_is_told_in_words():
    async def states(line):
        other = HookLine("other", utc_now, "127.0.0.1", line.port, TOKEN)
        heard = []
        other.listen(heard.append)
        await other.open()
        await other.close()
        return line.port, heard

    port, heard = run(states)

    assert heard[0].state is State.DOWN
    said = f"The web hook cannot listen at 127.0.0.1, port {port}: {os.strerror(errno.EADDRINUSE)}"
    assert heard[0].reason == said


@pytest.mark.parametrize(
    ("options", "secret", "key"),
    [
        ({"address": "0.0.0.0"}, TOKEN, "address"),
        ({"address": "8.8.8.8"}, TOKEN, "address"),
        ({"address": "desk"}, TOKEN, "address"),
        ({"port": "80"}, TOKEN, "port"),
        ({"port": "many"}, TOKEN, "port"),
        ({"port": "99999999999"}, TOKEN, "port"),
        ({}, "short", "token"),
        ({}, "with a blank in between", "token"),
    ],
)
def test_what_is_told_of_it_is_checked(options, secret, key):
    with pytest.raises(BadSetup) as refused:
        kind_of("hook").make(Setup("hosted", "hook", options, secret), utc_now)

    assert refused.value.key == key
    assert str(refused.value)


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.20", "10.0.0.4", "::1", "fd00::1"])
def test_addresses_of_the_house_are_taken(address):
    setup = Setup("hosted", "hook", {"address": address}, TOKEN)

    async def made():
        return kind_of("hook").make(setup, utc_now).name

    assert asyncio.run(made()) == "hosted"


def test_the_trial_waits_to_be_told():
    async def whole():
        options = {"port": str(await free_port())}
        steps = []
        async for step in kind_of("hook").trial(Setup("h", "hook", options, TOKEN), utc_now):
            steps.append(step)
            if step.good is None:
                line = type("Here", (), {"port": int(options["port"])})
                await ask(line, get("number=442079460123"))
        return steps

    steps = asyncio.run(whole())

    assert [each.good for each in steps] == [True, None, True]
    assert steps[-1].detail == "442079460123"


async def free_port():
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port
