"""The past under other limits: more generous ones settle more, and none is overspent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.limits import ALL, Giver, Limit, Scope, Terms, Wish
from care_console.authority.rules.rehearsal import Past, judged_givers, replay
from tests.authority.made import TODAY

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
ROSA, TOM = Giver(2, "csr", 5), Giver(4, "csr", 5)
CREDIT, MONTHS, REFUND = 1, 2, 3


def rows(case=4_000, day=15_000, year=7_500, own=10_000, month=None, **more):
    limits = [
        Limit(Scope.REMEDY, ALL, most=own),
        Limit(Scope.RECOVERY, most=case),
        Limit(Scope.DAY, most=day),
        Limit(Scope.CUSTOMER, most=year, days=365),
        Limit(Scope.MONTH, most=month or 0, unlimited=month is None),
    ]
    return [replace(each, id=n, **more) for n, each in enumerate(limits)]


def under(limits):
    return lambda giver: Terms.of(limits, giver, TODAY)


def asked(minor, *, granted=0, minutes=0, **more):
    return past(minor, granted, minutes, asked=True, **more)


def gave(minor, *, minutes=0, **more):
    return past(minor, minor, minutes, **more)


def past(minor, given, minutes, *, giver=ROSA, home=7, case=1, remedy=CREDIT, **more):
    at = NOON + timedelta(minutes=minutes)
    wish = Wish(remedy, minor, entitlement=remedy == REFUND)
    return Past(
        at=at,
        day=at.date(),
        card_id=home,
        household_id=home,
        giver=giver,
        wish=wish,
        given=wish._replace(minor=given),
        recovery_id=case,
        **more,
    )


def figures(found):
    return found.sent_up, found.settled, found.cost_minor


def test_what_fits_would_have_been_settled_for_what_was_asked():
    found = replay([asked(6_000), asked(9_000, case=2, home=8)], under(rows(case=6_000)))
    assert figures(found) == (2, 1, 6_000)
    [one] = found.differing
    assert (one.minor, one.asked_then, one.asks_now) == (6_000, True, False)


def test_what_was_granted_in_part_costs_only_the_rest():
    found = replay([asked(6_000, granted=4_500)], under(rows(case=6_000)))
    assert figures(found) == (1, 1, 1_500)


def test_what_was_granted_in_full_costs_nothing_more():
    assert figures(replay([asked(6_000, granted=6_000)], under(rows(case=6_000)))) == (1, 1, 0)


def test_what_would_be_asked_for_now_costs_only_what_the_clerk_may_give():
    found = replay([gave(4_000)], under(rows(case=1_500)))
    assert figures(found) == (0, 0, -2_500)
    [one] = found.differing
    assert (one.asked_then, one.asks_now) == (False, True)


def test_under_the_limits_of_then_nothing_differs():
    found = replay([gave(3_000), gave(1_000, minutes=5), asked(500, minutes=9)], under(rows()))
    assert figures(found) == (1, 0, 0)
    assert found.differing == ()


def test_what_would_have_been_settled_leaves_less_for_what_was_given_later():
    request, later = asked(3_000), gave(3_000, minutes=5)
    found = replay([request, later], under(rows()))
    assert [(each.asked_then, each.asks_now) for each in found.differing] == [
        (True, False),
        (False, True),
    ]
    unsettled = replay([asked(5_000), later], under(rows()))
    assert unsettled.differing == (), "what was refused took nothing"
    not_judged = replay([replace(request, judged=False), later], under(rows()))
    assert not_judged.differing == ()


def test_what_was_granted_in_part_is_counted_in_full_against_what_was_asked_later():
    both = [asked(3_000, granted=1_000), asked(1_500, minutes=5)]
    assert replay(both, under(rows())).settled == 1


def test_ninety_days_are_gone_through():
    assert replay([], under(rows())).days == 90


def test_one_case_is_added_up_and_another_is_not():
    both = [asked(3_000), asked(3_000, minutes=1)]
    assert replay(both, under(rows())).settled == 1
    apart = [asked(3_000), asked(3_000, minutes=1, case=2)]
    assert replay(apart, under(rows())).settled == 2


def test_a_day_is_of_one_clerk():
    mine = [asked(3_000, case=n, home=n, minutes=n) for n in range(3)]
    assert replay(mine, under(rows(day=6_000))).settled == 2
    shared = [*mine[:2], replace(mine[2], giver=TOM)]
    assert replay(shared, under(rows(day=6_000))).settled == 3
    tomorrow = [*mine[:2], replace(mine[2], at=NOON + timedelta(1), day=TODAY + timedelta(1))]
    assert replay(tomorrow, under(rows(day=6_000))).settled == 3


def test_a_household_is_added_up_over_its_days_from_everybody():
    first = gave(4_000, judged=False)
    second = asked(4_000, minutes=1, case=2, giver=TOM)
    assert replay([first, second], under(rows())).settled == 0
    later = replace(second, at=NOON + timedelta(365), day=TODAY + timedelta(365))
    assert replay([first, later], under(rows())).settled == 1
    apart = replace(second, household_id=8)
    assert replay([first, apart], under(rows())).settled == 1


def test_a_month_is_of_a_department():
    first = gave(4_000, judged=False)
    second = asked(4_000, minutes=1, case=2, home=8, giver=TOM)
    assert replay([first, second], under(rows(month=7_999))).settled == 0
    assert replay([first, second], under(rows(month=8_000))).settled == 1
    elsewhere = replace(second, giver=Giver(9, "csr", 6))
    assert replay([first, elsewhere], under(rows(month=7_999))).settled == 1


def test_a_right_takes_no_room_from_goodwill():
    right = gave(9_000, remedy=REFUND)
    assert replay([right, asked(4_000, minutes=1)], under(rows())).settled == 1


def test_one_remedys_own_share_is_counted_in_its_pieces():
    month = Wish(MONTHS, 1_850, pieces=1, counted=True)
    one = replace(asked(1_850, remedy=MONTHS), wish=month)
    many = [replace(one, at=NOON + timedelta(minutes=n), recovery_id=n) for n in range(3)]
    share = Limit(Scope.CUSTOMER, MONTHS, most=2, days=365, id=99)
    assert replay(many, under([*rows(), share])).settled == 2


def test_what_is_not_judged_uses_room_but_is_in_no_figure():
    found = replay([asked(9_000, granted=9_000, judged=False)], under(rows(case=9_999)))
    assert figures(found) == (0, 0, 0)
    assert found.differing == ()


def test_only_those_are_judged_whose_limits_change():
    givers = [ROSA, TOM, Giver(9, "senior")]
    assert judged_givers(givers, [("senior", None)]) == {9}
    assert judged_givers(givers, [("", 2)]) == {2}
    assert judged_givers(givers, [("", None)]) == {2, 4, 9}
    assert judged_givers(givers, []) == {2, 4, 9}


acts = st.lists(
    st.builds(
        past,
        st.integers(1, 9_000),
        st.just(0),
        st.integers(0, 5_000),
        giver=st.sampled_from([ROSA, TOM]),
        home=st.integers(7, 8),
        case=st.none() | st.integers(1, 3),
        asked=st.booleans(),
        judged=st.booleans(),
    ).map(lambda one: one if one.asked else replace(one, given=one.wish)),
    max_size=14,
)
sizes = st.fixed_dictionaries(
    {name: st.integers(0, 20_000) for name in ("case", "day", "year", "own", "month")}
)


@given(acts, sizes, sizes, st.booleans())
def test_more_generous_limits_never_settle_fewer(many, mosts, more, unlimited):
    generous = {name: mosts[name] + more[name] for name in mosts}
    less, greater = rows(**mosts), rows(**generous, unlimited=unlimited)
    few, most = replay(many, under(less)), replay(many, under(greater))
    assert most.settled >= few.settled
    assert most.sent_up == few.sent_up


@given(acts, sizes)
def test_what_is_settled_is_never_over_a_limit(many, mosts):
    requests = [replace(each, asked=True, judged=True) for each in many]
    found = replay(requests, under(rows(**mosts)))
    settled = [each for each in found.differing if not each.asks_now]
    for home in (7, 8):
        assert sum(each.minor for each in settled if each.card_id == home) <= mosts["year"]
    assert all(each.minor <= mosts["own"] for each in settled)
    assert found.settled == len(settled)
