"""An ear on the server: what other desks wrote, and whether the server is there at all."""

import random
import selectors
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlmodel import Session, SQLModel, text

from care_console.store.server import Server

if TYPE_CHECKING:
    import psycopg

CHANNEL = "care_console"
LONGEST = 7_000  # bytes of a notice; PostgreSQL takes less than 8,000
PING_S = 5.0
FIRST_S, LAST_S = 0.1, 3.0  # between two tries to reach the server again

Touched = frozenset[type]
ANYTHING: Touched = frozenset()


class Elsewhere:
    """Listens in a thread of its own, over a connection of its own.

    ``heard`` is called with the record types that another desk touched; an empty set means that
    anything may have changed. Whenever the connection was lost, or is new, notices may have been
    missed: then it is called with an empty set. ``changed`` is called with whether the server is
    away. Both are called in the thread.
    """

    def __init__(
        self, server: Server, heard: Callable[[Touched], None], changed: Callable[[bool], None]
    ) -> None:
        self._server, self._heard, self._changed = server, heard, changed
        self.name = uuid4().hex[:12]
        """Under this name the store's own notices are known, and not heard."""
        self._ended = False
        self._woken, self._wake = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="store-elsewhere", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End, and return when the connection is closed."""
        self._ended = True
        self.look()
        self._thread.join()
        self._wake.close()
        self._woken.close()

    def look(self) -> None:
        """See at once whether the server is there, because somebody could not reach it."""
        self._wake.send(b".")

    def _run(self) -> None:
        import psycopg

        pause_s = FIRST_S
        while not self._ended:
            try:
                with psycopg.connect(**self._server.connection(), autocommit=True) as server:
                    server.add_notify_handler(self._notice)
                    server.execute(f"LISTEN {CHANNEL}")
                    self._changed(False)
                    self._heard(ANYTHING)
                    pause_s = FIRST_S
                    self._listen(server)
            except psycopg.Error:
                if not self._ended:
                    self._changed(True)
                    self._sleep(pause_s * random.uniform(0.5, 1))
                    pause_s = min(2 * pause_s, LAST_S)

    def _listen(self, server: "psycopg.Connection[Any]") -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(server.fileno(), selectors.EVENT_READ)
            ready.register(self._woken, selectors.EVENT_READ)
            while not self._ended:
                for key, _events in ready.select(PING_S):
                    if key.fileobj is self._woken:
                        self._woken.recv(4096)
                if not self._ended:
                    server.execute("SELECT 1")  # the notices come with the answer, if one comes

    def _sleep(self, seconds: float) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._woken, selectors.EVENT_READ)
            if ready.select(seconds):
                self._woken.recv(4096)

    def _notice(self, notice: "psycopg.Notify") -> None:
        name, _, tables = notice.payload.partition(" ")
        if name != self.name:
            self._heard(_types(tables.split()))


def tell_elsewhere(db: Session, name: str, touched: set[type]) -> None:
    """Let the other desks know, once this unit is kept, which record types it touched."""
    tables = " ".join(sorted(str(each.__tablename__) for each in touched))  # type: ignore[attr-defined]
    notice = f"{name} {tables}"
    said = notice if len(notice) <= LONGEST else name
    db.execute(text(f"SELECT pg_notify('{CHANNEL}', :said)"), {"said": said})


def _types(tables: list[str]) -> Touched:
    """Return the record types of these tables; of one that is not known, anything."""
    known = {each.__tablename__: each for each in _records(SQLModel)}
    found = [known.get(table) for table in tables]
    return ANYTHING if None in found else frozenset(each for each in found if each is not None)


def _records(above: type[SQLModel]) -> list[Any]:
    below = above.__subclasses__()
    kept = [each for each in below if hasattr(each, "__table__")]
    return kept + [each for other in below for each in _records(other)]
