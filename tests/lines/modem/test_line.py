"""Tests of the modem's line against the other end of its wire."""

import asyncio
import os
import select
import sys
import threading
import tty
from contextlib import asynccontextmanager

import pytest

from care_console.base.clock import utc_now
from care_console.lines.kinds import kind_of
from care_console.lines.line import Event, State
from care_console.lines.modem.line import ModemLine, asked, opened
from care_console.lines.modem.places import Place
from care_console.lines.setup import BadSetup, Setup

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pty pair is a wire of Unix")

PATIENCE_S = 20
CALL = b"\r\nDATE = 0107\r\nTIME = 0900\r\nNMBR = 5195550123\r\nNAME = NUNEZ ROSA\r\n"


class FarEnd:
    """A modem's side of a wire: answers commands in a thread of its own."""

    def __init__(self, understood=("ATZ", "ATE0", "ATS0=0", "AT+VCID=1")):
        self.far, near = os.openpty()
        tty.setraw(near)
        self.device = os.ttyname(near)
        self._near, self._understood = near, understood
        self.said = []
        self._stop, self._stopper = os.pipe()
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def say(self, data):
        os.write(self.far, data)

    def unplug(self):
        os.write(self._stopper, b".")
        self._thread.join()
        for end in (self.far, self._near, self._stop, self._stopper):
            os.close(end)

    def _answer(self):
        rest = b""
        while self._stop not in select.select([self.far, self._stop], [], [])[0]:
            rest += os.read(self.far, 1_000)
            *commands, rest = rest.split(b"\r")
            for command in commands:
                self.said.append(command.decode())
                if self._understood is None:
                    continue  # it is dumb
                known = self.said[-1] in self._understood
                os.write(self.far, b"\r\nOK\r\n" if known else b"\r\nERROR\r\n")


@asynccontextmanager
async def heard(line):
    """Give the queue of what the line tells, and of its states."""
    events, states = asyncio.Queue(), asyncio.Queue()
    line.listen(states.put_nowait)

    async def listen():
        async for event in line.events():
            events.put_nowait(event)

    task = asyncio.create_task(listen())
    try:
        yield events, states
    finally:
        await line.close()
        await task


async def next_of(queue):
    return await asyncio.wait_for(queue.get(), PATIENCE_S)


def test_who_calls_is_told_and_the_modem_is_never_made_to_answer():
    async def run():
        modem = FarEnd()
        line = ModemLine("modem", utc_now, modem.device, there=list)
        async with heard(line) as (events, states):
            assert (await next_of(states)).state is State.UP
            modem.say(b"\r\nRING\r\n")
            modem.say(CALL)
            event = await next_of(events)
        modem.unplug()
        return modem, event, await next_of(events), line.state.state

    modem, event, end, state = asyncio.run(run())

    assert (event.kind, event.number, event.name, event.line) == (
        Event.RINGING,
        "5195550123",
        "NUNEZ ROSA",
        "modem",
    )
    assert (end.kind, end.call_id) == (Event.ENDED, event.call_id)
    assert state is State.DOWN
    assert modem.said[:3] == ["ATZ", "ATE0", "ATS0=0"]
    assert not any(said.startswith(("ATA", "ATD")) for said in modem.said)


def test_unplugged_it_says_so_and_comes_back_wherever_it_is_plugged_in():
    async def run():
        first, second = FarEnd(), FarEnd()
        usb = "0572:1340:24680246"
        there = [Place(first.device, "", usb)]
        line = ModemLine("modem", utc_now, "", there=lambda: there, waits=lambda _end, _s: False)
        async with heard(line) as (events, states):
            assert (await next_of(states)).state is State.UP
            there[:] = [Place(second.device, "", usb)]
            first.unplug()
            gone = await next_of(states)
            assert (await next_of(states)).state is State.UP
            second.say(CALL)
            event = await next_of(events)
        second.unplug()
        return gone, event

    gone, event = asyncio.run(run())

    assert (gone.state, gone.reason) == (State.DOWN, "The modem was unplugged.")
    assert event.number == "5195550123"


