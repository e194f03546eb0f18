"""How an offer is weighed against the limits, and reserved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from care_console.authority.records import CatalogueRecord, RemedyRecord
from care_console.authority.rules.limits import (
    OFFER_S,
    Decision,
    Giver,
    Limit,
    Scope,
    Verdict,
    Wish,
)
from care_console.authority.rules.refusals import (
    NotVerified,
    OverLimit,
    PersonFirst,
    SecondPerson,
    Stopped,
    WhyWanted,
)
from care_console.authority.rules.views import Offered, State
from care_console.authority.service.counters import Key, Take, held_by, kept_limits, sweep, take
from care_console.authority.service.looking import Place, as_json
from care_console.authority.service.nearness import NEAR, nearness
from care_console.authority.service.requests import Requests
from care_console.authority.service.telling import tell
from care_console.authority.service.weighing import Weighed, weigh, wish_of
from care_console.base.clock import Clock
from care_console.base.command import Command
from care_console.base.money import spell
from care_console.base.words import N_, _
from care_console.calls.rules.contact import Channel
from care_console.calls.rules.contact import State as ContactState
from care_console.calls.rules.log import CallState
from care_console.cards.service import Cards
from care_console.journal.service import Journal
from care_console.settings.service import Settings
from care_console.staff.rules import Permission, Role
from care_console.staff.service import Staff
from care_console.store import ask, kept_moment, put, touch

NOTHING = Limit(Scope.REMEDY)  # where there is no row
STANDING = """
    SELECT max(CASE WHEN lapses_at <= :now THEN 1 ELSE 0 END) FROM remedy WHERE state = 'offered'
        AND (lapses_at <= :now OR card_id = :card AND clerk_card_id = :clerk)
"""
"""None, where there is nothing to let go of; 1, where some of it has lapsed."""
LET_GO = f"""
    UPDATE remedy SET state = '{State.LET_GO.value}', settled_at = :now
    WHERE clerk_card_id = :clerk AND card_id = :card AND state = 'offered' RETURNING taken
"""
TALKING = f"""
    SELECT id FROM contact WHERE state = '{ContactState.OPEN.value}' AND clerk_card_id = :clerk
        AND (card_id = :card OR card_id IS NULL) AND channel = '{Channel.TELEPHONE.value}'
    ORDER BY CASE WHEN card_id IS NULL THEN 1 ELSE 0 END, id DESC LIMIT 1
"""
"""While nobody has said whose a call is, it may be anybody's: they are not verified."""
RINGS = f"""
    SELECT id FROM call WHERE card_id = :card AND outcome = '{CallState.RINGING.value}'
        AND started_at > :lately LIMIT 1
"""
AS_ASKED = ("recovery_id", "contact_id", "request_id", "why", "person_first")
RINGS_S = 180  # without news, after which a call rings no more

