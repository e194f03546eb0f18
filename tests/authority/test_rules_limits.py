"""What may be given is the least that any limit leaves, to the penny and to the piece."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.limits import (
    ALL,
    OVER_ALL,
    Giver,
    Limit,
    Scope,
    Terms,
    Verdict,
    Wish,
    decide,
)

TODAY = date(2030, 1, 7)
ROSA = Giver(7, "csr", department_id=3)
REMEDY = 5
MINOR = st.integers(0, 10_000)
ROOM = st.fixed_dictionaries({scope: st.tuples(MINOR, MINOR) for scope in Scope})


def terms_of(room, **more):
    """Return one limit for each scope, of these amounts."""
    rows = [Limit(scope, most=most, **more) for scope, (most, _) in room.items()]
    return Terms.of(rows, ROSA, TODAY)


def used_of(room):
    return {(scope, ALL): used for scope, (_, used) in room.items()}


def left_of(room):
    """Work out in the plainest way what is left: in one remedy nothing adds up."""
    return min(
        most if scope is Scope.REMEDY else max(0, most - used)
        for scope, (most, used) in room.items()
    )


@given(room=ROOM, minor=st.integers(1, 20_000))
def test_the_least_that_any_limit_leaves_may_be_given(room, minor):
    decision = decide(Wish(REMEDY, minor), terms_of(room), used_of(room))

    assert decision.allowed_minor == min(minor, left_of(room))
    assert decision.verdict is (Verdict.GIVE if minor <= left_of(room) else Verdict.ASK)
    assert decision.over_minor == minor - decision.allowed_minor


@given(room=ROOM)
def test_the_last_penny_may_be_given_and_the_next_is_asked_for(room):
    left, terms, used = left_of(room), terms_of(room), used_of(room)

    assert decide(Wish(REMEDY, left + 1), terms, used).verdict is Verdict.ASK
    if left:
        assert decide(Wish(REMEDY, left), terms, used).verdict is Verdict.GIVE


@given(room=ROOM, parts=st.lists(st.integers(1, 3_000), max_size=12))
def test_split_into_many_no_more_is_given_than_at_once(room, parts):
    terms, used = terms_of(room), used_of(room)
    before = dict(used)
    for part in parts:
        if decide(Wish(REMEDY, part), terms, used).verdict is Verdict.GIVE:
            for scope in OVER_ALL:
                used[scope, ALL] += part

    for scope in OVER_ALL:
        assert used[scope, ALL] <= max(room[scope][0], before[scope, ALL])


@given(room=ROOM, minor=st.integers(1, 20_000), scope=st.sampled_from(OVER_ALL))
def test_what_is_used_more_never_leaves_more(room, minor, scope):
    terms, used = terms_of(room), used_of(room)
    more = {**used, (scope, ALL): used[scope, ALL] + 1}

    wish = Wish(REMEDY, minor)
    assert decide(wish, terms, more).allowed_minor <= decide(wish, terms, used).allowed_minor


@given(room=ROOM, minor=st.integers(-10, 0))
def test_nothing_is_never_given(room, minor):
    decision = decide(Wish(REMEDY, minor), terms_of(room, unlimited=True), used_of(room))
    assert (decision.verdict, decision.allowed_minor) == (Verdict.ASK, 0)
    assert decision.over_minor == 0


@given(minor=st.integers(1, 10**9), missing=st.sampled_from(Scope))
def test_where_there_is_no_row_there_is_nothing(minor, missing):
    rows = [Limit(scope, unlimited=True) for scope in Scope if scope is not missing]
    decision = decide(Wish(REMEDY, minor), Terms.of(rows, ROSA, TODAY), {})

    assert (decision.verdict, decision.allowed_minor) == (Verdict.ASK, 0)
    assert decision.binding is not None
    assert decision.binding.scope is missing


@given(minor=st.integers(1, 10**12))
def test_unlimited_is_a_flag_and_no_number(minor):
    rows = [Limit(scope, unlimited=True) for scope in Scope]
    decision = decide(Wish(REMEDY, minor), Terms.of(rows, ROSA, TODAY), {})

    assert (decision.verdict, decision.binding) == (Verdict.GIVE, None)


@given(room=ROOM, pieces=st.integers(1, 20), price=st.integers(0, 900), most=st.integers(0, 20))
def test_whole_pieces_are_allowed_and_cost_money(room, pieces, price, most):
    rows = [Limit(Scope.REMEDY, most=most)]
    rows += [Limit(scope, most=room[scope][0]) for scope in OVER_ALL]
    terms, wish = Terms.of(rows, ROSA, TODAY), Wish(REMEDY, pieces * price, pieces, counted=True)
    decision = decide(wish, terms, used_of(room))

    left = min(max(0, room[scope][0] - room[scope][1]) for scope in OVER_ALL)
    fit = min(most, left // price if price else pieces, pieces)
    assert decision.allowed_minor == fit * price
    assert (decision.verdict is Verdict.GIVE) == (fit == pieces)


@given(room=ROOM, minor=st.integers(1, 20_000))
def test_a_right_is_bound_by_its_own_row_alone(room, minor):
    wish = Wish(REMEDY, minor, entitlement=True)
    decision = decide(wish, terms_of(room), used_of(room))

    assert decision.allowed_minor == min(minor, room[Scope.REMEDY][0])
    assert [gauge.scope for gauge in decision.gauges] == [Scope.REMEDY]


@given(room=ROOM, minor=st.integers(1, 5_000), floor=st.integers(0, 900))
def test_a_month_that_is_spent_leaves_its_floor(room, minor, floor):
    rows = [Limit(scope, unlimited=True) for scope in Scope if scope is not Scope.MONTH]
    most, used = room[Scope.MONTH]
    rows.append(Limit(Scope.MONTH, most=most, floor=floor))
    decision = decide(Wish(REMEDY, minor), Terms.of(rows, ROSA, TODAY), {(Scope.MONTH, ALL): used})

    left = max(0, most - used)
    assert (decision.verdict is Verdict.GIVE) == (minor <= max(left, floor))
    assert decision.allowed_minor == min(minor, max(left, floor))


def test_without_a_recovery_none_is_counted():
    rows = [Limit(scope, most=100) for scope in Scope if scope is not Scope.RECOVERY]
    terms = Terms.of(rows, ROSA, TODAY)

    assert decide(Wish(REMEDY, 100), terms, {}, in_recovery=False).verdict is Verdict.GIVE
    assert decide(Wish(REMEDY, 100), terms, {}).verdict is Verdict.ASK


def test_a_remedy_may_have_a_limit_of_its_own_over_a_day():
    rows = [Limit(scope, most=1_000) for scope in Scope]
    rows.append(Limit(Scope.DAY, catalogue_id=REMEDY, most=300))
    terms, used = Terms.of(rows, ROSA, TODAY), {(Scope.DAY, REMEDY): 200}

    decision = decide(Wish(REMEDY, 150), terms, used)

    assert (decision.allowed_minor, decision.binding.catalogue_id) == (100, REMEDY)
    assert decide(Wish(REMEDY + 1, 150), terms, used).verdict is Verdict.GIVE


ROWS = {
    "everybody's": Limit(Scope.DAY, most=1, id=9),
    "the role's": Limit(Scope.DAY, most=2, role="csr", id=8),
    "the role's in the department": Limit(Scope.DAY, most=3, role="csr", department_id=3, id=7),
    "the clerk's": Limit(Scope.DAY, most=4, clerk_card_id=7, id=6),
}
NEAREST = list(ROWS)


@given(st.sets(st.sampled_from(NEAREST), min_size=1), st.randoms())
def test_a_clerk_beats_the_role_and_the_role_beats_everybody(names, chance):
    rows = [ROWS[name] for name in names]
    chance.shuffle(rows)

    found = Terms.of(rows, ROSA, TODAY).over_all(Scope.DAY)

    assert found is ROWS[max(names, key=NEAREST.index)]


@pytest.mark.parametrize(
    "more",
    [
        {"role": "senior"},
        {"clerk_card_id": 8},
        {"department_id": 4},
        {"signed": False},
        {"since": TODAY + timedelta(days=1)},
        {"until": TODAY},
        {"training": "difficult calls"},
    ],
)
def test_what_is_not_theirs_or_not_in_force_does_not_hold(more):
    assert Terms.of([Limit(Scope.DAY, most=1, **more)], ROSA, TODAY).over_all(Scope.DAY) is None


def test_from_its_first_day_till_the_day_before_its_end_it_holds():
    row = Limit(Scope.DAY, most=1, since=TODAY, until=TODAY + timedelta(days=2))
    days = [TODAY + timedelta(days=n) for n in range(-1, 3)]
    assert [row.holds(day) for day in days] == [False, True, True, False]


def test_with_the_training_it_holds():
    trained = Giver(7, "csr", trainings=("difficult calls",))
    row = Limit(Scope.DAY, most=1, training="difficult calls")
    assert Terms.of([row], trained, TODAY).over_all(Scope.DAY) is row


@given(st.permutations([Limit(Scope.DAY, most=most, id=most) for most in (1, 2, 3)]))
def test_of_two_alike_the_one_that_was_made_last_holds(rows):
    assert Terms.of(rows, ROSA, TODAY).over_all(Scope.DAY).most == 3


def test_the_gauges_say_what_would_be_left():
    rows = [Limit(scope, most=4_000) for scope in Scope]
    decision = decide(Wish(REMEDY, 3_500), Terms.of(rows, ROSA, TODAY), {(Scope.DAY, ALL): 1_000})

    day = next(gauge for gauge in decision.gauges if gauge.scope is Scope.DAY)
    assert (day.left, day.over, day.after) == (3_000, 500, 0)
    assert decision.binding == day
