"""Who is surely there already: the narrow rule, for what nobody looks at one by one."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlmodel import Session, col, select

from care_console.base.fold import fold
from care_console.base.phone import Plan, read
from care_console.cards.records import CardRecord, EmailRecord, PhoneRecord
from care_console.cards.rules import NewCard

Narrow = Callable[[Session, Sequence[NewCard], Plan], list[int | None]]
"""Returns for each of the new cards the card that it speaks of, or None."""


def narrow(db: Session, news: Sequence[NewCard], plan: Plan) -> list[int | None]:
    """Find those that have the same name, and a number or an e-mail address in common.

    Asked once for all rows of a unit.
    """
    ways = [_ways(new, plan) for new in news]
    wanted = {way for each in ways for way in each}
    having: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for table, way in ((PhoneRecord, PhoneRecord.e164), (EmailRecord, EmailRecord.address_key)):
        found = (
            select(way, CardRecord.id, CardRecord.given, CardRecord.family)
            .join(CardRecord, col(CardRecord.id) == col(table.card_id))
            .where(col(way).in_(wanted))
        )
        for key, card_id, given, family in db.exec(found):
            having[key or ""].append((card_id, fold(f"{given} {family}")))
    return [_same(new, each, having) for new, each in zip(news, ways, strict=True)]


def _same(
    new: NewCard, ways: Sequence[str], having: defaultdict[str, list[tuple[int, str]]]
) -> int | None:
    name = fold(f"{new.given} {new.family}")
    same = [card_id for way in ways for card_id, called in having[way] if name and called == name]
    return min(same, default=None)


def _ways(new: NewCard, plan: Plan) -> list[str]:
    numbers = (read(each.raw, plan).e164 for each in new.phones)
    return [*(e164 for e164 in numbers if e164), *(each.address.casefold() for each in new.emails)]