def test_a_modem_without_caller_id_is_told_in_words():
    async def run():
        far = FarEnd(understood=("ATZ",))
        line = ModemLine("modem", utc_now, far.device, there=list)
        async with heard(line) as (_events, states):
            state = await next_of(states)
        far.unplug()
        return far, state

    far, state = asyncio.run(run())

    said = f"The modem at {far.device} cannot tell who calls."
    assert (state.state, state.reason) == (State.DOWN, said)


def test_a_port_that_is_not_there_is_looked_for_until_it_comes():
    async def run():
        waited, often = [], asyncio.Event()
        loop = asyncio.get_running_loop()

        def waits(end, seconds):
            waited.append(seconds)
            if len(waited) < 7:
                return False
            loop.call_soon_threadsafe(often.set)
            return end.wait()

        line = ModemLine("modem", utc_now, "0572:1340", there=list, waits=waits)
        async with heard(line) as (_events, states):
            state = await next_of(states)
            await asyncio.wait_for(often.wait(), PATIENCE_S)
        return state, waited

    state, waited = asyncio.run(run())

    assert state.reason == "The modem is not plugged in."
    assert waited == [1, 2, 5, 10, 30, 30, 30]


def test_one_that_is_unplugged_while_it_is_woken_is_told_of_like_any_other():
    modem = FarEnd()
    with opened(modem.device) as port:
        modem.unplug()
        with pytest.raises(OSError, match="."):
            asked(port, "ATZ")


def test_a_bug_in_its_thread_ends_the_line_aloud():
    def broken():
        raise RuntimeError("a bug")

    async def run():
        async for _event in ModemLine("modem", utc_now, there=broken).events():
            pass

    with pytest.raises(RuntimeError, match="a bug"):
        asyncio.run(asyncio.wait_for(run(), PATIENCE_S))


def test_one_that_is_closed_while_it_is_woken_says_no_more():
    async def run():
        modem = FarEnd(understood=None)
        line = ModemLine("modem", utc_now, modem.device, there=list)
        async with heard(line):
            while not modem.said:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        modem.unplug()
        return modem.said

    assert asyncio.run(asyncio.wait_for(run(), PATIENCE_S)) == ["ATZ"]


def test_one_port_is_one_lines():
    async def run():
        modem = FarEnd()
        line = ModemLine("modem", utc_now, modem.device, there=list)
        async with heard(line) as (_events, states):
            assert (await next_of(states)).state is State.UP
            steps = [each async for each in trial(modem.device)]
        modem.unplug()
        return steps

    (step,) = asyncio.run(run())

    assert step.good is False
    assert "in use" in step.words


def test_the_trial_tells_each_step_up_to_the_ring():
    async def run():
        modem, steps = FarEnd(), []
        async for step in trial(modem.device):
            steps.append(step)
            if step.good is None:
                modem.say(b"\r\nRING\r\n" + CALL)
        modem.unplug()
        return modem, steps

    modem, steps = asyncio.run(run())

    assert [(each.words, each.good) for each in steps] == [
        (f"{modem.device} is open.", True),
        ("The modem tells who calls.", True),
        ("Ring this line now from another telephone.", None),
        ("It rang, and the number came with it.", True),
    ]
    assert steps[1].detail == "AT+VCID=1"


def test_a_modem_that_is_unplugged_during_its_trial_is_told_of_and_is_no_bug():
    async def run():
        modem, steps = FarEnd(), []
        async for step in trial(modem.device):
            steps.append(step)
            if step.good is None:
                modem.unplug()
        return steps

    steps = asyncio.run(run())

    assert (steps[-1].words, steps[-1].good) == ("The modem was unplugged.", False)


def test_what_is_told_of_it_is_checked():
    with pytest.raises(BadSetup) as refused:
        kind_of("modem").make(Setup("m", "modem", {"further": "ATDT112"}), utc_now)

    assert refused.value.key == "further"
    assert kind_of("modem").make(Setup("m", "modem", {"port": "COM3"}), utc_now).name == "m"


def trial(device):
    return kind_of("modem").trial(Setup("modem", "modem", {"port": device}), utc_now)