MayGive = Callable[[Session, int, int], bool]  # of a contact and a card: verified for giving
PersonWaits = Callable[[Session, int | None, int], bool]
"""Of a card's open recovery, or of None where it has none: for an apology, or for empathy."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a clerk asks to offer."""

    catalogue_id: int
    card_id: int
    recovery_id: int | None = None
    contact_id: int | None = None
    pieces: int = 0
    minor: int = 0
    why: str = ""
    person_first: str = ""
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """Reserves remedies. All of it runs inside somebody's unit."""

    journal: Journal
    clock: Clock
    staff: Staff
    settings: Settings
    cards: Cards
    requests: Requests
    may_give: MayGive
    person_waits: PersonWaits
    locale: str

    def offer(self, db: Session, command: Command, asked: Ask) -> Offered:
        """Reserve what is asked for, in place of what the clerk offered this customer before."""
        first = self.journal.first_run(db, command)
        if first is not None:
            return _offered_before(db, first["remedy_id"])
        role = self.staff.demand(db, command, Permission.GIVE)
        company = self.settings.in_force(db)
        self._check(db, command, asked, company.stopped)
        kind, wish = wish_of(db, asked.catalogue_id, asked.pieces, asked.minor)
        if kind.why_wanted and not asked.why:
            raise WhyWanted(N_("Say why: this remedy is not given without a reason."))
        place = self._place(db, command, asked, role)
        self.cards.hold(db, asked.card_id)  # before anything else, in every unit of this room
        back = _set_free(db, place)
        clerk, place = place.giver, self._on_whose_word(db, command, asked, place, wish)
        weighed = weigh(db, place, wish, back)
        if weighed.decision.verdict is not Verdict.GIVE:
            raise self.over(weighed.decision, wish)
        takes = takes_of(place, wish, weighed)
        if take(db, takes, back, weighed.members if takes else ()):  # somebody was quicker
            raise self.over(weigh(db, place, wish, back).decision, wish)
        place = replace(place, giver=clerk)
        members, currency = weighed.members, company.currency
        record = self._keep(db, command, asked, kind, wish, place, takes, members, currency)
        tell(self.journal, db, command, "remedy_offered", record, kind)
        return offered_of(record, kind)

    def check_stopped(self, db: Session) -> None:
        """Raise Stopped if no remedies are given now."""
        _check_going(self.settings.in_force(db).stopped)

    def over(self, decision: Decision, wish: Wish) -> OverLimit:
        """Return that it is more than the clerk may give."""
        currency = self.settings.company.currency
        if not wish.minor:
            return OverLimit(N_("This is not yours to give: ask a colleague."), decision)
        return OverLimit(
            N_("{amount} is {over} more than you may give."),
            decision,
            amount=spell(wish.minor, currency, self.locale),
            over=spell(decision.over_minor or wish.minor, currency, self.locale),
        )

    def _check(self, db: Session, command: Command, asked: Ask, stopped: str) -> None:
        _check_going(stopped)
        self.check_verified(db, command, asked.card_id, asked.contact_id)
        waits = self.person_waits(db, asked.recovery_id, asked.card_id)
        if waits and not asked.person_first:
            raise PersonFirst(N_("Say sorry and listen first, or say why not."))

    def check_verified(
        self, db: Session, command: Command, card_id: int, contact_id: int | None
    ) -> None:
        """Raise NotVerified if the customer calls, and is not yet known to be the customer."""
        now = self.clock()
        here = {
            "clerk": command.clerk.card_id,
            "card": card_id,
            "lately": kept_moment(now - timedelta(seconds=RINGS_S)),
        }
        contact_id = contact_id or talking(db, here)
        if contact_id is None:
            known = not ask(db, RINGS, here)
        else:
            known = self.may_give(db, contact_id, card_id)
        if not known:
            raise NotVerified(N_("Once verified: tick what the caller knows, then offer it."))

    def _on_whose_word(
        self, db: Session, command: Command, asked: Ask, place: Place, wish: Wish
    ) -> Place:
        """Return whose limits and whose day it is: the clerk's, or of who approved a request."""
        if asked.request_id is None:
            self._check_near(db, place)
            return place
        approver_id = self.requests.use(
            db, asked.request_id, command, wish.catalogue_id, asked.card_id, wish.minor, wish.pieces
        )
        role = self.staff.role_of(db, approver_id)
        giver = Giver(approver_id, role.value if role else "", place.giver.department_id)
        return replace(place, giver=giver)

    def _check_near(self, db: Session, place: Place) -> None:
        if why := nearness(ask(db, NEAR, place.values), place.values):
            raise SecondPerson(N_("{why} Somebody else has to decide."), why=_(why))

    def _place(self, db: Session, command: Command, asked: Ask, role: Role) -> Place:
        card_id = command.clerk.card_id
        assert card_id is not None  # or it would not have been allowed
        giver = Giver(card_id, role.value, self.staff.department_of(db, card_id))
        return Place(giver, asked.card_id, asked.recovery_id, self.clock(), self.cards.today())

    def _keep(
        self,
        db: Session,
        command: Command,
        asked: Ask,
        kind: CatalogueRecord,
        wish: Wish,
        place: Place,
        takes: list[Take],
        members: tuple[int, ...],
        currency: str,
    ) -> RemedyRecord:
        giver = place.giver
        record = RemedyRecord(
            command_id=command.id,
            catalogue_id=kind.id,
            card_id=asked.card_id,
            household_id=members[0],
            clerk_card_id=giver.card_id,
            department_id=giver.department_id,
            pieces=wish.pieces,
            amount_minor=wish.minor,
            currency=currency,
            entitled=wish.entitlement,
            taken=[[*each.key, each.amount] for each in takes],
            limits=kept_limits(takes),
            offered_at=place.at,
            lapses_at=place.at + timedelta(seconds=OFFER_S),
        )
        return _added(db, record, asked)


