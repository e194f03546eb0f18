"""All of *What you can do now*, looked up within the frame in which the card is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from care_console.authority.rules.asking import TOLD, standing
from care_console.authority.rules.limits import (
    ALL,
    MONEY,
    OFFER_S,
    OVER_ALL,
    WITHDRAW_S,
    Gauge,
    Giver,
    Scope,
    Terms,
    Used,
    Verdict,
    Wish,
    decide,
)
from care_console.authority.rules.views import (
    COUNTS,
    Asked,
    Earlier,
    Given,
    Offer,
    Offered,
    Panel,
    State,
)
from care_console.authority.service.looking import (
    HOUSEHOLD,
    LAPSED,
    LIMITS,
    SPENT,
    Place,
    Rows,
    got_for,
    named,
    spans,
    terms_of,
    used_of,
)
from care_console.authority.service.nearness import NEAR, nearness
from care_console.base.command import Clerk
from care_console.base.words import _
from care_console.settings.options import Company
from care_console.staff.rules import MAY, Permission, Role
from care_console.store import Store, kept_moment, moment

MOST_EARLIER = 5
ANSWER_S = 1_800  # by when an answer can be promised, where none was measured
PATIENCE = 2  # times the usual wait for an answer

CATALOGUE = """
    SELECT kind.id, kind.kind, kind.name, kind.card_group, kind.unit, kind.usual,
        kind.piece_minor, kind.entitlement, kind.why_wanted, department.name, kind.done_within_s
    FROM remedy_catalogue AS kind
        LEFT JOIN department ON department.id = kind.doer_department_id
    WHERE kind.active AND (kind.card_group = '' OR kind.card_group IN (
        SELECT card_group FROM card_membership
        WHERE card_id = :card AND (until IS NULL OR until > :today)
    ))
    ORDER BY kind.position, kind.id LIMIT 60
"""
CLERK = """
    SELECT clerk.role, clerk.department_id, customer.preferred, customer.given, customer.name
    FROM clerk CROSS JOIN card AS customer
    WHERE clerk.card_id = :clerk AND clerk.active AND customer.id = :card
"""
_SHOWN = {*COUNTS, State.FAILED, State.REVERSED} - {State.OFFERED}
_KEPT = ", ".join(f"'{state.value}'" for state in sorted(_SHOWN))
EARLIER = f"""
    {HOUSEHOLD}
    SELECT remedy.id, kind.name, remedy.amount_minor, remedy.pieces, kind.unit, remedy.state,
        remedy.offered_at, clerk.name, remedy.why
    FROM household CROSS JOIN remedy
        JOIN remedy_catalogue AS kind ON kind.id = remedy.catalogue_id
        LEFT JOIN card AS clerk ON clerk.id = remedy.clerk_card_id
    WHERE remedy.id IN (
        SELECT last.id FROM remedy AS last
        WHERE last.card_id = household.id AND last.state IN ({_KEPT})
        ORDER BY last.offered_at DESC, last.id DESC LIMIT {MOST_EARLIER}
    )
    ORDER BY remedy.offered_at DESC, remedy.id DESC LIMIT {MOST_EARLIER}
"""
"""Of each card of the household the last few, by its index: not all, to be put in order."""
MINE = """
    SELECT remedy.id, remedy.catalogue_id, kind.name, remedy.amount_minor, remedy.pieces,
        kind.unit, remedy.state, remedy.lapses_at, remedy.given_at, remedy.due_at, department.name
    FROM remedy JOIN remedy_catalogue AS kind ON kind.id = remedy.catalogue_id
        LEFT JOIN department ON department.id = kind.doer_department_id
    WHERE remedy.card_id = :card AND remedy.clerk_card_id = :clerk
        AND remedy.offered_at >= :lately AND (
        remedy.state = 'offered' AND remedy.lapses_at > :now
        OR remedy.state = 'given' AND remedy.given_at >= :minute_ago)
    ORDER BY remedy.id DESC
"""
REQUESTS = """
    SELECT request.id, request.catalogue_id, kind.name, request.amount_minor, request.pieces,
        kind.unit, request.state, approver.name, request.allowed_minor, request.allowed_pieces,
        request.words, request.asked_at, request.falls_to_others_at, request.expires_at,
        request.allowed_until
    FROM authority_request AS request
        JOIN remedy_catalogue AS kind ON kind.id = request.catalogue_id
        LEFT JOIN card AS approver
            ON approver.id = coalesce(request.decided_by_card_id, request.to_card_id)
    WHERE request.card_id = :card AND request.clerk_card_id = :clerk AND (
        request.state IN ('approved', 'refused') AND request.expires_at > :now
        OR request.state IN ('waiting', 'expired') AND request.expires_at > :told_since)
    ORDER BY request.id DESC LIMIT 10
"""
APPROVERS = """
    SELECT clerk.card_id, card.name, clerk.role, clerk.department_id
    FROM clerk JOIN card ON card.id = clerk.card_id
    WHERE clerk.active AND clerk.card_id <> :clerk AND clerk.card_id <> :card
    ORDER BY card.name LIMIT 50
