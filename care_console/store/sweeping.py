"""Clearing what deleted rows leave behind in the files of the records."""

import time

from sqlalchemy import Engine, text

from care_console.base.words import N_
from care_console.store.troubles import NotKept

TRIES, PAUSE_S = 100, 0.05  # while somebody still reads what was


def sweep_file(writing: Engine) -> None:
    """Bring the log into the file and empty it: deleted content is overwritten there already.

    Raises NotKept if somebody reads on for so long that it cannot be done now.
    """
    raw = writing.raw_connection()
    try:
        for _tried in range(TRIES):
            busy = raw.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]  # type: ignore[union-attr]
            if not busy:
                return
            time.sleep(PAUSE_S)
    finally:
        raw.close()
    raise NotKept(
        N_("It is erased, but another program reads the records: their log is cleared later.")
    )


def sweep_server(writing: Engine) -> None:
    """Let the server clear the rows that are dead; its own log and copies are its keeper's."""
    with writing.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.execute(text("VACUUM"))