def _added(db: Session, record: RemedyRecord, asked: Ask) -> RemedyRecord:
    """Add a remedy for what was asked for."""
    for name in AS_ASKED:
        setattr(record, name, getattr(asked, name))
    put(db, record)
    return record


def _check_going(stopped: str) -> None:
    if stopped:
        raise Stopped(N_("All remedies are stopped: {why}"), why=stopped)


def _set_free(db: Session, place: Place) -> dict[Key, int]:
    """Let go of what the clerk offered this customer and of what lapsed; return what it held."""
    ((lapsed,),) = ask(db, STANDING, place.values)
    if lapsed is None:
        return {}
    back: dict[Key, int] = {}
    for (taken,) in ask(db, LET_GO, place.values):
        _add_up(back, held_by(as_json(taken)))
    touch(db, RemedyRecord)
    if lapsed:
        _add_up(back, sweep(db, place.at))
    return back


def _add_up(sums: dict[Key, int], more: Mapping[Key, int]) -> None:
    for key, amount in more.items():
        sums[key] = sums.get(key, 0) + amount


def takes_of(place: Place, wish: Wish, weighed: Weighed) -> list[Take]:
    """Return what the wish takes of which counters.

    One remedy has no counter, since nothing adds up in it.
    """
    subjects = {
        Scope.RECOVERY: (place.recovery_id or 0, ""),
        Scope.DAY: (place.giver.card_id, place.day.isoformat()),
        Scope.CUSTOMER: (weighed.members[0], ""),
        Scope.MONTH: (place.department, place.month),
    }
    takes = []
    for gauge in weighed.decision.gauges:
        if gauge.scope not in subjects:
            continue
        subject, period = subjects[gauge.scope]
        limit = weighed.terms.limits.get((gauge.scope, gauge.catalogue_id), NOTHING)
        takes.append(
            Take(
                key=(gauge.scope.value, subject, gauge.catalogue_id, period),
                amount=gauge.wish,
                most=None if limit.unlimited else limit.most,
                floor=limit.floor if gauge.scope is Scope.MONTH else 0,
                counted=gauge.counted,
                days=gauge.days,
                customer={**place.values, "since": kept_moment(place.since(gauge.days))},
            )
        )
    return takes


def _offered_before(db: Session, remedy_id: int) -> Offered:
    record = db.get_one(RemedyRecord, remedy_id)
    return offered_of(record, db.get_one(CatalogueRecord, record.catalogue_id))


def offered_of(record: RemedyRecord, kind: CatalogueRecord) -> Offered:
    """Return an offer as the panel shows it."""
    return Offered(
        remedy_id=record.id,
        catalogue_id=kind.id,
        name=kind.name,
        minor=record.amount_minor,
        pieces=record.pieces,
        unit=kind.unit,
        lapses_at=record.lapses_at,
    )


def talking(db: Session, place: Mapping[str, object]) -> int | None:
    """Return the contact in which this clerk and this customer talk on the telephone now."""
    found = ask(db, TALKING, place)
    return found[0][0] if found else None
