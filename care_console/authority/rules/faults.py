"""Why a change of the limits cannot be kept, or only with a second person's word."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from care_console.authority.rules.changes import (
    Place,
    Step,
    a_year,
    after,
    in_force,
    place_of,
    raised,
    raised_for,
    steps,
)
from care_console.authority.rules.house import House
from care_console.authority.rules.limits import ALL, Giver, Limit, Scope
from care_console.authority.rules.views import Fault, LimitChange
from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.staff.rules import known_role

LONGEST_DAYS = 3_660  # of the period of a customer
MOST = 10**12  # more is a slip of the keyboard

# What each limit may not be above, because it could never be reached.
WITHIN = {
    Scope.REMEDY: (Scope.RECOVERY,),
    Scope.RECOVERY: (Scope.DAY, Scope.CUSTOMER),
}
MORE_THAN = {
    Scope.RECOVERY: N_("{title}: {most} is more than one case allows, {bound}."),
    Scope.DAY: N_("{title}: {most} is more than one person's day allows, {bound}."),
    Scope.CUSTOMER: N_("{title}: {most} is more than one customer's year allows, {bound}."),
}
RAISE_FIRST = {
    Scope.RECOVERY: N_("Type {bound} or less, or raise the case first."),
    Scope.DAY: N_("Type {bound} or less, or raise the day first."),
    Scope.CUSTOMER: N_("Type {bound} or less, or raise the customer's year first."),
}
SIGNED = N_("Second signature needed.")
ABOVE = N_("{title}: {most} is above the house's ceiling of {ceiling}.")
ANY_ABOVE = N_("{title}: any amount is above the house's ceiling of {ceiling}.")


class BadLimits(CareError):
    """Limits cannot be as they were typed; ``faults`` says which, and why."""

    def __init__(self, words: str, faults: Sequence[Fault] = (), **values: object) -> None:
        super().__init__(words, **values)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class _Case:
    """One step, with all that it is held against."""

    step: Step
    house: House
    rows: Sequence[Limit]  # before
    later: Sequence[Limit]  # after all steps
    by: Giver

    @property
    def place(self) -> Place:
        return self.step.place

    def fault(self, words: str, what_to_do: str, *, stamp: bool = False, **values: object) -> Fault:
        days = self.step.comes.days if self.step.comes is not None else 0
        told = {"title": self.house.title(self.place, days), **values}
        return Fault(self.step.change, _(words).format(**told), _(what_to_do).format(**told), stamp)


def faults_of(
    rows: Sequence[Limit], changes: Sequence[LimitChange], house: House, by: Giver
) -> list[Fault]:
    """Return what is amiss with ``changes`` of the limits that ``by`` makes, in their order.

    What only needs a second person's word comes with ``stamp``; each change has one fault at most.
    """
    known: list[LimitChange] = []
    found: dict[int, Fault] = {}
    for number, change in enumerate(changes):
        fault = next(_of_change(change, house), None)
        if fault is not None:
            found[number] = fault
        known += [] if fault is not None else [change]
    carried = steps(rows, known, house.day)
    later = after(rows, carried)
    numbers = (number for number in range(len(changes)) if number not in found)
    for number, step in zip(numbers, carried, strict=True):
        fault = next(_of_step(_Case(step, house, rows, later, by)), None)
        if fault is not None:
            found[number] = fault
    return [found[number] for number in sorted(found)]


def _of_change(change: LimitChange, house: House) -> Iterator[Fault]:
    """Yield what is amiss with a change alone."""
    place = place_of(change)
    if (gone := _gone(place, house)) is not None:
        yield Fault(change, gone, _("Look at the limits again."))
        return
    title = house.title(place)
    for words, what_to_do in _numbers_amiss(change) or _days_amiss(change, house):
        yield Fault(change, _(words).format(title=title), _(what_to_do))


def _gone(place: Place, house: House) -> str | None:
    if place.scope not in set(Scope):
        return _("There is no such limit.")
    if place.catalogue_id != ALL and place.catalogue_id not in house.remedies:
        return _("This remedy is no longer in the catalogue.")
    if place.role and known_role(place.role) is None:
        return _("There is no such role.")
    if place.clerk_card_id is not None:
        there = house.colleagues.get(place.clerk_card_id)
        if there is None or not there.active:
            return _("This person no longer works at a console.")
    if place.department_id is not None and place.department_id not in house.departments:
        return _("This department is no longer there.")
    return None


def _numbers_amiss(change: LimitChange) -> list[tuple[str, str]]:
    most = change.most or 0
    if min(most, change.days, change.floor) < 0:
        return [(N_("{title}: less than nothing cannot be given."), N_("Type 0 or more."))]
    if max(most, change.floor) > MOST:
        return [(N_("{title}: so much is a slip."), N_("Type what you mean, or “any”."))]
    if change.days > LONGEST_DAYS:
        return [(N_("{title}: a customer is not followed for so long."), N_("Type fewer days."))]
    if change.scope == Scope.MONTH and not change.unlimited and change.floor > most:
        words = N_("{title}: what stays for each remedy is more than the whole month.")
        return [(words, N_("Type less for each remedy, or more for the month."))]
    return []


def _days_amiss(change: LimitChange, house: House) -> list[tuple[str, str]]:
    if change.until is not None and change.since is not None and change.until <= change.since:
        words = N_("{title}: it ends before it begins.")
        return [(words, N_("Type a later day for its end, or an earlier one for its beginning."))]
    if change.until is not None and change.until <= house.day:
        return [(N_("{title}: it would be over already."), N_("Type a day that is to come."))]
    return []


def _of_step(case: _Case) -> Iterator[Fault]:
    """Yield what is amiss with a change among the other limits, the worst first."""
    yield from _beyond_its_bounds(case)
    more = raised_for(case.rows, case.later, case.by, case.place, case.house.day)
    if case.step.comes is None and more:
        yield case.fault(
            N_("{title}: without this limit you may give more than with it."),
            N_("Type the amount instead, so that a second person can sign it."),
        )
        return
    yield from _above_the_ceiling(case)
    if more:
        yield case.fault(N_("{title}: this limit binds you, too."), SIGNED, stamp=True)


def _beyond_its_bounds(case: _Case) -> Iterator[Fault]:
    """Yield that a limit is above one within which it is given."""
    new, house = case.step.comes, case.house
    if new is None or not (_cost(new, house) and raised(case.step.before, new, case.place)):
        return
    first = max(house.day, new.since or house.day)
    everybodys = not new.role and new.clerk_card_id is None
    for scope in WITHIN.get(new.scope, ()):
        place = case.place._replace(scope=scope, catalogue_id=ALL)
        bound = in_force(case.later, house.giver(case.place), place, first)
        if bound is None and everybodys:
            continue  # each role has its own
        allowed = bound.most if bound is not None else 0
        if (bound is None or not bound.unlimited) and _cost(new, house) > allowed:
            typed, most = house.most(new.most, house.unit(case.place)), house.money(allowed)
            yield case.fault(MORE_THAN[scope], RAISE_FIRST[scope], most=typed, bound=most)


def _cost(limit: Limit, house: House) -> int:
    """Return what all that a limit allows costs of the others, or 0 if it takes nothing of them."""
    remedy = house.remedies.get(limit.catalogue_id)
    if limit.unlimited or (remedy is not None and remedy.entitlement):
        return 0
    counted = remedy is not None and remedy.counted
    return limit.most * remedy.piece_minor if remedy is not None and counted else limit.most


def _above_the_ceiling(case: _Case) -> Iterator[Fault]:
    new, house = case.step.comes, case.house
    if new is None or (case.place.scope, case.place.catalogue_id) != (Scope.CUSTOMER, ALL):
        return
    giver, ceiling = house.giver(case.place), house.money(house.ceiling_minor)
    if not raised_for(case.rows, case.later, giver, case.place, house.day):
        return
    if new.unlimited:
        yield case.fault(ANY_ABOVE, SIGNED, stamp=True, ceiling=ceiling)
    elif a_year(new) > house.ceiling_minor:
        most = house.money(a_year(new))
        yield case.fault(ABOVE, SIGNED, stamp=True, most=most, ceiling=ceiling)


def hard(found: Iterable[Fault]) -> list[Fault]:
    """Return those that no second person can help."""
    return [each for each in found if not each.stamp]
