"""All rows that refer to a card, wherever they are: found by reflection, moved, and put back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlmodel import (
    Session,
    SQLModel,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from care_console.cards.records import MovedRecord
from care_console.store import NAMES_A_CARD

CARD = "card.id"
STAYS = frozenset(  # what tells what was, and stands in the chain of the journal
    {
        ("entry", "clerk_card_id"),
        ("clerk", "card_id"),  # whoever signs in is never merged away
        ("card_replaced", "card_id"),
        ("card_replaced", "by_card_id"),
    }
)
ANEW = frozenset(  # what is written anew from the rest
    {
        "card_face",
        "card_facts",
        "card_recent",
        "card_word",
        "noted_number",
        "number_ending",
        "recent_word",
    }
)
AT_ONCE = 500  # rows

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A table of which rows refer to cards, and its columns that do."""

    record: Any
    columns: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]  # of which no two rows have the same, with such a column

    @property
    def name(self) -> str:
        """The name of the table."""
        return str(self.record.__tablename__)

    @property
    def primary(self) -> tuple[str, ...]:
        """The names of its primary key."""
        return tuple(column.name for column in self.record.__table__.primary_key)


@dataclass(slots=True)
class Moved:
    """What a merge moved and dropped, to be put back."""

    salt: bytes
    rows: list[Row] = field(default_factory=list)  # for MovedRecord, without the entry
    dropped: list[tuple[str, Row]] = field(default_factory=list)  # table, row as JSON keeps it

    def add(self, place: Place, row: Mapping[str, Any], columns: Iterable[str]) -> None:
        """Remember a row, as it is after the move."""
        self.rows.append(
            {
                "place": place.name,
                "row_key": _key(place, row),
                "columns": " ".join(columns),
                "digest": digest(self.salt, row),
            }
        )


@cache
def places() -> tuple[Place, ...]:
    """Return every table with a column that refers to a card, but for those written anew."""
    mappers: Any = SQLModel._sa_registry.mappers
    found = []
    for record in (each.class_ for each in mappers):
        columns = tuple(
            column.name
            for column in record.__table__.columns
            if refers(column) and (record.__tablename__, column.name) not in STAYS
        )
        if columns and record.__tablename__ not in ANEW:
            found.append(Place(record, columns, _keys(record.__table__, columns)))
    return tuple(sorted(found, key=lambda place: place.name))


def refers(column: Any) -> bool:
    """Return whether a column names a card: by a foreign key, or by its own word for it."""
    keys = {each.target_fullname for each in column.foreign_keys}
    return CARD in keys or bool(column.info.get(NAMES_A_CARD))


def counts(db: Session, card_id: int) -> dict[str, int]:
    """Return how many rows of each table refer to a card."""
    found = {}
    for place in places():
        wanted = select(func.count()).select_from(place.record).where(_refer(place, card_id))
        found[place.name] = db.exec(wanted).one()
    return found


def move(db: Session, moved: Moved, from_id: int, to_id: int) -> None:
    """Let all that refers to the one card refer to the other, without a row twice."""
    for place in places():
        there = {_key(place, row): row for row in _rows(db, place, _refer(place, to_id))}
        taken = {_of(key, row) for row in there.values() for key in place.keys}
        gone: list[Row] = []
        for before in _rows(db, place, _refer(place, from_id)):
            columns = [name for name in place.columns if before[name] == from_id]
            row = {**before, **dict.fromkeys(columns, to_id)}
            keys = {_of(key, row) for key in place.keys}
            if keys & taken or _is_itself(place, row, to_id):
                gone.append(before)
                continue
            taken |= keys
            moved.add(place, row, columns)
        drop(db, moved, place, gone)
        for name in place.columns:
            column = getattr(place.record, name)
            db.exec(_plain(update(place.record).where(column == from_id).values({name: to_id})))


def drop(db: Session, moved: Moved, place: Place, rows: Sequence[Row]) -> None:
    """Delete rows, and remember them whole."""
    for row in rows:
        moved.dropped.append((place.name, encoded(row)))
        db.exec(_plain(delete(place.record).where(_is(place, row))))


def changed(db: Session, salt: bytes, ledger: Sequence[MovedRecord], to_id: int) -> list[str]:
    """Return the tables of which a row is no longer as it was moved, or is gone."""
    found = []
    for place, some in _by_place(ledger):
        now = {_key(place, row): row for row in _rows(db, place, _refer(place, to_id))}
        for each in some:
            row = now.get(each.row_key)
            if row is None or digest(salt, row) != each.digest:
                found.append(place.name)
                break
    return found


