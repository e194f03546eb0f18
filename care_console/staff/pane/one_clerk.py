"""One clerk: what they are, where they work, and how they get in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from care_console.base.words import _
from care_console.kit import Button, Chip, Field, FlowLayout, Label, Notice, Rule
from care_console.staff.pane.secret_edit import SecretEdit
from care_console.staff.rules import Role, permission_words, role_words
from care_console.staff.rules.roles import MAY, Permission
from care_console.staff.service import Department, OnStaff

Choice = tuple[str, object]  # the words on a chip, and what it stands for


class Chips(QWidget):
    """A question with a few answers on chips, one of which holds."""

    chosen = Signal(object)

    def __init__(self, question: str) -> None:
        super().__init__()
        self.chips: dict[object, Chip] = {}
        self._flow = FlowLayout(self)
        self.setAccessibleName(question)

    def offer(self, choices: Sequence[Choice], holds: object, *, enabled: bool) -> None:
        """Show ``choices``, of which one ``holds``."""
        if list(self.chips) != [value for _words, value in choices]:
            self._renew(choices)
        for words, value in choices:
            chip = self.chips[value]
            chip.setText(words)
            chip.setChecked(value == holds)
            chip.setEnabled(enabled or value == holds)

    def _renew(self, choices: Sequence[Choice]) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for words, value in choices:
            chip = self.chips[value] = Chip(words)
            chip.clicked.connect(lambda on, value=value: self._press(value, on))
            self._flow.addWidget(chip)
            chip.show()

    def _press(self, value: object, on: bool) -> None:
        """Wish for another answer; the one that holds stays as it is."""
        if on:
            self.chosen.emit(value)
        else:
            self.chips[value].setChecked(True)


class ClerkForm(QWidget):
    """Shows a clerk; what is chosen is a wish until the service has granted it."""

    role_chosen = Signal(object)  # Role
    department_chosen = Signal(object)  # its id, or None
    active_wanted = Signal(bool)
    passphrase_given = Signal(str)
    unblock_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label(size=20, weight=600, wrap=True)
        self.stands = Label(colour="text2", wrap=True)
        self.unblock = Button(_("Let them try again"))
        self.blocked = Notice("warn", icon="lock", trailing=self.unblock)
        self.roles = Chips(_("Role"))
        self.may = Label(size=12, colour="text2", wrap=True)
        self.departments = Chips(_("Department"))
        self.first = Field(_("Give a passphrase"), SecretEdit())
        self.give = Button(_("Give"))
        self.show_it = Chip(_("Show what I type"))
        self.leave = Button("", "plain")
        self._why = Label(_("Only an administrator changes this."), size=12, colour="text3")
        self._above, self._below = Rule(), Rule()
        self._active = True
        self._lay_out()
        self._connect()

    def show_clerk(
        self,
        clerk: OnStaff,
        departments: Sequence[Department],
        *,
        manages: bool,
        unblocks: bool,
        own: bool,
    ) -> None:
        """Show how a clerk stands, and what of it may be changed here."""
        self._active = clerk.active
        self.name.setText(clerk.name)
        self.stands.setText(_stands(clerk))
        self.blocked.tell(
            _("Blocked after a hundred wrong tries."),
            sub=_("Ask them first whether it was they who tried."),
        )
        self.blocked.setVisible(clerk.blocked)
        self.unblock.setEnabled(unblocks and not own)
        self._show_choices(clerk, departments, changes=manages and clerk.active)
        gives = manages and clerk.active and not own
        self.first.setVisible(gives)
        self.give.setVisible(gives)
        self.show_it.setVisible(gives)
        self.first.say(_("Tell it to them; they set their own after they have signed in."))
        self.leave.setText(_("No longer works here") if clerk.active else _("Works here again"))
        self.leave.setVisible(manages)
        self._above.setVisible(manages)
        self._below.setVisible(gives)
        self._why.setVisible(not manages)

    def _show_choices(
        self, clerk: OnStaff, departments: Sequence[Department], *, changes: bool
    ) -> None:
        roles = [(role_words(role), role) for role in Role]
        self.roles.offer(roles, clerk.role, enabled=changes)
        self.may.setText(_may_words(clerk.role))
        named = [(each.name, each.id) for each in departments if _offered(each, clerk)]
        none = (_("None"), None)
        self.departments.offer([none, *named], clerk.department_id, enabled=changes)

    def refused(self, sentence: str) -> None:
        """Say why the passphrase was not taken."""
        self.first.fault(sentence)

    def given(self) -> None:
        """Forget the passphrase that was given."""
        edit = self.first.edit
        assert isinstance(edit, SecretEdit)
        edit.take()
        self.first.fault()
        self.show_it.setChecked(False)

    def _give(self) -> None:
        edit = self.first.edit
        assert isinstance(edit, SecretEdit)
        if edit.text():
            self.passphrase_given.emit(edit.text())
        else:
            self.first.fault(_("Type a passphrase for them first."))

    def _connect(self) -> None:
        self.roles.chosen.connect(self.role_chosen)
        self.departments.chosen.connect(self.department_chosen)
        self.leave.clicked.connect(lambda: self.active_wanted.emit(not self._active))
        self.unblock.clicked.connect(self.unblock_wanted)
        self.give.clicked.connect(self._give)
        edit = self.first.edit
        assert isinstance(edit, SecretEdit)
        edit.returnPressed.connect(self._give)
        self.show_it.toggled.connect(edit.show_typed)

    def _lay_out(self) -> None:
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        parts: tuple[QWidget, ...] = (
            *(self.name, self.stands, self.blocked),
            *(_title(_("Role")), self.roles, self.may, self._why),
            *(_title(_("Department")), self.departments, self._above),
            self.first,
        )
        for part in parts:
            down.addWidget(part)
        across = QHBoxLayout()
        across.addWidget(self.give)
        across.addWidget(self.show_it)
        across.addStretch(1)
        down.addLayout(across)
        down.addWidget(self._below)
        down.addWidget(self.leave)
        down.addStretch(1)


def _title(words: str) -> Label:
    return Label(words, size=12, weight=500, colour="text2")


def _stands(clerk: OnStaff) -> str:
    if not clerk.active:
        return _("No longer works at a console. What they did stays theirs.")
    if not clerk.has_passphrase:
        return _("Has no passphrase yet and cannot sign in.")
    return _("Has a passphrase and a PIN.") if clerk.has_pin else _("Has a passphrase, but no PIN.")


def _offered(department: Department, clerk: OnStaff) -> bool:
    return department.active or department.id == clerk.department_id


def _may_words(role: str) -> str:
    """Return what a role may do, from the one table."""
    may = [permission_words(each) for each in Permission if role in MAY[each]]
    return _("May: {list}.").format(list="; ".join(may)) if may else _("May nothing.")
