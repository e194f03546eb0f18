"""Giving within the limits: offered first, then given, once for each command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from care_console.authority.records import CatalogueRecord, RemedyRecord
from care_console.authority.rules.confirmation import confirmation
from care_console.authority.rules.limits import MONEY, WITHDRAW_S
from care_console.authority.rules.refusals import NotGiven, TooLate, WhyWanted
from care_console.authority.rules.views import Given, Offered, Panel, State
from care_console.authority.service.counters import give_back
from care_console.authority.service.deliveries import Deliveries
from care_console.authority.service.offering import Ask, Offering
from care_console.authority.service.panel import panel
from care_console.authority.service.telling import tell
from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.masking import masked
from care_console.base.money import spell
from care_console.base.names import clean
from care_console.base.spell import dated_words
from care_console.base.words import N_, _
from care_console.cards.records import CardRecord
from care_console.journal.service import Journal
from care_console.promises.rules import DutyKind
from care_console.promises.service import Duties
from care_console.settings.service import Settings
from care_console.staff.records import DepartmentRecord
from care_console.staff.rules import Permission
from care_console.staff.service import Staff
from care_console.store import Store

REVERSE = timedelta(days=1)  # within which the clerk who gave it may take it back
LONGEST_WHY = 500

Remedied = Callable[[Session, Command, int, str], None]  # in a recovery; may raise PersonFirst
Unremedied = Callable[[Session, Command, int], None]


@dataclass(frozen=True, slots=True)
class Authority:
    """What clerks may give, and what they gave."""

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    settings: Settings
    duties: Duties
    deliveries: Deliveries
    offering: Offering
    remedied: Remedied
    unremedied: Unremedied = lambda db, command, recovery_id: None
    locale: str = "en_GB"

    async def panel(self, clerk: Clerk, card_id: int, recovery_id: int | None = None) -> Panel:
        """Return, within the frame, what the clerk may give this customer now.

        Raises NoAnswer.
        """
        return await panel(
            self.store, self.settings.company, self.clock(), clerk, card_id, recovery_id
        )

    async def offer(
        self,
        command: Command,
        catalogue_id: int,
        card_id: int,
        *,
        recovery_id: int | None = None,
        contact_id: int | None = None,
        pieces: int = 0,
        minor: int = 0,
        why: str = "",
        person_first: str = "",
        request_id: int | None = None,
    ) -> Offered:
        """Reserve a remedy for ten minutes, in place of what the clerk offered this customer.

        ``minor`` units, or ``pieces`` of what is counted; without both what is usual. A
        ``request_id`` that was approved allows what is beyond the limits. ``person_first`` is why
        apology and empathy are left for later. Raises OverLimit, SecondPerson, NotVerified,
        WhyWanted, Stopped, PersonFirst, TooLate, NotGiven and NotAllowed; nothing is reserved
        then, and what was offered before still is.
        """
        of = (catalogue_id, card_id, recovery_id, contact_id, pieces, minor)
        said = (masked(clean(why, LONGEST_WHY)), masked(clean(person_first, LONGEST_WHY)))
        asked = Ask(*of, *said, request_id)
        async with self.staff.guarded(command):
            return await self.store.write(self.offering.offer, command, asked)

    async def let_go(self, command: Command, remedy_id: int) -> None:
        """Let go of what is offered."""
        await self.store.write(self._let_go, command, remedy_id)

    async def give(
        self,
        command: Command,
        remedy_id: int,
        *,
        rest_minor: int = 0,
        rest_due_at: datetime | None = None,
    ) -> Given:
        """Give what is offered; for a minute it can be withdrawn.

        With ``rest_due_at`` the clerk owes the customer word of ``rest_minor`` by then. Raises
        TooLate if the offer has lapsed, Stopped, NotGiven and NotAllowed.
        """
        async with self.staff.guarded(command):
            rest = (rest_minor, rest_due_at)
            return await self.store.write(self._give, command, remedy_id, rest)

    async def withdraw(self, command: Command, remedy_id: int) -> None:
        """Take back, within the minute, what the clerk gave. Raises TooLate and NotGiven."""
        await self.store.write(self._withdraw, command, remedy_id)

    async def reverse(self, command: Command, remedy_id: int, why: str) -> None:
        """Take back a remedy with a reason: within a day the clerk's own, later a supervisor's.

        Raises WhyWanted, NotGiven and NotAllowed.
        """
        async with self.staff.guarded(command):
            await self.store.write(
                self._reverse, command, remedy_id, masked(clean(why, LONGEST_WHY))
            )

    async def confirmation(self, remedy_id: int) -> str:
        """Return, ready to be sent or printed, what the customer is told of a remedy.

        It says *done* only when it is. Raises NotGiven for what is not given.
        """
        return await self.store.read(self._confirmation, remedy_id)

    # units

    def _confirmation(self, db: Session, remedy_id: int) -> str:
        record = db.get(RemedyRecord, remedy_id)
        if record is None or record.state not in (State.GIVEN, State.DONE):
            raise NotGiven(N_("This is not given, so there is nothing to confirm."))
        kind = db.get_one(CatalogueRecord, record.catalogue_id)
        card = db.get_one(CardRecord, record.card_id)
        amount = spell(record.amount_minor, record.currency, self.locale)
        return confirmation(
            name=card.form_of_address or card.preferred or card.given or card.name,
            remedy=kind.name,
            amount=amount if kind.unit == MONEY else "",
            by="" if record.due_at is None else dated_words(record.due_at, self.locale),
            done=record.state == State.DONE,
            clerk=self.staff.name_of(db, record.clerk_card_id),
            company=self.settings.company.name,
        )

    def _let_go(self, db: Session, command: Command, remedy_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record = self._hold(db, command, remedy_id)
        if record.state != State.OFFERED:
            return  # it has lapsed, which comes to the same
        record.state, record.settled_at = State.LET_GO, self.clock()
        db.flush()
        give_back(db, record)
        tell(self.journal, db, command, "remedy_let_go", record)

    def _give(
        self,
        db: Session,
        command: Command,
        remedy_id: int,
        rest: tuple[int, datetime | None],
    ) -> Given:
        if self.journal.first_run(db, command) is not None:
            return given_of(db, db.get_one(RemedyRecord, remedy_id))
        self.staff.demand(db, command, Permission.GIVE)
        self.offering.check_stopped(db)
        record, now = self._hold(db, command, remedy_id), self.clock()
        if record.state in (State.GIVEN, State.DONE):
            return given_of(db, record)
        if record.state != State.OFFERED or record.lapses_at <= now:
            raise TooLate(N_("The offer has lapsed. Press its digit again: nothing was given."))
        if record.currency != self.settings.in_force(db).currency:
            raise NotGiven(N_("It was offered in another currency. Let it go, and offer it again."))
        self.offering.check_verified(db, command, record.card_id, record.contact_id)
        kind = db.get_one(CatalogueRecord, record.catalogue_id)  # before: else it is kept twice
        record.state, record.given_at = State.GIVEN, now
        self.deliveries.begun(db, record, kind)
        self._owe_rest(db, record, *rest)
        if record.recovery_id is not None:
            self.remedied(db, command, record.recovery_id, record.person_first)
        tell(self.journal, db, command, "remedy_given", record, kind)
        return given_of(db, record)

    def _owe_rest(
        self, db: Session, record: RemedyRecord, minor: int, due_at: datetime | None
    ) -> None:
        """Owe the customer word of the rest, by when it was said."""
        if due_at is None or minor <= 0:
            return
        amount = spell(minor, record.currency, self.locale)
        self.duties.make(
            db,
            DutyKind.OTHER,
            title=_("Tell them about the rest: {amount}").format(amount=amount),
            due_at=due_at,
            card_id=record.card_id,
            owner_card_id=record.clerk_card_id,
            made_by=record.clerk_card_id,
        )

    def _withdraw(self, db: Session, command: Command, remedy_id: int) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        record, now = self._hold(db, command, remedy_id), self.clock()
        if record.state != State.GIVEN or record.given_at is None:
            raise NotGiven(N_("This is not given, so there is nothing to withdraw."))
        if now > record.given_at + timedelta(seconds=WITHDRAW_S):
            raise TooLate(N_("The minute is over. Take it back with a reason instead."))
        self._end(db, command, record, State.WITHDRAWN, "remedy_withdrawn")

    def _reverse(self, db: Session, command: Command, remedy_id: int, why: str) -> None:
        if self.journal.first_run(db, command) is not None:
            return
        if not why:
            raise WhyWanted(N_("Say why it is taken back."))
        record = self._hold(db, command, remedy_id, mine=False)
        if record.state not in (State.GIVEN, State.DONE) or record.given_at is None:
            raise NotGiven(N_("This is not given, so there is nothing to take back."))
        late = self.clock() > record.given_at + REVERSE
        if late or record.clerk_card_id != command.clerk.card_id:
            self.staff.demand(db, command, Permission.REVERSE_LATER)
        record.outcome = why
        self._end(db, command, record, State.REVERSED, "remedy_reversed")

    def _end(
        self, db: Session, command: Command, record: RemedyRecord, state: State, entry: str
    ) -> None:
        record.state, record.settled_at = state, self.clock()
        db.flush()
        give_back(db, record)
        self.deliveries.ended(db, record)
        if record.recovery_id is not None:
            self.unremedied(db, command, record.recovery_id)
        tell(self.journal, db, command, entry, record)

    def _hold(
        self, db: Session, command: Command, remedy_id: int, *, mine: bool = True
    ) -> RemedyRecord:
        """Return a remedy that nobody else changes before this unit ends."""
        record = self.deliveries.hold(db, remedy_id)
        if mine and record.clerk_card_id != command.clerk.card_id:
            raise NotGiven(N_("A colleague offered this."))
        return record


def given_of(db: Session, record: RemedyRecord) -> Given:
    """Return a remedy that was given, as the panel shows it."""
    kind = db.get_one(CatalogueRecord, record.catalogue_id)
    assert record.given_at is not None
    return Given(
        remedy_id=record.id,
        catalogue_id=kind.id,
        name=kind.name,
        minor=record.amount_minor,
        pieces=record.pieces,
        unit=kind.unit,
        given_at=record.given_at,
        withdraw_until=record.given_at + timedelta(seconds=WITHDRAW_S),
        doer=doer_of(db, kind),
        due_at=record.due_at,
    )


def doer_of(db: Session, kind: CatalogueRecord) -> str:
    """Return the department that does a remedy of this kind, or ""."""
    if kind.doer_department_id is None:
        return ""
    there = db.get(DepartmentRecord, kind.doer_department_id)
    return there.name if there is not None else ""