"""
ANSWERS = """
    SELECT asked_at, decided_at FROM authority_request
    WHERE decided_at >= :day_ago ORDER BY decided_at DESC LIMIT 50
"""
APPROVE_FIRST = (Role.SUPERVISOR, Role.SENIOR, Role.ADMINISTRATOR)

STATEMENTS = (CLERK, CATALOGUE, SPENT, LAPSED, EARLIER, MINE, REQUESTS, APPROVERS, ANSWERS, NEAR)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the statements found, each by its name."""

    rows: Mapping[str, Rows]
    place: Place
    terms: Terms
    used: Used
    stopped: str
    values: Mapping[str, object]


async def panel(
    store: Store,
    company: Company,
    now: datetime,
    clerk: Clerk,
    card_id: int,
    recovery_id: int | None,
) -> Panel:
    """Return, within the frame, what the clerk may give this customer now. Raises NoAnswer."""
    today = now.astimezone().date()
    asked_for = {"clerk": clerk.card_id or 0, "card": card_id}
    giver = Giver(clerk.card_id or 0, *await _role(store, asked_for))
    place = Place(giver, card_id, recovery_id, now, today)
    values = _values(place)
    *answers, limits = await _asked(store, (*STATEMENTS, LIMITS), values)
    rows = dict(zip(STATEMENTS, answers, strict=True))
    terms = terms_of(limits, place)
    counted = {row[0] for row in rows[CATALOGUE] if row[4] != "money"}
    got = {
        days: (await _asked(store, (sql,), {**values, "since": kept_moment(place.since(days))}))[0]
        for days, sql in got_for(spans(terms)).items()
    }
    used = used_of(place, rows[SPENT], rows[LAPSED], got, spans(terms), counted)
    found = _Found(rows, place, terms, used, company.stopped, values)
    return _panel(found, company.currency)


def _values(place: Place) -> dict[str, object]:
    """Return what the statements take."""
    now = place.at
    return {
        **place.values,
        "today": place.day.isoformat(),
        "lately": kept_moment(now - timedelta(seconds=OFFER_S + WITHDRAW_S)),
        "minute_ago": kept_moment(now - timedelta(seconds=WITHDRAW_S)),
        "day_ago": kept_moment(now - timedelta(hours=12)),
        "told_since": kept_moment(now - TOLD),
    }


async def _role(store: Store, values: Mapping[str, object]) -> tuple[str, int | None]:
    """Return what the clerk is now, whatever they were when they signed in."""
    found = await _asked(store, (CLERK,), values)
    return (found[0][0][0], found[0][0][1]) if found[0] else ("", None)


async def _asked(
    store: Store, statements: tuple[str, ...], values: Mapping[str, object]
) -> list[Rows]:
    wanted: dict[str, object] = {}
    for sql in statements:
        wanted |= named(sql, values)
    return list(await store.look_up_all(statements, **wanted))


def _panel(found: _Found, currency: str) -> Panel:
    place, rows = found.place, found.rows
    offers = tuple(_offer(row, key, found) for key, row in _keyed(rows[CATALOGUE]))
    gauges = _gauges(found)
    limited = [each for each in gauges if not each.unlimited]
    why = nearness(rows[NEAR], found.values)
    wait_s = _wait_s(rows[ANSWERS])
    now_minor = min((_room(each, found.terms) for each in limited), default=None)
    return Panel(
        card_id=place.card_id,
        customer=_called(rows[CLERK]),
        at=place.at,
        currency=currency,
        now_minor=0 if why or found.stopped else now_minor,
        binding=min(limited, key=lambda each: each.left, default=None),
        gauges=gauges,
        offers=offers,
        earlier=tuple(_earlier(row) for row in rows[EARLIER]),
        offered=next((_offered(row) for row in rows[MINE] if row[6] == State.OFFERED), None),
        given=next((_given(row) for row in rows[MINE] if row[6] == State.GIVEN), None),
        requests=tuple(_asked_before(row, place.at) for row in rows[REQUESTS]),
        approvers=_approvers(rows[APPROVERS], place.giver),
        answer_s=wait_s,
        stopped=found.stopped,
        second=_(why) if why else "",
        rest_due_at=place.at + timedelta(seconds=PATIENCE * wait_s if wait_s else ANSWER_S),
        in_recovery=place.recovery_id is not None,
        terms=found.terms,
        used=found.used,
    )


def _called(rows: Rows) -> str:
    """Return how the customer likes to be called."""
    return next((str(name) for row in rows for name in row[2:] if name), "")


def _gauges(found: _Found) -> tuple[Gauge, ...]:
    """Return the gauges over all remedies; a recovery's only where there is one."""
    nothing = Wish(-1, 0)
    every = decide(
        nothing, found.terms, found.used, in_recovery=found.place.recovery_id is not None
    )
    return tuple(
        each for each in every.gauges if each.scope in OVER_ALL and each.catalogue_id == ALL
    )


