"""Every service, made once and in order: the application and the tests both begin here."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlmodel import Session, col, select

import care_console.exchange.records  # noqa: F401  (its rows move in a merge, whoever imports)
from care_console.authority.service import Authority, Deliveries, Limits, Offering, Requests
from care_console.authority.service.catalogue import lay
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.errors import CareError
from care_console.calls.service import (
    CallList,
    CallLog,
    Contacts,
    Ignored,
    Matters,
    Outgoing,
    Rings,
    Verified,
)
from care_console.calls.service.away import KeptHere
from care_console.cards.service import (
    Cards,
    Dealings,
    Doubles,
    Edits,
    Index,
    Merging,
    Numbers,
    Rereading,
    Search,
)
from care_console.cards.service.begin import Beginning
from care_console.journal.service import Journal, Seal
from care_console.privacy.records import ErasedRecord
from care_console.privacy.rules.erased import erased_from
from care_console.promises.service import Duties
from care_console.recovery.service import Abuse, House, Playbooks, Recoveries
from care_console.safekeeping.service import Backups, Keys
from care_console.settings.home import Home
from care_console.settings.opening import Opened, open_home
from care_console.settings.options import Company, Desk
from care_console.settings.service import Settings
from care_console.staff.rules import Permission
from care_console.staff.service import Hashing, SignIn, Staff
from care_console.store import Outbox, Store, ask

PLACES = {  # options of a desk that let data in or out
    "dealings_folder": Permission.IMPORT,
    "backup_folder": Permission.RESTORE,
}
ERASED = "SELECT card_id FROM erased"

if TYPE_CHECKING:  # 60 ms, for which the first ring does not wait
    from care_console.calls.service.listing import Listing
    from care_console.exchange.service import Exports, Imports, TakingBack
    from care_console.exchange.service.dealings import DealingFiles
    from care_console.exchange.service.watched import Watched
    from care_console.privacy.service import Privacy
    from care_console.settings.telephone import Telephone


@dataclass(frozen=True, slots=True)
class Services:
    """What the console can do, without a screen."""

    store: Store
    clock: Clock
    desk: Desk
    journal: Journal
    settings: Settings
    staff: Staff
    sign_in: SignIn
    index: Index
    cards: Cards
    edits: Edits
    numbers: Numbers
    search: Search
    dealings: Dealings
    doubles: Doubles
    beginning: Beginning
    duties: Duties
    rings: Rings
    log: CallLog
    calls: CallList
    ignored: Ignored
    outgoing: Outgoing
    matters: Matters
    contacts: Contacts
    verified: Verified
    playbooks: Playbooks
    recoveries: Recoveries
    abuse: Abuse
    limits: Limits
    requests: Requests
    deliveries: Deliveries
    authority: Authority
    merging: Merging
    backups: Backups | None = None  # of records that have a home
    keys: Keys | None = None  # of records that have one
    key: bytes = field(default=b"", repr=False)  # of the records, for an import beside the window
    home: Home | None = None
    """In which this desk keeps what is not in the records; a test may have none."""

    @classmethod
    def over(
        cls,
        store: Store,
        clock: Clock,
        desk: Desk,
        company: Company | None = None,
        *,
        seal: Seal | None = None,
        pins: bytes = b"",
        outbox: Outbox | None = None,
        kept: Opened | None = None,
        home: Home | None = None,
    ) -> "Services":
        """Make them all over one ``store``, with the options of ``company`` in force.

        ``seal`` is the journal's; with ``pins`` the PINs of the house are mixed; in ``outbox`` is
        kept what is typed while the server is away; ``kept`` is the home, where there is one.
        """
        made = _foundation(store, clock, desk, company, seal or Seal(), pins)
        made |= _calls(made, outbox)
        made |= _care(made)
        made["merging"] = _merging(made)
        made |= {} if kept is None else _safekeeping(made, kept, clock)
        return cls(store=store, clock=clock, desk=desk, home=home, **made)

    @property
    def rereading(self) -> Rereading:
        """What reads numbers anew after the company's country has changed."""
        return Rereading(self.cards, self.staff)

    @property
    def imports(self) -> "Imports":
        """What takes in address books."""
        from care_console.exchange.service import Imports

        return Imports(self.store, self.journal, self.cards, self.edits, self.staff)

    @property
    def privacy(self) -> "Privacy":
        """What hands out, erases and thins out what is held on people."""
        from care_console.privacy.service import Privacy

        return Privacy.over(
            self.journal,
            self.staff,
            self.cards,
            lambda: self.settings.company,
            self.desk.language,
            aside=None if self.home is None else self.home.erased,
            here=self.contacts.here,
            copies_until=self._copies_until,
        )

    def _copies_until(self) -> date | None:
        """Return the day on which the last backup made today goes; a server's keeper has others."""
        if not self.store.on_file:
            return None
        return (self.clock() + timedelta(weeks=self.desk.backup_weeks)).date()

    @property
    def dealing_files(self) -> "DealingFiles":
        """What takes in orders, invoices and their like."""
        from care_console.exchange.service.dealings import DealingFiles

        return DealingFiles(self.dealings, self.staff, self.settings)

    def telephone(self, home: Home) -> "Telephone":
        """Return what sets up the lines of the desk whose home this is."""
        from care_console.settings.telephone import Telephone

        def may_set_up(db: Session, command: Command) -> None:
            self.staff.demand(db, command, Permission.SET_UP_LINES)

        return Telephone(home, self.journal, may_set_up, self.clock)

    @property
    def listing(self) -> "Listing":
        """What gives out the call log as a list."""
        from care_console.calls.service.listing import Listing

        def may_give_out(db: Session, command: Command) -> None:
            self.staff.demand(db, command, Permission.EXPORT)

        return Listing(self.journal, may_give_out)

    def watched(self, where: Callable[[], str]) -> "Watched":
        """Return what takes them in from the folder that ``where`` names, "" for none."""
        from care_console.exchange.service.watched import Watched

        return Watched(self.dealing_files, self.store, self.desk.origin, where)

    @property
    def taking_back(self) -> "TakingBack":
        """What takes imports back."""
        from care_console.exchange.service import TakingBack

        return TakingBack(self.imports)

    @property
    def exports(self) -> "Exports":
        """What gives cards out."""
        from care_console.exchange.service import Exports

        return Exports(self.store, self.journal, self.cards, self.staff)