def put_back(db: Session, ledger: Sequence[MovedRecord], from_id: int) -> None:
    """Let the rows that were moved refer to ``from_id`` again."""
    for place, some in _by_place(ledger):
        table = place.record.__table__
        by_columns: dict[str, list[Row]] = {}
        for each in some:
            key = dict(zip(place.primary, json.loads(each.row_key), strict=True))
            by_columns.setdefault(each.columns, []).append(
                {f"of_{name}": _decoded(table.columns[name], key[name]) for name in key}
            )
        for columns, keys in by_columns.items():
            same = [table.c[name] == bindparam(f"of_{name}") for name in place.primary]
            values = dict.fromkeys(columns.split(), from_id)
            db.connection().execute(update(table).where(and_(*same)).values(values), keys)
        db.exec(_plain(delete(place.record).where(_nobody(place))))  # so that the bell rings


def add_again(db: Session, dropped: Sequence[tuple[str, Row]]) -> None:
    """Add rows again that were dropped, with the ids that they had."""
    for name, row in dropped:
        record = _place(name).record
        columns = record.__table__.columns
        values = {each: _decoded(columns[each], value) for each, value in row.items()}
        db.exec(_plain(insert(record).values(values)))


def stands_as(db: Session, altered: Sequence[Any]) -> bool:
    """Return whether a row that a merge altered is still as it was left."""
    name, row_id, _before, after = altered
    record = db.get(_place(name).record, row_id)
    if record is None:
        return False
    return bool(encoded({column: getattr(record, column) for column in after}) == after)


def restore(db: Session, altered: Sequence[Sequence[Any]]) -> None:
    """Let rows say again what they said before a merge altered them."""
    for name, row_id, before, _after in reversed(altered):
        record = _place(name).record
        columns = record.__table__.columns
        values = {each: _decoded(columns[each], value) for each, value in before.items()}
        db.exec(_plain(update(record).where(record.id == row_id).values(values)))


def digest(salt: bytes, row: Mapping[str, Any]) -> str:
    """Return what tells this row from any other; it tells nobody what stands in it."""
    said = json.dumps(encoded(row), sort_keys=True, default=str)
    return blake2b(said.encode("utf-8", "replace"), key=salt, digest_size=16).hexdigest()


def encoded(row: Mapping[str, Any]) -> Row:
    """Return a row as JSON keeps it."""
    return {name: _encoded(value) for name, value in row.items()}


def rows_of(db: Session, name: str, card_id: int) -> list[Row]:
    """Return the rows of a table that refer to a card."""
    place = _place(name)
    return _rows(db, place, _refer(place, card_id))


def place_of(name: str) -> Place:
    """Return the place with this table's name."""
    return _place(name)


def _keys(table: Any, columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    each_one = [
        [column.name for column in each.columns]
        for each in (*table.constraints, *table.indexes)
        if isinstance(each, UniqueConstraint) or getattr(each, "unique", False)
    ]
    each_one.append([column.name for column in table.primary_key])
    return tuple(tuple(key) for key in each_one if set(key) & set(columns))


def _is_itself(place: Place, row: Row, to_id: int) -> bool:
    """Return whether the row would relate the card to itself."""
    both = (set(key) & set(place.columns) for key in place.keys)
    return any(len(names) > 1 and all(row[name] == to_id for name in names) for names in both)


def _of(key: Sequence[str], row: Row) -> tuple[Any, ...]:
    return (*key, *(row[name] for name in key))


def _refer(place: Place, card_id: int) -> Any:
    return or_(*(getattr(place.record, name) == card_id for name in place.columns))


def _is(place: Place, row: Row) -> Any:
    return and_(*(getattr(place.record, name) == row[name] for name in place.primary))


def _nobody(place: Place) -> Any:
    return getattr(place.record, place.columns[0]) == -1


def _rows(db: Session, place: Place, where: Any) -> list[Row]:
    table = place.record.__table__
    wanted = select(*table.columns).where(where).order_by(*table.primary_key)
    return [dict(row._mapping) for row in db.exec(wanted)]


def _key(place: Place, row: Mapping[str, Any]) -> str:
    return json.dumps([_encoded(row[name]) for name in place.primary])


def _place(name: str) -> Place:
    return next(place for place in places() if place.name == name)


def _by_place(ledger: Sequence[MovedRecord]) -> list[tuple[Place, list[MovedRecord]]]:
    names = sorted({each.place for each in ledger})
    return [(_place(name), [each for each in ledger if each.place == name]) for name in names]


def _plain(statement: Any) -> Any:
    """The unit reads everything anew afterwards: nothing is to be kept in step meanwhile."""
    return statement.execution_options(synchronize_session=False)


def _encoded(value: Any) -> Any:
    if isinstance(value, date):  # and so each moment
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _decoded(column: Any, value: Any) -> Any:
    kind = column.type.python_type if value is not None else None
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return UUID(value) if kind is UUID else value
