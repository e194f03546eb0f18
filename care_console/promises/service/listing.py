"""Duties with the names that stand in them, read inside a query."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from care_console.cards.records import CardRecord
from care_console.cards.service.view import groups_of
from care_console.promises.records import DutyRecord
from care_console.promises.rules import Duty, DutyKind, Heir
from care_console.staff.records import ClerkRecord, DepartmentRecord

MOST = 500


def duties_of(db: Session, today: date, *which: Any) -> list[Duty]:
    """Return the duties for which all of ``which`` hold, in the order in which they are due."""
    wanted = select(DutyRecord).where(*which)
    in_order = wanted.order_by(col(DutyRecord.due_at), col(DutyRecord.id)).limit(MOST)
    return _with_names(db, db.exec(in_order).all(), today)


def is_open() -> Any:
    """Return what holds of a duty that is still owed."""
    return col(DutyRecord.settled_at).is_(None)


def is_of(card_id: int | None, department_id: int | None) -> Any:
    """Return what holds of a clerk's own duties, of their department's, and of nobody's.

    Whoever asked for an approval does not give it.
    """
    whose: list[Any] = [col(DutyRecord.department_id).is_(None)]
    if department_id is not None:
        whose.append(col(DutyRecord.department_id) == department_id)
    shared = and_(col(DutyRecord.owner_card_id).is_(None), or_(*whose))
    if card_id is None:
        return shared
    others = or_(
        col(DutyRecord.kind) != DutyKind.REQUEST,
        col(DutyRecord.made_by_card_id).is_(None),
        col(DutyRecord.made_by_card_id) != card_id,
    )
    return and_(or_(col(DutyRecord.owner_card_id) == card_id, shared), others)


def is_for_all() -> Any:
    """Return what holds of duties that all may see: not of what is between two colleagues."""
    return col(DutyRecord.kind).not_in([DutyKind.CHECK_ON, DutyKind.REQUEST, DutyKind.COME])


def heirs_of(db: Session) -> list[Heir]:
    """Return who works here, and the departments, each in the order of their names."""
    people = (
        select(CardRecord.name, ClerkRecord.card_id, DepartmentRecord.name)
        .join(CardRecord, col(CardRecord.id) == col(ClerkRecord.card_id))
        .outerjoin(DepartmentRecord, col(DepartmentRecord.id) == col(ClerkRecord.department_id))
        .where(ClerkRecord.active)
    )
    rooms = select(DepartmentRecord.name, DepartmentRecord.id).where(DepartmentRecord.active)
    clerks = [
        Heir(name, owner_card_id=card_id, department=where or "")
        for name, card_id, where in db.exec(people)
    ]
    departments = [Heir(name, department_id=room) for name, room in db.exec(rooms)]
    return sorted(clerks, key=_by_name) + sorted(departments, key=_by_name)


def _by_name(heir: Heir) -> tuple[str, int]:
    return heir.name.casefold(), heir.owner_card_id or heir.department_id or 0


def _with_names(db: Session, records: Sequence[DutyRecord], today: date) -> list[Duty]:
    people = {
        card_id
        for each in records
        for card_id in (
            each.card_id,
            each.owner_card_id,
            each.made_by_card_id,
            each.settled_by_card_id,
        )
        if card_id is not None
    }
    names = _names(db, CardRecord, people)
    rooms = _names(db, DepartmentRecord, {each.department_id for each in records} - {None})
    groups = groups_of(db, [each.card_id for each in records if each.card_id is not None], today)
    return [_duty(each, names, rooms, groups.get(each.card_id or 0, ())) for each in records]


def _names(db: Session, table: Any, ids: Iterable[int | None]) -> dict[int, str]:
    return dict(db.exec(select(table.id, table.name).where(table.id.in_(list(ids)))).all())


def _duty(
    each: DutyRecord, names: dict[int, str], rooms: dict[int, str], groups: tuple[str, ...]
) -> Duty:
    return Duty(
        id=each.id,
        kind=DutyKind(each.kind),
        title=each.title,
        card_id=each.card_id,
        card=names.get(each.card_id or 0, ""),
        groups=groups,
        about=each.about,
        about_id=each.about_id,
        owner_card_id=each.owner_card_id,
        owner=names.get(each.owner_card_id or 0, ""),
        department_id=each.department_id,
        department=rooms.get(each.department_id or 0, ""),
        made_at=each.made_at,
        made_by=names.get(each.made_by_card_id or 0, ""),
        first_due_at=each.first_due_at,
        due_at=each.due_at,
        moved=each.moved,
        settled_at=each.settled_at,
        settled_by=names.get(each.settled_by_card_id or 0, ""),
        outcome=each.outcome,
    )
