"""Contacts: from the first word to the end, or put aside meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, case, col, select, update

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.fold import fold, upper_bound
from care_console.base.words import N_
from care_console.calls.records import ContactRecord, MatterRecord
from care_console.calls.rules.contact import (
    LONGEST_TITLE,
    ON_A_DIGIT,
    BadContact,
    Channel,
    Direction,
    Draft,
    State,
    is_untouched,
    one_line,
    outcome_of,
    reasons,
    typed,
)
from care_console.calls.rules.match import LastContact
from care_console.calls.service.log import call_back, take
from care_console.calls.service.matters import Matters
from care_console.calls.service.ring import LAST, last_of
from care_console.calls.service.wrapup import WrapUp, hold
from care_console.cards.records import CardRecord
from care_console.cards.service import Cards, Index
from care_console.journal.service import Journal
from care_console.store import Store, add_many_once

MOST_DRAFTS = 100
UNDER_WAY = (State.OPEN, State.UNFINISHED)

USED = "SELECT title, uses FROM reason WHERE uses > 0 ORDER BY uses DESC LIMIT 300"
BEGIN_SO = """
    SELECT title, uses FROM reason
    WHERE title_key >= :low AND title_key < :up AND uses > 0 ORDER BY title_key LIMIT 50
"""

TIDY: dict[str, Callable[[str], str]] = {
    "reason": one_line,
    "notes": typed,
    "matter_title": lambda title: one_line(title, LONGEST_TITLE),
    "outcome": lambda outcome: outcome_of(outcome) if outcome else "",
}


@dataclass(frozen=True, slots=True)
class Contacts:
    """What happens between clerks and customers."""

    store: Store
    journal: Journal
    clock: Clock
    cards: Cards
    index: Index
    matters: Matters

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
        its card is the contact's where none is given. ``at`` is when it was, for what is typed
        after the fact. Raises NoCall.
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
        return await self.store.write(self._start, command, values)

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
    ) -> None:
        """Keep what was typed so far; what is None stays, and a ``matter_id`` of 0 is none.

        Raises BadContact, and then keeps nothing, if the contact is finished.
        """
        changes = changed(reason, notes, outcome, matter, matter_id, group)
        await self.store.write(self._keep, contact_id, changes)

    async def attach(self, command: Command, contact_id: int, card_id: int) -> None:
        """Say whose contact it is, also after its end; its call is then theirs too.

        Raises BadContact if it is finished and somebody else's.
        """
        await self.store.write(self._wrap_up().attach, command, contact_id, card_id)

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
    ) -> None:
        """End a contact with one of the Outcomes, and journal it.

        A ``matter`` is opened, or joined where one of this title is open; settled, or not ours to
        do, it is closed. Raises BadContact if another desk finished it; nothing is then changed.
        """
        changes = changed(reason, notes, outcome, matter, matter_id, group)
        changes["outcome"] = outcome_of(outcome)
        await self.store.write(self._wrap_up().finish, command, contact_id, changes)

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
        await self.store.write(self._wrap_up().undo, command, contact_id)

    async def draft(self, contact_id: int) -> Draft:
        """Return a contact as it stands. Raises BadContact if there is none."""
        found = await self.store.read(_drafts, ContactRecord.id == contact_id)
        if not found:
            raise BadContact(N_("This contact is no longer there."))
        return found[0]

    async def open(self, clerk: Clerk) -> list[Draft]:
        """Return the clerk's open contacts, in the order in which they were started."""
        mine = ContactRecord.clerk_card_id == clerk.card_id
        return await self.store.read(_drafts, mine, ContactRecord.state == State.OPEN)

    async def unfinished(self, clerk: Clerk) -> list[Draft]:
        """Return what the clerk put aside, the last one first."""
        mine = ContactRecord.clerk_card_id == clerk.card_id
        drafts = await self.store.read(_drafts, mine, ContactRecord.state == State.UNFINISHED)
        return sorted(drafts, key=lambda each: (each.saved_at, each.id), reverse=True)

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

    def _keep(self, db: Session, contact_id: int, changes: dict[str, Any]) -> None:
        state = col(ContactRecord.state)
        draft = update(ContactRecord).where(
            col(ContactRecord.id) == contact_id, state != State.FINISHED
        )
        awake = case((state == State.DROPPED, State.UNFINISHED), else_=state)
        kept = db.exec(draft.values(**changes, state=awake, saved_at=self.clock()))
        if not kept.rowcount:
            raise BadContact(N_("Not kept: this contact was finished meanwhile."))

    def _leave(self, db: Session, command: Command, contact_id: int) -> State:
        record = hold(db, contact_id)
        if record.state != State.OPEN:
            return State(record.state)
        written = (record.reason, record.notes, record.outcome, record.matter_title)
        untouched = is_untouched(*written) and record.matter_id is None
        record.state = State.DROPPED if untouched else State.UNFINISHED
        if record.call_id is None:
            record.ended_at = record.ended_at or self.clock()
        return record.state

    def _reopen(self, db: Session, command: Command, contact_id: int) -> None:
        record = hold(db, contact_id)
        if record.state == State.FINISHED:
            raise BadContact(N_("This contact was finished meanwhile."))
        record.state = State.OPEN

    def _wrap_up(self) -> WrapUp:
        return WrapUp(self.journal, self.clock, self.cards, self.index, self.matters)


def changed(
    reason: str | None,
    notes: str | None,
    outcome: str | None,
    matter: str | None,
    matter_id: int | None,
    group: str | None,
) -> dict[str, Any]:
    """Return what was typed as it is kept, without what was not. Raises BadContact."""
    texts = {"reason": reason, "notes": notes, "outcome": outcome, "matter_title": matter}
    changes: dict[str, Any] = {
        name: TIDY[name](text) for name, text in texts.items() if text is not None
    }
    if matter_id is not None:
        changes["matter_id"] = matter_id or None
    if group is not None:
        changes["card_group"] = group
    return changes


def _drafts(db: Session, *where: Any) -> list[Draft]:
    wanted = (
        select(ContactRecord, CardRecord.name, MatterRecord.title)
        .outerjoin(CardRecord, col(CardRecord.id) == col(ContactRecord.card_id))
        .outerjoin(MatterRecord, col(MatterRecord.id) == col(ContactRecord.matter_id))
        .where(*where)
        .order_by(col(ContactRecord.id).desc())
        .limit(MOST_DRAFTS)
    )
    return [
        Draft(
            id=each.id,
            state=State(each.state),
            channel=Channel(each.channel),
            direction=Direction(each.direction),
            card_id=each.card_id,
            card_name=card_name or "",
            call_id=each.call_id,
            matter_id=each.matter_id,
            matter=title or each.matter_title,
            group=each.card_group,
            reason=each.reason,
            notes=each.notes,
            outcome=each.outcome,
            started_at=each.started_at,
            saved_at=each.saved_at,
        )
        for each, card_name, title in reversed(db.exec(wanted).all())
    ]
