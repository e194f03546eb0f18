"""Statements that each database words in its own way."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import sqlite
from sqlmodel import Session, SQLModel

if TYPE_CHECKING:  # 50 ms, for which a desk with a file does not wait
    from sqlalchemy.dialects import postgresql


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
    if db.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