def _room(gauge: Gauge, terms: Terms) -> int:
    """Return what a gauge leaves; a month that is spent still leaves its floor."""
    limit = terms.over_all(gauge.scope)
    return max(gauge.left, limit.floor if limit and gauge.scope is Scope.MONTH else 0)


def _keyed(rows: Rows) -> list[tuple[str, tuple[Any, ...]]]:
    return [(str(at) if at < 10 else "", tuple(row)) for at, row in enumerate(rows, 1)]


def _offer(row: tuple[Any, ...], key: str, found: _Found) -> Offer:
    catalogue_id, kind, name, _group, unit, usual, piece_minor = row[:7]
    entitlement, why_wanted, doer, done_within_s = row[7:]
    counted = unit != MONEY
    minor = usual * piece_minor if counted else usual
    wish = Wish(catalogue_id, minor, usual if counted else 0, counted, bool(entitlement))
    verdict, over_minor, why = _verdict(wish, found)
    return Offer(
        catalogue_id=catalogue_id,
        key=key,
        name=name,
        kind=kind,
        unit=unit,
        usual=usual,
        pieces=wish.pieces,
        piece_minor=piece_minor,
        minor=minor,
        verdict=verdict,
        why=why,
        over_minor=over_minor,
        entitlement=bool(entitlement),
        why_wanted=bool(why_wanted),
        doer=doer or "",
        done_within_s=done_within_s,
    )


def _verdict(wish: Wish, found: _Found) -> tuple[Verdict, int, str]:
    """Return whether a remedy may be given as it usually is, by how much not, and why."""
    if found.stopped:
        return Verdict.NOT, 0, _("All remedies are stopped: {why}").format(why=found.stopped)
    if near := nearness(found.rows[NEAR], found.values):
        return Verdict.ASK, 0, _("{why} Somebody else has to decide.").format(why=_(near))
    typed = not wish.size  # the clerk types it: is there room for the least of it?
    least = wish._replace(minor=max(wish.minor, 1), pieces=max(wish.pieces, int(wish.counted)))
    in_recovery = found.place.recovery_id is not None
    weighed = decide(least if typed else wish, found.terms, found.used, in_recovery=in_recovery)
    return weighed.verdict, 0 if typed else weighed.over_minor, ""


def _earlier(row: tuple[Any, ...]) -> Earlier:
    remedy_id, name, minor, pieces, unit, state, at, clerk, why = row
    return Earlier(
        remedy_id=remedy_id,
        name=name,
        minor=minor,
        pieces=pieces,
        unit=unit,
        state=State(state),
        at=moment(at),
        clerk=clerk or "",
        why=why,
    )


def _offered(row: tuple[Any, ...]) -> Offered:
    remedy_id, catalogue_id, name, minor, pieces, unit, _state, lapses_at = row[:8]
    return Offered(remedy_id, catalogue_id, name, minor, pieces, unit, moment(lapses_at))


def _given(row: tuple[Any, ...]) -> Given:
    remedy_id, catalogue_id, name, minor, pieces, unit = row[:6]
    given_at, due_at, doer = moment(row[8]), row[9], row[10]
    return Given(
        remedy_id=remedy_id,
        catalogue_id=catalogue_id,
        name=name,
        minor=minor,
        pieces=pieces,
        unit=unit,
        given_at=given_at,
        withdraw_until=given_at + timedelta(seconds=WITHDRAW_S),
        doer=doer or "",
        due_at=None if due_at is None else moment(due_at),
    )


def _asked_before(row: tuple[Any, ...], now: datetime) -> Asked:
    request_id, catalogue_id, name, minor, pieces, unit, state, to_name = row[:8]
    allowed_minor, allowed_pieces, words, asked_at, falls_at = row[8:13]
    expires_at, until = (None if each is None else moment(each) for each in row[13:])
    assert expires_at is not None
    return Asked(
        request_id=request_id,
        catalogue_id=catalogue_id,
        name=name,
        minor=minor,
        pieces=pieces,
        unit=unit,
        state=standing(state, expires_at, until, now),
        to_name=to_name or "",
        allowed_minor=allowed_minor,
        allowed_pieces=allowed_pieces,
        words=words,
        asked_at=moment(asked_at),
        falls_to_others_at=moment(falls_at),
        expires_at=expires_at,
        allowed_until=until,
    )


def _approvers(rows: Rows, giver: Giver) -> tuple[tuple[int, str], ...]:
    """Return who may decide: of the own department first, and of a higher role first."""
    able = [row for row in rows if row[2] in MAY[Permission.APPROVE]]
    ranks = {role.value: rank for rank, role in enumerate(APPROVE_FIRST)}
    able.sort(key=lambda row: (row[3] != giver.department_id, ranks.get(row[2], len(ranks))))
    return tuple((row[0], row[1]) for row in able)


def _wait_s(rows: Rows) -> int | None:
    """Return how long an answer took today, at the median, in seconds."""
    waits = [(moment(decided) - moment(asked)).total_seconds() for asked, decided in rows]
    return round(median(waits)) if waits else None
