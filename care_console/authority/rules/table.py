"""The limits laid out in rows and columns, what is to come, and what waits for a signature."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from care_console.authority.rules.catalogue import YEAR
from care_console.authority.rules.changes import Place, cell_of, holding, place_of, turning_days
from care_console.authority.rules.house import Colleague, House
from care_console.authority.rules.limits import ALL, OVER_ALL, Gauge, Limit, Scope, Terms
from care_console.authority.rules.views import (
    LimitCell,
    LimitChange,
    LimitColumn,
    LimitRow,
    LimitsTable,
)
from care_console.staff.rules import Role


@dataclass(frozen=True, slots=True)
class Coming:
    """That a limit becomes another by itself on a day."""

    day: date
    title: str
    column: str
    unit: str
    before: LimitCell
    after: LimitCell


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A limit that waits for a second person; until then ``before`` holds."""

    limit_id: int
    place: Place
    title: str
    column: str
    unit: str
    before: LimitCell
    after: LimitCell
    by_card_id: int | None
    by: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a clerk would see; ``now_minor`` is None where any amount may be given."""

    clerk_card_id: int  # 0: nobody has this role yet
    name: str
    now_minor: int | None
    gauges: tuple[Gauge, ...]


def table_of(
    rows: Sequence[Limit], house: House, day: date | None = None, stopped: str = ""
) -> LimitsTable:
    """Return the limits of a day; a cell is without an id where there is no row, and so nothing.

    What waits for a signature stands in a cell only where nothing else does.
    """
    day = day or house.day
    down, across = _rows(rows, house), _columns(rows, house)
    standing, cells = _by_place(rows), {}
    for y, row in enumerate(down):
        for x, column in enumerate(across):
            place = Place(
                row.scope, row.catalogue_id, column.role, column.clerk_card_id, row.department_id
            )
            here = standing.get(place, ())
            cells[y, x] = cell_of(holding(here, day) or _waiting(here, day))
    return LimitsTable(day, house.currency, house.ceiling_minor, down, across, cells, stopped)


def preview_of(rows: Sequence[Limit], clerk: Colleague, day: date, used_today: int) -> Preview:
    """Return what a clerk may give in a new case, after what they gave on that day."""
    terms = Terms.of(rows, clerk.giver, day)
    gauges = []
    for scope, used in ((Scope.RECOVERY, 0), (Scope.DAY, used_today)):
        limit = terms.over_all(scope) or Limit(scope)
        gauges.append(Gauge(scope, ALL, limit.most, used, 0, limit.unlimited))
    now = min((gauge.left for gauge in gauges if not gauge.unlimited), default=None)
    return Preview(clerk.giver.card_id, clerk.name, now, tuple(gauges))


def coming(rows: Sequence[Limit], house: House) -> list[Coming]:
    """Return which limits become others by themselves after the house's day, the next first."""
    found = []
    for place, here in _by_place(rows).items():
        days = turning_days(here, place, house.day)
        for day, next_day in zip(days, days[1:], strict=False):
            before, after = cell_of(holding(here, day)), cell_of(holding(here, next_day))
            if _said(before) != _said(after):
                found.append(_coming(place, house, next_day, before, after))
    return sorted(found, key=lambda each: each.day)


def copied(rows: Sequence[Limit], role_from: str, role_to: str, day: date) -> list[LimitChange]:
    """Return the changes that give one role the limits that another has on a day."""
    places = dict.fromkeys(
        place_of(each)._replace(role="")
        for each in rows
        if each.role in (role_from, role_to) and each.clerk_card_id is None
    )
    return list(_copied(rows, places, role_from, role_to, day))


def _by_place(rows: Iterable[Limit]) -> dict[Place, list[Limit]]:
    found: dict[Place, list[Limit]] = {}
    for each in rows:
        found.setdefault(place_of(each), []).append(each)
    return found


def _copied(
    rows: Sequence[Limit], places: Iterable[Place], role_from: str, role_to: str, day: date
) -> Iterator[LimitChange]:
    for place in places:
        theirs, own = (_at(rows, place._replace(role=role), day) for role in (role_from, role_to))
        change = _change_to(theirs, place._replace(role=role_to))
        if change != _change_to(own, place._replace(role=role_to)):
            yield change


def _at(rows: Iterable[Limit], place: Place, day: date) -> Limit | None:
    return holding((each for each in rows if place_of(each) == place), day)


def _change_to(limit: Limit | None, place: Place) -> LimitChange:
    if limit is None:
        return LimitChange(**place._asdict(), most=None)
    return LimitChange(
        **place._asdict(),
        most=limit.most,
        unlimited=limit.unlimited,
        since=limit.since,
        until=limit.until,
        days=limit.days,
        floor=limit.floor,
        training=limit.training,
    )


def _waiting(here: Iterable[Limit], day: date) -> Limit | None:
    waits = (each for each in here if not each.signed and (each.until is None or each.until > day))
    return max(waits, key=lambda each: each.id, default=None)


def _said(cell: LimitCell) -> tuple[int, bool, int, int]:
    return cell.most, cell.unlimited, cell.days, cell.floor


def _rows(rows: Sequence[Limit], house: House) -> tuple[LimitRow, ...]:
    there = {(each.scope, each.catalogue_id, each.department_id) for each in rows}
    in_all = [(scope, 0, None) for scope in OVER_ALL]
    months = [key for key in sorted(there, key=str) if key[2] is not None and not key[1]]
    each = [(Scope.REMEDY, one.id, None) for one in house.remedies.values() if one.active]
    used = {*in_all, *months, *each}
    more = sorted((key for key in there if key not in used), key=lambda key: (key[1], key[0]))
    days = {
        row.days or YEAR for row in rows if row.scope is Scope.CUSTOMER and not row.catalogue_id
    }
    alike = days.pop() if len(days) == 1 else YEAR
    return tuple(_row(key, house, alike) for key in (*in_all, *months, *each, *more))


def _row(key: tuple[Scope, int, int | None], house: House, days: int) -> LimitRow:
    scope, catalogue_id, department_id = key
    place = Place(scope, catalogue_id, department_id=department_id)
    remedy = house.remedies.get(catalogue_id)
    return LimitRow(
        scope=scope,
        catalogue_id=catalogue_id,
        title=house.row_title(place, days),
        unit=house.unit(place),
        why_wanted=remedy is not None and remedy.why_wanted,
        department_id=department_id,
    )


def _columns(rows: Sequence[Limit], house: House) -> tuple[LimitColumn, ...]:
    roles: list[tuple[str, int | None]] = [(role, None) for role in Role]
    clerks = dict.fromkeys(row.clerk_card_id for row in rows if row.clerk_card_id is not None)
    everybodys = any(not row.role and row.clerk_card_id is None for row in rows)
    whose = [*roles, *([("", None)] if everybodys else []), *(("", each) for each in clerks)]
    return tuple(_column(Place("", role=role, clerk_card_id=clerk), house) for role, clerk in whose)


def _column(place: Place, house: House) -> LimitColumn:
    role = "" if place.clerk_card_id is None else house.giver(place).role
    return LimitColumn(place.role, place.clerk_card_id, house.column_title(place), role)


def _coming(place: Place, house: House, day: date, before: LimitCell, after: LimitCell) -> Coming:
    days = before.days or after.days
    row, column = house.row_title(place, days), house.column_title(place)
    return Coming(day, row, column, house.unit(place), before, after)
