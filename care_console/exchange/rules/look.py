"""What a file seems to be, before anything is taken from it."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from care_console.base.words import N_
from care_console.exchange.rules.mapping import guesses
from care_console.exchange.rules.read import CannotRead, open_text, shown
from care_console.exchange.rules.reading import Reading
from care_console.exchange.rules.rows import be_a_text, holds_cards, rows
from care_console.exchange.rules.table import DELIMITERS, first_line, records, table

FIRST_ROWS = 5
LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class Look:
    """A file at first sight; of vCards there are no titles.

    ``guesses`` has a choice of ``mapping.CHOICES`` for each title, and ``known`` is how many of
    them mean something.
    """

    encoding: str
    separator: str
    titles: tuple[str, ...]
    guesses: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]

    @property
    def is_table(self) -> bool:
        """Whether it has columns."""
        return bool(self.titles)


def look(path: Path, reading: Reading) -> Look:
    """Return what the file is, read as ``reading`` says. Raises CannotRead."""
    text = open_text(path, reading.encoding)
    head = text.head()
    if holds_cards(head):
        cards = [row.card for row in islice(rows(path, None, reading), FIRST_ROWS)]
        names = (" ".join(filter(None, (each.given, each.family))) for each in cards if each)
        return Look(text.encoding, "", (), (), tuple((name,) for name in names))
    delimiters = (reading.separator,) if reading.separator else DELIMITERS
    found = table(head, Reading(separator=reading.separator)) or first_line(head, delimiters)
    be_a_text(path, head)
    if found is None:
        raise CannotRead(N_("{file} has no columns that could be read."), file=shown(path))
    titles = found.layout.titles
    some = (
        tuple(cell[:LONGEST_CELL] for cell in record.cells[: len(titles)])
        for record in records(head.split("\n"), found.delimiter, len(titles))
        if record.cells is not None and record.line > found.line
    )
    return Look(
        encoding=text.encoding,
        separator=found.delimiter,
        titles=tuple(title.strip() for title in titles),
        guesses=tuple(guesses(titles)),
        first=tuple(islice(some, FIRST_ROWS)),
    )
