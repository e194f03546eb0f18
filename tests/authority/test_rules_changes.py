"""Changes replace what they hold instead of, and leave what comes back after them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.catalogue import YEAR
from care_console.authority.rules.changes import (
    NEW,
    Place,
    a_year,
    after,
    cell_of,
    covers,
    holding,
    in_force,
    is_idle,
    place_of,
    raised,
    steps,
    turning_days,
)
from care_console.authority.rules.limits import Giver, Limit, Scope
from care_console.authority.rules.views import LimitCell, LimitChange
from care_console.staff.rules import Role
from tests.authority.made import TODAY, limit

SOON, LATER = TODAY + timedelta(3), TODAY + timedelta(9)
CASE = Place("recovery", role=Role.CSR)


def change(most=5_000, **more):
    return LimitChange("recovery", role=Role.CSR, most=most, **more)


def carried(rows, *changes):
    return steps(rows, changes, TODAY)


def ids(rows):
    return [each.id for each in rows]


def test_a_new_limit_comes_in_place_of_the_old_one():
    [step] = carried([limit(most=4_000)], change())
    assert (step.place, step.before.most, step.comes.most, ids(step.goes)) == (
        CASE,
        4_000,
        5_000,
        [1],
    )
    assert [each.most for each in after([limit(most=4_000)], [step])] == [5_000]
    assert step.comes.id > 10**12, "it was made last"


def test_other_places_stay_as_they_are():
    others = [
        limit(most=1, id=2, role=Role.SENIOR),
        limit(Scope.DAY, most=1, id=3),
        limit(most=1, id=4, catalogue_id=7),
        limit(most=1, id=5, department_id=7),
        limit(most=1, id=6, role="", clerk_card_id=7),
    ]
    [step] = carried([limit(most=4_000), *others], change())
    assert ids(step.goes) == [1]
    assert set(others) < set(after([limit(most=4_000), *others], [step]))


def test_all_of_a_change_is_in_what_comes():
    typed = LimitChange("month", 7, "", 2, 900, True, SOON, LATER, 30, 50, "gas", department_id=5)
    [step] = carried([], typed)
    assert step.before is None
    assert step.comes == Limit(
        Scope.MONTH, 7, "", 2, 5, 900, True, 30, 50, SOON, LATER, "gas", True, NEW + 1
    )


def test_a_customer_is_followed_for_as_long_as_before_or_a_year():
    typed = LimitChange("customer", role=Role.CSR, most=10)
    there = limit(Scope.CUSTOMER, most=5, days=90)
    assert carried([there], typed)[0].comes.days == 90
    assert carried([], typed)[0].comes.days == YEAR
    assert carried([replace(there, days=0)], typed)[0].comes.days == YEAR
    assert carried([there], replace(typed, days=30))[0].comes.days == 30
    assert carried([], change())[0].comes.days == 0


def test_taking_a_row_away_takes_all_that_stands_there():
    rows = [limit(most=4_000), limit(most=6_000, id=2, until=SOON), limit(id=3, signed=False)]
    [step] = carried(rows, change(None))
    assert (step.comes, ids(step.goes), step.before.id) == (None, [1, 2, 3], 2)


def test_changes_of_one_save_are_carried_out_one_after_the_other():
    first, second = carried([limit(most=4_000)], change(), change(6_000, until=SOON))
    assert (second.before, second.goes) == (first.comes, ())
    rows = after([limit(most=4_000)], [first, second])
    assert [holding(rows, day).most for day in (TODAY, SOON)] == [6_000, 5_000]


def test_a_change_sees_what_changes_before_it_left_and_nothing_of_what_they_took():
    rows = [limit(most=4_000), limit(Scope.DAY, most=9_000, id=2)]
    day = LimitChange("day", role=Role.CSR, most=8_000)
    _, second, third = carried(rows, change(), day, change(6_000))
    assert (second.before.most, ids(second.goes)) == (9_000, [2])
    assert (third.before.most, [each.most for each in third.goes]) == (5_000, [5_000])


old = {"plain": {}, "till": {"until": SOON}, "from": {"since": SOON}, "over": {"until": TODAY}}


@pytest.mark.parametrize(
    ("new", "gone"),
    [
        ({}, ["plain", "till", "from", "over"]),
        ({"until": SOON}, ["till", "over"]),
        ({"until": SOON - timedelta(1)}, ["over"]),
        ({"until": LATER}, ["till", "over"]),
        ({"since": TODAY}, ["plain", "till", "from", "over"]),
        ({"since": SOON}, ["from", "over"]),
        ({"since": SOON + timedelta(1)}, ["over"]),
        ({"since": TODAY + timedelta(1)}, ["from", "over"]),
    ],
)
def test_what_goes_is_what_would_never_hold_again(new, gone):
    comes = limit(id=9, **new)
    assert [name for name, each in old.items() if covers(comes, limit(**each), TODAY)] == gone


dates = st.none() | st.integers(1, 6).map(lambda n: TODAY + timedelta(n))
limits = st.builds(limit, most=st.integers(0, 9), since=dates, until=dates)


@given(st.lists(limits, max_size=4), limits)
def test_on_every_day_the_new_limit_holds_or_what_held_before(rows, new):
    rows = [replace(each, id=n) for n, each in enumerate(rows)]
    typed = change(new.most, since=new.since, until=new.until)
    later = after(rows, carried(rows, typed))
    for n in range(8):
        day = TODAY + timedelta(n)
        held, before = holding(later, day), holding(rows, day)
        if replace(new, signed=True).holds(day):
            assert held.most == new.most
        else:
            assert held == before


def test_what_waits_for_a_signature_does_not_hold():
    assert holding([limit(most=1), limit(most=2, id=2, signed=False)], TODAY).most == 1
    assert holding([limit(signed=False)], TODAY) is None


def test_idle_is_what_would_change_nothing():
    there = limit(most=4_000)
    assert is_idle(*carried([there], change(4_000)))
    assert not is_idle(*carried([there], change(4_001)))
    assert not is_idle(*carried([there], change(4_000, until=SOON)))
    assert not is_idle(*carried([], change(0)))
    assert not is_idle(*carried([there], change(None)))
    assert is_idle(*carried([], change(None)))
    waits = limit(most=9, id=2, signed=False)
    assert not is_idle(*carried([there, waits], change(4_000))), "what waits goes"


def test_what_binds_comes_from_the_clerk_the_role_or_everybody():
    rows = [
        limit(most=1, role="", id=1),
        limit(most=2, id=2),
        limit(most=3, role="", clerk_card_id=7, id=3),
        limit(Scope.REMEDY, most=4, role="", id=4),
        limit(Scope.REMEDY, most=5, role="", id=5, catalogue_id=9),
    ]

    def binds(giver, place=CASE):
        found = in_force(rows, giver, place, TODAY)
        return None if found is None else found.most

    assert [binds(Giver(n, role)) for n, role in ((7, "csr"), (8, "csr"), (8, "senior"))] == [
        3,
        2,
        1,
    ]
    assert binds(Giver(8, "csr"), Place("remedy", 9)) == 5
    assert binds(Giver(8, "csr"), Place("remedy", 8)) == 4
    assert binds(Giver(8, "csr"), Place("day")) is None
    assert binds(Giver(8, "csr"), Place("recovery", 9)) is None


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [
        (None, None, False),
        (None, limit(most=0), False),
        (None, limit(most=1), True),
        (None, limit(unlimited=True), True),
        (None, limit(floor=1), True),
        (limit(most=1), None, False),
        (limit(most=2), limit(most=2), False),
        (limit(most=2), limit(most=3), True),
        (limit(most=2), limit(most=1), False),
        (limit(most=2), limit(unlimited=True), True),
        (limit(unlimited=True), limit(unlimited=True), False),
        (limit(unlimited=True), limit(most=9), False),
        (limit(most=2, floor=1), limit(most=2, floor=2), True),
        (limit(most=2, days=30), limit(most=2, days=20), False),
    ],
)
def test_more_is_what_lets_more_be_given(before, now, more):
    assert raised(before, now, CASE) is more


def test_of_a_customer_fewer_days_are_more():
    year = Place("customer", role=Role.CSR)
    long, short = limit(most=5, days=365), limit(most=5, days=364)
    assert raised(long, short, year)
    assert not raised(short, long, year)
    assert not raised(limit(most=5), long, year), "none named is a year"
    assert raised(limit(most=5), short, year)


def test_without_a_share_of_its_own_a_remedy_is_free_within_the_others():
    share = Place("day", 7, Role.CSR)
    assert raised(limit(most=5), None, share)
    assert not raised(None, limit(most=5), share)
    assert not raised(None, None, share)
    assert raised(None, limit(most=5), Place("remedy", 7, Role.CSR))


def test_the_days_on_which_something_turns():
    rows = [limit(since=SOON, until=LATER), limit(until=TODAY), limit(Scope.DAY, until=SOON)]
    assert turning_days(rows, CASE, TODAY) == [TODAY, SOON, LATER]
    assert turning_days([], CASE, TODAY) == [TODAY]


@pytest.mark.parametrize(
    ("most", "days", "year"), [(100, 365, 100), (100, 0, 100), (100, 30, 1_217), (10, 730, 5)]
)
def test_what_a_limit_comes_to_in_a_year_is_rounded_up(most, days, year):
    assert a_year(limit(most=most, days=days)) == year


def test_a_cell_is_all_of_a_limit():
    whole = limit(
        Scope.CUSTOMER, 5, id=3, unlimited=True, since=TODAY, until=SOON, training="gas", days=9
    )
    assert cell_of(replace(whole, floor=4, signed=False)) == LimitCell(
        3, 5, True, TODAY, SOON, False, "gas", 9, 4
    )
    assert cell_of(None) == LimitCell()
    assert place_of(whole) == Place("customer", 0, Role.CSR, None, None)
