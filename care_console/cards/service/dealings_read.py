"""Dealings read: of a card, of nobody, and page by page in a card's history."""

from datetime import date, datetime

from sqlmodel import Session, and_, col, or_, select

from care_console.cards.records import DealingRecord
from care_console.cards.rules.dealing_words import entry_of, moment_of
from care_console.cards.rules.dealings import UNDATED, Dealing, DealingKind, DealingState
from care_console.journal.rules import Entry

Before = tuple[datetime, int] | None  # the moment and the id of the last entry of the page before


def of_card(db: Session, card_id: int, most: int) -> list[Dealing]:
    """Return the customer's dealings, the newest first."""
    wanted = select(DealingRecord).where(DealingRecord.card_id == card_id)
    newest = wanted.order_by(col(DealingRecord.dated).desc(), col(DealingRecord.id).desc())
    return [as_dealing(each) for each in db.exec(newest.limit(most))]


def one(db: Session, dealing_id: int) -> Dealing | None:
    """Return one of them, or None if it is gone."""
    record = db.get(DealingRecord, dealing_id)
    return None if record is None else as_dealing(record)


def of_nobody(db: Session, after: int, most: int) -> list[Dealing]:
    """Return those of nobody, as they came, after the id."""
    wanted = select(DealingRecord).where(
        col(DealingRecord.card_id).is_(None), DealingRecord.id > after
    )
    newest = wanted.order_by(col(DealingRecord.id)).limit(most)
    return [as_dealing(each) for each in db.exec(newest)]


def as_dealing(record: DealingRecord) -> Dealing:
    """Return a record's dealing."""
    return Dealing(
        id=record.id,
        kind=DealingKind(record.kind),
        number=record.number,
        dated=None if record.dated == UNDATED else record.dated,
        minor=record.minor,
        currency=record.currency,
        state=DealingState(record.state),
        state_words=record.state_words,
        seller=record.seller,
        seller_card_id=record.seller_card_id,
        link=record.link,
        card_id=record.card_id,
        said=dict(record.said),
    )


def past_of(db: Session, card_id: int, before: Before, most: int) -> list[Entry]:
    """Return the customer's dealings that have a day, as entries, the newest first."""
    record = DealingRecord
    wanted = select(record).where(record.card_id == card_id, col(record.dated) > UNDATED)
    if before is not None:
        day, last_id = _last(*before)
        earlier = and_(col(record.dated) == day, col(record.id) > last_id)
        wanted = wanted.where(or_(col(record.dated) < day, earlier))
    newest = wanted.order_by(col(record.dated).desc(), col(record.id)).limit(most)
    return [entry_of(as_dealing(each), moment_of(each.dated)) for each in db.exec(newest)]


def woven(entries: list[Entry], past: list[Entry], most: int) -> list[Entry]:
    """Return both as one page, the newest first."""
    both = sorted((*entries, *past), key=lambda entry: (entry.at, entry.id), reverse=True)
    return both[:most]


def _last(at: datetime, entry_id: int) -> tuple[date, int]:
    """Return after which day, and there after which dealing, a page goes on."""
    day = at.astimezone().date()
    if moment_of(day) < at:
        return day, 0  # all of that day are still to come
    return day, -entry_id if entry_id < 0 else 0
