"""What limits hold for one clerk, and what they leave of a remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

MONEY = "money"  # the unit of what is not counted in pieces
OFFER_S, WITHDRAW_S = 600, 60  # for which an offer is reserved, and a gift can be withdrawn
ALL = 0  # in place of a remedy's id: of all remedies together
NOBODY = 0  # in place of a department's id


class Scope(StrEnum):
    """Over what a limit counts; in the order in which the panel shows them."""

    REMEDY = "remedy"  # one remedy
    RECOVERY = "recovery"  # all that one recovery got
    DAY = "day"  # all that one clerk gives in a day
    CUSTOMER = "customer"  # all that one customer, or household, got in so many days
    MONTH = "month"  # all that a department gives in a month


ORDER = {scope: at for at, scope in enumerate(Scope)}
OVER_ALL = (Scope.RECOVERY, Scope.DAY, Scope.CUSTOMER, Scope.MONTH)  # in money, of all remedies


class Verdict(StrEnum):
    """Whether a clerk may give something now."""

    GIVE = "give"
    ASK = "ask"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Limit:
    """One row of the limits: the ``most`` in minor units, or in pieces of one remedy.

    ``catalogue_id`` is ALL for all remedies. Without a role and a clerk it is everybody's, without
    a department every department's. ``floor`` is what a month leaves to each remedy when it is
    spent; ``days`` is how long a customer's remedies count. ``until`` is the first day on which it
    no longer holds.
    """

    scope: Scope
    catalogue_id: int = ALL
    role: str = ""
    clerk_card_id: int | None = None
    department_id: int | None = None
    most: int = 0
    unlimited: bool = False
    days: int = 0
    floor: int = 0
    since: date | None = None
    until: date | None = None
    training: str = ""
    signed: bool = True
    id: int = 0

    def holds(self, day: date, trainings: Iterable[str] = ()) -> bool:
        """Return whether it holds on ``day`` for a clerk who has these trainings."""
        begun = self.since is None or self.since <= day
        over = self.until is not None and self.until <= day
        return self.signed and begun and not over and self.training in ("", *trainings)


@dataclass(frozen=True, slots=True)
class Giver:
    """Whose limits are asked for."""

    card_id: int
    role: str
    department_id: int | None = None
    trainings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """The one limit in force for each scope and remedy. Where there is none, it is nothing."""

    limits: Mapping[tuple[Scope, int], Limit] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Limit], giver: Giver, day: date) -> "Terms":
        """Choose from ``rows``: a clerk's own beats the role's, and that beats everybody's.

        Of two alike, the one that was made last holds.
        """
        best: dict[tuple[Scope, int], tuple[tuple[int, int, int], Limit]] = {}
        for row in rows:
            rank = _rank(row, giver)
            if rank is None or not row.holds(day, giver.trainings):
                continue
            key = row.scope, row.catalogue_id
            if key not in best or best[key][0] <= rank:
                best[key] = rank, row
        return cls({key: row for key, (_, row) in best.items()})

    def own(self, catalogue_id: int) -> Limit | None:
        """Return what limits one remedy of this kind."""
        return self.limits.get((Scope.REMEDY, catalogue_id)) or self.limits.get((Scope.REMEDY, ALL))

    def over_all(self, scope: Scope) -> Limit | None:
        """Return what limits all remedies together."""
        return self.limits.get((scope, ALL))

    def more(self, scope: Scope, catalogue_id: int) -> Limit | None:
        """Return what limits this remedy alone over a recovery, a day, a customer or a month."""
        return self.limits.get((scope, catalogue_id))


def _rank(row: Limit, giver: Giver) -> tuple[int, int, int] | None:
    """Return how near a limit is to the giver, or None if it is somebody else's."""
    if row.clerk_card_id is not None:
        near = 2 if row.clerk_card_id == giver.card_id else -1
    else:
        near = -1 if row.role not in ("", giver.role) else int(row.role != "")
    if near < 0 or row.department_id not in (None, giver.department_id):
        return None
    return near, int(row.department_id is not None), row.id


class Wish(NamedTuple):
    """What is to be given: ``pieces`` of something, or money alone.

    ``minor`` is what it costs the house. A right (``entitlement``) never counts as goodwill.
    """

    catalogue_id: int
    minor: int
    pieces: int = 0
    counted: bool = False  # whether pieces are what its own limit counts
    entitlement: bool = False

    @property
    def size(self) -> int:
        """In what its own limit counts."""
        return self.pieces if self.counted else self.minor


