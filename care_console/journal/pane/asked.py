"""What the page asks the journal for: whose entries, of which kind, from when until when."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.journal.rules import NoDay, begin_of, end_of
from care_console.journal.service import Filter
from care_console.kit import Chip, Field, FlowLayout, LineEdit, current_look

DAY_WIDTH = 150


class Asked(QWidget):
    """Chips for the subjects, and two days. What is no day says so, and asks for nothing else."""

    changed = Signal(object)  # Filter, without a person

    def __init__(
        self,
        subjects: Mapping[str, Collection[str]],
        locale: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._locale, self._kinds = locale, ""
        self._subjects = {"": (), **{title: tuple(kinds) for title, kinds in subjects.items()}}
        self.chips = {title: Chip(title or _("Everything")) for title in self._subjects}
        self.since = Field(_("From"), LineEdit(_("any day")))
        self.until = Field(_("Until"), LineEdit(_("any day")))
        self._asked = Filter()
        self._lay_out()
        self._press("")

    @property
    def filter(self) -> Filter:
        """What is asked for, without a person."""
        return self._asked

    def _press(self, title: str) -> None:
        self._kinds = title
        for each, chip in self.chips.items():
            chip.setChecked(each == title)
        self._ask()

    def _ask(self) -> None:
        asked = Filter(kinds=tuple(self._subjects[self._kinds]))
        for field, name, read in ((self.since, "since", begin_of), (self.until, "until", end_of)):
            edit = field.edit
            assert isinstance(edit, LineEdit)
            try:
                asked = replace(asked, **{name: read(edit.text(), self._locale)})  # type: ignore[arg-type]
                field.fault()
            except NoDay as trouble:
                field.fault(str(trouble))
                return
        if asked != self._asked:
            self._asked = asked
            self.changed.emit(asked)

    def _lay_out(self) -> None:
        chips = QWidget()
        flow = FlowLayout(chips)
        for title, chip in self.chips.items():
            chip.clicked.connect(lambda _on=False, title=title: self._press(title))
            flow.addWidget(chip)
        days = QHBoxLayout()
        days.setSpacing(12)
        for field in (self.since, self.until):
            field.setMaximumWidth(current_look().px(DAY_WIDTH))
            edit = field.edit
            assert isinstance(edit, LineEdit)
            edit.editingFinished.connect(self._ask)
            days.addWidget(field, 1)
        days.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(16, 0, 16, 8)
        down.setSpacing(8)
        down.addWidget(chips)
        down.addLayout(days)
