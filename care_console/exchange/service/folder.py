"""A folder into which another program puts files: seen, claimed by one desk, and put away."""

import os
import shutil
import stat
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from care_console.base.errors import CareError
from care_console.base.words import N_

DONE, REFUSED = "done", "refused"
KINDS = (".csv", ".tsv", ".txt")  # all else is left alone
CLAIMED = ".taken-by-"  # stands before a desk's name, behind the file's own
LEFT_S = 900.0  # after which another desk takes up what one has claimed and not finished
MOST_BYTES = 512 * 1024 * 1024
MOST_FILES = 1_000  # looked at in one go
CHUNK = 1 << 20
REPORT = ".report.txt"


class FolderTrouble(CareError):
    """The folder cannot be worked with; the sentence says what to do about it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it stood at one look."""

    name: str
    size: int
    changed_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A file that this desk took for itself: under the name that it had, and where it is."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Folder:
    """The watched folder of one desk. All of it may wait for a disk or a network."""

    path: Path
    desk: str  # letters and digits; no other desk has it

    def look(self) -> dict[str, Seen]:
        """Return the files that may be taken, by name. Raises FolderTrouble.

        Links are passed over, and so is whatever is no file or not of KINDS.
        """
        self._be_ready()
        found: dict[str, Seen] = {}
        with self._told(), os.scandir(self.path) as entries:
            for entry in entries:
                if not _may_be_taken(entry.name):
                    continue
                about = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(about.st_mode) and len(found) < MOST_FILES:
                    found[entry.name] = _seen(entry.name, about)
        return found

    def left_over(self) -> list[Claimed]:
        """Return what this desk claimed and did not finish, and what others have left for long."""
        own, found = f"{CLAIMED}{self.desk}", []
        with self._told(), os.scandir(self.path) as entries:
            for entry in entries:
                name, mark, whose = entry.name.rpartition(CLAIMED)
                if not mark or not _may_be_taken(name):
                    continue
                about = entry.stat(follow_symlinks=False)
                if not stat.S_ISREG(about.st_mode):
                    continue
                if whose == self.desk:
                    found.append(Claimed(name, Path(entry.path)))
                elif time.time() - about.st_ctime > LEFT_S:
                    with suppress(OSError):  # its desk, or a third, was quicker
                        os.rename(entry.path, self.path / f"{name}{own}")
                        found.append(Claimed(name, self.path / f"{name}{own}"))
        return found

    def claim(self, seen: Seen) -> Claimed | None:
        """Take a file for this desk, or None where another has it or somebody still writes it.

        Raises FolderTrouble where the folder may not be changed.
        """
        here = self.path / seen.name
        there = self.path / f"{seen.name}{CLAIMED}{self.desk}"
        if _is_open(here):
            return None
        try:
            os.rename(here, there)
        except FileNotFoundError:
            return None
        except PermissionError as trouble:
            if sys.platform == "win32":
                return None  # it is open elsewhere
            raise self._read_only() from trouble
        except OSError as trouble:
            raise self._read_only() from trouble
        return Claimed(seen.name, there)

    def give_back(self, claimed: Claimed) -> None:
        """Let a file be as it was, to be taken another time."""
        with suppress(OSError):
            os.rename(claimed.path, self.path / claimed.name)

    def copy(self, claimed: Claimed, goal: Path) -> str:
        """Copy what stands in a claimed file, and return its digest. Raises FolderTrouble.

        Never through a link, and never more than MOST_BYTES: the copy is what is read, so nobody
        can put something else under it meanwhile.
        """
        digest = blake2b(digest_size=32)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with self._told():
            source = os.open(claimed.path, flags | getattr(os, "O_BINARY", 0))
            with os.fdopen(source, "rb") as read, goal.open("xb") as write:
                about = os.fstat(read.fileno())
                if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
                    raise FolderTrouble(
                        N_("{file} in the watched folder is too large, or no file."),
                        file=claimed.name,
                    )
                while chunk := read.read(CHUNK):
                    digest.update(chunk)
                    write.write(chunk)
        return digest.hexdigest()

    def put_away(self, claimed: Claimed, under: str, report: str) -> Path:
        """Move a file to DONE or REFUSED, its report beside it; return where it is.

        What is there of the same name stays. Raises FolderTrouble.
        """
        with self._told():
            for number in range(1, 10_000):
                stem, dot, ending = claimed.name.rpartition(".")
                name = claimed.name if number == 1 else f"{stem}-{number}{dot}{ending}"
                goal = self.path / under / name
                if goal.exists() or goal.is_symlink():
                    continue
                try:
                    with (self.path / under / f"{name}{REPORT}").open("x", encoding="utf-8") as out:
                        out.write(report + "\n")
                except FileExistsError:
                    continue
                shutil.move(claimed.path, goal)
                return goal
        raise self._read_only()

    def _be_ready(self) -> None:
        """See that the folder is there, with places for what was taken. Raises FolderTrouble."""
        if not self.path.is_dir():
            raise FolderTrouble(
                N_("The watched folder is not there: {folder}. It is looked for again."),
                folder=self.path,
            )
        for name in (DONE, REFUSED):
            place = self.path / name
            if place.is_symlink():
                raise FolderTrouble(
                    N_("{folder} is a link, and links are not followed. Put a folder there."),
                    folder=place,
                )
            if not place.is_dir():
                try:
                    place.mkdir()
                except FileExistsError:
                    continue
                except OSError as trouble:
                    raise self._read_only() from trouble

    def _read_only(self) -> FolderTrouble:
        return FolderTrouble(
            N_("The watched folder may not be changed by this desk: {folder}. Let it write there."),
            folder=self.path,
        )

    def _told(self) -> "_Told":
        return _Told(self)

    def cannot(self, error: OSError) -> FolderTrouble:
        """Return what to raise where the disk or the network gives out."""
        return FolderTrouble(
            N_("The watched folder cannot be read: {why}. It is looked for again."),
            why=error.strerror or error,
        )


class _Told:
    """Turns what a disk says into a sentence."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise self._folder.cannot(error) from error


def _seen(name: str, about: os.stat_result) -> Seen:
    return Seen(name, about.st_size, about.st_mtime_ns, about.st_ino)


def _may_be_taken(name: str) -> bool:
    return name.casefold().endswith(KINDS) and not name.startswith((".", "~"))


def _is_open(path: Path) -> bool:
    """Return whether somebody writes the file, as far as this system tells.

    Linux leases a file for reading only while nobody has it open for writing (fcntl(2)). Windows
    does not let an open file be renamed, which is tried later.
    """
    if sys.platform != "linux":
        return False
    import errno
    import fcntl

    try:
        there = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False  # whatever it is, claiming it will tell
    try:
        fcntl.fcntl(there, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(there, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as trouble:
        return trouble.errno == errno.EAGAIN  # another file system, or not ours: nobody tells
    finally:
        os.close(there)
    return False
