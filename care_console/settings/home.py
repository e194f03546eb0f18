"""The home: the folder in which one workstation keeps its records and its options."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from uuid import uuid4

from care_console.base.errors import CareError
from care_console.base.files import write_private
from care_console.base.words import N_
from care_console.lines.push import lock
from care_console.settings.options import LINE, Desk, read_desk, read_tables

RECORDS, DESK, SECRETS, WINDOW, LOCK = (
    "care.sqlite",
    "desk.toml",
    "secrets",
    "window.json",
    "console.lock",
)
MARK, OUTBOX, BACKUPS = "journal-mark", "outbox.sqlite", "backups"
SLOTS, BALLAST = "key-slots.json", "ballast"
ERASED, LOG, CRASH = "erased.json", "console.log", "crash.log"
LINE_SECRETS, TURN = "line-secrets", "desk.lock"
LOGS = (LOG, f"{LOG}.1", f"{LOG}.2", CRASH)
MAKING = ".making"  # behind the name of a file of a home that is not finished
DEMO = "demonstration"  # stands in a home that goes when the demonstration ends
TAILS = ("", "-wal", "-shm")  # of what SQLite keeps beside a file
TURN_S, LOOK_S = 5.0, 0.01  # how long another's change is waited for, and how often one looks
WRITTEN = (DESK, DESK + MAKING, SECRETS, LINE_SECRETS, WINDOW, MARK, ERASED, SLOTS)
OURS = {*WRITTEN, *LOGS, LOCK, TURN, "console.sock", DEMO, BACKUPS, BALLAST}
OURS |= {file + tail for file in (RECORDS, RECORDS + MAKING, OUTBOX) for tail in TAILS}
OURS |= {f"{file}.new" for file in WRITTEN}


class NotAHome(CareError):
    """The folder is somebody else's, or is not there."""


