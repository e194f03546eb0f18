"""Calls are handed in to the running console, by real sockets and real processes."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from care_console.lines import handin
from care_console.lines.door import loopback, open_door
from care_console.lines.handin import HandInLine
from care_console.lines.instance import Instance
from care_console.lines.intake import Allowance
from care_console.lines.line import Line, State
from care_console.lines.push import MOST_BYTES, NOBODY, find, push

CONSOLE = """
import asyncio, sys
from pathlib import Path
from care_console.base.clock import utc_now
from care_console.lines.handin import HandInLine
from care_console.lines.instance import Instance

async def main():
    line = HandInLine(Instance.take(Path(sys.argv[1])), utc_now)
    assert await line.open()
    print("listening", flush=True)
    async for event in line.events():
        print(event.kind, event.number, flush=True)

asyncio.run(main())
"""
STRANGER = """
import json, os, socket, sys
at, token = sys.argv[1:]
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
with socket.socket(socket.AF_UNIX) as wire:
    try:
        wire.connect(at)
        wire.sendall(json.dumps({"number": "1", "token": token}).encode() + b"\\n")
    except BrokenPipeError:
        pass  # the answer is there already
    except PermissionError as trouble:
        print(type(trouble).__name__)
        sys.exit()
    print(wire.recv(1000).decode())
"""
only_root = pytest.mark.skipif(os.getuid() != 0, reason="NOT TESTED: only root can be nobody")


def hand(home, **message):
    return asyncio.to_thread(push, str(home), message)


async def told(line):
    await line.close()
    return [event async for event in line.events()]


async def say(home, heard, *, token=True):
    """Send ``heard`` over a wire of one's own, and return the answer or None."""
    door = find(str(home))
    if token and heard.startswith(b"{"):
        heard = heard.replace(b"{", b'{"token": "%s", ' % door["token"].encode(), 1)
    return await say_to(door["at"], heard)


async def say_to(at, heard):
    reader, writer = await asyncio.open_unix_connection(at)
    writer.write(heard)
    answer = await reader.read()
    writer.close()
    return json.loads(answer) if answer else None


async def test_a_call_is_handed_in_from_its_ring_to_its_end(home, line, clock):
    same: Line = line
    assert (same.name, same.can, same.state.state) == ("hand-in", frozenset(), State.UP)

    assert await hand(home, number="020 7946 0000", name="Ada Poe", line="0999", call_id="7") == ""
    for event in ("answered", "ended"):
        clock.pass_by(seconds=5)
        assert await hand(home, number="020 7946 0000", event=event, call_id="7") == ""

    rang, *later = await told(line)
    assert [event.kind for event in (rang, *later)] == ["ringing", "answered", "ended"]
    assert (rang.number, rang.name, rang.called_line) == ("020 7946 0000", "Ada Poe", "0999")
    assert {event.call_id for event in (rang, *later)} == {"7"}
    assert later[1].at == clock()


async def test_events_come_while_one_waits_for_them(home, line):
    events = line.events()
    waiting = asyncio.ensure_future(anext(events))

    await hand(home, number="1")

    assert (await waiting).number == "1"


async def test_a_withheld_caller_is_handed_in_without_number_and_name(home, line):
    await hand(home, number="020 7946 0000", name="Ada Poe", withheld=True)
    await hand(home, number="sip:anonymous@anonymous.invalid", name="Ada Poe", call_id="2")

    for event in await told(line):
        assert (event.number, event.name, event.presentation) == (None, "", "withheld")


async def test_the_end_of_an_unknown_call_is_told(home, line):
    await hand(home, number="1", event="answered", call_id="never-rang")
    await hand(home, number="2", event="ended")

    first, second = await told(line)
    assert (first.kind, first.call_id, first.number) == ("answered", "never-rang", "1")
    assert (second.kind, second.number) == ("ended", "2")


async def test_a_hostile_name_is_cleaned(home, line):
    await hand(home, number="1", name="\u202e\0<b>" + "A" * 100)

    assert (await told(line))[0].name == "<b>" + "A" * 77


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({"number": "javascript:1<"}, "not a telephone number"),
        ({"number": "1", "event": "exploded"}, "ringing, answered or ended"),
        ({"number": ["1"]}, "cannot be understood"),
    ],
)
async def test_what_is_not_taken_is_answered_with_a_sentence(home, line, message, why):
    assert why in await hand(home, **message)
    assert await told(line) == []


