"""The telephone lines of this desk: set up, changed, removed and tried."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlmodel import Session

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.journal.service import Journal
from care_console.lines import links
from care_console.lines.kinds import PLACES, kind_of
from care_console.lines.line import Line
from care_console.lines.setup import BadSetup, LineKind, Setup, Step
from care_console.lines.tried import tried
from care_console.settings.home import DESK, Home
from care_console.settings.key_places import NoKey
from care_console.settings.line_secrets import LineSecrets
from care_console.settings.line_tables import (
    KIND,
    MOST,
    NoLine,
    SetUp,
    as_table,
    checked_name,
    checked_options,
    filled,
    place,
    read_lines,
)

T = TypeVar("T")
Demand = Callable[[Session, Command], None]
Change = Callable[[list[object]], list[object]]  # of the tables in the file
MEANWHILE = N_("“{name}” was changed elsewhere meanwhile. Look at it once more.")
UNSEEN = "unseen"  # in place of a secret that nobody needs to know
ADDED, CHANGED, REMOVED = "line_added", "line_changed", "line_removed"
LINKS_TAKEN, LINKS_LEFT = "links_taken", "links_left"


class NotWritten(CareError):
    """The lines could not be kept."""


class ChangedMeanwhile(CareError):
    """The line is no longer as it was when somebody began to change it."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The name of a line that was changed, and how it was, with its secret."""

    name: str
    before: Setup


