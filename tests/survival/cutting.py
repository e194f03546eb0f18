"""Cuts the power of a desk at any moment: rebuilds the disk from what was written and synced."""

import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.cards.rules import NewCard
from care_console.services import furnish
from care_console.settings.home import Home
from care_console.settings.keys import find_key
from care_console.store import engines
from care_console.store.damage import faults_in
from care_console.store.engines import DRIVER_TROUBLE, connect
from tests.survival.killing import begin

CALLS = "openat,close,write,pwrite64,fsync,fdatasync,ftruncate,unlink"
LINE = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
SECTOR = 512
Act = tuple[str, str, int, bytes]  # what, of which file, where, and the data


async def work(home: Home, count: int) -> None:
    """Add cards; write a line into the file of acknowledgements after each."""
    services = await furnish(home, utc_now)
    clerk = await services.staff.clerk()
    assert clerk is not None
    acks = os.open(home.folder.parent / "acks", os.O_WRONLY | os.O_CREAT)
    for at in range(count):
        await services.cards.add(Command(uuid4(), clerk), NewCard(given="Ada", family=f"P{at}"))
        os.write(acks, f"P{at}\n".encode())
    os._exit(0)


def desk(folder: str, count: str, safe: str) -> None:
    """Be the desk that is watched; one that is not ``safe`` syncs nothing: the control."""
    pragmas = (*engines.PRAGMAS, "wal_autocheckpoint = 20")
    if safe != "safe":
        pragmas = tuple(each.replace("= FULL", "= OFF") for each in pragmas)
    engines.PRAGMAS = pragmas
    asyncio.run(work(Home.at(Path(folder)), int(count)))


def watched(folder: Path, count: int, *, safe: bool) -> list[Act]:
    """Let a desk work under strace, and return what it did to the records, in order."""
    trace, mode = folder / "trace", "safe" if safe else "unsafe"
    words = ["strace", "-f", "-xx", "-s", "9000", "-e", f"trace={CALLS}", "-o", str(trace)]
    words += [sys.executable, "-m", "tests.survival.cutting", "desk", str(folder / "home")]
    subprocess.run([*words, str(count), mode], check=True, capture_output=True)
    return list(_acts(trace.read_text().splitlines()))


def _acts(lines: list[str]) -> Iterator[Act]:
    files: dict[str, str] = {}
    for line in _whole(lines):
        if (found := LINE.match(line)) is None:
            continue
        call, said, answer = found.groups()
        parts = said.split(", ")
        if call == "openat" and int(answer) >= 0:
            files[answer] = Path(_bytes(parts[1]).decode(errors="replace")).name
        elif call == "close":
            files.pop(parts[0], None)
        elif call == "unlink":
            yield "unlink", Path(_bytes(parts[0]).decode()).name, 0, b""
        elif (name := files.get(parts[0], "")) in ("care.sqlite", "care.sqlite-wal", "acks"):
            yield _act(call, name, parts)


def _act(call: str, name: str, parts: list[str]) -> Act:
    if call in ("fsync", "fdatasync"):
        return "sync", name, 0, b""
    if call == "ftruncate":
        return "cut", name, int(parts[1]), b""
    data = _bytes(parts[1])
    return ("ack" if name == "acks" else "write"), name, int(parts[-1]), data


def _whole(lines: list[str]) -> Iterator[str]:
    """Give each call in one piece: strace cuts those during which another thread did something."""
    begun: dict[str, str] = {}
    for line in lines:
        pid = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            begun[pid] = line.removesuffix("<unfinished ...>")
        elif " resumed>" in line:
            yield begun.pop(pid, "") + line.split(" resumed>", 1)[1]
        else:
            yield line


def _bytes(said: str) -> bytes:
    return bytes.fromhex(said.strip('".').replace("\\x", ""))


def after_cut(acts: list[Act], at: int, base: bytes, chance: random.Random) -> dict[str, bytes]:
    """Return the files as a disk may have them when the power goes before the act ``at``.

    What was synced is there; of what came after, each write is there, torn, or not.
    """
    disk = {"care.sqlite": bytearray(base), "care.sqlite-wal": bytearray()}
    for name, data in disk.items():
        mine = [act for act in acts[:at] if act[1] == name]
        gone = max((n for n, act in enumerate(mine) if act[0] == "unlink"), default=-1)
        mine = mine[gone + 1 :]
        if gone >= 0:
            del data[:]
        synced = max((n for n, act in enumerate(mine) if act[0] == "sync"), default=-1)
        for number, (what, _name, where, written) in enumerate(mine):
            if number > synced:
                if what == "cut" and chance.random() < 0.5:
                    continue
                written = _torn(written, chance)
            if what == "cut":
                del data[where:]
            elif what == "write" and written:
                data.extend(bytes(max(0, where - len(data))))
                data[where : where + len(written)] = written
    return {name: bytes(data) for name, data in disk.items()}


def _torn(written: bytes, chance: random.Random) -> bytes:
    luck = chance.random()
    if luck < 0.4:
        return b""
    return (
        written if luck < 0.8 else written[: SECTOR * chance.randrange(1 + len(written) // SECTOR)]
    )


def state(folder: Path, files: dict[str, bytes], key: bytes, acked: set[str]) -> tuple[bool, int]:
    """Return whether the records are corrupt after a cut, and how many that were kept are lost."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "care.sqlite-shm").unlink(missing_ok=True)
    try:
        with closing(connect(folder / "care.sqlite", key)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log makes whole what was torn
            names = {row[0] for row in db.execute("SELECT family FROM card")}
            return bool(faults_in(db, keyed=True)), len(acked - names)
    except DRIVER_TROUBLE:
        return True, 0


def main(folder: str, states: int, mode: str) -> dict[str, object]:
    """Watch a desk, cut its power so often, and count what is corrupt or lost."""
    place = Path(folder)
    place.mkdir(parents=True)
    home = asyncio.run(begin(place / "home"))
    base = home.records.read_bytes()
    acts = watched(place, 40, safe=mode == "safe")
    chance, key = random.Random(states), find_key(home, home.desk())
    corrupt = lost = 0
    disk = place / "disk"
    disk.mkdir()
    for _each in range(states):
        at = chance.randrange(1, len(acts) + 1)
        acked = {act[3].decode().strip() for act in acts[:at] if act[0] == "ack"}
        broken, missing = state(disk, after_cut(acts, at, base, chance), key, acked)
        corrupt, lost = corrupt + broken, lost + (missing > 0)
    shutil.rmtree(disk)
    syncs = sum(act[0] == "sync" for act in acts)
    return {"states": states, "acts": len(acts), "syncs": syncs, "corrupt": corrupt, "lost": lost}


if __name__ == "__main__":
    if sys.argv[1] == "desk":
        desk(*sys.argv[2:5])
    sys.stdout.write(json.dumps(main(sys.argv[1], int(sys.argv[2]), sys.argv[3])) + "\n")
