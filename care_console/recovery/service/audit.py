"""The recoveries of a period, read for the audit."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from care_console.cards.records import MembershipRecord
from care_console.recovery.records import RecoveryRecord
from care_console.recovery.rules import AuditView
from care_console.recovery.rules.audit import Answered, Case, audit
from care_console.recovery.service.kept import answers_of, checklist_of
from care_console.recovery.service.listing import steps_of_all
from care_console.recovery.service.reading import contacts_about
from care_console.staff.records import ClerkRecord


def audit_of(db: Session, since: date, until: date, group: str, today: date) -> AuditView:
    """Return what the recoveries begun in a period say; the days are those of the desk."""
    wanted = select(RecoveryRecord).where(
        RecoveryRecord.opened_at >= _midnight(since),
        RecoveryRecord.opened_at < _midnight(until + timedelta(days=1)),
        col(RecoveryRecord.taken_back).is_(False),
    )
    if group:
        wanted = wanted.where(RecoveryRecord.card_group == group)
    found = db.exec(wanted.order_by(col(RecoveryRecord.id))).all()
    steps = steps_of_all(db, [each.id for each in found])
    contacts = contacts_about(db, [each.matter_id for each in found])
    gone = _gone(db, [each.card_id for each in found], today)
    cases = [
        Case(
            checklist=checklist_of(each, steps[each.id]),
            opened_at=each.opened_at,
            closed_at=each.closed_at,
            answered=tuple(Answered(answers_of(one), one["ticked"]) for one in each.answers),
            contacts=contacts.get(each.matter_id or 0, 0),
            left=(each.card_id, each.card_group) in gone,
        )
        for each in found
    ]
    roles = db.exec(select(ClerkRecord.card_id, ClerkRecord.role)).all()
    return audit(cases, since, until, dict(roles))


def _gone(db: Session, card_ids: list[int], today: date) -> set[tuple[int, str]]:
    """Return which cards have left which group, and belong to it no more."""
    wanted = select(MembershipRecord).where(col(MembershipRecord.card_id).in_(card_ids))
    left: set[tuple[int, str]] = set()
    there: set[tuple[int, str]] = set()
    for each in db.exec(wanted):
        ended = each.until is not None and each.until <= today
        (left if ended else there).add((each.card_id, each.card_group))
    return left - there


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone(UTC)
