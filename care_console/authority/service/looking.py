"""What the limits are asked with: fixed statements, for the panel and for units alike."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from care_console.authority.rules.limits import ALL, NOBODY, Giver, Limit, Scope, Terms, Used
from care_console.authority.rules.views import COUNTS
from care_console.cards.rules import RelationKind
from care_console.store import kept_moment

Rows = Sequence[tuple[Any, ...]]
_NAME = re.compile(r"(?<!:):([a-z_]+)")
YEAR = 365  # days, where a customer's limit names none

HOUSEHOLD = f"""
    WITH RECURSIVE household(id) AS (
        SELECT CAST(:card AS BIGINT)
        UNION
        SELECT CASE WHEN near.first_id = household.id THEN near.second_id ELSE near.first_id END
        FROM household CROSS JOIN card_relation AS near
        WHERE (near.first_id = household.id OR near.second_id = household.id)
            AND near.kind || '' = '{RelationKind.HOUSEHOLD_OF.value}'
            AND (near.since IS NULL OR near.since <= :today)
            AND (near.until IS NULL OR near.until > :today)
    )
"""
"""The cards that are one customer. CROSS JOIN and the empty word keep SQLite to the indexes."""

MEMBERS = HOUSEHOLD + "SELECT id FROM household ORDER BY id LIMIT 100"

COLUMNS = (
    *("id", "scope", "catalogue_id", "role", "clerk_card_id", "department_id", "most"),
    *("unlimited", "days", "floor", "since", "until", "training", "signed"),
)
LIMITS = f"""
    SELECT {", ".join(COLUMNS)}
    FROM authority_limit
    WHERE replaced_at IS NULL AND role IN ('', :role)
        AND (clerk_card_id IS NULL OR clerk_card_id = :clerk)
"""
SPENT = """
    SELECT scope, catalogue_id, used FROM authority_spent
    WHERE scope = 'recovery' AND subject_id = :recovery AND period = ''
        OR scope = 'day' AND subject_id = :clerk AND period = :day
        OR scope = 'month' AND subject_id = :department AND period = :month
"""
_GOT = """
    FROM household CROSS JOIN remedy
    WHERE remedy.card_id = household.id AND remedy.offered_at > :since AND NOT remedy.entitled
"""
_STATES = ", ".join(f"'{state.value}'" for state in COUNTS)
_KEPT = f"AND remedy.state IN ({_STATES})"
_STANDING = f"{_KEPT} AND (remedy.state <> 'offered' OR remedy.lapses_at > :now)"
_SUMS = "coalesce(sum(remedy.amount_minor), 0), coalesce(sum(remedy.pieces), 0)"
_EACH = f"{HOUSEHOLD} SELECT remedy.catalogue_id, {_SUMS} {_GOT}"
_IN_ALL = f"{HOUSEHOLD} SELECT {ALL}, {_SUMS} {_GOT}"
GOT = f"{_EACH} {_STANDING} GROUP BY remedy.catalogue_id"
GOT_IN_ALL = f"{_IN_ALL} {_STANDING}"
HELD, HELD_IN_ALL = f"{_EACH} {_KEPT} GROUP BY remedy.catalogue_id", f"{_IN_ALL} {_KEPT}"
"""As GOT, with the offers that lapsed and that nobody has let go of: the desk at which one was
made may be giving it just now, or its clock may be behind."""
LAPSED = """
    SELECT taken FROM remedy WHERE state = 'offered' AND lapses_at <= :now LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Which counters belong to one clerk, customer and moment."""

    giver: Giver
    card_id: int
    recovery_id: int | None
    at: datetime
    day: date  # at the desk

    @property
    def values(self) -> dict[str, object]:
        """What the statements take."""
        return {
            "card": self.card_id,
            "clerk": self.giver.card_id,
            "role": self.giver.role,
            "department": self.department,
            "recovery": self.recovery_id or 0,
            "day": self.day.isoformat(),
            "today": self.day.isoformat(),
            "month": self.month,
            "now": kept_moment(self.at),
        }

    @property
    def counters(self) -> set[tuple[str, int, str]]:
        """Scope, subject and period of the counters that belong to it."""
        found = {
            (Scope.DAY.value, self.giver.card_id, self.day.isoformat()),
            (Scope.MONTH.value, self.department, self.month),
        }
        if self.recovery_id is not None:
            found.add((Scope.RECOVERY.value, self.recovery_id, ""))
        return found

    @property
    def department(self) -> int:
        """The department whose month it is, or NOBODY's."""
        return self.giver.department_id or NOBODY

    @property
    def month(self) -> str:
        """The month at the desk, as the counter names it."""
        return self.day.isoformat()[:7]

    def since(self, days: int) -> datetime:
        """Return from when on a customer's remedies count."""
        return self.at - timedelta(days=days or YEAR)


