"""How long a ring and a note wait while an import is at work beside the window."""

import asyncio
from time import perf_counter
from uuid import uuid4

import pytest

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.cards.rules import Change
from care_console.exchange.pane.program import Place, Program
from care_console.lines.line import CallEvent, Event

from .homes import opened

ROWS, RINGS = 100_000, 300
MOST_SAVE_S, MOST_TIMES = 0.1, 2  # of a note; ring p99 beside, in ring p99 at rest


def p99(samples):
    return sorted(samples)[int(len(samples) * 0.99) - 1]


async def rings(services, count, pause_s):
    """Return how long each of so many rings took, in seconds."""
    took = []
    for at in range(count):
        number = f"+44163296{at % 10_000:04}"
        event = CallEvent(kind=Event.RINGING, call_id=str(at), line="", at=utc_now(), number=number)
        began = perf_counter()
        await services.rings.caller(event)
        took.append(perf_counter() - began)
        await asyncio.sleep(pause_s)
    return took


async def saves(services, clerk, program):
    """Return how long each note took to be kept, as long as ``program`` runs."""
    (hit,) = await services.search.find("maria okafor")
    took, note = [], ""
    while program.running:
        change = Change("note", note, f"Rings early {len(took)}")
        began = perf_counter()
        await services.edits.edit(Command(uuid4(), clerk), hit.brief.id, [change])
        took.append(perf_counter() - began)
        note = change.value
        await asyncio.sleep(0.5)
    return took


async def beside(folder, rows):
    """Return ring p99 at rest and beside an import, and how long notes took meanwhile."""
    home, services, clerk = await opened(folder)
    file = folder / "many.csv"
    lines = (f"Ada Poe{n},+44 7{n:09},Leeds {n}\n" for n in range(rows))
    await asyncio.to_thread(file.write_text, "Name,Phone,Town\n" + "".join(lines))
    program = Program(Place(home.folder, services.key, "en"))
    started = asyncio.Event()
    program.told.connect(lambda _words: started.set())
    try:
        rest = await rings(services, RINGS, 0.01)
        program.start(["import", str(file)], Command(uuid4(), clerk), {})
        await started.wait()
        noted = asyncio.ensure_future(saves(services, clerk, program))
        during = await rings(services, RINGS, 0.01)
        program.cancel()
        return p99(rest), p99(during), await noted
    finally:
        await services.store.close()


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_ring_and_a_note_hardly_notice_an_import(loop, tmp_path, capsys):
    rest, during, noted = loop.run_until_complete(beside(tmp_path, ROWS))

    with capsys.disabled():
        print(f"\nring p99 {rest:.5f} s, beside {during:.5f} s, note {max(noted):.3f} s")  # noqa: T201
    assert during <= MOST_TIMES * rest
    assert max(noted) <= MOST_SAVE_S
