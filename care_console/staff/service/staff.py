"""Who works here, as what, and the one place in which it is checked who may do something."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from uuid import uuid5

from sqlmodel import Session, case, col, select

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.errors import CareError
from care_console.base.fold import fold
from care_console.base.names import clean
from care_console.base.words import N_
from care_console.journal.service import Journal
from care_console.staff.records import ClerkRecord, DepartmentRecord
from care_console.staff.rules.roles import MAY, NotAllowed, Permission, Role, known_role, may
from care_console.staff.service import reading
from care_console.staff.service.reading import Department, OnStaff
from care_console.store import Store, ask

ROLE = "SELECT role FROM clerk WHERE card_id = :card AND active"
DEPARTMENT = "SELECT department_id FROM clerk WHERE card_id = :card"
FIRST_ROLE = Role.ADMINISTRATOR  # whoever starts the first console may do everything


class NoClerk(CareError):
    """Nobody of this card works at a console, or the department is not there."""


class NotTaken(CareError):
    """A clerk or a department cannot be as it was asked for."""


class LastAdministrator(CareError):
    """Without this one nobody could say any more who works here."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The clerks, and what they may do."""

    store: Store
    journal: Journal
    clock: Clock

    # who there is

    async def clerk(self) -> Clerk | None:
        """Return who sits here while nobody has to sign in, or None before the first start."""
        return await self.store.read(self.first)

    def first(self, db: Session) -> Clerk | None:
        """Return the same inside somebody's unit: the first administrator, else the first clerk."""
        last = case((col(ClerkRecord.role) == Role.ADMINISTRATOR, 0), else_=1)
        wanted = select(ClerkRecord).where(ClerkRecord.active)
        found = db.exec(wanted.order_by(last, col(ClerkRecord.card_id)).limit(1)).one_or_none()
        if found is None:
            return None
        return Clerk(reading.name_of(db, found.card_id), found.role, found.card_id)

    def make(self, db: Session, card_id: int, role: str = FIRST_ROLE) -> None:
        """Make an employee a clerk, inside somebody's unit."""
        db.add(ClerkRecord(card_id=card_id, role=role))

    async def clerks(self, *, active_only: bool = False) -> list[OnStaff]:
        """Return who works here, by name, and after them who did."""
        return await self.store.read(reading.clerks_of, active_only=active_only)

    async def departments(self, *, active_only: bool = False) -> list[Department]:
        """Return the parts of the house, by name."""
        return await self.store.read(reading.departments_of, active_only=active_only)

    async def employees(self, typed: str) -> list[tuple[int, str]]:
        """Return cards and names of employees who are no clerks yet, by some letters of a name."""
        return await self.store.read(reading.employees_like, typed, self._today())

    async def may(self, clerk: Clerk, permission: Permission) -> bool:
        """Return whether a clerk may do something now, so that a page can hide what is not."""
        if clerk.card_id is None:
            return False
        return may(await self.store.read(self.role_of, clerk.card_id), permission)

    async def known(self, clerk: Clerk) -> Clerk | None:
        """Return a clerk who signed in once as they are now, or None if they work here no more."""
        return await self.store.read(self._known, clerk)

    # what is asked inside somebody's unit

    def demand(self, db: Session, command: Command, permission: Permission) -> Role:
        """Raise NotAllowed unless the clerk of ``command`` may do it now; return their role.

        What the records say at this moment counts, not what they said when the clerk signed in.
        """
        card_id = command.clerk.card_id
        role = None if card_id is None else self.role_of(db, card_id)
        if role is None or not may(role, permission):
            raise NotAllowed(permission)
        return role

    def role_of(self, db: Session, card_id: int) -> Role | None:
        """Return what a clerk is now, or None for whoever works at no console."""
        db.flush()
        kept = ask(db, ROLE, {"card": card_id})
        return known_role(kept[0][0]) if kept else None

    def is_clerk(self, db: Session, card_id: int) -> bool:
        """Return whether somebody signs in, or did, with this card."""
        row = select(ClerkRecord.card_id).where(ClerkRecord.card_id == card_id)
        return db.exec(row).one_or_none() is not None

    def department_of(self, db: Session, card_id: int) -> int | None:
        """Return the id of the department in which a clerk works, or None."""
        db.flush()
        kept = ask(db, DEPARTMENT, {"card": card_id})
        return kept[0][0] if kept else None

    def able(self, db: Session, permission: Permission) -> list[int]:
        """Return the cards of the active clerks who may do something."""
        row = select(ClerkRecord.card_id).where(
            ClerkRecord.active, col(ClerkRecord.role).in_(list(MAY.get(permission, ())))
        )
        return list(db.exec(row.order_by(col(ClerkRecord.card_id))))

    def name_of(self, db: Session, card_id: int) -> str:
        """Return the name of a clerk, or "" for a card that is gone."""
        return reading.name_of(db, card_id)

    # denials

    @asynccontextmanager
    async def guarded(self, command: Command) -> AsyncIterator[None]:
        """Journal a denial of what is done inside, and raise it on."""
        try:
            yield
        except NotAllowed as denial:
            await self.refused(command, denial.permission)
            raise

    async def refused(self, command: Command, permission: Permission) -> None:
        """Journal that ``command`` was denied, once however often it was sent."""
        await self.store.write(self._refused, command, permission)

    # what an administrator does

    async def add_clerk(
        self, command: Command, card_id: int, role: Role, department_id: int | None = None
    ) -> None:
        """Let an employee work at the consoles, or work here again.

        Raises NotAllowed, and NotTaken for whoever is no employee or has another clerk's name.
        """
        async with self.guarded(command):
            await self.store.write(self._add_clerk, command, card_id, role, department_id)

    async def change_role(self, command: Command, card_id: int, role: Role) -> None:
        """Make a colleague something else.

        Raises NotAllowed, NoClerk, LastAdministrator, and NotTaken for oneself.
        """
        async with self.guarded(command):
            await self.store.write(self._change, command, card_id, "role", role)

    async def change_department(
        self, command: Command, card_id: int, department_id: int | None
    ) -> None:
        """Have a clerk work in another department, or none. Raises NotAllowed and NoClerk."""
        async with self.guarded(command):
            await self.store.write(self._change, command, card_id, "department", department_id)

    async def deactivate(self, command: Command, card_id: int) -> None:
        """Let a clerk in no more. Raises NotAllowed, NoClerk and LastAdministrator."""
        async with self.guarded(command):
            await self.store.write(self._change, command, card_id, "active", False)

    async def reactivate(self, command: Command, card_id: int) -> None:
        """Let a clerk in again, as what they were. Raises NotAllowed, NoClerk and NotTaken."""
        async with self.guarded(command):
            await self.store.write(self._change, command, card_id, "active", True)

    async def add_department(self, command: Command, name: str) -> int:
        """Add a part of the house, or open the closed one of this name; return its id.

        Raises NotAllowed and NotTaken.
        """
        async with self.guarded(command):
            return await self.store.write(self._add_department, command, name)

    async def rename_department(self, command: Command, department_id: int, name: str) -> None:
        """Call it something else. Raises NotAllowed, NoClerk and NotTaken."""
        async with self.guarded(command):
            await self.store.write(self._change_department, command, department_id, name, None)

    async def set_department_active(
        self, command: Command, department_id: int, active: bool
    ) -> None:
        """Close it or open it again; who worked there still does. Raises NotAllowed, NoClerk."""
        async with self.guarded(command):
            await self.store.write(self._change_department, command, department_id, None, active)

    # units

    def _known(self, db: Session, clerk: Clerk) -> Clerk | None:
        role = None if clerk.card_id is None else self.role_of(db, clerk.card_id)
        if clerk.card_id is None or role is None:
            return None
        return Clerk(reading.name_of(db, clerk.card_id), role, clerk.card_id)

    def _refused(self, db: Session, command: Command, permission: Permission) -> None:
        denial = Command(uuid5(command.id, f"denied {permission}"), command.clerk)
        if self.journal.first_run(db, denial) is None:
            self.journal.write(db, denial, "denied", {"permission": str(permission)})

    def _add_clerk(
        self, db: Session, command: Command, card_id: int, role: Role, department_id: int | None
    ) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.demand(db, command, Permission.MANAGE_STAFF)
        if not reading.is_employee(db, card_id, self._today()):
            raise NotTaken(
                N_("{name} is no employee yet: add the group Employee to the card first."),
                name=reading.name_of(db, card_id),
            )
        there = db.get(ClerkRecord, card_id, with_for_update=True)
        if there is not None and there.active:
            raise NotTaken(N_("{name} works here already."), name=reading.name_of(db, card_id))
        self._alone_of_name(db, card_id)
        if department_id is not None:
            _department(db, department_id)
        record = there or ClerkRecord(card_id=card_id, role=role)
        record.role, record.department_id, record.active = role, department_id, True
        db.add(record)
        facts = {"card_id": card_id, "role": str(role), "department_id": department_id}
        self.journal.write(db, command, "clerk_added", facts, card_id)

    def _change(
        self, db: Session, command: Command, card_id: int, field: str, value: object
    ) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.demand(db, command, Permission.MANAGE_STAFF)
        held = reading.administrators(db)
        record = db.get(ClerkRecord, card_id, with_for_update=True)
        if record is None:
            raise NoClerk(N_("Nobody of this card works at a console."))
        column = "department_id" if field == "department" else field
        before = getattr(record, column)
        if before == value:
            return
        if record in held and field != "department":
            _one_must_stay(held, record)
        if field == "role" and card_id == command.clerk.card_id:
            raise NotTaken(N_("Nobody changes their own role: another administrator does."))
        if column == "department_id" and value is not None:
            _department(db, value)
        elif field == "active" and value:
            self._alone_of_name(db, card_id)
        setattr(record, column, value)
        facts = {"card_id": card_id, "field": field, "before": before, "after": value}
        self.journal.write(db, command, "clerk_changed", facts, card_id)

    def _add_department(self, db: Session, command: Command, name: str) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["department_id"])
        self.demand(db, command, Permission.MANAGE_STAFF)
        name = _department_name(name)
        there = _named(db, name)
        if there is not None and there.active:
            raise NotTaken(N_("There is a department “{name}” already."), name=there.name)
        record = there or DepartmentRecord(name=name, name_key=fold(name))
        record.name, record.active = name, True
        db.add(record)
        db.flush()
        facts = {"department_id": record.id}
        self.journal.write(db, command, "department_added", facts, personal={"name": name})
        return record.id

    def _change_department(
        self, db: Session, command: Command, department_id: int, name: str | None, on: bool | None
    ) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.demand(db, command, Permission.MANAGE_STAFF)
        record = _department(db, department_id)
        said = {"before": record.name}
        if name is not None:
            name = _department_name(name)
            other = _named(db, name)
            if other is not None and other.id != department_id:
                raise NotTaken(N_("There is a department “{name}” already."), name=other.name)
            record.name, record.name_key = name, fold(name)
        if on is not None:
            record.active = on
        facts = {"department_id": department_id, "active": record.active}
        said["name"] = record.name
        self.journal.write(db, command, "department_changed", facts, personal=said)

    def _alone_of_name(self, db: Session, card_id: int) -> None:
        """Raise NotTaken if an active clerk has the same name: one signs in with it."""
        name = reading.name_of(db, card_id)
        if any(each != card_id for each in reading.active_named(db, name)):
            raise NotTaken(
                N_("Another clerk is called {name}, too. Add something to one of the names."),
                name=name,
            )

    def _today(self) -> date:
        return self.clock().astimezone().date()


def _one_must_stay(held: list[ClerkRecord], leaving: ClerkRecord) -> None:
    """Raise LastAdministrator unless another can still sign in and say who works here."""
    others = [each for each in held if each is not leaving]
    if not others:
        raise LastAdministrator(N_("One administrator must stay. Make somebody else one first."))
    if leaving.passphrase and not any(each.passphrase for each in others):
        raise LastAdministrator(
            N_("No other administrator has a passphrase yet. One of them must set it first.")
        )


def _department(db: Session, department_id: object) -> DepartmentRecord:
    found = db.get(DepartmentRecord, department_id, with_for_update=True)
    if found is None:
        raise NoClerk(N_("This department is no longer there."))
    return found


def _department_name(name: str) -> str:
    name = clean(name)
    if not fold(name):
        raise NotTaken(N_("Type what the department is called."))
    return name


def _named(db: Session, name: str) -> DepartmentRecord | None:
    wanted = select(DepartmentRecord).where(DepartmentRecord.name_key == fold(name))
    return db.exec(wanted.with_for_update()).one_or_none()
