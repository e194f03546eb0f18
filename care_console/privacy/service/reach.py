"""All rows that belong to a person, found by the ways that are declared, inside a unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, SQLModel, col, or_, select

import care_console.exchange.records  # noqa: F401  (this room is not made with the others)
from care_console.cards.records import CardRecord, PhoneRecord
from care_console.privacy.rules.classes import ALONE, WAYS, Way

REPLACED = "replaced_by"  # in the name of a column that leads to whom a card was merged into

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reach:
    """The cards of one person: their own, and those that were merged into it."""

    cards: tuple[int, ...]  # the one that is shown first
    numbers: tuple[str, ...]  # to which nobody else answers, E.164

    def belongs(self, table: str) -> Any:
        """Return the condition under which a row of ``table`` is the person's."""
        columns = tables()[table].c
        conditions = [columns[way.column].in_(self._values(way)) for way in WAYS[table]]
        if table == "call" and self.numbers:
            conditions.append(columns[ALONE].in_(self.numbers))
        return or_(*conditions)

    def rows(self, db: Session, table: str) -> list[Row]:
        """Return the person's rows of one table, as they are kept."""
        kept = tables()[table]
        found = db.execute(select(kept).where(self.belongs(table)).order_by(*kept.primary_key))
        return [dict(row) for row in found.mappings()]

    def _values(self, way: Way) -> Any:
        if way.table == "card":
            return self.cards
        return select(tables()[way.table].c[way.of]).where(self.belongs(way.table))


def reach(db: Session, card_id: int) -> Reach:
    """Return what leads to everything about the person on a card, or on one merged into another."""
    cards = _with_replaced(db, card_id)
    return Reach(tuple(cards), tuple(_alone(db, cards)))


def tables() -> Mapping[str, Any]:
    """Return every table by its name."""
    return SQLModel.metadata.tables


def record_of(table: str) -> type[SQLModel]:
    """Return the record type of a table, so that the bell knows what was touched."""
    return next(
        mapper.class_
        for mapper in SQLModel._sa_registry.mappers
        if mapper.local_table.name == table  # type: ignore[attr-defined]
    )


def to_cards(table: str) -> Iterator[str]:
    """Give the columns of a table that point at a card."""
    for column in tables()[table].columns:
        if any(key.target_fullname == "card.id" for key in column.foreign_keys):
            yield column.name


def _with_replaced(db: Session, card_id: int) -> list[int]:
    """Return the card that took the others in, and after it all that it took in."""
    links = list(_links())
    seen = [card_id]
    while links and (above := _step(db, links, seen[-1:], up=True)) and above[0] not in seen:
        seen.append(above[0])
    found = [seen[-1]]
    while links and (new := [x for x in _step(db, links, found, up=False) if x not in found]):
        found += dict.fromkeys(new)
    return found


def _links() -> Iterator[tuple[Any, Any]]:
    """Give for each link from a merged card: the column of that card, and of where it went."""
    for table in tables().values():
        for column in table.columns:
            if REPLACED in f"{table.name}_{column.name}":
                yield _loser(table), column


def _loser(table: Any) -> Any:
    """Return the column of the card that was merged away, in the table that says so."""
    return table.c.id if table.name == "card" else next(iter(table.primary_key))


def _step(
    db: Session, links: Sequence[tuple[Any, Any]], cards: Sequence[int], *, up: bool
) -> list[int]:
    found: list[int] = []
    for loser, survivor in links:
        here, there = (loser, survivor) if up else (survivor, loser)
        asked = select(there).where(here.in_(cards), there.is_not(None))
        found += [each for (each,) in db.execute(asked)]
    return found


def _alone(db: Session, cards: Sequence[int]) -> list[str]:
    """Return the numbers of these cards to which nobody else answers."""
    own = select(PhoneRecord.e164).where(
        col(PhoneRecord.card_id).in_(cards),
        col(PhoneRecord.e164).is_not(None),
        col(PhoneRecord.shared).is_(False),
    )
    numbers = sorted({str(each) for each in db.exec(own)})
    others = select(PhoneRecord.e164).where(
        col(PhoneRecord.e164).in_(numbers), col(PhoneRecord.card_id).not_in(cards)
    )
    theirs = set(db.exec(others))
    return [each for each in numbers if each not in theirs]


def name_of(db: Session, card_id: int) -> str:
    """Return the name on a card, or "" if there is none."""
    return db.exec(select(CardRecord.name).where(CardRecord.id == card_id)).one_or_none() or ""
