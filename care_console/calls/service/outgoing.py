"""Calls that we make: each is in the log, as one of ours and not of a customer's."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.calls.records import CallRecord
from care_console.calls.rules.contact import Direction
from care_console.calls.rules.log import CallState
from care_console.calls.rules.match import Match
from care_console.calls.service.log import get, see_missed
from care_console.cards.service import Cards
from care_console.journal.service import Journal
from care_console.lines.line import Presentation
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Whom we called, on which line and when."""

    store: Store
    journal: Journal
    clock: Clock
    cards: Cards

    async def dialled(
        self, command: Command, e164: str, line: str, card_id: int | None = None
    ) -> int:
        """Keep that the clerk calls a number; return the call's id.

        Missed calls of the number are seen to.
        """
        return await self.store.write(self._dialled, command, e164, line, card_id)

    async def hung_up(self, call_id: int, at: datetime, cause: str = "") -> None:
        """Keep that such a call is over. Raises NoCall."""
        await self.store.write(self._hung_up, call_id, at, cause)

    def _dialled(
        self, db: Session, command: Command, e164: str, line: str, card_id: int | None
    ) -> int:
        if (first := self.journal.first_run(db, command)) is not None:
            return int(first["call_id"])
        card_id = None if card_id is None else self.cards.led(db, card_id)
        record = CallRecord(
            line=line,
            call_id=f"out {command.id}",
            e164=e164,
            raw=e164,
            presentation=Presentation.ALLOWED,
            match=Match.UNKNOWN if card_id is None else Match.KNOWN,
            started_at=self.clock(),
            direction=Direction.OUT,
            outcome=CallState.OUTGOING,
            card_id=card_id,
            clerk_card_id=command.clerk.card_id,
        )
        db.add(record)
        see_missed(db, e164)
        db.flush()
        about = () if card_id is None else (card_id,)
        self.journal.write(db, command, "call_made", {"call_id": record.id}, *about)
        return record.id

    def _hung_up(self, db: Session, call_id: int, at: datetime, cause: str) -> None:
        record = get(db, call_id)
        record.ended_at = record.ended_at or at
        record.cause = record.cause or cause
