"""What is wrong with a file of records that does not open, told without changing a byte of it."""

from contextlib import closing, suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from care_console.base.words import N_
from care_console.store.engines import DRIVER_TROUBLE, connect, unlocked
from care_console.store.troubles import CannotOpen

PLAIN_HEAD = b"SQLite format 3\x00"
PAGE = 4_096
TRIES = 2
DOUBT = ".doubted"  # behind the name of records of which a page was found damaged


class Damage(StrEnum):
    """How a file of records is not what it was."""

    MISSING = "missing"
    EMPTY = "empty"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"
    CUT = "cut"
    BROKEN = "broken"


DAMAGE_WORDS = {
    Damage.MISSING: N_("The file of the records, {file}, is gone."),
    Damage.EMPTY: N_("The file of the records, {file}, is empty: it holds nothing at all."),
    Damage.FOREIGN: N_("{file} holds something else than the records of this console."),
    Damage.UNREADABLE: N_(
        "{file} is overwritten or damaged from its beginning. The key is the right one, and yet "
        "nothing in it can be read."
    ),
    Damage.CUT: N_("The end of {file} is missing: something cut it off."),
    Damage.BROKEN: N_("Parts of {file} are not as they were written, as after a fault of a disk."),
}


class Damaged(CannotOpen):
    """The file of the records is not what it was; ``damage`` says how."""

    def __init__(self, damage: Damage, file: Path) -> None:
        super().__init__(DAMAGE_WORDS[damage], file=file.name)
        self.damage = damage


def refuse_damaged(file: Path, key: bytes | None) -> None:
    """Raise Damaged for what must not even be opened: opening an empty file would fill it."""
    if not file.exists():
        raise Damaged(Damage.MISSING, file)
    with open(file, "rb") as there:
        head = there.read(len(PLAIN_HEAD))
    if not head:
        raise Damaged(Damage.EMPTY, file)
    if key is not None and head == PLAIN_HEAD:
        raise Damaged(Damage.FOREIGN, file)
    if (mark := _mark(file)).exists():
        if _is_broken(file, key):
            raise Damaged(Damage.BROKEN, file)
        mark.unlink()


def doubt(file: Path) -> None:
    """Have every page looked at before the records are opened the next time."""
    with suppress(OSError):
        _mark(file).touch(mode=0o600)


def doubt_no_more(file: Path) -> None:
    """Forget a doubt: other records took the place of those."""
    with suppress(OSError):
        _mark(file).unlink()


def look_at(file: Path, key: bytes | None) -> Damage | None:
    """Return what is wrong with a file that did not open, or None if nothing is to be seen.

    The log beside it is left out of account: it is never opened, so never changed.
    """
    try:
        refuse_damaged(file, key)
        if file.stat().st_size % PAGE:
            return Damage.CUT
        with closing(unlocked(file, key, "immutable=1")) as there:
            return _inside(there)
    except Damaged as trouble:
        return trouble.damage
    except DRIVER_TROUBLE as error:
        return _behind(error)


def broken_pages(file: Path, key: bytes | None) -> list[str]:
    """Return what a look at every page finds; one bit that is not as written is enough.

    The log is written back first: after a power cut it holds whole what the file has torn. What
    is found while somebody else writes back is looked at once more. It reads the whole file: not
    for the window's thread.
    """
    found: list[str] = []
    for _each in range(TRIES):
        with closing(connect(file, key)) as there:
            there.execute("PRAGMA wal_checkpoint(PASSIVE)")
            found = faults_in(there, keyed=key is not None)
        if not found:
            break
    return found


def faults_in(there: Any, *, keyed: bool) -> list[str]:
    """Return what the seals of the pages and the tables in them say; nothing is good."""
    found = [str(row[0]) for row in there.execute("PRAGMA cipher_integrity_check")] if keyed else []
    if not found:
        said = [str(row[0]) for row in there.execute("PRAGMA integrity_check")]
        found = [] if said == ["ok"] else said
    return found


def is_damage(error: BaseException | None) -> bool:
    """Return whether what a driver said means that the file is not what it was."""
    said = str(error).lower()
    return any(part in said for part in ("malformed", "not a database", "file is encrypted"))


def _mark(file: Path) -> Path:
    return file.with_name(f"{file.name}{DOUBT}")


def _is_broken(file: Path, key: bytes | None) -> bool:
    try:
        return bool(broken_pages(file, key))
    except DRIVER_TROUBLE:
        return True


def _inside(there: Any) -> Damage | None:
    tables = {row[0] for row in there.execute("SELECT name FROM sqlite_master")}
    if "alembic_version" not in tables:
        return Damage.FOREIGN
    return Damage.BROKEN if faults_in(there, keyed=True) else None


def _behind(error: driver.Error) -> Damage | None:
    said = str(error).lower()
    if "not a database" in said or "encrypted" in said:
        return Damage.UNREADABLE
    return Damage.BROKEN if "malformed" in said else None
