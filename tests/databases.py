"""Empty records for each test: a copied file, or a copied database of a private PostgreSQL."""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from care_console.store import Store

ON_BOTH = ("test_service", "test_store", "test_schema")  # whose tests also run on a server
HOUSE, FIRST_CLERK = "Northgate Heating", "Grace Hopper"
BEGAN = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)  # a Monday, at which each test's clock stands
COPIED = "STRATEGY FILE_COPY"  # of small databases, without fsync, half as long as by the log
MEMORY, ENOUGH = Path("/dev/shm"), 2**30  # bytes that have to be free there
MISSING = "no PostgreSQL on this machine (Debian: apt-get install postgresql): half of it untested"


def kinds_for(module: str) -> list[str]:
    """Return the kinds of database on which the tests of ``module`` run."""
    name = module.rpartition(".")[2]
    return ["sqlite", "postgres"] if name.startswith(ON_BOTH) else ["sqlite"]


def server_programs() -> Path | None:
    """Return the folder of ``initdb`` and ``postgres``, or None."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((each for each in folders if (each / "postgres").exists()), None)


class Databases:
    """Makes records once of each kind, and copies them: laying them out takes much longer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begun = False  # on the server
        self._server: Server | None = None
        self._made = 0

    def fresh(self, kind: str, folder: Path, *, begun: bool = False) -> Path | str:
        """Return where empty records of this kind are, which nobody else uses.

        With ``begun`` the first clerk has begun there; that takes several times as long.
        """
        return self._fresh_file(folder, begun) if kind == "sqlite" else self._fresh_database(begun)

    def bare(self) -> str:
        """Return where a database is that nobody has laid out."""
        return self._database("template0")

    def command(self, sql: str) -> None:
        """Tell the server something, from outside all its databases but its own."""
        assert self._server is not None
        self._server.command(sql)

    def drop(self, where: Path | str) -> None:
        """Let go of a database: thousands of them would fill the disk."""
        if isinstance(where, str) and self._server is not None:
            name = where.rpartition("/")[2]
            self._server.command(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()

    def _fresh_file(self, folder: Path, begun: bool) -> Path:
        empty, filled = self._folder / "empty.sqlite", self._folder / "begun.sqlite"
        if not empty.exists():
            Store.lay_out(empty)
        if begun and not filled.exists():
            begin(Path(shutil.copy(empty, filled)))
        return Path(shutil.copy(filled if begun else empty, folder / "care.sqlite"))

    def _fresh_database(self, begun: bool) -> str:
        if begun and not self._begun:
            begin(self._database("empty", "begun"))
            self._begun = True
        return self._database("begun" if begun else "empty")

    def _database(self, template: str, name: str = "") -> str:
        programs = server_programs()
        if programs is None:
            pytest.skip(MISSING)
        if self._server is None:
            self._server = Server(programs)
            self._server.start()
            self._server.command("CREATE DATABASE empty")
            Store.lay_out(self._server.url("empty"))
        self._made += not name
        name = name or f"test_{self._made}"
        self._server.command(f"CREATE DATABASE {name} TEMPLATE {template} {COPIED}")
        return self._server.url(name)


class Server:
    """A PostgreSQL of our own, in a folder of our own, on a socket of our own."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        at = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else None
        self._folder = Path(mkdtemp(prefix="care-console-server-", dir=at))  # pytest's are swept
        self._process: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]

    def start(self) -> None:
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        data = self._folder / "data"
        auth = ["--auth=trust", "--username=care", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", "-D", str(data), *auth, "--no-sync")
        fast = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"]
        fast += ["-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "max_wal_size=64MB"]
        where = ["-c", "listen_addresses=127.0.0.1", "-p", str(self._port), "-k", ""]
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", data, *where, *fast],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._as_owner(),
        )
        self._wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # without waiting for its clients
            self._process.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://care@127.0.0.1:{self._port}/{database}"

    def command(self, sql: str) -> None:
        plain = self.url("postgres").replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as server:
            server.execute(sql)

    def _run(self, program: str, *options: str) -> None:
        subprocess.run(
            [self._programs / program, *options],
            check=True,
            capture_output=True,
            **self._as_owner(),
        )

    def _wait(self) -> None:
        for _ in range(600):
            try:
                self.command("SELECT 1")
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not start")

    @staticmethod
    def _as_owner() -> dict[str, str]:
        return {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}


def begin(where: Path | str) -> None:
    """Let Grace Hopper be the first clerk of the records there, as a house begins."""
    from care_console.services import Services
    from care_console.settings.options import Company, Desk

    async def run() -> None:
        store = Store.open(where)
        desk, company = Desk(origin="this desk"), Company(name=HOUSE)
        services = Services.over(store, lambda: BEGAN, desk, company)
        await services.beginning.begin({"name": HOUSE}, FIRST_CLERK)
        await store.close()

    thread = threading.Thread(target=lambda: asyncio.run(run()))  # a loop beside the test's
    thread.start()
    thread.join()
