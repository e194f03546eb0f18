"""The page on which address books are taken in, in four steps, beside all other work."""

import asyncio
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import N_, _, ngettext
from care_console.cards.service import Cards
from care_console.exchange.pane.begin_step import BeginStep
from care_console.exchange.pane.check_step import CheckStep
from care_console.exchange.pane.columns_step import ColumnsStep
from care_console.exchange.pane.program import Place, Program
from care_console.exchange.pane.result_step import ResultStep
from care_console.exchange.records import RunRecord
from care_console.exchange.rules.look import Look, look
from care_console.exchange.rules.mend import MENDED
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.rules.reading import Reading
from care_console.exchange.service import Imports, Mappings, NotWritten, Skipped, as_table
from care_console.kit import Label, Pane, current_look

STEPS = (N_("1 File"), N_("2 Columns"), N_("3 Check"), N_("4 Result"))
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Told = dict[str, Any]


class Phase(Enum):
    """What the program beside the window is doing."""

    CHECK = "check"
    IMPORT = "import"
    UNDO = "undo"


class ImportPage(Pane):
    """File, columns, check, result. The reading and writing is done by a program of its own."""

    told = Signal(str)
    people_wanted = Signal()  # to see who was taken in
    doubles_wanted = Signal()

    watches: ClassVar[frozenset[type]] = frozenset({RunRecord})

    def __init__(
        self,
        imports: Imports,
        mappings: Mappings,
        cards: Cards,
        place: Place,
        command: Callable[[], Command],
        clock: Clock,
        locale: str = "en_GB",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._imports, self._mappings, self._cards = imports, mappings, cards
        self._command = command
        self.program = Program(place, self)
        self._phase = Phase.CHECK
        self._file = Path()
        self._look: Look | None = None
        self._reading = Reading()
        self._lines: list[Told] = []  # rows that were not taken
        self._doubles: list[Told] = []
        self._total = self._run = 0
        self.begin, self.columns = BeginStep(clock, locale), ColumnsStep()
        self.check, self.result = CheckStep(), ResultStep()
        self.steps = QStackedWidget()
        self._lay_out()
        self._connect()
        self._turn(self.begin)
        self.setAcceptDrops(True)

    def refresh(self) -> None:
        """Show the imports that were as they are now."""
        self.errands.look("past", self._load())

    def open_file(self, file: Path) -> None:
        """Look at a file, and show its columns or, if it has none, what is in it."""
        self.check.forget()
        self._reading = Reading()
        self.errands.look("look", self._look_at(file))

    def take_back(self, run_id: int) -> None:
        """Take an import back."""
        if not self.program.running:
            self._run = run_id
            self._begin(Phase.UNDO, ["import", "--undo", str(run_id)], _("Taking back …"), {})

    # steps

    async def _load(self) -> None:
        self.begin.show_runs(await self._imports.past())

    async def _look_at(self, file: Path) -> None:
        try:
            found = await asyncio.to_thread(look, file, self._reading)
        except CannotRead as trouble:
            self._turn(self.begin)
            self.begin.refuse(str(trouble))
            return
        self._file, self._look = file, found
        if not found.is_table:
            self._start_check()
            return
        remembered = await self._mappings.remembered(found.titles)
        self.columns.show_look(found, remembered)
        self._turn(self.columns)
        self.columns.go_in()

    def _read_anew(self, encoding: str, separator: str) -> None:
        self._reading = Reading(encoding=encoding, separator=separator)
        self.errands.look("look", self._look_at(self._file))

    def _go_on(self) -> None:
        """Remember what was said of the columns, and check."""
        self.errands.do("remember", self._remember())
        self._start_check()

    async def _remember(self) -> None:
        if self._look is not None and (chosen := self.columns.chosen):
            await self._mappings.remember(self._command(), self._look.titles, chosen)

    def _start_check(self) -> None:
        self._lines, self._doubles = [], []
        self._turn(self.check)
        self.check.begin()
        self._start(Phase.CHECK, [*self._words(), "--dry-run"])

    def _start_import(self) -> None:
        self._lines = []
        self._begin(Phase.IMPORT, self._words(), _("Importing …"), self._asked())

    def _begin(self, phase: Phase, words: list[str], said: str, asked: Mapping[str, Any]) -> None:
        self._turn(self.result)
        self.result.begin(said)
        self._start(phase, words, asked)

    def _start(
        self, phase: Phase, words: list[str], asked: Mapping[str, Any] | None = None
    ) -> None:
        if self.program.running:
            self._told({"hindrance": _("It is still stopping. Try again in a moment.")})
            return
        self._phase = phase
        self.program.start(words, self._command(), self._asked() if asked is None else asked)

    def _words(self) -> list[str]:
        group = self.begin.group.value
        return ["import", *(("--group", group) if group else ()), str(self._file.absolute())]

    def _asked(self) -> Told:
        return {
            "encoding": self._reading.encoding,
            "separator": self._reading.separator,
            "columns": self.columns.chosen if self._look and self._look.is_table else {},
            "mended": self.check.mended,
            "doubles": self.check.doubles,
        }

    # what the program tells

    def _told(self, words: Told) -> None:
        if "hindrance" in words:
            self._fail(words["hindrance"])
        elif "done" in words:
            self._done(words)
        elif "double" in words:
            self._doubles.append(words)
        elif "row" in words:
            self._lines.append(words)
        elif self._phase is Phase.CHECK:
            self.check.progress.show_counts(words, 0)
        else:
            self.result.progress.show_counts(words, words.get("total", self._total))

    def _done(self, done: Told) -> None:
        if self._phase is Phase.UNDO:
            self.result.show_undone(done)
            self.told.emit(_("The import was taken back."))
        elif done["hindrances"]:
            self._fail(done["hindrances"][0])
        elif self._phase is Phase.IMPORT:
            self._run = (done["runs"] or [0])[-1]
            self.result.show_import(done, self._lines, undo=bool(self._run))
            words = ngettext("{n} card imported", "{n} cards imported", done["new"])
            self.told.emit(words.format(n=done["new"]))
        elif done["cancelled"]:
            self._back()
        else:
            self._total = done["read"]
            self.check.show_found(done, self._titles(), self._lines, self._doubles)
        self.refresh()

    def _titles(self) -> tuple[str, ...]:
        if self._look is not None and self._look.is_table:
            return self._look.titles
        return tuple(_(each) for each in MENDED)

    def _fail(self, sentence: str) -> None:
        if self._phase is Phase.CHECK:
            self._turn(self.begin)
            self.begin.refuse(sentence)
        else:
            self.result.fail(sentence, undo=False)
        self.refresh()

    def _cancel(self) -> None:
        for step in (self.check, self.result):
            step.progress.stopping()
        self.program.cancel()

    # ways

    def _back(self) -> None:
        table = self._look is not None and self._look.is_table
        before = self.columns if table and self.steps.currentWidget() is self.check else self.begin
        self._turn(before)

    def _turn(self, step: QWidget) -> None:
        self.steps.setCurrentWidget(step)
        at = self.steps.currentIndex()
        for place, label in enumerate(self._heads):
            label.set_colour("accent" if place == at else "text3")
            label.setAccessibleDescription(_("this step") if place == at else "")
        self.setFocusProxy(step)
        if self.isVisible():
            step.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and control:
            self._forward()
        elif event.key() == Qt.Key.Key_Escape and self.program.running:
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _forward(self) -> None:
        step = self.steps.currentWidget()
        if step is self.begin:
            self.begin.submit()
        elif step is self.columns:
            self._go_on()
        elif step is self.check and self.check.next.isVisible():
            self._start_import()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.program.running:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files and not self.program.running:
            event.acceptProposedAction()
            self._turn(self.begin)
            self.begin.show_file(Path(files[0]))

    # the report

    def save_report(self, file: Path) -> None:
        """Write why rows were left out into ``file``."""
        self.errands.do("report", self._save_report(file))

    async def _save_report(self, file: Path) -> None:
        rows = [Skipped(each["file"], each["row"], each["why"]) for each in self._lines]
        try:
            await asyncio.to_thread(file.write_text, as_table(rows), "utf-8-sig", newline="")
        except OSError as trouble:
            why = trouble.strerror or str(trouble)
            raise NotWritten(
                N_("{file} cannot be written: {why}."), file=file.name, why=why
            ) from trouble
        self.told.emit(_("The report is saved as {file}").format(file=file.name))

    def _ask_report(self) -> None:
        dialog = QFileDialog(self, _("Save the report"), "import.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda name: self.save_report(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _show_card(self, card_id: int) -> None:
        try:
            self.check.show_card(await self._cards.card(card_id))
        except CareError:
            self.check.show_card(None)

    def _connect(self) -> None:
        self.program.told.connect(self._told)
        self.begin.wanted.connect(self.open_file)
        self.begin.undo_wanted.connect(self.take_back)
        self.columns.back_wanted.connect(self._back)
        self.columns.next_wanted.connect(self._go_on)
        self.columns.read_anew.connect(self._read_anew)
        self.check.back_wanted.connect(self._back)
        self.check.next_wanted.connect(self._start_import)
        self.check.again_wanted.connect(self._start_check)
        self.check.card_wanted.connect(
            lambda card_id: self.errands.look("card", self._show_card(card_id))
        )
        self.result.people_wanted.connect(self.people_wanted)
        self.result.doubles_wanted.connect(self.doubles_wanted)
        self.result.undo_wanted.connect(lambda: self.take_back(self._run))
        self.result.report_wanted.connect(self._ask_report)
        self.result.another_wanted.connect(lambda: self._turn(self.begin))
        for step in (self.check, self.result):
            step.progress.cancelled.connect(self._cancel)

    def _lay_out(self) -> None:
        px = current_look().px
        self._heads = [Label(_(words), size=13, weight=600, colour="text3") for words in STEPS]
        across = QHBoxLayout()
        across.setSpacing(px(20))
        for label in self._heads:
            across.addWidget(label)
        across.addStretch(1)
        for step in (self.begin, self.columns, self.check, self.result):
            self.steps.addWidget(step)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(px(10))
        down.addLayout(across)
        down.addWidget(self.steps, 1)
