"""The departments, what each role may do, and whom one makes a clerk."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import (
    Button,
    CommandDelegate,
    CommandRow,
    Errands,
    Field,
    Label,
    LineEdit,
    ListView,
)
from care_console.staff.pane.secret_edit import STEPS, Person
from care_console.staff.rules import MAY, permission_words, who_may_words
from care_console.staff.service import Department

Find = Callable[[str], Coroutine[Any, Any, Sequence[Person]]]
LONGEST = 100


class DepartmentsForm(QWidget):
    """Each department in a field of its own: leaving it renames, an empty line adds one."""

    added = Signal(str)
    renamed = Signal(int, str)
    active_wanted = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[int, LineEdit] = {}
        self.buttons: dict[int, Button] = {}
        self.new = Field(_("Another department"), LineEdit(_("Accounts, Workshop, …")))
        self.add = Button(_("Add"))
        self.trouble = Label(size=12, weight=500, colour="bad", wrap=True)
        self._rows = QVBoxLayout()
        self._kept: dict[int, Department] = {}
        self._manages = False
        self._lay_out()
        self.setFocusProxy(self.new.edit)
        self.add.clicked.connect(self._add)
        self._edit.setMaxLength(LONGEST)
        self._edit.returnPressed.connect(self._add)

    def show_departments(self, departments: Sequence[Department], *, manages: bool) -> None:
        """Show them as they are kept; what is just being typed stays."""
        self._manages = manages
        if list(self._kept) != [each.id for each in departments]:
            self._renew(departments)
        self._kept = {each.id: each for each in departments}
        for each in departments:
            field, button = self.fields[each.id], self.buttons[each.id]
            if not field.hasFocus():
                field.setText(each.name)
            field.setEnabled(manages and each.active)
            button.setText(_("Close") if each.active else _("Open again"))
            words = _("Close {name}") if each.active else _("Open {name} again")
            button.setAccessibleName(words.format(name=each.name))
            button.setVisible(manages)
        self.new.setVisible(manages)
        self.add.setVisible(manages)

    def refused(self, sentence: str) -> None:
        """Say why it was not taken; what was typed is still where it was."""
        self.trouble.setText(sentence)

    def taken(self) -> None:
        """Nothing is wrong any more."""
        self.trouble.setText("")

    def added_one(self) -> None:
        """The new one is kept: be ready for another."""
        self._edit.clear()

    @property
    def _edit(self) -> LineEdit:
        edit = self.new.edit
        assert isinstance(edit, LineEdit)
        return edit

    def _add(self) -> None:
        if self._edit.text().strip():
            self.added.emit(self._edit.text())

    def _rename(self, department_id: int) -> None:
        typed = self.fields[department_id].text()
        if self._manages and typed != self._kept[department_id].name:
            self.renamed.emit(department_id, typed)

    def _turn(self, department_id: int) -> None:
        self.active_wanted.emit(department_id, not self._kept[department_id].active)

    def _renew(self, departments: Sequence[Department]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        self.fields, self.buttons = {}, {}
        for each in departments:
            self._rows.addWidget(self._row(each))

    def _row(self, department: Department) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        field = self.fields[department.id] = LineEdit(name=_("Name of the department"))
        field.setMaxLength(LONGEST)
        button = self.buttons[department.id] = Button("", "quiet")
        field.editingFinished.connect(lambda: self._rename(department.id))
        button.clicked.connect(lambda: self._turn(department.id))
        across.addWidget(field, 1)
        across.addWidget(button)
        return row

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        words = _("Who works in a closed one stays in it until you choose another.")
        down.addWidget(Label(_("Departments"), size=20, weight=600))
        down.addWidget(Label(words, colour="text2", wrap=True))
        down.addLayout(self._rows)
        down.addWidget(self.trouble)
        down.addWidget(self.new)
        down.addWidget(self.add)
        down.addStretch(1)


class RolesHelp(QWidget):
    """What each role may do, written from the table by which it is checked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        words = _("Whatever is not named here, everybody may do.")
        grid.addWidget(Label(_("What each role may do"), size=20, weight=600), 0, 0, 1, 2)
        grid.addWidget(Label(words, colour="text2", wrap=True), 1, 0, 1, 2)
        for at, permission in enumerate(MAY, start=2):
            grid.addWidget(Label(permission_words(permission), wrap=True), at, 0)
            grid.addWidget(Label(who_may_words(permission), colour="text2", wrap=True), at, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(MAY) + 2, 1)


