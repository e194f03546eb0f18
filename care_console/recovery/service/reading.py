"""One recovery, read whole for the screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from care_console.authority.records import CatalogueRecord, RemedyRecord
from care_console.base.command import Clerk
from care_console.base.spell import DEFAULT_LOCALE, hour
from care_console.base.words import N_, _
from care_console.calls.records import ContactRecord, MatterRecord
from care_console.calls.rules.contact import Direction
from care_console.calls.rules.contact import State as ContactState
from care_console.cards.records import CardRecord
from care_console.promises.records import DutyRecord
from care_console.recovery.records import RecoveryRecord, SaidRecord, StepRecord
from care_console.recovery.rules import (
    BadRecovery,
    Checklist,
    Fault,
    OpenedFrom,
    RecoveryView,
    RemedyLine,
    Script,
    Shown,
    State,
    Step,
    StepView,
    StillOpen,
    step_words,
)
from care_console.recovery.rules.aloud import aloud, said_amount, said_thing
from care_console.recovery.rules.clocks import deadline, taken_s
from care_console.recovery.rules.playbook import locale_for
from care_console.recovery.service.kept import answers_of, checklist_of, since_of, steps_of
from care_console.recovery.service.playbooks import FIRST_LANGUAGE, read_playbook
from care_console.staff.records import ClerkRecord, DepartmentRecord
from care_console.staff.rules.roles import Permission, may


@dataclass(frozen=True, slots=True)
class House:
    """What a recovery says of the house, and in which way."""

    company: str
    currency: str
    language: str = DEFAULT_LOCALE  # of the desk


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of one recovery."""

    db: Session
    record: RecoveryRecord
    rows: Mapping[Step, StepRecord]
    checklist: Checklist
    card: CardRecord
    names: Mapping[int, str]
    now: datetime
    follow_up_at: datetime | None


def view_of(
    db: Session, recovery_id: int, clerk: Clerk, house: House, now: datetime
) -> RecoveryView:
    """Return one recovery whole. Raises BadRecovery if it is not there."""
    record = db.get(RecoveryRecord, recovery_id)
    if record is None or record.taken_back:
        raise BadRecovery(N_("This recovery is no longer there."))
    rows = steps_of(db, recovery_id)
    checklist = checklist_of(record, rows)
    card = db.get_one(CardRecord, record.card_id)
    names = names_of(db, _people(record, rows.values()))
    due_at = follow_up_due(db, record) if checklist.dated else None
    read = Read(db, record, rows, checklist, card, names, now, due_at)
    return RecoveryView(
        **_what(read),
        **_how_far(read, house),
        script=_script(read, clerk, house),
        shown=shown_to(db, clerk),
        may_close=_may_close(db, clerk),
        remedies=_remedies(db, recovery_id),
    )


def _what(read: Read) -> dict[str, Any]:
    """Return whose recovery it is, and what about."""
    record, db = read.record, read.db
    return {
        "id": record.id,
        "card_id": record.card_id,
        "name": read.card.name,
        "called": called(read.card, record.language),
        "group": record.card_group,
        "title": record.title,
        "fault": Fault(record.fault),
        "language": record.language,
        "level": record.level,
        "opened_from": OpenedFrom(record.opened_from),
        "opened_at": record.opened_at,
        "owner_card_id": record.owner_card_id,
        "owner": read.names.get(record.owner_card_id, ""),
        "matter_id": record.matter_id,
        "matter": _matter(db, record.matter_id),
        "contacts": contacts_about(db, [record.matter_id]).get(record.matter_id or 0, 0),
    }


def _how_far(read: Read, house: House) -> dict[str, Any]:
    """Return how far it has come."""
    record, checklist = read.record, read.checklist
    last, answered = _last_step(checklist), record.answers[-1] if record.answers else None
    return {
        "steps": tuple(_step(read, step) for step in Step),
        "changes_at": _next_late(read),
        "next": checklist.next,
        "person_waits": checklist.person_waits,
        "follow_up_due_at": read.follow_up_at,
        "answers": None if answered is None else answers_of(answered),
        "answered_at": None if answered is None else datetime.fromisoformat(answered["at"]),
        "missing": _missing(checklist),
        "closed_at": record.closed_at,
        "last": _last_words(checklist, last, house.language),
        "last_step": last,
    }


