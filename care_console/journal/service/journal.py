"""Writing the journal, and reading it."""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session, and_, col, insert, or_, select

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.journal.records import EntryCardRecord, EntryRecord, PersonalRecord
from care_console.journal.rules import (
    NO_HEAD,
    Entry,
    Facts,
    Fault,
    Findings,
    Head,
    Trouble,
    Written,
    digest,
    link,
)
from care_console.journal.service.check import ends, look_through, stands
from care_console.journal.service.heads import Seal
from care_console.store import Store, after_commit, ask, put, take_turn

PAGE = 200
LAST = "SELECT number, chain FROM entry WHERE origin = :origin ORDER BY number DESC LIMIT 1"
FIRST_RUN = "SELECT CAST(facts AS VARCHAR) FROM entry WHERE command_id = :command"
WRITTEN = "journal head"  # of the unit that is just running

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
    seal: Seal = field(default_factory=Seal)

    def __post_init__(self) -> None:
        self.store.before_close(self.seal.heads.keep)

    def first_run(self, db: Session, command: Command) -> Facts | None:
        """Return what ``command`` wrote when it was carried out, or None if it never was."""
        found = ask(db, FIRST_RUN, {"command": command.id.hex})
        return json.loads(found[0][0]) if found else None

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
        entry, salt = self._entry(act, self._before(db))
        db.flush()
        put(db, entry)
        if personal:
            put(db, PersonalRecord(entry_id=entry.id, salt=salt, personal=dict(personal)))
        self._tell(db, entry.id, about)
        self._note(db, Head(entry.number, entry.chain))
        return entry.id

    def write_all(self, db: Session, acts: Sequence[PastAct]) -> None:
        """Write what many commands did, in one go: for what is put into records that are new."""
        head = self._before(db)
        first, said = head.number + 1, []
        rows: list[dict[str, Any]] = []
        for act in acts:
            entry, salt = self._entry(act, head)
            head = Head(entry.number, entry.chain)
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
        self._note(db, head)

    async def of(
        self, card_id: int, *, before: tuple[datetime, int] | None = None, most: int = PAGE
    ) -> list[Entry]:
        """Return the customer's history, newest first, ``most`` entries at a time.

        ``before`` is the moment and the id of the last entry of the page that was read. The
        clerks' names are left empty: they are on cards.
        """
        return await self.store.read(_page, card_id, before, most)

    async def check(self) -> Findings:
        """Look at every entry: is it what was written, and is none of them gone."""
        return await self.store.read(look_through, self.origin, self.seal)

    async def broken(self) -> list[Fault]:
        """Return what ``check`` finds wrong."""
        return list((await self.check()).faults)

    async def witness(self) -> None:
        """See how far the other origins have come, so that a cut there is noticed from here."""
        await self.store.read(self._see)

    async def accept(self, found: Findings) -> None:
        """Take the ends as they are, after somebody looked at what ``check`` found.

        That they did is an entry itself, with what was found.
        """
        facts = {"faults": [[each.origin, each.number, str(each.trouble)] for each in found.faults]}
        command = Command(uuid4(), Clerk("", ""))
        await self.store.write(self.write, command, "journal_accepted", facts)
        await self.store.read(lambda db: self.seal.heads.accept(ends(db)))

    async def go_on(self, kind: str, facts: Facts) -> None:
        """Go on from the end of records that were brought back, with an entry that says so."""
        await self.store.write(self.write, Command(uuid4(), Clerk("", "")), kind, facts)
        await self.store.read(lambda db: self.seal.heads.accept(ends(db)))

    def _see(self, db: Session) -> None:
        heads = self.seal.heads
        for origin, head in ends(db).items():
            known = heads.of(origin)
            if known is not None and not stands(db, origin, known):
                heads.doubt(Fault(origin, known.number, Trouble.CUT))
            elif origin != self.origin and head != known:
                heads.note(origin, head)

    def _entry(self, act: PastAct, before: Head) -> tuple[EntryRecord, str]:
        """Return the entry that follows, and the salt of its digest."""
        salt = secrets.token_hex(16)
        written = Written(
            origin=self.origin,
            number=before.number + 1,
            at=act.at.astimezone(UTC),
            clerk_card_id=act.command.clerk.card_id,
            kind=act.kind,
            facts=act.facts,
            visibility="all",
            command_id=str(act.command.id),
            digest=digest(salt, dict(act.personal)),
        )
        entry = EntryRecord(
            at=written.at,
            clerk_card_id=written.clerk_card_id,
            origin=written.origin,
            number=written.number,
            kind=written.kind,
            facts=written.facts,
            visibility=written.visibility,
            command_id=act.command.id,
            digest=written.digest,
            chain=link(self.seal.key, before.link, written),
        )
        return entry, salt

    def _before(self, db: Session) -> Head:
        """Return the end of this origin's chain, at which nobody else writes meanwhile."""
        if (own := db.info.get((WRITTEN, self.origin))) is not None:
            return Head(*own)
        take_turn(db, self.origin)  # an import of this desk may write at the same moment
        found = ask(db, LAST, {"origin": self.origin})
        before = Head(*found[0]) if found else NO_HEAD
        self._compare(db, before)
        return before

    def _compare(self, db: Session, before: Head) -> None:
        """Doubt the chain if it does not go on where it was left."""
        heads = self.seal.heads
        known = heads.of(self.origin)
        if known is None:
            if before != NO_HEAD and heads.lost:
                heads.doubt(Fault(self.origin, 0, Trouble.HEAD))
        elif known != before and not stands(db, self.origin, known):
            heads.doubt(Fault(self.origin, known.number, Trouble.CUT))

    def _note(self, db: Session, head: Head) -> None:
        db.info[(WRITTEN, self.origin)] = head
        after_commit(db, lambda: self.seal.heads.note(self.origin, head))

    @staticmethod
    def _tell(db: Session, entry_id: int, about: Iterable[About]) -> None:
        told: dict[int, str] = {}
        for each in about:
            card_id, group = each if isinstance(each, tuple) else (each, "")
            told.setdefault(card_id, group)
        for card_id, group in told.items():
            put(db, EntryCardRecord(card_id=card_id, entry_id=entry_id, card_group=group))


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