Used = Mapping[tuple[Scope, int], int]  # by scope, and remedy or ALL: what is reserved and given


class Gauge(NamedTuple):
    """One limit beside what is used of it, and what ``wish`` would use."""

    scope: Scope
    catalogue_id: int
    most: int
    used: int
    wish: int
    unlimited: bool = False
    counted: bool = False  # in pieces, not in money
    days: int = 0

    @property
    def left(self) -> int:
        """What may still be given before the wish; a lowered limit leaves nothing, never less."""
        return max(0, self.most - self.used)

    @property
    def over(self) -> int:
        """By how much the wish goes beyond it."""
        return 0 if self.unlimited else max(0, self.used + self.wish - max(self.most, self.used))

    @property
    def after(self) -> int:
        """What would be left after the wish."""
        return max(0, self.left - self.wish)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a wish may be given. ``allowed_minor`` is the most of it that may, in money."""

    verdict: Verdict
    allowed_minor: int
    over_minor: int
    gauges: tuple[Gauge, ...]
    binding: Gauge | None  # the tightest, if any is not unlimited


def decide(wish: Wish, terms: Terms, used: Used, *, in_recovery: bool = True) -> Decision:
    """Return what the limits say to ``wish``, after all that is ``used`` of them.

    A wish of nothing, or of less, is never given. Without a recovery none is counted.
    """
    gauges = tuple(gauges_of(wish, terms, used, in_recovery=in_recovery))
    allowed = min(_allowed(gauge, wish) for gauge in gauges)  # its own is always one of them
    allowed = _whole(max(0, min(allowed, wish.minor)), wish)
    fits = wish.size > 0 and wish.minor >= 0 and not any(gauge.over for gauge in gauges)
    if not wish.size:
        allowed = 0
    limited = [gauge for gauge in gauges if not gauge.unlimited]
    binding = min(limited, key=lambda gauge: _room(gauge, wish), default=None)
    verdict = Verdict.GIVE if fits else Verdict.ASK
    over = 0 if fits else max(wish.minor - allowed, 0)
    return Decision(verdict, wish.minor if fits else allowed, over, gauges, binding)


def gauges_of(wish: Wish, terms: Terms, used: Used, *, in_recovery: bool = True) -> Iterable[Gauge]:
    """Yield the gauges that count for ``wish``, in the order of the scopes."""
    own = terms.own(wish.catalogue_id)
    yield _gauge(Scope.REMEDY, wish.catalogue_id, own, 0, wish.size, counted=wish.counted)
    if wish.entitlement:
        return
    for scope in OVER_ALL:
        if scope is Scope.RECOVERY and not in_recovery:
            continue
        if (more := terms.more(scope, wish.catalogue_id)) is not None:
            gone = used.get((scope, wish.catalogue_id), 0)
            yield _gauge(scope, wish.catalogue_id, more, gone, wish.size, counted=wish.counted)
        limit = terms.over_all(scope)
        yield _gauge(scope, ALL, limit, used.get((scope, ALL), 0), wish.minor, wish=wish)


def _gauge(
    scope: Scope,
    catalogue_id: int,
    limit: Limit | None,
    used: int,
    size: int,
    *,
    counted: bool = False,
    wish: Wish | None = None,
) -> Gauge:
    if limit is None:
        return Gauge(scope, catalogue_id, 0, used, size, counted=counted)
    most = limit.most
    if scope is Scope.MONTH and wish is not None and used + size > most:
        most = used + min(size, limit.floor)  # a month that is spent leaves this to each remedy
        most = max(most, limit.most)
    return Gauge(
        scope, catalogue_id, most, used, size, limit.unlimited, counted=counted, days=limit.days
    )


def _room(gauge: Gauge, wish: Wish) -> tuple[float, int]:
    """Return what a gauge leaves, in money, and the order of the scopes."""
    left: float = gauge.left
    if gauge.counted:
        left = left * wish.minor / wish.pieces if wish.pieces else left
    return left, ORDER[gauge.scope]


def _whole(allowed: int, wish: Wish) -> int:
    """Return what whole pieces cost of what is counted, and money as it is."""
    if not wish.counted or not wish.minor or not wish.pieces:
        return allowed
    return allowed * wish.pieces // wish.minor * wish.minor // wish.pieces


def _allowed(gauge: Gauge, wish: Wish) -> int:
    """Return the most of the wish, in money, that a gauge leaves: whole pieces only."""
    if gauge.unlimited:
        return wish.minor
    if not gauge.counted:
        return gauge.left
    return gauge.left * wish.minor // wish.pieces if wish.pieces else 0
