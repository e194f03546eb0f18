"""What is written of contacts while the server is away: kept at this desk, and sent later."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from sqlmodel import Session, select

from care_console.base.command import Clerk, Command
from care_console.base.words import N_
from care_console.calls.records import ContactRecord
from care_console.calls.rules.contact import BadContact, Channel, Direction, Draft, State
from care_console.store import NoAnswer, Outbox, Store, Waiting
from care_console.store.outbox import Send

BEGUN, KEPT, FINISHED = "contact_begun", "contact_kept", "contact_finished"
NAMES = {"matter_title": "matter", "card_group": "group"}  # of a column, as a Draft calls it
MOMENTS = ("started_at", "ended_at")

Changes = Mapping[str, Any]  # by the names of ContactRecord
ErasedAmong = Callable[[Session, Collection[int]], set[int]]  # of these cards


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of what waited."""

    contacts: int  # so many have all that was written now
    ids: Mapping[int, int]  # of those that were begun here: the id since, by the one before


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What the records refused: why, and what was written, so that it is not gone."""

    id: UUID
    why: str
    written: str


@dataclass(slots=True)
class KeptHere:
    """Contacts as far as only this desk has them.

    One that is begun here has a number below 0 until the records give it one of theirs.
    """

    outbox: Outbox
    erased: ErasedAmong = lambda db, cards: set()
    """Tells whose cards were erased, at whichever desk: of them nothing is sent or kept."""
    ids: dict[int, int] = field(default_factory=dict)
    """The records' ids of contacts that were begun here, once they are sent."""
    _begun: dict[int, UUID] = field(default_factory=dict)
    _seen: dict[int, Draft] = field(default_factory=dict)

    def begin(self, command: Command, values: Changes, now: datetime) -> int:
        """Begin a contact with these values of its record; return the number it has here."""
        contact_id = -1 - command.id.int % 2**31
        started = {**values, "started_at": values["started_at"] or now}
        moments = {name: _spelt(started[name]) for name in MOMENTS}
        body = {**_by(command), "contact_id": contact_id, "values": {**started, **moments}}
        self.outbox.put(BEGUN, command.id, body)
        self._begun[contact_id] = command.id
        self._seen[contact_id] = _new(contact_id, started, now)
        return contact_id

    def keep(self, contact_id: int, changes: Changes) -> None:
        """Keep what was typed into a contact."""
        self.outbox.put(KEPT, _kept_id(contact_id), {**self._of(contact_id), **changes})

    def finish(self, command: Command, contact_id: int, changes: Changes, now: datetime) -> None:
        """Keep that a contact ended ``now``, and how."""
        body = {**_by(command), **self._of(contact_id), "at": now.isoformat()}
        self.outbox.put(FINISHED, command.id, {**body, "changes": dict(changes)})

    def take_back(self, contact_id: int) -> bool:
        """Take back an end that was not sent; return whether there was one. No word is lost."""
        for each in self._waiting():
            if each.kind == FINISHED and each.body["contact_id"] == contact_id:
                aside = {**each.body["changes"], "state": State.UNFINISHED}
                self.keep(contact_id, aside)
                self.outbox.drop(each.id)
                return True
        return False

    def holds(self, contact_id: int) -> bool:
        """Return whether something of a contact waits to be sent."""
        return contact_id in self.contacts()

    def contacts(self) -> set[int]:
        """Return the contacts of which something waits to be sent."""
        return {each.body["contact_id"] for each in self._waiting()}

    def refusal(self, contact_id: int) -> str:
        """Return why the records did not take what was typed into a contact, or ""."""
        kept_id = _kept_id(contact_id)
        return next((each.refused for each in self.outbox.waiting() if each.id == kept_id), "")

    async def send(self, ways: Mapping[str, Send], store: Store) -> Sent:
        """Send what waits, each by the way of its kind; what is about erased people goes first."""
        await self._forget_erased(store)
        before = self.contacts()
        await self.outbox.send(ways)
        return Sent(len(before - self.contacts() - self._refused()), self.ids)

    def not_taken(self) -> list[NotTaken]:
        """Return all that the records refused and nobody has read yet."""
        refused = [each for each in self.outbox.waiting() if each.refused]
        return [NotTaken(each.id, each.refused, _written(each.body)) for each in refused]

    def forget(self, cards: Sequence[int], contacts: Sequence[int]) -> None:
        """Let go of all that was typed about these cards, or into these contacts."""
        waiting = self.outbox.waiting()
        begun = {each.body["contact_id"] for each in waiting if _about(each) in cards}
        for each in waiting:
            if each.body["contact_id"] in begun.union(contacts):
                self.outbox.drop(each.id)
        for contact_id, draft in list(self._seen.items()):
            if contact_id in contacts or draft.card_id in cards:
                del self._seen[contact_id]
        self.outbox.sweep()

    async def _forget_erased(self, store: Store) -> None:
        """Let go of what waits about people who were erased at another desk meanwhile."""
        if self.outbox.waiting():
            with suppress(NoAnswer):  # then nothing is sent either
                cards, contacts = await store.read(self._of_erased)
                if cards or contacts:
                    self.forget(cards, contacts)

    def demand(self, db: Session, card_id: int | None) -> None:
        """Raise BadContact for what is about somebody who was erased."""
        if card_id is not None and self.erased(db, [card_id]):
            raise BadContact(N_("This person was erased meanwhile, and nothing of them is kept."))

    def see(self, draft: Draft) -> Draft:
        """Return a draft of the records with what only this desk has, and remember it."""
        self._seen[draft.id] = draft
        return self._over(draft)

    def seen(self, contact_id: int) -> Draft | None:
        """Return how a contact stands as far as this desk knows, without asking the records."""
        there = self._seen.get(contact_id)
        return None if there is None else self._over(there)

    def is_new(self, contact_id: int) -> bool:
        """Return whether a contact was begun here and is not sent yet."""
        return contact_id < 0 and contact_id not in self.ids

    def real(self, db: Session, contact_id: int, begun: UUID | None = None) -> int:
        """Return the records' id of a contact.

        Raises BadContact if it never came to them, or is about somebody who was erased.
        """
        found = self._found(db, contact_id, begun)
        if found is None:
            raise BadContact(N_("This contact is no longer there."))
        self.demand(db, found[1])
        return found[0]

    def _found(
        self, db: Session, contact_id: int, begun: UUID | None
    ) -> tuple[int, int | None] | None:
        """Return the records' id of a contact, and whose card it is on."""
        known = contact_id if contact_id >= 0 else self.ids.get(contact_id)
        wanted = select(ContactRecord.id, ContactRecord.card_id)
        if known is not None:
            wanted = wanted.where(ContactRecord.id == known)
        else:
            by = begun or self._begun.get(contact_id)
            wanted = wanted.where(ContactRecord.command_id == by)
        return db.exec(wanted).one_or_none()

    def _of_erased(self, db: Session) -> tuple[list[int], list[int]]:
        """Return the erased cards, and the contacts with them, of which something waits."""
        whose: dict[int, int | None] = {}
        for each in self.outbox.waiting():
            contact_id = each.body["contact_id"]
            found = self._found(db, contact_id, begun_by(each.body))
            whose[contact_id] = _about(each) or (found[1] if found else whose.get(contact_id))
        erased = self.erased(db, {card for card in whose.values() if card is not None})
        return sorted(erased), [contact for contact, card in whose.items() if card in erased]

    def _refused(self) -> set[int]:
        return {each.body["contact_id"] for each in self.outbox.waiting() if each.refused}

    def _of(self, contact_id: int) -> dict[str, Any]:
        begun = self._begun.get(contact_id)
        return {"contact_id": contact_id} | ({"begun": str(begun)} if begun is not None else {})

    def _over(self, draft: Draft) -> Draft:
        for each in self._waiting():
            if each.kind == KEPT and each.body["contact_id"] == draft.id:
                said = changes_of(each.body)
                draft = replace(draft, **{NAMES.get(name, name): v for name, v in said.items()})
        return draft

    def _waiting(self) -> Iterator[Waiting]:
        return (each for each in self.outbox.waiting() if not each.refused)


