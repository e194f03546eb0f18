"""A database on the private server that goes away and comes back when a test says so."""

from pathlib import Path

from tests.databases import Databases


class Shared:
    """One database, as several desks see it."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self.url = str(databases.fresh("postgres", folder))
        self._databases, self._name = databases, self.url.rpartition("/")[2]

    def go(self) -> None:
        """Let nobody in, and end who is."""
        self._allow("False")
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        self._databases.command(f"{cut}'{self._name}'")

    def come(self) -> None:
        """Let everybody in again."""
        self._allow("True")

    def _allow(self, whether: str) -> None:
        self._databases.command(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS {whether}")
