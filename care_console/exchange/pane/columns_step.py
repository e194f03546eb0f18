"""The second step of an import: what the columns of a table hold."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.names import clean, isolated
from care_console.base.words import _, ngettext
from care_console.exchange.pane.cells import CellsTable
from care_console.exchange.pane.parts import Choice
from care_console.exchange.rules.look import Look
from care_console.exchange.rules.mapping import AS_GUESSED, CHOICES
from care_console.exchange.rules.reading import ENCODINGS, NOTHING, SEPARATORS
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    Label,
    ListView,
    Panel,
    Row,
    current_look,
)

MOST_TITLES, LONGEST_TITLE = 5, 40  # of columns that are left out; the list has them all
OFFERED = ("utf-8", "cp1252", "latin-1", "cp850", "mac-roman", "utf-16")
CHOICES_WIDTH, PREVIEW_HEIGHT = 280, 150


class ColumnsStep(QWidget):
    """At the left a column, at the right what it holds: Enter there goes to the next column."""

    back_wanted = Signal()
    next_wanted = Signal()
    read_anew = Signal(str, str)  # an encoding, a separator

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look: Look | None = None
        self._chosen: dict[int, str] = {}
        self.columns = ListView(CommandDelegate(), name=_("Columns of the file"), uniform=True)
        self.choices = ListView(CommandDelegate(), name=_("What it holds"), uniform=True)
        self.preview = CellsTable(_("First rows of the file"))
        self.encoding, self.separator = Choice(_("Letters")), Choice(_("Between the columns"))
        self.back, self.next = Button(_("Back")), Button(_("Go on"), "primary", key="Ctrl Enter")
        self.told = Label(colour="text2", wrap=True)
        self._lay_out()
        self._connect()

    def show_look(self, look: Look, remembered: Mapping[int, str]) -> None:
        """Show a file, with what was said of columns with the same titles before."""
        self._look = look
        self._chosen = {at: choice for at, choice in remembered.items() if at < len(look.titles)}
        names = dict.fromkeys((look.encoding, *OFFERED))
        said = {ENCODINGS.get(name, name): name for name in reversed(names)}
        self.encoding.offer((name, words) for words, name in reversed(said.items()))
        self.encoding.press(said[ENCODINGS.get(look.encoding, look.encoding)])
        self.separator.offer((each, _(words)) for each, words in SEPARATORS.items())
        self.separator.press(look.separator)
        self.preview.cells.show_rows(look.titles, look.first)
        self._list()
        self.columns.go_to_first()

    @property
    def chosen(self) -> dict[int, str]:
        """What was said otherwise than guessed, by the place of the column."""
        if self._look is None:
            return {}
        guesses = self._look.guesses
        return {at: choice for at, choice in self._chosen.items() if choice != guesses[at]}

    def go_in(self) -> None:
        """Give the keyboard to the columns."""
        self.columns.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list(self) -> None:
        assert self._look is not None
        self.columns.rows.set_rows([self._row(at) for at in range(len(self._look.titles))])
        places = range(len(self._look.titles))
        left = [self._title(at) for at in places if self._holds(at) == NOTHING]
        words = ngettext(
            "{n} column is left out: {titles}", "{n} columns are left out: {titles}", len(left)
        )
        titles = ", ".join(isolated(clean(each, LONGEST_TITLE)) for each in left[:MOST_TITLES])
        if len(left) > MOST_TITLES:
            titles = _("{titles}, …").format(titles=titles)
        told = words.format(n=len(left), titles=titles)
        self.told.setText(told if left else _("Every column is taken."))

    def _holds(self, at: int) -> str:
        assert self._look is not None
        return self._chosen.get(at, self._look.guesses[at])

    def _title(self, at: int) -> str:
        assert self._look is not None
        return self._look.titles[at] or _("Column {n}").format(n=at + 1)

    def _row(self, at: int) -> CommandRow:
        assert self._look is not None
        choice = self._holds(at)
        words = _(CHOICES[choice]) if choice in CHOICES else _("As its title says")
        some = [row[at] for row in self._look.first if at < len(row) and row[at]]
        icon = "minus" if choice == NOTHING else "check"
        return CommandRow(at, icon, self._title(at), sub=" · ".join((words, *some[:2])))

    def _show_choices(self, row: Row | None) -> None:
        if row is None or not isinstance(row.id, int) or self._look is None:
            return
        offered = [CommandRow(choice, "", _(words)) for choice, words in CHOICES.items()]
        if self._look.guesses[row.id] == AS_GUESSED:
            offered.insert(0, CommandRow(AS_GUESSED, "", _("As its title says")))
        self.choices.rows.set_rows(offered)
        self.choices.go_to(self._holds(row.id))

    def _choose(self, row: Row) -> None:
        column = self.columns.row()
        if column is None or not isinstance(column.id, int):
            return
        at = column.id
        self._chosen[at] = str(row.id)
        self._list()
        self.columns.go_to(at)
        self.columns.step(1)
        self.go_in()

    def _connect(self) -> None:
        self.columns.moved.connect(self._show_choices)
        self.columns.chosen.connect(lambda _row: self.choices.setFocus())
        self.choices.chosen.connect(self._choose)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        for each in (self.encoding, self.separator):
            each.chosen.connect(self._read_anew)

    def _read_anew(self, _value: str) -> None:
        self.read_anew.emit(self.encoding.value, self.separator.value)

    def _lay_out(self) -> None:
        px = current_look().px
        left = Panel(_("Columns of the file"), "list", flush=True)
        right = Panel(_("What it holds"), "tag", flush=True)
        left.body.addWidget(self.columns, 1)
        right.body.addWidget(self.choices, 1)
        right.setFixedWidth(px(CHOICES_WIDTH))
        reading = Panel(_("First rows"), "file")
        ways = QHBoxLayout()
        ways.addWidget(self.separator, 1)
        ways.addWidget(self.encoding, 1)
        reading.body.addLayout(ways)
        reading.body.addWidget(self.preview)
        self.preview.setFixedHeight(px(PREVIEW_HEIGHT))
        both = QHBoxLayout()
        both.addWidget(left, 1)
        both.addWidget(right)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addLayout(both, 1)
        down.addWidget(reading)
        down.addLayout(foot)
        self.setFocusProxy(self.columns)
