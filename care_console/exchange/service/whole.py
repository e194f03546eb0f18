"""Cards read whole, many at once, as they go out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, or_, select

from care_console.cards.records import (
    AddressRecord,
    AlertRecord,
    CardRecord,
    EmailRecord,
    MembershipRecord,
    PhoneRecord,
    RelationRecord,
)
from care_console.cards.rules import (
    FIELDS,
    Group,
    Kind,
    NewAddress,
    NewAlert,
    NewCard,
    NewEmail,
    NewMembership,
    NewPhone,
    RelationKind,
)
from care_console.exchange.records import KeptRecord
from care_console.exchange.rules.person import Person, Tie, own_uid

Parts = dict[int, list[Any]]


def persons(db: Session, card_ids: Sequence[int]) -> list[Person]:
    """Return these cards whole, in this order; those that are gone are left out."""
    wanted = select(CardRecord).where(col(CardRecord.id).in_(card_ids), CardRecord.name != "")
    cards = {card.id: card for card in db.exec(wanted)}
    parts = {
        table: _of_each(db, table, card_ids)
        for table in (PhoneRecord, EmailRecord, AddressRecord, MembershipRecord, AlertRecord)
    }
    kept = _of_each(db, KeptRecord, card_ids)
    relations = _relations(db, card_ids)
    uids = _uids(db, _others(parts[MembershipRecord], relations)) | {
        card_id: _uid(card.id, card.uid, card.created_at) for card_id, card in cards.items()
    }
    return [
        Person(
            card=_new_card(cards[card_id], uids[card_id], parts),
            name=cards[card_id].name,
            ties=(
                *_answerable(parts[MembershipRecord][card_id], uids),
                *_related(card_id, relations[card_id], uids),
            ),
            kept=tuple(each.line for each in kept[card_id]),
        )
        for card_id in card_ids
        if card_id in cards
    ]


def _new_card(card: CardRecord, uid: str, parts: dict[Any, Parts]) -> NewCard:
    return NewCard(
        kind=Kind(card.kind),
        **{field: getattr(card, field) for field in FIELDS},
        uid=uid,
        phones=tuple(
            NewPhone(raw=each.raw, label=each.label, shared=each.shared)
            for each in parts[PhoneRecord][card.id]
        ),
        emails=tuple(
            NewEmail(address=each.address, label=each.label) for each in parts[EmailRecord][card.id]
        ),
        addresses=tuple(_address(each) for each in parts[AddressRecord][card.id]),
        memberships=tuple(
            NewMembership(
                group=Group(each.card_group),
                since=each.since,
                until=each.until,
                account_number=each.account_number,
            )
            for each in parts[MembershipRecord][card.id]
        ),
        alerts=tuple(
            NewAlert(words=each.words, since=each.since, until=each.until)
            for each in parts[AlertRecord][card.id]
        ),
    )


def _address(each: AddressRecord) -> NewAddress:
    return NewAddress(
        street=each.street,
        town=each.town,
        region=each.region,
        postcode=each.postcode,
        country=each.country,
        label=each.label,
    )


def _answerable(memberships: Sequence[MembershipRecord], uids: dict[int, str]) -> Iterable[Tie]:
    for at, each in enumerate(memberships):
        for card_id, sold in ((each.owner_card_id, False), (each.sold_by_card_id, True)):
            if card_id in uids:
                yield Tie(uids[card_id], membership=at, sold=sold)


def _related(
    card_id: int, relations: Sequence[RelationRecord], uids: dict[int, str]
) -> Iterable[Tie]:
    for each in relations:
        forward = each.first_id == card_id
        other = each.second_id if forward else each.first_id
        if other in uids:
            kind = RelationKind(each.kind)
            yield Tie(uids[other], kind, forward, since=each.since, until=each.until)


def _relations(db: Session, card_ids: Sequence[int]) -> Parts:
    first, second = col(RelationRecord.first_id), col(RelationRecord.second_id)
    wanted = select(RelationRecord).where(or_(first.in_(card_ids), second.in_(card_ids)))
    found: Parts = defaultdict(list)
    for each in db.exec(wanted.order_by(col(RelationRecord.id))):
        found[each.first_id].append(each)
        found[each.second_id].append(each)
    return found


def _others(memberships: Parts, relations: Parts) -> set[int]:
    people = {
        card_id
        for some in memberships.values()
        for each in some
        for card_id in (each.owner_card_id, each.sold_by_card_id)
        if card_id is not None
    }
    return people | set(relations)


def _uids(db: Session, card_ids: Iterable[int]) -> dict[int, str]:
    wanted = select(CardRecord.id, CardRecord.uid, CardRecord.created_at)
    there = wanted.where(col(CardRecord.id).in_(card_ids), CardRecord.name != "")
    return {card_id: _uid(card_id, uid, at) for card_id, uid, at in db.exec(there)}


def _uid(card_id: int, uid: str, at: Any) -> str:
    return uid or own_uid(card_id, at)


def _of_each(db: Session, table: Any, card_ids: Sequence[int]) -> Parts:
    found: Parts = defaultdict(list)
    rows = select(table).where(table.card_id.in_(card_ids)).order_by(table.id)
    for each in db.exec(rows):
        found[each.card_id].append(each)
    return found
