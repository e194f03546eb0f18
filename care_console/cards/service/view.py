"""A card, and many for a list, read inside a query."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, SQLModel, col, or_, select

from care_console.cards.records import (
    AddressRecord,
    AlertRecord,
    CardRecord,
    EmailRecord,
    MembershipRecord,
    PhoneRecord,
    RecentRecord,
    RelationRecord,
)
from care_console.cards.rules import (
    FIELDS,
    Address,
    Alert,
    Brief,
    Card,
    Email,
    Group,
    Kind,
    Membership,
    Phone,
    Relation,
    RelationKind,
)


def card_of(db: Session, card_id: int, today: date) -> Card | None:
    """Return all of one card, or None if there is none of this id."""
    record = db.get(CardRecord, card_id)
    if record is None or not record.name:
        return None
    return Card(
        id=record.id,
        kind=Kind(record.kind),
        name=record.name,
        fields={field: getattr(record, field) for field in FIELDS},
        created_at=record.created_at,
        phones=tuple(
            Phone(each.id, each.raw, each.label, each.e164 or "", each.extension, each.shared)
            for each in _parts(db, PhoneRecord, card_id)
        ),
        emails=tuple(
            Email(each.id, each.address, each.label) for each in _parts(db, EmailRecord, card_id)
        ),
        addresses=tuple(_address(each) for each in _parts(db, AddressRecord, card_id)),
        memberships=_memberships(db, card_id),
        alerts=tuple(
            Alert(each.id, each.words, each.since, each.until)
            for each in _parts(db, AlertRecord, card_id)
        ),
        relations=_relations(db, card_id, today),
    )


def briefs_of(db: Session, card_ids: Sequence[int], today: date) -> list[Brief]:
    """Return these cards for a list, in this order; those that are gone are left out."""
    found = {
        record.id: record
        for record in db.exec(select(CardRecord).where(col(CardRecord.id).in_(card_ids)))
        if record.name
    }
    groups, numbers = groups_of(db, list(found), today), _numbers_of(db, list(found))
    towns = _first_of(db, AddressRecord, list(found), "town")
    recent: dict[int, datetime] = {
        each.card_id: each.at
        for each in db.exec(select(RecentRecord).where(col(RecentRecord.card_id).in_(found)))
    }
    return [
        Brief(
            id=card_id,
            name=found[card_id].name,
            kind=Kind(found[card_id].kind),
            groups=groups[card_id],
            company=found[card_id].company,
            title=found[card_id].title,
            town=towns.get(card_id, ""),
            numbers=tuple(numbers[card_id]),
            last_at=recent.get(card_id),
        )
        for card_id in card_ids
        if card_id in found
    ]


def groups_of(db: Session, card_ids: Sequence[int], today: date) -> dict[int, tuple[str, ...]]:
    """Return the groups to which each card belongs now, in the order of the five."""
    wanted = select(MembershipRecord.card_id, MembershipRecord.card_group).where(
        col(MembershipRecord.card_id).in_(card_ids),
        or_(col(MembershipRecord.until).is_(None), col(MembershipRecord.until) > today),
    )
    there: dict[int, set[str]] = defaultdict(set)
    for card_id, group in db.exec(wanted):
        there[card_id].add(group)
    return defaultdict(
        tuple, {card_id: tuple(g for g in Group if g in there[card_id]) for card_id in there}
    )


def _parts(db: Session, table: Any, card_id: int) -> Sequence[Any]:
    return db.exec(select(table).where(table.card_id == card_id).order_by(table.id)).all()


def _address(each: Any) -> Address:
    return Address(
        each.id, each.street, each.town, each.region, each.postcode, each.country, each.label
    )


def _memberships(db: Session, card_id: int) -> tuple[Membership, ...]:
    rows = _parts(db, MembershipRecord, card_id)
    people = [who for row in rows for who in (row.owner_card_id, row.sold_by_card_id) if who]
    names = _names(db, people)
    return tuple(
        Membership(
            id=each.id,
            group=Group(each.card_group),
            since=each.since,
            until=each.until,
            account_number=each.account_number,
            owner_card_id=each.owner_card_id,
            owner=names.get(each.owner_card_id or 0, ""),
            sold_by_card_id=each.sold_by_card_id,
            seller=names.get(each.sold_by_card_id or 0, ""),
        )
        for each in rows
    )


def _names(db: Session, card_ids: Sequence[int]) -> dict[int, str]:
    named = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(card_ids))
    return dict(db.exec(named).all())


def _relations(db: Session, card_id: int, today: date) -> tuple[Relation, ...]:
    wanted = select(RelationRecord).where(
        or_(RelationRecord.first_id == card_id, RelationRecord.second_id == card_id)
    )
    rows = db.exec(wanted.order_by(col(RelationRecord.id))).all()
    others = [row.second_id if row.first_id == card_id else row.first_id for row in rows]
    names, groups = _names(db, others), groups_of(db, others, today)
    return tuple(
        Relation(
            id=row.id,
            kind=RelationKind(row.kind),
            forward=row.first_id == card_id,
            other_id=other,
            other=names.get(other, ""),
            other_groups=groups[other],
        )
        for row, other in zip(rows, others, strict=True)
    )


def _numbers_of(db: Session, card_ids: Sequence[int]) -> dict[int, list[str]]:
    numbers: dict[int, list[str]] = defaultdict(list)
    wanted = select(PhoneRecord).where(col(PhoneRecord.card_id).in_(card_ids))
    for each in db.exec(wanted.order_by(col(PhoneRecord.id))):
        numbers[each.card_id].append(each.e164 or each.raw)
    return numbers


def _first_of(
    db: Session, table: type[SQLModel], card_ids: Sequence[int], column: str
) -> dict[int, str]:
    rows: Any = table
    wanted = select(rows).where(rows.card_id.in_(card_ids)).order_by(rows.id.desc())
    return {
        each.card_id: getattr(each, column) for each in db.exec(wanted) if getattr(each, column)
    }
