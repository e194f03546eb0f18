"""The list for the accounts: from when until when, and into which file."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QHBoxLayout

from care_console.authority.pane.boxes import Box
from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.cards.rules.days import day_words, typed_day
from care_console.kit import Button, Field, LineEdit, check


class NotWritten(CareError):
    """The list could not be written to this file."""


class NotADay(CareError):
    """What was typed is no day."""


class SaveBox(Box):
    """From when until when, and where the list for the accounts is written."""

    save_wanted = Signal(object, object, str)  # two days, and a file

    def __init__(self, locale: str) -> None:
        super().__init__("accent")
        self._locale, self._today = locale, date.min
        self.since, self.until = Field(_("From"), LineEdit()), Field(_("Until"), LineEdit())
        self.file = Field(_("File"), LineEdit())
        self.title.setText(_("List for the accounts"))
        self.save = Button(_("Save the list"), "primary", "disk", _("Enter"))
        self.back = Button(_("Back"), "quiet", key=_("Esc"))
        across = QHBoxLayout()
        across.addWidget(self.since)
        across.addWidget(self.until)
        self.down.addLayout(across)
        self.down.addWidget(self.file)
        self.add_buttons(self.save, self.back)
        self.setFocusProxy(self.since)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.back_wanted)
        for edit in self._edits():
            edit.returnPressed.connect(self._save)
        self.restyle()

    def propose(self, now: datetime) -> None:
        """Propose this month until today, and a file among the clerk's own."""
        self._today = today = now.astimezone().date()
        where = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(where))
        days = (day_words(each.isoformat(), self._locale) for each in (today.replace(day=1), today))
        file = str(folder / f"care-remedies-{today:%Y-%m-%d}.csv")
        for edit, words in zip(self._edits(), (*days, file), strict=True):
            edit.setText(words)
        for field in (self.since, self.until, self.file):
            field.fault()

    def _edits(self) -> list[LineEdit]:
        edits = (field.edit for field in (self.since, self.until, self.file))
        return [edit for edit in edits if isinstance(edit, LineEdit)]

    def _save(self) -> None:
        since, until, file = (edit.text().strip() for edit in self._edits())
        fine = check(
            (self.since, lambda: self._fault(since)),
            (self.until, lambda: self._fault(until)),
            (self.file, lambda: "" if file else _("Say into which file.")),
        )
        if fine:
            self.save_wanted.emit(self._day(since), self._day(until), file)

    def _fault(self, typed: str) -> str:
        try:
            self._day(typed)
        except NotADay as hindrance:
            return str(hindrance)
        return ""

    def _day(self, typed: str) -> date:
        try:
            return date.fromisoformat(typed_day(typed, self._today, self._locale) or "")
        except ValueError as error:
            raise NotADay(N_("{typed} is no day: type one such as 1 Dec."), typed=typed) from error


def write(text: str, file: str) -> str:
    """Write the list so that every spreadsheet reads it, and return the file's name.

    Raises NotWritten.
    """
    path = Path(file).expanduser()
    try:
        path.write_text(text, "utf-8-sig", newline="")
    except OSError as error:
        words = N_("{file} could not be written: {why}.")
        raise NotWritten(words, file=path.name, why=error.strerror or "") from error
    return path.name
