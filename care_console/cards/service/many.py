"""Starting many cards in one go, as an import does."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields
from types import SimpleNamespace
from typing import Any

from sqlmodel import Session, SQLModel, insert

from care_console.base.fold import fold
from care_console.base.names import clean
from care_console.base.phone import Plan, read
from care_console.cards.records import CardRecord
from care_console.cards.rules import FIELDS, NewCard
from care_console.cards.service.add import Cards, shown_name
from care_console.cards.service.parts import TABLES, column, tidy

Row = dict[str, Any]


def put_many(db: Session, cards: Cards, news: Sequence[NewCard]) -> list[int]:
    """Start a card for each of ``news``, all of which name somebody; return their ids in order.

    The same as ``Cards.put`` for each, at a tenth of its time.
    """
    if not news:
        return []
    at, plan = cards.clock(), cards.plan()
    rows = [_card(new) | {"created_at": at} for new in news]
    made = insert(CardRecord).returning(CardRecord.id, sort_by_parameter_order=True)  # type: ignore[call-overload]
    ids = list(db.execute(made, rows).scalars())
    parts: dict[type[SQLModel], list[Row]] = defaultdict(list)
    for card_id, new in zip(ids, news, strict=True):
        for part, values in _parts(new):
            parts[TABLES[part]].append(_part(part, values, card_id, plan))
    for table, some in parts.items():
        db.execute(insert(table), some)
    cards.index.index(db, ids)
    return ids


def names_somebody(new: NewCard) -> bool:
    """Return whether there is anything by which a card could be shown."""
    names = (new.given, new.family, new.preferred, new.company, new.prefix, new.suffix)
    ways = (*(each.raw for each in new.phones), *(each.address for each in new.emails))
    return any(clean(each) for each in (*names, *ways))


def _card(new: NewCard) -> Row:
    row: Row = {field: tidy(field, getattr(new, field)) for field in FIELDS}
    row |= {"kind": new.kind.value, "uid": new.uid}
    row |= {"sort_key": ""}
    row["name"] = shown_name(SimpleNamespace(name="", **row), new)
    return row


def _parts(new: NewCard) -> list[tuple[str, Row]]:
    several: list[tuple[str, Sequence[Any]]] = [
        ("phone", [each for each in new.phones if each.raw.strip()]),
        ("email", [each for each in new.emails if each.address.strip()]),
        ("address", new.addresses),
        ("membership", new.memberships),
        ("alert", [each for each in new.alerts if each.words.strip()]),
    ]
    return [(part, _values(each)) for part, all_of_them in several for each in all_of_them]


def _part(part: str, values: Row, card_id: int, plan: Plan) -> Row:
    row = {column(part, field): tidy(field, value) for field, value in values.items()}
    row["card_id"] = card_id
    if part == "phone":
        number = read(row["raw"], plan)
        row["e164"] = number.e164
        row["extension"] = number.extension or number.internal
    elif part == "email":
        row["address_key"] = row["address"].casefold()
    elif part == "membership":
        row["account_key"] = "".join(fold(row["account_number"]).split())
    return row


def _values(part: Any) -> dict[str, Any]:
    """Return the fields of a part; asdict would copy each value, at ten times the cost."""
    return {each.name: getattr(part, each.name) for each in fields(part)}
