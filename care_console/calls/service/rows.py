"""Calls as lists show them: with whose they were, and who took them."""

from typing import Any

from sqlmodel import Session, col, select

from care_console.calls.records import CallRecord
from care_console.calls.rules.log import CallRow
from care_console.cards.records import CardRecord


def rows(db: Session, most: int, *where: Any) -> list[CallRow]:
    """Return inside somebody's reading the calls for which ``where`` holds, the newest first."""
    wanted = (
        select(CallRecord, CardRecord.name)
        .outerjoin(CardRecord, col(CardRecord.id) == col(CallRecord.card_id))
        .where(*where)
        .order_by(col(CallRecord.started_at).desc(), col(CallRecord.id).desc())
    )
    found = db.exec(wanted.limit(most)).all()
    clerks = _names(db, {call.clerk_card_id for call, _card in found} - {None})
    return [_row(call, card, clerks.get(call.clerk_card_id, "")) for call, card in found]


def _names(db: Session, cards: set[int | None]) -> dict[int | None, str]:
    if not cards:
        return {}
    wanted = select(CardRecord.id, CardRecord.name).where(col(CardRecord.id).in_(cards))
    return dict(db.exec(wanted).all())


def _row(call: CallRecord, card: str | None, clerk: str) -> CallRow:
    return CallRow(
        id=call.id,
        line=call.line,
        number=call.e164 or call.raw,
        name=call.name,
        presentation=call.presentation,
        called=call.called,
        match=call.match,
        state=call.outcome,
        started_at=call.started_at,
        answered_at=call.answered_at,
        ended_at=call.ended_at,
        card_id=call.card_id,
        card_name=card or "",
        seen=call.seen,
        direction=call.direction,
        cause=call.cause,
        diverted_from=call.diverted_from,
        clerk=clerk,
    )
