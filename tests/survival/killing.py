"""Kills a desk again and again while it saves, and counts what it had called saved and lost."""

import asyncio
import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from uuid import uuid4

from sqlmodel import text

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.cards.rules import NewCard
from care_console.services import furnish
from care_console.settings.home import Home
from care_console.settings.keys import find_key
from care_console.store import broken_pages

LONGEST_S = 0.08  # between the first thing that was saved and the kill


async def work(home: Home, out: int, number: int) -> None:
    """Add cards for ever; tell of each once the services have called it saved."""
    services = await furnish(home, utc_now)
    clerk = await services.staff.clerk()
    assert clerk is not None
    for at in range(100_000):
        name = f"{number}-{at}"
        await services.cards.add(Command(uuid4(), clerk), NewCard(given="Ada", family=name))
        os.write(out, f"{name}\n".encode())


async def begin(folder: Path) -> Home:
    """Make a home with its first clerk."""
    home = Home.at(folder, create=True)
    services = await furnish(home, utc_now)
    await services.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
    await services.store.close()
    return Home.at(folder)


def kill_one(home: Home, number: int, chance: random.Random) -> list[str]:
    """Start a desk in a process of its own, kill it, and return what it had called saved."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            asyncio.run(work(home, writing, number))
        finally:
            os._exit(1)
    os.close(writing)
    said = os.read(reading, 65_536)
    time.sleep(chance.uniform(0, LONGEST_S))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while more := os.read(reading, 65_536):
        said += more
    os.close(reading)
    return said.decode().split("\n")[:-1]


async def look(home: Home) -> tuple[set[str], int, bool]:
    """Return the names that are there, how many faults the journal has, and if books agree."""
    services = await furnish(home, utc_now)
    names = await services.store.read(
        lambda db: {row[0] for row in db.execute(text("SELECT family FROM card"))}
    )
    added, cards = await services.store.read(
        lambda db: tuple(
            db.execute(text(sql)).scalar_one()
            for sql in (
                "SELECT count(*) FROM entry WHERE kind = 'card_added'",
                "SELECT count(*) FROM card",
            )
        )
    )
    faults = [each for each in (await services.journal.check()).faults if each.number]
    await services.store.close()
    return names, len(faults), added == cards


def main(folder: str, kills: int, keep: bool = True) -> dict[str, object]:
    """Kill so often, and return what was lost."""
    home = asyncio.run(begin(Path(folder)))
    chance, acked, started = random.Random(kills), [], time.monotonic()
    for number in range(kills):
        acked += kill_one(home, number, chance)
        if not keep:  # the control: what was saved last is taken away behind the desk's back
            log = home.records.with_name(f"{home.records.name}-wal")
            log.unlink(missing_ok=True)
    took = time.monotonic() - started
    names, faults, agree = asyncio.run(look(home))
    return {
        "kills": kills,
        "acked": len(acked),
        "lost": len(set(acked) - names),
        "unacked": len(names) - len(set(acked)) - 1,
        "journal_faults": faults,
        "books_agree": agree,
        "broken_pages": len(broken_pages(home.records, find_key(home, home.desk()))),
        "took_s": round(took, 1),
    }


if __name__ == "__main__":
    told = main(sys.argv[1], int(sys.argv[2]), keep=sys.argv[3:] != ["without-log"])
    sys.stdout.write(json.dumps(told) + "\n")
