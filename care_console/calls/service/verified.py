"""Verified: which facts the person of a contact knew, and how far that goes."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_
from care_console.calls.records import CallRecord, ContactRecord, VerifiedRecord
from care_console.calls.rules.contact import BadContact, Direction, State
from care_console.calls.rules.verified import (
    Counts,
    Known,
    Level,
    NotAsked,
    Standing,
    answers,
    facts,
    known_of,
    level,
)
from care_console.calls.service.wrapup import hold
from care_console.cards.rules import Card
from care_console.cards.service.view import card_of
from care_console.journal.service import Journal
from care_console.settings.service import Settings
from care_console.store import Store, add_many_once


@dataclass(frozen=True, slots=True)
class Verified:
    """What callers knew. What the answers were is on their cards and nowhere else."""

    store: Store
    journal: Journal
    clock: Clock
    settings: Settings

    async def standing(self, contact_id: int, locale: str = DEFAULT_LOCALE) -> Standing | None:
        """Return how far the person of a contact is verified, and what may be asked.

        None where nobody knows whose contact it is. Raises BadContact if there is none.
        """
        return await self.store.read(self._standing, contact_id, locale)

    async def tick(self, command: Command, contact_id: int, known: str) -> None:
        """Keep that the person knew one fact, one of Known. Raises NotAsked and BadContact."""
        await self.store.write(self._tick, command, contact_id, known_of(known))

    async def untick(self, command: Command, contact_id: int, known: str) -> None:
        """Keep that the person did not know it after all. Raises BadContact."""
        await self.store.write(self._untick, command, contact_id, known_of(known))

    def level(self, db: Session, contact_id: int | None, card_id: int) -> Level:
        """Return inside somebody's unit how far this contact verifies that it is this customer.

        A contact with somebody else verifies nothing.
        """
        contact = db.get(ContactRecord, contact_id) if contact_id is not None else None
        if contact is None or contact.card_id != card_id:
            return Level.NONE
        return level(_ticked(db, contact.id), self.counts(db))

    def may_give(self, db: Session, contact_id: int | None, card_id: int) -> bool:
        """Return inside somebody's unit whether this contact unlocks a remedy for the customer."""
        return self.level(db, contact_id, card_id) is Level.GIVING

    def counts(self, db: Session) -> Counts:
        """Return inside somebody's unit how many facts the house wants for each level."""
        of = self.settings.in_force(db)
        return Counts(of.verified_talking, of.verified_reading, of.verified_giving)

    def _standing(self, db: Session, contact_id: int, locale: str) -> Standing | None:
        contact = db.get(ContactRecord, contact_id)
        if contact is None:
            raise BadContact(N_("This contact is no longer there."))
        card = self._card(db, contact)
        if card is None:
            return None
        ticked = _ticked(db, contact_id)
        return Standing(
            contact_id=contact_id,
            card_id=card.id,
            level=level(ticked, self.counts(db)),
            facts=facts(self._answers(db, contact, card, locale), ticked),
            may_be_told=card.fields["may_be_told"],
        )

    def _tick(self, db: Session, command: Command, contact_id: int, known: Known) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        contact = self._hold(db, contact_id)
        card = self._card(db, contact)
        if card is None:
            raise NotAsked(N_("Say first whose contact this is."))
        if known not in self._answers(db, contact, card, DEFAULT_LOCALE):
            raise NotAsked(N_("The card has no answer to that, so it cannot be asked."))
        row = VerifiedRecord(
            contact_id=contact_id,
            fact=known.value,
            at=self.clock(),
            clerk_card_id=command.clerk.card_id,
        )
        add_many_once(db, VerifiedRecord, [row.model_dump()])
        self._told(db, command, "verified", contact_id, known)

    def _untick(self, db: Session, command: Command, contact_id: int, known: Known) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self._hold(db, contact_id)
        row = delete(VerifiedRecord).where(
            col(VerifiedRecord.contact_id) == contact_id, col(VerifiedRecord.fact) == known
        )
        if db.exec(row).rowcount:
            self._told(db, command, "not_verified", contact_id, known)

    def _told(
        self, db: Session, command: Command, kind: str, contact_id: int, known: Known
    ) -> None:
        """Journal it beside the card's history, in which the contact itself is told."""
        facts = {"contact_id": contact_id, "fact": known.value}
        self.journal.write(db, command, kind, facts)

    def _hold(self, db: Session, contact_id: int) -> ContactRecord:
        record = hold(db, contact_id)
        if record.state == State.FINISHED:
            raise BadContact(N_("This contact is finished: what was known in it stays as it is."))
        return record

    def _card(self, db: Session, contact: ContactRecord) -> Card | None:
        if contact.card_id is None:
            return None
        return card_of(db, contact.card_id, self.clock().astimezone().date())

    def _answers(
        self, db: Session, contact: ContactRecord, card: Card, locale: str
    ) -> dict[Known, str]:
        return answers(
            card,
            channel=contact.channel,
            direction=contact.direction,
            calling=_calling(db, contact),
            last_at=_last_before(db, contact),
            now=self.clock(),
            locale=locale,
        )


def _ticked(db: Session, contact_id: int) -> list[str]:
    wanted = select(VerifiedRecord.fact).where(VerifiedRecord.contact_id == contact_id)
    return list(db.exec(wanted).all())


def _calling(db: Session, contact: ContactRecord) -> str:
    """Return the number from which the customer calls, or nothing."""
    if contact.call_id is None or contact.direction != Direction.IN:
        return ""
    call = db.get(CallRecord, contact.call_id)
    return (call.e164 or "") if call is not None else ""


def _last_before(db: Session, contact: ContactRecord) -> datetime | None:
    """Return when the customer and the house last had to do with each other before this."""
    earlier = select(ContactRecord.started_at).where(
        ContactRecord.card_id == contact.card_id,
        ContactRecord.state == State.FINISHED,
        ContactRecord.started_at < contact.started_at,
    )
    return db.exec(earlier.order_by(col(ContactRecord.started_at).desc()).limit(1)).one_or_none()
