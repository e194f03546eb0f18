"""Looking whether the journal is what was written, entry by entry."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, func, select

from care_console.journal.records import EntryRecord, PersonalRecord
from care_console.journal.rules import (
    NO_HEAD,
    Chain,
    Fault,
    Findings,
    Head,
    Trouble,
    Written,
    digest,
    link,
)
from care_console.journal.service.heads import Seal

AT_ONCE = 2_000  # rows in memory

WANTED = (
    EntryRecord.origin,
    EntryRecord.number,
    EntryRecord.at,
    EntryRecord.clerk_card_id,
    EntryRecord.kind,
    EntryRecord.facts,
    EntryRecord.visibility,
    EntryRecord.command_id,
    EntryRecord.digest,
)


def look_through(db: Session, own: str, seal: Seal) -> Findings:
    """Return what is wrong with the journal; ``seal`` has the key of the origin ``own``.

    The marks outside are read first: an entry that is written meanwhile is behind them.
    """
    marks = seal.heads.seen()
    faults = set(seal.heads.doubts)
    looks = {own: _Look(own, seal.key, marks.get(own))}
    for origin, mark in marks.items():
        looks.setdefault(origin, _Look(origin, None, mark))
    for written, chain, salt, personal in _rows(db):
        look = looks.setdefault(written.origin, _Look(written.origin, None, None))
        faults.update(look.at(written, chain))
        if salt is not None and written.digest != digest(salt, personal):
            faults.add(Fault(written.origin, written.number, Trouble.PERSONAL))
    if own not in marks and seal.heads.lost and looks[own].entries:
        faults.add(Fault(own, 0, Trouble.HEAD))
    for look in looks.values():
        faults.update(look.at_the_end())
    return Findings(tuple(look.found() for look in looks.values()), tuple(sorted(faults)))


class _Look:
    """A walk along one chain."""

    def __init__(self, origin: str, key: bytes | None, mark: Head | None) -> None:
        self.origin, self.entries = origin, 0
        self._key, self._mark = key, mark
        self._before, self._agrees = NO_HEAD, mark is None

    def at(self, written: Written, chain: str) -> Iterator[Fault]:
        """Look at the next entry."""
        before, self._before = self._before, Head(written.number, chain)
        self.entries += 1
        if self._before == self._mark:
            self._agrees = True
        if written.number != before.number + 1:
            yield Fault(self.origin, written.number, Trouble.MISSING)
        elif self._key is not None and chain != link(self._key, before.link, written):
            yield Fault(self.origin, written.number, Trouble.CHANGED)

    def at_the_end(self) -> Iterator[Fault]:
        if self._mark is not None and not self._agrees:
            yield Fault(self.origin, self._mark.number, Trouble.CUT)

    def found(self) -> Chain:
        witnessed = self._mark.number if self._mark is not None and self._agrees else 0
        return Chain(self.origin, self.entries, self._key is not None, witnessed)


def ends(db: Session) -> dict[str, Head]:
    """Return the last entry of each origin."""
    last = (
        select(EntryRecord.origin, func.max(EntryRecord.number).label("number"))
        .group_by(EntryRecord.origin)
        .subquery()
    )
    wanted = select(EntryRecord.origin, EntryRecord.number, EntryRecord.chain).join(
        last,
        (col(EntryRecord.origin) == last.c.origin) & (col(EntryRecord.number) == last.c.number),
    )
    return {origin: Head(number, chain) for origin, number, chain in db.exec(wanted)}


def stands(db: Session, origin: str, head: Head) -> bool:
    """Return whether the entry with which a chain once ended is still there as it was."""
    there = select(EntryRecord.chain).where(
        EntryRecord.origin == origin, EntryRecord.number == head.number
    )
    return db.exec(there).one_or_none() == head.link


def _rows(db: Session) -> Iterator[tuple[Written, str, str | None, Any]]:
    """Give each entry in the order of its chain: written, its link, the salt and what is said."""
    wanted = (
        select(*WANTED, EntryRecord.chain, PersonalRecord.salt, PersonalRecord.personal)  # type: ignore[call-overload]
        .outerjoin(PersonalRecord, col(PersonalRecord.entry_id) == col(EntryRecord.id))
        .order_by(col(EntryRecord.origin), col(EntryRecord.number))
    )
    for row in db.execute(wanted, execution_options={"yield_per": AT_ONCE}):
        origin, number, at, clerk, kind, facts, visibility, command_id, said, *rest = row
        written = Written(origin, number, at, clerk, kind, facts, visibility, str(command_id), said)
        chain, salt, personal = rest
        yield written, chain, salt, personal
