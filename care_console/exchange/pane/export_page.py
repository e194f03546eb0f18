"""The page on which cards are given out as a file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.words import _, ngettext
from care_console.cards.rules import Group
from care_console.exchange.pane.parts import Choice, ProgressRow
from care_console.exchange.pane.program import Place, Program
from care_console.exchange.service import Format
from care_console.kit import Button, Field, Label, LineEdit, Notice, Pane, Panel, current_look
from care_console.kit.groups import group_word

WIDTH = 640
ENDINGS = {Format.VCARD: ".vcf", Format.CSV: ".csv"}
FORMATS = ((Format.VCARD.value, "vCard 4.0"), (Format.CSV.value, "CSV"))
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ExportPage(Pane):
    """All cards or some of them; how many and by which filter is journalled, no name."""

    told = Signal(str)

    def __init__(
        self,
        place: Place,
        command: Callable[[], Command],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = command
        self.program = Program(place, self)
        self.group = Choice(_("Who"))
        self.words = LineEdit(_("All, or only those with these words"), icon="search")
        self.format = Choice(_("As"))
        self.edit = LineEdit(_("Its path"), icon="file")
        self.browse = Button(_("Browse…"), icon="folder")
        self.export = Button(_("Export"), "primary", icon="out", key="Ctrl Enter")
        self.progress = ProgressRow()
        self.notice = Notice("ok")
        self._about = Label(colour="text2", wrap=True)
        self._lay_out()
        self._connect()
        self._explain()

    def show_filter(self, group: str, words: str) -> None:
        """Ask for these cards: of a group, or all, with these words."""
        self.group.press(group)
        self.words.setText(words)
        self.edit.setFocus()

    def submit(self) -> None:
        """Write the file."""
        typed = self.edit.text().strip().strip('"')
        if self.program.running:
            return
        if not typed:
            self._tell("bad", _("Name a file first."))
            self.edit.setFocus()
            return
        file = Path(typed).expanduser()
        if not file.suffix:
            file = file.with_name(f"{file.name}{ENDINGS[Format(self.format.value)]}")
        self.notice.hide()
        self.progress.begin(_("Exporting …"))
        self.progress.show()
        self.export.setEnabled(False)
        self.progress.cancel.setFocus()
        self.program.start(self._asked(file), self._command(), {})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and control:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape and self.program.running:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _asked(self, file: Path) -> list[str]:
        words = ["export", f"--format={self.format.value}"]
        words += [f"--group={self.group.value}"] if self.group.value else []
        words += [f"--query={self.words.text()}"] if self.words.text().strip() else []
        return [*words, str(file.absolute())]

    def _told(self, words: dict[str, Any]) -> None:
        if "hindrance" in words:
            self._end()
            self._tell("bad", words["hindrance"])
        elif "done" not in words:
            self.progress.show_counts(words, words.get("total", 0))
        elif words["cancelled"]:
            self._end()
            self._tell("warn", _("Cancelled: no file was written."))
        else:
            self._end()
            said = ngettext("{n} card exported.", "{n} cards exported.", words["count"])
            self._tell("ok", said.format(n=words["count"]))
            self.told.emit(said.format(n=words["count"]))

    def _end(self) -> None:
        self.progress.hide()
        self.export.setEnabled(True)
        self.export.setFocus()

    def _tell(self, kind: str, words: str) -> None:
        at = self._down.indexOf(self.notice)
        self._down.removeWidget(self.notice)
        self.notice.deleteLater()
        self.notice = Notice(kind, words)  # type: ignore[arg-type]
        self._down.insertWidget(at, self.notice)

    def _cancel(self) -> None:
        self.progress.stopping()
        self.program.cancel()

    def _explain(self) -> None:
        words = (
            _("Keeps everything, also relations and who answers for whom.")
            if self.format.value == Format.VCARD
            else _("For spreadsheets; relations and who answers for whom are left out.")
        )
        self._about.setText(words)

    def _ask(self) -> None:
        ending = ENDINGS[Format(self.format.value)]
        dialog = QFileDialog(self, _("Export"), f"people{ending}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.fileSelected.connect(self.edit.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _connect(self) -> None:
        self.program.told.connect(self._told)
        self.progress.cancelled.connect(self._cancel)
        self.format.chosen.connect(lambda _value: self._explain())
        self.browse.clicked.connect(self._ask)
        self.export.clicked.connect(self.submit)
        self.edit.returnPressed.connect(self.submit)

    def _lay_out(self) -> None:
        px = current_look().px
        groups = [("", _("All")), *((each.value, group_word(each.value)) for each in Group)]
        self.group.offer(groups)
        self.group.press("")
        self.format.offer(FORMATS)
        self.format.press(Format.VCARD.value)
        panel = Panel(_("Export"), "out")
        panel.setMaximumWidth(px(WIDTH))
        self._fill(panel)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(panel)
        down.addStretch(1)
        self.setFocusProxy(self.group)

    def _fill(self, panel: Panel) -> None:
        body = self._down = panel.body
        words = Field(_("With these words"), self.words)
        for each in (self.group, words, self.format, self._about):
            body.addWidget(each)
        body.addWidget(Label(_("File"), size=12, weight=500, colour="text2"))
        self.edit.setAccessibleName(_("File"))
        across, foot = QHBoxLayout(), QHBoxLayout()
        across.addWidget(self.edit, 1)
        across.addWidget(self.browse)
        safe = _("Whoever has the file has these people: keep it safe.")
        foot.addWidget(Label(safe, colour="text2"), 1)
        foot.addWidget(self.export)
        body.addLayout(across)
        body.addLayout(foot)
        for below in (self.progress, self.notice):
            body.addWidget(below)
            below.hide()
        body.addStretch(1)
