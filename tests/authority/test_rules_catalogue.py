"""What a house begins with holds together."""

import pytest

from care_console.authority.rules.catalogue import CEILING, STANDARD, scaled, standard_limits
from care_console.authority.rules.changes import a_year, place_of
from care_console.authority.rules.faults import faults_of, hard
from care_console.authority.rules.house import House
from care_console.authority.rules.limits import Giver, Scope, Terms, Verdict, Wish, decide
from care_console.authority.rules.views import LimitChange
from care_console.cards.rules import Group
from care_console.staff.rules import Role
from tests.authority.made import TODAY, standard


def test_there_are_twelve_to_sixteen_remedies_and_every_group_has_its_own():
    assert 12 <= len(STANDARD) <= 16
    for group in Group:
        own = [each for each in STANDARD if each.card_group == group]
        assert own, group


def test_no_customer_of_one_group_sees_more_than_nine_digits():
    for group in Group:
        assert len([each for each in STANDARD if each.card_group in (group, "")]) <= 9


def test_what_is_given_by_right_never_counts_as_goodwill_and_wants_a_reason():
    rights = [each for each in STANDARD if each.entitlement]
    assert len(rights) == 2
    assert all(each.kind == "refund" and each.why_wanted for each in rights)


def test_every_remedy_has_somebody_who_does_it_within_a_working_week():
    assert all(each.doer and 0 < each.done_within_s <= 5 * 86_400 for each in STANDARD)


@pytest.mark.parametrize(
    ("role", "case", "day", "year"),
    [
        (Role.RECEPTIONIST, 1_500, 6_000, 4_000),
        (Role.CSR, 4_000, 15_000, 7_500),
        (Role.SENIOR, 8_000, 30_000, CEILING),
    ],
)
def test_each_role_begins_with_the_limits_of_the_picture(role, case, day, year):
    _, rows = standard()
    terms = Terms.of(rows, Giver(1, role), TODAY)
    mosts = [terms.over_all(s).most for s in (Scope.RECOVERY, Scope.DAY, Scope.CUSTOMER)]
    assert mosts == [case, day, year]
    assert terms.over_all(Scope.MONTH).unlimited
    assert a_year(terms.over_all(Scope.CUSTOMER)) == year


def test_no_role_may_give_less_than_the_one_below_it():
    remedies, rows = standard()
    for below, above in zip(Role, list(Role)[1:], strict=False):
        less, more = (Terms.of(rows, Giver(1, role), TODAY) for role in (below, above))
        for key, limit in less.limits.items():
            assert more.limits[key].unlimited or more.limits[key].most >= limit.most, (above, key)
    assert remedies


def test_the_standard_limits_have_no_fault_of_their_own():
    remedies, rows = standard()
    house = House(TODAY, "GBP", CEILING, remedies=remedies)
    typed = [
        LimitChange(
            **place_of(row)._asdict(), most=row.most, unlimited=row.unlimited, days=row.days
        )
        for row in rows
    ]
    assert hard(faults_of([], typed, house, Giver(1, Role.ADMINISTRATOR))) == []


def test_a_csr_gives_what_is_usual_on_the_spot_and_a_receptionist_asks_for_credit():
    remedies, rows = standard()
    credit = next(each for each in remedies.values() if each.kind == "credit")
    wish = Wish(credit.id, credit.usual)
    verdicts = [
        decide(wish, Terms.of(rows, Giver(1, role), TODAY), {}).verdict
        for role in (Role.RECEPTIONIST, Role.CSR)
    ]
    assert verdicts == [Verdict.ASK, Verdict.GIVE]


@pytest.mark.parametrize(
    ("currency", "minor"), [("GBP", 4_000), ("EUR", 4_000), ("JPY", 4_000), ("KWD", 40_000)]
)
def test_amounts_follow_the_digits_of_the_currency(currency, minor):
    assert scaled(4_000, currency) == minor
    remedies, _ = standard()
    limits = list(standard_limits(remedies, currency))
    case = next(x for x in limits if x.scope is Scope.RECOVERY and x.role == Role.CSR)
    months = next(x for x in limits if x.role == Role.SENIOR and x.catalogue_id == 3)
    assert case.most == minor
    assert months.most == 3, "months are counted, not paid"