@pytest.mark.parametrize(
    "heard",
    [
        *(b"\n", b"hello\n", b"[]\n", b"5\n", b'"x"\n', b"\xff\xfe\n", b"[" * 1000 + b"\n"),
        *(b"9" * 1000 + b"\n", b"{]\n", b"\0\n", b"NaN\n", b"null\n"),
    ],
)
async def test_garbage_is_answered_with_a_sentence(home, line, heard):
    assert await say(home, heard) == {"ok": False, "why": "This message cannot be understood."}
    assert await hand(home, number="1") == ""
    assert len(await told(line)) == 1


@pytest.mark.parametrize("heard", [b"x" * MOST_BYTES, b"x" * 5_000 + b"\n"])
async def test_a_message_that_is_too_long_is_turned_away(home, line, heard):
    assert (await say(home, heard))["why"] == "This is too long to be handed to the console."


async def test_the_longest_message_is_taken(home, line):
    room = MOST_BYTES - len(b'{"number": "1", "name": ""}') - len(find(str(home))["token"]) - 13
    heard = b'{"number": "1", "name": "%s"}\n' % (b"A" * (room - 1))

    assert await say(home, heard) == {"ok": True}


@pytest.mark.parametrize(
    "token", [b"", b'"token": "wrong", ', b'"token": null, ', b'"token": "\xc3\xa9", ']
)
async def test_without_the_token_nothing_rings(home, line, token):
    answer = await say(home, b'{%s"number": "1"}\n' % token, token=False)

    assert answer["why"] == "Only whoever runs the console may hand calls to it."
    assert await told(line) == []


async def test_who_dawdles_blocks_nobody_and_is_shown_out(home, instance, clock, monkeypatch):
    monkeypatch.setattr(handin, "PATIENCE_S", 0.05)
    line = HandInLine(instance, clock)
    assert await line.open()
    reader, writer = await asyncio.open_unix_connection(find(str(home))["at"])
    writer.write(b'{"number": ')

    assert await hand(home, number="1") == ""
    with_nothing = await reader.read()

    assert with_nothing == b""
    writer.close()
    assert [event.number for event in await told(line)] == ["1"]


async def test_only_so_many_are_let_in_at_once(home, line, monkeypatch):
    monkeypatch.setattr(handin, "MOST_VISITS", 3)
    at = find(str(home))["at"]
    wires = [await asyncio.open_unix_connection(at) for _ in range(4)]

    answer = json.loads(await wires[3][0].read())

    assert await hand(home, number="1") == "Too many calls were handed in at once."
    assert answer["why"] == "Too many calls were handed in at once."
    for _reader, writer in wires:
        writer.close()


async def test_a_thousand_pushes_are_a_thousand_calls_in_order(home, line, clock):
    def push_all():
        for number in range(1000):
            clock.pass_by(seconds=1)
            assert push(str(home), {"number": str(number)}) == ""

    await asyncio.to_thread(push_all)

    events = await told(line)
    assert [event.number for event in events] == [str(number) for number in range(1000)]
    assert len({event.call_id for event in events}) == 1000


async def test_a_flood_of_rings_is_turned_away_but_no_end_of_a_call(home, line, clock):
    rung = [await hand(home, number=str(number)) for number in range(40)]

    assert rung == [""] * 30 + ["Too many calls were handed in at once."] * 10
    assert await hand(home, show=True) == "Too many calls were handed in at once."
    assert await hand(home, number="3", event="ended") == ""
    clock.pass_by(seconds=1)
    assert await hand(home, number="50") == ""
    assert [event.kind for event in await told(line)] == ["ringing"] * 30 + ["ended", "ringing"]


def test_a_clock_that_is_set_back_shuts_nobody_out(clock):
    allowance = Allowance(1, 1)
    assert allowance.grants(clock())
    clock.pass_by(hours=-1)
    assert not allowance.grants(clock())
    clock.pass_by(seconds=1)
    assert allowance.grants(clock())


async def test_a_second_console_asks_the_first_for_attention(home, instance, clock):
    asked = []
    line = HandInLine(instance, clock, lambda: asked.append("came"))
    assert await line.open()
    assert Instance.take(home) is None

    assert await hand(home, show=True) == ""

    assert asked == ["came"]
    assert await told(line) == []


