"""Changes of the limits as the journal has them, and as they are read again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from care_console.authority.rules.changes import Place, Step, cell_of, place_of
from care_console.authority.rules.house import House
from care_console.authority.rules.limits import Limit
from care_console.authority.rules.table import Unsigned
from care_console.authority.rules.views import LimitCell, LimitChanged
from care_console.base.words import _
from care_console.journal.rules import Act

CHANGED, SIGNED, DECLINED = "limits_changed", "limit_signed", "limit_declined"
KINDS = (CHANGED, SIGNED)

Facts = dict[str, Any]


def facts_of(place: Place, unit: str, before: Limit | None, after: Limit | None) -> Facts:
    """Return one change as the journal keeps it; nothing is None."""
    return {
        **place._asdict(),
        "unit": unit,
        "before": _cell_facts(before),
        "after": _cell_facts(after),
    }


def step_facts(step: Step, house: House, limit_id: int | None, *, signed: bool) -> Facts:
    """Return one step as the journal keeps it."""
    facts = facts_of(step.place, house.unit(step.place), step.before, step.comes)
    return {**facts, "limit_id": limit_id, "signed": signed}


def changed_of(act: Act, house: House) -> Iterator[LimitChanged]:
    """Yield the changes that one act made, as the page shows them."""
    entry = act.entry
    why = str(entry.personal.get("why", ""))
    if entry.kind == SIGNED:
        many, why = [entry.facts], _("Signed: it holds from then on.")
    else:
        many = list(entry.facts.get("changes", ()))
    for facts in many:
        place = place_in(facts)
        before = _cell(facts["before"], facts)
        after = _cell(facts["after"], facts, signed=bool(facts.get("signed", True)))
        yield LimitChanged(
            at=entry.at,
            by=house.name(entry.clerk_card_id),
            title=house.row_title(place, after.days or before.days),
            column=house.column_title(place),
            before=before,
            after=after,
            unit=str(facts["unit"]),
            why=why,
        )


def concerns(facts: Mapping[str, Any], role: str, card_id: int) -> bool:
    """Return whether a change is one of this clerk's limits."""
    if facts["clerk_card_id"] is not None:
        return bool(facts["clerk_card_id"] == card_id)
    return facts["role"] in ("", role)


def changes_in(act: Act) -> Sequence[Mapping[str, Any]]:
    """Return the changes of one act, as they are kept."""
    return [act.entry.facts] if act.entry.kind == SIGNED else act.entry.facts.get("changes", ())


def unsigned_of(
    limit: Limit, before: Limit | None, acts: Sequence[Act], house: House, by: int | None
) -> Unsigned:
    """Return a limit that waits, with what the journal says of it."""
    place = place_of(limit)
    made = next((act.entry for act in acts if _made(act, limit.id)), None)
    return Unsigned(
        limit_id=limit.id,
        place=place,
        title=house.row_title(place, limit.days),
        column=house.column_title(place),
        unit=house.unit(place),
        before=cell_of(before),
        after=cell_of(limit),
        by_card_id=by,
        by=house.name(by),
        at=made.at if made is not None else None,
        why=str(made.personal.get("why", "")) if made is not None else "",
    )


def place_in(facts: Mapping[str, Any]) -> Place:
    """Return where a change was made."""
    return Place(**{name: facts.get(name) for name in Place._fields})  # type: ignore[arg-type]


def _made(act: Act, limit_id: int) -> bool:
    return any(each.get("limit_id") == limit_id for each in act.entry.facts.get("changes", ()))


def _cell_facts(limit: Limit | None) -> Facts | None:
    if limit is None:
        return None
    return {
        "most": limit.most,
        "unlimited": limit.unlimited,
        "since": limit.since.isoformat() if limit.since is not None else None,
        "until": limit.until.isoformat() if limit.until is not None else None,
        "training": limit.training,
        "days": limit.days,
        "floor": limit.floor,
    }


def _cell(
    kept: Mapping[str, Any] | None, facts: Mapping[str, Any], signed: bool = True
) -> LimitCell:
    if kept is None:
        return LimitCell(signed=signed)
    return LimitCell(
        id=int(facts.get("limit_id") or 0),
        most=int(kept["most"]),
        unlimited=bool(kept["unlimited"]),
        since=_day(kept["since"]),
        until=_day(kept["until"]),
        signed=signed,
        training=str(kept["training"]),
        days=int(kept["days"]),
        floor=int(kept["floor"]),
    )


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None
