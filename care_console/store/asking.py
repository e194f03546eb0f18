"""Asking a server for the few rows of a look-up."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

Rows = list[tuple[Any, ...]]


def ask(
    asking: Engine | None, statements: Sequence[str], values: Mapping[str, object]
) -> list[Rows]:
    """Return what each of ``statements`` finds; a connection that was cut is made anew once."""
    assert asking is not None
    try:
        return _asked(asking, statements, values)
    except DBAPIError as error:
        if not error.connection_invalidated:  # else one that lay idle was cut: once more
            raise
        return _asked(asking, statements, values)


def _asked(asking: Engine, statements: Sequence[str], values: Mapping[str, object]) -> list[Rows]:
    with asking.connect() as server:
        return [[tuple(row) for row in server.execute(text(sql), values)] for sql in statements]
