"""How the disk and the file of the records stand, and the ballast that is given up for them."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from care_console.store.damage import doubt
from care_console.store.engines import Beheld
from care_console.store.troubles import DAMAGED, DiskFull, NotKept

BALLAST = 32 * 2**20  # bytes, enough to finish what was begun
LOW = 500 * 2**20  # bytes: from here on it is told
AGAIN = BALLAST + 100 * 2**20  # bytes that must be free before a ballast is laid anew
WORTH_TRYING = 8 * 2**20  # bytes: with less, one page would fit and the next unit would not
FREE_STEP = 50 * 2**20  # of what is told; a sentence does not change with each kilobyte


class Standing(StrEnum):
    """How the place of the records stands, from well to worst."""

    WELL = "well"
    LOW = "low"
    RESERVE = "reserve"
    READ_ONLY = "read-only"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Health:
    """How it stands, why nothing is kept, and how many bytes are free."""

    standing: Standing = Standing.WELL
    why: str = ""
    free: int = 0

    @property
    def keeps(self) -> bool:
        """Whether what is typed is kept."""
        return self.standing not in (Standing.READ_ONLY, Standing.MOVED)


class Watch:
    """Looks after the disk beneath a file. It is used in the writer's thread alone."""

    def __init__(
        self,
        file: Path,
        beheld: Beheld,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        """Take ``free``, which returns how many bytes are left beneath a folder."""
        self._file, self._folder = file, file.parent
        self._beheld, self._free = beheld, free
        self._ballast: Path | None = None
        self._given = False
        self._refused: NotKept | None = None
        self.health = Health()
        """As it was at the last look."""

    @property
    def calm(self) -> bool:
        """Whether there is nothing to be told and nothing to be mended."""
        return self.health.standing is Standing.WELL and not self._given

    def lay_ballast(self, file: Path) -> None:
        """Keep a file of 32 MB that can be given up; where there is little room, later."""
        self._ballast = file
        self._lay()

    def give_way(self, hindrance: NotKept) -> bool:
        """Give up the ballast for a unit for which the disk is full; return whether that helped."""
        if not isinstance(hindrance, DiskFull) or self._ballast is None:
            return False
        if not self._ballast.exists():
            return False
        with suppress(OSError):
            self._ballast.unlink()
            self._given = True
            return True
        return False

    def demand_room(self) -> None:
        """Raise DiskFull at once while the disk is known to be full, and has no room again.

        Each try would wait for the disk, and one that happens to fit leaves no room for the next.
        """
        if isinstance(self._refused, DiskFull) and not self._worth_trying():
            raise self._refused

    def refuse(self, hindrance: NotKept) -> bool:
        """Remember that a unit was not kept; return whether it stands otherwise than before."""
        self._refused = hindrance
        if hindrance.words == DAMAGED:
            doubt(self._file)
        return self._judge()

    def keep(self) -> bool:
        """Remember that a unit was kept; return whether it stands otherwise than before."""
        self._refused = None
        return self._judge()

    def look(self, *, probe: Callable[[], None] | None = None) -> bool:
        """Look at the disk; return whether it stands otherwise than before.

        Where nothing was kept, ``probe`` tries whether something is now; it raises NotKept.
        """
        if self._refused is not None and probe is not None and self._worth_trying():
            try:
                probe()
                self._refused = None
            except NotKept as hindrance:
                self._refused = hindrance
        if self._given and self._refused is None:
            self._lay()
        return self._judge()

    def _worth_trying(self) -> bool:
        return not isinstance(self._refused, DiskFull) or self._left() >= WORTH_TRYING

    def _judge(self) -> bool:
        before, free = self.health, self._left()
        told = free // FREE_STEP * FREE_STEP
        if not self._beheld.there():
            self.health = Health(Standing.MOVED, free=told)
        elif self._refused is not None:
            self.health = Health(Standing.READ_ONLY, str(self._refused), told)
        elif self._given:
            self.health = Health(Standing.RESERVE, free=told)
        else:
            self.health = Health(Standing.LOW, free=told) if free < LOW else Health()
        return self.health != before

    def _left(self) -> int:
        try:
            return self._free(self._folder)
        except OSError:  # the folder itself is gone
            return 0

    def _lay(self) -> None:
        """Lay the ballast, if there is room: it must have real blocks, not a hole."""
        assert self._ballast is not None
        if self._ballast.exists() and self._ballast.stat().st_size == BALLAST:
            self._given = False
            return
        if self._left() < AGAIN:
            return
        try:
            _fill(self._ballast)
            self._given = False
        except OSError:
            self._ballast.unlink(missing_ok=True)


def probe(db: Session) -> None:
    """Write something that changes nothing, to see whether the disk takes it."""
    db.execute(text("PRAGMA user_version = 0"))  # as it is anyway, but it writes a page


def _fill(file: Path) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(opened, 0, BALLAST)
        else:
            for _each in range(BALLAST // 2**20):
                os.write(opened, os.urandom(2**20))
    finally:
        os.close(opened)
