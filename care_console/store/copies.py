"""Copies of the records: each is verified, and has a manifest that was written last."""

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from care_console.base.errors import CareError
from care_console.base.files import sync, sync_folder, write_private
from care_console.base.words import N_
from care_console.store.damage import Damage, Damaged, doubt, faults_in, is_damage
from care_console.store.engines import DRIVER_TROUBLE, connect

VERSION = 1
UNFINISHED = ".part"
SPARE = 64 * 2**20  # bytes: a backup never takes the room that the records need
TAILS = ("", "-wal", "-shm")
HEADS = """
    SELECT origin, number, chain FROM entry AS last
    WHERE number = (SELECT max(number) FROM entry WHERE origin = last.origin)
"""


class NoCopy(CareError):
    """A backup did not come about; those that are there are as they were."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified copy of the records, as its manifest tells of it."""

    file: Path
    at: datetime  # aware, UTC
    why: str  # work, leaving, update, asked, before restoring
    layout: str  # the version of the tables
    rows: Mapping[str, int]
    heads: Mapping[str, tuple[int, str]]  # of the journal: the last entry of each origin
    size: int  # bytes
    digest: str  # of the file, SHA-256
    shrunk: bool = False  # so many rows fewer than before that somebody has to look

    @property
    def cards(self) -> int:
        """How many cards it holds."""
        return self.rows.get("card", 0)

    @property
    def manifest(self) -> Path:
        """The file that tells of it."""
        return self.file.with_suffix(".json")


Taking = Callable[[Path, Copy], Copy]
"""Writes a copy into a file that is there, and returns what is in it."""


def make_copy(
    records: Path, key: bytes | None, folder: Path, why: str, at: datetime | None = None
) -> Copy:
    """Copy the records as they are now into ``folder``, verify the copy, and tell of it.

    Nobody who reads or writes waits for it, and what is written meanwhile is not in it. It takes
    a second for each hundred megabytes: not for the window's thread. Raises NoCopy, and Damaged
    if the records themselves are not what they were.
    """
    size = records.stat().st_size if records.exists() else 0
    try:
        return take_copy(
            lambda part, copy: _copied(records, key, part, copy), size, key, folder, why, at
        )
    except DRIVER_TROUBLE as error:
        if is_damage(error):
            doubt(records)
            raise Damaged(Damage.BROKEN, records) from error
        raise NoCopy(N_("No backup could be written: {why}"), why=error) from error


def take_copy(
    take: Taking, size: int, key: bytes | None, folder: Path, why: str, at: datetime | None = None
) -> Copy:
    """Let ``take`` write a copy of some ``size`` in bytes into ``folder``, and tell of it.

    What it leaves half goes. Raises NoCopy, and what ``take`` raises.
    """
    at = at or datetime.now(UTC)
    try:
        file = _place(size, folder, at)
        part = file.with_name(file.name + UNFINISHED)
        try:
            part.unlink(missing_ok=True)
            part.touch(mode=0o600)
            copy = take(part, replace(_EMPTY, file=file, at=at, why=why))
            sync(part)
            copy = replace(copy, size=part.stat().st_size, digest=digest_of(part))
            os.replace(part, file)
        finally:
            for tail in (*TAILS, "-journal"):
                Path(f"{part}{tail}").unlink(missing_ok=True)
        tell(copy, key)
    except OSError as error:
        raise NoCopy(N_("No backup could be written: {why}"), why=error.strerror) from error
    return copy


def tell(copy: Copy, key: bytes | None) -> None:
    """Write the manifest of a copy, sealed. Raises OSError."""
    said = {
        "version": VERSION,
        "file": copy.file.name,
        "at": copy.at.isoformat(),
        "why": copy.why,
        "layout": copy.layout,
        "rows": dict(copy.rows),
        "heads": {origin: list(head) for origin, head in copy.heads.items()},
        "size": copy.size,
        "sha256": copy.digest,
        "shrunk": copy.shrunk,
    }
    write_private(copy.manifest, json.dumps(said | {"seal": _seal(said, key)}, indent=1) + "\n")


def copies_in(folder: Path, key: bytes | None) -> list[Copy]:
    """Return the finished copies in ``folder`` whose manifest is ours, the newest first."""
    try:
        found = [_told(file, key) for file in folder.glob("*.json")]
    except OSError:
        return []
    known = [copy for copy in found if copy is not None and copy.file.exists()]
    return sorted(known, key=age_of, reverse=True)


def age_of(copy: Copy) -> tuple[datetime, int, str]:
    """Return by what copies are sorted, the older first."""
    return copy.at, len(copy.file.name), copy.file.name


def is_whole(copy: Copy) -> bool:
    """Return whether not a bit of the copy is other than when it was verified."""
    try:
        return copy.file.stat().st_size == copy.size and digest_of(copy.file) == copy.digest
    except OSError:
        return False


