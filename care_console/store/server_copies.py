"""Copies of a server's records: read in one moment into a ciphered file, and put into a server."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import SQLAlchemyError

from care_console.base.words import N_
from care_console.store.copies import (
    HEADS,
    Copy,
    NoCopy,
    heads_of,
    is_whole,
    take_copy,
    verify,
)
from care_console.store.damage import faults_in
from care_console.store.engines import DRIVER_TROUBLE, connect, engines, unlocked
from care_console.store.layout import VERSION, tables_in, take_layout_turn, upgrade
from care_console.store.restoring import NotRestored
from care_console.store.server import Server
from care_console.store.troubles import CannotOpen
from care_console.store.turns import turn_number

if TYPE_CHECKING:
    import psycopg

AT_ONCE = 2_000
DUTY = turn_number("the backups of these records")
COLUMNS = """
    SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns AS c
    JOIN information_schema.tables AS t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
    ORDER BY c.table_name, c.ordinal_position
"""
COUNTERS = """
    SELECT c.table_name, c.column_name,
        pg_get_serial_sequence(quote_ident(c.table_name), c.column_name)
    FROM information_schema.columns AS c
    WHERE c.table_schema = current_schema()
    AND pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) IS NOT NULL
"""
AS_IN_A_FILE = {  # how a file keeps what a server has as another type
    "timestamp without time zone": "to_char({}, 'YYYY-MM-DD HH24:MI:SS.US')",
    "date": "to_char({}, 'YYYY-MM-DD')",
    "boolean": "{}::int",
    "json": "{}::text",
    "uuid": "replace({}::text, '-', '')",
}

Columns = Mapping[str, list[tuple[str, str]]]  # of each table: its columns, and their types


def copy_server(
    server: Server, key: bytes | None, folder: Path, why: str, at: datetime | None = None
) -> Copy:
    """Read all that a server holds, in one moment, into a file of records in ``folder``.

    The file is under the ``key``, verified, and like one of a desk that is alone: it can be opened
    as its records, too. Nobody waits for it. Not for the window's thread. Raises NoCopy.
    """
    try:
        with _snapshot(server) as there:
            size = int(there.scalar(text("SELECT pg_database_size(current_database())")) or 0)
            return take_copy(
                lambda part, copy: _copied(there, key, part, copy), size, key, folder, why, at
            )
    except (SQLAlchemyError, CannotOpen, *DRIVER_TROUBLE) as error:
        why_not = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        raise NoCopy(N_("No backup could be written: {why}"), why=why_not) from error


def fill_server(copy: Copy, server: Server, key: bytes | None) -> None:
    """Put all that a copy holds into a server on which nothing is kept yet, whole or not at all.

    Raises NotRestored, above all where the server holds anything: nothing is ever put over it.
    """
    if not is_whole(copy):
        raise NotRestored(N_("This backup is no longer what was written. Take another one."))
    try:
        writing, *others = server.engines()
        try:
            with writing.begin() as db, closing(unlocked(copy.file, key, "immutable=1")) as file:
                _demand_empty(db, copy)
                _fill(db, file)
                _compare(db, copy)
        finally:
            for each in (writing, *others):
                each.dispose()
    except (SQLAlchemyError, CannotOpen, *DRIVER_TROUBLE) as error:
        why = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        raise NotRestored(
            N_("The backup could not be put on the server, which is as it was: {why}"), why=why
        ) from error


@dataclass(slots=True)
class Duty:
    """Of several desks on a server the one that makes the backups, as long as it is there.

    It holds a lock of the server over a connection of its own, in one thread alone.
    """

    server: Server
    _held: "psycopg.Connection[Any] | None" = None

    def is_ours(self) -> bool:
        """Return whether this desk makes them; if nobody does, it does from now on."""
        import psycopg

        for _tried in range(2):  # a connection may have been lost since the last look
            try:
                if self._held is not None:
                    self._held.execute("SELECT 1")
                    return True
                return self._take()
            except (psycopg.Error, CannotOpen):
                self.leave()
        return False

    def leave(self) -> None:
        """Let another desk make them."""
        import psycopg

        held, self._held = self._held, None
        if held is not None:
            with suppress(psycopg.Error):  # else the server would notice a moment later
                held.execute("SELECT pg_advisory_unlock(%s)", (DUTY,))
            held.close()

    def _take(self) -> bool:
        import psycopg

        there = psycopg.connect(**self.server.connection(), autocommit=True)
        try:
            found = there.execute("SELECT pg_try_advisory_lock(%s)", (DUTY,)).fetchone()
            if found is not None and found[0]:
                self._held = there
        finally:
            if self._held is None:
                there.close()
        return self._held is not None


@contextmanager
def _snapshot(server: Server) -> Iterator[Connection]:
    engine = server.snapshot()
    try:
        with engine.connect() as there:
            yield there
    finally:
        engine.dispose()


def _copied(there: Connection, key: bytes | None, part: Path, copy: Copy) -> Copy:
    """Write everything into a file that is laid out as the server is, and verify it."""
    layout = str(there.scalar(text(f"SELECT version_num FROM {VERSION}")))
    _lay_out(part, key, layout)
    columns = _columns(there)
    with closing(_opened(part, key)) as goal:
        goal.execute("BEGIN")
        rows = {name: _take_over(there, goal, name, columns[name]) for name in columns}
        _keep_counting(there, goal)
        goal.execute("COMMIT")
        if faults_in(goal, keyed=key is not None):
            raise NoCopy(N_("The backup was not kept by the disk as it was written."))
        verify(goal, rows)
        heads = heads_of(goal)
        if goal.execute("PRAGMA foreign_key_check").fetchone() or heads != _heads(there):
            raise NoCopy(N_("The backup does not hold what the records hold, so it was not kept."))
    return replace(copy, rows=rows, heads=heads, layout=layout)


def _lay_out(part: Path, key: bytes | None, layout: str) -> None:
    writing, reading = engines(part, key)
    try:
        with writing.begin() as db:
            upgrade(db, layout)
    finally:
        writing.dispose()
        reading.dispose()


def _opened(part: Path, key: bytes | None) -> Any:
    return connect(part, key, "journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = OFF")


def _columns(there: Connection) -> Columns:
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in there.execute(text(COLUMNS)):
        found.setdefault(table, []).append((column, kind))
    return found


def _take_over(there: Connection, goal: Any, table: str, columns: list[tuple[str, str]]) -> int:
    """Take the rows of a table over; return how many the server says there are."""
    names = ", ".join(f'"{name}"' for name, _kind in columns)
    wanted = ", ".join(AS_IN_A_FILE.get(kind, "{}").format(f'"{name}"') for name, kind in columns)
    marks = ", ".join("?" * len(columns))
    goal.execute(f'DELETE FROM "{table}"')  # such as the version, which was laid out with it
    found = there.execute(
        text(f'SELECT {wanted} FROM "{table}"'), execution_options={"yield_per": AT_ONCE}
    )
    for rows in found.partitions():
        goal.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', map(tuple, rows))
    return int(there.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0)


def _keep_counting(there: Connection, goal: Any) -> None:
    """Let no number be given twice: the file goes on from where the server's numbers had come."""
    for table, _column, sequence in there.execute(text(COUNTERS)).all():
        last = there.scalar(text(f"SELECT last_value FROM {sequence} WHERE is_called"))
        if last is None:
            continue
        goal.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
        goal.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))


