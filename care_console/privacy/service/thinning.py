"""Letting the call log go after its time, a piece at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, delete, or_, select, update

from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.calls.records import CallRecord, ContactRecord
from care_console.calls.rules.log import CallState
from care_console.journal.service import Journal
from care_console.store import Store

AT_ONCE = 1_000  # calls in one unit: a note's save never waits long for it
BARE = {"raw": "", "e164": None, "name": "", "diverted_from": ""}


@dataclass(frozen=True, slots=True)
class Thinning:
    """Keeps the call log as long as the house wants it, and no longer."""

    store: Store
    journal: Journal
    clock: Clock
    days: Callable[[], int]  # 0: for ever

    async def thin(self) -> int:
        """Let go of calls that are too old, AT_ONCE at the most; return how many.

        One that became a contact keeps its times, and loses its number and name. Contacts stay.
        """
        if not self.days():
            return 0
        return await self.store.write(self._thin)

    def _thin(self, db: Session) -> int:
        old = self.clock() - timedelta(days=self.days())
        contacts = select(ContactRecord.call_id).where(ContactRecord.call_id == CallRecord.id)
        speaks: Any = or_(
            ~contacts.exists(),
            CallRecord.raw != "",
            CallRecord.name != "",
            CallRecord.diverted_from != "",
            col(CallRecord.e164).is_not(None),
        )
        wanted = (
            select(CallRecord.id)
            .where(CallRecord.started_at < old, CallRecord.outcome != CallState.RINGING, speaks)
            .order_by(col(CallRecord.started_at))
            .limit(AT_ONCE)
        )
        calls = db.exec(wanted.with_for_update(skip_locked=True)).all()
        if not calls:
            return 0
        of_these = col(CallRecord.id).in_(calls)
        db.exec(update(CallRecord).where(of_these, contacts.exists()).values(**BARE))
        db.exec(delete(CallRecord).where(of_these, ~contacts.exists()))
        facts = {"count": len(calls), "days": self.days()}
        self.journal.write(db, Command(uuid4(), Clerk("", "")), "call_log_thinned", facts)
        return len(calls)
