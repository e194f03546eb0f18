"""What is used of the limits: one statement adds to it and checks that it still fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from care_console.authority.records import RemedyRecord
from care_console.authority.rules.limits import ALL, Scope
from care_console.authority.rules.views import State
from care_console.authority.service.looking import HELD, HELD_IN_ALL, MEMBERS, YEAR
from care_console.store import ask, kept_moment

MOST_SWEPT = 100  # offers that lapsed, in one unit
NO_END = 2**62
Key = tuple[str, int, int, str]  # scope; recovery, clerk, household or department; remedy; period

ADD = """
    INSERT INTO authority_spent (scope, subject_id, catalogue_id, period, used)
    SELECT CAST(:scope AS VARCHAR), CAST(:subject AS BIGINT), CAST(:remedy AS BIGINT),
        CAST(:period AS VARCHAR), CAST(:amount AS BIGINT)
    WHERE CAST(:amount AS BIGINT) <= CAST(:most AS BIGINT)
    ON CONFLICT (scope, subject_id, catalogue_id, period) DO UPDATE
    SET used = authority_spent.used + excluded.used
    WHERE authority_spent.used + excluded.used <= CAST(:most AS BIGINT)
    RETURNING used
"""
"""Read, checked and added to in one statement, so that nobody can come in between."""


@dataclass(frozen=True, slots=True)
class Take:
    """So much of one limit; ``most`` is None where nothing limits it.

    A ``floor`` is left to each remedy even where the limit is spent. Of a customer all remedies
    are added up anew each time, by the values that HELD takes: ``sweep`` before.
    """

    key: Key
    amount: int
    most: int | None
    floor: int = 0
    counted: bool = False  # in pieces
    days: int = 0  # over which a customer's are added up
    customer: Mapping[str, object] | None = None


def take(
    db: Session, takes: Sequence[Take], back: Mapping[Key, int], members: Iterable[int] = ()
) -> list[Key]:
    """Add ``takes`` to the counters and give ``back`` others; return those that do not fit.

    If there are any, the unit has to be undone. Counters are always changed in one order, so that
    two desks never wait for one another in a circle. Those of all ``members`` of a household are
    held: another desk may have counted under another of them before they became one.
    """
    wanted = {each.key: each for each in (*map(_held, members), *takes)}
    beyond = []
    for key in sorted({*wanted, *back}):
        each = wanted.get(key)
        if each is None:
            add(db, key, -back[key])
        elif not _take(db, each, each.amount - back.get(key, 0)):
            beyond.append(key)
    return beyond + [each.key for each in takes if not _is_left(db, each)]


def taken_of(record: RemedyRecord) -> dict[Key, int]:
    """Return what a remedy holds of the counters."""
    return held_by(record.taken)


def held_by(taken: Sequence[Any] | None) -> dict[Key, int]:
    """Return what a remedy holds, from what is kept of it."""
    found: dict[Key, int] = {}
    for scope, subject, catalogue_id, period, amount in taken or ():
        found[(scope, subject, catalogue_id, period)] = amount
    return found


def give_back(db: Session, record: RemedyRecord) -> None:
    """Let a remedy that no longer counts hold nothing; its state is to be changed before."""
    take(db, (), taken_of(record))


def kept_limits(takes: Sequence[Take]) -> list[list[object]]:
    """Return what the limits were when a remedy was offered, for ``count_again``."""
    return [[*each.key, each.most, each.floor, each.counted, each.days] for each in takes]


def count_again(db: Session, record: RemedyRecord, now: datetime) -> list[Key]:
    """Let a remedy that failed count once more, within the limits of when it was offered.

    Return what does not fit, since something else was given instead; then the unit has to be
    undone. Its state is to be changed after this.
    """
    today = now.astimezone().date().isoformat()
    here: dict[str, object] = {"card": record.card_id, "now": kept_moment(now), "today": today}
    taken, takes = taken_of(record), []
    for scope, subject, catalogue_id, period, most, floor, counted, days in record.limits or ():
        key = (scope, subject, catalogue_id, period)
        customer = {**here, "since": kept_moment(now - timedelta(days=days or YEAR))}
        takes.append(Take(key, taken[key], most, floor, counted, days, customer))
    members = [row[0] for row in ask(db, MEMBERS, here)] if takes else []
    return take(db, takes, sweep(db, now), members)


def sweep(db: Session, now: datetime) -> dict[Key, int]:
    """Let go of the offers that lapsed till ``now``, and return what they held."""
    lapsed = (
        select(RemedyRecord)
        .where(RemedyRecord.state == State.OFFERED, col(RemedyRecord.lapses_at) <= now)
        .order_by(col(RemedyRecord.id))
        .limit(MOST_SWEPT)
        .with_for_update(skip_locked=True)  # another desk may be at it
    )
    back: dict[Key, int] = {}
    for record in db.exec(lapsed).all():
        record.state, record.settled_at = State.LAPSED, now
        for key, amount in taken_of(record).items():
            back[key] = back.get(key, 0) + amount
    db.flush()
    return back


def add(db: Session, key: Key, amount: int, most: int = NO_END) -> bool:
    """Add to one counter if it stays within ``most``; return whether it did."""
    scope, subject, catalogue_id, period = key
    values: dict[str, object] = {
        "scope": scope,
        "subject": subject,
        "remedy": catalogue_id,
        "period": period,
        "amount": amount,
        "most": most,
    }
    return bool(ask(db, ADD, values))


def _held(member: int) -> Take:
    return Take((Scope.CUSTOMER.value, member, ALL, ""), 0, None)


def _take(db: Session, each: Take, amount: int) -> bool:
    """Add to a counter, and so hold it against all desks until the unit ends."""
    free = each.most is None or amount <= 0 or each.amount <= each.floor
    free = free or each.key[0] == Scope.CUSTOMER
    return add(db, each.key, amount, NO_END if free or each.most is None else each.most)


def _is_left(db: Session, each: Take) -> bool:
    """Return whether a customer has so much left; all counters of the household are held before."""
    if each.key[0] != Scope.CUSTOMER or each.most is None:
        return True
    return _got(db, each) + each.amount <= each.most


def _got(db: Session, each: Take) -> int:
    """Return what the household got from all desks in the days that count.

    Days pass out of the period by themselves, so no sum that is kept could say it.
    """
    sql = HELD_IN_ALL if each.key[2] == ALL else HELD
    rows = ask(db, sql, each.customer or {})
    mine = [row for row in rows if each.key[2] in (ALL, row[0])]
    return sum(int(pieces if each.counted else minor) for _, minor, pieces in mine)
