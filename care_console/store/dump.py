"""A copy of a server's records, made before their layout is changed."""

import os
import shutil
import subprocess
from pathlib import Path

from care_console.base.words import N_
from care_console.store.server import Server
from care_console.store.troubles import CannotOpen

DEBIAN = Path("/usr/lib/postgresql")
ENVIRONMENT = {  # libpq's names for what a connection is told
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "dbname": "PGDATABASE",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def dump(server: Server, folder: Path | None, name: str) -> Path:
    """Write a copy of the database into ``folder``, see that it can be read, and return it.

    Raises CannotOpen, with what to do, if there is none to trust.
    """
    pg_dump, pg_restore = program("pg_dump"), program("pg_restore")
    if folder is None or pg_dump is None or pg_restore is None:
        raise CannotOpen(
            N_(
                "The records are of an older version, and nothing here can copy them before they "
                "are changed. Install PostgreSQL's pg_dump on this desk and start again."
            )
        )
    copy = folder / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy.touch(mode=0o600)
    try:
        _run(server, pg_dump, "--format=custom", "--no-password", f"--file={copy}")
        _run(server, pg_restore, "--list", str(copy))
    except (OSError, subprocess.CalledProcessError) as error:
        copy.unlink(missing_ok=True)
        raise CannotOpen(
            N_(
                "The records are of an older version, and the copy that is made before they are "
                "changed did not come about. Is PostgreSQL's pg_dump here as new as the server?"
            )
        ) from error
    return copy


def program(name: str) -> str | None:
    """Return where a program of PostgreSQL is: the newest that Debian keeps beside, or on PATH."""
    beside = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda each: _version(each), reverse=True)
    return str(beside[0]) if beside else shutil.which(name)


def _version(file: Path) -> int:
    number = file.parents[1].name
    return int(number) if number.isdigit() else 0


def _run(server: Server, *words: str) -> None:
    said = server.connection()
    ours = {ENVIRONMENT[name]: str(value) for name, value in said.items() if name in ENVIRONMENT}
    subprocess.run(words, check=True, capture_output=True, env={**os.environ, **ours})
