"""The third step of an import: what would be, what cannot be, and who may be there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import N_, _, ngettext
from care_console.cards.rules import Card
from care_console.exchange.pane.cells import CellsTable
from care_console.exchange.pane.parts import ProgressRow
from care_console.exchange.rules.compared import compared
from care_console.exchange.service.unit import LEFT_OUT, NEW
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    Label,
    ListView,
    Notice,
    Panel,
    Row,
    current_look,
)

LIST_WIDTH = 300
ROW, WHY = 0, 1  # the columns of the table that are only read
DECISIONS = {
    "update": N_("Update that card"),
    "new": N_("New card"),
    "out": N_("Leave out"),
}
UNDECIDED = 1 << 62  # stands for no card
NAMED = {NEW: "new", LEFT_OUT: "out"}
Said = Mapping[str, Any]


class CheckStep(QWidget):
    """Rows that cannot be taken are typed over in their table, doubles decided side by side."""

    back_wanted = Signal()
    next_wanted = Signal()
    again_wanted = Signal()
    card_wanted = Signal(int)  # to be shown beside its double

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mended: dict[int, list[str]] = {}
        self.doubles: dict[int, int] = {}
        self._rows: list[int] = []  # of the file, in the order of the table
        self._why: list[str] = []
        self._width = 0
        self._shown: list[int] = []  # places of the cells that the table has
        self._found: dict[int, Said] = {}
        self.progress = ProgressRow()
        self.sums = Notice("info")
        self.problems = CellsTable(_("Rows that cannot be taken"))
        self.why = Label(colour="text2", wrap=True)
        self.list = ListView(CommandDelegate(), name=_("Likely there already"), uniform=True)
        self.beside = CellsTable(_("The card and the row of the file"))
        self.decisions = {each: Button(_(words)) for each, words in DECISIONS.items()}
        self.again = Button(_("Check again"), icon="check")
        self.back, self.next = Button(_("Back")), Button(_("Import"), "primary", key="Ctrl Enter")
        self._lay_out()
        self._connect()

    def begin(self) -> None:
        """Wait for the check."""
        self._busy(True)
        self.progress.begin(_("Checking …"))
        self.progress.cancel.setFocus()

    def show_found(
        self,
        sums: Mapping[str, int],
        titles: Sequence[str],
        rows: Sequence[Said],
        doubles: Sequence[Said],
    ) -> None:
        """Show what a check found; ``titles`` are those of the cells."""
        self._busy(False)
        self._show_sums(sums)
        self._show_problems(titles, [row for row in rows if row["row"]])
        self._found = {double["double"]: double for double in doubles}
        self.list.rows.set_rows([self._double(row) for row in self._found])
        self._twos.setVisible(bool(doubles))
        self.list.go_to_first()
        self.next.setFocus()

    def show_card(self, card: Card | None) -> None:
        """Show the card beside its double."""
        double = self._current()
        if double is None or card is None:
            self.beside.cells.show_rows((), ())
            return
        titles = (_("What"), _("On the card"), _("In the file"))
        self.beside.cells.show_rows(titles, compared(card, double["said"]), fixed=1)

    def forget(self) -> None:
        """Begin with another file."""
        self.mended, self.doubles = {}, {}

    def _current(self) -> Said | None:
        row = self.list.row()
        return None if row is None else self._found.get(row.id)  # type: ignore[call-overload]

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for each in (self.sums, self._bad, self._twos, self.next, self.again):
            each.setVisible(not busy)

    def _show_sums(self, sums: Mapping[str, int]) -> None:
        told = _("{new} new, {updated} updated, {unchanged} unchanged, {left_out} left out.")
        rows = ngettext("{n} row.", "{n} rows.", sums["read"]).format(n=sums["read"])
        self.sums.tell(rows, rest=told.format(**sums), sub=_("Nothing is kept yet."))

    def _show_problems(self, titles: Sequence[str], rows: Sequence[Said]) -> None:
        self._rows = [row["row"] for row in rows]
        self._why = [row["why"] for row in rows]
        self._explain(0)
        self._width = len(titles)
        cells = [row["cells"] for row in rows]
        filled = [at for at in range(len(titles)) if any(at < len(c) and c[at] for c in cells)]
        self._shown = filled or list(range(min(len(titles), 4)))
        first = [at for at in range(len(titles)) if at not in self._shown][:2]
        self._shown = sorted([*self._shown, *first])
        heads = (_("Row"), _("Why"), *(titles[at] for at in self._shown))
        table = [
            (str(row["row"]), row["why"], *(_at(row["cells"], at) for at in self._shown))
            for row in rows
        ]
        self.problems.cells.show_rows(heads, table, fixed=2, editable=True)
        words = ngettext("{n} row cannot be taken", "{n} rows cannot be taken", len(rows))
        self._bad.title.setText(words.format(n=len(rows)))
        self._bad.setVisible(bool(rows))
        self.again.setVisible(bool(rows))

    def _mend(self, place: int) -> None:
        row = self._rows[place]
        cells = self.mended.setdefault(row, [""] * self._width)
        for at, words in zip(self._shown, self.problems.cells.cells(place), strict=True):
            cells[at] = words
        self.problems.cells.set_fixed(place, WHY, _("Changed: it is tried again"))

    def _explain(self, place: int) -> None:
        """Say in full why the current row cannot be taken."""
        self.why.setText(self._why[place] if 0 <= place < len(self._why) else "")

    def _double(self, row: int) -> CommandRow:
        decided = self.doubles.get(row)
        key = (
            {NEW: "new", LEFT_OUT: "out"}.get(decided, "update")
            if decided is not None
            else "update"
        )
        name = self._found[row]["name"] or _("Without a name")
        return CommandRow(row, "merge", name, sub=_(DECISIONS[key]))

    def _decide(self, decision: str) -> None:
        double = self._current()
        if double is None:
            return
        row = int(double["double"])
        self.doubles[row] = {"new": NEW, "out": LEFT_OUT}.get(decision, int(double["card_id"]))
        self.list.rows.set_rows([self._double(each) for each in self._found])
        self.list.go_to(row)
        self.list.step(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the list of doubles 1, 2 and 3 decide."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = event.key() - Qt.Key.Key_1
            if 0 <= at < len(DECISIONS):
                self._decide(list(DECISIONS)[at])
                return True
        return super().eventFilter(watched, event)

    def _moved(self, row: Row | None) -> None:
        if (double := self._current()) is not None and row is not None:
            self.card_wanted.emit(double["card_id"])

    def _connect(self) -> None:
        self.problems.cells.changed.connect(self._mend)
        self.problems.moved.connect(self._explain)
        self.list.moved.connect(self._moved)
        self.list.installEventFilter(self)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.again.clicked.connect(self.again_wanted)
        for at, (decision, button) in enumerate(self.decisions.items(), 1):
            button.set_key(str(at))
            button.clicked.connect(lambda decision=decision: self._decide(decision))

    def _lay_out(self) -> None:
        px = current_look().px
        self._bad = Panel(_("Rows that cannot be taken"), "alert")
        self._twos = Panel(_("Likely there already"), "merge", flush=True)
        self._bad.body.addWidget(self.problems, 1)
        self._bad.body.addWidget(self.why)
        self._bad.head.addWidget(Label(_("Enter changes a cell"), size=12, colour="text3"))
        self._bad.head.addWidget(self.again)
        for button in self.decisions.values():
            self._twos.head.addWidget(button)
        both = QHBoxLayout()
        both.addWidget(self.list)
        both.addWidget(self.beside, 1)
        self.list.setFixedWidth(px(LIST_WIDTH))
        self._twos.body.addLayout(both, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.progress)
        down.addWidget(self.sums)
        down.addWidget(self._bad, 1)
        down.addWidget(self._twos, 1)
        down.addStretch(0)
        down.addLayout(foot)
        self.setFocusProxy(self.next)


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""
