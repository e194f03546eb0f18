"""Cards in whose place others stand: wherever one is asked for, its survivor answers."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select, text

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.cards.records import CardRecord, ReplacedRecord
from care_console.store import ask

LED = """
    WITH RECURSIVE led(id) AS (
        SELECT CAST(:card_id AS BIGINT)
        UNION
        SELECT gone.by_card_id FROM led CROSS JOIN card_replaced AS gone
        WHERE gone.card_id = led.id
    )
    SELECT id FROM led
    WHERE NOT EXISTS (SELECT 1 FROM card_replaced AS gone WHERE gone.card_id = led.id)
"""
"""Where a card leads, however often it was merged on; a circle, which cannot be, leads nowhere."""

IS_REPLACED = "SELECT 1 FROM card_replaced WHERE card_id = :card_id"


class NoCard(CareError):
    """There is no card of this id, or nobody to make one of."""


class Replaced(NoCard):
    """The card was merged into another one, on which the work goes on."""


def led(db: Session, card_id: int) -> int:
    """Return the card that stands in the place of ``card_id``, or itself."""
    found = db.execute(text(LED), {"card_id": card_id}).first()
    return card_id if found is None else int(found[0])


def refuse_replaced(db: Session, card_id: int) -> None:
    """Raise Replaced if another card stands in the place of this one."""
    db.flush()
    if ask(db, IS_REPLACED, {"card_id": card_id}):
        name = db.exec(select(CardRecord.name).where(CardRecord.id == led(db, card_id))).first()
        raise Replaced(N_("This card is part of {name}’s now. Open that one."), name=name or "…")


def former_names(db: Session, card_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return how those were called that were merged into each of these cards, and into those."""
    found: dict[int, list[str]] = {}
    at = {card_id: card_id for card_id in card_ids}
    seen = set(at)
    card: Any = CardRecord
    while at:
        merged = (
            select(card, ReplacedRecord.by_card_id)
            .join(ReplacedRecord, card.id == ReplacedRecord.card_id)
            .where(col(ReplacedRecord.by_card_id).in_(list(at)))
        )
        nearer = {}
        for gone, by in db.exec(merged).all():
            if gone.id not in seen:
                seen.add(gone.id)
                nearer[gone.id] = at[by]
                name = " ".join(each for each in (gone.given, gone.family) if each)
                found.setdefault(at[by], []).append(name or gone.company)
        at = nearer
    return found