class AddForm(QWidget):
    """An employee becomes a clerk: by a few letters of the name, or as somebody new."""

    chosen = Signal(int)  # an employee's card
    somebody_new = Signal(str)  # the name, of whom a card is started
    left = Signal()

    def __init__(self, find: Find, *, may_start: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find, self._may_start = find, may_start
        self.errands = Errands(self)
        self.name = Field(_("Name of the employee"), LineEdit(icon="search"))
        self.list = ListView(CommandDelegate(flush=True), name=_("Employees"), led=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field leads it
        self._for: str | None = None  # what was typed when these rows were found
        self.new = Button("", "plain", "plus")
        self.back = Button(_("Back"), "quiet")
        self._lay_out()
        self.setFocusProxy(self.name.edit)
        self._edit.textEdited.connect(self._look)
        self._edit.returnPressed.connect(self._enter)
        self._edit.installEventFilter(self)
        self.list.chosen.connect(lambda row: self.chosen.emit(row.id))
        self.list.clicked.connect(lambda _index: self.list.choose())
        self.new.clicked.connect(lambda: self.somebody_new.emit(self._edit.text()))
        self.back.clicked.connect(self.left)

    def begin(self) -> None:
        """Ask anew."""
        self._edit.clear()
        self.name.fault()
        self._look("")
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def refused(self, sentence: str) -> None:
        """Say why it was not taken."""
        self.name.fault(sentence)

    @property
    def _edit(self) -> LineEdit:
        edit = self.name.edit
        assert isinstance(edit, LineEdit)
        return edit

    def _look(self, typed: str) -> None:
        self.name.fault()
        self.new.setVisible(self._may_start and bool(typed.strip()))
        self.new.setText(_("Start a card for {name}").format(name=typed.strip()[:60]))
        self.errands.look("employees", self._show(typed))

    async def _show(self, typed: str) -> None:
        rows = [CommandRow(id, "", name, name=name) for id, name in await self._find(typed)]
        self._for = typed
        self.list.set_empty(self._nobody(typed))
        self.list.rows.set_rows(rows)
        self.new.set_key("" if rows else _("Enter"))
        if rows:
            self.list.go_to_first()

    def _nobody(self, typed: str) -> str:
        """Return what stands where no row does."""
        if typed.strip():
            return _("No employee of this name who is not a clerk already.")
        return _("Type the name: whoever has no card yet gets one.") if self._may_start else ""

    def _enter(self) -> None:
        """Take the row that is shown for what stands there, or start a card where there is none."""
        typed = self._edit.text()
        self.errands.do("enter", self._take(typed))

    async def _take(self, typed: str) -> None:
        if self._for != typed:
            await self._show(typed)
        if self.list.row() is not None:
            self.list.choose()
        elif self._may_start and typed.strip():
            self.somebody_new.emit(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field's ↓ and ↑ go through the list under it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.list.step(step)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        words = _("Every clerk is an employee with a card; employees are customers, too.")
        down.addWidget(Label(_("Who is to work here?"), size=20, weight=600))
        down.addWidget(Label(words, colour="text2", wrap=True))
        down.addWidget(self.name)
        down.addWidget(self.list, 1)
        last = QHBoxLayout()
        last.addWidget(self.new)
        last.addStretch(1)
        last.addWidget(self.back)
        down.addLayout(last)
