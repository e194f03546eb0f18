"""Taking in address books: whatever can be read is taken, and what cannot is named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from sqlmodel import Session

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.words import _
from care_console.cards.rules import Group
from care_console.cards.service import Cards, Edits
from care_console.cards.service.many import names_somebody
from care_console.exchange.records import ActRecord, RunRecord
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.rules.reading import Reading
from care_console.exchange.rules.rows import Row, rows
from care_console.exchange.service import runs
from care_console.exchange.service.allowed import demand
from care_console.exchange.service.pace import MOST, Alone, Pace
from care_console.exchange.service.report import Double, Report, Skipped
from care_console.exchange.service.runs import Run, State
from care_console.exchange.service.ties import Loose, tie
from care_console.exchange.service.unit import Doubles, Unit
from care_console.journal.service import Journal
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store

NOBODY = Clerk("", "", None)
MOST_LOOSE = 100_000  # ties that wait for their other end
PAST = 50

Progress = Callable[[Report], None]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are taken in. ``country`` is of numbers that name none, in the desk's place."""

    group: Group | None = None
    country: str = ""
    dry_run: bool = False
    reading: Reading = field(default_factory=Reading)
    doubles: Doubles = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is told while it runs, and asked: is nobody else here, and shall it stop."""

    progress: Progress = lambda report: None
    skipped: Callable[[Skipped], None] = lambda skipped: None
    double: Callable[[Double], None] = lambda double: None
    alone: Alone = lambda: False
    stop: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Imports:
    """Takes in files, row by row, a few hundred at once."""

    store: Store
    journal: Journal
    cards: Cards
    edits: Edits
    staff: Staff

    async def take_in(
        self,
        files: Sequence[Path],
        wishes: Wishes | None = None,
        watch: Watch | None = None,
        command: Command | None = None,
    ) -> Report:
        """Take in ``files`` and tell what became of each row.

        A file that cannot be read is told in the report, and costs the others nothing. Without a
        ``command`` it is the first clerk's. Raises NotAllowed, Busy while another import is at
        work, and NotKept if no more can be kept; what was taken until then stays.
        """
        wishes, watch = wishes or Wishes(), watch or Watch()
        command = command or Command(uuid4(), await self.staff.clerk() or NOBODY)
        report = Report()
        async with self.staff.guarded(command):
            for at, file in enumerate(files):
                each = Command(uuid4(), command.clerk) if at else command
                job = _Job(self, self._of(wishes.country), wishes, watch, each, report)
                try:
                    await job.take(file)
                except CannotRead as trouble:
                    report.unreadable = True
                    report.skipped.append(Skipped(file.name, 0, str(trouble)))
                if report.cancelled:
                    break
        if report.new and not wishes.dry_run:
            await self.store.take_stock()
        return report

    async def past(self, most: int = PAST) -> list[Run]:
        """Return the last imports, the newest first, with what can be taken back."""
        return await self.store.read(runs.past, self.clock, most)

    @property
    def clock(self) -> Clock:
        """The clock of the house."""
        return self.cards.clock

    def _of(self, country: str) -> Cards:
        if not country:
            return self.cards
        return replace(self.cards, plan=lambda: replace(self.cards.plan(), country=country))


@dataclass(slots=True)
class _Job:
    """One file that is taken in."""

    imports: Imports
    cards: Cards
    wishes: Wishes
    watch: Watch
    command: Command
    report: Report
    read: int = 0
    run_id: int = 0
    loose: list[Loose] = field(default_factory=list)

    async def take(self, file: Path) -> None:
        before = replace(self.report, skipped=list(self.report.skipped))
        pace = Pace(self.watch.alone)
        each_row = rows(file, self.wishes.group, self.wishes.reading)
        first = list(islice(each_row, pace.size))
        if not self.wishes.dry_run:
            await self._begin(file)
        try:
            await self._take_all(first, each_row, pace)
        finally:
            if self.run_id and not self.wishes.dry_run:
                await self._end(before)

    async def _take_all(self, some: list[Row], each_row: Iterable[Row], pace: Pace) -> None:
        each_row = iter(each_row)
        while some:
            if self.watch.stop():
                self.report.cancelled = True
                return
            taken = self._readable(some)
            began = perf_counter()
            if self.wishes.dry_run:
                await self._compare(taken)
            else:
                self.report.count(await self.imports.store.write(self._unit, taken))
            self.watch.progress(self.report)
            await pace.rest(perf_counter() - began)
            some = list(islice(each_row, pace.size))
        await self._tie_the_rest()

    async def _begin(self, file: Path) -> None:
        imports = self.imports

        def unit(db: Session) -> int:
            demand(imports.staff, db, self.command, Permission.IMPORT)
            return runs.begin(db, imports.clock, self.command.clerk, file)

        self.run_id = await imports.store.write(unit)

    async def _compare(self, taken: Sequence[Row]) -> None:
        def query(db: Session) -> tuple[Report, list[Double]]:
            unit = Unit(db, self.cards, self.imports.edits, self.wishes.doubles)
            doubles = unit.compare(taken)
            db.expunge_all()
            return unit.counts, doubles

        counts, doubles = await self.imports.store.read(query)
        self.report.count(counts)
        for each in doubles:
            self.watch.double(each)

    def _unit(self, db: Session, taken: Sequence[Row]) -> Report:
        unit = Unit(db, self.cards, self.imports.edits, self.wishes.doubles)
        loose = unit.take(taken, self.run_id)
        runs.note(db, self.imports.clock, self.run_id, unit.counts, self.read)
        self.loose = [*self.loose, *loose][:MOST_LOOSE] if loose else self.loose
        return unit.counts

    async def _tie_the_rest(self) -> None:
        """Tie what names a card that came later in the file."""
        for start in range(0, len(self.loose), MOST):
            some = self.loose[start : start + MOST]
            await self.imports.store.write(self._tie, some)

    def _tie(self, db: Session, some: Sequence[Loose]) -> None:
        done, _still = tie(db, some)
        for row, ops in done.items():
            if (act := db.get(ActRecord, (self.run_id, row))) is not None:
                act.ops, act.tied = [*act.ops, *ops], True
                db.add(act)

    async def _end(self, before: Report) -> None:
        await self.imports.store.write(self._ended, before)

    def _ended(self, db: Session, before: Report) -> None:
        run = db.get_one(RunRecord, self.run_id)
        run.state = State.CANCELLED if self.report.cancelled else State.DONE
        run.left_out = len(self.report.skipped) - len(before.skipped)
        db.add(run)
        facts = {
            "run_id": self.run_id,
            "read": self.read,
            "new": self.report.new - before.new,
            "updated": self.report.updated - before.updated,
            "left_out": run.left_out,
            "cancelled": self.report.cancelled,
        }
        self.imports.journal.write(db, self.command, "imported", facts)
        self.report.runs.append(self.run_id)

    def _readable(self, some: Iterable[Row]) -> list[Row]:
        """Count the rows, note those that cannot be taken, and return the others."""
        taken = []
        for row in some:
            self.read += 1
            self.report.read += 1
            why = row.why
            if row.card is not None and not names_somebody(row.card):
                why = _("It names nobody: no name, company, number or e-mail address is in it.")
            if row.card is None or why:
                skipped = Skipped(row.file, row.row, why, row.cells)
                self.report.skipped.append(skipped)
                self.watch.skipped(skipped)
            else:
                taken.append(row)
        return taken
