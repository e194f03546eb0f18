"""What both of two cards have several of: the same number twice becomes one, all else stays."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, update

from care_console.base.fold import fold
from care_console.cards.service.merging_rows import Moved, Row, drop, encoded, place_of, rows_of

Altered = tuple[str, int, Row, Row]  # table, id, and the columns before and after

SAME = {  # by which columns two parts are one
    "card_phone": ("e164", "extension"),
    "card_email": ("address_key",),
    "card_address": ("street", "town", "postcode"),
    "card_membership": ("card_group", "account_key"),
}
RAW = {"card_phone": ("raw",)}  # of what could not be understood


def fold_parts(db: Session, moved: Moved, from_id: int, to_id: int) -> list[Altered]:
    """Drop the parts that both cards have; what only the dropped one says, the other says then.

    Return what was altered on the card that stays.
    """
    altered: list[Altered] = []
    for name in SAME:
        place, there = place_of(name), _own(db, name, to_id)
        gone = []
        for row in _own(db, name, from_id):
            same = next((each for each in there if _are_same(name, row, each)), None)
            if same is not None and (filled := _filled(same, row)) is not None:
                gone.append(row)
                if filled:
                    before = {column: same[column] for column in filled}
                    altered.append((name, same["id"], encoded(before), encoded(filled)))
                    same.update(filled)
                    kept = place.record.id == same["id"]
                    db.exec(update(place.record).where(kept).values(filled))
        drop(db, moved, place, gone)
    return altered


def _own(db: Session, name: str, card_id: int) -> list[Row]:
    return [row for row in rows_of(db, name, card_id) if row["card_id"] == card_id]


def _are_same(name: str, one: Row, other: Row) -> bool:
    """Return whether two parts are one; two with nothing to compare are not."""
    columns = SAME[name]
    if name == "card_phone" and not one["e164"] and not one["extension"]:
        columns = RAW[name]
    if name == "card_membership" and not one["account_key"]:
        columns = ("card_group",)
    if not any(one[column] for column in columns):
        return False
    return all(_folded(one[column]) == _folded(other[column]) for column in columns)


def _filled(kept: Row, gone: Row) -> Row | None:
    """Return what ``kept`` gets of ``gone``, or None where they say different things."""
    filled: dict[str, Any] = {}
    for column, value in gone.items():
        if column in ("id", "card_id") or value in (None, "", False) or value == kept[column]:
            continue
        if kept[column] in (None, "", False):
            filled[column] = value
        elif column == "since":
            filled[column] = min(value, kept[column])
        elif column not in ("raw", "address", "street", "town", "postcode", "label"):
            return None
    return filled if _ends_alike(kept, gone) else None


def _ends_alike(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> bool:
    """A group that ended and one that holds are two stories."""
    return kept.get("until") == gone.get("until")


def _folded(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
