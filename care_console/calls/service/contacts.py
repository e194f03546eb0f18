"""Contacts: from the first word to the end, or put aside meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlmodel import Session, case, col, select, update

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.fold import fold, upper_bound
from care_console.base.words import N_
from care_console.calls.records import ContactRecord
from care_console.calls.rules.contact import (
    ON_A_DIGIT,
    BadContact,
    Channel,
    Direction,
    Draft,
    State,
    is_untouched,
    outcome_of,
    reasons,
)
from care_console.calls.rules.match import LastContact
from care_console.calls.service.away import (
    BEGUN,
    FINISHED,
    KEPT,
    KeptHere,
    NotTaken,
    Sent,
    begun_by,
    changes_of,
    command_of,
    values_of,
)
from care_console.calls.service.drafts import changed, drafts
from care_console.calls.service.log import call_back, take
from care_console.calls.service.matters import Matters
from care_console.calls.service.ring import LAST, last_of
from care_console.calls.service.wrapup import WrapUp, hold
from care_console.cards.service import Cards, Index
from care_console.journal.service import Journal
from care_console.store import NoAnswer, ServerAway, Store, Waiting, add_many_once
from care_console.store.troubles import AWAY

UNDER_WAY = (State.OPEN, State.UNFINISHED)

USED = "SELECT title, uses FROM reason WHERE uses > 0 ORDER BY uses DESC LIMIT 300"
BEGIN_SO = """
    SELECT title, uses FROM reason
    WHERE title_key >= :low AND title_key < :up AND uses > 0 ORDER BY title_key LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Contacts:
    """What happens between clerks and customers."""

    store: Store
    journal: Journal
    clock: Clock
    cards: Cards
    index: Index
    matters: Matters
    here: KeptHere | None = None
    """Where contacts are kept while the server is away; records in a file are never away."""

    async def start(
        self,
        command: Command,
        *,
        channel: str,
        direction: str = Direction.IN,
        card_id: int | None = None,
        call_id: int | None = None,
        group: str = "",
        at: datetime | None = None,
    ) -> int:
        """Start a contact and return its id; a call that the clerk has already keeps its one.

        With ``call_id`` the clerk has taken that call or, where the direction is out, calls back;
        its card is the contact's where none is given. ``at`` is for what is typed after the fact.
        While the server is away it is kept here, under a number below 0. Raises NoCall.
        """
        values = {
            "channel": Channel(channel),
            "direction": Direction(direction),
            "card_id": card_id,
            "call_id": call_id,
            "card_group": group,
            "ended_at": at,
            "started_at": at,
        }
        return await self._start_anyway(command, values)

    async def keep(
        self,
        contact_id: int,
        *,
        reason: str | None = None,
        notes: str | None = None,
        outcome: str | None = None,
        matter: str | None = None,
        matter_id: int | None = None,
        group: str | None = None,
    ) -> bool:
        """Keep what was typed so far; what is None stays, and a ``matter_id`` of 0 is none.

        Return True, or False if it is kept at this desk only, because the server is away. Raises
        BadContact, and then keeps nothing, if the contact is finished.
        """
        changes = changed(reason, notes, outcome, matter, matter_id, group)
        return await self._keep_anyway(contact_id, changes)

    async def attach(self, command: Command, contact_id: int, card_id: int) -> None:
        """Say whose contact it is, also after its end; its call is then theirs too.

        Raises BadContact if it is finished and somebody else's.
        """
        await self.store.write(self._attach, command, contact_id, card_id)

    async def finish(
        self,
        command: Command,
        contact_id: int,
        outcome: str,
        *,
        reason: str | None = None,
        notes: str | None = None,
        matter: str | None = None,
        matter_id: int | None = None,
        group: str | None = None,
    ) -> bool:
        """End a contact with one of the Outcomes, and journal it.

        A ``matter`` is opened, or joined where one of this title is open; settled, or not ours to
        do, it is closed. Return what ``keep`` returns. Raises BadContact if another desk finished
        it; nothing is then changed.
        """
        changes = changed(reason, notes, outcome, matter, matter_id, group)
        changes["outcome"] = outcome_of(outcome)
        return await self._finish_anyway(command, contact_id, changes)

    async def end_on_digit(self, command: Command, contact_id: int, kind: str) -> None:
        """End a contact that needs no wrap-up, with one of ON_A_DIGIT. Raises BadContact."""
        if outcome_of(kind) not in ON_A_DIGIT:
            raise BadContact(N_("This needs a word on how it ended."))
        await self.finish(command, contact_id, kind)

    async def leave(self, command: Command, contact_id: int) -> State:
        """Put a contact aside and return how it stands: unfinished or, if untouched, dropped."""
        return await self.store.write(self._leave, command, contact_id)

    async def reopen(self, command: Command, contact_id: int) -> None:
        """Take up again what was put aside. Raises BadContact if it is finished meanwhile."""
        await self.store.write(self._reopen, command, contact_id)

    async def undo(self, command: Command, contact_id: int) -> None:
        """Take back that a contact is finished: it is unfinished again, with all that was written.

        A matter that it opened is withdrawn, one that it closed is open again. Raises BadContact.
        """
        if self.here is None or not self.here.take_back(contact_id):
            await self.store.write(self._undo, command, contact_id)

    async def draft(self, contact_id: int) -> Draft:
        """Return a contact as it stands; while the server is away, as this desk knows it.

        Raises BadContact if there is none, and NoAnswer.
        """
        here = self.here
        known = here.seen(contact_id) if here is not None else None
        if known is not None and here is not None and here.is_new(contact_id):
            return known
        try:
            found = await self.store.read(self._draft, contact_id)
        except NoAnswer:
            if known is None:
                raise
            return known
        if not found:
            raise BadContact(N_("This contact is no longer there."))
        return found[0] if here is None else here.see(found[0])

    async def send_kept(self) -> Sent:
        """Send what was written while the server was away; what it refuses is ``not_taken``."""
        if self.here is None:
            return Sent(0, {})
        ways = {BEGUN: self._send_begun, KEPT: self._send_typed, FINISHED: self._send_end}
        return await self.here.send(ways, self.store)

    def not_taken(self) -> list[NotTaken]:
        """Return what the records refused, with all that was written."""
        return [] if self.here is None else self.here.not_taken()

    def let_go(self, id: UUID) -> None:
        """Forget what the records refused, once somebody has read it."""
        if self.here is not None:
            self.here.outbox.drop(id)

    async def open(self, clerk: Clerk) -> list[Draft]:
        """Return the clerk's open contacts, in the order in which they were started."""
        mine = ContactRecord.clerk_card_id == clerk.card_id
        return await self.store.read(drafts, mine, ContactRecord.state == State.OPEN)

    async def unfinished(self, clerk: Clerk) -> list[Draft]:
        """Return what the clerk put aside, the last one first."""
        mine = ContactRecord.clerk_card_id == clerk.card_id
        found = await self.store.read(drafts, mine, ContactRecord.state == State.UNFINISHED)
        return sorted(found, key=lambda each: (each.saved_at, each.id), reverse=True)

    async def last_of(self, card_id: int, most: int = LAST) -> list[LastContact]:
        """Return, within the frame, the last contacts with a card, the newest first.

        Raises NoAnswer.
        """
        return await last_of(self.store, card_id, most)

    async def reasons(self, text: str = "", most: int = 8) -> list[str]:
        """Return, within the frame, the reasons that fit a few letters, the most used first.

        Raises NoAnswer.
        """
        low = next(iter(fold(text).split()), "")
        used, begin_so = await self.store.look_up_all(
            (USED, BEGIN_SO), low=low, up=upper_bound(low)
        )
        return reasons(text, dict([*used, *begin_so]).items(), most)

    def _start(self, db: Session, command: Command, values: dict[str, Any]) -> int:
        if values["card_id"] is not None:  # it may be merged away, above all where this was kept
            values = {**values, "card_id": self.cards.led(db, values["card_id"])}
            if self.here is not None:
                self.here.demand(db, values["card_id"])
        if values["call_id"] is not None:
            there = self._take(db, command, values)
            if there is not None:
                return there
        now = self.clock()
        record = ContactRecord(
            **{**values, "started_at": values["started_at"] or now},
            command_id=command.id,
            clerk_card_id=command.clerk.card_id,
            saved_at=now,
        )
        add_many_once(db, ContactRecord, [record.model_dump(exclude={"id"})])  # one a command
        started = select(ContactRecord.id).where(ContactRecord.command_id == command.id)
        return db.exec(started).one()

    def _take(self, db: Session, command: Command, values: dict[str, Any]) -> int | None:
        """Take the call, and return the contact in which the clerk has it already, if any.

        One that we begin does not take it, but answers a missed one.
        """
        ours = values["direction"] == Direction.OUT
        call_id = values["call_id"]
        call = (
            call_back(db, call_id)
            if ours
            else take(self.journal, db, command, call_id, self.clock())
        )
        if values["card_id"] is None:
            values["card_id"] = call.card_id
        under_way = select(ContactRecord).where(
            ContactRecord.call_id == call.id,
            ContactRecord.clerk_card_id == command.clerk.card_id,
            ContactRecord.direction == values["direction"],
            col(ContactRecord.state).in_(UNDER_WAY),
        )
        there = db.exec(under_way.order_by(col(ContactRecord.id)).limit(1)).one_or_none()
        if there is None:
            if not ours:
                values["started_at"] = values["started_at"] or call.answered_at
            return None
        there.state = State.OPEN
        return there.id

    def _keep(
        self,
        db: Session,
        contact_id: int,
        changes: dict[str, Any],
        begun: UUID | None = None,
    ) -> None:
        state = col(ContactRecord.state)
        real = self._real(db, contact_id, begun)
        draft = update(ContactRecord).where(col(ContactRecord.id) == real, state != State.FINISHED)
        awake = case((state == State.DROPPED, State.UNFINISHED), else_=state)
        values = {"state": awake, **changes, "saved_at": self.clock()}
        kept = db.exec(draft.values(**values))
        if not kept.rowcount:
            raise BadContact(N_("Not kept: this contact was finished meanwhile."))

    def _leave(self, db: Session, command: Command, contact_id: int) -> State:
        record = hold(db, self._real(db, contact_id))
        if record.state != State.OPEN:
            return State(record.state)
        written = (record.reason, record.notes, record.outcome, record.matter_title)
        untouched = is_untouched(*written) and record.matter_id is None
        record.state = State.DROPPED if untouched else State.UNFINISHED
        if record.call_id is None:
            record.ended_at = record.ended_at or self.clock()
        return record.state

    def _reopen(self, db: Session, command: Command, contact_id: int) -> None:
        record = hold(db, self._real(db, contact_id))
        if record.state == State.FINISHED:
            raise BadContact(N_("This contact was finished meanwhile."))
        record.state = State.OPEN

    def _finish(
        self,
        db: Session,
        command: Command,
        contact_id: int,
        changes: dict[str, Any],
        *,
        at: datetime | None = None,
        begun: UUID | None = None,
    ) -> None:
        real = self._real(db, contact_id, begun)
        self._wrap_up(at).finish(db, command, real, changes)

    def _attach(self, db: Session, command: Command, contact_id: int, card_id: int) -> None:
        self._wrap_up().attach(db, command, self._real(db, contact_id), self.cards.led(db, card_id))

    def _undo(self, db: Session, command: Command, contact_id: int) -> None:
        self._wrap_up().undo(db, command, self._real(db, contact_id))

    def _draft(self, db: Session, contact_id: int) -> list[Draft]:
        return drafts(db, ContactRecord.id == self._real(db, contact_id))

    def _wrap_up(self, at: datetime | None = None) -> WrapUp:
        clock = self.clock if at is None else lambda: at
        return WrapUp(self.journal, clock, self.cards, self.index, self.matters)

    def _real(self, db: Session, contact_id: int, begun: UUID | None = None) -> int:
        return contact_id if self.here is None else self.here.real(db, contact_id, begun)

    async def _start_anyway(self, command: Command, values: dict[str, Any]) -> int:
        try:
            return await self.store.write(self._start, command, values)
        except ServerAway:
            if self.here is None:
                raise
            return self.here.begin(command, values, self.clock())

    async def _keep_anyway(self, contact_id: int, changes: dict[str, Any]) -> bool:
        if self.here is not None and self.here.holds(contact_id):
            return await self._keep_behind(self.here, contact_id, changes)
        try:
            await self.store.write(self._keep, contact_id, changes)
        except ServerAway:
            if self.here is None:
                raise
            self.here.keep(contact_id, changes)
            return False
        return True

    async def _finish_anyway(
        self, command: Command, contact_id: int, changes: dict[str, Any]
    ) -> bool:
        if self.here is not None and self.here.holds(contact_id):
            await self.send_kept()  # first what was written before
        try:
            if self.here is not None and self.here.holds(contact_id):
                raise ServerAway(AWAY)
            await self.store.write(self._finish, command, contact_id, changes)
        except ServerAway:
            if self.here is None:
                raise
            self.here.finish(command, contact_id, changes, self.clock())
            return False
        return True

    async def _keep_behind(self, here: KeptHere, contact_id: int, changes: dict[str, Any]) -> bool:
        """Keep what was typed after what waits already, and which it must not overtake."""
        here.keep(contact_id, changes)
        await self.send_kept()
        if why := here.refusal(contact_id):
            raise BadContact(N_("{why}"), why=why)
        return not here.holds(contact_id)

    async def _send_begun(self, sent: Waiting) -> None:
        assert self.here is not None
        begun = await self.store.write(self._start, command_of(sent), values_of(sent.body))
        self.here.ids[sent.body["contact_id"]] = begun

    async def _send_typed(self, sent: Waiting) -> None:
        body, begun = sent.body, begun_by(sent.body)
        await self.store.write(self._keep, body["contact_id"], changes_of(body), begun)

    async def _send_end(self, sent: Waiting) -> None:
        body, at = sent.body, datetime.fromisoformat(sent.body["at"])
        end = partial(self._finish, at=at, begun=begun_by(body))
        await self.store.write(end, command_of(sent), body["contact_id"], dict(body["changes"]))
