"""What waits for an approver's word, with all that is needed to give it."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from care_console.authority.records import CatalogueRecord, RemedyRecord, RequestRecord
from care_console.authority.rules.asking import falls_to
from care_console.authority.rules.limits import Giver, Wish
from care_console.authority.rules.views import Answer, Earlier, State, Waiting
from care_console.authority.service.looking import Place
from care_console.authority.service.nearness import NEAR, nearness
from care_console.authority.service.weighing import weigh
from care_console.base.command import Clerk
from care_console.cards.records import CardRecord
from care_console.cards.service.view import groups_of
from care_console.staff.rules import Permission, may
from care_console.staff.service import Staff
from care_console.store import ask

MOST, MOST_EARLIER = 100, 5
SHOWN = (State.GIVEN, State.DONE, State.FAILED, State.REVERSED)


def waiting_of(
    db: Session, clerk: Clerk, staff: Staff, now: datetime, today: date
) -> list[Waiting]:
    """Return the requests of others that wait, the oldest first; nothing for who may not decide."""
    me = clerk.card_id
    if me is None or not may(staff.role_of(db, me), Permission.APPROVE):
        return []
    wanted = (
        select(RequestRecord, CatalogueRecord)
        .join(CatalogueRecord, col(CatalogueRecord.id) == col(RequestRecord.catalogue_id))
        .where(
            RequestRecord.state == Answer.WAITING,
            col(RequestRecord.expires_at) > now,
            RequestRecord.clerk_card_id != me,
        )
        .order_by(col(RequestRecord.asked_at), col(RequestRecord.id))
        .limit(MOST)
    )
    look = _Look(db, staff, me, now, today)
    return [look.at(request, kind) for request, kind in db.exec(wanted).all()]


def over(db: Session, before: datetime) -> list[int]:
    """Return the requests that nobody answered and that expired ``before`` a moment."""
    wanted = select(RequestRecord.id).where(
        RequestRecord.state == Answer.WAITING, col(RequestRecord.expires_at) <= before
    )
    return list(db.exec(wanted.order_by(col(RequestRecord.id)).limit(MOST)))


class _Look:
    """What one approver sees of requests at a moment."""

    def __init__(self, db: Session, staff: Staff, me: int, now: datetime, today: date) -> None:
        self._db, self._staff, self._me = db, staff, me
        self._now, self._today = now, today

    def at(self, request: RequestRecord, kind: CatalogueRecord) -> Waiting:
        """Return one request with the limits of who asks, and the most that may be allowed."""
        card = self._db.get_one(CardRecord, request.card_id)
        wish = _wish(request, kind)
        place = self._place(request.clerk_card_id, request)
        asks = weigh(self._db, place, wish)
        return Waiting(
            request_id=request.id,
            card_id=card.id,
            card_name=card.name,
            groups=groups_of(self._db, [card.id], self._today)[card.id],
            clerk_card_id=request.clerk_card_id,
            clerk=self._staff.name_of(self._db, request.clerk_card_id),
            name=kind.name,
            unit=kind.unit,
            minor=wish.minor,
            pieces=wish.pieces,
            over_minor=request.over_minor,
            story=request.story,
            recovery_id=request.recovery_id,
            asked_at=request.asked_at,
            falls_to_others_at=request.falls_to_others_at,
            expires_at=request.expires_at,
            to_name=self._staff.name_of(self._db, request.to_card_id or 0),
            mine=falls_to(self._me, request.to_card_id, request.falls_to_others_at, self._now),
            gauges=asks.decision.gauges,
            earlier=self._earlier(asks.members),
            may_minor=self._may(request, wish),
            near=self._is_near(place),
        )

    def _may(self, request: RequestRecord, wish: Wish) -> int:
        return weigh(self._db, self._place(self._me, request), wish).decision.allowed_minor

    def _is_near(self, place: Place) -> bool:
        return bool(nearness(ask(self._db, NEAR, place.values), place.values))

    def _place(self, clerk_id: int, request: RequestRecord) -> Place:
        role = self._staff.role_of(self._db, clerk_id)
        department = self._staff.department_of(self._db, request.clerk_card_id)
        giver = Giver(clerk_id, role.value if role is not None else "", department)
        return Place(giver, request.card_id, request.recovery_id, self._now, self._today)

    def _earlier(self, members: tuple[int, ...]) -> tuple[Earlier, ...]:
        wanted = (
            select(RemedyRecord, CatalogueRecord)
            .join(CatalogueRecord, col(CatalogueRecord.id) == col(RemedyRecord.catalogue_id))
            .where(col(RemedyRecord.card_id).in_(members), col(RemedyRecord.state).in_(SHOWN))
            .order_by(col(RemedyRecord.offered_at).desc(), col(RemedyRecord.id).desc())
            .limit(MOST_EARLIER)
        )
        return tuple(
            Earlier(
                remedy_id=remedy.id,
                name=kind.name,
                minor=remedy.amount_minor,
                pieces=remedy.pieces,
                unit=kind.unit,
                state=State(remedy.state),
                at=remedy.offered_at,
                clerk=self._staff.name_of(self._db, remedy.clerk_card_id),
                why=remedy.why,
            )
            for remedy, kind in self._db.exec(wanted).all()
        )


def _wish(request: RequestRecord, kind: CatalogueRecord) -> Wish:
    minor, pieces = request.amount_minor, request.pieces
    return Wish(kind.id, minor, pieces, kind.unit != "money", kind.entitlement)
