"""Who did what, for the page of the administrators."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from care_console.journal.records import EntryCardRecord, EntryRecord, PersonalRecord
from care_console.journal.rules import Act, Entry, Facts

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """Which acts are wanted; what is None is not asked for."""

    clerk_card_id: int | None = None
    card_id: int | None = None
    kinds: tuple[str, ...] = ()  # any of these, or all
    since: datetime | None = None  # aware; this moment and later
    until: datetime | None = None  # aware; before this moment


def listed(
    db: Session, wanted: Filter, before: tuple[datetime, int] | None, most: int
) -> list[Act]:
    """Return the acts that are wanted, newest first, ``most`` of them from ``before`` on."""
    asked = (
        select(EntryRecord, PersonalRecord.personal)
        .outerjoin(PersonalRecord, col(PersonalRecord.entry_id) == col(EntryRecord.id))
        .where(*_conditions(wanted))
        .order_by(col(EntryRecord.at).desc(), col(EntryRecord.id).desc())
        .limit(most)
    )
    if before is not None:
        at, entry_id = before
        earlier = and_(col(EntryRecord.at) == at, col(EntryRecord.id) < entry_id)
        asked = asked.where(or_(col(EntryRecord.at) < at, earlier))
    found = db.exec(asked).all()
    cards = _cards(db, [entry.id for entry, _ in found])
    return [_act(entry, personal or {}, cards.get(entry.id, ())) for entry, personal in found]


def _conditions(wanted: Filter) -> list[Any]:
    asked: list[Any] = []
    if wanted.clerk_card_id is not None:
        asked.append(EntryRecord.clerk_card_id == wanted.clerk_card_id)
    if wanted.card_id is not None:
        told = select(EntryCardRecord.entry_id).where(EntryCardRecord.card_id == wanted.card_id)
        asked.append(col(EntryRecord.id).in_(told))
    if wanted.kinds:
        asked.append(col(EntryRecord.kind).in_(wanted.kinds))
    if wanted.since is not None:
        asked.append(EntryRecord.at >= wanted.since)
    if wanted.until is not None:
        asked.append(EntryRecord.at < wanted.until)
    return asked


def _cards(db: Session, entry_ids: list[int]) -> dict[int, tuple[int, ...]]:
    told = select(EntryCardRecord.entry_id, EntryCardRecord.card_id)
    cards: dict[int, tuple[int, ...]] = {}
    for start in range(0, len(entry_ids), AT_ONCE):
        some = col(EntryCardRecord.entry_id).in_(entry_ids[start : start + AT_ONCE])
        for entry_id, card_id in db.exec(told.where(some).order_by(col(EntryCardRecord.card_id))):
            cards[entry_id] = (*cards.get(entry_id, ()), card_id)
    return cards


def _act(entry: EntryRecord, personal: Facts, cards: tuple[int, ...]) -> Act:
    return Act(
        entry=Entry(
            id=entry.id,
            kind=entry.kind,
            facts=entry.facts,
            personal=personal,
            at=entry.at,
            clerk_card_id=entry.clerk_card_id,
            clerk="",
            group="",
        ),
        origin=entry.origin,
        number=entry.number,
        card_ids=cards,
    )
