"""What cards are compared by when doubles are looked for, read for many at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from care_console.cards.records import (
    AddressRecord,
    CardRecord,
    EmailRecord,
    MembershipRecord,
    PhoneRecord,
    ReplacedRecord,
)
from care_console.cards.rules import Kind
from care_console.cards.rules.doubles import (
    Traits,
    company_key,
    name_words,
    number_key,
    place_key,
    words_of,
)


def traits_in(db: Session, card_ids: Iterable[int]) -> dict[int, Traits]:
    """Return what these cards are compared by; those that were replaced are left out."""
    ids = list(set(card_ids))
    phones = _of_each(db, PhoneRecord, ("e164", "extension", "shared"), ids)
    emails = _of_each(db, EmailRecord, ("address_key",), ids)
    places = _of_each(db, AddressRecord, ("street", "postcode"), ids)
    accounts = _of_each(db, MembershipRecord, ("account_key",), ids)
    gone = replaced_among(db, ids)
    names = ("id", "kind", "given", "additional", "preferred", "family", "company", "name")
    card: Any = CardRecord
    rows = db.exec(select(*(getattr(card, each) for each in names)).where(card.id.in_(ids)))
    return {
        row.id: Traits(
            organisation=row.kind == Kind.ORGANISATION,
            given=words_of(row.given, row.additional, row.preferred),
            family=name_words(row.family, organisation=row.kind == Kind.ORGANISATION),
            company=company_key(row.company),
            numbers=frozenset(number_key(*each[:2]) for each in phones[row.id] if each[0]),
            shared=frozenset(
                number_key(e164, ext) for e164, ext, shared in phones[row.id] if e164 and shared
            ),
            emails=frozenset(address for (address,) in emails[row.id]),
            places=frozenset(place_key(*each) for each in places[row.id]),
            accounts=frozenset(account for (account,) in accounts[row.id]) - {""},
        )
        for row in rows
        if row.id not in gone
    }


def replaced_among(db: Session, card_ids: Iterable[int]) -> set[int]:
    """Return those of the cards in whose place others stand."""
    there = select(ReplacedRecord.card_id)
    return set(db.exec(there.where(col(ReplacedRecord.card_id).in_(list(card_ids)))))


def _of_each(
    db: Session, record: Any, names: Sequence[str], card_ids: Sequence[int]
) -> Mapping[int, list[Any]]:
    wanted = select(record.card_id, *(getattr(record, name) for name in names))
    found: dict[int, list[Any]] = defaultdict(list)
    for card_id, *values in db.exec(wanted.where(record.card_id.in_(card_ids))):
        found[card_id].append(tuple(values))
    return found
