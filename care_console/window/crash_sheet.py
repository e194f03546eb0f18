"""Tells that something broke, what it was, and what can be done: nothing stands still for it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import N_, _
from care_console.kit import Button, Glyph, Label, NoteEdit, current_look
from care_console.window.crash import save
from care_console.window.crash_report import Report
from care_console.window.sheet import Sheet

WIDE, HIGH, EDGE = 640, 500, 24
NOW = N_(
    "The console goes on, and what you typed is kept. If something looks odd, start again. The "
    "report below names no customer: hand it to whoever looks after the console."
)
BEFORE = N_(
    "It was the program and nothing that you did. What was typed last is there. The report below "
    "names no customer: hand it to whoever looks after the console."
)


class CrashSheet(Sheet):
    """Lies over the page until Esc; calls ring on, and what was typed is kept."""

    again_wanted = Signal()
    told = Signal(str)
    hindered = Signal(str)

    def __init__(self, window: QWidget, typing: Callable[[], bool] = lambda: False) -> None:
        """Take ``typing``, which tells whether a key was pressed in a field a moment ago."""
        super().__init__(window, _("Something broke"))
        self._typing = typing
        self._report: Report | None = None
        self.hints = [(_("Tab"), _("next")), (_("Esc"), _("go on"))]
        self.title = Label(size=17, weight=600, wrap=True)
        self.words = Label(wrap=True)
        self.text = NoteEdit(name=_("The report"), least=8, most=40)
        self.text.setReadOnly(True)
        self.copy = Button(_("Copy"), "plain", "file")
        self.save = Button(_("Save …"), "plain", "out")
        self.again = Button(_("Start again"), "plain", "redo")
        self.go_on = Button(_("Go on"), "primary")
        self._lay_out()
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._choose_file)
        self.again.clicked.connect(self.again_wanted)
        self.go_on.clicked.connect(self.shut)

    def show_report(self, report: Report) -> None:
        """Tell what broke. While an earlier report is read, that one stays."""
        if self.isVisible():
            return
        self._report = report
        self.title.setText(
            _("The console broke off last time") if report.before else _("Something here broke")
        )
        self.words.setText(_(BEFORE) if report.before else _(NOW))
        self.text.setPlainText(report.text)
        self.open()

    def save_to(self, file: Path) -> None:
        """Write the report into ``file``."""
        if self._report is None:
            return
        try:
            save(file, self._report)
        except OSError as error:
            why = _("{file} cannot be written: {why}")
            self.hindered.emit(why.format(file=file.name, why=error.strerror))
        else:
            self.told.emit(_("The report is in {file}.").format(file=file.name))

    def first(self) -> QWidget:
        """Whoever types is left where they are: it was not they who asked for this."""
        here = QApplication.focusWidget()
        return here if here is not None and self._typing() else self.go_on

    def place(self, room: QRect) -> QRect:
        px = current_look().px
        wide = min(px(WIDE), room.width() - 2 * px(EDGE))
        high = min(px(HIGH), room.height() - 2 * px(EDGE))
        return QRect(room.center().x() - wide // 2, room.center().y() - high // 2, wide, high)

    def _follow(self, _old: QWidget | None, _now: QWidget | None) -> None:
        """Stay until it is closed, wherever the clerk goes on."""

    def _copy(self) -> None:
        if self._report is not None:
            QGuiApplication.clipboard().setText(self._report.text)
            self.told.emit(_("The report is copied."))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), _("Save the report"), "care-console-report.txt")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Glyph("alert", "warn", 22))
        head.addWidget(self.title, 1)
        buttons = QHBoxLayout()
        for each in (self.copy, self.save, self.again):
            buttons.addWidget(each)
        buttons.addStretch()
        buttons.addWidget(self.go_on)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        self.body.addWidget(inside)
