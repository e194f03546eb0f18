"""What a card has several of, each on a row that is saved as it is typed."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import N_, _
from care_console.cards.pane.columns import Columns
from care_console.cards.pane.inputs import DayInput, LineInput, TextInput, Today, YesInput
from care_console.cards.pane.keeper import Key
from care_console.cards.pane.kept import KeptField
from care_console.cards.rules.parts import Values, can_be_added
from care_console.cards.rules.words import field_words
from care_console.kit import Button, Surface

MOST = 40  # rows of one kind; an import may bring any number
SHOWN: dict[str, tuple[str, ...]] = {
    "phone": ("raw", "label", "shared"),
    "email": ("address", "label"),
    "address": ("street", "town", "postcode", "region", "country", "label"),
    "alert": ("words", "since", "until"),
}
WIDE = frozenset({"street", "words"})
DAYS = frozenset({"since", "until"})
BLANK: Values = {"since": None, "until": None, "shared": False}
ADD = {
    "phone": N_("Add a telephone"),
    "email": N_("Add an e-mail"),
    "address": N_("Add an address"),
    "alert": N_("Add an alert note"),
}


class PartRow(Surface):
    """One part. Until it is kept for the first time it has no id."""

    asked = Signal(object)  # a KeptField that is to be kept
    removed = Signal()
    left = Signal()

    def __init__(self, part: str, part_id: int, values: Values, today: Today, locale: str) -> None:
        super().__init__("sunken")
        self.part, self.id = part, part_id
        self.adding = False
        self.fields: dict[str, KeptField] = {}
        self._today, self._locale = today, locale
        self.columns = Columns()
        self.remove = Button(_("Remove"), "quiet", "minus")
        self.remove.setAccessibleName(_("Remove: {what}").format(what=field_words(part)))
        self.remove.clicked.connect(self.removed)
        foot = QWidget()
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(0, 0, 0, 0)
        self.foot.addStretch(1)
        self.foot.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.columns)
        self.furnish(values)
        self.columns.hold_last(foot)

    def furnish(self, values: Values) -> None:
        """Make the fields."""
        for field in SHOWN[self.part]:
            self.hold(field, self.make_input(field), values, wide=field in WIDE)

    def make_input(self, field: str) -> Any:
        """Return what ``field`` is typed into."""
        if field in DAYS:
            return DayInput(self._today, self._locale)
        if field in WIDE:
            return TextInput()
        if field == "shared":
            return YesInput(field_words(field))
        return LineInput()

    def hold(self, field: str, source: Any, values: Values, *, wide: bool = False) -> None:
        """Take a field in."""
        kept = values[field] if self.id else BLANK.get(field, "")
        made = KeptField(Key(field, self.part, self.id), source, kept)
        made.keeper.wanted.connect(lambda: self.asked.emit(made))
        made.left.connect(self.left)
        self.fields[field] = made
        self.columns.hold(made, wide=wide)

    @property
    def dirty(self) -> bool:
        """Whether something stands here that is not kept."""
        return any(each.keeper.dirty for each in self.fields.values())

    def values(self) -> Values:
        """Return what stands in the fields."""
        return {field: each.keeper.draft.typed for field, each in self.fields.items()}

    @property
    def ready(self) -> bool:
        """Whether a new part can be kept now."""
        return can_be_added(self.part, self.values())

    def become(self, part_id: int) -> None:
        """Be the part of this id from now on; 0 is a new one."""
        self.id = part_id
        for each in self.fields.values():
            each.keeper.key = replace(each.keeper.key, id=part_id)

    def meet(self, values: Values) -> None:
        """Take what the records say now."""
        for field, each in self.fields.items():
            each.keeper.meet(values[field])


class PartSection(QWidget):
    """All parts of one kind, and the way to one more."""

    made = Signal(object)  # PartRow

    def __init__(self, part: str, today: Today, locale: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self.rows: list[PartRow] = []
        self._today, self._locale = today, locale
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self.foot())

    def foot(self) -> QHBoxLayout:
        """Return what stands below the rows."""
        self.add = Button(_(ADD[self.part]), "quiet", "plus")
        self.add.clicked.connect(self.add_row)
        across = QHBoxLayout()
        across.addWidget(self.add)
        across.addStretch(1)
        return across

    def rest(self) -> QWidget:
        """Return where the focus goes when the row that had it is gone."""
        return self.add

    def add_row(self) -> None:
        """Begin another part, unless an empty one is there already."""
        row = next((each for each in self.rows if not each.id and not each.dirty), None)
        row = row or self.make(0, {})
        next(iter(row.fields.values())).keeper.edit.setFocus()

    def make(self, part_id: int, values: Values) -> PartRow:
        """Return another row, after the others."""
        row = self.make_row(part_id, values)
        row.removed.connect(lambda: None if row.id else self.drop(row))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        row.show()  # at once, so that the next key can go there
        self.made.emit(row)
        return row

    def make_row(self, part_id: int, values: Values) -> PartRow:
        """Return a row for a part."""
        return PartRow(self.part, part_id, values, self._today, self._locale)

    def drop(self, row: PartRow) -> None:
        """Take a row away."""
        if row in self.rows:
            self.rows.remove(row)
            if row.isAncestorOf(QApplication.focusWidget() or self):
                self.rest().setFocus()
            row.hide()
            row.deleteLater()

    def clear(self) -> None:
        """Take all rows away."""
        for row in list(self.rows):
            self.drop(row)

    def meet(self, kept: Mapping[int, Values]) -> None:
        """Take what the records say now. A part that went while it was edited becomes a new one."""
        kept = dict(islice(kept.items(), MOST))
        for row in list(self.rows):
            if row.id in kept:
                row.meet(kept[row.id])
            elif row.id and row.dirty:
                row.become(0)
            elif row.id:
                self.drop(row)
        there = {row.id for row in self.rows}
        if not any(row.adding for row in self.rows):
            for part_id in kept.keys() - there:
                self.make(part_id, kept[part_id])
            self._in_order()

    def _in_order(self) -> None:
        wanted = sorted(self.rows, key=lambda row: (not row.id, row.id))
        if wanted != self.rows:
            self.rows = wanted
            for at, row in enumerate(wanted):
                self._column.insertWidget(at, row)
