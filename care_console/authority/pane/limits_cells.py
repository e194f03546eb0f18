"""What was typed into the table of limits, and the changes that it comes to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from care_console.authority.rules.limits import ALL
from care_console.authority.rules.views import (
    LimitCell,
    LimitChange,
    LimitColumn,
    LimitRow,
    LimitsTable,
)


class RowKey(NamedTuple):
    """Which limit: its scope, the remedy it is of or ALL, and the department of a month."""

    scope: str
    catalogue_id: int = ALL
    department_id: int | None = None


class ColumnKey(NamedTuple):
    """Whose limit: a role's, or one clerk's."""

    role: str = ""
    clerk_card_id: int | None = None


class CellKey(NamedTuple):
    """One limit."""

    row: RowKey
    column: ColumnKey


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A head over some rows."""

    title: str


@dataclass(frozen=True, slots=True)
class Most:
    """A limit: so much, or any amount. In minor units, or in pieces.

    Where it is not ``own``, there is none in the cell: what holds for the role, or for everybody,
    holds.
    """

    most: int = 0
    unlimited: bool = False
    own: bool = True


@dataclass(frozen=True, slots=True)
class Holds:
    """From and until when a limit holds; ``until`` is the first day on which it does not."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a cell: as it was read, or why it could not be.

    What was ``copied`` from another role comes with all that belongs to it, such as its end.
    """

    text: str
    value: Most | None
    fault: str = ""
    copied: LimitChange | None = None


@dataclass(frozen=True, slots=True)
class TypedHolds:
    """What was typed of when a row holds."""

    text: str
    value: Holds | None
    fault: str = ""


def row_key(row: LimitRow) -> RowKey:
    """Return which limit a row is."""
    return RowKey(row.scope, row.catalogue_id, row.department_id)


def column_key(column: LimitColumn) -> ColumnKey:
    """Return whose limits a column has."""
    return ColumnKey(column.role, column.clerk_card_id)


def cell_key(change: LimitChange) -> CellKey:
    """Return where a change belongs."""
    row = RowKey(change.scope, change.catalogue_id, change.department_id)
    return CellKey(row, ColumnKey(change.role, change.clerk_card_id))


def cells_of(table: LimitsTable) -> dict[CellKey, LimitCell]:
    """Return what is kept, by row and column."""
    return {
        CellKey(row_key(table.rows[y]), column_key(table.columns[x])): cell
        for (y, x), cell in table.cells.items()
    }


def most_of(cell: LimitCell) -> Most:
    """Return how much a cell allows."""
    return Most(0 if cell.unlimited else cell.most, cell.unlimited)


def holds_of(cells: Mapping[CellKey, LimitCell], row: RowKey) -> Holds:
    """Return when the limits of a row hold, where one of them does not always."""
    for key, cell in cells.items():
        if key.row == row and cell.id and (cell.since or cell.until):
            return Holds(cell.since, cell.until)
    return Holds()


def changes_of(
    cells: Mapping[CellKey, LimitCell],
    typed: Mapping[CellKey, Typed],
    holds: Mapping[RowKey, TypedHolds],
) -> Iterator[LimitChange]:
    """Yield the changes that all that was typed comes to; what could not be read is left out."""
    for key, each in typed.items():
        if each.value is not None:
            own = _change(key, cells.get(key, LimitCell()), each.value)
            yield _held(each.copied or own, holds.get(key.row))
    for key, cell in cells.items():
        if key.row in holds and key not in typed and cell.id:
            yield _held(_change(key, cell, most_of(cell)), holds[key.row])


def _change(key: CellKey, cell: LimitCell, value: Most) -> LimitChange:
    return LimitChange(
        **key.row._asdict(),
        **key.column._asdict(),
        most=value.most if value.own else None,
        unlimited=value.unlimited,
        since=cell.since,
        until=cell.until,
        days=cell.days,
        floor=cell.floor,
        training=cell.training,
    )


def _held(change: LimitChange, wanted: TypedHolds | None) -> LimitChange:
    """Return a change that holds when it was typed of its row that it does."""
    when = wanted.value if wanted is not None else None
    return change if when is None else replace(change, since=when.since, until=when.until)