@dataclass(frozen=True, slots=True)
class Home:
    """One folder, which is a home or, while it is ``new``, may become one."""

    folder: Path
    new: bool

    @classmethod
    def at(cls, folder: Path, *, create: bool = False) -> "Home":
        """Return the home in ``folder``. Only to ``create`` may the folder be missing or empty.

        Raises NotAHome.
        """
        try:
            there = {file.name for file in folder.iterdir()} if folder.exists() else set()
        except OSError as error:
            raise NotAHome(N_("{folder} cannot be read as a folder."), folder=folder) from error
        new = DESK not in there
        if new and there - OURS - {LOCK}:
            foreign = N_("{folder} is no home of the console: it holds other files.")
            raise NotAHome(foreign, folder=folder)
        if new and RECORDS in there:
            if DESK + MAKING not in there:
                raise NotAHome(
                    N_("{folder} holds records, but desk.toml is gone. Put it back."), folder=folder
                )
            os.replace(folder / (DESK + MAKING), folder / DESK)  # the last act of making it
            new = False
        if new and not create:
            nothing = N_("{folder} is no home of the console: nothing is there yet.")
            raise NotAHome(nothing, folder=folder)
        return cls(folder, new)

    @property
    def records(self) -> Path:
        """The file of the records."""
        return self.folder / RECORDS

    @property
    def desk_file(self) -> Path:
        """The file of the workstation's options."""
        return self.folder / DESK

    @property
    def secrets(self) -> Path:
        """The file of the key, where there is no keyring."""
        return self.folder / SECRETS

    @property
    def line_secrets(self) -> Path:
        """The file of the telephone lines' passwords, where there is no keyring."""
        return self.folder / LINE_SECRETS

    @property
    def slots(self) -> Path:
        """The file of all ways to the key."""
        return self.folder / SLOTS

    @property
    def ballast(self) -> Path:
        """The file that is given up when the disk is full, so that what is begun can be kept."""
        return self.folder / BALLAST

    @property
    def mark(self) -> Path:
        """The file of the journal's ends, where there is no keyring."""
        return self.folder / MARK

    @property
    def outbox(self) -> Path:
        """The file of what waits while a server is away."""
        return self.folder / OUTBOX

    @property
    def backups(self) -> Path:
        """The folder of the copies of the records."""
        return self.folder / BACKUPS

    @property
    def erased(self) -> Path:
        """The file of the ids of whom was erased, for an older copy that is put back."""
        return self.folder / ERASED

    @property
    def log(self) -> Path:
        """The file in which the program tells what it did, without a word about anybody."""
        return self.folder / LOG

    @property
    def crash(self) -> Path:
        """The file in which the system leaves its last words."""
        return self.folder / CRASH

    @property
    def window(self) -> Path:
        """The file in which the window remembers its place."""
        return self.folder / WINDOW

    def desk(self) -> Desk:
        """Return the workstation's options. Raises BadOptions."""
        return read_desk(self.desk_file)

    def begin(self) -> Desk:
        """Make the folder, clear what an unfinished making left, and name the workstation.

        Raises NotAHome if the folder cannot be written.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in (RECORDS + MAKING, DESK + MAKING, SECRETS, MARK, OUTBOX, SLOTS):
                for tail in (*TAILS, ".new"):
                    (self.folder / (left + tail)).unlink(missing_ok=True)
            desk = Desk(origin=str(uuid4()))
            write_private(self.folder / (DESK + MAKING), _as_toml(desk))
        except OSError as error:
            raise NotAHome(N_("{folder} cannot be written to."), folder=self.folder) from error
        return desk

    @property
    def unfinished_records(self) -> Path:
        """Where the records are laid out before they are the home's."""
        return self.folder / (RECORDS + MAKING)

    def finish(self, desk: Desk) -> None:
        """Make the records and the options the home's own, the options last.

        A desk that names a database has no records here.
        """
        write_private(self.folder / (DESK + MAKING), _as_toml(desk))
        if not desk.database:
            os.link(self.unfinished_records, self.records)  # never over records that are there
            self.unfinished_records.unlink()
        os.replace(self.folder / (DESK + MAKING), self.desk_file)

    def change(self, **options: object) -> Desk:
        """Keep other options of the workstation, and its lines as they are.

        What else a person added to the file by hand goes. Raises BadOptions and OSError.
        """
        with self.turn():
            tables = read_tables(self.desk_file)
            desk = replace(self.desk(), **options)  # type: ignore[arg-type]
            write_private(self.desk_file, _as_toml(desk, tables))
        return desk

    def tables(self) -> list[object]:
        """Return what the file says of telephone lines, just as it stands. Raises BadOptions."""
        return read_tables(self.desk_file)

    def change_tables(self, change: Callable[[list[object]], list[object]]) -> None:
        """Keep what ``change`` makes of ``tables``; nobody else changes the file meanwhile.

        Raises BadOptions, OSError and what ``change`` raises, and then changes nothing.
        """
        with self.turn():
            tables = change(read_tables(self.desk_file))
            write_private(self.desk_file, _as_toml(self.desk(), tables))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold off other changes, so that the window and a command do not undo each other's.

        Raises OSError if it is another's turn for too long.
        """
        file = os.open(self.folder / TURN, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            until = monotonic() + TURN_S
            while not lock(file, alone=True):
                if monotonic() > until:
                    raise BlockingIOError("Another program is changing it")
                sleep(LOOK_S)
            yield
        finally:
            os.close(file)


class NoSecondPlace(CareError):
    """A folder cannot take backups."""


def try_folder(folder: Path) -> None:
    """Write a file into ``folder`` and take it away again. Raises NoSecondPlace."""
    if not folder.is_dir():
        raise NoSecondPlace(N_("{folder} is no folder that is there now."), folder=folder)
    tried = folder / f".care-console-{uuid4()}"
    try:
        tried.write_bytes(b"tried")
        tried.unlink()
    except OSError as error:
        raise NoSecondPlace(
            N_("{folder} cannot be written to: {why}"), folder=folder, why=error.strerror
        ) from error


def _as_toml(desk: Desk, tables: Sequence[object] = ()) -> str:
    import tomli_w  # only to write

    options = tomli_w.dumps(asdict(desk))
    if all(isinstance(each, dict) and _flat(each) for each in tables):
        lines = (f"\n[[{LINE}]]\n{tomli_w.dumps(each)}" for each in tables)  # type: ignore[arg-type]
        return options + "".join(lines)  # one's own tables stay as one would write them
    return tomli_w.dumps({**asdict(desk), LINE: tables})


def _flat(table: Mapping[str, object]) -> bool:
    return not any(isinstance(value, dict | list) for value in table.values())
