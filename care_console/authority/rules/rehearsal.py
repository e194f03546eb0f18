"""The last days under other limits: what would have been settled without asking, and its cost."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from care_console.authority.rules.catalogue import YEAR
from care_console.authority.rules.limits import (
    ALL,
    NOBODY,
    Giver,
    Scope,
    Terms,
    Used,
    Verdict,
    Wish,
    decide,
)
from care_console.authority.rules.views import Differs, Rehearsal

DAYS = 90


@dataclass(frozen=True, slots=True)
class Past:
    """A remedy that a clerk gave without asking, or that one was ``asked`` for.

    ``given`` is what it came to then; of a request that was granted it may be less than asked.
    Only what is ``judged`` counts in the figures; the rest uses up room.
    """

    at: datetime
    day: date  # at the desk
    card_id: int
    household_id: int
    giver: Giver
    wish: Wish
    given: Wish
    name: str = ""
    clerk: str = ""
    recovery_id: int | None = None
    asked: bool = False
    judged: bool = True


@dataclass(slots=True)
class _Ledger:
    """What was used of each limit, as far as the past has come."""

    sums: dict[tuple[Scope, int, str, int], int] = field(default_factory=lambda: defaultdict(int))
    got: dict[int, list[tuple[datetime, Wish]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, past: Past, wish: Wish) -> None:
        if wish.entitlement:
            return
        for scope, subject, period in _subjects(past):
            self.sums[scope, subject, period, ALL] += wish.minor
            self.sums[scope, subject, period, wish.catalogue_id] += wish.size
        self.got[past.household_id].append((past.at, wish))

    def used(self, past: Past, terms: Terms) -> Used:
        """Return what is used of the limits in ``terms`` when something of the past happens."""
        catalogue_id = past.wish.catalogue_id
        found: dict[tuple[Scope, int], int] = {}
        for scope, subject, period in _subjects(past):
            for which in (ALL, catalogue_id):
                found[scope, which] = self.sums.get((scope, subject, period, which), 0)
        for which in (ALL, catalogue_id):
            limit = terms.more(Scope.CUSTOMER, which)
            if limit is not None:
                found[Scope.CUSTOMER, which] = self._of_customer(past, which, limit.days or YEAR)
        return found

    def _of_customer(self, past: Past, which: int, days: int) -> int:
        since = past.at - timedelta(days=days)
        mine = (wish for at, wish in self.got.get(past.household_id, ()) if at > since)
        if which == ALL:
            return sum(wish.minor for wish in mine)
        return sum(wish.size for wish in mine if wish.catalogue_id == which)


def replay(past: Iterable[Past], terms: Callable[[Giver], Terms], *, days: int = DAYS) -> Rehearsal:
    """Return what the past would have been under ``terms``.

    A request counts as settled only if it fits even when all that was asked for before it is
    counted in full, granted or not: so nothing is promised that would be over a limit, and more
    generous limits never settle fewer. What was given without asking then, and would not be now,
    costs only what the clerk might give alone.
    """
    known: dict[Giver, Terms] = {}
    all_asked, likely = _Ledger(), _Ledger()
    sent_up = settled = cost = 0
    differing = []
    for each in sorted(past, key=lambda one: one.at):
        if each.giver not in known:
            known[each.giver] = terms(each.giver)
        mine = known[each.giver]
        used = (all_asked if each.asked else likely).used(each, mine)
        decision = decide(each.wish, mine, used, in_recovery=each.recovery_id is not None)
        alone = decision.verdict is Verdict.GIVE
        happens = each.wish if alone and each.judged else each.given
        all_asked.add(each, _greater(each.wish, each.given))
        likely.add(each, happens)
        if not each.judged:
            continue
        sent_up += each.asked
        settled += each.asked and alone
        cost += _costs(each, alone=alone, allowed=decision.allowed_minor)
        if alone == each.asked:
            differing.append(_differs(each, alone=alone))
    return Rehearsal(days, sent_up, settled, cost, tuple(differing))


def judged_givers(givers: Iterable[Giver], whose: Sequence[tuple[str, int | None]]) -> set[int]:
    """Return the cards of those whose limits are changed: of a role, a clerk or everybody."""
    return {
        giver.card_id
        for giver in givers
        if not whose
        or any(
            clerk == giver.card_id if clerk is not None else role in ("", giver.role)
            for role, clerk in whose
        )
    }


def _subjects(past: Past) -> list[tuple[Scope, int, str]]:
    """Return under what a remedy is added up in each scope but the customer's."""
    found = [
        (Scope.DAY, past.giver.card_id, past.day.isoformat()),
        (Scope.MONTH, past.giver.department_id or NOBODY, past.day.isoformat()[:7]),
    ]
    if past.recovery_id is not None:
        found.append((Scope.RECOVERY, past.recovery_id, ""))
    return found


def _greater(first: Wish, second: Wish) -> Wish:
    return first if first.minor >= second.minor else second


def _costs(past: Past, *, alone: bool, allowed: int) -> int:
    """Return how much more it would have cost than then."""
    if past.asked:
        return past.wish.minor - past.given.minor if alone else 0
    return 0 if alone else min(allowed, past.given.minor) - past.given.minor


def _differs(past: Past, *, alone: bool) -> Differs:
    return Differs(
        card_id=past.card_id,
        name=past.name,
        clerk=past.clerk,
        at=past.at,
        minor=past.wish.minor,
        asked_then=past.asked,
        asks_now=not alone,
    )
