"""Some rows of an import, taken in one unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from sqlmodel import Session, col, insert, select

from care_console.base.words import _
from care_console.cards.records import CardRecord
from care_console.cards.rules import FIELDS, NewCard
from care_console.cards.rules.acts import Op
from care_console.cards.service import Cards, Edits
from care_console.cards.service.doubles import narrow
from care_console.cards.service.many import put_many
from care_console.exchange.records import ActRecord, ImportedRecord
from care_console.exchange.rules.identity import key
from care_console.exchange.rules.rows import Row
from care_console.exchange.rules.said import Said, changes, more_parts, said_of
from care_console.exchange.service.report import Double, Report, Skipped
from care_console.exchange.service.ties import Loose, keep_lines, named_by, tie

NEW, LEFT_OUT = 0, -1  # what may be decided of a double, besides the card that it is

Doubles = Mapping[int, int]  # what was decided, by the row


@dataclass(slots=True)
class Unit:
    """Takes rows inside one unit of the records; a unit that runs again is begun anew."""

    db: Session
    cards: Cards
    edits: Edits
    doubles: Doubles
    counts: Report = field(default_factory=Report)
    acts: dict[int, dict[str, Any]] = field(default_factory=dict)
    lines: dict[int, Sequence[str]] = field(default_factory=dict)
    loose: list[Loose] = field(default_factory=list)

    def take(self, rows: Sequence[Row], run_id: int) -> list[Loose]:
        """Take the rows; return the ties whose other end is not there yet."""
        fresh: dict[str, Row] = {}
        for each, row, there in self._known(rows):
            if self.doubles.get(row.row) == LEFT_OUT:
                self.counts.skipped.append(Skipped(row.file, row.row, _("You left it out.")))
            elif each in fresh:
                self.counts.unchanged += 1  # the same person a second time in one file
            elif there is None:
                fresh[each] = row
            else:
                self._meet(there, row)
        self._start(fresh)
        keep_lines(self.db, self.lines)
        done, loose = tie(self.db, self.loose) if self.loose else ({}, [])
        for at, ops in done.items():
            self.acts[at]["ops"] += ops
            self.acts[at]["tied"] = True
        if self.acts:
            rows_done = [{"run_id": run_id, **self.acts[at]} for at in sorted(self.acts)]
            self.db.execute(insert(ActRecord), rows_done)
        return loose

    def compare(self, rows: Sequence[Row]) -> list[Double]:
        """Count what taking the rows would do, and return who is most likely there."""
        doubles = []
        for _each, row, there in self._known(rows):
            assert row.card is not None
            if there is None:
                self.counts.new += 1
            elif there.said == _said(row):
                self.counts.unchanged += 1
            else:
                self.counts.updated += 1
                if not there.said:
                    name = " ".join(filter(None, (row.card.given, row.card.family)))
                    doubles.append(Double(row.row, there.card_id, name, said_of(row.card)))
        return doubles

    def _known(self, rows: Sequence[Row]) -> list[tuple[str, Row, ImportedRecord | None]]:
        """Return each row with its key, and what was taken of it, or will be."""
        keys = [_key(row) for row in rows]
        there = select(ImportedRecord).where(col(ImportedRecord.row_key).in_(keys))
        known = {each.row_key: each for each in self.db.exec(there)}
        strangers = [row for each, row in zip(keys, rows, strict=True) if each not in known]
        alike = self._alike(strangers)
        found: list[tuple[str, Row, ImportedRecord | None]] = []
        for each, row in zip(keys, rows, strict=True):
            if each not in known and (card_id := alike.get(row.row)) is not None:
                known[each] = ImportedRecord(row_key=each, card_id=card_id, said={})
            found.append((each, row, known.get(each)))
        return found

    def _alike(self, rows: Sequence[Row]) -> dict[int, int]:
        """Return the cards of those who are there, by the row: as decided, else as is sure."""
        cards = [row.card for row in rows if row.card is not None]
        same = named_by(self.db, (card.uid for card in cards if card.uid))
        likely = narrow(self.db, cards, self.cards.plan())
        found = {}
        for row, card, double in zip(rows, cards, likely, strict=True):
            decided = self.doubles.get(row.row)
            if decided in (NEW, LEFT_OUT):
                continue
            card_id = decided or same.get(card.uid) or double
            if card_id is not None:
                found[row.row] = card_id
        return found

    def _start(self, fresh: Mapping[str, Row]) -> None:
        news = [row.card for row in fresh.values() if row.card is not None]
        ids = put_many(self.db, self.cards, news)
        remembered = []
        for card_id, (each, row) in zip(ids, fresh.items(), strict=True):
            remembered.append({"row_key": each, "card_id": card_id, "said": _said(row)})
            self._note(row, card_id, each, {}, made=True)
        if remembered:
            self.db.execute(insert(ImportedRecord), remembered)
        self.counts.new += len(fresh)

    def _meet(self, there: ImportedRecord, row: Row) -> None:
        """Bring a card up to what its row says now, where the desk has not said otherwise."""
        before, now = there.said, _said(row)
        if before == now:
            self.counts.unchanged += 1
            return
        ops = self._bring(there.card_id, before, now)
        self.counts.updated += bool(ops)
        self.counts.unchanged += not ops
        there.said = now
        self.db.add(there)
        self._note(row, there.card_id, there.row_key, before, ops, made=False)

    def _note(
        self,
        row: Row,
        card_id: int,
        row_key: str,
        before: Said,
        ops: Sequence[Op] = (),
        *,
        made: bool,
    ) -> None:
        said = {"row": row.row, "card_id": card_id, "row_key": row_key, "made": made}
        self.acts[row.row] = {**said, "tied": False, "ops": list(ops), "said": before}
        if row.kept or not made:
            self.lines[card_id] = row.kept
        self.loose += [Loose(row.row, card_id, each) for each in row.ties]

    def _bring(self, card_id: int, before: Said, now: Said) -> list[Op]:
        """Return what was done to the card."""
        card = self.db.get(CardRecord, card_id)
        if card is None or not card.name:
            return []
        fields = {name: getattr(card, name) for name in FIELDS}
        edits = replace(self.edits, cards=self.cards, plan=self.cards.plan)
        parts = more_parts(before, now)
        return edits.bring(self.db, card_id, changes(before, now, fields), parts)


def _key(row: Row) -> str:
    assert row.card is not None
    return key(row.card)


def _said(row: Row) -> Said:
    """Return what a row says, and a mark of what it says besides: ties, and lines that are kept."""
    card: NewCard | None = row.card
    assert card is not None
    said = said_of(card)
    if row.kept or row.ties:
        beside = repr((row.kept, row.ties)).encode("utf-8", "replace")
        said["beside"] = blake2b(beside, digest_size=8).hexdigest()
    return said
