"""The records, worked on in units, and the bell that rings when they change."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

from care_console.base.words import N_
from care_console.store.asking import Rows, ask
from care_console.store.damage import refuse_damaged
from care_console.store.deadline import in_time
from care_console.store.elsewhere import Elsewhere, Touched, tell_elsewhere
from care_console.store.engines import DRIVER_TROUBLE, Beheld, engines, look_up_connection
from care_console.store.health import Health, Watch, probe
from care_console.store.loops import report, soon
from care_console.store.prepare import named, prepare
from care_console.store.schema import lay_out
from care_console.store.server import Server
from care_console.store.shares import refuse_share
from care_console.store.sweeping import sweep_file, sweep_server
from care_console.store.troubles import (
    AWAY,
    MOVED,
    NO_ANSWER,
    CannotOpen,
    Moved,
    NoAnswer,
    NotKept,
    ServerAway,
    is_away,
    is_unreadable,
    may_run_again,
    not_kept,
)
from care_console.store.turns import follow, watch

READERS, ASKERS = 4, 2
TRIES, PAUSE_S = 8, 0.01  # of a unit that was in another one's way
DEADLINE_S = 0.2  # for a server's answer to a look-up

P = ParamSpec("P")
T = TypeVar("T")
Unit = Callable[Concatenate[Session, P], T]
Listener = Callable[[Touched], None]
Where = Path | Server | str  # a str is the URL of a server that asks for no password


class Store:
    """Runs plain functions whose first argument is the session: units that write, and queries.

    Such a function may call others of its kind, all in the same transaction. It returns values,
    never records: those belong to the session, which ends with it.
    """

    def __init__(
        self,
        writing: Engine,
        reading: Engine,
        *,
        kept: Any = None,
        file: Beheld | None = None,
        watch: Watch | None = None,
        server: Server | None = None,
        asking: Engine | None = None,
    ) -> None:
        self._writing = writing
        self._reading = reading
        self._kept = kept  # the connection for look-ups; a server has an engine for them
        self._asking = asking
        self._file = file
        self._watch = watch
        self._health_listeners: list[Callable[[Health], None]] = []
        self._server = server
        self._writer = ThreadPoolExecutor(1, "store-writer")
        self._readers = ThreadPoolExecutor(READERS, "store-reader")
        self._askers = ThreadPoolExecutor(ASKERS, "store-asker")
        self._listeners: list[Listener] = []
        self._away_listeners: list[Callable[[bool], None]] = []
        self._elsewhere: Elsewhere | None = None
        self._away = False
        self._last_acts: list[Callable[[], None]] = []
        self._version: int | None = None

    @classmethod
    def open(cls, where: Where, key: bytes | None = None, backups: Path | None = None) -> "Store":
        """Open the SQLite file, or the PostgreSQL database, that is kept at ``where``.

        ``key`` is the 32 bytes with which the file was created, or a server's copies are. An older
        layout is brought up to date after a copy was made: in ``backups``, else beside the file.
        Raises CannotOpen.
        """
        if isinstance(where, Path):
            return cls._open_file(where, key, backups)
        server = named(where)
        writing, reading, asking = server.engines()
        try:
            prepare(writing, reading, server, key, backups)
        except BaseException:
            for each in (writing, reading, asking):
                each.dispose()
            raise
        return cls(writing, reading, server=server, asking=asking)

    @classmethod
    def _open_file(cls, file: Path, key: bytes | None, backups: Path | None) -> "Store":
        refuse_share(file)
        refuse_damaged(file, key)
        writing, reading = engines(file, key)
        try:
            prepare(writing, reading, file, key, backups)
            kept, beheld = look_up_connection(file, key), Beheld(file)
        except BaseException:
            writing.dispose()
            reading.dispose()
            raise
        watch = Watch(file, beheld)
        return cls(writing, reading, kept=kept, file=beheld, watch=watch)

    @classmethod
    def create(cls, where: Where, key: bytes | None = None) -> "Store":
        """Lay out empty records at ``where`` and open them. Raises what ``lay_out`` raises."""
        cls.lay_out(where, key)
        return cls.open(where, key)

    @staticmethod
    def lay_out(where: Where, key: bytes | None = None) -> None:
        """Make empty records at ``where``; a database that another desk has laid out is left.

        Raises FileExistsError rather than touch a file that is there, and CannotOpen.
        """
        if isinstance(where, Path):
            made = engines(where, key)
            where.touch(mode=0o600, exist_ok=False)
        else:
            made = named(where).engines()[:2]
        try:
            lay_out(made[0])
        except DBAPIError as error:
            raise CannotOpen(N_("The records could not be made: {why}"), why=error.orig) from error
        finally:
            for each in made:
                each.dispose()

    @property
    def on_file(self) -> bool:
        """Whether the records are a file of this desk, and not a server's."""
        return self._file is not None

    @property
    def away(self) -> bool:
        """Whether the server that keeps the records cannot be reached. A file is never away."""
        return self._away

    def on_away(self, listener: Callable[[bool], None]) -> Callable[[], None]:
        """Call ``listener`` with True when the server is gone, and with False when it is back.

        Return a function that ends it. It is noticed from the first ``look_elsewhere`` on.
        """
        self._away_listeners.append(listener)
        return lambda: self._away_listeners.remove(listener)

    async def close(self) -> None:
        """Finish the units that were begun, and let go of the database."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writer, self._readers.shutdown)
        await loop.run_in_executor(self._writer, self._askers.shutdown)
        for act in self._last_acts:
            await loop.run_in_executor(self._writer, act)
        if self._elsewhere is not None:
            await loop.run_in_executor(self._writer, self._elsewhere.stop)
        self._writer.shutdown()
        if self._kept is not None:
            self._kept.close()
        for each in (self._reading, self._writing, self._asking):
            if each is not None:
                each.dispose()

    def before_close(self, act: Callable[[], None]) -> None:
        """Run ``act`` in the writer's thread when the store is closed, after the last unit."""
        self._last_acts.append(act)

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
            try:
                if self._watch is not None:
                    self._watch.demand_room()
                result, touched = self._whole(unit, *args, **kwargs)
            except NotKept as hindrance:
                self._stands(loop, self._watch is not None and self._watch.refuse(hindrance))
                raise
            if self._watch is not None and not self._watch.calm:
                self._stands(loop, self._watch.keep())
            if touched:
                loop.call_soon_threadsafe(self._ring, frozenset(touched))
            return result

        sent = loop.run_in_executor(self._writer, whole)
        try:
            return await asyncio.shield(sent)
        except asyncio.CancelledError:
            sent.add_done_callback(report)
            raise

    async def read(self, query: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``query(db, ...)`` beside the window; it never waits for a unit that writes.

        Raises NoAnswer if the server is away.
        """
        if self._away:
            raise NoAnswer(NO_ANSWER)
        loop = asyncio.get_running_loop()

        def whole() -> T:
            try:
                with Session(self._reading) as db:
                    return query(db, *args, **kwargs)
            except DBAPIError as error:
                if not (self._missed(error) or is_unreadable(error)):
                    raise
                raise NoAnswer(NO_ANSWER) from error

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
                raise NoAnswer(NO_ANSWER) from error
        if self._away:
            raise NoAnswer(NO_ANSWER)
        asked = asyncio.get_running_loop().run_in_executor(
            self._askers, ask, self._asking, statements, values
        )
        try:
            return await in_time(asked, DEADLINE_S)
        except (TimeoutError, OperationalError) as error:
            self._look()
            raise NoAnswer(NO_ANSWER) from error

    async def take_stock(self) -> None:
        """Let a server count its tables anew, after much was written: it plans by that."""
        if self._file is None:
            await self.write(lambda db: db.execute(text("ANALYZE")) and None)

    async def sweep(self) -> None:
        """Clear what deleted rows leave behind in the files. Raises NotKept if that has to wait."""
        act = sweep_file if self._file is not None else sweep_server
        await asyncio.get_running_loop().run_in_executor(self._writer, act, self._writing)

    async def look_elsewhere(self) -> None:
        """Ring the bell if another program wrote to the file; from now on, listen to a server."""
        loop = asyncio.get_running_loop()
        if self._server is not None:
            if self._elsewhere is None:
                self._elsewhere = self._ear(self._server, loop)
                self._elsewhere.start()
            return
        version = await loop.run_in_executor(self._writer, self._look_at_file, loop)
        if self._version not in (None, version):
            self._ring(frozenset())
        self._version = version

    @property
    def health(self) -> Health:
        """How the disk and the file stood at the last look; a server looks after its own."""
        return Health() if self._watch is None else self._watch.health

    def on_health(self, listener: Callable[[Health], None]) -> Callable[[], None]:
        """Call ``listener`` when the disk or the file stands otherwise; return what ends it.

        It is looked at with each unit and with each ``look_elsewhere``.
        """
        self._health_listeners.append(listener)
        return lambda: self._health_listeners.remove(listener)

    async def lay_ballast(self, file: Path) -> None:
        """Keep a file that is given up when the disk is full, so that what was begun is kept."""
        if self._watch is not None:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._writer, self._watch.lay_ballast, file)

    def _look_at_file(self, loop: asyncio.AbstractEventLoop) -> int:
        if self._watch is not None:
            self._stands(loop, self._watch.look(probe=lambda: self._whole(probe) and None))
        return self._data_version()

    def _stands(self, loop: asyncio.AbstractEventLoop, otherwise: bool) -> None:
        if otherwise:
            soon(loop, self._tell_health, self.health)

    def _tell_health(self, health: Health) -> None:
        for listener in tuple(self._health_listeners):
            listener(health)

    def _ear(self, server: Server, loop: asyncio.AbstractEventLoop) -> Elsewhere:
        return Elsewhere(
            server,
            heard=lambda touched: soon(loop, self._ring, touched),
            changed=lambda away: soon(loop, self._set_away, away),
        )

    def _set_away(self, away: bool) -> None:
        if away != self._away:
            self._away = away
            for listener in tuple(self._away_listeners):
                listener(away)

    def _missed(self, error: DBAPIError) -> bool:
        """Return whether the server is away, and have it looked for if it is."""
        away = self._server is not None and is_away(error)
        if away:
            self._look()
        return away

    def _look(self) -> None:
        if self._elsewhere is not None:
            self._elsewhere.look()

    def _data_version(self) -> int:
        """Return a number that changes when anybody but the writer commits."""
        raw = self._writing.raw_connection()
        try:
            return int(raw.dbapi_connection.execute("PRAGMA data_version").fetchone()[0])  # type: ignore[union-attr]
        finally:
            raw.close()

    def _whole(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, set[type]]:
        if self._away:
            raise ServerAway(AWAY)
        for tried in range(TRIES):
            try:
                return self._once(unit, *args, **kwargs)
            except DBAPIError as error:
                if may_run_again(error) and tried + 1 < TRIES:
                    time.sleep(random.uniform(0, PAUSE_S * 2**tried))  # full jitter
                    continue
                self._missed(error)
                hindrance = not_kept(error)
                if hindrance is None:
                    raise
                if self._watch is not None and self._watch.give_way(hindrance):
                    continue  # the ballast made room for this one
                raise hindrance from error
        raise AssertionError

    def _once(self, unit: Unit[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, set[type]]:
        with Session(self._writing) as db:
            with db.begin():
                touched = watch(db)
                result = unit(db, *args, **kwargs)
                if self._file is not None and not self._file.there():
                    raise Moved(MOVED)
                if self._server is not None:
                    db.flush()
                    if touched:
                        tell_elsewhere(db, self._name, touched)
            follow(db)
        return result, touched

    @property
    def _name(self) -> str:
        return "" if self._elsewhere is None else self._elsewhere.name

    def _ring(self, touched: frozenset[type]) -> None:
        for listener in tuple(self._listeners):
            listener(touched)