class Telephone:
    """The one place through which lines are set up: by the page, and by the command line.

    Secrets go into the keyring or a file of their own, and come out only to whom connects.
    """

    def __init__(self, home: Home, journal: Journal, demand: Demand, clock: Clock) -> None:
        """Take ``demand``, which raises the CareError of a clerk who may not set up lines."""
        self._home, self._journal, self._demand = home, journal, demand
        self._clock = clock
        self._secrets = LineSecrets(home)
        self._turn = asyncio.Lock()
        self._told: list[Callable[[], None]] = []
        self.tried: Callable[[], None] = lambda: None
        """Called after each trial: some telephone systems keep one registration of an account."""

    # what there is

    async def lines(self) -> list[SetUp]:
        """Return the lines as the file has them now, understood or not. Raises BadOptions."""
        return await asyncio.to_thread(self._lines)

    async def kinds(self) -> list[LineKind]:
        """Return every kind of line that this computer can have."""
        return await asyncio.to_thread(_usable)

    async def kind(self, name: str) -> LineKind:
        """Return one kind; it is imported beside the loop. Raises BadSetup."""
        return await asyncio.to_thread(_kind, name)

    async def mark(self) -> object:
        """Return what differs after any program has written the file of the options."""
        return await asyncio.to_thread(self._mark)

    def listen(self, told: Callable[[], None]) -> Callable[[], None]:
        """Let ``told`` know of each change that is made here; return what ends that."""
        self._told.append(told)
        return lambda: self._told.remove(told) if told in self._told else None

    async def make(self, line: SetUp) -> Line:
        """Return a line that is not connected yet. Raises BadSetup and NoKey."""
        if line.trouble:
            raise BadSetup(N_("{trouble}"), trouble=line.trouble)
        kind = await self.kind(line.kind)
        setup = line.with_secret(await asyncio.to_thread(self._secrets.find, line.secret_id))
        checked_options(kind, setup)
        return await self._made(kind, setup)

    async def trouble_of(self, line: SetUp) -> str:
        """Return why no line can be made of this one, "" if one can; no secret is looked at."""
        if line.trouble:
            return line.trouble
        try:
            await self._checked(line.with_secret(UNSEEN if line.secret_id else ""))
        except BadSetup as trouble:
            return str(trouble)
        return ""

    # setting up

    async def add(self, command: Command, setup: Setup) -> str:
        """Set up one more line; return its name. Raises BadSetup, NoKey, NotWritten."""
        async with self._turn:
            await self._allow(command)
            there = await self.lines()
            if len(there) >= MOST:
                raise BadSetup(N_("{most} lines are the most that a desk can have."), most=MOST)
            good = await self._checked(replace(setup, name=checked_name(setup.name, there)))
            if not await self._done(command):
                await self._keep(
                    good.secret, lambda key: self._put(command, ADDED, good, _with(good, key))
                )
        self._tell()
        return good.name

    async def change(
        self,
        command: Command,
        name: str,
        setup: Setup,
        *,
        new_secret: bool,
        was: SetUp | None = None,
    ) -> Changed:
        """Set up the line ``name`` in another way, perhaps under another name.

        Without ``new_secret`` it keeps the one that it has. ``was`` is how the line stood when
        somebody began. Raises NoLine, ChangedMeanwhile, BadSetup, NoKey and NotWritten.
        """
        async with self._turn:
            await self._allow(command)
            there = await self.lines()
            at = place(there, name)
            before = there[at]
            if was is not None and was != before:
                raise ChangedMeanwhile(MEANWHILE, name=before.name)
            others = [*there[:at], *there[at + 1 :]]
            kept = await self._secret_of(before)
            secret = setup.secret if new_secret else kept
            named = replace(setup, name=checked_name(setup.name, others), secret=secret)
            good = await self._checked(named)
            if not await self._done(command):
                await self._change(command, before, good, new_secret=new_secret)
        self._tell()
        return Changed(good.name, before.with_secret(kept))

    async def remove(self, command: Command, name: str) -> Setup:
        """Set up a line no longer; return how it was, so that it can be put back.

        Raises NoLine and NotWritten.
        """
        async with self._turn:
            await self._allow(command)
            there = await self.lines()
            line = there[place(there, name)]
            gone = line.with_secret(await self._secret_of(line))
            if not await self._done(command):
                await self._put(command, REMOVED, gone, _instead(line, None))
                await self._forget(line.secret_id)
        self._tell()
        return gone

    async def trial(
        self, command: Command, setup: Setup, *, secret_of: str = ""
    ) -> AsyncGenerator[Step, None]:
        """Try a line as it would be set up, apart from any that runs, and tell each step.

        The secret is that of the line ``secret_of``, where one is named. Raises BadSetup, NoLine
        and NoKey.
        """
        await self._allow(command)
        if secret_of:
            there = await self.lines()
            secret_id = there[place(there, secret_of)].secret_id
            setup = replace(setup, secret=await self._found(secret_id))
        good = await self._checked(setup)
        kind = await self.kind(good.kind)
        try:
            async with aclosing(tried(kind, filled(kind, good), self._clock)) as steps:
                async for step in steps:
                    yield step
        finally:
            self.tried()

    # inside

    # telephone links of this computer

    async def has_links(self) -> bool:
        """Return whether telephone links of this computer come to the console."""
        return await asyncio.to_thread(links.taken)

    def ring_command(self) -> list[str]:
        """Return the command that tells this console of a call, for a number behind it."""
        return links.command(self._home.folder)

    async def take_links(self, command: Command) -> None:
        """Have them come to the console. Raises CannotTake."""
        if not await self._done(command):
            await asyncio.to_thread(links.take, self._home.folder)
            await self._journalled(command, LINKS_TAKEN)

    async def leave_links(self, command: Command) -> None:
        """Give them back to whoever had them. Raises CannotTake."""
        if not await self._done(command):
            await asyncio.to_thread(links.leave)
            await self._journalled(command, LINKS_LEFT)

    async def _allow(self, command: Command) -> None:
        await self._journal.store.read(lambda db: self._demand(db, command))

    async def _checked(self, setup: Setup) -> Setup:
        """Return a setup of which a line can be made. Raises BadSetup."""
        kind = await self.kind(setup.kind)
        good = replace(setup, options=checked_options(kind, setup))
        await (await self._made(kind, good)).close()
        return good

    async def _made(self, kind: LineKind, setup: Setup) -> Line:
        """Make a line beside the loop: what vouches for certificates takes three frames to read."""
        return await asyncio.to_thread(kind.make, filled(kind, setup), self._clock)

    async def _done(self, command: Command) -> bool:
        """Return whether this was done already. Raises what keeps the clerk from it."""

        def asked(db: Session) -> bool:
            self._demand(db, command)
            return self._journal.first_run(db, command) is not None

        return await self._journal.store.read(asked)

    async def _journalled(self, command: Command, kind: str, setup: Setup | None = None) -> None:
        """Journal what was done."""
        facts: dict[str, Any] = {}
        if setup is not None:
            facts = {"line": setup.name, "kind": setup.kind, "options": sorted(setup.options)}

        def unit(db: Session) -> None:
            self._demand(db, command)
            if self._journal.first_run(db, command) is None:
                self._journal.write(db, command, kind, facts)

        await self._journal.store.write(unit)

    async def _change(
        self, command: Command, before: SetUp, good: Setup, *, new_secret: bool
    ) -> None:
        async def put(key: str) -> None:
            await self._put(command, CHANGED, good, _instead(before, as_table(good, key)))

        if not new_secret:
            await put(before.secret_id)
            return
        await self._keep(good.secret, put)
        await self._forget(before.secret_id)

    async def _keep(self, secret: str, put: Callable[[str], Awaitable[None]]) -> None:
        """Keep the secret first, so that a line never stands in the file without its own."""
        key = await self._write(lambda: self._secrets.keep(secret)) if secret else ""
        try:
            await put(key)
        except CareError:
            await self._forget(key)
            raise

    async def _put(self, command: Command, kind: str, setup: Setup, change: Change) -> None:
        """Write the file and then the journal; what the one does not take the other does not keep.

        Never both at once: a unit of the journal may run twice, or wait for others.
        """
        before: list[object] = []
        after: list[object] = []

        def changed(tables: list[object]) -> list[object]:
            before[:], after[:] = tables, change(tables)
            return after

        await self._write(lambda: self._home.change_tables(changed))
        try:
            await self._journalled(command, kind, setup)
        except CareError:
            await self._write(
                lambda: self._home.change_tables(lambda now: before if now == after else now)
            )
            raise

    async def _secret_of(self, line: SetUp) -> str:
        """Return the secret of a line; one that is gone keeps nobody from changing the line."""
        try:
            return await self._found(line.secret_id)
        except NoKey:
            return ""

    async def _found(self, secret_id: str) -> str:
        return await asyncio.to_thread(self._secrets.find, secret_id)

    async def _forget(self, secret_id: str) -> None:
        with suppress(OSError, CareError):  # what is left then is of no use to anybody
            await asyncio.to_thread(self._secrets.forget, secret_id)

    async def _write(self, write: Callable[[], T]) -> T:
        try:
            return await asyncio.to_thread(write)
        except OSError as error:
            why = error.strerror or str(error)
            raise NotWritten(N_("{file} cannot be written: {why}"), file=DESK, why=why) from error

    def _lines(self) -> list[SetUp]:
        return read_lines(self._home.tables())

    def _mark(self) -> object:
        try:
            there = self._home.desk_file.stat()
        except OSError:
            return None
        return there.st_mtime_ns, there.st_size, there.st_ino

    def _tell(self) -> None:
        for told in list(self._told):
            told()


