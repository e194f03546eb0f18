"""The layout of the tables: laid out, checked at each opening, and brought up to date."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from care_console.base.words import N_, _
from care_console.store.copies import NoCopy, count_rows, make_copy
from care_console.store.layout import tables_in, take_layout_turn, upgrade
from care_console.store.migrations import HEAD
from care_console.store.server import Server
from care_console.store.server_copies import copy_server
from care_console.store.troubles import CannotOpen

NOT_UPDATED = N_(
    "The records are of an older version and could not be brought up to date. They are as they "
    "were: {why}"
)


def lay_out(writing: Engine) -> None:
    """Make all tables in an empty database; one that a desk has laid out is left as it is.

    Raises CannotOpen if it holds something else.
    """
    with writing.begin() as db:
        if db.dialect.name != "sqlite":
            take_layout_turn(db)
            there = tables_in(db)
            if "alembic_version" in there:
                return
            if there:
                raise CannotOpen(N_("The database holds other tables. Name one that is empty."))
        upgrade(db)


def check(there: Connection) -> bool:
    """Return whether the layout is an older one. Raises CannotOpen if it is a newer one."""
    version = there.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    if version > HEAD:
        raise CannotOpen(
            N_("The records were made by a newer version of CARE Console. Install that one here.")
        )
    return bool(version < HEAD)


def bring_up_to_date(
    writing: Engine, where: Path | Server, key: bytes | None, backups: Path | None
) -> None:
    """Change an older layout into today's, all of it or nothing, and never without a copy.

    The copy goes into the folder ``backups``; that of a file, without one, beside it. It is under
    the ``key``. Raises CannotOpen if that cannot be, and then the records are as they were.
    """
    if isinstance(where, Path):
        _bring_file(writing, where, key, backups or where.parent)
        return
    if backups is None:
        raise CannotOpen(NOT_UPDATED, why=_("there is no folder for a backup"))
    try:
        with writing.begin() as db:
            take_layout_turn(db)
            if check(db):  # no other desk was quicker
                copy_server(where, key, backups, "update")
                upgrade(db)
    except NoCopy as trouble:
        raise CannotOpen(NOT_UPDATED, why=trouble) from trouble
    except DBAPIError as error:
        raise CannotOpen(NOT_UPDATED, why=str(error.orig).partition("\n")[0]) from error


def _bring_file(writing: Engine, file: Path, key: bytes | None, backups: Path) -> None:
    try:
        make_copy(file, key, backups, "update")
        with writing.connect() as db:
            raw = db.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys = OFF")  # a batch rebuild would delete all children
            try:
                with db.begin():
                    before = count_rows(raw)
                    upgrade(db)
                    _compare(raw, before)
            finally:
                raw.execute("PRAGMA foreign_keys = ON")
    except NoCopy as trouble:
        raise CannotOpen(NOT_UPDATED, why=trouble) from trouble
    except DBAPIError as error:
        raise CannotOpen(NOT_UPDATED, why=error.orig) from error


def _compare(raw: Any, before: Mapping[str, int]) -> None:
    """See that no row was lost on the way, and none hangs on one that is gone."""
    after = count_rows(raw)
    lost = [name for name, count in before.items() if after.get(name, count) < count]
    if lost or raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise CannotOpen(NOT_UPDATED, why=_("rows would be lost"))
