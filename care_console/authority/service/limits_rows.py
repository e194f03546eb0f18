"""The limits as they are kept: read, replaced, signed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from care_console.authority.records import LimitRecord
from care_console.authority.rules.catalogue import CEILING, scaled
from care_console.authority.rules.house import Colleague, House
from care_console.authority.rules.limits import ALL, Giver, Limit, Scope
from care_console.authority.service import catalogue
from care_console.settings.options import Company
from care_console.staff.service.reading import clerks_of, departments_of


def in_force(db: Session) -> list[Limit]:
    """Return the limits that were not replaced, also those that wait or are to come."""
    wanted = select(LimitRecord).where(col(LimitRecord.replaced_at).is_(None))
    return [limit_of(each) for each in db.exec(wanted.order_by(col(LimitRecord.id)))]


def held(db: Session) -> dict[int, LimitRecord]:
    """Return the same as records by their ids, which no other unit changes before this one ends."""
    wanted = select(LimitRecord).where(col(LimitRecord.replaced_at).is_(None))
    ordered = wanted.order_by(col(LimitRecord.id)).with_for_update()
    found = db.exec(ordered.execution_options(populate_existing=True))
    return {each.id: each for each in found}


def ever(db: Session) -> list[LimitRecord]:
    """Return all limits that there ever were."""
    return list(db.exec(select(LimitRecord).order_by(col(LimitRecord.id))))


def at(records: Iterable[LimitRecord], moment: datetime) -> list[Limit]:
    """Return of ``records`` the limits that were kept at a moment."""
    return [
        limit_of(each)
        for each in records
        if (each.made_at is None or each.made_at <= moment)
        and (each.replaced_at is None or each.replaced_at > moment)
    ]


def limit_of(record: LimitRecord) -> Limit:
    """Return a limit without its record."""
    return Limit(
        scope=Scope(record.scope),
        catalogue_id=record.catalogue_id or ALL,
        role=record.role,
        clerk_card_id=record.clerk_card_id,
        department_id=record.department_id,
        most=record.most,
        unlimited=record.unlimited,
        days=record.days,
        floor=record.floor,
        since=record.since,
        until=record.until,
        training=record.training,
        signed=record.signed,
        id=record.id,
    )


def add(db: Session, limit: Limit, by: int | None, now: datetime, *, signed: bool) -> LimitRecord:
    """Keep a new limit, inside somebody's unit."""
    record = LimitRecord(
        scope=str(limit.scope),
        catalogue_id=catalogue.catalogue_id_kept(limit.catalogue_id),
        role=limit.role,
        clerk_card_id=limit.clerk_card_id,
        department_id=limit.department_id,
        most=limit.most,
        unlimited=limit.unlimited,
        days=limit.days,
        floor=limit.floor,
        since=limit.since,
        until=limit.until,
        training=limit.training,
        signed=signed,
        changed_by_card_id=by,
        made_at=now,
    )
    db.add(record)
    db.flush()
    return record


def house_of(db: Session, company: Company, day: date, locale: str) -> House:
    """Return what limits are read against."""
    return House(
        day=day,
        currency=company.currency,
        ceiling_minor=company.ceiling_minor or scaled(CEILING, company.currency),
        remedies={each.id: each for each in catalogue.rows(db, active_only=False)},
        colleagues={each.giver.card_id: each for each in colleagues_of(db)},
        departments={each.id: each.name for each in departments_of(db, active_only=False)},
        locale=locale,
    )


def colleagues_of(db: Session) -> Sequence[Colleague]:
    """Return who works at the consoles, and who did."""
    return [
        Colleague(Giver(each.card_id, each.role, each.department_id), each.name, each.active)
        for each in clerks_of(db, active_only=False)
    ]
