"""Column types that both databases keep alike."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Enum, ForeignKey, Integer, String
from sqlalchemy.types import TypeDecorator

Id: Any = BigInteger().with_variant(Integer(), "sqlite")  # only INTEGER numbers itself there
Key: Any = String().with_variant(String(collation="C"), "postgresql")  # by code point on both
Minor: Any = BigInteger()  # an amount in minor units

NAMES_A_CARD = "names a card"
"""In the ``info`` of a column that holds a card's id without a foreign key: it moves in merges."""


class Moment(TypeDecorator[datetime]):
    """An aware moment. SQLite forgets time zones, so it is kept and returned in UTC."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else moment(value)


def moment(kept: str | datetime) -> datetime:
    """Return a moment from a look-up's row, in which SQLite leaves it as text."""
    if isinstance(kept, str):
        kept = datetime.fromisoformat(kept)
    return kept.replace(tzinfo=UTC)


def kept_moment(at: datetime) -> str:
    """Return an aware moment as look-ups compare it with what is kept: both databases read it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def refers(name: str, to: str, *, needed: bool = True) -> Column[int]:
    """Return for a migration a column that points at ``to``, such as "card.id"."""
    return Column(name, Id, ForeignKey(to), nullable=not needed)


def texts(*names: str) -> list[Column[str]]:
    """Return columns of text for a migration, none of them empty of a value."""
    return [Column(name, String(), nullable=False) for name in names]


def holds(column: Column[Any]) -> type | None:
    """Return what a column holds: str, dict for JSON, or None for all else."""
    kind = column.type
    while isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, JSON):
        return dict
    return str if isinstance(kind, String) and not isinstance(kind, Enum) else None
