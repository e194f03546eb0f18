"""Fills the disk beneath a desk at many places, and looks whether it goes on when there is room."""

import asyncio
import json
import os
import sys
from pathlib import Path
from uuid import uuid4

from sqlmodel import select

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.cards.records import CardRecord
from care_console.cards.rules import NewCard
from care_console.services import Services, furnish
from care_console.settings.home import Home
from care_console.store import NotKept, Standing, broken_pages, health

STEP = 37_000  # bytes between two places at which the disk is full
MOST = 1_000  # cards, after which the disk should have been full
WITHIN = 300  # looks, after which room should have been noticed


def fill(filler: Path, left: int) -> None:
    """Leave so many bytes on the disk of ``filler``."""
    free = os.statvfs(filler.parent)
    size = free.f_bavail * free.f_frsize - left
    with open(filler, "ab") as out:
        os.posix_fallocate(out.fileno(), out.tell(), max(size, 1))


class Round:
    """What happened while the disk was full once."""

    def __init__(self, services: Services, told: dict[str, int], filler: Path, left: int) -> None:
        self._services, self._told = services, told
        self._filler, self._left, self._given = filler, left, False
        self.acked: list[str] = []
        self.stood: list[Standing] = []

    async def add(self, name: str) -> bool:
        clerk = await self._services.staff.clerk()
        assert clerk is not None
        new = NewCard(given="Ada", family=name, note="x" * 4_000)
        try:
            await self._services.cards.add(Command(uuid4(), clerk), new)
        except NotKept:
            return False
        self.acked.append(f"Ada {name}")
        return True

    async def until_full(self, name: str) -> None:
        """Add until nothing is kept, and see that nothing more is even tried."""
        end = self._services.store.on_health(lambda stands: self.stood.append(stands.standing))
        for at in range(MOST):
            if not await self.add(f"{name}-{at}"):
                break
            if Standing.RESERVE in self.stood and not self._given:
                self._given = True  # the reserve was given up: it is used up, too
                fill(self._filler, self._left)
        else:
            raise AssertionError("the disk was never full")
        stands = self._services.store.health
        self._told["read_only"] += stands.standing is Standing.READ_ONLY
        self._told["banners"] += bool(stands.why)
        for again in range(3):
            self._told["kept_while_full"] += await self.add(f"{name}-again-{again}")
        await asyncio.sleep(0)
        self._told["reserves"] += Standing.RESERVE in self.stood
        end()

    async def until_room(self) -> None:
        """Let nobody type, and wait until it is noticed that there is room."""
        for _each in range(WITHIN):
            await self._services.store.look_elsewhere()
            if self._services.store.health.keeps:
                self._told["came_back"] += 1
                return
            await asyncio.sleep(0.01)


async def go(folder: Path, rounds: int) -> dict[str, int]:
    home = Home.at(folder / "home", create=True)
    services = await furnish(home, utc_now)
    await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
    told = dict.fromkeys(("read_only", "banners", "kept_while_full", "reserves", "came_back"), 0)
    acked: list[str] = []
    for each in range(rounds):
        await services.store.lay_ballast(services_home(services).ballast)
        full = Round(services, told, folder / "filler", each * STEP)
        fill(folder / "filler", each * STEP)
        await full.until_full(str(each))
        (folder / "filler").unlink()
        await full.until_room()
        assert await full.add(f"{each}-after")
        acked += full.acked
    names = await services.store.read(lambda db: set(db.exec(select(CardRecord.name))))
    told["lost"] = len(set(acked) - names)
    told["half"] = len(names - set(acked) - {"Grace Hopper"})
    told["journal_faults"] = len((await services.journal.check()).faults)
    key = services.key
    await services.store.close()
    told["broken_pages"] = len(broken_pages(services_home(services).records, key))
    return {"rounds": rounds, "acked": len(acked), **told}


def services_home(services: Services) -> Home:
    assert services.home is not None
    return services.home


if __name__ == "__main__":
    health.AGAIN, health.LOW = health.BALLAST + 2**20, 0  # the disk of the test is a small one
    print(json.dumps(asyncio.run(go(Path(sys.argv[1]), int(sys.argv[2])))))  # noqa: T201
