"""Reading what can still be read of a damaged file, row by row, into a new one."""

import os
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from care_console.store.copies import copy_private
from care_console.store.damage import PAGE
from care_console.store.engines import DRIVER_TROUBLE, connect, unlocked

AT_ONCE = 1_000
BEYOND = 200  # rows looked for behind the last one, where its number is not to be had
LONGER = 64 * 2**20  # bytes of nothing, which take no room on a disk
MOST_FAILED = 2_000  # tries of a table one after the other, some seconds
NONE_FOUND = 64  # tries, after which a table of which nothing was read is given up


@dataclass(slots=True)
class Salvaged:
    """What came out of it."""

    found: dict[str, int] = field(default_factory=dict)  # rows of each table
    dropped: int = 0  # rows that were readable, but hung on others that are lost
    lost: list[str] = field(default_factory=list)  # tables of which a part could not be read

    @property
    def rows(self) -> int:
        """How many rows are in the new file."""
        return sum(self.found.values()) - self.dropped


class _Source:
    """The damaged file. A page that fails shuts the cipher, so each failure opens it anew."""

    def __init__(self, file: Path, key: bytes | None) -> None:
        self._file, self._key = file, key
        self._open()

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """Give what ``sql`` finds. Raises the driver's trouble where a page fails."""
        try:
            yield from self._opened.execute(sql, values)
        except DRIVER_TROUBLE:
            self.close()
            self._open()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()

    def _open(self) -> None:
        self._opened = unlocked(self._file, self._key, "mode=rw")
        self._opened.execute("PRAGMA query_only = ON")


def salvage(damaged: Path, key: bytes | None, new: Path) -> Salvaged:
    """Read what is readable of ``damaged`` into the file ``new``, which is made.

    Only a copy of it, and of its log, is ever opened. A table is read by the numbers of its rows,
    forwards, then backwards, then from the middle of what is left, so that a broken page costs
    its own rows and no others. Raises the driver's trouble if not even the list of its tables can
    be read.
    """
    new.touch(mode=0o600, exist_ok=False)
    reading = new.with_name(f"{new.name}.reading")
    try:
        _copy(damaged, reading)
        return _read_out(reading, key, new)
    finally:
        for tail in ("", "-wal", "-shm"):
            Path(f"{reading}{tail}").unlink(missing_ok=True)


