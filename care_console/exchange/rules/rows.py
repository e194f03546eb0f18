"""Every card of a file, or why it could not be taken, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from care_console.base.words import N_, _
from care_console.cards.rules import Group, NewCard
from care_console.exchange.rules import table_card, vcard_card
from care_console.exchange.rules.draft import Draft, NotTaken
from care_console.exchange.rules.read import CannotRead, Text, not_text, open_text, shown
from care_console.exchange.rules.table import Record, Table, records, table
from care_console.exchange.rules.vcard import is_vcard, sheets

MOST_ROWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one row: the ``card``, or ``why`` there is none, as a sentence.

    ``row`` counts the lines of a table from 1, its titles included, and the cards of a vCard file.
    """

    file: str
    row: int
    card: NewCard | None
    why: str


def rows(path: Path, group: Group | None) -> Iterator[Row]:
    """Yield what came of each row of a file, in its order, with no more than one row in memory.

    What the file is, is told by what is in it. Each card is made a member of ``group``, if one is
    given, besides the groups that the file names. Empty rows are passed over. After MOST_ROWS comes
    one that says so. Raises CannotRead, between two rows too.
    """
    text = open_text(path)
    head = text.head()
    found = _cards(text, group) if is_vcard(head) else _table(text, _titles(path, head), group)
    for number, row in enumerate(found):
        if number == MOST_ROWS:
            why = _("Only the first {most} rows of a file are taken. Divide it into several.")
            yield Row(row.file, row.row, None, why.format(most=MOST_ROWS))
            return
        yield row


def unknown_columns(path: Path) -> tuple[str, ...]:
    """Return the titles of the columns that nothing is taken from. Raises CannotRead."""
    head = open_text(path).head()
    return () if is_vcard(head) else _titles(path, head).layout.unknown


def _titles(path: Path, head: str) -> Table:
    if (found := table(head)) is not None:
        return found
    if not head.strip():
        raise CannotRead(N_("{file} is empty."), file=shown(path))
    if sum(letter < " " and letter not in "\t\n\f" for letter in head) > len(head) / 50:
        raise not_text(path)
    raise CannotRead(
        N_(
            "{file} has no titles above its columns that are known here. Let its first line name"
            " them, for example: Name, Company, Phone, E-mail, Town."
        ),
        file=shown(path),
    )


def _cards(text: Text, group: Group | None) -> Iterator[Row]:
    file = shown(text.path)
    for number, sheet in enumerate(sheets(text.lines()), 1):
        try:
            yield Row(file, number, vcard_card.draft(sheet, text.raw).card(group), "")
        except NotTaken as trouble:
            yield Row(file, number, None, str(trouble))


def _table(text: Text, titles: Table, group: Group | None) -> Iterator[Row]:
    file = shown(text.path)
    width = len(titles.layout.titles)
    for record in records(text.lines(), titles.delimiter, width):
        if record.line <= titles.line or record.cells == titles.layout.titles:
            continue
        try:
            yield Row(file, record.line, _draft(record, titles).card(group), "")
        except NotTaken as trouble:
            yield Row(file, record.line, None, str(trouble))


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
