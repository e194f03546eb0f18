"""What an entry changed, for whoever looks after the house: before and after, and as a table."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from care_console.base.words import N_, _
from care_console.journal.rules.entry import Entry, Line, Words

NOTHING = "–"
KNOWN_ELSEWHERE = {"ops", "card_id", "before", "after", "field"}  # told in another way
HEAD = (
    N_("When (UTC)"),
    N_("Who"),
    N_("What"),
    N_("In short"),
    N_("About"),
    N_("Changed"),
    N_("Before"),
    N_("After"),
    N_("Kind"),
    N_("Desk"),
    N_("Number"),
)
RECKONED = "=+-@\t\r\n＝＋－＠"  # with these a cell begins that a spreadsheet would reckon out


@dataclass(frozen=True, slots=True)
class Act:
    """One entry as the administrators see it: with its place in the chain, and all its cards."""

    entry: Entry
    origin: str
    number: int
    card_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that an entry tells: what it is, how it was before, and how it is since."""

    what: str
    before: str
    after: str


def told(entry: Entry) -> tuple[Told, ...]:
    """Return all that an entry tells, as far as it was not erased."""
    said = {**entry.facts, **entry.personal}
    first = [Told(*_op(op)) for op in said.get("ops", ())]
    if "before" in said or "after" in said:
        before, after = said.get("before"), said.get("after")
        first += _compared(str(said.get("field", "")), before, after)
    rest = [
        Told(_name(name), "", shown(value))
        for name, value in said.items()
        if name not in KNOWN_ELSEWHERE and value not in (None, "", [], {})
    ]
    return (*first, *rest)


def shown(value: Any) -> str:
    """Return a value of an entry as one reads it."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{_name(name)}: {shown(each)}" for name, each in value.items() if each)
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value)) or NOTHING
    return str(value)


def line(entry: Entry, words: Words) -> Line:
    """Return how an entry reads; one of a later version, or one that is damaged, says so."""
    try:
        return words[entry.kind](entry)
    except (KeyError, ValueError, TypeError, IndexError):
        return Line(entry.kind.replace("_", " "))


def table(acts: Iterable[Act], words: Words, names: Mapping[int, str]) -> str:
    """Return the acts as CSV (RFC 4180), of which no cell is a formula to any spreadsheet.

    A row for each thing that an act changed. ``names`` are those of the cards.
    """
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow([_(each) for each in HEAD])
    for act in acts:
        for row in _rows(act, line(act.entry, words), names):
            out.writerow([harmless(each) for each in row])
    return written.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that is text to a spreadsheet, whatever it begins with."""
    first = cell.lstrip(" \u00a0\u3000\ufeff")[:1]
    return f"'{cell}" if first and first in RECKONED else cell


def _rows(act: Act, said: Line, names: Mapping[int, str]) -> Iterator[Sequence[str]]:
    entry = act.entry
    who = names.get(entry.clerk_card_id or 0, "")
    about = ", ".join(names.get(each, str(each)) for each in act.card_ids)
    before = (entry.at.isoformat(" ", "seconds").removesuffix("+00:00"), who, said.title, said.sub)
    after = (entry.kind, act.origin, str(act.number))
    for each in told(entry) or (Told("", "", ""),):
        yield (*before, about, each.what, each.before, each.after, *after)


def _op(op: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what one change to a card was."""
    part = str(op.get("part", ""))
    if op.get("op") == "set":
        what = " ".join(_name(each) for each in (part, str(op.get("field", ""))) if each)
        return what, shown(op.get("before")), shown(op.get("after"))
    values = shown(op.get("values"))
    return (_name(part), NOTHING, values) if op.get("op") == "add" else (part, values, NOTHING)


def _compared(field: str, before: Any, after: Any) -> list[Told]:
    """Return each field that differs, where fields are told together."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return [
            Told(_name(name), shown(before.get(name)), shown(after.get(name)))
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        ]
    return [Told(_name(field), shown(before), shown(after))]


def _name(key: str) -> str:
    return str(key).replace("_", " ")