def _copy(damaged: Path, to: Path) -> None:
    """Copy the file and its log, and lengthen it by nothing: what was cut off is then a gap."""
    for tail in ("", "-wal"):
        if (there := Path(f"{damaged}{tail}")).exists():
            copy_private(there, Path(f"{to}{tail}"))
    size = to.stat().st_size
    os.truncate(to, -(-4 * size // PAGE) * PAGE + LONGER)


def _read_out(reading: Path, key: bytes | None, new: Path) -> Salvaged:
    with closing(_Source(reading, key)) as source, closing(connect(new, key)) as goal:
        goal.execute("PRAGMA foreign_keys = OFF")
        tables, others = _layout(source)
        told = Salvaged()
        goal.execute("BEGIN")
        for name, sql in tables:
            goal.execute(sql)
            told.found[name] = _take(source, goal, name, sql, told)
        _keep_counting(source, goal)
        for sql in others:
            goal.execute(sql)
        told.dropped = _let_go_of_orphans(goal)
        goal.execute("COMMIT")
        goal.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return told


def _layout(source: _Source) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the tables with how they are made, and how all else is made."""
    wanted = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    found = list(source.rows(wanted))
    tables = [
        (name, sql)
        for kind, name, sql in found
        if kind == "table" and not name.startswith("sqlite_")
    ]
    return tables, [sql for kind, _name, sql in found if kind == "index"]


def _take(source: _Source, goal: Any, name: str, sql: str, told: Salvaged) -> int:
    """Take the rows of a table over; return how many."""
    before = goal.total_changes
    columns = [row[1] for row in goal.execute(f'PRAGMA table_info("{name}")')]
    without = "WITHOUT ROWID" in sql.upper()
    kind = _Ordered if without else _Numbered
    reader = kind(source, name, columns)
    marks = ", ".join("?" * (len(columns) + (0 if without else 1)))
    names = ", ".join(f'"{each}"' for each in columns)
    if not without:
        names = f"rowid, {names}"
    add = f'INSERT OR IGNORE INTO "{name}" ({names}) VALUES ({marks})'
    waiting: list[Any] = []
    for row in reader.rows():
        waiting.append(row)
        if len(waiting) >= AT_ONCE:
            goal.executemany(add, waiting)
            waiting.clear()
    goal.executemany(add, waiting)
    if reader.broken:
        told.lost.append(name)
    return int(goal.total_changes - before)


class _Numbered:
    """Reads a table by the numbers of its rows."""

    def __init__(self, source: _Source, name: str, columns: list[str]) -> None:
        wanted = ", ".join(f'"{each}"' for each in columns)
        self._source, self._name, self.broken = source, name, False
        self._failed = 0  # one after the other
        self._found = False
        self._up = (
            f'SELECT rowid, {wanted} FROM "{name}" WHERE rowid BETWEEN ? AND ? ORDER BY rowid'
        )
        self._down = f"{self._up} DESC"

    def rows(self) -> Iterator[Any]:
        """Give what can be read, the widest gaps first."""
        spans = deque([(self._edge("min", 1), self._edge("max", None))])
        while spans and self._failed < (MOST_FAILED if self._found else NONE_FOUND):
            low, high = spans.popleft()
            from_low = yield from self._ahead(self._up, low, high, 1)
            if from_low is None:
                continue
            to_high = yield from self._ahead(self._down, from_low, high, -1)
            if to_high is None or to_high <= from_low:
                continue  # a single row that cannot be read is given up
            middle = (from_low + to_high) // 2
            spans += [(from_low, middle), (middle + 1, to_high)]

    def _ahead(self, sql: str, low: int, high: int, step: int) -> Generator[Any, None, int | None]:
        """Give the rows of a span; return the number behind the last one, or None at its end."""
        at = low if step > 0 else high
        try:
            for row in self._source.rows(sql, (low, high)):
                yield row
                at, self._failed, self._found = row[0] + step, 0, True
        except DRIVER_TROUBLE:
            self.broken = True
            self._failed += 1
            return at if low <= at <= high else None
        return None

    def _edge(self, which: str, usual: int | None) -> int:
        """Return the first or the last number, by what can be read of it."""
        try:
            found = next(self._source.rows(f'SELECT {which}(rowid) FROM "{self._name}"'))
            return int(found[0]) if found[0] is not None else 0
        except DRIVER_TROUBLE:
            self.broken = True
        return usual if usual is not None else self._behind_all()

    def _behind_all(self) -> int:
        """Return a number behind the last row: as it was counted, else not far behind."""
        counted = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        last = 0
        with suppress(*DRIVER_TROUBLE):
            for (seq,) in self._source.rows(counted, (self._name,)):
                return int(seq)
        with suppress(*DRIVER_TROUBLE):
            for (number,) in self._source.rows(f'SELECT rowid FROM "{self._name}" ORDER BY rowid'):
                last = int(number)
        return last + BEYOND


class _Ordered:
    """Reads a table that has no numbers, from both of its ends."""

    def __init__(self, source: _Source, name: str, columns: list[str]) -> None:
        wanted = ", ".join(f'"{each}"' for each in columns)
        described = list(source.rows(f'PRAGMA table_info("{name}")'))
        keys = [f'"{row[1]}"' for row in sorted(described, key=lambda row: row[5]) if row[5]]
        self._source, self.broken = source, False
        self._up = f'SELECT {wanted} FROM "{name}" ORDER BY {", ".join(keys)}'
        down = ", ".join(f"{each} DESC" for each in keys)
        self._down = f'SELECT {wanted} FROM "{name}" ORDER BY {down}'

    def rows(self) -> Iterator[Any]:
        """Give what can be read; what both ways meet is ignored when it comes again."""
        try:
            yield from self._source.rows(self._up)
        except DRIVER_TROUBLE:
            self.broken = True
            with suppress(*DRIVER_TROUBLE):
                yield from self._source.rows(self._down)


def _keep_counting(source: _Source, goal: Any) -> None:
    """Let no number be given twice: go on from where the numbers had come."""
    counted: list[Any] = []
    with suppress(*DRIVER_TROUBLE):
        counted.extend(source.rows("SELECT name, seq FROM sqlite_sequence"))
    for name, number in counted:
        goal.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, name))


def _let_go_of_orphans(goal: Any) -> int:
    """Take away what refers to a row that is lost, again until nothing does; return how many."""
    dropped = 0
    while found := goal.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, _number in found:
            if rowid is None:  # a table without numbers is made anew from the others
                goal.execute(f'DELETE FROM "{table}"')
            else:
                goal.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
        dropped += len(found)
    return dropped
