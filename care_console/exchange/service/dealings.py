"""Taking in files of orders, invoices, quotes, contracts and visits."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from care_console.base.command import Clerk, Command
from care_console.base.words import ngettext
from care_console.cards.rules.dealings import NewDealing
from care_console.cards.service import Dealings
from care_console.cards.service.dealings import Taken
from care_console.exchange.rules.dealing_rows import Asked, DealingRow, House, dealing_rows
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.service.allowed import demand
from care_console.exchange.service.pace import Alone, Pace
from care_console.exchange.service.report import Report, Skipped
from care_console.exchange.service.taking import NOBODY
from care_console.settings.service import Settings
from care_console.staff.rules import Permission
from care_console.staff.service import Staff

NOTHING = Asked()

Progress = Callable[["DealingReport"], None]


@dataclass(slots=True)
class DealingReport(Report):
    """What became of the rows, of how many nobody knows whose they are, and what was decided."""

    unmatched: int = 0
    notes: list[str] = field(default_factory=list)

    def as_object(self) -> dict[str, Any]:
        """Return it as the command line writes it with ``--json``."""
        # by name: a dataclass with slots is another class than the one that super() knows
        told = Report.as_object(self)
        return {**told, "unmatched": self.unmatched, "notes": list(self.notes)}

    def as_words(self) -> str:
        """Return it in words, a line for each row that was not taken."""
        lines = [Report.as_words(self), *self.notes]
        if self.unmatched:
            words = ngettext(
                "Of {count} nobody knows whose it is: put it to a card by hand.",
                "Of {count} nobody knows whose they are: put them to cards by hand.",
                self.unmatched,
            )
            lines.insert(1, words.format(count=self.unmatched))
        return "\n".join(lines)

    def count_taken(self, taken: Taken) -> None:
        """Count what became of some rows."""
        self.new += taken.new
        self.updated += taken.updated
        self.unchanged += taken.unchanged
        self.unmatched += taken.unmatched


@dataclass(frozen=True, slots=True)
class DealingFiles:
    """Takes in files, row by row, a few hundred at once."""

    dealings: Dealings
    staff: Staff
    settings: Settings

    async def take_in(
        self,
        files: Sequence[Path],
        command: Command | None = None,
        *,
        house: bool = False,
        asked: Asked = NOTHING,
        country: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
        alone: Alone = lambda: False,
    ) -> DealingReport:
        """Take in ``files`` and tell what became of each row.

        A file that cannot be read is told in the report, and costs the others nothing. ``country``
        stands in place of the house's. The files are read beside the loop, so a window may wait
        for this. For a folder that the ``house`` has named nobody is asked, and nobody is named.
        Raises NotAllowed, and NotKept if the disk or the server does not take more; what was taken
        until then stays.
        """
        report, clerk = DealingReport(), await self._allowed(command, house=house)
        for file in files:
            try:
                await self._take_file(file, clerk, asked, country, dry_run, report, progress, alone)
            except CannotRead as trouble:
                report.unreadable = True
                report.skipped.append(Skipped(file.name, 0, str(trouble)))
        if report.new and not dry_run:
            await self.dealings.cards.store.take_stock()
        return report

    async def _take_file(
        self,
        file: Path,
        clerk: Clerk,
        asked: Asked,
        country: str,
        dry_run: bool,
        report: DealingReport,
        progress: Progress | None,
        alone: Alone,
    ) -> None:
        company, pace = self.settings.company, Pace(alone)
        house = House(country or company.country, company.currency)
        before = replace(report, skipped=[], notes=[])
        each_row = dealing_rows(file, house, asked, report.notes.append)
        cards, store = self._cards(country), self.dealings.cards.store
        dealings = replace(self.dealings, cards=cards)
        while some := await asyncio.to_thread(_next, each_row, pace.size):
            taken = _readable(some, report)
            began = perf_counter()
            if dry_run:
                report.count_taken(await store.read(dealings.compare, taken))
            else:
                report.count_taken(await store.write(dealings.take, taken))
            if progress is not None:
                progress(report)
            await pace.rest(perf_counter() - began)
        if not dry_run:
            await store.write(self._journal, clerk, before, report)

    async def _allowed(self, command: Command | None, *, house: bool) -> Clerk:
        """Return whose act it is: at the command line the first clerk's. Raises NotAllowed."""
        if house:
            return NOBODY
        by = command or Command(uuid4(), await self.staff.clerk() or NOBODY)
        async with self.staff.guarded(by):
            await self.dealings.cards.store.read(
                lambda db: demand(self.staff, db, by, Permission.IMPORT)
            )
        return by.clerk

    def _cards(self, country: str) -> Any:
        cards = self.dealings.cards
        if not country:
            return cards
        return replace(cards, plan=lambda: replace(cards.plan(), country=country))

    def _journal(
        self, db: Session, clerk: Clerk, before: DealingReport, report: DealingReport
    ) -> None:
        """Write one entry for a file, which names nobody."""
        facts = {
            name: getattr(report, name) - getattr(before, name)
            for name in ("read", "new", "updated", "unchanged", "unmatched")
        }
        self.dealings.cards.journal.write(db, Command(uuid4(), clerk), "dealings_taken", facts)


def _next(rows: Iterator[DealingRow], count: int) -> list[DealingRow]:
    return list(islice(rows, count))


def _readable(some: Sequence[DealingRow], report: DealingReport) -> list[NewDealing]:
    """Count the rows, note those that cannot be taken, and return what the others say."""
    taken = []
    for row in some:
        report.read += 1
        if row.dealing is None:
            report.skipped.append(Skipped(row.file, row.row, row.why))
        else:
            taken.append(row.dealing)
    return taken


def as_words(report: DealingReport, most: int) -> str:
    """Return a report in words for people, of at most ``most`` lines about rows."""
    if len(report.skipped) <= most:
        return report.as_words()
    left = len(report.skipped) - most
    more = ngettext("{count} more row was not taken.", "{count} more rows were not taken.", left)
    cut = replace(report, skipped=report.skipped[:most], notes=report.notes)
    return f"{_said_once(cut, report)}\n{more.format(count=left)}"


def _said_once(cut: DealingReport, whole: DealingReport) -> str:
    """Return the words of ``cut`` under the sums of ``whole``."""
    head = replace(whole, skipped=[]).as_words().split("\n")[0]
    return "\n".join((head, *cut.as_words().split("\n")[1:]))
