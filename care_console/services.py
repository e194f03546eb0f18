"""Every service, made once and in order: the application and the tests both begin here."""

import asyncio
from dataclasses import dataclass

from care_console.base.clock import Clock
from care_console.calls.service import CallLog, Contacts, Matters, Rings
from care_console.cards.service import Cards, Edits, Index, Numbers, Search
from care_console.cards.service.begin import Beginning
from care_console.exchange.service import Imports
from care_console.journal.service import Journal
from care_console.settings.home import Home
from care_console.settings.keys import find_key, make_key
from care_console.settings.options import Company, Desk
from care_console.settings.service import Settings
from care_console.staff.service import Staff
from care_console.store import Store


@dataclass(frozen=True, slots=True)
class Services:
    """What the console can do, without a screen."""

    store: Store
    clock: Clock
    desk: Desk
    journal: Journal
    settings: Settings
    staff: Staff
    index: Index
    cards: Cards
    edits: Edits
    numbers: Numbers
    search: Search
    beginning: Beginning
    rings: Rings
    log: CallLog
    matters: Matters
    contacts: Contacts
    imports: Imports

    @classmethod
    def over(
        cls, store: Store, clock: Clock, desk: Desk, company: Company | None = None
    ) -> "Services":
        """Make them all over one ``store``, with the options of ``company`` in force."""
        journal = Journal(store, clock, desk.origin)
        settings, staff = Settings(store, journal, company), Staff(store)
        plan, index = settings.plan, Index(settings.plan)
        cards = Cards(store, journal, index, clock, plan)
        edits, numbers = Edits(store, journal, cards, plan), Numbers(store, clock)
        matters = Matters(store, journal, clock, cards)
        return cls(
            store=store,
            clock=clock,
            desk=desk,
            journal=journal,
            settings=settings,
            staff=staff,
            index=index,
            cards=cards,
            edits=edits,
            numbers=numbers,
            search=Search(store, clock, plan),
            beginning=Beginning(store, settings, staff, cards),
            rings=Rings(store, clock, numbers, settings, desk.language),
            log=CallLog(store, journal, clock, plan),
            matters=matters,
            contacts=Contacts(store, journal, clock, cards, index, matters),
            imports=Imports(store, journal, cards, edits, staff),
        )


def open_store(home: Home) -> tuple[Store, Desk]:
    """Open the records of ``home``; a new one is made first.

    May wait for the keyring and the disk: not for the window's thread. Raises CannotOpen, NoKey,
    NotAHome and BadOptions.
    """
    if home.new:  # meanwhile another program, such as an import, may have made it
        home = Home.at(home.folder, create=True)
    if not home.new:
        desk = home.desk()
        return Store.open(home.records, find_key(home, desk)), desk
    desk, key = make_key(home, home.begin())
    Store.lay_out(home.unfinished_records, key)
    home.finish(desk)
    return Store.open(home.records, key), desk


async def furnish(home: Home, clock: Clock) -> Services:
    """Open ``home`` beside the loop, and make the services with the options that are kept there.

    Raises what ``open_store`` raises.
    """
    store, desk = await asyncio.get_running_loop().run_in_executor(None, open_store, home)
    services = Services.over(store, clock, desk)
    try:
        await services.settings.load()
    except BaseException:
        await store.close()
        raise
    return services
