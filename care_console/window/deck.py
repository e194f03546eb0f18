"""What is on the desk at this moment: calls that ring, and contacts that are open."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime

from care_console.calls.rules import Caller
from care_console.lines.line import CallEvent


@dataclass(slots=True)
class Live:
    """A call that has not ended, and what was found about it."""

    event: CallEvent
    caller: Caller
    row: int | None = None  # its row in the log
    logged: asyncio.Event = field(default_factory=asyncio.Event)  # or it could not be kept
    card_id: int | None = None  # who it is, as far as known or chosen
    contact_id: int | None = None  # once the clerk has it
    put_off: bool = False
    over: bool = False  # though its contact is still open
    asked: bool = False  # somebody answered it, and nobody knows yet who

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other calls."""
        return self.event.line, self.event.call_id


@dataclass(frozen=True, slots=True)
class Open:
    """A contact on the desk."""

    contact_id: int
    title: str
    groups: tuple[str, ...]
    since: datetime
    telephone: bool
    ended: bool = False  # its call is over
    card_id: int | None = None
    ours: bool = False  # we called


@dataclass(slots=True)
class Deck:
    """Keeps the order in which things came, and which contact is in front."""

    rings: list[Live] = field(default_factory=list)
    contacts: list[Open] = field(default_factory=list)
    front: int | None = None  # a contact's id

    @property
    def next_ring(self) -> Live | None:
        """The call that F2 takes: the one that rings longest and was not put off.

        Where none rings it is the one that was answered, nobody knows yet by whom.
        """
        waiting = [live for live in self.rings if live.contact_id is None]
        rings = [live for live in waiting if not live.asked]
        ready = [live for live in rings if not live.put_off]
        ready = ready or [live for live in waiting if live.asked] or rings
        return ready[0] if ready else None

    @property
    def in_front(self) -> Open | None:
        """The contact that the clerk works on."""
        return next((each for each in self.contacts if each.contact_id == self.front), None)

    @property
    def talking(self) -> bool:
        """Whether the contact in front is a call that goes on."""
        front = self.in_front
        return front is not None and front.telephone and not front.ended

    def live(self, event: CallEvent) -> Live | None:
        """Return the call of an event, or None if it never rang here."""
        key = (event.line, event.call_id)
        return next((each for each in self.rings if each.key == key and not each.over), None)

    def of_contact(self, contact_id: int | None) -> Live | None:
        """Return the call behind a contact, while it goes on."""
        if contact_id is None:
            return None
        return next((each for each in self.rings if each.contact_id == contact_id), None)

    def add(self, contact: Open) -> None:
        """Put a contact on the desk, in front of the others; one that is there is replaced."""
        if any(each.contact_id == contact.contact_id for each in self.contacts):
            self.change(contact)
        else:
            self.contacts.append(contact)
        self.front = contact.contact_id

    def change(self, contact: Open) -> None:
        """Keep what became known of a contact."""
        self.contacts = [
            contact if each.contact_id == contact.contact_id else each for each in self.contacts
        ]

    def end_call(self, contact_id: int) -> None:
        """Note that the call of a contact is over."""
        self.contacts = [
            replace(each, ended=True) if each.contact_id == contact_id else each
            for each in self.contacts
        ]

    def remove(self, contact_id: int) -> None:
        """Take a contact off the desk; the one before it comes to the front."""
        at = next(
            (n for n, each in enumerate(self.contacts) if each.contact_id == contact_id), None
        )
        if at is None:
            return
        del self.contacts[at]
        if self.front == contact_id:
            left = self.contacts[min(at, len(self.contacts) - 1)] if self.contacts else None
            self.front = left.contact_id if left else None

    def by_digit(self, digit: int) -> Open | None:
        """Return the contact on a tab, counted from 1."""
        return self.contacts[digit - 1] if 0 < digit <= len(self.contacts) else None
