"""What cannot be a limit, and what only a second person makes one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.changes import after, raised_for, steps
from care_console.authority.rules.faults import faults_of, hard
from care_console.authority.rules.house import Colleague
from care_console.authority.rules.limits import Giver, Scope, Terms
from care_console.authority.rules.views import LimitChange
from care_console.staff.rules import Role
from tests.authority.made import BY, DANA, MEERA, ROSA, TODAY, house, standard

REMEDIES, ROWS = standard()
WAIVER, MONTHS, REFUND, CREDIT, OTHER = 2, 3, 6, 5, 16
ADMIN = Giver(MEERA, Role.ADMINISTRATOR)


def change(scope="recovery", most=0, role=Role.CSR, **more):
    return LimitChange(scope, role=role, most=most, **more)


def words(*changes, by=ADMIN, rows=ROWS, **more):
    return [each.words for each in faults_of(rows, changes, house(**more), by)]


def stamps(*changes, by=ADMIN, rows=ROWS):
    return [each.stamp for each in faults_of(rows, changes, house(), by)]


# numbers and days


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (change(most=-1), "One case, CSR: less than nothing cannot be given."),
        (change("customer", 100, days=-1), "less than nothing"),
        (change(most=10**13), "One case, CSR: so much is a slip."),
        (change("customer", 100, days=3_661), "is not followed for so long"),
        (change(most=100, until=TODAY), "One case, CSR: it would be over already."),
        (
            change(most=100, since=TODAY + timedelta(3), until=TODAY + timedelta(3)),
            "One case, CSR: it ends before it begins.",
        ),
        (change("month", 100, floor=200), "more than the whole month"),
        (change("week", 100), "There is no such limit."),
        (change("remedy", 100, catalogue_id=99), "no longer in the catalogue"),
        (change(most=100, role="boss"), "There is no such role."),
        (change(most=100, role="", clerk_card_id=99), "no longer works at a console"),
        (change("month", 100, role="", department_id=99), "no longer there"),
    ],
)
def test_what_can_be_no_limit_is_said_in_a_sentence_with_what_to_do(typed, sentence):
    [fault] = faults_of(ROWS, [typed], house(), ADMIN)
    assert sentence in fault.words
    assert fault.what_to_do.endswith(".")
    assert not fault.stamp
    assert fault.change == typed


def test_somebody_who_no_longer_works_here_gets_no_exception():
    gone = Colleague(Giver(ROSA, Role.CSR), "Rosa Lindqvist", active=False)
    typed = change(most=100, role="", clerk_card_id=ROSA)
    assert words(typed, colleagues={ROSA: gone}) == ["This person no longer works at a console."]


@pytest.mark.parametrize(
    "fine",
    [
        change(most=0),
        change(most=1, until=TODAY + timedelta(1)),
        change(most=1, since=TODAY, until=TODAY + timedelta(1)),
        change("month", 100, floor=100),
        change("month", 0, floor=200, unlimited=True),
        change("customer", 100, days=3_660),
        change("month", 100, role="", department_id=5),
    ],
)
def test_what_can_be_has_no_fault(fine):
    assert words(fine) == []


# above what it is given within


def test_more_than_one_case_allows_is_said_as_in_the_picture():
    [fault] = faults_of(ROWS, [change("remedy", 20_000, catalogue_id=OTHER)], house(), ADMIN)
    assert fault.words == "Other amount, CSR: £200.00 is more than one case allows, £40.00."
    assert fault.what_to_do == "Type £40.00 or less, or raise the case first."


@pytest.mark.parametrize(("most", "faults"), [(4_000, 0), (4_001, 1)])
def test_up_to_the_case_is_allowed_to_the_penny(most, faults):
    assert len(words(change("remedy", most, catalogue_id=OTHER))) == faults


def test_raising_the_case_in_the_same_save_makes_room():
    remedy = change("remedy", 6_000, catalogue_id=OTHER)
    assert words(remedy, change(most=6_000)) == []
    assert words(change(most=6_000), remedy) == []


def test_a_case_is_held_against_the_day_and_the_customers_year():
    assert words(change(most=7_600)) == [
        "One case, CSR: £76.00 is more than one customer's year allows, £75.00."
    ]
    assert words(change(most=15_001)) == [
        "One case, CSR: £150.01 is more than one person's day allows, £150.00."
    ]
    assert words(change(most=7_500)) == []


def test_months_are_held_against_the_case_by_what_they_cost():
    assert words(change("remedy", 2, catalogue_id=MONTHS)) == []
    assert words(change("remedy", 3, catalogue_id=MONTHS)) == [
        "Cover free of charge, CSR: 3 months is more than one case allows, £40.00."
    ]


def test_a_right_and_any_amount_are_not_held_against_goodwill():
    assert words(change("remedy", 90_000, catalogue_id=REFUND)) == []
    assert words(change("remedy", 0, catalogue_id=OTHER, unlimited=True)) == []
    no_case = [each for each in ROWS if each.scope is not Scope.RECOVERY]
    assert words(change("remedy", 90_000, catalogue_id=REFUND), rows=no_case) == []


def test_lowering_is_never_a_fault_even_where_it_is_still_too_much():
    rows = [replace(each, most=9_000) if each.catalogue_id == OTHER else each for each in ROWS]
    assert words(change("remedy", 8_000, catalogue_id=OTHER, role=Role.CSR), rows=rows) == []


def test_an_exception_is_held_against_the_clerks_own_role():
    typed = change("remedy", 5_000, role="", clerk_card_id=ROSA, catalogue_id=OTHER)
    assert words(typed) == [
        "Other amount, Rosa Lindqvist: £50.00 is more than one case allows, £40.00."
    ]


def test_without_a_case_of_its_own_a_role_has_nothing_and_everybody_has_each_roles():
    remedy = change("remedy", 2_500, catalogue_id=OTHER)
    rows = [each for each in ROWS if each.scope is not Scope.RECOVERY]
    assert words(remedy, rows=rows) == [
        "Other amount, CSR: £25.00 is more than one case allows, £0.00."
    ]
    everybodys = replace(remedy, role="")
    assert words(everybodys, rows=rows) == []
    assert words(everybodys, change(most=400, role="")) == [
        "Other amount, Everybody: £25.00 is more than one case allows, £4.00."
    ]


def test_a_later_limit_is_held_against_what_holds_then():
    monday = TODAY + timedelta(3)
    soon = change(most=6_000, since=monday)
    remedy = change("remedy", 5_000, catalogue_id=OTHER)
    assert len(words(soon, remedy)) == 1
    assert words(soon, replace(remedy, since=monday)) == []


# the second signature


def test_above_the_ceiling_a_second_person_signs():
    [fault] = faults_of(ROWS, [change("customer", 30_000, Role.SENIOR)], house(), ADMIN)
    assert fault.words == (
        "One customer's year, Senior CSR: £300.00 is above the house's ceiling of £250.00."
    )
    assert (fault.stamp, hard([fault])) == (True, [])


@pytest.mark.parametrize(
    ("typed", "stamped"),
    [
        (change("customer", 25_000, Role.CSR), []),
        (change("customer", 25_001, Role.CSR), [True]),
        (change("customer", 7_000, Role.CSR, days=30), [True]),  # £851.67 a year
        (change("customer", 0, Role.CSR, unlimited=True), [True]),
        (change("customer", 49_999, Role.SUPERVISOR), []),  # lower, though above the ceiling
    ],
)
def test_the_ceiling_is_of_a_year_and_only_for_what_is_raised(typed, stamped):
    assert stamps(typed) == stamped


def test_a_shorter_period_gives_more():
    assert stamps(change("customer", 50_000, Role.SUPERVISOR, days=180), by=BY) == [True]


@pytest.mark.parametrize(
    ("typed", "stamped"),
    [
        (change(most=30_000, role=Role.SUPERVISOR), [True]),
        (change(most=20_000, role=Role.SUPERVISOR), []),
        (change(most=30_000, role="", clerk_card_id=DANA), [True]),
        (change(most=7_000), []),
        (change(most=30_000, role=""), []),  # her role has a row of its own
        (change("month", 100, role="", unlimited=False), []),
        (change("remedy", 20_000, Role.SUPERVISOR, catalogue_id=CREDIT), [True]),
        (change(most=30_000, role=Role.SUPERVISOR, since=TODAY + timedelta(9)), [True]),
        (change(most=30_000, role=Role.SUPERVISOR, until=TODAY + timedelta(9)), [True]),
    ],
)
def test_who_raises_a_limit_that_binds_them_needs_a_second_signature(typed, stamped):
    assert stamps(typed, by=BY) == stamped


def test_more_days_of_a_higher_limit_are_more_too():
    monday, friday = TODAY + timedelta(3), TODAY + timedelta(7)
    high = change(most=30_000, role=Role.SUPERVISOR, until=monday)
    rows = after(ROWS, steps(ROWS, [high], TODAY))
    assert stamps(high, by=BY, rows=rows) == []
    assert stamps(replace(high, until=friday), by=BY, rows=rows) == [True]


def test_taking_away_a_limit_that_holds_one_back_is_typed_as_an_amount_instead():
    low = change(most=100, role="", clerk_card_id=DANA)
    rows = after(ROWS, steps(ROWS, [low], TODAY))
    gone = replace(low, most=None)
    [fault] = faults_of(rows, [gone], house(), BY)
    assert not fault.stamp
    assert "more than with it" in fault.words
    assert faults_of(rows, [gone], house(), ADMIN) == []


def test_taking_away_one_remedys_share_of_the_day_is_more_and_giving_it_one_is_less():
    share = change("day", 1_000, Role.SUPERVISOR, catalogue_id=CREDIT)
    assert stamps(share, by=BY) == []
    rows = after(ROWS, steps(ROWS, [share], TODAY))
    assert stamps(replace(share, most=2_000), by=BY, rows=rows) == [True]
    assert stamps(replace(share, most=None), by=BY, rows=rows) == [False]


def test_each_change_has_its_own_fault_in_the_order_of_the_changes():
    typed = [
        change(most=-1),
        change("day", 15_100),
        change("remedy", 20_000, catalogue_id=OTHER),
        change("customer", 30_000, Role.SENIOR),
    ]
    found = faults_of(ROWS, typed, house(), ADMIN)
    assert [(each.change, each.stamp) for each in found] == [
        (typed[0], False),
        (typed[2], False),
        (typed[3], True),
    ]


# what nobody can get around

amounts = st.integers(0, 60_000)
days = st.none() | st.integers(1, 9).map(lambda n: TODAY + timedelta(n))
mine = st.builds(
    LimitChange,
    scope=st.sampled_from(["recovery", "day", "customer"]),
    role=st.sampled_from(["", Role.SUPERVISOR, Role.CSR]),
    most=st.none() | amounts,
    unlimited=st.booleans(),
    since=days,
    until=days,
    days=st.sampled_from([0, 30, 365]),
) | st.builds(
    LimitChange,
    scope=st.sampled_from(["recovery", "day"]),
    clerk_card_id=st.sampled_from([DANA, ROSA]),
    most=st.none() | amounts,
    since=days,
    until=days,
)


@given(st.lists(mine, max_size=3))
def test_nobody_gives_themselves_more_without_a_fault_or_a_stamp(typed):
    found = faults_of(ROWS, typed, house(), BY)
    if found:
        return
    later = after(ROWS, steps(ROWS, typed, TODAY))
    for day in range(12):
        at = TODAY + timedelta(day)
        before, now = (Terms.of(rows, BY, at) for rows in (ROWS, later))
        for scope in (Scope.RECOVERY, Scope.DAY, Scope.CUSTOMER):
            was, is_now = before.over_all(scope), now.over_all(scope)
            assert is_now is None or (not is_now.unlimited and is_now.most <= was.most)


@given(st.lists(mine, max_size=3))
def test_what_raises_nothing_on_any_day_is_no_raise(typed):
    later = after(ROWS, steps(ROWS, typed, TODAY))
    for step in steps(ROWS, typed, TODAY):
        same = not raised_for(later, later, BY, step.place, TODAY)
        assert same
