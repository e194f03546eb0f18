"""Writing the journal, and reading it."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, insert, or_, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.journal.records import EntryCardRecord, EntryRecord, PersonalRecord
from care_console.journal.rules import Entry, Facts, digest, link
from care_console.store import Store

PAGE = 200

About = int | tuple[int, str]  # a card, or a card and the group in which the entry concerns it


@dataclass(frozen=True, slots=True)
class PastAct:
    """What a command did to one card, for ``write_all``."""

    command: Command
    kind: str
    facts: Facts
    about: tuple[int, str]  # a card, and the group in which it concerns it
    personal: Facts
    at: datetime


@dataclass(frozen=True, slots=True)
class Journal:
    """All that was done, and what happened with each customer."""

    store: Store
    clock: Clock
    origin: str

    def first_run(self, db: Session, command: Command) -> Facts | None:
        """Return what ``command`` wrote when it was carried out, or None if it never was."""
        written = select(EntryRecord.facts).where(EntryRecord.command_id == command.id)
        return db.exec(written).one_or_none()

    def write(
        self,
        db: Session,
        command: Command,
        kind: str,
        facts: Facts,
        *about: About,
        personal: Facts | None = None,
        at: datetime | None = None,
    ) -> int:
        """Write what ``command`` did, in the same unit: neither is kept without the other.

        ``personal`` is what goes when a person is erased; ``at`` is for what is typed after the
        fact. Return the entry's id.
        """
        act = PastAct(command, kind, facts, (0, ""), personal or {}, at or self.clock())
        entry, salt = self._entry(act, *self._before(db))
        db.add(entry)
        db.flush()  # gives it the id at which the cards point
        if personal:
            db.add(PersonalRecord(entry_id=entry.id, salt=salt, personal=dict(personal)))
        self._tell(db, entry.id, about)
        db.flush()
        return entry.id

    def write_all(self, db: Session, acts: Sequence[PastAct]) -> None:
        """Write what many commands did, in one go: for what is put into records that are new."""
        number, chain = self._before(db)
        first, said = number + 1, []
        rows: list[dict[str, Any]] = []
        for act in acts:
            entry, salt = self._entry(act, number, chain)
            number, chain = entry.number, entry.chain
            rows.append(entry.model_dump(exclude={"id"}))
            said.append((salt, dict(act.personal), act.about))
        db.execute(insert(EntryRecord), rows)
        written = select(EntryRecord.id).where(
            EntryRecord.origin == self.origin, EntryRecord.number >= first
        )
        ids = db.exec(written.order_by(col(EntryRecord.number))).all()
        both = list(zip(ids, said, strict=True))
        db.execute(
            insert(PersonalRecord),
            [{"entry_id": id, "salt": salt, "personal": words} for id, (salt, words, _) in both],
        )
        db.execute(
            insert(EntryCardRecord),
            [{"entry_id": id, "card_id": at[0], "card_group": at[1]} for id, (*_, at) in both],
        )

    async def of(
        self, card_id: int, *, before: tuple[datetime, int] | None = None, most: int = PAGE
    ) -> list[Entry]:
        """Return the customer's history, newest first, ``most`` entries at a time.

        ``before`` is the moment and the id of the last entry of the page that was read. The
        clerks' names are left empty: they are on cards.
        """
        return await self.store.read(_page, card_id, before, most)

    async def broken(self) -> list[tuple[str, int]]:
        """Return origin and number of each entry that does not follow from the one before it."""
        return await self.store.read(_broken)

    def _entry(self, act: PastAct, number: int, chain: str) -> tuple[EntryRecord, str]:
        """Return the entry after the one of this number and chain, and the salt of its digest."""
        salt = secrets.token_hex(16)
        entry = EntryRecord(
            at=act.at,
            clerk_card_id=act.command.clerk.card_id,
            origin=self.origin,
            number=number + 1,
            kind=act.kind,
            facts=act.facts,
            command_id=act.command.id,
            digest=digest(salt, dict(act.personal)),
            chain="",
        )
        entry.chain = _chain(chain, entry)
        return entry, salt

    def _before(self, db: Session) -> tuple[int, str]:
        last = (
            select(EntryRecord.number, EntryRecord.chain)
            .where(EntryRecord.origin == self.origin)
            .order_by(col(EntryRecord.number).desc())
            .limit(1)
        )
        found = db.exec(last).one_or_none()
        return (0, "") if found is None else (found[0], found[1])

    @staticmethod
    def _tell(db: Session, entry_id: int, about: Iterable[About]) -> None:
        told: dict[int, str] = {}
        for each in about:
            card_id, group = each if isinstance(each, tuple) else (each, "")
            told.setdefault(card_id, group)
        db.add_all(
            EntryCardRecord(card_id=card_id, entry_id=entry_id, card_group=group)
            for card_id, group in told.items()
        )


def _chain(before: str, entry: EntryRecord) -> str:
    at = entry.at.isoformat()
    parts: list[Any] = [at, entry.clerk_card_id, entry.origin, entry.number, entry.kind]
    return link(before, *parts, dict(entry.facts), str(entry.command_id), entry.digest)


def _broken(db: Session) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    before: dict[str, tuple[int, str]] = {}
    entries = select(EntryRecord).order_by(col(EntryRecord.origin), col(EntryRecord.number))
    for entry in db.exec(entries):
        number, chain = before.get(entry.origin, (0, ""))
        if entry.number != number + 1 or entry.chain != _chain(chain, entry):
            found.append((entry.origin, entry.number))
        before[entry.origin] = (entry.number, entry.chain)
    for said in db.exec(select(PersonalRecord)):
        kept = db.get_one(EntryRecord, said.entry_id)
        if kept.digest != digest(said.salt, said.personal):
            found.append((kept.origin, kept.number))
    return found


def _page(db: Session, card_id: int, before: tuple[datetime, int] | None, most: int) -> list[Entry]:
    wanted = (
        select(EntryRecord, EntryCardRecord.card_group, PersonalRecord.personal)
        .join(EntryCardRecord, col(EntryCardRecord.entry_id) == col(EntryRecord.id))
        .outerjoin(PersonalRecord, col(PersonalRecord.entry_id) == col(EntryRecord.id))
        .where(EntryCardRecord.card_id == card_id)
        .order_by(col(EntryRecord.at).desc(), col(EntryRecord.id).desc())
        .limit(most)
    )
    if before is not None:
        at, entry_id = before
        earlier = and_(col(EntryRecord.at) == at, col(EntryRecord.id) < entry_id)
        wanted = wanted.where(or_(col(EntryRecord.at) < at, earlier))
    return [
        Entry(
            id=entry.id,
            kind=entry.kind,
            facts=entry.facts,
            personal=personal or {},
            at=entry.at,
            clerk_card_id=entry.clerk_card_id,
            clerk="",
            group=group,
        )
        for entry, group, personal in db.exec(wanted)
    ]
