"""The last step of an import: how far it is, and what became of the rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _, ngettext
from care_console.exchange.pane.cells import CellsTable
from care_console.exchange.pane.parts import ProgressRow
from care_console.kit import Button, Notice, Panel

MOST_SHOWN = 2_000


class ResultStep(QWidget):
    """While it goes on one may work elsewhere in the window."""

    undo_wanted = Signal()
    report_wanted = Signal()
    another_wanted = Signal()
    people_wanted = Signal()
    doubles_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = ProgressRow()
        self.told = QVBoxLayout()
        self.notice = Notice("ok")
        self.left_out = CellsTable(_("Rows that were left out"))
        self.undo = Button(_("Undo import"), icon="undo")
        self.report = Button(_("Save the report…"), icon="out")
        self.another = Button(_("Another file"), "primary")
        self.people = Button(_("See the people"), icon="people")
        self.doubles = Button(_("Likely doubles"), icon="swap")
        self._lay_out()
        self.undo.clicked.connect(self.undo_wanted)
        self.report.clicked.connect(self.report_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.people.clicked.connect(self.people_wanted)
        self.doubles.clicked.connect(self.doubles_wanted)

    def begin(self, words: str) -> None:
        """Show that it goes on."""
        self._busy(True)
        self.progress.begin(words)
        self.progress.cancel.setFocus()

    def show_import(
        self, done: Mapping[str, Any], skipped: Sequence[Mapping[str, Any]], *, undo: bool
    ) -> None:
        """Show what became of the rows."""
        counts = _("{new} new, {updated} updated, {unchanged} unchanged, {left_out} left out.")
        head = _("Imported.") if not done["cancelled"] else _("Cancelled.")
        sub = _("What was in stays, until you undo it.") if done["cancelled"] else ""
        kind = "warn" if done["cancelled"] else "ok"
        self._end(kind, head, counts.format(**done), sub, undo=undo)
        rows = [(str(each["row"]), each["why"]) for each in skipped[:MOST_SHOWN]]
        words = ngettext("{n} row left out", "{n} rows left out", len(skipped))
        self._list(words.format(n=len(skipped)), (_("Row"), _("Why")), rows)
        self.report.setVisible(bool(skipped))

    def show_undone(self, done: Mapping[str, Any]) -> None:
        """Show what became of an import that was taken back."""
        counts = _("{gone} gone, {undone} as they were before, {kept} kept.")
        head = _("Import taken back.") if not done["cancelled"] else _("Cancelled.")
        self._end("ok", head, counts.format(**done), "", undo=bool(done["cancelled"]))
        names = [(name, _("Changed since: it stays")) for _id, name in done["names"]]
        words = ngettext("{n} card was changed since", "{n} cards were changed since", done["kept"])
        self._list(words.format(n=done["kept"]), (_("Name"), _("Why")), names)
        self.report.hide()

    def fail(self, sentence: str, *, undo: bool) -> None:
        """Say why it did not come to its end."""
        self._end("bad", sentence, "", "", undo=undo)
        self._list("", (), ())
        self.report.hide()

    def _end(self, kind: str, head: str, rest: str, sub: str, *, undo: bool) -> None:
        self._busy(False)
        self.told.removeWidget(self.notice)
        self.notice.deleteLater()
        self.notice = Notice(kind, head, rest=rest, sub=sub)  # type: ignore[arg-type]
        self.told.addWidget(self.notice)
        self.undo.setVisible(undo)
        self.another.setFocus()

    def _list(self, title: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._list_panel.setVisible(bool(rows))
        self._list_panel.title.setText(title)
        self.left_out.cells.show_rows(titles, rows, fixed=1)

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        ends = (self.undo, self.report, self.another, self.people, self.doubles)
        for each in (self.notice, self._list_panel, *ends):
            each.setVisible(not busy)

    def _lay_out(self) -> None:
        self._list_panel = Panel(_("Left out"), "list")
        self._list_panel.body.addWidget(self.left_out, 1)
        foot = QHBoxLayout()
        for button in (self.people, self.doubles):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.report, self.undo, self.another):
            foot.addWidget(button)
        self.told.addWidget(self.notice)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.progress)
        down.addLayout(self.told)
        down.addWidget(self._list_panel, 1)
        down.addStretch(0)
        down.addLayout(foot)
        self.setFocusProxy(self.another)
