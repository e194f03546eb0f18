"""Taking in address books: whatever can be read is taken, and what cannot is named."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, insert, select

from care_console.base.command import Clerk, Command
from care_console.base.fold import fold
from care_console.base.phone import Plan, read
from care_console.base.words import _, ngettext
from care_console.cards.records import CardRecord, EmailRecord, PhoneRecord
from care_console.cards.rules import FIELDS, Group, NewCard
from care_console.cards.service import Cards, Edits
from care_console.cards.service.many import names_somebody, put_many
from care_console.exchange.records import ImportedRecord
from care_console.exchange.rules.identity import key
from care_console.exchange.rules.read import CannotRead
from care_console.exchange.rules.rows import Row, rows
from care_console.exchange.rules.said import Said, changes, more_parts, said_of
from care_console.journal.service import Journal
from care_console.staff.service import Staff
from care_console.store import Store

FIRST, FEWEST, MOST = 50, 10, 500  # rows that are kept at once
UNIT_S = 0.05  # a note that is typed meanwhile waits for no more
ALONE_S = 0.5  # where no console is open: a unit costs time of its own
PAUSE_S = 0.002  # between units, in which others may write
NOBODY = Clerk("", "", None)

Progress = Callable[["Report"], None]
Alone = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken, and why."""

    file: str
    row: int
    why: str


@dataclass(slots=True)
class Report:
    """What became of the rows."""

    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    unreadable: bool = False  # one of the files was

    def as_object(self) -> dict[str, Any]:
        """Return it as the command line writes it with ``--json``."""
        counts = {"read": self.read, "new": self.new, "updated": self.updated}
        skipped = [asdict(each) for each in self.skipped]
        return {**counts, "unchanged": self.unchanged, "skipped": skipped}

    def as_words(self) -> str:
        """Return it in words, a line for each row that was not taken."""
        told = ngettext("{count} row read", "{count} rows read", self.read)
        sums = _(
            "{read}: {new} new, {updated} updated, {unchanged} unchanged, {skipped} not taken."
        )
        first = sums.format(
            read=told.format(count=self.read),
            new=self.new,
            updated=self.updated,
            unchanged=self.unchanged,
            skipped=len(self.skipped),
        )
        line = _("{file}, row {row}: {why}")
        return "\n".join((first, *(line.format(**asdict(each)) for each in self.skipped)))


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
        *,
        group: Group | None = None,
        country: str = "",
        dry_run: bool = False,
        progress: Progress | None = None,
        alone: Alone = lambda: False,
    ) -> Report:
        """Take in ``files`` and tell what became of each row.

        A file that cannot be read is told in the report, and costs the others nothing. ``country``
        is of numbers that name none, in place of the desk's. ``alone`` tells whether no console is
        open that would have to wait: then it goes twice as fast. Raises NotKept if the disk or the
        server does not take more; what was taken until then stays.
        """
        clerk = await self.staff.clerk() or NOBODY
        cards = self._of_country(country)
        report = Report()
        for file in files:
            try:
                pace = Pace(alone)
                await self._take_file(cards, clerk, file, group, dry_run, report, progress, pace)
            except CannotRead as trouble:
                report.unreadable = True
                report.skipped.append(Skipped(file.name, 0, str(trouble)))
        if report.new and not dry_run:
            await self.store.take_stock()
        return report

    async def _take_file(
        self,
        cards: Cards,
        clerk: Clerk,
        file: Path,
        group: Group | None,
        dry_run: bool,
        report: Report,
        progress: Progress | None,
        pace: "Pace",
    ) -> None:
        before = replace(report, skipped=[])
        each_row = rows(file, group)
        while some := list(islice(each_row, pace.size)):
            taken = _readable(some, report)
            began = perf_counter()
            take = self._compare if dry_run else self._take
            run = self.store.read if dry_run else self.store.write
            await run(take, cards, taken, report)
            if progress is not None:
                progress(report)
            await pace.rest(perf_counter() - began)
        if not dry_run:
            facts = {
                "read": report.read - before.read,
                "new": report.new - before.new,
                "updated": report.updated - before.updated,
            }
            await self.store.write(self.journal.write, Command(uuid4(), clerk), "imported", facts)

    def _of_country(self, country: str) -> Cards:
        if not country:
            return self.cards
        return replace(self.cards, plan=lambda: replace(self.cards.plan(), country=country))

    def _compare(self, db: Session, cards: Cards, taken: Sequence[Row], report: Report) -> None:
        """Count what taking the rows would do."""
        known = _known(db, [key(row.card) for row in taken if row.card is not None])
        alike = _Alike(db, cards, [row.card for row in taken if row.card is not None])
        for row in taken:
            assert row.card is not None
            there = known.get(key(row.card))
            if there is None:
                report.new += alike.find(row.card) is None
                report.updated += alike.find(row.card) is not None
            elif there.said == said_of(row.card):
                report.unchanged += 1
            else:
                report.updated += 1

    def _take(self, db: Session, cards: Cards, taken: Sequence[Row], report: Report) -> None:
        keys = [key(row.card) for row in taken if row.card is not None]
        known = _known(db, keys)
        strangers = [row.card for each, row in zip(keys, taken, strict=True) if each not in known]
        alike = _Alike(db, cards, [new for new in strangers if new is not None])
        fresh: dict[str, NewCard] = {}
        counts = Report()
        for each, row in zip(keys, taken, strict=True):
            new = row.card
            assert new is not None
            if each in fresh:
                counts.unchanged += 1  # the same person a second time in one file
            elif (there := known.get(each)) is not None:
                self._meet(db, cards, there, new, counts)
            elif (card_id := alike.find(new)) is not None:
                there = known[each] = ImportedRecord(row_key=each, card_id=card_id, said={})
                db.add(there)
                self._meet(db, cards, there, new, counts)
            else:
                fresh[each] = new
        ids = put_many(db, cards, list(fresh.values()))
        remembered = [
            {"row_key": each, "card_id": card_id, "said": said_of(fresh[each])}
            for each, card_id in zip(fresh, ids, strict=True)
        ]
        if remembered:
            db.execute(insert(ImportedRecord), remembered)
        report.new += len(fresh)
        report.updated += counts.updated
        report.unchanged += counts.unchanged

    def _meet(
        self, db: Session, cards: Cards, there: ImportedRecord, new: NewCard, counts: Report
    ) -> None:
        """Bring a card up to what its row says now, where the desk has not said otherwise."""
        now = said_of(new)
        if there.said == now or self._bring(db, cards, there.card_id, there.said, now) == 0:
            counts.unchanged += 1
        else:
            counts.updated += 1
        there.said = now

    def _bring(self, db: Session, cards: Cards, card_id: int, before: Said, now: Said) -> int:
        """Return how many things were changed on the card."""
        card = db.get(CardRecord, card_id)
        if card is None:
            return 0
        fields = {name: getattr(card, name) for name in FIELDS}
        edits = replace(self.edits, cards=cards, plan=cards.plan)
        return edits.bring(db, card_id, changes(before, now, fields), more_parts(before, now))