def _foundation(
    store: Store, clock: Clock, desk: Desk, company: Company | None, seal: Seal, pins: bytes
) -> dict[str, Any]:
    """Make what all rooms stand on: the journal, the staff, the options and the cards."""
    journal = Journal(store, clock, desk.origin, seal)
    staff = Staff(store, journal, clock)

    settings = _settings(store, journal, staff, company)
    plan, index = settings.plan, Index(settings.plan)
    cards = Cards(store, journal, index, clock, plan)
    numbers = Numbers(store, clock)
    return {
        "journal": journal,
        "staff": staff,
        "settings": settings,
        "sign_in": SignIn(store, journal, clock, staff, Hashing(pins)),
        "index": index,
        "cards": cards,
        "edits": Edits(store, journal, cards, plan),
        "numbers": numbers,
        "search": Search(store, clock, plan),
        "dealings": Dealings(cards, staff),
        "doubles": Doubles(store, journal, cards, clock, plan),
        "beginning": Beginning(store, settings, staff, cards, lay),
        "duties": Duties(store, journal, clock, cards, staff.department_of),
        "rings": Rings(store, clock, numbers, settings, desk.language),
    }


def _settings(store: Store, journal: Journal, staff: Staff, company: Company | None) -> Settings:
    """Make the options, with who may change which of them."""

    def may_change(db: Session, command: Command) -> None:
        staff.demand(db, command, Permission.CHANGE_COMPANY)

    def may_place(db: Session, command: Command, name: str) -> None:
        if (needed := PLACES.get(name)) is not None:
            staff.demand(db, command, needed)

    return Settings(store, journal, company, may_change, may_place)


def _calls(made: dict[str, Any], outbox: Outbox | None) -> dict[str, Any]:
    """Make what belongs to calls and contacts."""
    cards: Cards = made["cards"]
    store, journal, clock = cards.store, cards.journal, cards.clock
    matters = Matters(store, journal, clock, cards)
    here = KeptHere(outbox, _erased_among) if outbox is not None else None
    return {
        "log": CallLog(store, journal, clock, cards.plan),
        "calls": CallList(store, journal, clock, cards.plan, made["search"], cards),
        "ignored": Ignored(store, journal, clock, made["staff"], cards.plan),
        "outgoing": Outgoing(store, journal, clock, cards),
        "matters": matters,
        "contacts": Contacts(store, journal, clock, cards, made["index"], matters, here),
        "verified": Verified(store, journal, clock, made["settings"]),
    }


