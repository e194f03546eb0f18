"""Taking cards away that nobody needs any more, and telling which ones somebody does."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session, SQLModel, col, delete, select, union_all, update

from care_console.base.fold import upper_bound
from care_console.cards.records import (
    AddressRecord,
    AlertRecord,
    CardRecord,
    EmailRecord,
    FactRecord,
    MembershipRecord,
    PhoneRecord,
)
from care_console.cards.rules import FIELDS
from care_console.cards.service.index import Index

PARTS = (PhoneRecord, EmailRecord, AddressRecord, MembershipRecord, AlertRecord, FactRecord)
OWN = frozenset(  # tables that hold what a card itself is, or how it is found
    {"card_phone", "card_email", "card_address", "card_alert", "card_face", "card_word"}
    | {"number_ending", "noted_number", "card_recent", "recent_word", "card_facts"}
)
OWN_MEMBERSHIP = ("card_membership", "card_id")
LAST = upper_bound("")  # sorts behind all names


def take_away(db: Session, index: Index, card_ids: Sequence[int]) -> None:
    """Empty these cards and all their parts, so that nobody finds them any more.

    The bare rows stay: ids are never given again, and to delete a row each table that may point at
    it would be read whole. A card without a name is no card (``card_of``).
    """
    index.forget(db, card_ids)
    tables: Sequence[Any] = PARTS
    for table in tables:
        db.exec(delete(table).where(table.card_id.in_(card_ids)))
    nothing: dict[str, str] = dict.fromkeys((*FIELDS, "name", "uid"), "")
    gone = update(CardRecord).where(col(CardRecord.id).in_(card_ids))
    db.exec(gone.values(**nothing, sort_key=LAST))


def needed(db: Session, card_ids: Sequence[int], but: frozenset[str]) -> set[int]:
    """Return those of the cards at which something points that is not their own part.

    Entries of the journal do, and calls, relations, duties, whatever room they are of; the tables
    named in ``but`` do not count. Columns that no index begins with are left out: they name clerks,
    and a clerk is named in a table of clerks, too.
    """
    asked = [
        select(column.label("id")).where(column.in_(card_ids)).distinct()
        for column in _pointing(but)
    ]
    return {card_id for (card_id,) in db.execute(union_all(*asked))}


def _pointing(but: frozenset[str]) -> Iterator[Any]:
    for name, table in SQLModel.metadata.tables.items():
        first = {next(iter(index.columns)).name for index in table.indexes}
        first |= {column.name for column in list(table.primary_key)[:1]}
        for column in table.columns:
            own = name in OWN | but or (name, column.name) == OWN_MEMBERSHIP
            if not own and column.name in first and _is_card(column):
                yield column


def _is_card(column: Any) -> bool:
    return any(key.target_fullname == "card.id" for key in column.foreign_keys)