def called(card: CardRecord, language: str) -> str:
    """Return how to speak to somebody: as they asked, else with their title, else by name.

    Only in English is it the given name alone.
    """
    titled = f"{card.prefix} {card.family}" if card.prefix and card.family else ""
    given = card.given if language == FIRST_LANGUAGE else ""
    return card.form_of_address or card.preferred or titled or given or card.name


def names_of(db: Session, card_ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of cards by their ids."""
    ids = {each for each in card_ids if each is not None}
    wanted = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(ids))
    return dict(db.exec(wanted).all())


def contacts_about(db: Session, matter_ids: Iterable[int | None]) -> dict[int, int]:
    """Return how often the customer came to us about each matter."""
    ids = {each for each in matter_ids if each is not None}
    wanted = (
        select(ContactRecord.matter_id, func.count())
        .where(
            col(ContactRecord.matter_id).in_(ids),
            ContactRecord.direction == Direction.IN,
            ContactRecord.state != ContactState.DROPPED,
        )
        .group_by(col(ContactRecord.matter_id))
    )
    return {matter_id: count for matter_id, count in db.exec(wanted) if matter_id is not None}


def follow_up_due(db: Session, record: RecoveryRecord) -> datetime | None:
    """Return when somebody asks whether it is put right; the duty may have been moved."""
    wanted = select(DutyRecord.due_at).where(DutyRecord.id == record.follow_up_duty_id)
    return db.exec(wanted).one_or_none()


def shown_to(db: Session, clerk: Clerk) -> Shown:
    """Return when a clerk sees the words to say."""
    wanted = select(ClerkRecord.words).where(ClerkRecord.card_id == clerk.card_id)
    kept = db.exec(wanted).one_or_none()
    return Shown(kept) if kept in tuple(Shown) else Shown.ALWAYS


def _may_close(db: Session, clerk: Clerk) -> bool:
    wanted = select(ClerkRecord.role).where(ClerkRecord.card_id == clerk.card_id)
    return may(db.exec(wanted).one_or_none(), Permission.CLOSE_RECOVERY)


def said_to(db: Session, card_id: int) -> frozenset[str]:
    """Return the keys of the wordings that a customer has heard."""
    wanted = select(SaidRecord.wording).where(SaidRecord.card_id == card_id)
    return frozenset(db.exec(wanted))


def _people(record: RecoveryRecord, rows: Iterable[StepRecord]) -> set[int | None]:
    people: set[int | None] = {record.owner_card_id}
    for row in rows:
        people |= {row.clerk_card_id, row.owner_card_id}
    return people


def _step(read: Read, step: Step) -> StepView:
    checklist, row = read.checklist, read.rows[step]
    mark = checklist.mark(step)
    return StepView(
        step=step,
        title=step_words(step),
        state=mark.state,
        note=mark.note,
        at=None if mark.state is State.OPEN else mark.at,
        clerk=read.names.get(mark.by or 0, ""),
        owner=_in_hands_of(read, row),
        due_at=read.follow_up_at if step is Step.FOLLOW_UP else row.due_at,
        taken_s=taken_s(checklist, step, since_of(read.record)),
        late=any(at <= read.now for at in _dues(read, step)),
    )


def _dues(read: Read, step: Step) -> list[datetime]:
    """Return by when what is open of a step should be done: its clock, whose hands it is in."""
    checklist, row = read.checklist, read.rows[step]
    if checklist.closed:
        return []
    if step is Step.FOLLOW_UP:
        due = [read.follow_up_at]
    elif checklist.mark(step).state is State.OPEN:
        due = [deadline(checklist, step, since_of(read.record)), row.due_at]
    else:
        due = []
    return [each for each in due if each is not None]


def _next_late(read: Read) -> datetime | None:
    """Return when the next of its steps becomes late, or None."""
    dues = (at for step in Step for at in _dues(read, step))
    return min((at for at in dues if at > read.now), default=None)


def _answered(step: Step, checklist: Checklist) -> bool:
    return step is Step.FOLLOW_UP and checklist.answers is not None


def _in_hands_of(read: Read, row: StepRecord) -> str:
    """Return to whom a step was handed, or ""."""
    if row.owner_card_id is not None:
        return read.names.get(row.owner_card_id, "")
    if row.department_id is None:
        return ""
    wanted = select(DepartmentRecord.name).where(DepartmentRecord.id == row.department_id)
    return read.db.exec(wanted).one_or_none() or ""


def _matter(db: Session, matter_id: int | None) -> str:
    wanted = select(MatterRecord.title).where(MatterRecord.id == matter_id)
    return db.exec(wanted).one_or_none() or ""


def _missing(checklist: Checklist) -> str:
    if checklist.closed:
        return ""
    try:
        checklist.close()
    except StillOpen as still:
        return str(still)
    return ""


def _last_step(checklist: Checklist) -> Step | None:
    """Return the step on which something was done last, and can be taken back."""
    if checklist.closed:
        return None
    settled = [
        (mark.at, number, step)
        for number, step in enumerate(Step)
        if (mark := checklist.mark(step)).state is not State.OPEN and not _answered(step, checklist)
    ]
    return max(settled)[2] if settled else None


def _last_words(checklist: Checklist, step: Step | None, locale: str) -> str:
    if step is None or (mark := checklist.mark(step)).at is None:
        return ""
    words = _("{step}: done {hour}") if mark.state is State.DONE else _("{step}: left out {hour}")
    return words.format(step=step_words(step), hour=hour(mark.at, locale))


def _remedies(db: Session, recovery_id: int) -> tuple[RemedyLine, ...]:
    wanted = (
        select(RemedyRecord, CatalogueRecord.name, CardRecord.name)
        .join(CatalogueRecord, col(CatalogueRecord.id) == col(RemedyRecord.catalogue_id))
        .outerjoin(CardRecord, col(CardRecord.id) == col(RemedyRecord.clerk_card_id))
        .where(RemedyRecord.recovery_id == recovery_id)
        .order_by(col(RemedyRecord.id))
    )
    return tuple(
        RemedyLine(each.id, name, each.amount_minor, each.state, each.offered_at, clerk or "")
        for each, name, clerk in db.exec(wanted)
    )


def _script(read: Read, clerk: Clerk, house: House) -> Script:
    """Return all the words for it, with what is known to stand in them."""
    db, record = read.db, read.record
    playbook = read_playbook(db, record.playbook_id)
    locale = locale_for(record.language, house.language)
    values = {
        "name": called(read.card, record.language),
        "clerk": clerk.name,
        "company": house.company,
    }
    values["amount"] = _amount(db, record.id, house.currency, locale)
    known = {name: text for name, text in values.items() if text}
    promises = {
        step: aloud(at, read.now, playbook.when, locale)
        for step, at in _promised(read).items()
        if at > read.now
    }
    return Script(playbook, Fault(record.fault), said_to(db, record.card_id), known, promises)


def _promised(read: Read) -> dict[Step, datetime]:
    """Return by when a step is promised: by whoever has it in hand, and when somebody asks."""
    in_hand = {
        step: row.due_at
        for step, row in read.rows.items()
        if row.state == State.OPEN and row.due_at is not None
    }
    asks = {} if read.follow_up_at is None else {Step.FOLLOW_UP: read.follow_up_at}
    return in_hand | asks


def _amount(db: Session, recovery_id: int, currency: str, language: str) -> str:
    """Return what was offered or given last, as it is said, or "" for nothing."""
    wanted = (
        select(RemedyRecord, CatalogueRecord)
        .join(CatalogueRecord, col(CatalogueRecord.id) == col(RemedyRecord.catalogue_id))
        .where(
            RemedyRecord.recovery_id == recovery_id,
            col(RemedyRecord.state).in_(("offered", "given", "done")),
        )
        .order_by(col(RemedyRecord.id).desc())
        .limit(1)
    )
    found = db.exec(wanted).one_or_none()
    if found is None:
        return ""
    remedy, kind = found
    if kind.unit != "money":
        return said_thing(kind.name)
    return said_amount(remedy.amount_minor, remedy.currency or currency, language)
