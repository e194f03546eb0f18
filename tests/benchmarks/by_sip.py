"""How soon a call that comes by SIP is told, and that many calls do not hold the loop up."""

import asyncio
import sys
from collections.abc import Sequence
from statistics import median

from care_console.lines.line import Line
from tests.benchmarks.figures import Row, p50, p99, spread
from tests.benchmarks.ground import Ground
from tests.benchmarks.rounds import Samples, Took
from tests.benchmarks.sip_wire import calling
from tests.lines.sip.test_figures import bare_times, rung

RATE = 100  # calls a second
SOON_S, FRAME_S = 0.005, 0.016
TICK_S = 0.005


async def sip(ground: Ground) -> list[Row]:
    """Measure an INVITE's way to who takes its event, and how late the loop is meanwhile."""
    return [await _told(ground.effort.calls), await _soak(ground.effort.soak)]


async def _told(calls: int) -> Row:
    half = calls // 2
    before = await bare_times(half, RATE)
    line, again = await rung(calls, RATE)
    bare = _took([*before, *await bare_times(half, RATE)])
    computed = median(line.computed) * 1000
    notes = (
        f"processor time of an INVITE {computed:.3f} ms; {again} messages were said again",
        "the baseline is the same loop with a queue, and nothing else, before and after",
    )
    what = f"INVITE read → event taken at {RATE} calls/s, p99 : 5 ms"
    return _within(what, SOON_S, _took(line.took), bare, notes)


async def _soak(calls: int) -> Row:
    late: Samples = []
    tasks: list[asyncio.Task[None]] = []
    references: list[int] = []
    idle = await _idle()

    async def take(line: Line) -> None:
        async for _event in line.events():
            pass

    async with calling(lambda line: tasks.append(asyncio.create_task(take(line)))) as wire:
        looking = asyncio.create_task(_lateness(late))
        for call in range(1, calls + 1):
            await wire.end(wire.ring("+442079460123"))
            if call % max(calls // 10, 1) == 0:
                references.append(sys.getrefcount(None))
        looking.cancel()
    notes = (
        f"most {max(late).passed * 1000:.1f} ms, of which this thread computed"
        f" {max(each.computed for each in late) * 1000:.1f} at the most",
        f"references to None after each tenth {references}",
        "the baseline is the same loop with nothing to do",
    )
    what = f"the loop is late in {calls:,} calls by SIP, p99 : a frame of 16 ms"
    return _within(what, FRAME_S, late, idle, notes)


async def _idle() -> Samples:
    late: Samples = []
    looking = asyncio.create_task(_lateness(late))
    await asyncio.sleep(2)
    looking.cancel()
    return late


async def _lateness(late: Samples) -> None:
    """Note how much later than wanted the loop comes round, again and again."""
    while True:
        began = Took.now()
        await asyncio.sleep(TICK_S)
        took = Took.now().since(began)
        late.append(Took(*(max(0.0, each - TICK_S) for each in took)))


def _within(
    what: str, limit: float, ours: Sequence[Took], baseline: Sequence[Took], notes: tuple[str, ...]
) -> Row:
    """Return the row of what 99 of 100 samples stay below, against a time."""
    note = f"{len(ours)} samples, baseline {spread(baseline)}"
    return Row(
        "sip",
        what,
        1,
        ratio=p99(ours) / limit,
        p50_ms=p50(ours) * 1000,
        p99_ms=p99(ours) * 1000,
        baseline_p50_ms=p50(baseline) * 1000,
        notes=(note, *notes),
    )


def _took(times: Sequence[float]) -> list[Took]:
    return [Took(each, each) for each in times]
