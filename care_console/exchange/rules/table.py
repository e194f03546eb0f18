"""A table of comma-separated values: how it is written, and its rows."""

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

from care_console.exchange.rules.layout import Layout, layout
from care_console.exchange.rules.read import LONGEST
from care_console.exchange.rules.reading import Reading

DELIMITERS = (",", ";", "\t", "|")
NO_DELIMITER = "\x1f"  # a table of one column is not split at all
TITLE_ROWS = 10  # a heading may stand above the titles of the columns
AS_IT_IS = Reading()
MOST_LINES = 2_000  # of one row: a longer one is a quotation mark that is not closed


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is written: its delimiter, the line of its titles, and what they mean."""

    delimiter: str
    line: int
    layout: Layout


@dataclass(frozen=True, slots=True)
class Record:
    """A row that starts in ``line``; without ``cells``, the lines up to ``last`` that are none."""

    line: int
    cells: list[str] | None
    last: int = 0


class Titled(Protocol):
    """What the columns of a table hold, whatever it is a table of."""

    @property
    def titles(self) -> list[str]: ...

    @property
    def known(self) -> int:
        """How many titles say something to us."""

    @property
    def names(self) -> bool:
        """Whether there is what no such table can do without."""


Columns = TypeVar("Columns", bound=Titled)


def table(head: str, reading: Reading = AS_IT_IS) -> Table | None:
    """Return how the table of people that begins with ``head`` is written, or None.

    What somebody said of the delimiter and the columns holds; then the first line is the titles,
    even if none of them is known.
    """
    delimiters = (reading.separator,) if reading.separator else DELIMITERS
    guessed = titled(head, layout, delimiters)
    best = None if guessed is None else Table(*guessed)
    if not reading.columns:
        return best
    found = best or first_line(head, delimiters)
    if found is None:
        return None
    chosen = layout(found.layout.titles, reading.columns)
    return Table(found.delimiter, found.line, chosen) if chosen.names else None


def first_line(head: str, delimiters: Sequence[str] = DELIMITERS) -> Table | None:
    """Return the table whose titles nobody knows: what divides its first line most often counts."""
    most: Table | None = None
    for delimiter in delimiters:
        row = next(records(head.split("\n"), delimiter, 0), None)
        if row is not None and row.cells is not None:
            found = Table(delimiter, row.line, layout(row.cells))
            if most is None or len(row.cells) > len(most.layout.titles):
                most = found
    return most


def titled(
    head: str,
    read: Callable[[list[str]], Columns],
    delimiters: Sequence[str] = DELIMITERS,
) -> tuple[str, int, Columns] | None:
    """Return the delimiter, the line of the titles and the columns of the table in ``head``.

    The delimiter is the one with which ``read`` knows most titles. None if no title is known.
    """
    best: tuple[str, int, Columns] | None = None
    for delimiter in delimiters:
        rows = records(head.split("\n"), delimiter, 0)
        for row in islice(rows, TITLE_ROWS):
            found = read(row.cells or [])
            enough = found.known >= (2 if row.line > 1 else 1)
            if found.names and enough and (best is None or found.known > best[2].known):
                best = delimiter, row.line, found
    if best is not None and len(best[2].titles) == 1:
        return NO_DELIMITER, best[1], best[2]
    return best


def records(lines: Iterable[str], delimiter: str, width: int) -> Iterator[Record]:
    """Yield the rows of a table of ``width`` columns; rows without a word are left out.

    Where a quotation mark is opened and never closed, or a line is too long, only that line is
    lost, and what follows up to the next line with as many cells as there are columns.
    """
    feed = _Feed(lines, delimiter, width)
    reader = csv.reader(feed, delimiter=delimiter, skipinitialspace=True, strict=True)
    lost: Record | None = None
    unsure = False  # whether lines that have not as many cells as the table may be a cell's
    while feed.start():
        try:
            cells: list[str] | None = next(reader)
        except (csv.Error, StopIteration):
            cells = None
        broken = cells is None or feed.has_swallowed(cells)
        if broken:
            cells = feed.mend()
        line = feed.taken[0][0]
        if cells is None or (unsure and len(cells) != width > 0):
            unsure = True
            lost = Record(line if lost is None else lost.line, None, line)
        elif any(map(str.strip, cells)):
            unsure = broken and feed.leaves_open()
            if lost is not None:
                yield lost
                lost = None
            yield Record(line, cells)
    if lost is not None:
        yield lost


class _Feed:
    """Numbered lines for the reader of a row, from which they can be taken back."""

    def __init__(self, lines: Iterable[str], delimiter: str, width: int) -> None:
        self._fresh = enumerate(lines, 1)
        self._back: deque[tuple[int, str]] = deque()
        self._delimiter = delimiter
        self._width = width
        self._size = 0
        self.taken: list[tuple[int, str]] = []  # the lines of this row

    def start(self) -> bool:
        """Begin a row; tell whether there is another line."""
        self.taken = []
        self._size = 0
        if not self._back and (line := next(self._fresh, None)) is not None:
            self._back.append(line)
        return bool(self._back)

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if self._size > LONGEST or len(self.taken) == MOST_LINES:
            raise StopIteration
        numbered = self._back.popleft() if self._back else next(self._fresh)
        self.taken.append(numbered)
        self._size += len(numbered[1])
        if self._size > LONGEST:
            raise StopIteration
        return numbered[1] + "\n"

    def has_swallowed(self, cells: list[str]) -> bool:
        """Tell whether lines that would each be a row look like one row with a broken mark."""
        if len(self.taken) == 1 or self._width < 2:
            return False
        fits = [line.count(self._delimiter) == self._width - 1 for _number, line in self.taken]
        return fits[0] and (all(fits) or len(cells) != self._width)

    def leaves_open(self) -> bool:
        """Tell whether the row's line has a quotation mark without its like."""
        return self.taken[0][1].count('"') % 2 == 1

    def mend(self) -> list[str] | None:
        """Return the cells of the row's first line alone, or None; the other lines go back."""
        (_number, line), *others = self.taken
        self._back.extendleft(reversed(others))
        del self.taken[1:]
        if len(line) > LONGEST:
            return None
        cells = [_unquoted(cell) for cell in line.split(self._delimiter)]
        if len(cells) != self._width:
            reader = csv.reader([line], delimiter=self._delimiter, skipinitialspace=True)
            try:
                cells = next(reader, [])
            except csv.Error:
                return None
        sound = len(cells) == self._width and max(map(len, cells)) <= csv.field_size_limit()
        return cells if sound else None


def _unquoted(cell: str) -> str:
    return cell.strip().removeprefix('"').removesuffix('"').replace('""', '"')