def named(sql: str, values: Mapping[str, object]) -> dict[str, object]:
    """Return of ``values`` those that ``sql`` names."""
    return {name: values[name] for name in _names(sql) if name in values}


@cache
def _names(sql: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_NAME.findall(sql)))


def terms_of(rows: Rows, place: Place) -> Terms:
    """Return which of the limits that LIMITS found are in force."""
    return _terms(tuple(rows), place.giver, place.day)


@lru_cache(16)  # for one clerk they are nearly always what they were a moment ago
def _terms(rows: tuple[tuple[Any, ...], ...], giver: Giver, day: date) -> Terms:
    limits = (_limit(**dict(zip(COLUMNS, row, strict=True))) for row in rows)
    return Terms.of(limits, giver, day)


def got_for(spans: Iterable[tuple[int, int]]) -> dict[int, str]:
    """Return by which statement to ask what a customer got, by the days that it looks back.

    ``spans`` are those of remedies, or ALL. What each remedy comes to takes three times as long
    to find as what all of them do.
    """
    found: dict[int, str] = {}
    for catalogue_id, days in spans:
        found[days] = GOT if catalogue_id != ALL else found.get(days, GOT_IN_ALL)
    return found


def spans(terms: Terms) -> list[tuple[int, int]]:
    """Return for each remedy, or ALL, that has a limit for a customer, over how many days."""
    return [
        (limit.catalogue_id, limit.days)
        for (scope, _), limit in terms.limits.items()
        if scope is Scope.CUSTOMER
    ]


def used_of(
    place: Place,
    spent: Rows,
    lapsed: Rows,
    got: Mapping[int, Rows],
    wanted: Iterable[tuple[int, int]],
    counted: Collection[int],
) -> Used:
    """Return what is used: ``got`` is what the customer got, by the days that it looks back.

    ``counted`` are the remedies that count in pieces. Offers that lapsed and that nobody has let
    go of since do not count.
    """
    used: dict[tuple[Scope, int], int] = {}
    for scope, catalogue_id, amount in spent:
        used[(Scope(scope), catalogue_id)] = int(amount)
    for (taken,) in lapsed:
        for scope, subject, catalogue_id, period, amount in as_json(taken) or ():
            if (scope, subject, period) in place.counters:
                used[(Scope(scope), catalogue_id)] -= amount
    for catalogue_id, days in wanted:
        total = 0
        for one, minor, pieces in got[days]:
            if catalogue_id in (ALL, one):
                total += int(pieces if catalogue_id in counted else minor)
        used[(Scope.CUSTOMER, catalogue_id)] = total
    return used


def as_json(kept: Any) -> Any:
    """Return what a JSON column holds: a file gives it as text."""
    return json.loads(kept) if isinstance(kept, str) else kept


def _limit(scope: str, catalogue_id: int | None, **values: Any) -> Limit:
    for day in ("since", "until"):
        values[day] = _day(values[day])
    for flag in ("unlimited", "signed"):
        values[flag] = bool(values[flag])
    return Limit(scope=Scope(scope), catalogue_id=catalogue_id or ALL, **values)


def _day(kept: str | date | None) -> date | None:
    return date.fromisoformat(kept) if isinstance(kept, str) else kept
