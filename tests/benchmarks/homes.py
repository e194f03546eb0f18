"""Homes with as many cards as are wanted: made once, kept in the computer's temporary folder."""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from time import perf_counter, time
from typing import Any

from care_console.services import open_store
from care_console.settings.home import Home
from care_console.settings.keys import find_key
from care_console.store import Store
from care_console.store.engines import LOOK_UP_KEYED_KIB, PRAGMAS, look_up_connection
from tests.benchmarks.making import HOME, PLAIN, make

ROOT = Path(__file__).parents[2]
KEPT = Path(gettempdir()) / "care-console-benchmarks"
OLD_S = 86_400
MADE_OF = (
    "tests/benchmarks/build.py",
    "tests/benchmarks/people.py",
    "tests/benchmarks/past.py",
    "tests/benchmarks/making.py",
    "care_console/base/fold.py",
    "care_console/cards/rules/search.py",
    "care_console/cards/rules/sound.py",
    "care_console/*/records/*.py",
    "care_console/*/records.py",
    "care_console/store/engines.py",
    "care_console/store/migrations/versions/*.py",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A home that is only read, and a copy of its records without a key."""

    cards: int
    folder: Path

    @property
    def home(self) -> Home:
        """The home; whoever writes takes a ``copied`` one."""
        return Home.at(self.folder / HOME)

    def store(self) -> Store:
        """Open the records once more."""
        return open_store(self.home)[0]

    def plain(self) -> sqlite3.Connection:
        """Open the copy without a key as the console would, by the driver that Python brings."""
        db = sqlite3.connect(self.folder / PLAIN, isolation_level=None)
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
            shutil.copytree(self.folder / HOME, Path(folder) / "home")
            yield Home.at(Path(folder) / "home")

    def warm(self) -> None:
        """Read both files once, so that nobody waits for the disk."""
        for file in (self.home.records, self.folder / PLAIN):
            with file.open("rb") as there:
                while there.read(1 << 24):
                    pass


async def made(cards: int, *, fresh: bool = False, kept: Path = KEPT) -> Made:
    """Return a home with so many ``cards``, made anew if it is not there or not of today."""
    folder = kept / f"{cards}-{digest()}"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        _forget_old(kept)
        began = perf_counter()
        sys.stderr.write(f"making {cards:,} cards …\n")
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="making-", dir=kept) as making:
            whole = Path(making) / "whole"
            whole.mkdir()
            await make(cards, whole)
            with suppress(OSError):  # somebody else has made the same meanwhile
                whole.rename(folder)
        sys.stderr.write(f"… made in {perf_counter() - began:.0f} s\n")
    os.utime(folder)
    found = Made(cards, folder)
    found.warm()
    return found


def _forget_old(kept: Path) -> None:
    """Delete what nobody has used for a day: a million cards take some gigabytes."""
    for folder in kept.glob("*-*"):
        if time() - folder.stat().st_mtime > OLD_S:
            shutil.rmtree(folder)


def digest() -> str:
    """Return a word for all that the records are made by."""
    files = sorted(file for pattern in MADE_OF for file in ROOT.glob(pattern))
    told = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    return told.hexdigest()[:12]
