"""Statements that each database words in its own way."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from care_console.store.turns import touch

if TYPE_CHECKING:  # 50 ms, for which a desk with a file does not wait
    from sqlalchemy.dialects import postgresql

_NAME = re.compile(r"(?<!:):([a-z_]+)")
_WORDED: "dict[tuple[str, type[SQLModel], bool], _Worded]" = {}  # for each dialect and table


class _Worded(NamedTuple):
    """A statement that keeps a record, worded once; ``order`` is empty where values have names."""

    sql: str
    order: Sequence[str]
    columns: Sequence[tuple[str, Callable[[Any], Any] | None]]


def ask(db: Session, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Return what fixed ``sql`` finds, with each ``:name`` in it taken from ``values``.

    For what is asked in every unit: on a file it goes straight to the driver, and costs a tenth of
    a record. Nobody is told what it changes, and what was not flushed is not seen.
    """
    connection = db.connection()
    if connection.dialect.name == "sqlite":
        return _straight(connection, sql, values)
    found = connection.exec_driver_sql(_as_psycopg(sql), dict(values))
    return [tuple(row) for row in found.fetchall()] if found.returns_rows else []


def _straight(
    connection: Connection, sql: str, values: Mapping[str, object] | tuple[object, ...]
) -> list[tuple[Any, ...]]:
    """Ask a file's driver itself; what it refuses is told as everything that the engine refuses."""
    driver = connection.connection.driver_connection
    trouble = connection.dialect.loaded_dbapi.Error
    try:
        found: list[tuple[Any, ...]] = driver.execute(sql, values).fetchall()  # type: ignore[union-attr]
    except trouble as error:
        raise DBAPIError.instance(sql, None, error, trouble) from error  # no values in any log
    return found


def put(db: Session, record: SQLModel) -> None:
    """Add ``record`` now, with its new id if it has one, in a third of the time of a flush.

    The session does not get to know it: what is changed in it afterwards is not kept.
    """
    found = _keep(db, record, replacing=False)
    if found:
        record.id = found[0][0]


def put_over(db: Session, record: SQLModel) -> None:
    """Keep ``record`` in place of the one with the same key, if there is one."""
    _keep(db, record, replacing=True)


def _keep(db: Session, record: SQLModel, *, replacing: bool) -> Sequence[Any]:
    connection, table = db.connection(), type(record)
    key = connection.dialect.name, table, replacing
    if key not in _WORDED:
        _WORDED[key] = _worded(table, connection.dialect, replacing)
    sql, order, columns = _WORDED[key]
    raw = record.__dict__
    values = {name: turn(raw[name]) if turn else raw[name] for name, turn in columns}
    touch(db, table)
    if connection.dialect.name == "sqlite":
        return _straight(connection, sql, tuple([values[name] for name in order]))
    found = connection.exec_driver_sql(sql, values)
    return found.fetchall() if found.returns_rows else ()


def _worded(record: type[SQLModel], dialect: Dialect, replacing: bool) -> _Worded:
    table = record.__table__  # type: ignore[attr-defined]
    made = [each for each in table.columns if each.name != "id"]
    keys = [each.name for each in table.primary_key]
    statement: Any = _insert_for(dialect)(table).values({each.name: None for each in made})
    if keys == ["id"]:
        statement = statement.returning(table.c.id)
    if replacing:
        rest = {each.name: statement.excluded[each.name] for each in made if each.name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=rest)
    worded = statement.compile(dialect=dialect)
    turns = ((each.name, each.type.dialect_impl(dialect).bind_processor(dialect)) for each in made)
    return _Worded(str(worded), worded.positiontup or (), tuple(turns))


@cache
def _as_psycopg(sql: str) -> str:
    return _NAME.sub(r"%(\1)s", sql.replace("%", "%%"))


def add_once(db: Session, record: SQLModel) -> bool:
    """Add ``record`` unless its key is taken; return whether it was added."""
    statement = _insert(db, type(record))
    added = statement.values(record.model_dump()).on_conflict_do_nothing()
    return db.exec(added, execution_options={"preserve_rowcount": True}).rowcount == 1


def add_many_once(db: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add ``rows`` of one table in one go; those whose key is taken are left as they are."""
    if rows:
        db.execute(_insert(db, table).on_conflict_do_nothing(), list(rows))


def _insert(db: Session, table: type[SQLModel]) -> "sqlite.Insert | postgresql.Insert":
    return _insert_for(db.get_bind().dialect)(table)


def _insert_for(dialect: Dialect) -> "Callable[[Any], sqlite.Insert | postgresql.Insert]":
    if dialect.name == "sqlite":
        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert
