"""What limits become by changes: which rows go, which come, and what holds on a day then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from care_console.authority.rules.catalogue import YEAR
from care_console.authority.rules.limits import ALL, Giver, Limit, Scope, Terms
from care_console.authority.rules.views import LimitCell, LimitChange

FOREVER = date.max
NEW = 2**62  # ids of rows that are not kept yet: they were made last


class Place(NamedTuple):
    """Where a limit stands: one row and one column of the table."""

    scope: str
    catalogue_id: int = ALL
    role: str = ""
    clerk_card_id: int | None = None
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One change as it is carried out: a row comes, if any, and others go."""

    place: Place
    change: LimitChange
    before: Limit | None  # what held there
    comes: Limit | None
    goes: tuple[Limit, ...]  # as soon as what comes is signed


def place_of(each: Limit | LimitChange) -> Place:
    """Return where a limit stands, or is to stand."""
    return Place(
        str(each.scope), each.catalogue_id, each.role, each.clerk_card_id, each.department_id
    )


def steps(rows: Sequence[Limit], changes: Iterable[LimitChange], day: date) -> list[Step]:
    """Return how ``changes`` are carried out one after the other, in the limits of ``day``.

    A row goes only where the new one holds all the days that it would hold: what ends by itself
    lies on what stays, and that comes back.
    """
    found, now = [], list(rows)
    for number, change in enumerate(changes, 1):
        place = place_of(change)
        there = [row for row in now if place_of(row) == place]
        before = holding(there, day)
        comes = None if change.most is None else _comes(change, before, NEW + number)
        goes = tuple(row for row in there if comes is None or covers(comes, row, day))
        found.append(Step(place, change, before, comes, goes))
        now = [row for row in now if row not in goes] + ([comes] if comes else [])
    return found


def after(rows: Sequence[Limit], carried: Iterable[Step]) -> list[Limit]:
    """Return the limits after steps, as if all of them were signed."""
    now = list(rows)
    for step in carried:
        now = [row for row in now if row not in step.goes]
        now += [step.comes] if step.comes else []
    return now


def holding(rows: Iterable[Limit], day: date) -> Limit | None:
    """Return of rows of one place the one that holds on ``day``, trainings aside."""
    held = (row for row in rows if row.holds(day, (row.training,)))
    return max(held, key=lambda row: row.id, default=None)


def in_force(rows: Iterable[Limit], giver: Giver, place: Place, day: date) -> Limit | None:
    """Return what binds a giver in the row of ``place``, wherever it comes from."""
    terms = Terms.of(_in_row(rows, place), giver, day)
    if place.scope == Scope.REMEDY:
        return terms.own(place.catalogue_id)
    return terms.limits.get((Scope(place.scope), place.catalogue_id))


def raised(before: Limit | None, now: Limit | None, place: Place) -> bool:
    """Return whether more may be given than before.

    Without a row it is nothing, but for one remedy's share of a case, day, year or month: there
    it is no limit of its own.
    """
    if place.scope != Scope.REMEDY and place.catalogue_id != ALL:
        before, now = before or _free(place), now or _free(place)
    if now is None or (before is not None and before.unlimited):
        return False
    if before is None:
        return now.unlimited or now.most > 0 or now.floor > 0
    shorter = place.scope == Scope.CUSTOMER and (now.days or YEAR) < (before.days or YEAR)
    higher = now.most > before.most or now.floor > before.floor
    return now.unlimited or higher or shorter


def raised_for(
    rows: Sequence[Limit], later: Sequence[Limit], giver: Giver, place: Place, day: date
) -> bool:
    """Return whether on any day from ``day`` on a giver may give more than before.

    Which trainings they have then is not known: it is asked with all of them, and with none.
    """
    trained = replace(giver, trainings=tuple({row.training for row in (*rows, *later)}))
    return any(
        raised(in_force(rows, each, place, at), in_force(later, each, place, at), place)
        for at in turning_days((*rows, *later), place, day)
        for each in (giver, trained)
    )


def turning_days(rows: Iterable[Limit], place: Place, day: date) -> list[date]:
    """Return ``day`` and the later ones on which a limit of this row begins or ends."""
    days = {at for row in _in_row(rows, place) for at in (row.since, row.until) if at is not None}
    return sorted({day, *(at for at in days if at > day)})


def a_year(limit: Limit) -> int:
    """Return what a customer's limit comes to in a year, in minor units."""
    return -(-limit.most * YEAR // max(1, limit.days or YEAR))


def is_idle(step: Step) -> bool:
    """Return whether a step would leave the limits as they are."""
    if step.comes is None:
        return not step.goes
    alike = replace(cell_of(step.comes), id=0) == replace(cell_of(step.before), id=0)
    return alike and step.before is not None and all(row == step.before for row in step.goes)


def cell_of(limit: Limit | None) -> LimitCell:
    """Return a limit as a cell shows it; nothing is a cell with no id."""
    if limit is None:
        return LimitCell()
    return LimitCell(
        id=limit.id,
        most=limit.most,
        unlimited=limit.unlimited,
        since=limit.since,
        until=limit.until,
        signed=limit.signed,
        training=limit.training,
        days=limit.days,
        floor=limit.floor,
    )


def covers(new: Limit, old: Limit, day: date) -> bool:
    """Return whether ``new`` holds on every day from ``day`` on that ``old`` would hold."""
    begun = new.since is None or new.since <= max(day, old.since or day)
    lasts = new.until is None or (old.until or FOREVER) <= new.until
    over = old.until is not None and old.until <= day
    return over or (begun and lasts)


def _comes(change: LimitChange, before: Limit | None, id: int) -> Limit:
    days = change.days
    if change.scope == Scope.CUSTOMER and not days:
        days = before.days if before is not None and before.days else YEAR
    return Limit(
        scope=Scope(change.scope),
        catalogue_id=change.catalogue_id,
        role=change.role,
        clerk_card_id=change.clerk_card_id,
        department_id=change.department_id,
        most=change.most or 0,
        unlimited=change.unlimited,
        days=days,
        floor=change.floor,
        since=change.since,
        until=change.until,
        training=change.training,
        id=id,
    )


def _in_row(rows: Iterable[Limit], place: Place) -> list[Limit]:
    """Return the limits of a row, and for one remedy those of any."""
    remedies = (place.catalogue_id, ALL) if place.scope == Scope.REMEDY else (place.catalogue_id,)
    return [row for row in rows if row.scope == place.scope and row.catalogue_id in remedies]


def _free(place: Place) -> Limit:
    return Limit(Scope(place.scope), place.catalogue_id, unlimited=True)
