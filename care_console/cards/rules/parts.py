"""What a card has several of, as fields that can be edited."""

from datetime import date
from typing import Any

from care_console.cards.rules.card import PARTS, Card
from care_console.cards.rules.draft import Value

Values = dict[str, Value]

SEVERAL = {  # part: the card's attribute
    "phone": "phones",
    "email": "emails",
    "address": "addresses",
    "membership": "memberships",
    "alert": "alerts",
}
NEEDED = {"phone": ("raw",), "email": ("address",), "alert": ("words",)}  # before it can be kept


def parts_of(card: Card, part: str) -> dict[int, Values]:
    """Return the card's parts of one kind, by id and in order, with values as JSON keeps them."""
    return {
        each.id: {field: _kept(getattr(each, field)) for field in PARTS[part]}
        for each in getattr(card, SEVERAL[part])
    }


def field_of(card: Card, field: str, part: str = "", part_id: int = 0) -> Value:
    """Return what stands in a field of the card or of a part. Raises KeyError if it is gone."""
    if part:
        return parts_of(card, part)[part_id][field]
    return card.kind.value if field == "kind" else card.fields[field]


def can_be_added(part: str, values: Values) -> bool:
    """Return whether enough was typed to keep a new part."""
    return all(values.get(field) for field in NEEDED.get(part, ())) and any(values.values())


def _kept(value: Any) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
