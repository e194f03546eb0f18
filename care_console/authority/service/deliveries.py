"""Given is not yet done: who does a remedy by when, and whether it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from care_console.authority.records import CatalogueRecord, RemedyRecord
from care_console.authority.rules.accounts import decimal, table
from care_console.authority.rules.refusals import NotGiven, WhyWanted
from care_console.authority.rules.views import Delivery, State
from care_console.authority.rules.words import amount_words
from care_console.authority.service.counters import count_again, give_back
from care_console.authority.service.telling import tell
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.masking import masked
from care_console.base.money import digits
from care_console.base.names import clean
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _
from care_console.cards.records import CardRecord
from care_console.cards.rules import Fact
from care_console.cards.service import Cards
from care_console.cards.service.view import groups_of
from care_console.journal.service import Journal
from care_console.promises.rules import DutyKind
from care_console.promises.rules.duty import DONE, WITHDRAWN
from care_console.promises.service import Duties
from care_console.staff.records import DepartmentRecord
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store, ask, moment

KIND = "remedies"  # of the line that a card has of them
ABOUT, ALARM = "remedy", "remedy_failed"  # what the duties hang on
LONGEST_WHY = 500
OF = "SELECT card_id FROM remedy WHERE id = :remedy"
TO_BE_DONE = """
    SELECT remedy.due_at, kind.name, remedy.clerk_card_id
    FROM remedy JOIN remedy_catalogue AS kind ON kind.id = remedy.catalogue_id
    WHERE remedy.card_id = :card AND remedy.state = 'given'
    ORDER BY remedy.due_at, remedy.id
