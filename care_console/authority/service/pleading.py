"""What a clerk asks for beyond the limits, and what an approver allows of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from care_console.authority.records import CatalogueRecord, RequestRecord
from care_console.authority.rules.asking import (
    ALONE,
    EXPIRES,
    HOLDS,
    standing,
)
from care_console.authority.rules.limits import Decision, Giver, Wish
from care_console.authority.rules.refusals import (
    NotGiven,
    OverLimit,
    SecondPerson,
    Stopped,
    TooLate,
)
from care_console.authority.rules.views import Answer
from care_console.authority.rules.words import amount_words
from care_console.authority.service.looking import Place
from care_console.authority.service.nearness import COLLEAGUE, NEAR, nearness
from care_console.authority.service.weighing import weigh, wish_of
from care_console.base.clock import Clock
from care_console.base.command import Clerk, Command
from care_console.base.money import spell
from care_console.base.spell import DEFAULT_LOCALE
from care_console.base.words import N_, _
from care_console.cards.records import CardRecord
from care_console.cards.service import Cards
from care_console.journal.service import Journal
from care_console.promises.rules.duty import DONE
from care_console.promises.service import Duties
from care_console.settings.service import Settings
from care_console.staff.rules import Permission, Role
from care_console.staff.service import Staff
from care_console.store import Store, ask

ABOUT, ANSWER = "request", "request_answer"  # what the duties of approver and clerk hang on
LONGEST_WORDS = 500
NOBODY = Clerk("", "")


@dataclass(frozen=True, slots=True)
class Plea:
    """What a clerk asks for: so much of which remedy for whom, with its story."""

    catalogue_id: int
    card_id: int
    story: str = ""
    recovery_id: int | None = None
    contact_id: int | None = None
    pieces: int = 0
    minor: int = 0


@dataclass(frozen=True, slots=True)
class Pleading:
    """What is asked for and allowed. All of it runs inside somebody's unit."""

    store: Store
    journal: Journal
    clock: Clock
    staff: Staff
    settings: Settings
    cards: Cards
    duties: Duties
    locale: str = DEFAULT_LOCALE

    def use(
        self,
        db: Session,
        request_id: int,
        command: Command,
        catalogue_id: int,
        card_id: int,
        minor: int,
        pieces: int,
    ) -> int:
        """Use an approval, once, for exactly what was approved; return whose word it was.

        Raises TooLate and NotGiven.
        """
        request = self.hold(db, request_id)
        standing = self.standing(request)
        if standing is Answer.EXPIRED:
            raise TooLate(N_("The approval is older than five minutes. Ask once more."))
        if standing is Answer.USED:
            raise NotGiven(N_("This approval was used. Ask once more."))
        if standing is not Answer.APPROVED:
            raise NotGiven(N_("This is not approved."))
        asked = request.clerk_card_id, request.catalogue_id, request.card_id
        same = asked == (command.clerk.card_id, catalogue_id, card_id)
        if not same or (minor, pieces) != (request.allowed_minor, request.allowed_pieces):
            raise NotGiven(N_("Something else was approved. Ask once more."))
        self.check_currency(db, request)
        request.state = Answer.USED
        self.duties.settle_all(db, ANSWER, request_id, command.clerk.card_id, DONE)
        return request.decided_by_card_id or 0

    def plead(
        self, db: Session, command: Command, plea: Plea, to_card_id: int | None
    ) -> tuple[RequestRecord, CatalogueRecord]:
        """Keep what is asked for, and by how much it is beyond what the clerk may."""
        role = self.staff.demand(db, command, Permission.GIVE)
        self.check_going(db)
        self.cards.hold(db, plea.card_id)
        kind, wish = wish_of(db, plea.catalogue_id, plea.pieces, plea.minor)
        clerk_id = command.clerk.card_id
        assert clerk_id is not None  # or it would not have been allowed
        request = _asked(command, clerk_id, plea, wish, to_card_id, self.clock())
        place = self.place(db, clerk_id, role, request)
        request.over_minor = weigh(db, place, wish).decision.over_minor
        db.add(request)
        db.flush()
        return request, kind

    def approve(
        self,
        db: Session,
        command: Command,
        request: RequestRecord,
        kind: CatalogueRecord,
        allowed: tuple[int, int],
    ) -> None:
        """Allow so much, in money and pieces, if the approver might give it themselves."""
        role = self.staff.demand(db, command, Permission.APPROVE)
        approver_id = command.clerk.card_id
        assert approver_id is not None  # or it would not have been allowed
        if approver_id == request.clerk_card_id:
            raise NotGiven(N_("Nobody approves their own request."))
        self.check_going(db)
        place = self.place(db, approver_id, role, request)
        self.check_near(db, place)
        minor, pieces = allowed
        wish = Wish(kind.id, minor, pieces, kind.unit != "money", kind.entitlement)
        self._check_own(weigh(db, place, wish).decision, minor)
        now = self.clock()
        request.state, request.decided_at = Answer.APPROVED, now
        request.decided_by_card_id = approver_id
        request.allowed_minor, request.allowed_pieces = minor, pieces
        request.allowed_until = now + HOLDS
        request.expires_at = max(request.expires_at, request.allowed_until)

    def _check_own(self, decision: Decision, minor: int) -> None:
        """Raise OverLimit if the approver might not give so much themselves."""
        if not decision.over_minor and decision.verdict == "give":
            return
        currency = self.settings.company.currency
        raise OverLimit(
            N_("{amount} is more than you may give yourself: {most} at the most."),
            decision,
            amount=spell(minor, currency, self.locale),
            most=spell(decision.allowed_minor, currency, self.locale),
        )

    def check_going(self, db: Session) -> None:
        """Raise Stopped if no remedies are given now."""
        if why := self.settings.in_force(db).stopped:
            raise Stopped(N_("All remedies are stopped: {why}"), why=why)

    def check_currency(self, db: Session, request: RequestRecord) -> None:
        """Raise NotGiven if the house counts in another money than when this was asked for."""
        asked = self.journal.first_run(db, Command(request.command_id, NOBODY)) or {}
        if asked.get("currency") != self.settings.in_force(db).currency:
            raise NotGiven(N_("It was asked for in another currency. Ask once more."))

    def check_near(self, db: Session, place: Place) -> None:
        """Nobody decides for their own; that a colleague is one is why they are asked."""
        why = nearness(ask(db, NEAR, place.values), place.values)
        if why not in ("", COLLEAGUE):
            raise SecondPerson(N_("{why} Somebody else has to decide."), why=_(why))

    def place(self, db: Session, clerk_id: int, role: Role, request: RequestRecord) -> Place:
        """Return whose limits and counters they are; the month is that of who asks, and gives."""
        giver = Giver(clerk_id, role.value, self.staff.department_of(db, request.clerk_card_id))
        at, day = self.clock(), self.cards.today()
        return Place(giver, request.card_id, request.recovery_id, at, day)

    def standing(self, request: RequestRecord) -> Answer:
        """Return how a request stands now."""
        now: datetime = self.clock()
        return standing(request.state, request.expires_at, request.allowed_until, now)

    def hold(self, db: Session, request_id: int) -> RequestRecord:
        """Hold the card of a request, then the request, as others left it."""
        request = db.get(RequestRecord, request_id)
        if request is None:
            raise NotGiven(N_("This request is no longer there."))
        self.cards.hold(db, request.card_id)
        db.refresh(request, with_for_update=True)
        return request

    def title(self, db: Session, request: RequestRecord, kind: CatalogueRecord) -> str:
        """Return what is asked for and for whom, as a duty is called."""
        currency = self.settings.company.currency
        what = amount_words(request.amount_minor, currency, kind.name, self.locale)
        name = db.get_one(CardRecord, request.card_id).name
        return _("{what}, for {name}").format(what=what, name=name)

    def answer_title(self, db: Session, request: RequestRecord, kind: CatalogueRecord) -> str:
        """Return how the duty to tell the customer the answer is called."""
        name = db.get_one(CardRecord, request.card_id).name
        if not request.amount_minor:
            return _("Tell {name} the answer: {what}").format(name=name, what=kind.name)
        return _("Tell {name} the answer: {amount}, {what}").format(
            name=name,
            amount=spell(request.amount_minor, self.settings.company.currency, self.locale),
            what=kind.name,
        )

    def told(
        self,
        db: Session,
        command: Command,
        entry: str,
        request: RequestRecord,
        kind: CatalogueRecord,
        **said: str,
    ) -> None:
        """Journal what became of a request."""
        approved = entry == "request_approved"
        facts = {
            "request_id": request.id,
            "catalogue_id": kind.id,
            "recovery_id": request.recovery_id,
            "minor": request.allowed_minor if approved else request.amount_minor,
            "pieces": request.allowed_pieces if approved else request.pieces,
            "over_minor": request.over_minor,
            "currency": self.settings.in_force(db).currency,
            "decided_by": request.decided_by_card_id,
        }
        personal = {"name": kind.name, **{name: words for name, words in said.items() if words}}
        about = (request.card_id, kind.card_group)
        self.journal.write(db, command, entry, facts, about, personal=personal)


def _asked(
    command: Command,
    clerk_id: int,
    plea: Plea,
    wish: Wish,
    to_card_id: int | None,
    now: datetime,
) -> RequestRecord:
    """Return what is asked for, before it is weighed."""
    return RequestRecord(
        command_id=command.id,
        catalogue_id=wish.catalogue_id,
        card_id=plea.card_id,
        recovery_id=plea.recovery_id,
        contact_id=plea.contact_id,
        clerk_card_id=clerk_id,
        pieces=wish.pieces,
        amount_minor=wish.minor,
        over_minor=0,
        story=plea.story,
        to_card_id=to_card_id,
        asked_at=now,
        falls_to_others_at=now + ALONE,
        expires_at=now + EXPIRES,
    )