def newest_whole(copies: Iterable[Copy]) -> Copy | None:
    """Return the newest copy that is still what it was; the newest that did not shrink first."""
    for shrunk in (False, True):
        for copy in copies:
            if copy.shrunk is shrunk and is_whole(copy):
                return copy
    return None


def carry(copy: Copy, key: bytes | None, folder: Path) -> Copy:
    """Copy a finished copy to another place, and see that it arrived. Raises NoCopy."""
    there = replace(copy, file=folder / copy.file.name)
    part = there.file.with_name(there.file.name + UNFINISHED)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _need_room(folder, copy.size)
        copy_private(copy.file, part)
        os.replace(part, there.file)
        if not is_whole(there):
            there.file.unlink()
            raise NoCopy(N_("{folder} did not keep the backup as it was written."), folder=folder)
        tell(there, key)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise NoCopy(
            N_("The second place, {folder}, cannot be written to: {why}"),
            folder=folder,
            why=error.strerror,
        ) from error
    return there


def drop(copy: Copy) -> None:
    """Let go of a copy, its manifest first, so that no manifest tells of what is not there."""
    with suppress(OSError):
        copy.manifest.unlink(missing_ok=True)
        copy.file.unlink(missing_ok=True)


def copy_private(file: Path, to: Path) -> None:
    """Copy a file that nobody writes to, for its owner alone, down to the disk. Raises OSError."""
    to.unlink(missing_ok=True)
    to.touch(mode=0o600)
    shutil.copyfile(file, to)
    sync(to)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with open(file, "rb") as there:
        return hashlib.file_digest(there, "sha256").hexdigest()


def count_rows(there: Any) -> dict[str, int]:
    """Return how many rows each table has."""
    names = [
        row[0]
        for row in there.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    return {
        name: there.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for name in sorted(names)
    }


_EMPTY = Copy(Path(), datetime.min.replace(tzinfo=UTC), "", "", {}, {}, 0, "")


def _place(size: int, folder: Path, at: datetime) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _need_room(folder, size)
    name = f"care-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for number in range(1, 1_000):
        file = folder / (f"{name}.sqlite" if number == 1 else f"{name}-{number}.sqlite")
        if not file.exists() and not file.with_suffix(".json").exists():
            return file
    raise NoCopy(N_("There are too many backups of this moment."))


def _need_room(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size + SPARE:
        raise NoCopy(N_("There is no room for a backup in {folder}."), folder=folder)


def _copied(records: Path, key: bytes | None, part: Path, copy: Copy) -> Copy:
    """Copy page by page, from one moment, and verify what arrived."""
    with closing(connect(records, key, "query_only = ON")) as source:
        source.execute("BEGIN")
        rows = count_rows(source)
        with closing(connect(part, key, "journal_mode = MEMORY", "synchronous = OFF")) as goal:
            source.backup(goal)
            goal.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if faults_in(goal, keyed=key is not None):
                doubt(records)
                raise Damaged(Damage.BROKEN, records)
            verify(goal, rows)
            heads = heads_of(goal)
            layout = goal.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        source.execute("COMMIT")
    return replace(copy, rows=rows, heads=heads, layout=str(layout))


def verify(goal: Any, rows: Mapping[str, int]) -> None:
    """Raise NoCopy unless a copy has so many rows in each table."""
    if count_rows(goal) != rows:
        raise NoCopy(N_("The backup does not hold what the records hold, so it was not kept."))


def heads_of(there: Any) -> dict[str, tuple[int, str]]:
    """Return the last entry of each origin's journal: its number and its link."""
    tables = {row[0] for row in there.execute("SELECT name FROM sqlite_master")}
    if "entry" not in tables:
        return {}
    return {origin: (number, chain) for origin, number, chain in there.execute(HEADS)}


def _told(manifest: Path, key: bytes | None) -> Copy | None:
    """Return what a manifest tells, or None if it is not ours or not what was written."""
    try:
        said = json.loads(manifest.read_text("utf-8"))
        seal = str(said.pop("seal"))
        if said["version"] != VERSION or not hmac.compare_digest(seal, _seal(said, key)):
            return None
        return Copy(
            file=manifest.with_name(Path(said["file"]).name),
            at=datetime.fromisoformat(said["at"]),
            why=said["why"],
            layout=said["layout"],
            rows=said["rows"],
            heads={origin: (number, link) for origin, (number, link) in said["heads"].items()},
            size=said["size"],
            digest=said["sha256"],
            shrunk=said["shrunk"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _seal(said: Mapping[str, Any], key: bytes | None) -> str:
    under = hmac.digest(key or b"", b"care-console backups", "sha256")
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(under, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def leave_no_part(folder: Path) -> None:
    """Clear what a backup left that was cut short."""
    for part in folder.glob(f"*{UNFINISHED}*"):
        with suppress(OSError):
            part.unlink()
    sync_folder(folder)
