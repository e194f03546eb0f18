"""The first start: the company gets its name, and its first clerk a card."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from care_console.base.command import Clerk, Command
from care_console.base.names import clean
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.cards.service.add import Cards
from care_console.settings.declared import build
from care_console.settings.options import Company
from care_console.settings.service import Settings
from care_console.staff.service import Staff
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is asked once."""

    store: Store
    settings: Settings
    staff: Staff
    cards: Cards
    lay: Callable[[Session, str], object] = lambda db, currency: None
    """Lays in the same unit what the rooms above begin with, given the currency."""

    async def begin(self, options: Mapping[str, Any], name: str) -> Clerk:
        """Keep the company's ``options`` and make ``name`` the first clerk; return them.

        Done twice, also at two desks at once, there is still one first clerk. Raises BadOptions
        and NoCard, and then nothing is kept.
        """
        build(Company, options)
        clerk = await self.store.write(self._begin, options, name)
        await self.settings.load()
        return clerk

    def _begin(self, db: Session, options: Mapping[str, Any], name: str) -> Clerk:
        if (there := self.staff.first(db)) is not None:
            return there
        given, _, family = clean(name).rpartition(" ")
        card = NewCard(
            given=given or family,
            family=family if given else "",
            memberships=(NewMembership(group=Group.EMPLOYEE, since=self.cards.today()),),
        )
        card_id = self.cards.put(db, card)
        self.staff.make(db, card_id)
        clerk = Clerk(clean(name), "administrator", card_id)
        self.settings.keep(db, Command(uuid4(), clerk), options)
        self.lay(db, self.settings.in_force(db).currency)
        facts = {"card_id": card_id, "groups": [Group.EMPLOYEE]}
        self.cards.journal.write(db, Command(uuid4(), clerk), "card_added", facts, card_id)
        return clerk