def _with(setup: Setup, key: str) -> Change:
    """Return what puts one more line into the file, with its secret under ``key``."""

    def more(tables: list[object]) -> list[object]:
        checked_name(setup.name, read_lines(tables))  # a command may have been quicker
        return [*tables, as_table(setup, key)]

    return more


def _instead(before: SetUp, table: dict[str, str] | None) -> Change:
    """Return what puts ``table``, or nothing, where a line stands that nobody has touched since."""

    def other(tables: list[object]) -> list[object]:
        lines = read_lines(tables)
        at = place(lines, before.name)
        if lines[at] != before:
            raise ChangedMeanwhile(MEANWHILE, name=before.name)
        return [*tables[:at], *([table] if table is not None else []), *tables[at + 1 :]]

    return other


def _kind(name: str) -> LineKind:
    try:
        return kind_of(name)
    except ImportError as error:
        raise BadSetup(
            N_("Lines of the kind {kind} cannot be used here: {part} is not installed."),
            KIND,
            kind=name,
            part=error.name or name,
        ) from error


def _usable() -> list[LineKind]:
    found = []
    for name in PLACES:
        with suppress(BadSetup):
            found.append(_kind(name))
    return found


__all__ = ["ChangedMeanwhile", "NoLine", "NotWritten", "Telephone"]
