"""How fast a call comes through, that none is lost when many come, and that nothing piles up."""

import asyncio
import gc
import sys
import time

import pytest

from care_console.base.clock import utc_now
from care_console.lines.line import Event
from care_console.lines.sip.line import SipLine
from care_console.lines.sip.station import Account
from care_console.lines.sip.transactions import MOST_DONE
from tests.conftest import until
from tests.lines.sip.conftest import Listener
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


class Timed(Listener):
    """A line that notes when each INVITE was read and when its event was taken."""

    def __init__(self, line: SipLine) -> None:
        self.read: dict[str, float] = {}
        self.took: list[float] = []
        self.computed: list[float] = []  # by the processor, of each INVITE
        heard = line.agent.heard

        def timed(data: bytes, source: tuple[str, int]) -> None:
            if data.startswith(b"INVITE"):
                number = data.partition(b"branch=z9hG4bKload")[2].partition(b";")[0].decode()
                self.read.setdefault(number, time.perf_counter())
            began = time.thread_time()
            heard(data, source)
            if data.startswith(b"INVITE"):
                self.computed.append(time.thread_time() - began)

        line.agent.heard = timed
        super().__init__(line)

    async def _take(self) -> None:
        async for event in self.line.events():
            self.told.append(event)
            if event.kind is Event.RINGING and event.number in self.read:
                self.took.append(time.perf_counter() - self.read[event.number])


class Bare(asyncio.DatagramProtocol):
    """The loop with a queue, and nothing else."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[float] = asyncio.Queue()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.wire = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.queue.put_nowait(time.perf_counter())
        status = "487 Gone" if data.startswith(b"CANCEL") else "180 Ringing"
        kept = b"\r\n".join(data.split(b"\r\n")[1:5])
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
    await desk.is_up()
    return desk, pbx


async def rung(calls: int, rate: float) -> tuple[Timed, int]:
    """Call a line that often; return it after all is over, and what had to be said again."""
    desk, pbx = await in_use()
    port = desk.line.agent.station.local[1]
    over, again = await called(port, pbx.contact, calls, rate)
    assert over == calls
    await until(lambda: len(desk.told) >= 2 * calls)
    kinds = [event.kind for event in desk.told]
    assert kinds.count(Event.RINGING) == kinds.count(Event.ENDED) == calls
    assert len({event.call_id for event in desk.told}) == calls
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
        f" most {max(desk.took) * 1_000:.2f} ms; bare loop: p50 {at_percent(bare, 50):.2f} ms,"
        f" p99 {at_percent(bare, 99):.2f} ms"
    )


@pytest.mark.long
@pytest.mark.timeout(300)
async def test_no_call_is_lost_at_400_a_second():
    desk, again = await rung(12_000, 400)
    sys.stdout.write(
        f"\n12,000 calls at 400/s: all told, {again} messages said again;"
        f" INVITE read -> event p50 {at_percent(desk.took, 50):.2f} ms,"
        f" p99 {at_percent(desk.took, 99):.2f} ms"
    )


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