@only_root
@pytest.mark.parametrize("let_in", [False, True])
async def test_somebody_else_is_refused_even_with_the_token(home, line, runtime, let_in):
    door = find(str(home))
    if let_in:
        for path, mode in (
            (runtime, 0o755),
            (runtime / "care-console", 0o755),
            (door["at"], 0o777),
        ):
            os.chmod(path, mode)

    script = [sys.executable, "-c", STRANGER, door["at"], door["token"]]
    ran = await asyncio.to_thread(subprocess.run, script, capture_output=True, text=True)

    assert ran.stderr == ""
    told_why = "Only whoever runs the console may hand calls to it."
    assert (told_why if let_in else "PermissionError") in ran.stdout
    assert await told(line) == []


def run_and_kill(home):
    """Ring at a console of its own, kill it, and return where it has listened."""
    script = [sys.executable, "-c", CONSOLE, str(home)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True) as console:
        assert console.stdout.readline() == "listening\n"
        assert push(str(home), {"number": "1"}) == ""
        assert console.stdout.readline() == "ringing 1\n"
        at = find(str(home))["at"]
        console.send_signal(signal.SIGKILL)
    assert Path(at).is_socket()
    return at


async def test_a_console_that_was_killed_is_followed_by_the_next(home, clock):
    at = await asyncio.to_thread(run_and_kill, home)
    assert await hand(home, number="2") == NOBODY

    with Instance.take(home) as instance:
        line = HandInLine(instance, clock)
        assert await line.open()
        assert find(str(home))["at"] == at
        assert await hand(home, number="3") == ""
        assert [event.number for event in await told(line)] == ["3"]


async def test_a_live_console_is_never_robbed_of_its_way_in(home, line, clock):
    at = find(str(home))["at"]
    (home / "console.lock").unlink()  # somebody tidied up
    with Instance.take(home) as second:
        robber = HandInLine(second, clock)

        assert not await robber.open()
        await say_to(at, b"hello\n")  # the first one has heard the second knock before

        assert robber.state.state is State.DOWN
        assert "cannot listen for calls" in robber.state.reason
        await robber.close()
    assert line.state.state is State.UP


async def test_to_open_it_twice_at_once_opens_it_once(home, instance, clock):
    line = HandInLine(instance, clock)

    assert await asyncio.gather(line.open(), line.open()) == [True, True]

    assert line.state.state is State.UP
    assert await hand(home, number="1") == ""
    await asyncio.gather(line.close(), line.open(), line.close())
    assert line.state.state is State.DOWN


async def test_a_line_that_could_not_listen_tries_again(home, instance, clock, monkeypatch):
    monkeypatch.setattr(handin, "AGAIN_S", 0.01)
    tries = []

    def make_door():
        tries.append(1)
        if len(tries) < 3:
            raise OSError(13, "Permission denied")
        return open_door(home)

    line = HandInLine(instance, clock, make_door=make_door)
    waiting = asyncio.ensure_future(anext(line.events()))
    while line.state.state is not State.UP:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    await hand(home, number="1")

    assert (await waiting).number == "1"
    await line.close()


async def test_a_line_that_cannot_listen_can_be_closed(instance, clock):
    def make_door():
        raise OSError(13, "Permission denied")

    line = HandInLine(instance, clock, make_door=make_door)
    waiting = asyncio.ensure_future(anext(line.events(), "nothing"))
    while line.state.state is not State.DOWN:  # noqa: ASYNC110
        await asyncio.sleep(0)
    assert "Permission denied" in line.state.reason

    await line.close()

    assert await waiting == "nothing"
    assert not await line.open()


async def test_closing_removes_the_way_in_and_shows_everybody_out(home, line, monkeypatch):
    monkeypatch.setattr(handin, "PATIENCE_S", 1000)
    at = find(str(home))["at"]
    reader, writer = await asyncio.open_unix_connection(at)
    await hand(home, number="1")

    assert len(await told(line)) == 1
    await line.close()

    assert await reader.read() == b""
    writer.close()
    with pytest.raises(FileNotFoundError):
        await say_to(at, b"\n")
    assert find(str(home))["at"] is None


async def test_a_port_of_this_computer_does_where_there_are_no_such_sockets(home, instance, clock):
    line = HandInLine(instance, clock, make_door=loopback)
    assert await line.open()
    port = find(str(home))["at"]
    assert isinstance(port, int)

    assert await hand(home, number="1") == ""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b'{"number": "2"}\n')
    assert b"Only whoever runs the console" in await reader.read()
    writer.close()

    assert [event.number for event in await told(line)] == ["1"]
