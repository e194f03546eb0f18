"""Staff and roles: who works here, as what, in which department, and one's own way in."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.kit import (
    Act,
    Button,
    CommandDelegate,
    CommandRow,
    HeadRow,
    ListView,
    Pane,
    Panel,
    Row,
    Scroll,
    Themed,
    current_look,
    first_stop,
)
from care_console.staff.pane.house import AddForm, DepartmentsForm, RolesHelp
from care_console.staff.pane.one_clerk import ClerkForm
from care_console.staff.pane.own import OwnSecrets
from care_console.staff.records import AttemptRecord, ClerkRecord, DepartmentRecord
from care_console.staff.rules import Permission, Role, role_words
from care_console.staff.service import Department, OnStaff, SignIn, Staff

LIST_WIDTH, BODY_WIDTH = 344, 620
OWN, DEPARTMENTS, ROLES = "own", "departments", "roles"
FIRST_ROLE = Role.RECEPTIONIST  # of somebody new, until another is chosen

StartCard = Callable[[Command, str], Coroutine[Any, Any, int]]
Errand = Coroutine[Any, Any, None]


class StaffPage(Themed, Pane):
    """Everything is kept as it is chosen, and can be taken back.

    ``start_card`` makes an employee's card of a name; without it only employees who have one are
    offered. Whoever may not change the staff still finds their own passphrase and PIN here.
    """

    acted = Signal(object)  # Act
    told = Signal(str)
    passphrase_set = Signal()  # one's own: from now on this desk can be locked

    watches: ClassVar[frozenset[type]] = frozenset({ClerkRecord, DepartmentRecord, AttemptRecord})

    def __init__(
        self,
        staff: Staff,
        sign_in: SignIn,
        command: Callable[[], Command],
        start_card: StartCard | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._staff, self._sign_in, self._command = staff, sign_in, command
        self._start_card = start_card
        self._clerks: list[OnStaff] = []
        self._departments: list[Department] = []
        self._manages = self._unblocks = self._open = False
        self.list = ListView(CommandDelegate(), name=_("Staff and roles"))
        self.add = Button(_("Add"), "plain", "plus")
        self.own, self.clerk = OwnSecrets(), ClerkForm()
        self.departments, self.roles = DepartmentsForm(), RolesHelp()
        self.adding = AddForm(staff.employees, may_start=start_card is not None)
        self._lay_out()
        self.setFocusProxy(self.list)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        self.errands.look("load", self._load())

    async def _load(self) -> None:
        clerk = self._command().clerk
        self._clerks = await self._staff.clerks()
        self._departments = await self._staff.departments()
        self._open = await self._sign_in.needs_passphrase()
        self._manages = await self._staff.may(clerk, Permission.MANAGE_STAFF)
        self._unblocks = await self._staff.may(clerk, Permission.UNBLOCK)
        self.add.setVisible(self._manages)
        self.list.rows.set_rows(self._rows())
        if self.list.row() is None:
            self.list.go_to(OWN)
        self._show()

    def _rows(self) -> list[Row]:
        here = [each for each in self._clerks if each.active]
        gone = [each for each in self._clerks if not each.active]
        rows: list[Row] = [
            HeadRow(_("You")),
            CommandRow(OWN, "key", _("Passphrase and PIN")),
            HeadRow(_("Work here"), str(len(here))),
            *map(_clerk_row, here),
        ]
        if gone:
            rows += [HeadRow(_("No longer work here"), str(len(gone))), *map(_clerk_row, gone)]
        return [
            *rows,
            HeadRow(_("House")),
            CommandRow(DEPARTMENTS, "house", _("Departments")),
            CommandRow(ROLES, "shield", _("What each role may do")),
        ]

    def _show(self) -> None:
        """Show the part of the row that is current, as it is kept."""
        row = self.list.row()
        about = row.id if row is not None else OWN
        me = self._me
        if me is not None:
            self.own.show_clerk(me, stands_open=self._open)
        self.departments.show_departments(self._departments, manages=self._manages)
        if (shown := self._current) is not None:
            self.clerk.show_clerk(
                shown,
                self._departments,
                manages=self._manages,
                unblocks=self._unblocks,
                own=me is not None and shown.card_id == me.card_id,
            )
        part = {OWN: self.own, DEPARTMENTS: self.departments, ROLES: self.roles}.get(
            str(about), self.clerk
        )
        if self._side.currentWidget() is not self._around[self.adding]:
            self._side.setCurrentWidget(self._around[part])

    @property
    def _me(self) -> OnStaff | None:
        return self._clerk(self._command().clerk.card_id)

    @property
    def _current(self) -> OnStaff | None:
        row = self.list.row()
        return self._clerk(row.id) if row is not None else None

    def _clerk(self, card_id: object) -> OnStaff | None:
        return next((each for each in self._clerks if each.card_id == card_id), None)

    # what is done

    def _do(self, errand: Errand) -> None:
        self.errands.do("keep", errand)

    async def _done(self, words: str, undo: Callable[[], Errand]) -> None:
        await self._load()
        self.acted.emit(Act(words, undo))

    async def _change_role(self, clerk: OnStaff, role: Role) -> None:
        change = partial(self._staff.change_role, card_id=clerk.card_id)
        await self._granted(change(self._command(), role=role))
        words = _("{name} is {role} now").format(name=clerk.name, role=role_words(role))
        await self._done(words, lambda: change(self._command(), role=Role(clerk.role)))

    async def _change_department(self, clerk: OnStaff, department_id: int | None) -> None:
        change = partial(self._staff.change_department, card_id=clerk.card_id)
        await self._granted(change(self._command(), department_id=department_id))
        words = _("{name} works in another department now").format(name=clerk.name)
        before = clerk.department_id
        await self._done(words, lambda: change(self._command(), department_id=before))

    async def _set_active(self, clerk: OnStaff, active: bool) -> None:
        ways = (self._staff.deactivate, self._staff.reactivate)
        do, undo = ways if not active else ways[::-1]
        await self._granted(do(self._command(), clerk.card_id))
        words = _("{name} works here again") if active else _("{name} no longer works here")
        words = words.format(name=clerk.name)
        await self._done(words, lambda: undo(self._command(), clerk.card_id))

    async def _granted(self, wish: Errand) -> None:
        """Do it, or show again what holds, and raise on."""
        try:
            await wish
        except CareError:
            self._show()
            raise

    async def _unblock(self, clerk: OnStaff) -> None:
        await self._sign_in.unblock(self._command(), clerk.card_id)
        await self._load()
        self.told.emit(_("{name} may try again").format(name=clerk.name))

    async def _give(self, clerk: OnStaff, passphrase: str) -> None:
        try:
            await self._sign_in.set_passphrase(self._command(), clerk.card_id, passphrase)
        except CareError as trouble:
            self.clerk.refused(str(trouble))
            return
        self.clerk.given()
        await self._load()
        self.told.emit(_("{name} can sign in with it now").format(name=clerk.name))

    async def _keep_own(self, old: str, new: str) -> None:
        command = self._command()
        try:
            await self._sign_in.set_passphrase(command, command.clerk.card_id or 0, new, old)
        except CareError as trouble:
            self.own.refused(trouble, pin=False)
            return
        self.own.kept()
        await self._load()
        self.told.emit(_("Your passphrase is set"))
        self.passphrase_set.emit()

    async def _keep_pin(self, passphrase: str, pin: str) -> None:
        try:
            await self._sign_in.set_pin(self._command(), pin, passphrase)
        except CareError as trouble:
            self.own.refused(trouble, pin=True)
            return
        self.own.kept()
        await self._load()
        self.told.emit(_("Your PIN is set"))

    async def _add(self, card_id: int) -> None:
        try:
            await self._staff.add_clerk(self._command(), card_id, FIRST_ROLE)
        except CareError as trouble:
            self.adding.refused(str(trouble))
            return
        self._end_adding()
        await self._load()
        self.list.go_to(card_id)
        clerk = self._clerk(card_id)
        words = _("{name} works here now").format(name=clerk.name if clerk else "")
        await self._done(words, lambda: self._staff.deactivate(self._command(), card_id))

    async def _add_new(self, name: str) -> None:
        if self._start_card is None:
            return
        try:
            card_id = await self._start_card(self._command(), name)
        except CareError as trouble:
            self.adding.refused(str(trouble))
            return
        await self._add(card_id)

    async def _add_department(self, name: str) -> None:
        async def add() -> Callable[[], Errand]:
            there = await self._staff.add_department(self._command(), name)
            return lambda: self._staff.set_department_active(self._command(), there, False)

        if await self._department(add, _("Department {name} added").format(name=name)):
            self.departments.added_one()

    async def _rename_department(self, department_id: int, name: str) -> None:
        before = {each.id: each.name for each in self._departments}[department_id]
        rename = partial(self._staff.rename_department, department_id=department_id)

        async def change() -> Callable[[], Errand]:
            await rename(self._command(), name=name)
            return lambda: rename(self._command(), name=before)

        await self._department(
            change, _("{before} is called {name} now").format(before=before, name=name)
        )

    async def _turn_department(self, department_id: int, active: bool) -> None:
        turn = partial(self._staff.set_department_active, department_id=department_id)

        async def change() -> Callable[[], Errand]:
            await turn(self._command(), active=active)
            return lambda: turn(self._command(), active=not active)

        name = {each.id: each.name for each in self._departments}[department_id]
        words = _("{name} opened again") if active else _("{name} closed")
        await self._department(change, words.format(name=name))

    async def _department(
        self, change: Callable[[], Coroutine[Any, Any, Callable[[], Errand]]], words: str
    ) -> bool:
        """Change a department and tell it with the way back; return whether that went well."""
        try:
            undo = await change()
        except CareError as trouble:
            self.departments.refused(str(trouble))
            return False
        self.departments.taken()
        await self._done(words, undo)
        return True

    # Qt

    def _start_adding(self) -> None:
        self._side.setCurrentWidget(self._around[self.adding])
        self.adding.begin()

    def _end_adding(self) -> None:
        self._side.setCurrentWidget(self._around[self.own])
        self._show()
        self.list.setFocus()

    def _moved(self, _row: object) -> None:
        self.clerk.given()
        if self._side.currentWidget() is self._around[self.adding]:
            self._side.setCurrentWidget(self._around[self.own])
        self._show()

    def _go_in(self) -> None:
        """Go on from the list to what stands beside it."""
        shown = self._side.currentWidget()
        part = next((each for each, around in self._around.items() if around is shown), None)
        if part is not None and (first := first_stop(part)) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _with_current(self, act: Callable[..., Errand], *values: Any) -> None:
        if (clerk := self._current) is not None:
            self._do(act(clerk, *values))

    def _connect(self) -> None:
        self.list.moved.connect(self._moved)
        self.list.chosen.connect(lambda _row: self._go_in())
        self.add.clicked.connect(self._start_adding)
        act = self._with_current
        clerk, own, house = self.clerk, self.own, self.departments
        clerk.role_chosen.connect(lambda role: act(self._change_role, role))
        clerk.department_chosen.connect(lambda where: act(self._change_department, where))
        clerk.active_wanted.connect(lambda on: act(self._set_active, on))
        clerk.unblock_wanted.connect(lambda: act(self._unblock))
        clerk.passphrase_given.connect(lambda typed: act(self._give, typed))
        own.passphrase_given.connect(lambda old, new: self._do(self._keep_own(old, new)))
        own.pin_given.connect(lambda proof, pin: self._do(self._keep_pin(proof, pin)))
        house.added.connect(lambda name: self._do(self._add_department(name)))
        house.renamed.connect(lambda id, name: self._do(self._rename_department(id, name)))
        house.active_wanted.connect(lambda id, on: self._do(self._turn_department(id, on)))
        self.adding.chosen.connect(lambda card_id: self._do(self._add(card_id)))
        self.adding.somebody_new.connect(lambda name: self._do(self._add_new(name)))
        self.adding.left.connect(self._end_adding)

    def restyle(self) -> None:
        px = current_look().px
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(px(12))
        self._left.setFixedWidth(px(LIST_WIDTH))
        for part in self._around:
            part.setMaximumWidth(px(BODY_WIDTH))
        super().restyle()

    def _lay_out(self) -> None:
        self._left = Panel(_("Staff and roles"), "people", flush=True)
        self._left.head.addWidget(self.add)
        self._left.body.addWidget(self.list, 1)
        main = Panel()
        self._side = QStackedWidget()
        self._around: dict[QWidget, QWidget] = {}
        for part in (self.own, self.clerk, self.departments, self.roles, self.adding):
            self._around[part] = _scrolled(part)
            self._side.addWidget(self._around[part])
        main.body.addWidget(self._side)
        self._across = QHBoxLayout(self)
        self._across.addWidget(self._left)
        self._across.addWidget(main, 1)
        self.restyle()


def _scrolled(part: QWidget) -> QWidget:
    around = QWidget()
    down = QVBoxLayout(around)
    down.setContentsMargins(0, 0, 0, 0)
    down.addWidget(part, 1)
    return Scroll(around)


def _clerk_row(clerk: OnStaff) -> CommandRow:
    told = [role_words(clerk.role), clerk.department]
    if clerk.blocked:
        told.append(_("blocked"))
    sub = " · ".join(part for part in told if part)
    return CommandRow(clerk.card_id, "", clerk.name, sub, name=clerk.name)
