"""Looking whether the records are safe: the file, the key, the backups and the disk."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from care_console.settings.home import Home
from care_console.settings.keys import backup_folders, slots_of
from care_console.settings.slots import SlotKind
from care_console.store import Copy, age_of, broken_pages, copies_in, is_whole

ENOUGH = 500 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Safety:
    """How safe the records of a home are."""

    faults: tuple[str, ...]  # of the file, as SQLite says them
    place: str  # where the key is: keyring or file
    backend: str  # the keyring that wrote it
    recoverable: bool  # a passphrase or a recovery code opens the key, too
    backups: int
    last: Copy | None
    last_whole: bool  # no bit of it is other than when it was verified
    second: str  # the second place, or ""
    free: int  # bytes
    now: datetime
    on_server: bool = False  # which looks after its own pages

    @property
    def weaker(self) -> bool:
        """Whether the key lies beside the records."""
        return self.place == SlotKind.FILE

    @property
    def backup_age_s(self) -> float | None:
        """How old the last backup is, in seconds; None where there is none."""
        return None if self.last is None else (self.now - self.last.at).total_seconds()

    @property
    def sound(self) -> bool:
        """Whether the file, and the last backup if there is one, are what they were."""
        return not self.faults and (self.last is None or self.last_whole)


def look(home: Home, key: bytes, now: datetime) -> Safety:
    """Look at everything; it reads all pages and the last backup. Not for the window's thread."""
    desk, slots = home.desk(), slots_of(home)
    place = SlotKind(desk.key_in)
    own = slots.of(place) if slots is not None else None
    copies = _copies(backup_folders(home, desk), key)
    last = copies[0] if copies else None
    return Safety(
        faults=() if desk.database else tuple(broken_pages(home.records, key)[:20]),
        place=str(place),
        backend=own.backend if own is not None else "",
        recoverable=slots is not None and bool(slots.typed()),
        backups=len(copies),
        last=last,
        last_whole=last is not None and is_whole(last),
        second=desk.backup_folder,
        free=shutil.disk_usage(home.folder).free,
        now=now,
        on_server=bool(desk.database),
    )


def _copies(folders: tuple[Path, ...], key: bytes) -> list[Copy]:
    found: dict[str, Copy] = {}
    for folder in folders:
        for copy in copies_in(folder, key):
            found.setdefault(copy.file.name, copy)
    return sorted(found.values(), key=age_of, reverse=True)
