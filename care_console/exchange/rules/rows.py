"""Every card of a file, or why it could not be taken, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from care_console.base.words import N_, _
from care_console.cards.rules import Group, NewCard
from care_console.exchange.rules import table_card, vcard_card
from care_console.exchange.rules.draft import Draft, NotTaken
from care_console.exchange.rules.mend import mend, words_of
from care_console.exchange.rules.person import Tie
from care_console.exchange.rules.read import CannotRead, Text, not_text, open_text, shown
from care_console.exchange.rules.reading import Reading
from care_console.exchange.rules.table import AS_IT_IS, Record, Table, records, table
from care_console.exchange.rules.table_write import EXACT
from care_console.exchange.rules.vcard import is_vcard, sheets

MOST_ROWS = 2_000_000
LONGEST_SHOWN = 500  # characters of a cell that is to be mended


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one row: the ``card``, or ``why`` there is none, as a sentence.

    ``row`` counts the lines of a table from 1, its titles included, and the cards of a vCard file.
    """

    file: str
    row: int
    card: NewCard | None
    why: str
    ties: tuple[Tie, ...] = ()
    kept: tuple[str, ...] = ()  # lines of a vCard that no field takes
    cells: tuple[str, ...] = ()  # of a row that could not be taken, to be mended


def rows(path: Path, group: Group | None, reading: Reading = AS_IT_IS) -> Iterator[Row]:
    """Yield what came of each row of a file, in its order, with no more than one row in memory.

    What the file is, is told by what is in it, or by ``reading``. Each card is made a member of
    ``group``, if one is given, besides the groups that the file names. Empty rows are passed over.
    After MOST_ROWS comes one that says so. Raises CannotRead, between two rows too.
    """
    text = open_text(path, reading.encoding)
    head = text.head()
    if holds_cards(head):
        found = _cards(text, group, reading)
    else:
        found = _table(text, _titles(path, head, reading), group, reading)
    for number, row in enumerate(found):
        if number == MOST_ROWS:
            why = _("Only the first {most} rows of a file are taken. Divide it into several.")
            yield Row(row.file, row.row, None, why.format(most=MOST_ROWS))
            return
        yield row


def unknown_columns(path: Path) -> tuple[str, ...]:
    """Return the titles of the columns that nothing is taken from. Raises CannotRead."""
    head = open_text(path).head()
    return () if holds_cards(head) else _titles(path, head).layout.unknown


def be_a_text(path: Path, head: str) -> None:
    """Raise CannotRead unless a file that begins with ``head`` holds words."""
    if not head.strip():
        raise CannotRead(N_("{file} is empty."), file=shown(path))
    if sum(letter < " " and letter not in "\t\n\f" for letter in head) > len(head) / 50:
        raise not_text(path)


def holds_cards(head: str) -> bool:
    """Tell a file of vCards from a table, even where a table's cell holds a vCard's first line."""
    return is_vcard(head) and EXACT[0] not in head.partition("\n")[0]


def _titles(path: Path, head: str, reading: Reading = AS_IT_IS) -> Table:
    if (found := table(head, reading)) is not None:
        return found
    be_a_text(path, head)
    raise CannotRead(
        N_(
            "{file} has no titles above its columns that are known here. Let its first line name"
            " them, for example: Name, Company, Phone, E-mail, Town."
        ),
        file=shown(path),
    )


def _cards(text: Text, group: Group | None, reading: Reading) -> Iterator[Row]:
    file = shown(text.path)
    for number, sheet in enumerate(sheets(text.lines()), 1):
        mended = reading.mended.get(number)
        try:
            draft = vcard_card.draft(sheet, text.raw) if mended is None else Draft()
            if mended is not None:
                mend(draft, mended)
            yield Row(file, number, draft.card(group), "", tuple(draft.ties), tuple(draft.kept))
        except NotTaken as trouble:
            yield Row(file, number, None, str(trouble), cells=words_of(sheet, text.raw))


def _table(text: Text, titles: Table, group: Group | None, reading: Reading) -> Iterator[Row]:
    file = shown(text.path)
    width = len(titles.layout.titles)
    for record in records(text.lines(), titles.delimiter, width):
        if record.line <= titles.line or record.cells == titles.layout.titles:
            continue
        if (mended := reading.mended.get(record.line)) is not None:
            record = Record(record.line, list(mended)[:width])
        try:
            yield Row(file, record.line, _draft(record, titles).card(group), "")
        except NotTaken as trouble:
            cells = tuple(cell[:LONGEST_SHOWN] for cell in (record.cells or [])[:width])
            yield Row(file, record.line, None, str(trouble), cells=cells)


def _draft(record: Record, titles: Table) -> Draft:
    return table_card.draft(titles.layout, whole(record, len(titles.layout.titles)))


def whole(record: Record, width: int) -> list[str]:
    """Return the cells of a row, as many as there are columns. Raises NotTaken."""
    cells = record.cells
    if cells is None:
        raise NotTaken(
            N_(
                "A quotation mark is opened and not closed, or a line is too long; lines {line} to"
                " {last} could not be read."
            ),
            line=record.line,
            last=record.last,
        )
    if len(cells) > width and any(map(str.strip, cells[width:])):
        raise NotTaken(
            N_(
                "It has {count} cells, but there are {width} columns. A cell with the character"
                " that divides cells needs quotation marks around it."
            ),
            count=len(cells),
            width=width,
        )
    return cells + [""] * (width - len(cells))
