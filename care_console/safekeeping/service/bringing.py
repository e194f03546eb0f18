"""Bringing back a backup, here or on another computer, and salvaging what a backup lacks."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from care_console.base.clock import utc_now
from care_console.base.words import N_
from care_console.journal.service import Journal
from care_console.settings.home import SLOTS, Home
from care_console.settings.keys import make_key, unlock
from care_console.settings.opening import Opened, open_home, server_of
from care_console.settings.slots import read_slots
from care_console.store import (
    DRIVER_TROUBLE,
    Copy,
    NotRestored,
    copies_in,
    copy_private,
    fill_server,
    is_whole,
    keep_damaged,
    put_back,
    put_in_place,
)
from care_console.store import salvage as read_out


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought back, and where that is kept which was there before."""

    aside: Path | None
    copy: Copy | None = None
    entries_lost: int = 0  # acts of the journal that the backup does not hold
    rows: int = 0  # salvaged
    dropped: int = 0  # readable, but of use no more
    lost: tuple[str, ...] = ()  # tables of which a part could not be read


def bring_back(home: Home, key: bytes, copy: Copy) -> Brought:
    """Put a backup in place of the records of ``home``, which nobody has open meanwhile.

    Where a server keeps them it must hold nothing: what other desks wrote is never put aside.
    That is the journal's next entry, so that it is never hidden. Not for the window's thread.
    Raises NotRestored, and then the records are as they were; and CannotOpen.
    """
    server = server_of(home, home.desk())
    aside = None if server is not None else put_back(copy, home.records, key)
    if server is not None:
        fill_server(copy, server, key)
    opened = open_home(home, key=key)
    lost = _entries_lost(opened, copy)
    facts = {"from": copy.at.isoformat(), "entries_lost": lost, "rows": sum(copy.rows.values())}
    asyncio.run(_go_on(opened, "backup_restored", facts))
    return Brought(aside, copy, lost)


def salvage(home: Home, key: bytes) -> Brought:
    """Read what is readable of damaged records into new ones, and go on with those.

    The damaged file is kept under another name, and only a copy of it is read. Not for the
    window's thread. Raises NotRestored, and then the records are as they were; and CannotOpen.
    """
    new = home.records.with_name(f"{home.records.name}.salvaging")
    try:
        new.unlink(missing_ok=True)
        copy = keep_damaged(home.records)
        if copy is None:
            raise NotRestored(N_("There is no file from which anything could be read."))
        told = read_out(copy, key, new)
        if not told.rows:
            raise NotRestored(N_("Nothing in the damaged file can be read."))
        put_in_place(new, home.records, key)
    except DRIVER_TROUBLE as error:
        raise NotRestored(N_("Nothing in the damaged file can be read.")) from error
    except OSError as error:
        raise NotRestored(
            N_("What can be read could not be written: {why}"), why=error.strerror
        ) from error
    finally:
        for tail in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{new}{tail}").unlink(missing_ok=True)
    facts: dict[str, Any] = {"found": told.rows, "dropped": told.dropped, "lost": told.lost}
    asyncio.run(_go_on(open_home(home, key=key), "records_salvaged", facts))
    return Brought(copy, rows=told.rows, dropped=told.dropped, lost=tuple(told.lost))


def bring_elsewhere(home: Home, file: Path, typed: str) -> Brought:
    """Make a new ``home`` of the backup ``file``, whose key a passphrase or a code opens.

    The ways to the key lie beside the backup. Raises NotRestored, WrongSecret, BadCode, BadSlots
    and NotAHome. Not for the window's thread.
    """
    slots = read_slots(file.parent / SLOTS)
    key = unlock(slots, typed)
    assert slots is not None
    copy = next((each for each in copies_in(file.parent, key) if each.file.name == file.name), None)
    if copy is None or not is_whole(copy):
        raise NotRestored(N_("{file} is no whole backup of these records."), file=file.name)
    desk = replace(home.begin(), origin=slots.origin)
    desk, key = make_key(home, desk, key, slots)
    try:
        copy_private(copy.file, home.unfinished_records)
        home.finish(desk)
    except OSError as error:
        raise NotRestored(
            N_("The backup could not be put back: {why}"), why=error.strerror
        ) from error
    made = Home.at(home.folder)
    facts = {"from": copy.at.isoformat(), "entries_lost": 0, "rows": sum(copy.rows.values())}
    asyncio.run(_go_on(open_home(made), "backup_restored", facts))
    return Brought(None, copy)


def _entries_lost(opened: Opened, copy: Copy) -> int:
    """Return how many acts this desk saw that the backup does not hold."""
    seen = opened.seal.heads.seen()
    return sum(
        max(0, head.number - copy.heads.get(origin, (0, ""))[0]) for origin, head in seen.items()
    )


async def _go_on(opened: Opened, kind: str, facts: dict[str, Any]) -> None:
    journal = Journal(opened.store, utc_now, opened.desk.origin, opened.seal)
    try:
        await journal.go_on(kind, facts)
    finally:
        await opened.store.close()
