"""The table of limits with what was typed into it: nothing is kept before it is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from care_console.authority.pane.limits_cells import (
    CellKey,
    ColumnKey,
    Holds,
    Most,
    RowKey,
    SectionRow,
    Typed,
    TypedHolds,
    cell_key,
    cells_of,
    changes_of,
    column_key,
    holds_of,
    most_of,
    row_key,
)
from care_console.authority.rules.limits import Scope
from care_console.authority.rules.views import (
    LimitCell,
    LimitChange,
    LimitColumn,
    LimitRow,
    LimitsTable,
)
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit.labels import plain
from care_console.staff.rules import role_words

Index = QModelIndex | QPersistentModelIndex
FACE = Qt.ItemDataRole.UserRole
NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Face:
    """How a cell looks. ``mark`` is "", changed, sign, bad, time, head or section."""

    text: str
    old: str = ""
    mark: str = ""
    quiet: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Ways:
    """How values are read and written."""

    read: Callable[[str, str], Most]  # text and unit; raises a CareError
    write: Callable[[Most, str], str]
    read_holds: Callable[[str], Holds]
    write_holds: Callable[[Holds], str]


class LimitsModel(QAbstractTableModel):
    """Rows of limits. What is typed stays as typed, and is marked until it is saved."""

    changed = Signal()

    def __init__(self, ways: Ways, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ways = ways
        self.rows: list[LimitRow | SectionRow] = []
        self.columns: list[LimitColumn] = []
        self.cells: dict[CellKey, LimitCell] = {}
        self.typed: dict[CellKey, Typed] = {}
        self.typed_holds: dict[RowKey, TypedHolds] = {}
        self.typed_whys: dict[int, bool] = {}
        self._faults: Mapping[CellKey, str] = {}
        self._signs: Mapping[CellKey, str] = {}
        self._steps: list[Callable[[], None]] = []

    def show_table(self, table: LimitsTable, more: Sequence[LimitColumn] = ()) -> None:
        """Show limits as they are kept, and ``more`` columns to type into; what was typed stays."""
        self.beginResetModel()
        self.cells = cells_of(table)
        there = {column_key(each) for each in table.columns}
        kept = [each for each in table.columns if self._tells(column_key(each))]
        self.columns = [*kept, *(each for each in more if column_key(each) not in there)]
        self.rows = []
        sections = {
            _("In all"): [each for each in table.rows if each.scope != Scope.REMEDY],
            _("Each remedy"): [each for each in table.rows if each.scope == Scope.REMEDY],
        }
        for title, rows in sections.items():
            if rows:
                self.rows += [SectionRow(title), *rows]
        self.endResetModel()

    def take(self, changes: Sequence[LimitChange]) -> None:
        """Put changes into the cells as if they had been typed."""
        before = dict(self.typed)
        names = {row_key(row): row for row in self.rows if isinstance(row, LimitRow)}
        for change in changes:
            key = cell_key(change)
            if (row := names.get(key.row)) is None:
                continue
            most = 0 if change.unlimited else change.most or 0
            value = Most(most, change.unlimited, change.unlimited or change.most is not None)
            self.typed[key] = Typed(self._write(key, value, row), value, copied=change)
        self._steps.append(lambda: _restore(self.typed, before))
        self._all_changed()
        self.changed.emit()

    def changes(self) -> list[LimitChange]:
        """Return the changes that all that was typed comes to."""
        return list(changes_of(self.cells, self.typed, self.typed_holds))

    def whys(self) -> dict[int, bool]:
        """Return of which remedies it was changed whether a reason is wanted, by their ids."""
        return dict(self.typed_whys)

    def mark(self, faults: Mapping[CellKey, str], signs: Mapping[CellKey, str]) -> None:
        """Mark the cells that cannot be, and those that need a second signature."""
        self._faults, self._signs = faults, signs
        self._all_changed()

    def discard(self) -> None:
        """Forget all that was typed."""
        self.typed.clear()
        self.typed_holds.clear()
        self.typed_whys.clear()
        self._steps.clear()
        self._faults, self._signs = {}, {}
        self._all_changed()
        self.changed.emit()

    def undo(self) -> bool:
        """Take back what was typed last; False if nothing was."""
        if not self._steps:
            return False
        self._steps.pop()()
        self._all_changed()
        self.changed.emit()
        return True

    @property
    def count(self) -> int:
        """How many things were changed."""
        return len(self.typed) + len(self.typed_holds) + len(self.typed_whys)

    @property
    def typed_faults(self) -> dict[str, str]:
        """What could not be read, and why: where it is, in words, and the sentence."""
        cells = {self.where(key): each.fault for key, each in self.typed.items() if each.fault}
        holds = {
            _("{row}, holds").format(row=self._row_name(key)): each.fault
            for key, each in self.typed_holds.items()
            if each.fault
        }
        return cells | holds

    def where(self, key: CellKey) -> str:
        """Return in words which limit a cell is."""
        whose = self.column_title(key.column)
        return _("{what}, {who}").format(what=self._row_name(key.row), who=whose)

    def column_title(self, key: ColumnKey) -> str:
        """Return what a column is called."""
        return next((each.title for each in self.columns if column_key(each) == key), "")

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns) + 3

    def headerData(
        self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if side != Qt.Orientation.Horizontal:
            return None
        titles = ["", *(each.title for each in self.columns), _("Holds"), _("Say why")]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = section in (0, len(titles) - 2, len(titles) - 1)
            side_flag = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
            return side_flag | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row, flag = self.row(index), Qt.ItemFlag
        if not isinstance(row, LimitRow) or index.column() == 0:
            return flag.NoItemFlags
        plain = flag.ItemIsEnabled | flag.ItemIsSelectable
        if self._is_why(index):
            return plain if row.scope == Scope.REMEDY else flag.NoItemFlags
        return plain | flag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        face = self.face(index)
        if role == FACE:
            return face
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return face.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(index, face)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain(self._sentence(index, face))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row(index)
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, LimitRow):
            return False
        text = str(value).strip()
        if self._is_holds(index):
            self._set_holds(row, text)
        elif key := self.key(index):
            self._set_most(key, row, text)
        self._all_changed()
        self.changed.emit()
        return True

    def turn_why(self, index: Index) -> None:
        """Want a reason for a remedy, or no longer."""
        row = self.row(index)
        if not isinstance(row, LimitRow) or row.scope != Scope.REMEDY:
            return
        before = dict(self.typed_whys)
        wanted = not self._why(row)
        self.typed_whys[row.catalogue_id] = wanted
        if wanted == row.why_wanted:
            del self.typed_whys[row.catalogue_id]
        self._steps.append(lambda: _restore(self.typed_whys, before))
        self._all_changed()
        self.changed.emit()

    def row(self, index: Index) -> LimitRow | SectionRow | None:
        """Return the row of ``index``, or None."""
        return self.rows[index.row()] if index.isValid() else None

    def key(self, index: Index) -> CellKey | None:
        """Return which limit stands at ``index``, or None if none does."""
        row, at = self.row(index), index.column() - 1
        if not isinstance(row, LimitRow) or not 0 <= at < len(self.columns):
            return None
        return CellKey(row_key(row), column_key(self.columns[at]))

    def is_why(self, index: Index) -> bool:
        """Whether ``index`` says if a reason is wanted."""
        return self._is_why(index)

    def face(self, index: Index) -> Face:
        """Return how the cell at ``index`` looks."""
        row = self.row(index)
        if isinstance(row, SectionRow):
            return Face(row.title if index.column() == 0 else "", mark="section")
        if not isinstance(row, LimitRow):
            return Face("")
        if index.column() == 0:
            return Face(row.title, mark="head")
        if self._is_holds(index):
            return self._holds_face(row)
        if self._is_why(index):
            return self._why_face(row)
        key = self.key(index)
        return self._most_face(key, row) if key else Face("")

    def _most_face(self, key: CellKey, row: LimitRow) -> Face:
        kept, own = self._kept(key), self.cells.get(key, LimitCell())
        old = self._ways.write(kept, row.unit)
        typed = self.typed.get(key)
        if typed is None:
            if not own.signed:
                return Face(old, mark="sign", said=_("waits for a second signature"))
            said = "" if own.id or not (kept.most or kept.unlimited) else self._as_for(key)
            return Face(old, quiet=bool(said) or kept.unlimited or not kept.most, said=said)
        text = typed.text if typed.value is None else self._write(key, typed.value, row)
        fault = typed.fault or self._faults.get(key, "")
        if fault:
            return Face(text, mark="bad", said=fault)
        if sign := self._signs.get(key):
            return Face(text, mark="sign", said=sign)
        said = _("before: {old}").format(old=old)
        return Face(text, old, "changed", said=said)

    def _holds_face(self, row: LimitRow) -> Face:
        if (typed := self.typed_holds.get(row_key(row))) is not None:
            words = typed.text if typed.value is None else self._ways.write_holds(typed.value)
            return Face(words, mark="bad" if typed.fault else "changed", said=typed.fault)
        return Face(self._ways.write_holds(holds_of(self.cells, row_key(row))), mark="time")

    def _why_face(self, row: LimitRow) -> Face:
        if row.scope != Scope.REMEDY:
            return Face("")
        wanted = self._why(row)
        mark = "changed" if row.catalogue_id in self.typed_whys else "left"
        return Face(_("yes") if wanted else _("no"), mark=mark, quiet=not wanted)

    def _why(self, row: LimitRow) -> bool:
        return self.typed_whys.get(row.catalogue_id, row.why_wanted)

    def _kept(self, key: CellKey) -> Most:
        """Return what holds: the column's own limit or, without one, what else does."""
        own = self.cells.get(key, LimitCell())
        return most_of(own) if own.id else self._else(key)

    def _else(self, key: CellKey) -> Most:
        """Return what holds without a limit of the column's own: the role's, or everybody's."""
        return most_of(self.cells.get(CellKey(key.row, self._next(key)), LimitCell()))

    def _next(self, key: CellKey) -> ColumnKey:
        """Return whose limit holds where the column has none."""
        role = next(
            (each.clerks_role for each in self.columns if column_key(each) == key.column), ""
        )
        there = self.cells.get(CellKey(key.row, ColumnKey(role)), LimitCell()).id
        return ColumnKey(role) if there else ColumnKey()

    def _as_for(self, key: CellKey) -> str:
        role = self._next(key).role
        return (
            _("as for everybody") if not role else _("as for {role}").format(role=role_words(role))
        )

    def _write(self, key: CellKey, value: Most, row: LimitRow) -> str:
        return self._ways.write(value if value.own else self._else(key), row.unit)

    def _tells(self, column: ColumnKey) -> bool:
        """Whether a column is needed: everybody's is not where it only says *any*."""
        if column != ColumnKey():
            return True
        cells = (cell for key, cell in self.cells.items() if key.column == column)
        return any(cell.id and not cell.unlimited for cell in cells)

    def _is_holds(self, index: Index) -> bool:
        return index.column() == len(self.columns) + 1

    def _is_why(self, index: Index) -> bool:
        return index.column() == len(self.columns) + 2

    def _set_most(self, key: CellKey, row: LimitRow, text: str) -> None:
        before = dict(self.typed)
        try:
            value = self._ways.read(text, row.unit)
        except CareError as hindrance:
            self.typed[key] = Typed(text, None, str(hindrance))
        else:
            self.typed[key] = Typed(text, value)
            there = self.cells.get(key, LimitCell()).id
            if value == self._kept(key) or not (value.own or there):
                del self.typed[key]
        self._steps.append(lambda: _restore(self.typed, before))

    def _set_holds(self, row: LimitRow, text: str) -> None:
        before, key = dict(self.typed_holds), row_key(row)
        try:
            value = self._ways.read_holds(text)
        except CareError as hindrance:
            self.typed_holds[key] = TypedHolds(text, None, str(hindrance))
        else:
            self.typed_holds[key] = TypedHolds(text, value)
            if value == holds_of(self.cells, key):
                del self.typed_holds[key]
        self._steps.append(lambda: _restore(self.typed_holds, before))

    def _all_changed(self) -> None:
        if self.rows:
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _row_name(self, key: RowKey) -> str:
        rows = (row for row in self.rows if isinstance(row, LimitRow))
        return next((row.title for row in rows if row_key(row) == key), "")

    def _sentence(self, index: Index, face: Face) -> str:
        row = self.row(index)
        if not isinstance(row, LimitRow) or index.column() == 0:
            return face.text
        column = str(self.headerData(index.column(), Qt.Orientation.Horizontal))
        return ", ".join(part for part in (row.title, column, face.text, face.said) if part)


def _restore(typed: dict[Any, Any], before: dict[Any, Any]) -> None:
    typed.clear()
    typed.update(before)
