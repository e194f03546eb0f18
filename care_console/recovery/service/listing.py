"""Recoveries in lists, the most needed first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from care_console.calls.records import ContactRecord
from care_console.calls.rules.contact import State as ContactState
from care_console.promises.records import DutyRecord
from care_console.recovery.records import RecoveryRecord, StepRecord
from care_console.recovery.rules import Checklist, Filter, RecoveryRow, Show, State, Step
from care_console.recovery.rules.audit import THRICE
from care_console.recovery.rules.clocks import next_deadline
from care_console.recovery.service.kept import checklist_of, since_of
from care_console.recovery.service.reading import contacts_about, names_of
from care_console.store import ask

MOST_READ = 5_000  # open recoveries that are looked through
ANY_OPEN = """
    SELECT 1 FROM recovery WHERE card_id = :card AND closed_at IS NULL AND NOT taken_back LIMIT 1
"""


def list_of(db: Session, wanted: Filter, now: datetime) -> list[RecoveryRow]:
    """Return the recoveries that a list shows."""
    closed = col(RecoveryRecord.closed_at)
    where: list[Any] = [closed.is_(None)]
    order: Any = col(RecoveryRecord.opened_at).asc()
    if wanted.show is Show.CLOSED:
        where, order = [closed.is_not(None)], closed.desc()
    if wanted.group:
        where.append(RecoveryRecord.card_group == wanted.group)
    if wanted.show is Show.MINE:
        where.append(RecoveryRecord.owner_card_id == wanted.clerk_card_id)
    most = wanted.most if wanted.show is Show.CLOSED else MOST_READ
    rows = _rows(db, where, order, most, now)
    kept = [row for row, list_ in rows if _passes(row, list_, wanted)]
    return (kept if wanted.show is Show.CLOSED else in_order(kept))[: wanted.most]


def open_ones(db: Session, card_id: int, clerk_card_id: int | None) -> list[int]:
    """Return the open recoveries of a card: those the clerk's call is about, then the newest."""
    now = select(ContactRecord).where(
        ContactRecord.card_id == card_id,
        ContactRecord.clerk_card_id == clerk_card_id,
        ContactRecord.state == ContactState.OPEN,
    )
    calls = db.exec(now).all()
    here, matters = {each.id for each in calls}, {each.matter_id for each in calls} - {None}
    wanted = select(RecoveryRecord).where(
        RecoveryRecord.card_id == card_id,
        col(RecoveryRecord.closed_at).is_(None),
        col(RecoveryRecord.taken_back).is_(False),
    )

    def rank(each: RecoveryRecord) -> tuple[bool, int]:
        return each.contact_id not in here and each.matter_id not in matters, -each.id

    return [each.id for each in sorted(db.exec(wanted).all(), key=rank)]


def any_open(db: Session, card_id: int) -> bool:
    """Return whether a recovery of the card is open."""
    return bool(ask(db, ANY_OPEN, {"card": card_id}))


def in_order(rows: Iterable[RecoveryRow]) -> list[RecoveryRow]:
    """Return them in the order of need: third contact, late, next due, oldest."""
    return sorted(
        rows,
        key=lambda row: (
            row.contacts < THRICE,
            not row.late,
            row.next_due_at is None,
            row.next_due_at or row.opened_at,
            row.opened_at,
            row.id,
        ),
    )


def _passes(row: RecoveryRow, checklist: Checklist, wanted: Filter) -> bool:
    if wanted.step is not None and row.next is not wanted.step:
        return False
    undated = not checklist.dated and checklist.unanswered
    return {
        Show.LATE: row.late,
        Show.UP: row.level > 0,
        Show.UNDATED: undated,
    }.get(wanted.show, True)


def _rows(
    db: Session, where: Sequence[Any], order: Any, most: int, now: datetime
) -> list[tuple[RecoveryRow, Checklist]]:
    wanted = select(RecoveryRecord).where(col(RecoveryRecord.taken_back).is_(False), *where)
    found = db.exec(wanted.order_by(order).limit(most)).all()
    steps = steps_of_all(db, [each.id for each in found])
    names = names_of(db, [who for each in found for who in (each.card_id, each.owner_card_id)])
    contacts = contacts_about(db, [each.matter_id for each in found])
    dues = dues_of(db, [each.follow_up_duty_id for each in found])
    rows = []
    for each in found:
        checklist = checklist_of(each, steps[each.id])
        due_at = _next_due(each, steps[each.id], checklist, dues)
        rows.append((_row(each, checklist, names, contacts, due_at, now), checklist))
    return rows


def _row(
    record: RecoveryRecord,
    checklist: Checklist,
    names: dict[int, str],
    contacts: dict[int, int],
    due_at: datetime | None,
    now: datetime,
) -> RecoveryRow:
    return RecoveryRow(
        id=record.id,
        card_id=record.card_id,
        name=names.get(record.card_id, ""),
        group=record.card_group,
        title=record.title,
        level=record.level,
        settled=len(Step) - len(checklist.waiting),
        next=checklist.next,
        owner_card_id=record.owner_card_id,
        owner=names.get(record.owner_card_id, ""),
        opened_at=record.opened_at,
        closed_at=record.closed_at,
        next_due_at=due_at,
        late=due_at is not None and due_at <= now,
        contacts=contacts.get(record.matter_id or 0, 0),
        put_right=record.answers[-1]["put_right"] if record.answers else None,
    )


def _next_due(
    record: RecoveryRecord,
    steps: dict[Step, StepRecord],
    checklist: Checklist,
    dues: dict[int, datetime],
) -> datetime | None:
    """Return when something of it is due next: a clock, a step in other hands, the follow-up."""
    if checklist.closed:
        return None
    handed = [row.due_at for row in steps.values() if row.state == State.OPEN]
    asked = dues.get(record.follow_up_duty_id or 0) if checklist.dated else None
    both = [next_deadline(checklist, since_of(record)), asked, *handed]
    return min((each for each in both if each is not None), default=None)


def steps_of_all(db: Session, ids: Sequence[int]) -> dict[int, dict[Step, StepRecord]]:
    """Return the steps of many recoveries."""
    steps: dict[int, dict[Step, StepRecord]] = defaultdict(dict)
    wanted = select(StepRecord).where(col(StepRecord.recovery_id).in_(ids))
    for each in db.exec(wanted):
        steps[each.recovery_id][Step(each.step)] = each
    return steps


def dues_of(db: Session, duty_ids: Sequence[int | None]) -> dict[int, datetime]:
    """Return when these duties are due, by their ids."""
    ids = [each for each in duty_ids if each is not None]
    wanted = select(DutyRecord.id, DutyRecord.due_at).where(col(DutyRecord.id).in_(ids))
    return dict(db.exec(wanted).all())
