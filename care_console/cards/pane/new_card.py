"""A new card in four fields, while somebody speaks."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import N_, _
from care_console.cards.pane.beside import Beside
from care_console.cards.pane.columns import Columns
from care_console.cards.rules import Group, NewCard
from care_console.cards.rules.typed import new_card
from care_console.cards.service import Doubles
from care_console.kit import Button, Chip, Field, FlowLayout, Label, LineEdit

FIELDS = {  # in their order: how they are called, and what stands in them while they are empty
    "name": (N_("Name"), N_("first and last")),
    "phone": (N_("Phone"), N_("optional")),
    "email": (N_("E-mail"), N_("optional")),
    "company": (N_("Company"), N_("optional")),
}


class NewCardForm(QWidget):
    """Says which card is wanted; whoever started it makes it, or says with ``refuse`` why not."""

    wanted = Signal(object)  # NewCard
    opened = Signal(int)  # a card that is likely the same, in place of a new one

    def __init__(
        self,
        today: Callable[[], date],
        *,
        key: str = "Ctrl N",
        groups: Sequence[str] = (Group.END_USER,),
        doubles: Doubles | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._usual = today, frozenset(groups)
        self.fields: dict[str, Field] = {}
        self.edits: dict[str, LineEdit] = {}
        self.groups = {group: Chip(group=group) for group in Group}
        self.button = Button(_("Create card"), "plain", "plus", key)
        self.button.clicked.connect(self.submit)
        self.beside = Beside(doubles) if doubles is not None else None
        self._lay_out()
        self.begin()

    def begin(self, *, phone: str = "", name: str = "") -> None:
        """Start over, with what is known already."""
        known = {"phone": phone, "name": name}
        for field, edit in self.edits.items():
            edit.setText(known.get(field, ""))
            self.fields[field].fault()
        for group, chip in self.groups.items():
            chip.setChecked(group in self._usual)
        if self.beside is not None:
            self.beside.clear()

    def submit(self) -> None:
        """Say which card is wanted. What was typed stays until ``begin``."""
        self.fields["name"].fault()
        new = self._card()
        self.wanted.emit(new if self.beside is None else self.beside.with_despite(new))

    def refuse(self, sentence: str) -> None:
        """Say why there is no card. Nothing that was typed is lost."""
        self.fields["name"].fault(sentence)
        self.edits["name"].setFocus()

    @property
    def typed(self) -> bool:
        """Whether something was typed."""
        return any(edit.text().strip() for edit in self.edits.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From a field ↓ goes to whoever is there already."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            there = self.beside is not None and self.beside.isVisible()
            if there and self.beside is not None and event.key() == Qt.Key.Key_Down:
                self.beside.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _card(self) -> NewCard:
        typed = {field: edit.text() for field, edit in self.edits.items()}
        chosen = [group for group, chip in self.groups.items() if chip.isChecked()]
        return new_card(**typed, groups=chosen, today=self._today())

    def _look(self) -> None:
        if self.beside is not None:
            self.beside.look(self._card())

    def _turned(self, found: bool) -> None:
        self.button.setText(_("Create a new card anyway") if found else _("Create card"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._fields())
        column.addLayout(self._groups())
        self.foot = QHBoxLayout()  # where others may put their buttons
        self.foot.addWidget(self.button)
        self.foot.addStretch(1)
        column.addLayout(self.foot)
        if self.beside is not None:
            column.addWidget(self.beside)
            self.beside.chosen.connect(self.opened)
            self.beside.turned.connect(self._turned)
            self.beside.why.returnPressed.connect(self.submit)
        column.addStretch(1)

    def _fields(self) -> Columns:
        columns = Columns()
        for field, (words, placeholder) in FIELDS.items():
            edit = self.edits[field] = LineEdit(_(placeholder))
            edit.returnPressed.connect(self.submit)
            edit.textEdited.connect(self._look)
            edit.installEventFilter(self)
            self.fields[field] = Field(_(words), edit)
            columns.hold(self.fields[field])
        self.setFocusProxy(self.edits["name"])
        return columns

    def _groups(self) -> QHBoxLayout:
        chips = QWidget()
        flow = FlowLayout(chips, gap=8)
        for chip in self.groups.values():
            flow.addWidget(chip)
        which = QHBoxLayout()
        name = Label(_("Group"), size=12, weight=500, colour="text2")
        which.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
        which.addWidget(chips, 1)
        return which