"""
MOST = 500  # in the list

HEAD = (
    N_("Number"),
    N_("Given"),
    N_("Customer"),
    N_("Remedy"),
    N_("Amount"),
    N_("Currency"),
    N_("Pieces"),
    N_("Counted in"),
    N_("Given by"),
    N_("Done by"),
    N_("State"),
    N_("Settled"),
    N_("Why"),
    N_("What became of it"),
)
STATES = {
    State.GIVEN: N_("to be done"),
    State.DONE: N_("done"),
    State.FAILED: N_("failed"),
    State.WITHDRAWN: N_("withdrawn"),
    State.REVERSED: N_("taken back"),
}


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Remedies that were given, till they are done."""

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    cards: Cards
    duties: Duties
    locale: str = DEFAULT_LOCALE

    async def listing(self, *, open_only: bool = True) -> list[Delivery]:
        """Return what is to be done or failed, the first due first; or also what was settled."""
        states = (State.GIVEN, State.FAILED) if open_only else tuple(STATES)
        return await self.store.read(self._listing, states)

    async def done(self, command: Command, remedy_id: int) -> None:
        """Keep that the customer has it. Raises NotGiven and NotAllowed."""
        async with self.staff.guarded(command):
            await self.store.write(self._done, command, remedy_id)

    async def fail(self, command: Command, remedy_id: int, why: str) -> None:
        """Keep that the customer does not get it, and alarm whoever gave it.

        It no longer counts for the limits. Raises WhyWanted, NotGiven and NotAllowed.
        """
        async with self.staff.guarded(command):
            await self.store.write(self._fail, command, remedy_id, masked(clean(why, LONGEST_WHY)))

    async def undo_done(self, command: Command, remedy_id: int) -> None:
        """Take back that it is done, or that it failed: it is still to be done.

        Raises NotGiven and NotAllowed.
        """
        async with self.staff.guarded(command):
            await self.store.write(self._undo, command, remedy_id)

    async def accounts_csv(self, command: Command, since: date, until: date) -> str:
        """Return all that was given from ``since`` to ``until``, both included, for the accounts.

        It is journalled that the list was taken out. Raises NotAllowed.
        """
        async with self.staff.guarded(command):
            return await self.store.write(self._accounts, command, since, until)

    # what is done inside somebody's unit

    def begun(self, db: Session, remedy: RemedyRecord, kind: CatalogueRecord) -> None:
        """Owe the customer what was given: ``given_at`` is set before."""
        assert remedy.given_at is not None
        remedy.due_at = remedy.given_at + timedelta(seconds=kind.done_within_s)
        self.cards.hold(db, remedy.card_id)
        doer = kind.doer_department_id
        self.duties.make(
            db,
            DutyKind.DELIVERY,
            title=self._title(db, remedy, kind),
            due_at=remedy.due_at,
            card_id=remedy.card_id,
            about=ABOUT,
            about_id=remedy.id,
            owner_card_id=None if doer else remedy.clerk_card_id,
            department_id=doer,
            made_by=remedy.clerk_card_id,
        )
        self.count(db, remedy.card_id)

    def ended(self, db: Session, remedy: RemedyRecord) -> None:
        """Owe it no longer: it was withdrawn or taken back."""
        self.cards.hold(db, remedy.card_id)
        self.duties.settle_all(db, ABOUT, remedy.id, None, WITHDRAWN)
        self.duties.settle_all(db, ALARM, remedy.id, None, WITHDRAWN)
        self.count(db, remedy.card_id)

    def count(self, db: Session, card_id: int) -> None:
        """Count what is to be done for a customer; the card is to be held before."""
        db.flush()
        found = ask(db, TO_BE_DONE, {"card": card_id})
        due_at, headline, giver = found[0] if found else (None, "", None)
        due_at = None if due_at is None else moment(due_at)
        self.cards.tell(db, card_id, Fact(KIND, len(found), due_at, headline, giver))

    # units

    def _done(self, db: Session, command: Command, remedy_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.DELIVER)
        remedy = self.hold(db, remedy_id)
        if remedy.state == State.DONE:
            return
        if remedy.state != State.GIVEN:
            raise NotGiven(N_("This is not to be done any more: look at the list again."))
        remedy.state, remedy.settled_at = State.DONE, self.clock()
        self.duties.settle_all(db, ABOUT, remedy.id, command.clerk.card_id, DONE)
        self._told(db, command, "remedy_done", remedy)

    def _fail(self, db: Session, command: Command, remedy_id: int, why: str) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.DELIVER)
        if not why:
            raise WhyWanted(N_("Say in a few words what happened: whoever gave it is told."))
        remedy = self.hold(db, remedy_id)
        if remedy.state not in (State.GIVEN, State.DONE):
            raise NotGiven(N_("This is not to be done any more: look at the list again."))
        remedy.state, remedy.settled_at = State.FAILED, self.clock()
        remedy.outcome = why
        db.flush()
        give_back(db, remedy)
        self.duties.settle_all(db, ABOUT, remedy.id, command.clerk.card_id, WITHDRAWN)
        self._alarm(db, command, remedy)
        self._told(db, command, "remedy_failed", remedy)

    def _undo(self, db: Session, command: Command, remedy_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        self.staff.demand(db, command, Permission.DELIVER)
        remedy = self.hold(db, remedy_id)
        if remedy.state not in (State.DONE, State.FAILED):
            raise NotGiven(N_("This is not settled, so there is nothing to take back."))
        if remedy.state == State.FAILED:
            self._count_again(db, remedy)
        remedy.state, remedy.settled_at, remedy.outcome = State.GIVEN, None, ""
        for duty in self.duties.of(db, ABOUT, remedy.id):
            self.duties.unsettle(db, duty.id)
        self.duties.settle_all(db, ALARM, remedy.id, command.clerk.card_id, WITHDRAWN)
        self._told(db, command, "remedy_taken_up", remedy)

    def _count_again(self, db: Session, remedy: RemedyRecord) -> None:
        """Raise NotGiven if something else was given meanwhile, for which the room was used."""
        if count_again(db, remedy, self.clock()):
            raise NotGiven(
                N_("Something else was given meanwhile, and both are beyond the limits.")
            )

    def _alarm(self, db: Session, command: Command, remedy: RemedyRecord) -> None:
        """Tell whoever gave it at once that the customer has to hear of it."""
        kind = db.get_one(CatalogueRecord, remedy.catalogue_id)
        words = _("Not delivered: {what} ({why})")
        self.duties.make(
            db,
            DutyKind.OTHER,
            title=words.format(what=self._title(db, remedy, kind), why=remedy.outcome),
            due_at=self.clock(),
            card_id=remedy.card_id,
            about=ALARM,
            about_id=remedy.id,
            owner_card_id=remedy.clerk_card_id,
            made_by=command.clerk.card_id,
        )

    def hold(self, db: Session, remedy_id: int) -> RemedyRecord:
        """Hold the card of a remedy, then the remedy, and read what others did before that."""
        of = ask(db, OF, {"remedy": remedy_id})
        if not of:
            raise NotGiven(N_("This remedy is no longer there."))
        self.cards.hold(db, of[0][0])
        return db.get_one(RemedyRecord, remedy_id, with_for_update={"key_share": True})

    def _title(self, db: Session, remedy: RemedyRecord, kind: CatalogueRecord) -> str:
        what = amount_words(remedy.amount_minor, remedy.currency, kind.name, self.locale)
        name = db.get_one(CardRecord, remedy.card_id).name
        return _("{what}, for {name}").format(what=what, name=name)

    def _told(self, db: Session, command: Command, entry: str, remedy: RemedyRecord) -> None:
        self.count(db, remedy.card_id)
        tell(self.journal, db, command, entry, remedy)

    def _accounts(self, db: Session, command: Command, since: date, until: date) -> str:
        self.staff.demand(db, command, Permission.SEE_ACCOUNTS)
        begin, end = _moment(since), _moment(until + timedelta(days=1))
        asked = col(RemedyRecord.given_at) >= begin, col(RemedyRecord.given_at) < end
        found = self._deliveries(db, *asked, order=(col(RemedyRecord.given_at),))
        if self.journal.first_run(db, command) is None:
            facts = {"count": len(found), "since": since.isoformat(), "until": until.isoformat()}
            self.journal.write(db, command, "accounts_exported", facts)
        return table([_(each) for each in HEAD], [_row(each, why) for each, why in found])

    def _listing(self, db: Session, states: Sequence[State]) -> list[Delivery]:
        asked = col(RemedyRecord.state).in_(states)
        late = col(RemedyRecord.due_at)
        given = col(RemedyRecord.given_at).is_not(None)
        found = self._deliveries(db, asked, given, order=(late,), most=MOST)
        return [each for each, _why in found]

    def _deliveries(
        self, db: Session, *asked: Any, order: Sequence[Any], most: int | None = None
    ) -> list[tuple[Delivery, str]]:
        """Return remedies with the reasons for which they were given."""
        wanted = (
            select(RemedyRecord, CatalogueRecord, CardRecord.name, DepartmentRecord.name)
            .join(CatalogueRecord, col(CatalogueRecord.id) == col(RemedyRecord.catalogue_id))
            .join(CardRecord, col(CardRecord.id) == col(RemedyRecord.card_id))
            .outerjoin(
                DepartmentRecord,
                col(DepartmentRecord.id) == col(CatalogueRecord.doer_department_id),
            )
            .where(*asked)
            .order_by(*order, col(RemedyRecord.id))
            .limit(most)
        )
        found = db.exec(wanted).all()
        groups = groups_of(db, list({each[0].card_id for each in found}), self.cards.today())
        names = _names(db, {each[0].clerk_card_id for each in found})
        return [
            (_delivery(remedy, kind, card, doer or "", groups[remedy.card_id], names), remedy.why)
            for remedy, kind, card, doer in found
        ]


def _delivery(
    remedy: RemedyRecord,
    kind: CatalogueRecord,
    card: str,
    doer: str,
    groups: tuple[str, ...],
    names: dict[int, str],
) -> Delivery:
    assert remedy.given_at is not None
    giver = names.get(remedy.clerk_card_id, "")
    return Delivery(
        remedy_id=remedy.id,
        name=kind.name,
        card_id=remedy.card_id,
        card_name=card,
        groups=groups,
        minor=remedy.amount_minor,
        pieces=remedy.pieces,
        unit=kind.unit,
        currency=remedy.currency,
        giver=giver,
        doer=doer or giver,
        given_at=remedy.given_at,
        due_at=remedy.due_at,
        state=State(remedy.state),
        settled_at=remedy.settled_at,
        outcome=remedy.outcome,
    )


def _row(each: Delivery, why: str) -> list[str]:
    """Return a line of the list for the accounts."""
    settled = _iso(each.settled_at) if each.settled_at else ""
    return [
        str(each.remedy_id),
        _iso(each.given_at),
        each.card_name,
        each.name,
        decimal(each.minor, digits(each.currency)),
        each.currency,
        str(each.pieces) if each.pieces else "",
        each.unit if each.pieces else "",
        each.giver,
        each.doer,
        _(STATES.get(each.state, each.state.value)),
        settled,
        why,
        each.outcome,
    ]


def _iso(at: datetime) -> str:
    return at.astimezone().isoformat(" ", "minutes")[:16]


def _moment(day: date) -> datetime:
    """Return when a day begins at the desk."""
    return datetime.combine(day, time()).astimezone()


def _names(db: Session, card_ids: set[int]) -> dict[int, str]:
    wanted = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(card_ids))
    return dict(db.exec(wanted).all())
