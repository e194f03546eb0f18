"""A row in every table that belongs to one person, with a word of its own in each column."""

from datetime import UTC, date, datetime
from itertools import count
from uuid import uuid4

from sqlmodel import SQLModel, insert

import care_console.services  # noqa: F401  (all records that there are)
from care_console.privacy.records import ErasedRecord
from care_console.privacy.rules import WAYS, Class, class_of
from care_console.store import Moment, holds

NOW = datetime(2029, 5, 6, 7, 8, tzinfo=UTC)
KEPT_WORDS = {  # columns in which not every word can stand
    ("card", "kind"): "person",
    ("card", "language"): "fr",
    ("card_membership", "card_group"): "end-user",
    ("card_relation", "kind"): "works at",
    ("clerk", "role"): "csr",
}
NEVER = {ErasedRecord.__tablename__}
SECTIONS = 11  # of the words that find a card
NUMBER = "+442079460777"


def tables():
    return {each.name: each for each in SQLModel.metadata.sorted_tables if each.name not in NEVER}


def is_text(column):
    return holds(column) is not None


def mark(table, column):
    """The word in a column; no two columns have the same."""
    at = [each.name for each in SQLModel.metadata.sorted_tables].index(table)
    number = sorted(each.name for each in SQLModel.metadata.tables[table].columns).index(column)
    return f"zq{at:02}x{number:02}qz"


def personal():
    """All columns that speak of a person."""
    return [
        (name, column.name)
        for name, table in tables().items()
        for column in table.columns
        if name in WAYS and is_text(column) and class_of(name, column.name) is Class.PERSON
    ]


class Seeded:
    """The ids of the rows: ``of["contact"]`` is the person's contact."""

    def __init__(self, other):
        self.other = other  # a card that is somebody else's
        self.of = {}
        self._ids = count(900_001)

    def put(self, db):
        """Put the rows in, parents first, and return the person's card."""
        for name, table in tables().items():
            if name in ("option", "word_slip", "card_replaced"):
                continue
            row = {column.name: self._value(name, column) for column in table.columns}
            db.execute(insert(table).values(**row))
            self.of[name] = row.get("id", row.get("card_id"))
        return self.of["card"]

    def _value(self, table, column):
        if (table, column.name) in KEPT_WORDS:
            return KEPT_WORDS[table, column.name]
        for key in column.foreign_keys:
            if key.column.table.name == "card":
                own = column.name in {way.column for way in WAYS.get(table, ())}
                second = column.name == "second_id"
                return self.of["card"] if own and not second else self.other
            return self.of[key.column.table.name]
        if column.name == "card_id":  # an id that points nowhere, as it outlives the card
            return self.of["card"]
        if column.name == "id" and column.primary_key:
            return next(self._ids)
        return self._of_type(table, column)

    def _of_type(self, table, column):
        if (table, column.name) in (("card_phone", "e164"), ("call", "e164")):
            return NUMBER
        if isinstance(column.type, Moment):
            return NOW
        if (table, column.name) == ("card_face", "words"):
            return mark(table, column.name) + "|" * SECTIONS
        kind = holds(column) or column.type.python_type
        values = {
            str: mark(table, column.name),
            dict: {"words": mark(table, column.name)},
            bool: False,
            int: 1,
            date: NOW.date(),
        }
        return values[kind] if kind in values else uuid4()
