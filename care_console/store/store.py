"""The records, worked on in units, and the bell that rings when they change."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.store.engines import DRIVER_TROUBLE, Beheld, engines, look_up_connection
from care_console.store.schema import bring_up_to_date, check, lay_out
from care_console.store.troubles import CannotOpen, NoAnswer, NotKept, not_kept

READERS = 4
DEADLINE_S = 0.2  # for a server's answer to a look-up

P = ParamSpec("P")
T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Unit = Callable[Concatenate[Session, P], T]
Listener = Callable[[frozenset[type]], None]


class Store:
    """Runs plain functions whose first argument is the session: units that write, and queries.

    Such a function may call others of its kind, all in the same transaction. It returns values,
    never records: those belong to the session, which ends with it.
    """

    def __init__(
        self, writing: Engine, reading: Engine, kept: Any = None, file: Beheld | None = None
    ) -> None:
        self._writing = writing
        self._reading = reading
        self._kept = kept  # the connection for look-ups; a server has none
        self._file = file
        self._writer = ThreadPoolExecutor(1, "store-writer")
        self._readers = ThreadPoolExecutor(READERS, "store-reader")
        self._listeners: list[Listener] = []
        self._version: int | None = None

    @classmethod
    def open(cls, where: Path | str, key: bytes | None = None) -> "Store":
        """Open the SQLite file, or the PostgreSQL database, that is kept at ``where``.

        ``key`` is the 32 bytes with which the file was created. An older layout of the tables is
        brought up to date, after a copy was put beside it. Raises CannotOpen.
        """
        writing, reading = engines(where, key)
        try:
            _prepare(writing, reading, where)
            if isinstance(where, Path):
                return cls(writing, reading, look_up_connection(where, key), Beheld(where))
            return cls(writing, reading)
        except BaseException:
            writing.dispose()
            reading.dispose()
            raise

    @classmethod
    def create(cls, where: Path | str, key: bytes | None = None) -> "Store":
        """Lay out empty records at ``where`` and open them. Raises what ``lay_out`` raises."""
        cls.lay_out(where, key)
        return cls.open(where, key)

    @staticmethod
    def lay_out(where: Path | str, key: bytes | None = None) -> None:
        """Make empty records at ``where``.

        Raises FileExistsError rather than touch a file that is there, and CannotOpen.
        """
        if isinstance(where, Path):
            where.touch(mode=0o600, exist_ok=False)
        writing, reading = engines(where, key)
        try:
            lay_out(writing)
        except DBAPIError as error:
            raise CannotOpen(N_("The records could not be made: {why}"), why=error.orig) from error
        finally:
            writing.dispose()
            reading.dispose()

    @property
    def on_file(self) -> bool:
        """Whether the records are a file of this desk, and not a server's."""
        return self._file is not None

    async def close(self) -> None:
        """Finish the units that were begun, and let go of the database."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._readers.shutdown)
        self._writer.shutdown()
        if self._kept is not None:
            self._kept.close()
        self._reading.dispose()
        self._writing.dispose()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` after each commit with the record types that it touched.

        An empty set means that somebody else wrote, and anything may have changed. Return a
        function that ends it.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def write(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``unit(db, ...)`` whole: all of it is kept or, if it raises, nothing.

        Units wait for one another. One that was sent is finished even if the caller is cancelled.
        Raises NotKept if the disk or the server does not take it.
        """
        loop = asyncio.get_running_loop()

        def whole() -> T:
            result, touched = self._whole(unit, *args, **kwargs)
            if touched:
                loop.call_soon_threadsafe(self._ring, frozenset(touched))
            return result

        sent = loop.run_in_executor(self._writer, whole)
        try:
            return await asyncio.shield(sent)
        except asyncio.CancelledError:
            sent.add_done_callback(_report)
            raise

    async def read(self, query: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``query(db, ...)`` beside the window; it never waits for a unit that writes."""
        loop = asyncio.get_running_loop()

        def whole() -> T:
            with Session(self._reading) as db:
                return query(db, *args, **kwargs)

        return await loop.run_in_executor(self._readers, whole)

    async def look_up(self, sql: str, **values: object) -> Rows:
        """Return the rows that ``sql`` finds, with each ``:name`` in it taken from ``values``.

        Only for fixed SQL that finds a few rows by key or index and must be seen within this
        frame. A file is read on this thread, before anything else runs: the window stands still
        meanwhile. A server is asked beside the window. Raises NoAnswer.
        """
        return (await self.look_up_all((sql,), **values))[0]

    async def look_up_all(self, statements: Sequence[str], **values: object) -> list[Rows]:
        """Return what each of ``statements`` finds, all of them asked at once. Raises NoAnswer."""
        if self._kept is not None:
            try:
                return [list(self._kept.execute(sql, values)) for sql in statements]
            except DRIVER_TROUBLE as error:
                raise NoAnswer(N_("The records do not answer.")) from error
        asked = asyncio.get_running_loop().run_in_executor(
            self._readers, self._ask, statements, values
        )
        try:
            return await asyncio.wait_for(asked, DEADLINE_S)
        except (TimeoutError, OperationalError) as error:
            raise NoAnswer(N_("The records do not answer.")) from error

    async def take_stock(self) -> None:
        """Let a server count its tables anew, after much was written: it plans by that."""
        if self._file is None:
            await self.write(lambda db: db.execute(text("ANALYZE")) and None)

    async def look_elsewhere(self) -> None:
        """Ring the bell if another program, such as an import, wrote to the file."""
        if self._file is None:
            return
        loop = asyncio.get_running_loop()
        version = await loop.run_in_executor(self._writer, self._data_version)
        if self._version not in (None, version):
            self._ring(frozenset())
        self._version = version

    def _data_version(self) -> int:
        """Return a number that changes when anybody but the writer commits."""
        raw = self._writing.raw_connection()
        try:
            return int(raw.dbapi_connection.execute("PRAGMA data_version").fetchone()[0])  # type: ignore[union-attr]
        finally:
            raw.close()

    def _whole(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, set[type]]:
        try:
            with Session(self._writing) as db, db.begin():
                touched = _watch(db)
                result = unit(db, *args, **kwargs)
                if self._file is not None and not self._file.there():
                    raise NotKept(N_("Not saved: the file of the records was moved or replaced."))
        except DBAPIError as error:
            hindrance = not_kept(error)
            if hindrance is None:
                raise
            raise hindrance from error
        return result, touched

    def _ask(self, statements: Sequence[str], values: dict[str, object]) -> list[Rows]:
        with self._reading.connect() as server:
            return [[tuple(row) for row in server.execute(text(sql), values)] for sql in statements]

    def _ring(self, touched: frozenset[type]) -> None:
        for listener in tuple(self._listeners):
            listener(touched)


def _prepare(writing: Engine, reading: Engine, where: Path | str) -> None:
    """See that the records can be read, and that their tables are today's. Raises CannotOpen."""
    try:
        with reading.connect() as there:
            old = check(there)
    except DBAPIError as error:
        raise CannotOpen(
            N_("The records at {where} cannot be opened with the key of this desk."),
            where=where.name if isinstance(where, Path) else writing.url.database,
        ) from error
    if old:
        bring_up_to_date(writing, where)


def _report(sent: asyncio.Future[Any]) -> None:
    """Report the bug in a unit whose caller is gone; its hindrances concern nobody any more."""
    error = sent.exception()
    if error is not None and not isinstance(error, CareError):
        sys.excepthook(type(error), error, error.__traceback__)


def _watch(db: Session) -> set[type]:
    """Return a set that gathers the types of the records which ``db`` changes."""
    touched: set[type] = set()

    @event.listens_for(db, "after_flush")
    def _flushed(_db: Session, _context: object) -> None:
        touched.update(type(record) for record in (*db.new, *db.dirty, *db.deleted))

    @event.listens_for(db, "do_orm_execute")
    def _executed(state: ORMExecuteState) -> None:
        if not state.is_select:
            touched.update(mapper.class_ for mapper in state.all_mappers)

    return touched
