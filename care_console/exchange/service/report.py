"""What became of the rows of an import."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from care_console.base.words import _, ngettext
from care_console.exchange.rules.table_cells import safe
from care_console.exchange.rules.table_write import line

HEAD = ("File", "Row", "Why")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken, why, and its cells where it can be mended."""

    file: str
    row: int
    why: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Double:
    """A row that speaks of somebody who is most likely there: on the card ``card_id``."""

    row: int
    card_id: int
    name: str
    said: Mapping[str, Any]


@dataclass(slots=True)
class Report:
    """What became of the rows."""

    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    unreadable: bool = False  # one of the files was
    cancelled: bool = False
    runs: list[int] = field(default_factory=list)  # their ids, by which they can be taken back

    def count(self, other: "Report") -> None:
        """Count what became of some more rows."""
        self.new += other.new
        self.updated += other.updated
        self.unchanged += other.unchanged
        self.skipped += other.skipped

    def counts(self) -> dict[str, int]:
        """Return how many rows became what."""
        return {
            "read": self.read,
            "new": self.new,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "left_out": len(self.skipped),
        }

    def as_object(self) -> dict[str, Any]:
        """Return it as the command line writes it with ``--json``."""
        counts = {"read": self.read, "new": self.new, "updated": self.updated}
        skipped = [{"file": e.file, "row": e.row, "why": e.why} for e in self.skipped]
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


def as_table(skipped: Sequence[Skipped]) -> str:
    """Return the rows that were not taken as CSV, harmless to any spreadsheet."""
    rows = ((each.file, str(each.row), each.why) for each in skipped)
    return "".join(line([safe(cell) for cell in row]) for row in (HEAD, *rows))