def _erased_among(db: Session, cards: Collection[int]) -> set[int]:
    """Return which of these cards were erased, at whichever desk."""
    return set(db.exec(select(ErasedRecord.card_id).where(col(ErasedRecord.card_id).in_(cards))))


def _care(made: dict[str, Any]) -> dict[str, Any]:
    """Make what puts things right: recoveries, remedies and the authority for them."""
    cards: Cards = made["cards"]
    store, journal, clock = cards.store, cards.journal, cards.clock
    staff, settings, duties = made["staff"], made["settings"], made["duties"]
    locale: str = made["rings"].language
    playbooks = Playbooks(store, journal, clock, staff)

    def house() -> House:
        return House(settings.company.name, settings.company.currency)

    caring = (store, journal, clock, cards, staff, duties, playbooks, house)
    recoveries = Recoveries(*caring, locale)
    asking = (store, journal, clock, staff, settings, cards, duties, locale)
    requests = Requests(*asking, sign_in=made["sign_in"])
    deliveries = Deliveries(store, journal, clock, staff, cards, duties, locale)
    asked = (made["verified"].may_give, recoveries.person_waits)
    offering = Offering(journal, clock, staff, settings, cards, requests, *asked, locale)
    giving = (store, journal, clock, staff, settings, duties, deliveries, offering)
    return {
        "playbooks": playbooks,
        "recoveries": recoveries,
        "abuse": Abuse(*caring, locale),
        "limits": Limits(store, journal, clock, staff, settings, cards, locale),
        "requests": requests,
        "deliveries": deliveries,
        "authority": Authority(*giving, recoveries.remedied, recoveries.unremedied, locale),
    }


def _safekeeping(made: dict[str, Any], kept: Opened, clock: Clock) -> dict[str, Any]:
    """Make what looks after the file of the records and its key."""
    rest = (kept.home, kept.secrets.records, made["journal"], made["staff"], clock)
    return {"keys": Keys(*rest), "backups": Backups(*rest, kept.server)}


def _merging(made: dict[str, Any]) -> Merging:
    """Make what merges cards: what is open is counted anew by every room that tells of it."""
    cards: Cards = made["cards"]
    told = ("duties", "matters", "recoveries")
    dealings: Dealings = made["dealings"]
    tellers = (
        *(made[each].tell for each in told),
        made["deliveries"].count,
        lambda db, card_id: dealings.tell(db, [card_id]),
    )
    return Merging(cards.store, cards.journal, cards, made["staff"], tellers)


def open_store(home: Home) -> tuple[Store, Desk]:
    """Open the records of ``home`` without anything else of it.

    May wait for the keyring and the disk: not for the window's thread. Raises what ``open_home``
    raises.
    """
    opened = open_home(home)
    return opened.store, opened.desk


async def furnish(home: Home, clock: Clock, key: bytes | None = None) -> Services:
    """Open ``home`` beside the loop, and make the services with the options that are kept there.

    A ``key`` that a person gave is taken in place of the one that is kept. Raises what
    ``open_home`` raises.
    """
    opened: Opened = await asyncio.to_thread(open_home, home, key=key)
    services = Services.over(
        opened.store,
        clock,
        opened.desk,
        seal=opened.seal,
        pins=opened.secrets.pins,
        outbox=_outbox(opened),
        kept=opened,
        home=opened.home,
    )
    try:
        await services.settings.load()
        await _forget_again(services, home)
    except BaseException:
        await opened.store.close()
        raise
    return replace(services, key=opened.secrets.records)


async def _forget_again(services: Services, home: Home) -> None:
    """Erase again, before anybody sees them, whom an older copy that was put back still holds."""
    if not home.erased.exists():
        return
    with suppress(OSError, CareError):  # it is tried again while the desk is open
        text = await asyncio.to_thread(home.erased.read_text, "utf-8")
        listed = {each.card_id for each in erased_from(text)}
        there = await services.store.read(lambda db: {row[0] for row in ask(db, ERASED, {})})
        if listed - there:  # only then: what erases takes a quarter of a second to be made
            await services.privacy.erasure.again()


def _outbox(opened: Opened) -> Outbox | None:
    """Return where to keep what is typed while the server is away; a file never is."""
    if opened.store.on_file:
        return None
    outbox = Outbox(opened.home.outbox, opened.secrets.outbox)
    opened.store.before_close(outbox.close)
    return outbox
