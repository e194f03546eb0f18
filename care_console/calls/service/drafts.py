"""Contacts as the desk works on them: read from the records, and as what was typed is kept."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, select

from care_console.base.masking import masked
from care_console.calls.records import ContactRecord, MatterRecord
from care_console.calls.rules.contact import (
    LONGEST_TITLE,
    Channel,
    Direction,
    Draft,
    State,
    one_line,
    outcome_of,
    typed,
)
from care_console.cards.records import CardRecord

MOST_DRAFTS = 100

TIDY: dict[str, Callable[[str], str]] = {
    "reason": lambda reason: one_line(masked(reason)),
    "notes": lambda notes: masked(typed(notes)),
    "matter_title": lambda title: one_line(masked(title), LONGEST_TITLE),
    "outcome": lambda outcome: outcome_of(outcome) if outcome else "",
}


def drafts(db: Session, *where: Any) -> list[Draft]:
    """Return the newest contacts of which all of ``where`` holds, the oldest first."""
    wanted = (
        select(ContactRecord, CardRecord.name, MatterRecord.title)
        .outerjoin(CardRecord, col(CardRecord.id) == col(ContactRecord.card_id))
        .outerjoin(MatterRecord, col(MatterRecord.id) == col(ContactRecord.matter_id))
        .where(*where)
        .order_by(col(ContactRecord.id).desc())
        .limit(MOST_DRAFTS)
    )
    return [
        Draft(
            id=each.id,
            state=State(each.state),
            channel=Channel(each.channel),
            direction=Direction(each.direction),
            card_id=each.card_id,
            card_name=card_name or "",
            call_id=each.call_id,
            matter_id=each.matter_id,
            matter=title or each.matter_title,
            group=each.card_group,
            reason=each.reason,
            notes=each.notes,
            outcome=each.outcome,
            started_at=each.started_at,
            saved_at=each.saved_at,
        )
        for each, card_name, title in reversed(db.exec(wanted).all())
    ]


def changed(
    reason: str | None,
    notes: str | None,
    outcome: str | None,
    matter: str | None,
    matter_id: int | None,
    group: str | None,
) -> dict[str, Any]:
    """Return what was typed as it is kept, without what was not. Raises BadContact."""
    texts = {"reason": reason, "notes": notes, "outcome": outcome, "matter_title": matter}
    changes: dict[str, Any] = {
        name: TIDY[name](text) for name, text in texts.items() if text is not None
    }
    if matter_id is not None:
        changes["matter_id"] = matter_id or None
    if group is not None:
        changes["card_group"] = group
    return changes
