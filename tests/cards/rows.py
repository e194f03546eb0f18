"""A row in any table, made from what the table says of itself."""

import importlib.util
import pkgutil
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import JSON, Session, SQLModel, insert, select

import care_console
from care_console.cards.service.merging_rows import refers

for _room in pkgutil.iter_modules(care_console.__path__, "care_console."):
    if _room.ispkg and importlib.util.find_spec(f"{_room.name}.records"):
        importlib.import_module(f"{_room.name}.records")  # all tables that there are

AT = datetime(2030, 1, 6, 12, tzinfo=UTC)


def all_tables() -> list[Any]:
    """Return every table, each after those that it refers to."""
    return list(SQLModel.metadata.sorted_tables)


def referring() -> list[tuple[str, str]]:
    """Return the table and the name of each column that names a card."""
    return [
        (table.name, column.name)
        for table in all_tables()
        for column in table.columns
        if refers(column)
    ]


def put_row(db: Session, name: str, **values: Any) -> dict[str, Any]:
    """Put a row into a table, with whatever else it needs; return its primary key."""
    table = SQLModel.metadata.tables[name]
    number = db.info["made"] = db.info.get("made", 1000) + 1
    row = {
        column.name: values[column.name] if column.name in values else _value(db, column, number)
        for column in table.columns
    }
    db.execute(insert(table).values(row))
    return {column.name: row[column.name] for column in table.primary_key}


def everything(db: Session, but: frozenset[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Return what stands in all tables but these."""
    return {
        table.name: [
            tuple(map(str, row))
            for row in db.execute(select(*table.columns).order_by(*table.primary_key))
        ]
        for table in all_tables()
        if table.name not in but
    }


def _value(db: Session, column: Any, number: int) -> Any:
    others = [each for each in column.foreign_keys if each.target_fullname != "card.id"]
    if column.foreign_keys and not others:
        return None if column.nullable else 1
    if others:
        if column.nullable and not column.primary_key:
            return None
        parent = put_row(db, others[0].column.table.name)
        return parent[others[0].column.name]
    return _plain(column, number)


def _plain(column: Any, number: int) -> Any:
    if (column.table.name, column.name) == ("card_relation", "kind"):
        return "works at"
    if column.name == "card_group":
        return "prospect"
    if column.name == "kind" and column.table.name == "card":
        return "person"
    kinds: dict[type, Any] = {
        str: f"x{number}",
        int: number,
        bool: False,
        datetime: AT,
        date: AT.date(),
    }
    if isinstance(column.type, JSON):
        return {}
    kind = column.type.python_type
    return uuid4() if kind is UUID else kinds.get(kind, f"x{number}")
