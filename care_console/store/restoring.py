"""Putting other records in the place of those that are there, which are set aside."""

import os
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from care_console.base.errors import CareError
from care_console.base.files import sync_folder
from care_console.base.words import N_
from care_console.store.copies import TAILS, Copy, copy_private, is_whole
from care_console.store.damage import doubt_no_more, faults_in
from care_console.store.engines import DRIVER_TROUBLE, unlocked

READY, MAKING = ".ready-", ".restoring"


class NotRestored(CareError):
    """The records are as they were."""


def put_back(copy: Copy, records: Path, key: bytes | None) -> Path | None:
    """Put the records of a copy in place of ``records``; return where those are set aside.

    The copy is looked at once more, whole, before anything is touched. Not while anybody has the
    records open. Raises NotRestored.
    """
    if not is_whole(copy):
        raise NotRestored(N_("This backup is no longer what was written. Take another one."))
    making = _beside(records, MAKING)
    try:
        copy_private(copy.file, making)
        return put_in_place(making, records, key)
    except OSError as error:
        raise NotRestored(
            N_("The backup could not be put back, and the records are as they were: {why}"),
            why=error.strerror,
        ) from error
    finally:
        with suppress(OSError):
            making.unlink(missing_ok=True)


def put_in_place(made: Path, records: Path, key: bytes | None) -> Path | None:
    """Let the file ``made`` be the records; return where the others are. Raises NotRestored.

    From the moment when it is called ready it is finished, if need be at the next start.
    """
    try:
        with closing(unlocked(made, key, "immutable=1")) as there:
            faults = faults_in(there, keyed=key is not None)
    except DRIVER_TROUBLE as error:
        raise NotRestored(N_("This backup cannot be read with the key of this desk.")) from error
    if faults:
        raise NotRestored(N_("This backup is damaged. Take another one."))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    os.replace(made, _beside(records, READY + stamp))
    sync_folder(records.parent)
    return finish(records)


def finish(records: Path) -> Path | None:
    """Finish a restoring that was cut short; return where the records before are, if any were.

    Every step can be done twice. What is there is kept under another name, its log too: the log
    of one file beside another one would spoil that. Raises OSError.
    """
    ready = sorted(records.parent.glob(f"{records.name}{READY}*"))
    if not ready:
        return None
    stamp = ready[-1].name.rpartition("-")[2]
    aside = _beside(records, f".before-{stamp}")
    there = records.exists()
    if there and not aside.exists():
        set_aside(records, aside)
    for tail in TAILS[1:]:
        if (log := Path(f"{records}{tail}")).exists():
            os.replace(log, f"{aside}{tail}")
    sync_folder(records.parent)
    os.replace(ready[-1], records)
    doubt_no_more(records)
    for earlier in ready[:-1]:
        earlier.unlink()
    sync_folder(records.parent)
    return aside if aside.exists() else None


def set_aside(file: Path, to: Path) -> None:
    """Keep ``file`` under another name as well. Raises OSError."""
    try:
        os.link(file, to)
    except OSError:  # some file systems know no second name
        shutil.copyfile(file, to)


def keep_damaged(records: Path) -> Path | None:
    """Keep a damaged file, with its log, as it was found; return where, or None if it is gone.

    The one that is there stays where it is. Raises OSError.
    """
    if not records.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = _beside(records, f".damaged-{stamp}")
    for tail in TAILS[:2]:
        if (there := Path(f"{records}{tail}")).exists():
            copy_private(there, Path(f"{aside}{tail}"))
    return aside


def _beside(records: Path, tail: str) -> Path:
    return records.with_name(records.name + tail)
