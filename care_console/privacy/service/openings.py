"""Keeping who opened whose card while they were in no contact with them."""

from dataclasses import dataclass

from sqlmodel import Session, and_, col, or_, select

from care_console.base.command import Command
from care_console.calls.records import CallRecord, ContactRecord
from care_console.calls.rules import State
from care_console.calls.rules.log import CallState
from care_console.journal.service import Journal
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Openings:
    """Journals an opening for which nothing that happens at the desk is a reason."""

    store: Store
    journal: Journal

    async def opened(self, command: Command, card_id: int) -> bool:
        """Keep that the clerk opened a card; return whether it was worth an entry.

        A contact or a call of theirs that is going on explains it: that is in the journal anyway.
        So does the clerk's own card.
        """
        if command.clerk.card_id == card_id:
            return False
        return await self.store.write(self._opened, command, card_id)

    def _opened(self, db: Session, command: Command, card_id: int) -> bool:
        if self.journal.first_run(db, command) is not None or _in_contact(db, card_id):
            return False
        self.journal.write(db, command, "card_opened", {"card_id": card_id}, card_id)
        return True


def _in_contact(db: Session, card_id: int) -> bool:
    """Return whether somebody is in contact with them now, or has one to write up."""
    begun = (State.OPEN, State.UNFINISHED)
    contact = select(ContactRecord.id).where(
        ContactRecord.card_id == card_id, col(ContactRecord.state).in_(begun)
    )
    talking = and_(CallRecord.outcome == CallState.ANSWERED, col(CallRecord.ended_at).is_(None))
    rings = select(CallRecord.id).where(
        CallRecord.card_id == card_id, or_(CallRecord.outcome == CallState.RINGING, talking)
    )
    found = db.exec(contact.limit(1)).first()
    return found is not None or db.exec(rings.limit(1)).first() is not None
