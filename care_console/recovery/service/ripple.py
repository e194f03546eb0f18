"""Whom a let-down customer may touch, and a courtesy contact that discloses nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, or_, select

from care_console.base.command import Command
from care_console.base.words import N_, _
from care_console.calls.records import ContactRecord, MatterRecord
from care_console.calls.rules.matter import OPEN
from care_console.cards.records import MembershipRecord, RelationRecord
from care_console.cards.rules import RelationKind
from care_console.cards.rules.words import relation_words
from care_console.cards.service.view import groups_of
from care_console.journal.service import Journal
from care_console.promises.records import DutyRecord
from care_console.promises.rules import DutyKind
from care_console.promises.service import Duties
from care_console.recovery.records import RecoveryRecord
from care_console.recovery.rules import BadRecovery, RippleRow
from care_console.recovery.rules.ripple import in_order
from care_console.recovery.service.one_up import one_up
from care_console.recovery.service.reading import names_of
from care_console.staff.records import ClerkRecord
from care_console.staff.service import Staff

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Ripple:
    """Who is touched, and what they are owed. All of it runs inside somebody's unit."""

    journal: Journal
    duties: Duties
    staff: Staff

    def of(self, db: Session, recovery_id: int) -> list[RippleRow]:
        """Return whom the customer of a recovery may touch."""
        record = db.get(RecoveryRecord, recovery_id)
        if record is None:
            raise BadRecovery(N_("This recovery is no longer there."))
        day = self.duties.cards.today()
        ties = _ties(db, record, day)
        ids = list(ties)
        names, groups = names_of(db, ids), groups_of(db, ids, day)
        matters, owed, open_ones = _matters(db, ids), _owed(db, ids), _recoveries(db, ids)
        rows = [
            RippleRow(
                card_id=card_id,
                name=names[card_id],
                groups=groups[card_id],
                tie=ties[card_id],
                open_matters=tuple(matters.get(card_id, ())),
                open_recovery=card_id in open_ones,
                courtesy_due_at=owed.get(card_id),
            )
            for card_id in ids
            if card_id in names
        ]
        return in_order(rows)

    def courtesy(
        self,
        db: Session,
        command: Command,
        recovery_id: int,
        card_id: int,
        due_at: datetime | None,
    ) -> None:
        """Owe somebody a courtesy contact; neither the duty nor the entry says why."""
        self.duties.cards.hold(db, card_id)
        if self.journal.first_run(db, command) is not None:
            return
        if card_id not in {row.card_id for row in self.of(db, recovery_id)}:
            raise BadRecovery(N_("Nothing ties this card to the recovery any more."))
        if card_id in _owed(db, [card_id]):
            raise BadRecovery(N_("A courtesy contact is planned already."))
        due_at = due_at or _tomorrow_noon(self.duties.clock())
        owner = _looked_after_by(db, card_id) or command.clerk.card_id
        if owner == card_id:  # nobody asks themselves how they are
            owner = one_up(db, self.staff, card_id)
        duty_id = self.duties.make(
            db,
            DutyKind.COURTESY,
            title=_("Ask how things are, and whether there is anything we can do"),
            due_at=due_at,
            card_id=card_id,
            owner_card_id=owner,
            made_by=command.clerk.card_id,
        )
        self.journal.write(db, command, "courtesy_owed", {"duty_id": duty_id}, card_id)


def _ties(db: Session, record: RecoveryRecord, day: date) -> dict[int, str]:
    """Return whom the customer is tied to, and how; the first tie counts."""
    found: dict[int, str] = {}
    for card_id, tie in (
        *_dealt_with(db, record),
        *_memberships(db, record, day),
        *_relations(db, record, day),
    ):
        if card_id != record.card_id:
            found.setdefault(card_id, tie)
    return found


def _dealt_with(db: Session, record: RecoveryRecord) -> Iterable[tuple[int, str]]:
    """Return the colleague who was on the call from which the recovery came."""
    wanted = select(ContactRecord.clerk_card_id).where(ContactRecord.id == record.contact_id)
    clerk_id = db.exec(wanted).one_or_none()
    return [] if clerk_id is None else [(clerk_id, _("was on the call with"))]


def _memberships(db: Session, record: RecoveryRecord, day: date) -> Iterable[tuple[int, str]]:
    """Return who sold to the customer, also once, and who looks after them now."""
    wanted = select(MembershipRecord).where(MembershipRecord.card_id == record.card_id)
    for each in db.exec(wanted.order_by(col(MembershipRecord.id))):
        if each.sold_by_card_id is not None:
            yield each.sold_by_card_id, relation_words(RelationKind.SOLD_BY, forward=True)
        if each.owner_card_id is not None and (each.until is None or each.until > day):
            yield each.owner_card_id, _("is looked after by")


def _relations(db: Session, record: RecoveryRecord, day: date) -> Iterable[tuple[int, str]]:
    card_id = record.card_id
    wanted = select(RelationRecord).where(
        or_(RelationRecord.first_id == card_id, RelationRecord.second_id == card_id),
        or_(col(RelationRecord.until).is_(None), col(RelationRecord.until) > day),
    )
    for each in db.exec(wanted.order_by(col(RelationRecord.id))):
        forward = each.first_id == card_id
        other = each.second_id if forward else each.first_id
        yield other, relation_words(RelationKind(each.kind), forward=forward)


def _matters(db: Session, card_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    wanted = select(MatterRecord.card_id, MatterRecord.title).where(
        col(MatterRecord.card_id).in_(card_ids), MatterRecord.state == OPEN
    )
    for card_id, title in db.exec(wanted.order_by(col(MatterRecord.id))):
        found.setdefault(card_id, []).append(title)
    return found


def _recoveries(db: Session, card_ids: list[int]) -> set[int]:
    wanted = select(RecoveryRecord.card_id).where(
        col(RecoveryRecord.card_id).in_(card_ids),
        col(RecoveryRecord.closed_at).is_(None),
        col(RecoveryRecord.taken_back).is_(False),
    )
    return set(db.exec(wanted))


def _owed(db: Session, card_ids: list[int]) -> dict[int, datetime]:
    """Return to which of the cards a courtesy contact is owed, and by when."""
    wanted = select(DutyRecord.card_id, DutyRecord.due_at).where(
        col(DutyRecord.card_id).in_(card_ids),
        DutyRecord.kind == DutyKind.COURTESY,
        col(DutyRecord.settled_at).is_(None),
    )
    return {card_id: due_at for card_id, due_at in db.exec(wanted) if card_id is not None}


def _looked_after_by(db: Session, card_id: int) -> int | None:
    """Return the clerk who answers for a card, if one does."""
    wanted = (
        select(MembershipRecord.owner_card_id)
        .join(ClerkRecord, col(ClerkRecord.card_id) == col(MembershipRecord.owner_card_id))
        .where(MembershipRecord.card_id == card_id, ClerkRecord.active)
        .order_by(col(MembershipRecord.id))
    )
    return db.exec(wanted.limit(1)).one_or_none()


def _tomorrow_noon(now: datetime) -> datetime:
    day = now.astimezone().date() + timedelta(days=1)
    return datetime.combine(day, NOON).astimezone(UTC)
