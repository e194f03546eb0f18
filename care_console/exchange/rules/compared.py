"""A card and a row that most likely speaks of the same person, side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

from care_console.cards.rules import FIELDS, Card
from care_console.cards.rules.words import field_words, group_words

SEVERAL = {
    "phones": "phone",
    "emails": "email",
    "addresses": "address",
    "memberships": "membership",
}


def compared(card: Card, said: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what each thing is called, how the card has it, and how the row has it.

    ``said`` is what ``said_of`` returned. What neither of them has is left out.
    """
    rows = [(field_words(field), card.fields[field], str(said.get(field, ""))) for field in FIELDS]
    ours = {
        "phones": [each.raw for each in card.phones],
        "emails": [each.address for each in card.emails],
        "addresses": [each.line for each in card.addresses],
        "memberships": [group_words(each.group) for each in card.memberships],
    }
    rows += [
        (field_words(part), ", ".join(ours[several]), ", ".join(_theirs(several, said)))
        for several, part in SEVERAL.items()
    ]
    return [row for row in rows if row[1] or row[2]]


def _theirs(several: str, said: Mapping[str, Any]) -> Sequence[str]:
    return [_words(several, each) for each in said.get(several, ())]


def _words(several: str, part: Mapping[str, Any]) -> str:
    if several == "memberships":
        return group_words(part["group"])
    if several == "addresses":
        return ", ".join(str(part[name]) for name in ("street", "town", "postcode") if name in part)
    return str(part.get("raw", part.get("address", "")))
