"""Rows to be listed, and the model that hands them to a view a window at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from care_console.kit.groups import group_words
from care_console.kit.labels import plain

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[int, int], "Sequence[Row] | None"]

WINDOW = 200  # rows fetched at a time
ROW = Qt.ItemDataRole.UserRole
NOWHERE = QModelIndex()


class Row(Protocol):
    """What can be listed."""

    @property
    def id(self) -> object:
        """What the row is about; rows with the same id are the same row."""

    @property
    def title(self) -> str:
        """What it is called: type-ahead looks here."""

    @property
    def sentence(self) -> str:
        """All of it in one sentence, for a reader."""


def said(*parts: str) -> str:
    """Return ``parts`` that are not empty as one sentence for a reader."""
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class HeadRow:
    """The head over some rows. It cannot be chosen."""

    title: str
    trail: str = ""
    tone: str = "text2"

    @property
    def id(self) -> object:
        return ("head", self.title)

    @property
    def sentence(self) -> str:
        return said(self.title, self.trail)


@dataclass(frozen=True)
class PersonRow:
    """A person, with the ``key`` that chooses the row."""

    key: str
    id: object
    name: str
    groups: Sequence[str] = ()
    sub: str = ""
    right1: str = ""
    right2: str = ""

    @property
    def title(self) -> str:
        return self.name

    @property
    def sentence(self) -> str:
        words = group_words(self.groups)
        return said(self.key, self.name, words, self.sub, self.right1, self.right2)


@dataclass(frozen=True)
class EventRow:
    """Something that happened: on the day ``when`` at the ``hour``. ``tone`` is a token."""

    id: object
    when: str
    hour: str
    icon: str
    tone: str
    title: str
    sub: str = ""
    by: str = ""

    @property
    def sentence(self) -> str:
        return said(self.when, self.hour, self.title, self.sub, self.by)


@dataclass(frozen=True)
class DayRow:
    """Something to be done ``when``. ``here`` marks what is about the person on the telephone."""

    id: object
    icon: str
    title: str
    sub: str = ""
    when: str = ""
    late: bool = False
    groups: Sequence[str] = ()
    here: bool = False

    @property
    def sentence(self) -> str:
        return said(self.when, self.title, group_words(self.groups), self.sub)


@dataclass(frozen=True)
class CommandRow:
    """Something to go to or to do. A person has a ``name`` for the initials in place of an icon."""

    id: object
    icon: str
    title: str
    sub: str = ""
    key: str = ""
    name: str = ""
    groups: Sequence[str] = ()

    @property
    def sentence(self) -> str:
        return said(self.title, group_words(self.groups), self.sub, self.key)


class RowsModel(QAbstractListModel):
    """Rows in their order.

    ``fetch(start, count)`` is asked for more as one scrolls. It gives them, or None if they come
    later through ``append``; fewer than it was asked for are the last.
    """

    def __init__(
        self, rows: Sequence[Row] = (), fetch: Fetch | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._rows: list[Row] = list(rows)
        self._fetch = fetch
        self._asked = False
        self._whole = fetch is None

    def set_rows(self, rows: Sequence[Row], fetch: Fetch | None = None) -> None:
        """Show other rows. If they are the same ones, only told anew, nothing moves."""
        same = len(rows) == len(self._rows) and fetch is None
        if same and all(new.id == old.id for new, old in zip(rows, self._rows, strict=True)):
            before, self._rows = self._rows, list(rows)
            self._fetch, self._asked, self._whole = None, False, True
            if self._rows != before:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self._fetch, self._asked, self._whole = fetch, False, fetch is None
        self.endResetModel()

    def append(self, rows: Sequence[Row]) -> None:
        """Add what ``fetch`` was asked for."""
        self._asked = False
        self._whole = self._whole or len(rows) < WINDOW
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def row(self, index: Index) -> Row | None:
        """Return the row at ``index``, or None."""
        return self._rows[index.row()] if index.isValid() else None

    def place(self, row_id: object) -> int:
        """Return where the row of this id is, or -1."""
        return next((n for n, row in enumerate(self._rows) if row.id == row_id), -1)

    def with_key(self, key: str) -> QModelIndex:
        """Return the index of the row whose key ends on ``key``, or one that is not valid."""
        for place, row in enumerate(self._rows[:WINDOW]):
            if (shown := getattr(row, "key", "")) and shown.split()[-1] == key:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if (row := self.row(index)) is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(row, HeadRow):
            return plain(row.sentence)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        if row is None or isinstance(row, HeadRow):
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren

    def canFetchMore(self, parent: Index) -> bool:
        return not (parent.isValid() or self._whole or self._asked)

    def fetchMore(self, parent: Index) -> None:
        if self._fetch is None or not self.canFetchMore(parent):
            return
        self._asked = True
        more = self._fetch(len(self._rows), WINDOW)
        if more is not None:
            self.append(more)
