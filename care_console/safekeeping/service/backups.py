"""Backups that are made by themselves, while one works, and thinned as they grow old."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.journal.service import Journal, ends
from care_console.safekeeping.rules import Span, has_shrunk, is_due, to_drop
from care_console.settings.home import Home
from care_console.settings.keys import backup_folders, keep_slots, slots_of
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import (
    Copy,
    Duty,
    NoCopy,
    Server,
    age_of,
    broken_pages,
    carry,
    copies_in,
    copy_server,
    doubt,
    drop,
    leave_no_part,
    make_copy,
    newest_whole,
    tell,
)

A = TypeVar("A")
T = TypeVar("T")
AFTER_FAILURE_MINUTES = 5  # one that did not come about is tried again after so many


class NotShrunk(CareError):
    """There is nothing to be accepted."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, and what is to be told with it: a sentence, or nothing."""

    copy: Copy
    second: str = ""  # why the second place has it not
    shrunk_from: Copy | None = None  # the one that held much more


class Backups:
    """The backups of one home. Their work is done in a thread of its own, one at a time."""

    def __init__(
        self,
        home: Home,
        key: bytes,
        journal: Journal,
        staff: Staff,
        clock: Clock,
        server: Server | None = None,
    ) -> None:
        """Take the ``server`` that keeps the records, where it is not the home's own file."""
        self.home, self.key, self.server = home, key, server
        self._duty = None if server is None else Duty(server)
        self._journal, self._staff, self._clock = journal, staff, clock
        self._store = journal.store
        self._turn = asyncio.Lock()
        self._worker = ThreadPoolExecutor(1, "backups")  # one after the other, even on leaving
        self._store.before_close(self._end)
        self._written = True  # since the last one; at the start nobody knows
        self._tried: datetime | None = None
        self.trouble = ""
        """Why the last one did not come about, or what has to be looked at: a sentence, or "". """
        self.wanted: Copy | None = None
        """One that takes the place of the records when nobody has them open any more."""
        self._listeners: list[Callable[[], None]] = []
        self._store.listen(lambda _touched: self._note())

    def on_news(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after each attempt; return what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def listed(self) -> list[Copy]:
        """Return all backups that are here or in the second place, the newest first."""
        return await asyncio.to_thread(self._listed)

    async def newest_whole(self) -> Copy | None:
        """Return the newest one of which no bit is other than it was written. It reads them."""
        return await asyncio.to_thread(lambda: newest_whole(self._listed()))

    async def keep_on(self) -> None:
        """Make one if it is time for it; a hindrance is told by ``trouble``.

        Of several desks on a server one makes them, as long as it is open.
        """
        if not (await self._is_ours() and await self._is_due()):
            return
        with suppress(CareError):
            await self.back_up("work")

    async def leave(self) -> None:
        """Make one on leaving, if anything was written since the last one."""
        if self._written and await self._is_ours():
            with suppress(CareError):
                await self.back_up("leaving")

    async def look_through(self) -> None:
        """See whether every page of the records is what was written; ``trouble`` tells of it.

        A server looks after its own pages.
        """
        if self.server is not None:
            return
        faults = await asyncio.to_thread(broken_pages, self.home.records, self.key)
        if faults:
            doubt(self.home.records)
            self.trouble = str(
                NoCopy(
                    N_(
                        "Parts of the records are damaged. Close the console and start it again: "
                        "it then offers a backup. ({why})"
                    ),
                    why=faults[0],
                )
            )
            self._tell()

    async def back_up(self, why: str) -> Made:
        """Make a backup now, and let go of those that are not needed. Raises NoCopy and Damaged."""
        async with self._turn:
            self._written, self._tried = False, self._clock()
            try:
                made = await self._run(self._back_up, why)
            except CareError as trouble:
                self._written, self.trouble = True, str(trouble)
                raise
            else:
                self.trouble = made.second or _shrunk_words(made)
            finally:
                self._tell()
        return made

    async def accept(self, command: Command, copy: Copy) -> None:
        """Take a backup that holds much less for what it should be. Raises NotAllowed."""
        if not copy.shrunk:
            raise NotShrunk(N_("This backup holds what one expects of it."))
        await self._journalled(command, "smaller_backup_accepted", {"at": copy.at.isoformat()})
        await self._run(self._accept, copy)
        self.trouble = ""
        self._tell()

    async def demand(self, command: Command) -> None:
        """Raise NotAllowed unless the clerk may bring back a backup."""
        await self._store.read(lambda db: self._staff.demand(db, command, Permission.RESTORE))

    async def entries_after(self, copy: Copy) -> int:
        """Return how many acts the journal has that are not in ``copy``."""
        heads = await self._store.read(ends)
        return sum(
            max(0, head.number - copy.heads.get(origin, (0, ""))[0])
            for origin, head in heads.items()
        )

    async def _is_ours(self) -> bool:
        duty = self._duty
        return duty is None or await self._run(lambda _none: duty.is_ours(), None)

    async def _is_due(self) -> bool:
        now, minutes = self._clock(), self.home.desk().backup_minutes
        if self.trouble and self._tried is not None:
            minutes = min(minutes, AFTER_FAILURE_MINUTES)
            return is_due(now, self._tried, minutes, changed=self._written)
        if not self._written:
            return False
        newest = next(iter(await self.listed()), None)
        return is_due(now, newest.at if newest else None, minutes, changed=True)

    async def _journalled(self, command: Command, kind: str, facts: dict[str, object]) -> None:
        def unit(db: Session) -> None:
            self._staff.demand(db, command, Permission.RESTORE)
            if self._journal.first_run(db, command) is None:
                self._journal.write(db, command, kind, facts)

        await self._store.write(unit)

    async def _run(self, act: Callable[[A], T], value: A) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, act, value)

    # in a thread

    def _listed(self) -> list[Copy]:
        found: dict[str, Copy] = {}
        for folder in backup_folders(self.home, self.home.desk()):
            for copy in copies_in(folder, self.key):
                found.setdefault(copy.file.name, copy)
        return sorted(found.values(), key=age_of, reverse=True)

    def _back_up(self, why: str) -> Made:
        desk = self.home.desk()
        before = copies_in(self.home.backups, self.key)
        if self.home.backups.is_dir():
            leave_no_part(self.home.backups)
        copy = self._copy(why)
        larger = next((each for each in before if not each.shrunk), None)
        if larger is not None and has_shrunk(copy.rows, larger.rows):
            copy = replace(copy, shrunk=True)
            tell(copy, self.key)
        else:
            larger = None
        if (slots := slots_of(self.home)) is not None:
            keep_slots(self.home, desk, slots)
        second = self._second(copy)
        span = Span(desk.backup_days, desk.backup_weeks)
        for folder in backup_folders(self.home, desk):
            for old in to_drop(copies_in(folder, self.key), self._clock().astimezone(), span):
                drop(old)
        return Made(copy, second, larger)

    def _copy(self, why: str) -> Copy:
        folder, now = self.home.backups, self._clock()
        if self.server is not None:
            return copy_server(self.server, self.key, folder, why, now)
        return make_copy(self.home.records, self.key, folder, why, now)

    def _second(self, copy: Copy) -> str:
        """Carry a backup to the second place; return why not, or ""."""
        desk = self.home.desk()
        if not desk.backup_folder:
            return ""
        try:
            carry(copy, self.key, backup_folders(self.home, desk)[1])
            if (slots := slots_of(self.home)) is not None:
                keep_slots(self.home, desk, slots)
        except NoCopy as trouble:
            return str(trouble)
        return ""

    def _accept(self, accepted: Copy) -> None:
        for folder in backup_folders(self.home, self.home.desk()):
            for copy in copies_in(folder, self.key):
                if copy.shrunk and copy.at <= accepted.at:
                    tell(replace(copy, shrunk=False), self.key)

    def _end(self) -> None:
        if self._duty is not None:
            self._worker.submit(self._duty.leave)
        self._worker.shutdown()

    def _note(self) -> None:
        self._written = True

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()


def _shrunk_words(made: Made) -> str:
    if made.shrunk_from is None:
        return ""
    return str(
        NoCopy(
            N_(
                "The records hold far less than in the backup before: {now} rows instead of "
                "{before}. All backups are kept until somebody has looked."
            ),
            now=sum(made.copy.rows.values()),
            before=sum(made.shrunk_from.rows.values()),
        )
    )
