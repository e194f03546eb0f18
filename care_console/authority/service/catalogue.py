"""The remedies that a house gives: laid once, and read."""

from dataclasses import asdict

from sqlmodel import Session, col, select

from care_console.authority.records import CatalogueRecord, LimitRecord
from care_console.authority.rules.catalogue import (
    STANDARD,
    Remedy,
    scaled,
    standard_limits,
)
from care_console.authority.rules.limits import ALL
from care_console.base.fold import fold
from care_console.base.words import _
from care_console.staff.records import DepartmentRecord
from care_console.store import take_turn


def lay(db: Session, currency: str) -> bool:
    """Lay the standard catalogue and its limits, inside somebody's unit; False if one is there.

    Names are kept in the language in use: from then on they are the house's own.
    """
    take_turn(db, "catalogue")
    if db.exec(select(CatalogueRecord.id).limit(1)).one_or_none() is not None:
        return False
    laid = {}
    for position, remedy in enumerate(STANDARD):
        laid[_lay_remedy(db, remedy, position, currency)] = remedy
    for limit in standard_limits(laid, currency):
        values = asdict(limit) | {"catalogue_id": limit.catalogue_id or None}
        values.pop("id")
        db.add(LimitRecord(**values))
    db.flush()
    return True


def rows(db: Session, *, active_only: bool = True) -> list[Remedy]:
    """Return the remedies in the order of their digits, with the departments that do them."""
    wanted = (
        select(CatalogueRecord, DepartmentRecord.name)
        .outerjoin(
            DepartmentRecord, col(DepartmentRecord.id) == col(CatalogueRecord.doer_department_id)
        )
        .order_by(col(CatalogueRecord.position), col(CatalogueRecord.id))
    )
    if active_only:
        wanted = wanted.where(CatalogueRecord.active)
    return [_remedy(record, doer or "") for record, doer in db.exec(wanted)]


def catalogue_id_kept(catalogue_id: int) -> int | None:
    """Return how a remedy's id, or ALL, is kept."""
    return None if catalogue_id == ALL else catalogue_id


def _lay_remedy(db: Session, remedy: Remedy, position: int, currency: str) -> int:
    record = CatalogueRecord(
        kind=remedy.kind,
        name=_(remedy.name),
        card_group=str(remedy.card_group),
        unit=remedy.unit,
        usual=remedy.usual if remedy.counted else scaled(remedy.usual, currency),
        piece_minor=scaled(remedy.piece_minor, currency),
        entitlement=remedy.entitlement,
        doer_department_id=_department(db, _(remedy.doer)),
        done_within_s=remedy.done_within_s,
        why_wanted=remedy.why_wanted,
        position=position,
    )
    db.add(record)
    db.flush()
    return record.id


def _department(db: Session, name: str) -> int:
    """Return the department of this name; one that is not there is opened."""
    wanted = select(DepartmentRecord).where(DepartmentRecord.name_key == fold(name))
    record = db.exec(wanted).one_or_none()
    if record is None:
        record = DepartmentRecord(name=name, name_key=fold(name))
        db.add(record)
        db.flush()
    return record.id


def _remedy(record: CatalogueRecord, doer: str) -> Remedy:
    return Remedy(
        kind=record.kind,
        name=record.name,
        card_group=record.card_group,
        unit=record.unit,
        usual=record.usual,
        piece_minor=record.piece_minor,
        entitlement=record.entitlement,
        doer=doer,
        done_within_s=record.done_within_s,
        why_wanted=record.why_wanted,
        id=record.id,
        position=record.position,
        active=record.active,
    )
