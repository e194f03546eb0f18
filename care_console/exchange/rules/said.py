"""What a row said, kept to be compared with what it says the next time."""

from dataclasses import fields
from typing import Any

from care_console.cards.rules import FIELDS, Change, NewCard

Said = dict[str, Any]

SEVERAL = ("phones", "emails", "addresses", "memberships")
PART_OF = {
    "phones": "phone",
    "emails": "email",
    "addresses": "address",
    "memberships": "membership",
}


def said_of(card: NewCard) -> Said:
    """Return all that a row says, as JSON keeps it; what it leaves out is not there."""
    said: Said = {name: text for name in FIELDS if (text := getattr(card, name))}
    for several in SEVERAL:
        parts = [_part(_values(each)) for each in getattr(card, several)]
        if parts:
            said[several] = parts
    return said


def changes(before: Said, now: Said, on_card: dict[str, str]) -> list[Change]:
    """Return the fields that the row says otherwise than it did.

    A field that the desk changed meanwhile stays as the desk has it, and so does one that the row
    no longer names: an address book that is thinned out takes nothing away here.
    """
    return [
        Change(name, on_card[name], now[name])
        for name in FIELDS
        if name in now
        and now[name] != before.get(name, "")
        and on_card[name] in (before.get(name, ""), "")
    ]


def more_parts(before: Said, now: Said) -> list[tuple[str, Said]]:
    """Return the parts that the row has and had not: the kind of part, and its values."""
    return [
        (PART_OF[several], part)
        for several in SEVERAL
        for part in now.get(several, ())
        if part not in before.get(several, ())
    ]


def _part(values: Said) -> Said:
    kept = {name: value for name, value in values.items() if value not in ("", None, False)}
    return {name: getattr(value, "isoformat", lambda v=value: v)() for name, value in kept.items()}


def _values(part: Any) -> dict[str, Any]:
    """Return the fields of a part; asdict would copy each value, at ten times the cost."""
    return {each.name: getattr(part, each.name) for each in fields(part)}
