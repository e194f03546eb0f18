"""Seeing that records can be read and are laid out as today, before anybody works on them."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from care_console.base.words import N_
from care_console.store.damage import Damage, Damaged, look_at
from care_console.store.schema import bring_up_to_date, check
from care_console.store.server import Server
from care_console.store.troubles import CannotOpen, not_kept

NO_TABLE = "42P01"  # SQLSTATE: undefined_table
EMPTY = N_(
    "The database on the server holds no records. If it was made anew, “care-console restore” puts "
    "a backup of this desk there."
)


def named(where: str | Server) -> Server:
    """Return the server that is meant."""
    return Server(where) if isinstance(where, str) else where


def prepare(
    writing: Engine, reading: Engine, where: Path | Server, key: bytes | None, backups: Path | None
) -> None:
    """See that the records can be read, and that their tables are today's.

    Raises CannotOpen, and of a file that is not what it was Damaged.
    """
    try:
        with reading.connect() as there:
            old = check(there)
    except DBAPIError as error:
        if isinstance(where, Server):
            if getattr(error.orig, "sqlstate", "") == NO_TABLE:
                raise CannotOpen(EMPTY) from error
            raise CannotOpen(
                N_("The server that keeps the records does not answer, or not to this desk: {why}"),
                why=str(error.orig).strip().partition("\n")[0],
            ) from error
        raise _why_not(where, key, error) from error
    if old:
        bring_up_to_date(writing, where, key, backups)


def _why_not(file: Path, key: bytes | None, error: DBAPIError) -> CannotOpen:
    """Return what keeps a file from being read: its damage, the disk, or another key."""
    if (damage := look_at(file, key)) is not None:
        return Damaged(damage, file)
    if not_kept(error) is not None:
        return CannotOpen(
            N_("The records at {where} cannot be read from their disk: {why}"),
            where=file.name,
            why=error.orig,
        )
    return Damaged(Damage.BROKEN, file)
