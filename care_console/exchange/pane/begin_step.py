"""The first step of an import: which file, and the imports that were."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.spell import day, hour
from care_console.base.words import N_, _
from care_console.cards.rules import Group
from care_console.exchange.pane.parts import Choice
from care_console.exchange.service import Run, State
from care_console.kit import (
    Button,
    EventDelegate,
    EventRow,
    Field,
    Label,
    LineEdit,
    ListView,
    Notice,
    Panel,
    Row,
)
from care_console.kit.groups import group_word

STATE_WORDS = {
    State.RUNNING: N_("at work now"),
    State.DONE: "",
    State.CANCELLED: N_("cancelled"),
    State.BROKEN: N_("broken off"),
    State.TAKEN_BACK: N_("taken back"),
}


class BeginStep(QWidget):
    """A file is typed, looked for, or dropped anywhere on the page."""

    wanted = Signal(object)  # Path
    undo_wanted = Signal(int)  # an import's id

    def __init__(self, clock: Clock, locale: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._locale = clock, locale
        self._runs: dict[int, Run] = {}
        self.trouble = Notice("bad")
        self.edit = LineEdit(_("Its path, or drop it here"), icon="file")
        self.field = Field(_("File: vCard or CSV"), self.edit)
        self.browse = Button(_("Browse…"), icon="folder")
        self.group = Choice(_("The group of whoever has none"))
        self.next = Button(_("Go on"), "primary", key="Ctrl Enter")
        self.past = ListView(EventDelegate(), name=_("Past imports"), type_ahead=False)
        self.undo = Button(_("Undo import"), icon="undo")
        self._lay_out()
        self._connect()

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show the imports that were."""
        self._runs = {run.id: run for run in runs}
        self.past.rows.set_rows([self._row(run) for run in runs])
        self.past.set_empty(_("Nothing was imported yet."))
        self._look_at(self.past.row())

    def refuse(self, sentence: str) -> None:
        """Say why it does not go on with this file."""
        self.trouble.tell(sentence)
        self.trouble.setVisible(bool(sentence))
        self.edit.set_bad(bool(sentence))

    def show_file(self, file: Path) -> None:
        """Take a file that was dropped or found."""
        self.refuse("")
        self.edit.setText(str(file))
        self.edit.setFocus()

    def submit(self) -> None:
        """Go on with what is typed."""
        typed = self.edit.text().strip().strip('"')
        if not typed:
            self.refuse(_("Name a file first."))
        else:
            self.refuse("")
            self.wanted.emit(Path(typed).expanduser())

    def _row(self, run: Run) -> EventRow:
        counts = _("{new} new, {updated} updated, {left_out} left out").format(
            new=run.new, updated=run.updated, left_out=run.left_out
        )
        state = _(STATE_WORDS[run.state]) if STATE_WORDS[run.state] else ""
        return EventRow(
            id=run.id,
            when=day(run.at, self._clock(), self._locale),
            hour=hour(run.at, self._locale),
            icon="undo" if run.state is State.TAKEN_BACK else "in",
            tone="text2",
            title=run.file,
            sub=" · ".join(filter(None, (counts, state))),
            by=run.clerk,
        )

    def _look_at(self, row: Row | None) -> None:
        run = self._runs.get(row.id) if row is not None else None  # type: ignore[call-overload]
        self.undo.setEnabled(run is not None and run.can_be_undone)

    def _undo(self) -> None:
        if (row := self.past.row()) is not None and isinstance(row.id, int):
            self.undo_wanted.emit(row.id)

    def _ask(self) -> None:
        dialog = QFileDialog(self, _("File to import"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = _("Addresses")
        dialog.setNameFilters(
            [f"{kinds} (*.vcf *.vcard *.csv *.txt *.tsv)", _("All files") + " (*)"]
        )
        dialog.fileSelected.connect(lambda name: self.show_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _connect(self) -> None:
        self.edit.returnPressed.connect(self.submit)
        self.edit.textEdited.connect(lambda _text: self.refuse(""))
        self.next.clicked.connect(self.submit)
        self.browse.clicked.connect(self._ask)
        self.past.moved.connect(self._look_at)
        self.undo.clicked.connect(self._undo)

    def _lay_out(self) -> None:
        words = _("Nothing is kept before you have seen what would be.")
        groups = [("", _("None")), *((each.value, group_word(each.value)) for each in Group)]
        self.group.offer(groups)
        self.group.press("")
        top, below = Panel(_("Import"), "in"), Panel(_("Past imports"), "clock", flush=True)
        across = QHBoxLayout()
        across.addWidget(self.edit, 1)
        across.addWidget(self.browse)
        foot = QHBoxLayout()
        foot.addWidget(Label(words, colour="text2"), 1)
        foot.addWidget(self.next)
        for each in (self.trouble, self.field.name):
            top.body.addWidget(each)
        top.body.addLayout(across)
        top.body.addWidget(self.group)
        top.body.addLayout(foot)
        below.head.addWidget(self.undo)
        below.body.addWidget(self.past, 1)
        self.field.hide()
        self.trouble.hide()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(top)
        down.addWidget(below, 1)
        self.setFocusProxy(self.edit)