def _heads(there: Connection) -> dict[str, tuple[int, str]]:
    if "entry" not in tables_in(there):
        return {}
    return {origin: (number, chain) for origin, number, chain in there.execute(text(HEADS))}


def _demand_empty(db: Connection, copy: Copy) -> None:
    """See that the server holds nothing, and lay its tables out as the copy has them."""
    take_layout_turn(db)
    there = tables_in(db)
    if not there:
        upgrade(db, copy.layout)
        return
    ours = VERSION in there and db.scalar(text(f"SELECT version_num FROM {VERSION}"))
    kept = (each for each in there if each != VERSION)
    if ours != copy.layout or any(db.scalar(text(f'SELECT 1 FROM "{each}"')) for each in kept):
        raise NotRestored(
            N_(
                "The database on the server is not empty, and a backup is never put over what it "
                "holds. Make a new, empty one, and name it in desk.toml."
            )
        )


def _fill(db: Connection, file: Any) -> None:
    """Write the rows of a file into the tables, those first to which others refer."""
    known = MetaData()
    known.reflect(db)
    raw: Any = db.connection.dbapi_connection
    with raw.cursor() as cursor:
        for table in known.sorted_tables:
            if table.name == VERSION:
                continue
            names = ", ".join(f'"{each.name}"' for each in table.columns)
            with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copying:
                for row in file.execute(f'SELECT {names} FROM "{table.name}"'):
                    copying.write_row(row)
        counted = dict(file.execute("SELECT name, seq FROM sqlite_sequence"))
        for name, _column, sequence in cursor.execute(COUNTERS).fetchall():
            if counted.get(name):
                cursor.execute("SELECT setval(%s, %s)", (sequence, counted[name]))


def _compare(db: Connection, copy: Copy) -> None:
    there = {name: db.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in tables_in(db)}
    if there != dict(copy.rows) or _heads(db) != dict(copy.heads):
        raise NotRestored(N_("The server does not hold what the backup holds, so it is as it was."))
