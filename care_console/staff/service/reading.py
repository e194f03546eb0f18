"""The clerks and departments as they are shown, and whose names they bear."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select, text

from care_console.base.fold import fold
from care_console.staff.records import AttemptRecord, ClerkRecord, DepartmentRecord
from care_console.staff.rules.roles import Role

NAMES = "SELECT clerk.card_id, card.name FROM clerk JOIN card ON card.id = clerk.card_id"
NAME = "SELECT name FROM card WHERE id = :card_id"
EMPLOYEES = """
    SELECT DISTINCT card.id, card.name FROM card
    JOIN card_membership AS member ON member.card_id = card.id
    WHERE member.card_group = 'employee'
    AND (member.since IS NULL OR member.since <= :today)
    AND (member.until IS NULL OR member.until > :today)
"""  # by the cards' own tables: their room stands above this one
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class OnStaff:
    """Somebody who works at the consoles, or did."""

    card_id: int
    name: str
    role: str
    department_id: int | None = None
    department: str = ""
    active: bool = True
    has_passphrase: bool = False
    has_pin: bool = False
    blocked: bool = False  # until somebody lifts it


@dataclass(frozen=True, slots=True)
class Department:
    """A part of the house."""

    id: int
    name: str
    active: bool = True


def name_of(db: Session, card_id: int) -> str:
    """Return what the card of a clerk is called, or "" if it is gone."""
    return str(db.execute(text(NAME), {"card_id": card_id}).scalar_one_or_none() or "")


def attempts_key(card_id: int) -> str:
    """Return the key under which the wrong secrets of a clerk are counted."""
    return f"clerk {card_id}"


def clerks_of(db: Session, *, active_only: bool) -> list[OnStaff]:
    """Return the clerks by name, with their departments and whether they are blocked."""
    names = dict(_pairs(db, NAMES))
    departments = dict(db.exec(select(DepartmentRecord.id, DepartmentRecord.name)).all())
    blocked = set(db.exec(select(AttemptRecord.name_key).where(AttemptRecord.blocked)).all())
    wanted = select(ClerkRecord)
    if active_only:
        wanted = wanted.where(ClerkRecord.active)
    found = [
        OnStaff(
            card_id=each.card_id,
            name=names[each.card_id],
            role=each.role,
            department_id=each.department_id,
            department=departments.get(each.department_id or 0, ""),
            active=each.active,
            has_passphrase=bool(each.passphrase),
            has_pin=bool(each.pin),
            blocked=attempts_key(each.card_id) in blocked,
        )
        for each in db.exec(wanted)
    ]
    return sorted(found, key=lambda each: (not each.active, fold(each.name), each.card_id))


def departments_of(db: Session, *, active_only: bool) -> list[Department]:
    """Return the departments by name."""
    wanted = select(DepartmentRecord).order_by(col(DepartmentRecord.name_key))
    if active_only:
        wanted = wanted.where(DepartmentRecord.active)
    return [Department(each.id, each.name, each.active) for each in db.exec(wanted)]


def active_named(db: Session, name: str) -> list[int]:
    """Return the active clerks who bear this name, however it is written."""
    asked = fold(name)
    names = _pairs(db, f"{NAMES} WHERE clerk.active ORDER BY clerk.card_id")
    return [card_id for card_id, kept in names if asked and fold(kept) == asked]


def employees_like(db: Session, typed: str, today: date) -> list[tuple[int, str]]:
    """Return employees who are no active clerks and whose names have all the words typed."""
    there = set(db.exec(select(ClerkRecord.card_id).where(ClerkRecord.active)).all())
    asked = fold(typed).split()
    people = (
        (card_id, name)
        for card_id, name in _pairs(db, EMPLOYEES, today=today.isoformat())
        if card_id not in there and _has(fold(name), asked)
    )
    return sorted(people, key=lambda each: (fold(each[1]), each[0]))[:MOST_FOUND]


def is_employee(db: Session, card_id: int, today: date) -> bool:
    """Return whether the card belongs to the employees on this day."""
    sql = f"{EMPLOYEES} AND card.id = :card_id"
    return bool(_pairs(db, sql, today=today.isoformat(), card_id=card_id))


def administrators(db: Session) -> list[ClerkRecord]:
    """Return the active administrators, held: no other unit changes one before this one ends."""
    held = select(ClerkRecord).where(ClerkRecord.active, ClerkRecord.role == Role.ADMINISTRATOR)
    ordered = held.order_by(col(ClerkRecord.card_id)).with_for_update()
    return list(db.exec(ordered.execution_options(populate_existing=True)))


def _pairs(db: Session, sql: str, **values: object) -> list[tuple[int, str]]:
    return [(int(row[0]), str(row[1])) for row in db.execute(text(sql), values)]


def _has(name: str, asked: list[str]) -> bool:
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in asked)
