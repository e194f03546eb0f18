"""Guesses PINs as fast as they are looked at, and says each that was wrong: made to be killed."""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import care_console.cards.records  # noqa: F401  (the tables that clerks point at)
from care_console.base.command import Clerk, Command
from care_console.journal.service import Journal
from care_console.staff.rules import Blocked, TryLater, Wrong
from care_console.staff.service import Hashing, SignIn, Staff
from care_console.staff.service.hashing import Cost
from care_console.store import Store

QUICK = Cost(rounds=1, memory_kib=8, lanes=1)
PEPPER = b"p" * 32


class Hurry:
    """A clock that is as late as it has to be."""

    def __init__(self) -> None:
        self.now = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def guess(where: Path | str, by: Clerk, whose: int) -> None:
    """Try PIN after PIN until no more is looked at."""
    store, clock = Store.open(where), Hurry()
    journal = Journal(store, clock, "this desk")
    sign_in = SignIn(store, journal, clock, Staff(store, journal, clock), Hashing(PEPPER, QUICK))
    for pin in range(1_000):
        while True:
            try:
                await sign_in.check_pin(Command(uuid4(), by), whose, f"{pin:06}")
            except TryLater as later:
                clock.now += timedelta(seconds=later.wait_s)
                continue
            except Wrong:
                print("wrong", flush=True)  # noqa: T201
            except Blocked:
                print("blocked", flush=True)  # noqa: T201
                return
            break


if __name__ == "__main__":
    kind, place, by, whose = sys.argv[1:]
    found = Path(place) if kind == "file" else place
    asyncio.run(guess(found, Clerk("", "administrator", int(by)), int(whose)))
