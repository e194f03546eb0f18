"""Lets the disk fail beneath a desk at the n-th page that it writes, and looks what is left."""

import asyncio
import json
import os
import resource
import sys
from pathlib import Path
from uuid import uuid4

from sqlmodel import text

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.cards.rules import NewCard
from care_console.services import Services, furnish
from care_console.settings.home import Home
from care_console.settings.keys import find_key
from care_console.store import NotKept, Standing, broken_pages
from tests.survival.killing import begin, look

FRAME = 4096 + 24  # bytes of a page in the log
MOST = 400  # cards, after which nothing failed


def fail_at(services: Services, home: Home, number: int) -> None:
    """Let no file grow beyond so many more pages: the system then refuses the write (EFBIG)."""
    log = Path(f"{home.records}-wal")
    size = max(log.stat().st_size if log.exists() else 0, 0) + number * FRAME - 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def heal() -> None:
    """Let files grow again."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


async def work(home: Home, out: int, number: int) -> None:
    """Add cards until the disk fails, then heal it and add one more; tell of each that is kept."""
    services = await furnish(home, utc_now)
    clerk = await services.staff.clerk()
    assert clerk is not None

    async def add(name: str) -> None:
        await services.cards.add(Command(uuid4(), clerk), NewCard(given="Ada", family=name))
        os.write(out, f"{name}\n".encode())

    fail_at(services, home, number)
    try:
        for at in range(MOST):
            await add(f"{number}-{at}")
    except NotKept:
        heal()
        assert services.store.health.standing is Standing.READ_ONLY
        count = text("SELECT count(*) FROM card")
        assert await services.store.read(lambda db: db.execute(count).scalar_one())
        os.write(out, b"!refused\n")
        await add(f"{number}-after")
        assert services.store.health.keeps
    heal()
    await services.store.close()


def try_one(home: Home, number: int) -> tuple[list[str], int]:
    """Let it fail once, in a process of its own; return what it called kept, and how it ended."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            asyncio.run(work(home, writing, number))
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    said = b""
    while more := os.read(reading, 65_536):
        said += more
    os.close(reading)
    return said.decode().split("\n")[:-1], os.waitpid(pid, 0)[1]


def main(folder: str, numbers: range) -> dict[str, object]:
    """Let it fail at each of these pages, and return what was lost or crashed."""
    home = asyncio.run(begin(Path(folder)))
    told: list[str] = []
    crashed = 0
    for number in numbers:
        said, status = try_one(home, number)
        told, crashed = told + said, crashed + (status != 0)
    names, faults, agree = asyncio.run(look(home))
    kept = {each for each in told if each != "!refused"}
    return {
        "failures": len(numbers),
        "refused": told.count("!refused"),
        "crashed": crashed,
        "acked": len(kept),
        "lost": len(kept - names),
        "half": len(names - kept) - 1,
        "journal_faults": faults,
        "books_agree": agree,
        "broken_pages": len(broken_pages(home.records, find_key(home, home.desk()))),
    }


if __name__ == "__main__":
    start, stop, step = map(int, sys.argv[2:5])
    sys.stdout.write(json.dumps(main(sys.argv[1], range(start, stop, step))) + "\n")
