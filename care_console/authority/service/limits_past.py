"""What was given and asked for, as the rehearsal and the digest go through it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, or_, select

from care_console.authority.records import LimitRecord, RemedyRecord, RequestRecord
from care_console.authority.rules.digest import PAIR_DAYS, Gift
from care_console.authority.rules.house import House
from care_console.authority.rules.limits import Giver, Terms, Wish
from care_console.authority.rules.rehearsal import DAYS, Past
from care_console.authority.rules.views import State
from care_console.authority.service import limits_rows
from care_console.cards.records import CardRecord, RelationRecord
from care_console.cards.rules import RelationKind


def past_of(db: Session, house: House, now: datetime, *, back_days: int) -> list[Past]:
    """Return what was given and asked for, from ``back_days`` before the rehearsal's days on.

    What is older than these days is not judged, but uses up room.
    """
    first = now - timedelta(days=DAYS)
    remedies = _given(db, first - timedelta(days=back_days), now)
    requests = _requests(db, first)
    granted = {each.request_id: each for each in remedies if each.request_id is not None}
    homes = _households(db, {one.card_id for one in remedies} | {one.card_id for one in requests})
    found = [_of_request(each, granted.get(each.id), house, homes) for each in requests]
    own = {each.id for each in requests}
    for each in remedies:
        if each.request_id not in own:
            judged = each.request_id is None and each.offered_at >= first
            found.append(_of_remedy(each, house, homes, judged=judged))
    return found


def gifts_of(db: Session, house: House, since: date, now: datetime) -> list[Gift]:
    """Return what was given for the digest since a day, and PAIR_DAYS before now."""
    first = min(now - timedelta(days=PAIR_DAYS), _midnight(since))
    remedies = [each for each in _given(db, first, now) if each.state != State.OFFERED]
    ids = {each.card_id for each in remedies}
    homes, cards = _households(db, ids), _cards(db, ids)
    limits = limits_rows.ever(db)
    return [_gift(each, house, homes, cards, limits) for each in remedies]


def given_today(db: Session, clerk_card_id: int, day: date, now: datetime) -> int:
    """Return what one clerk gave and offers on a day, of goodwill, in minor units."""
    mine = (each for each in _given(db, _midnight(day), now) if not each.entitled)
    return sum(each.amount_minor for each in mine if each.clerk_card_id == clerk_card_id)


def _given(db: Session, since: datetime, now: datetime) -> Sequence[RemedyRecord]:
    """Return what counts of the limits: given, done, or offered and not lapsed."""
    kept = col(RemedyRecord.state).in_([State.GIVEN, State.DONE])
    offered = (col(RemedyRecord.state) == State.OFFERED) & (col(RemedyRecord.lapses_at) > now)
    wanted = select(RemedyRecord).where(RemedyRecord.offered_at >= since, or_(kept, offered))
    return db.exec(wanted.order_by(col(RemedyRecord.id))).all()


def _requests(db: Session, since: datetime) -> Sequence[RequestRecord]:
    """Return the requests for more than the limits; what was only near to a clerk is none."""
    wanted = select(RequestRecord).where(
        RequestRecord.asked_at >= since, col(RequestRecord.over_minor) > 0
    )
    return db.exec(wanted.order_by(col(RequestRecord.id))).all()


def _of_request(
    record: RequestRecord, granted: RemedyRecord | None, house: House, homes: Mapping[int, int]
) -> Past:
    given = _wish(house, granted) if granted is not None else Wish(record.catalogue_id, 0)
    at = record.asked_at if granted is None else min(record.asked_at, granted.offered_at)
    return _past(record, at, given, house, homes, asked=True)


def _of_remedy(
    record: RemedyRecord, house: House, homes: Mapping[int, int], *, judged: bool
) -> Past:
    given = _wish(house, record)
    return _past(record, record.offered_at, given, house, homes, judged=judged)


def _past(
    record: RemedyRecord | RequestRecord,
    at: datetime,
    given: Wish,
    house: House,
    homes: Mapping[int, int],
    **more: Any,
) -> Past:
    there = house.colleagues.get(record.clerk_card_id)
    giver = there.giver if there is not None else Giver(record.clerk_card_id, "")
    remedy = house.remedies.get(record.catalogue_id)
    return Past(
        at=at,
        day=at.astimezone().date(),
        card_id=record.card_id,
        household_id=homes[record.card_id],
        giver=giver,
        wish=_wish(house, record),
        given=given,
        name=remedy.name if remedy is not None else "",
        clerk=house.name(record.clerk_card_id),
        recovery_id=record.recovery_id,
        **more,
    )


def _wish(house: House, record: RemedyRecord | RequestRecord) -> Wish:
    remedy = house.remedies.get(record.catalogue_id)
    return Wish(
        record.catalogue_id,
        record.amount_minor,
        record.pieces,
        counted=remedy is not None and remedy.counted,
        entitlement=remedy is not None and remedy.entitlement,
    )


def _gift(
    record: RemedyRecord,
    house: House,
    homes: Mapping[int, int],
    cards: Mapping[int, tuple[str, date]],
    limits: Sequence[LimitRecord],
) -> Gift:
    at = record.given_at or record.offered_at
    remedy, (customer, made) = house.remedies.get(record.catalogue_id), cards[record.card_id]
    return Gift(
        remedy_id=record.id,
        at=at,
        day=at.astimezone().date(),
        clerk_card_id=record.clerk_card_id,
        clerk=house.name(record.clerk_card_id),
        card_id=record.card_id,
        household_id=homes[record.card_id],
        customer=customer,
        name=remedy.name if remedy is not None else "",
        minor=record.amount_minor,
        card_made=made,
        behind=record.contact_id is not None or record.recovery_id is not None,
        most=_most_then(record, house, limits),
        usual=remedy is not None and remedy.usual == record.amount_minor,
    )


def _most_then(record: RemedyRecord, house: House, limits: Sequence[LimitRecord]) -> int | None:
    """Return the most of such a remedy that the clerk might give when it was offered, in money."""
    remedy = house.remedies.get(record.catalogue_id)
    there = house.colleagues.get(record.clerk_card_id)
    if record.request_id is not None or remedy is None or there is None or remedy.counted:
        return None
    kept = limits_rows.at(limits, record.offered_at)
    terms = Terms.of(kept, there.giver, record.offered_at.astimezone().date())
    own = terms.own(remedy.id)
    return None if own is None or own.unlimited else own.most


def _households(db: Session, card_ids: set[int]) -> dict[int, int]:
    """Return for each card the least card of those that count with it as one customer."""
    wanted = select(RelationRecord.first_id, RelationRecord.second_id)
    pairs = db.exec(wanted.where(RelationRecord.kind == RelationKind.HOUSEHOLD_OF)).all()
    least: dict[int, int] = {}

    def root(card_id: int) -> int:
        while (above := least.get(card_id, card_id)) != card_id:
            card_id = above
        return card_id

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        least[high] = low
    return {card_id: root(card_id) for card_id in card_ids}


def _cards(db: Session, card_ids: set[int]) -> dict[int, tuple[str, date]]:
    """Return the names of cards, and the days on which they were made."""
    wanted = select(CardRecord.id, CardRecord.name, CardRecord.created_at)
    rows = db.exec(wanted.where(col(CardRecord.id).in_(card_ids)))
    return {card_id: (name, made.astimezone().date()) for card_id, name, made in rows}


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day).astimezone()
