"""Handing a person all that is held on them, as one file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.resources import resource
from care_console.base.words import N_, catalogue
from care_console.cards.records import CardRecord
from care_console.cards.service import Cards
from care_console.cards.service.replaced import NoCard
from care_console.cards.service.view import card_of
from care_console.exchange.rules.vcard_write import as_vcard
from care_console.exchange.service.whole import persons
from care_console.journal.service import Journal
from care_console.privacy.rules import ANOTHER, SELF, WAYS, Class, Held, class_of, minimised
from care_console.privacy.rules.file import packed
from care_console.privacy.rules.page import page
from care_console.privacy.service.reach import Reach, reach, to_cards
from care_console.staff.records import ClerkRecord
from care_console.staff.rules import Permission, role_words
from care_console.staff.service import Staff
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Holding:
    """What is held on somebody."""

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    cards: Cards
    company: Callable[[], str]
    locale: str

    async def file_of(self, command: Command, card_id: int) -> tuple[Held, bytes]:
        """Return all that is held on the person of a card, and the one file with it.

        It is journalled without their name. Raises NotAllowed and NoCard.
        """
        async with self.staff.guarded(command):
            held = await self.store.write(self._take_out, command, card_id)
        spoken = held.language or self.locale
        words = catalogue([spoken.replace("-", "_"), spoken[:2]], resource("translations"))
        return held, packed(held, page(held, words.gettext, spoken))

    def gather(self, db: Session, card_id: int) -> Held:
        """Return, inside somebody's unit, every row about a person. Raises NoCard."""
        found = reach(db, card_id)
        shown = card_of(db, found.cards[0], self.cards.today())
        if shown is None:
            raise NoCard(N_("There is no such card any more."))
        others = _Others(db, found)
        return Held(
            card_id=shown.id,
            name=shown.name,
            language=shown.fields["language"],
            at=self.clock(),
            company=self.company(),
            tables={table: others.rows(table) for table in WAYS},
            vcard=_vcard(db, shown.id),
        )

    def _take_out(self, db: Session, command: Command, card_id: int) -> Held:
        self.staff.demand(db, command, Permission.TAKE_OUT_PERSON)
        held = self.gather(db, card_id)
        if self.journal.first_run(db, command) is None:
            facts = {"card_id": held.card_id, "rows": held.count}
            self.journal.write(db, command, "person_taken_out", facts, held.card_id)
        return held


def _vcard(db: Session, card_id: int) -> str:
    """Return the card as an export writes it, but for whom it is tied to: they are others."""
    return "".join(as_vcard(replace(each, ties=())) for each in persons(db, [card_id]))


class _Others:
    """Who else the rows speak of, and what is told in place of them."""

    def __init__(self, db: Session, found: Reach) -> None:
        self._db, self._reach = db, found
        kept = {table: found.rows(db, table) for table in WAYS}
        self._kept = kept
        ids = {
            row[name]
            for table, rows in kept.items()
            for name in to_cards(table)
            for row in rows
            if row[name] is not None and row[name] not in found.cards
        }
        staff = select(ClerkRecord.card_id, ClerkRecord.role)
        self._roles = {card_id: role for card_id, role in db.exec(staff)}
        wanted = {*ids, *self._roles} - {*found.cards}
        named = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(wanted))
        own = {row["name"] for row in kept["card"]}
        self._names = {
            name: self._instead(card_id) for card_id, name in db.exec(named) if name not in own
        }

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the person's rows of a table, without secrets and without names of others."""
        pointing = set(to_cards(table))
        return [
            {
                name: self._whose(value) if name in pointing else minimised(value, self._names)
                for name, value in row.items()
                if class_of(table, name) is not Class.SECRET
            }
            for row in self._kept[table]
        ]

    def _whose(self, card_id: int | None) -> str | None:
        if card_id is None:
            return None
        return SELF if card_id in self._reach.cards else self._instead(card_id)

    def _instead(self, card_id: int) -> str:
        role = self._roles.get(card_id)
        return ANOTHER if role is None else role_words(role)
