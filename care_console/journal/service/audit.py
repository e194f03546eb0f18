"""Reading the whole journal, for those who may."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from care_console.base.command import Command
from care_console.journal.rules import Act, Findings
from care_console.journal.service.check import look_through
from care_console.journal.service.journal import PAGE, Journal
from care_console.journal.service.listing import Filter, listed

MOST = 100_000  # entries that one file takes

Demand = Callable[[Session, Command], None]  # raises a CareError if the clerk may not
Guarded = Callable[[Command], AbstractAsyncContextManager[None]]  # journals that they might not


@dataclass(frozen=True, slots=True)
class Audit:
    """Who did what, with before and after. Each look asks anew whether the clerk may."""

    journal: Journal
    demand: Demand
    guarded: Guarded

    async def acts(
        self,
        command: Command,
        wanted: Filter,
        *,
        before: tuple[datetime, int] | None = None,
        most: int = PAGE,
    ) -> list[Act]:
        """Return what was done by anybody to anybody, newest first, ``most`` acts at a time.

        ``before`` is the moment and the id of the last entry of the page that was read. Raises
        what ``demand`` raises.
        """
        async with self.guarded(command):
            return await self.journal.store.read(self._listed, command, wanted, before, most)

    async def check(self, command: Command) -> Findings:
        """Return what is wrong with the journal. Raises what ``demand`` raises."""
        async with self.guarded(command):
            return await self.journal.store.read(self._checked, command)

    async def export(self, command: Command, wanted: Filter) -> list[Act]:
        """Return all acts that are wanted, MOST of them, and journal that they were taken out.

        Raises what ``demand`` raises.
        """
        async with self.guarded(command):
            return await self.journal.store.write(self._exported, command, wanted)

    def _listed(
        self,
        db: Session,
        command: Command,
        wanted: Filter,
        before: tuple[datetime, int] | None,
        most: int,
    ) -> list[Act]:
        self.demand(db, command)
        return listed(db, wanted, before, most)

    def _checked(self, db: Session, command: Command) -> Findings:
        self.demand(db, command)
        return look_through(db, self.journal.origin, self.journal.seal)

    def _exported(self, db: Session, command: Command, wanted: Filter) -> list[Act]:
        self.demand(db, command)
        acts = listed(db, wanted, None, MOST)
        if self.journal.first_run(db, command) is None:
            self.journal.write(db, command, "journal_exported", {"entries": len(acts)})
        return acts
