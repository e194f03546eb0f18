"""How fast a call comes through, that none is lost when many come, and that nothing piles up."""

import asyncio
import gc
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from care_console.base.clock import utc_now
from care_console.lines.line import Event, State
from care_console.lines.sip.line import SipLine
from care_console.lines.sip.station import Account
from care_console.lines.sip.transactions import MOST_DONE
from tests.conftest import until
from tests.lines.sip.peer import TelephoneSystem, a_call

FIRST = 1_000_000


def at_percent(times: list[float], percent: float) -> float:
    """Return a percentile in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * percent / 100))] * 1_000


async def called(port: int, contact: str, calls: int, rate: float) -> tuple[int, int]:
    """Let a process of its own call; return how many calls ended, and what was said again."""
    told = [str(port), contact, str(FIRST), str(calls), str(rate)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", "tests/lines/sip/caller.py", *told, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    over, again = map(int, out.split())
    return over, again


class Timed:
    """A line that notes when each INVITE was read and when its event was taken, and no more."""

    def __init__(self, line: SipLine) -> None:
        self.line = line
        self.kinds: Counter[str] = Counter()
        self.ringing: set[str] = set()
        self.took: list[float] = []
        self.computed: list[float] = []  # by the processor, for each INVITE
        self._read: dict[str, float] = {}
        self._heard, line.agent.heard = line.agent.heard, self._timed
        self._task = asyncio.create_task(self._take())

    async def end(self) -> None:
        await self.line.close()
        await self._task

    def _timed(self, data: bytes, source: tuple[str, int]) -> None:
        if not data.startswith(b"INVITE"):
            self._heard(data, source)
            return
        number = data.partition(b"branch=z9hG4bKload")[2].partition(b";")[0].decode()
        self._read.setdefault(number, time.perf_counter())
        began = time.thread_time()
        self._heard(data, source)
        self.computed.append(time.thread_time() - began)

    async def _take(self) -> None:
        async for event in self.line.events():
            self.kinds[event.kind] += 1
            if event.kind is Event.RINGING:
                self.took.append(time.perf_counter() - self._read.pop(event.number))
                self.ringing.add(event.call_id)
            else:
                self.ringing.remove(event.call_id)


class Bare(asyncio.DatagramProtocol):
    """The loop with a queue, and nothing else."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[float] = asyncio.Queue()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.wire = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.queue.put_nowait(time.perf_counter())
        status = "487 Gone" if data.startswith(b"CANCEL") else "180 Ringing"
        kept = b"\r\n".join(data.split(b"\r\n")[1:6])
        if not data.startswith(b"ACK"):
            self.wire.sendto(f"SIP/2.0 {status}\r\n".encode() + kept + b"\r\n\r\n", addr)


async def bare_times(calls: int, rate: float) -> list[float]:
    wire, bare = await asyncio.get_running_loop().create_datagram_endpoint(
        Bare, local_addr=("127.0.0.1", 0)
    )
    took: list[float] = []

    async def take() -> None:
        while True:
            read = await bare.queue.get()
            took.append(time.perf_counter() - read)

    taking = asyncio.create_task(take())
    await called(wire.get_extra_info("sockname")[1], "sip:x@127.0.0.1", calls, rate)
    taking.cancel()
    wire.close()
    return took


async def in_use() -> tuple[Timed, TelephoneSystem]:
    pbx = await TelephoneSystem().open()
    line = SipLine("desk", Account("127.0.0.1", "202", port=pbx.port), utc_now)
    desk = Timed(line)
    await until(lambda: line.state.state is State.UP)
    return desk, pbx


async def rung(calls: int, rate: float) -> tuple[Timed, int]:
    """Call a line that often; return it after all is over, and what had to be said again."""
    desk, pbx = await in_use()
    port = desk.line.agent.station.local[1]
    over, again = await called(port, pbx.contact, calls, rate)
    assert over == calls
    await until(lambda: desk.kinds.total() >= 2 * calls)
    assert desk.kinds == {Event.RINGING: calls, Event.ENDED: calls}
    assert not desk.ringing
    assert len(desk.line.agent.calls) == 0
    assert len(desk.line.agent.servers) <= 2 * MOST_DONE
    await desk.end()
    await pbx.close()
    return desk, again


async def test_a_hundred_calls_in_a_moment_are_all_told():
    await rung(100, 1_000)


@pytest.mark.long
async def test_a_call_is_told_at_once():
    bare = await bare_times(500, 100)
    desk, _again = await rung(2_000, 100)
    sys.stdout.write(
        f"\nINVITE read -> event taken at 100 calls/s, n={len(desk.took)}:"
        f" p50 {at_percent(desk.took, 50):.2f} ms, p99 {at_percent(desk.took, 99):.2f} ms,"
        f" most {max(desk.took) * 1_000:.2f} ms; processor {at_percent(desk.computed, 50):.2f} ms;"
        f" bare loop: p50 {at_percent(bare, 50):.2f} ms, p99 {at_percent(bare, 99):.2f} ms"
    )


def resident() -> float:
    """Return how much memory of this process is resident, in MB."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return float(lines["VmRSS"].split()[0]) / 1_024


async def each_second(kept: list[float]) -> None:
    while True:
        kept.append(resident())
        await asyncio.sleep(1)


@pytest.mark.long
@pytest.mark.timeout(240)
async def test_no_call_is_lost_at_400_a_second_and_the_memory_stays_as_it_is():
    memory: list[float] = []
    watching = asyncio.create_task(each_second(memory))
    desk, again = await rung(24_000, 400)
    watching.cancel()
    sys.stdout.write(
        f"\n24,000 calls at 400/s: all told, {again} messages said again; resident {memory[0]:.1f}"
        f" MB, after 10 s {memory[10]:.1f}, after 60 s {memory[60]:.1f}, most {max(memory):.1f};"
        f" INVITE read -> event p50 {at_percent(desk.took, 50):.2f} ms,"
        f" p99 {at_percent(desk.took, 99):.2f} ms"
    )
    assert max(memory[10:]) < memory[10] + 8


async def soak(at_desk, passing, rounds: int, each: int) -> list[tuple[int, int]]:
    """Call so often; return None's references and what is kept after each round."""
    kept = []
    async with at_desk() as (desk, pbx):
        for turn in range(1, rounds + 1):
            for _call in range(each):
                call = a_call()
                pbx.ring(call)
                pbx.cancel(call)
                await pbx.has_answered(call, 200, 487)
                pbx.ack(call)
                pbx.heard.clear()
                pbx.datagrams.clear()
            await until(lambda n=turn * each: len(desk.told) >= 2 * n)
            passing.pass_by(desk.line, 40)
            gc.collect()
            agent = desk.line.agent
            left = len(agent.calls) + len(agent.servers) + len(agent.deadlines)
            kept.append((sys.getrefcount(None), left))
    return kept


async def test_nothing_piles_up(at_desk, passing):
    kept = await soak(at_desk, passing, rounds=2, each=30)
    assert kept[0][1] == kept[1][1] <= 3


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_nothing_piles_up_in_10_000_calls(at_desk, passing):
    kept = await soak(at_desk, passing, rounds=10, each=1_000)
    sys.stdout.write(f"\nReferences to None after each 1,000 calls, and what is kept: {kept}")
    refs = [refs for refs, _left in kept]
    assert abs(refs[-1] - refs[1]) < 8_000
    assert {left for _refs, left in kept} == {kept[0][1]}