def changes_of(body: Changes) -> dict[str, Any]:
    """Return what was typed, as it was kept."""
    return {name: value for name, value in body.items() if name not in ("contact_id", "begun")}


def values_of(body: Changes) -> dict[str, Any]:
    """Return the values with which a contact was begun."""
    values = dict(body["values"])
    moments = {name: _moment(values[name]) for name in MOMENTS}
    return {**values, **moments}


def begun_by(body: Changes) -> UUID | None:
    """Return the command that began the contact at this desk, if it was begun there."""
    return UUID(body["begun"]) if "begun" in body else None


def command_of(sent: Waiting) -> Command:
    """Return the command as it was given, so that to send it twice does it once."""
    return Command(sent.id, Clerk(**sent.body["clerk"]))


def _by(command: Command) -> dict[str, Any]:
    clerk = command.clerk
    return {"clerk": {"name": clerk.name, "role": clerk.role, "card_id": clerk.card_id}}


def _kept_id(contact_id: int) -> UUID:
    return uuid5(NAMESPACE_OID, f"contact {contact_id}")


def _about(waiting: Waiting) -> int | None:
    """Return on whose card a contact was begun here, if that is known."""
    about: int | None = waiting.body.get("values", {}).get("card_id")
    return about


def _written(body: Changes) -> str:
    said = {**body, **body.get("changes", {})}
    return "\n".join(said[name] for name in ("reason", "notes", "matter_title") if said.get(name))


def _spelt(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(spelt: str | None) -> datetime | None:
    return None if spelt is None else datetime.fromisoformat(spelt)


def _new(contact_id: int, values: Changes, now: datetime) -> Draft:
    """Return a contact in which nothing is written yet."""
    return Draft(
        id=contact_id,
        state=State.OPEN,
        channel=Channel(values["channel"]),
        direction=Direction(values["direction"]),
        card_id=values["card_id"],
        card_name="",
        call_id=values["call_id"],
        matter_id=None,
        matter="",
        group=values["card_group"],
        reason="",
        notes="",
        outcome="",
        started_at=values["started_at"],
        saved_at=now,
    )
