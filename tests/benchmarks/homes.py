"""Homes with as many cards as are wanted: made once, kept in the computer's temporary folder."""

import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from time import perf_counter
from typing import Any

from care_console.services import Services, open_store
from care_console.settings.home import Home
from care_console.settings.keys import find_key
from care_console.store import Store
from care_console.store.engines import LOOK_UP_KEYED_KIB, PRAGMAS, look_up_connection
from tests.benchmarks.build import NOW, fill
from tests.benchmarks.past import add_past
from tests.benchmarks.trial import CALLED

ROOT = Path(__file__).parents[2]
KEPT = Path(gettempdir()) / "care-console-benchmarks"
MADE_OF = (
    "tests/benchmarks/build.py",
    "tests/benchmarks/people.py",
    "tests/benchmarks/past.py",
    "tests/benchmarks/homes.py",
    "care_console/base/fold.py",
    "care_console/cards/rules/search.py",
    "care_console/*/records/*.py",
    "care_console/*/records.py",
    "care_console/store/engines.py",
    "care_console/store/migrations/versions/*.py",
)
OPTIONS = {
    "name": "Northgate Heating",
    "country": "GB",
    "called": (f"{CALLED} = the main number",),
    "greetings": (f"{CALLED} en = {{hello}}, {{company}}, {{clerk}} speaking.",),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A home that is only read, and a copy of its records without a key."""

    cards: int
    folder: Path

    @property
    def home(self) -> Home:
        """The home; whoever writes takes a ``copied`` one."""
        return Home.at(self.folder / "home")

    def store(self) -> Store:
        """Open the records once more."""
        return open_store(self.home)[0]

    def plain(self) -> sqlite3.Connection:
        """Open the copy without a key as the console would, by the driver that Python brings."""
        db = sqlite3.connect(self.folder / "plain.sqlite", isolation_level=None)
        for pragma in (*PRAGMAS, f"cache_size = -{LOOK_UP_KEYED_KIB}", "query_only = ON"):
            db.execute(f"PRAGMA {pragma}")
        return db

    def keyed(self) -> Any:
        """Open the records as they are opened for look-ups."""
        return look_up_connection(self.home.records, find_key(self.home, self.home.desk()))

    @contextmanager
    def copied(self) -> Iterator[Home]:
        """Give a copy of the home for as long as it is wanted."""
        with TemporaryDirectory(prefix="care-console-") as folder:
            shutil.copytree(self.folder / "home", Path(folder) / "home")
            yield Home.at(Path(folder) / "home")

    def warm(self) -> None:
        """Read both files once, so that nobody waits for the disk."""
        for file in (self.home.records, self.folder / "plain.sqlite"):
            with file.open("rb") as there:
                while there.read(1 << 24):
                    pass


def then() -> datetime:
    """Return the moment at which all this is: the same at each run."""
    return NOW.replace(tzinfo=UTC)


async def services_of(store: Store, home: Home) -> Services:
    """Return the services over ``store``, with the options that are kept there."""
    services = Services.over(store, then, home.desk())
    await services.settings.load()
    return services


async def made(cards: int, *, fresh: bool = False, kept: Path = KEPT) -> Made:
    """Return a home with so many ``cards``, made anew if it is not there or not of today."""
    folder = kept / f"{cards}-{digest()}"
    if fresh or not (folder / "whole").exists():
        for other in kept.glob(f"{cards}-*"):
            shutil.rmtree(other)
        began = perf_counter()
        sys.stderr.write(f"making {cards:,} cards …\n")
        folder.mkdir(mode=0o700, parents=True)
        await _make(cards, folder)
        (folder / "whole").touch()
        sys.stderr.write(f"… made in {perf_counter() - began:.0f} s\n")
    found = Made(cards, folder)
    found.warm()
    return found


def digest() -> str:
    """Return a word for all that the records are made by."""
    files = sorted(file for pattern in MADE_OF for file in ROOT.glob(pattern))
    told = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return told.hexdigest()[:12]


async def _make(cards: int, folder: Path) -> None:
    home = Home.at(folder / "home", create=True)
    store, desk = open_store(home)
    await store.close()
    home, key = Home.at(folder / "home"), find_key(home, desk)
    fill(home.records, key, cards)
    store, _desk = open_store(home)
    services = await services_of(store, home)
    clerk = await services.beginning.begin(OPTIONS, "Grace Hopper")
    await store.close()
    with closing(look_up_connection(home.records, key)) as db:
        db.execute("PRAGMA query_only = OFF")
        add_past(db, cards, clerk.card_id or 0)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _copy_without_key(home.records, key, folder / "plain.sqlite")


def _copy_without_key(file: Path, key: bytes, plain: Path) -> None:
    with closing(look_up_connection(file, key)) as db:
        db.execute("PRAGMA query_only = OFF")
        db.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        db.execute("SELECT sqlcipher_export('plain')")
        db.execute("DETACH DATABASE plain")
