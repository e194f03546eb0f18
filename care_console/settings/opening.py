"""Opening the records of a home: its own file, or the database that its desk shares."""

from contextlib import suppress
from dataclasses import dataclass, replace

from care_console.base.words import N_
from care_console.journal.service import Seal
from care_console.settings.home import Home, NotAHome
from care_console.settings.keys import (
    Mark,
    Secrets,
    find_key,
    find_password,
    keep_password,
    make_key,
    note_key,
)
from care_console.settings.options import Desk
from care_console.store import Server, Store, finish, refuse_share


@dataclass(frozen=True, slots=True)
class Opened:
    """The records of a home, and what belongs to them."""

    home: Home
    store: Store
    desk: Desk
    secrets: Secrets
    seal: Seal  # the journal's
    server: Server | None = None  # which keeps the records; None where they are a file


def open_home(
    home: Home, database: str = "", password: str = "", *, key: bytes | None = None
) -> Opened:
    """Open the records of ``home``; a new one is made first, whose desk may share a ``database``.

    The first desk that names a database makes its tables; the next ones find them. A ``key`` that
    a person gave is taken in place of the one that is kept. May wait for the keyring, the disk
    and the server: not for the window's thread. Raises CannotOpen, NoKey, NotAHome and BadOptions.
    """
    if home.new:  # meanwhile another program, such as an import, may have made it
        home = Home.at(home.folder, create=True)
    if home.new:
        if database:
            return _make_shared(home, database, password)
        refuse_share(home.records)  # before anything is put there
        return _make(home)
    desk = home.desk()
    if database and database != desk.database:
        raise NotAHome(
            N_("{folder} is a home already, and its records are elsewhere."), folder=home.folder
        )
    known = key or find_key(home, desk)
    if not desk.database:
        return _open_file(home, desk, known, given=key is not None)
    server = Server(desk.database, password or find_password(home, desk))
    opened = _on_server(home, desk, known, server)
    if password:  # it was right: a slip must not replace the one that is
        keep_password(home, desk, password)
    return opened


def _open_file(home: Home, desk: Desk, key: bytes, *, given: bool) -> Opened:
    """Open the records in the home; a key that was found there is noted among the slots."""
    finish(home.records)  # a restoring that a crash cut short
    opened = _opened(home, desk, key, Store.open(home.records, key, home.backups))
    if not given:
        with suppress(OSError):  # a home that may only be read has its key all the same
            note_key(home, desk, key)
    return opened


def _make(home: Home) -> Opened:
    desk, key = make_key(home, home.begin())
    Store.lay_out(home.unfinished_records, key)
    seal = _begun_seal(home, desk, key)
    home.finish(desk)
    return Opened(home, Store.open(home.records, key), desk, Secrets.of(key), seal)


def _make_shared(home: Home, database: str, password: str) -> Opened:
    server = Server(database, password)
    Store.lay_out(server)  # first, so that nothing is left here if it cannot be reached
    desk, key = make_key(home, replace(home.begin(), database=database))
    if password:
        keep_password(home, desk, password)
    _begun_seal(home, desk, key)
    home.finish(desk)
    return _on_server(home, desk, key, server)


def _begun_seal(home: Home, desk: Desk, key: bytes) -> Seal:
    """Put down that nothing was written yet, so that a mark which is missing is noticed."""
    seal = Seal.kept(Secrets.of(key).journal, Mark(home, desk))
    seal.heads.accept({})
    return seal


def server_of(home: Home, desk: Desk) -> Server | None:
    """Return the server that keeps a desk's records, with its password; None where a file does.

    May wait for the keyring: not for the window's thread. Raises NoKey.
    """
    return Server(desk.database, find_password(home, desk)) if desk.database else None


def _on_server(home: Home, desk: Desk, key: bytes, server: Server) -> Opened:
    store = Store.open(server, key, home.backups)
    return _opened(home, desk, key, store, server)


def _opened(
    home: Home, desk: Desk, key: bytes, store: Store, server: Server | None = None
) -> Opened:
    secrets = Secrets.of(key, server.password if server is not None else "")
    seal = Seal.kept(secrets.journal, Mark(home, desk))
    return Opened(home, store, desk, secrets, seal, server)
