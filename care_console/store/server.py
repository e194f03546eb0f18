"""A PostgreSQL server: where it is, how it is reached safely, and how it is driven."""

import ipaddress
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from care_console.base.words import N_
from care_console.store.troubles import CannotOpen

LOOK_UP_MS = 200  # then the server gives up by itself, or hung look-ups use up the askers
CONNECT_S = 3
HEARTBEAT = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
UNHEARD_MS = 8_000  # a network that swallows everything counts as gone after so long
MAY_BE_SAID = {"host", "port", "sslrootcert", "sslcert", "sslkey"}


@dataclass(frozen=True, slots=True)
class Server:
    """A database on a server; without a password libpq looks into its own password file."""

    url: str
    password: str = field(default="", repr=False)

    @property
    def database(self) -> str:
        """What the database is called."""
        return self._parts.database or ""

    def engines(self) -> tuple[Engine, Engine, Engine]:
        """Return the engine that writes, the one that only reads, and the one for look-ups.

        Raises CannotOpen if the connection would not be safe.
        """
        asking = f"-c default_transaction_read_only=on -c statement_timeout={LOOK_UP_MS}"
        return (
            self._engine("READ COMMITTED"),
            self._engine("READ COMMITTED", readonly=True),
            self._engine("AUTOCOMMIT", pre_ping=False, options=asking),
        )

    def snapshot(self) -> Engine:
        """Return an engine whose transactions only read, and see one moment of the records.

        Raises CannotOpen if the connection would not be safe.
        """
        return self._engine("REPEATABLE READ", readonly=True, pre_ping=False)

    def connection(self) -> dict[str, Any]:
        """Return what libpq is told. Raises CannotOpen if the connection would not be safe."""
        parts = self._parts
        said = parts.translate_connect_args(username="user", database="dbname")
        said |= {name: str(value) for name, value in parts.query.items()}
        if self.password:
            said["password"] = self.password
        said |= HEARTBEAT
        said |= {"connect_timeout": CONNECT_S, "tcp_user_timeout": UNHEARD_MS}
        said["application_name"] = "care-console"
        if not is_local(str(said.get("host", ""))):
            said["sslmode"] = "verify-full"
            said.setdefault("sslrootcert", _roots())
        return said

    @property
    def _parts(self) -> URL:
        try:
            parts = make_url(self.url)
        except ArgumentError as error:
            raise CannotOpen(N_("The database that desk.toml names is not understood.")) from error
        if parts.get_backend_name() != "postgresql" or not parts.database:
            raise CannotOpen(N_("The database that desk.toml names is not understood."))
        if parts.password is not None:
            raise CannotOpen(N_("The password does not belong in desk.toml. Take it out there."))
        if other := sorted(set(parts.query) - MAY_BE_SAID):
            raise CannotOpen(
                N_("The database that desk.toml names cannot be reached with “{option}”."),
                option=other[0],
            )
        return parts

    def _engine(
        self, isolation: Any, *, readonly: bool = False, pre_ping: bool = True, **said: str
    ) -> Engine:
        return create_engine(
            "postgresql+psycopg://",
            connect_args=self.connection() | said,
            isolation_level=isolation,
            execution_options={"postgresql_readonly": True} if readonly else {},
            hide_parameters=True,
            pool_pre_ping=pre_ping,
        )


def is_local(host: str) -> bool:
    """Return whether every one of the hosts, between commas, is this computer itself."""
    return all(map(_is_this_computer, host.split(",")))


def _is_this_computer(host: str) -> bool:
    if host in ("", "localhost") or host.startswith(("/", "@")):  # nothing, or a unix socket
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _roots() -> str:
    """Return whom to trust: a house's own certificates where they are, else the computer's."""
    own = Path.home() / ".postgresql" / "root.crt"
    return os.environ.get("PGSSLROOTCERT") or (str(own) if own.exists() else "system")
