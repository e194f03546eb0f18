"""How a file is driven: SQLite, plain or ciphered."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlcipher3 import dbapi2 as driver

from care_console.store.shares import refuse_share

OLDEST_SQLITE = (3, 51, 3)  # before it, two connections that write can spoil the log
CACHE_KIB, LOOK_UP_KIB = 4_096, 16_384
LOOK_UP_KEYED_KIB = 65_536  # with it the cipher costs next to nothing

PRAGMAS = (
    "journal_mode = WAL",  # who reads never waits for who writes
    "synchronous = FULL",  # what was kept outlives a power cut
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "secure_delete = ON",  # what is erased is overwritten
    "mmap_size = 0",
    "temp_store = MEMORY",
)


DRIVER_TROUBLE = (driver.OperationalError, driver.DatabaseError)


class Beheld:
    """A file that is looked at before each commit: one deleted under us would take it gladly."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._is = self._now()

    def there(self) -> bool:
        """Return whether the file is still the one that was opened."""
        try:
            return self._now() == self._is
        except OSError:
            return False

    def _now(self) -> tuple[int, int]:
        there = os.stat(self._file)
        return there.st_dev, there.st_ino


def engines(file: Path, key: bytes | None) -> tuple[Engine, Engine]:
    """Return the engine that writes to ``file`` and the one that only reads.

    ``key`` is the file's, of 32 bytes. Raises CannotOpen if the file is on another computer.
    """
    refuse_share(file)
    return (
        _file(file, key, "BEGIN IMMEDIATE", f"cache_size = -{CACHE_KIB}"),
        _file(file, key, "BEGIN", f"cache_size = -{CACHE_KIB}", "query_only = ON"),
    )


def look_up_connection(file: Path, key: bytes | None) -> Any:
    """Return the one connection that is kept for look-ups.

    It is in autocommit: inside a BEGIN it would show old data, and hold up the checkpoints.
    """
    kib = LOOK_UP_KIB if key is None else LOOK_UP_KEYED_KIB
    return connect(file, key, f"cache_size = -{kib}", "query_only = ON")


def connect(file: Path, key: bytes | None, *pragmas: str) -> Any:
    """Open the file, which must be there, with a driver that never begins by itself."""
    connection = unlocked(file, key, "mode=rw")
    try:
        for pragma in (*PRAGMAS, *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def unlocked(file: Path, key: bytes | None, how: str) -> Any:
    """Open the file with its key and nothing else set: ``how`` is SQLite's, such as "mode=ro"."""
    connection = driver.connect(
        f"{file.absolute().as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=15,
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA256")  # a third less for a page
    return connection


def _file(file: Path, key: bytes | None, begin: str, *pragmas: str) -> Engine:
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise RuntimeError(f"SQLite {driver.sqlite_version} is too old")
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        module=driver,
        creator=lambda: connect(file, key, *pragmas),
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
