"""What an edit did to a card, so that it can be told and undone."""

from collections.abc import Mapping, Sequence
from typing import Any

Op = dict[str, Any]  # as JSON keeps it, in the part of the entry that may be erased


def was_set(part: str, part_id: int, field: str, before: Any, after: Any) -> Op:
    """Return that a field was changed."""
    return {
        "op": "set",
        "part": part,
        "id": part_id,
        "field": field,
        "before": before,
        "after": after,
    }


def was_added(part: str, part_id: int, values: Mapping[str, Any]) -> Op:
    """Return that a part was added."""
    return {"op": "add", "part": part, "id": part_id, "values": dict(values)}


def was_removed(part: str, part_id: int, values: Mapping[str, Any]) -> Op:
    """Return that a part was removed."""
    return {"op": "remove", "part": part, "id": part_id, "values": dict(values)}


def backwards(ops: Sequence[Op]) -> list[Op]:
    """Return what would take ``ops`` back, in the order in which to do it."""
    return [_inverse(op) for op in reversed(ops)]


def fields_of(ops: Sequence[Op]) -> list[str]:
    """Return what was touched, each once, without anything that speaks of a person."""
    names = [op["part"] if op["part"] else op["field"] for op in ops]
    return list(dict.fromkeys(names))


def _inverse(op: Op) -> Op:
    if op["op"] == "set":
        return {**op, "before": op["after"], "after": op["before"]}
    return {**op, "op": "remove" if op["op"] == "add" else "add"}