class Pace:
    """How many rows are kept at once, so that nobody at a console waits for them."""

    def __init__(self, alone: Alone) -> None:
        self._alone = alone
        self.size = FIRST

    async def rest(self, took_s: float) -> None:
        """Let others write, after ``size`` rows took so long."""
        alone = self._alone()
        room_s = ALONE_S if alone else UNIT_S
        self.size = max(FEWEST, min(MOST, int(self.size * room_s / max(took_s, 0.001))))
        await asyncio.sleep(0 if alone else PAUSE_S)


def _readable(some: Iterable[Row], report: Report) -> list[Row]:
    """Count the rows, note those that cannot be taken, and return the others."""
    taken = []
    for row in some:
        report.read += 1
        if row.card is None:
            report.skipped.append(Skipped(row.file, row.row, row.why))
        elif not names_somebody(row.card):
            why = _("It names nobody: no name, company, number or e-mail address is in it.")
            report.skipped.append(Skipped(row.file, row.row, why))
        else:
            taken.append(row)
    return taken


def _known(db: Session, keys: Sequence[str]) -> dict[str, ImportedRecord]:
    there = select(ImportedRecord).where(col(ImportedRecord.row_key).in_(keys))
    return {each.row_key: each for each in db.exec(there)}


class _Alike:
    """Finds who is surely there already: the same name, and a number or e-mail in common.

    Asked once for all rows of a unit.
    """

    def __init__(self, db: Session, cards: Cards, news: Sequence[NewCard]) -> None:
        plan = cards.plan()
        self._ways = {id(new): _ways(new, plan) for new in news}
        wanted = {way for ways in self._ways.values() for way in ways}
        self._cards: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for table, way in ((PhoneRecord, PhoneRecord.e164), (EmailRecord, EmailRecord.address_key)):
            having = (
                select(way, CardRecord.id, CardRecord.given, CardRecord.family)
                .join(CardRecord, col(CardRecord.id) == col(table.card_id))
                .where(col(way).in_(wanted))
            )
            for found, card_id, given, family in db.exec(having):
                self._cards[found or ""].append((card_id, fold(f"{given} {family}")))

    def find(self, new: NewCard) -> int | None:
        """Return the card that ``new`` speaks of, or None."""
        name = fold(f"{new.given} {new.family}")
        same = [
            card_id
            for way in self._ways[id(new)]
            for card_id, called in self._cards[way]
            if name and called == name
        ]
        return min(same, default=None)


def _ways(new: NewCard, plan: Plan) -> list[str]:
    numbers = (read(each.raw, plan).e164 for each in new.phones)
    return [*(e164 for e164 in numbers if e164), *(each.address.casefold() for each in new.emails)]
