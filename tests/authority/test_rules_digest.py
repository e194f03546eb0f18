"""The digest shows four patterns, and is silent about everything else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.digest import Gift, odd
from tests.authority.made import TODAY

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
WEEK = TODAY - timedelta(7)


def gift(id=1, days=0, **more):
    """Something given so many days ago, with nothing odd in it."""
    at = NOON - timedelta(days)
    values = {
        "clerk_card_id": 2,
        "clerk": "Rosa Lindqvist",
        "card_id": 7,
        "household_id": 7,
        "customer": "Maria Okafor",
        "name": "Credit on the account",
        "minor": 1_000,
        "card_made": TODAY - timedelta(400),
        "most": 2_000,
    }
    return Gift(remedy_id=id, at=at, day=at.date(), **{**values, **more})


def words(*gifts):
    return [each.words for each in odd(gifts, WEEK)]


def test_what_is_as_it_should_be_is_not_shown():
    assert words() == []
    assert words(gift(), gift(2, household_id=8), gift(3, days=1, household_id=9)) == []


def test_the_same_pair_on_three_days_is_shown_with_all_that_was_given():
    many = [gift(1, 80), gift(2, 40), gift(3, 1)]
    [one] = odd(many, WEEK)
    assert one.words == "Rosa Lindqvist gave something to Maria Okafor on 3 days out of 90."
    assert (one.clerk_card_id, one.card_id, one.remedy_ids) == (2, 7, (1, 2, 3))


@pytest.mark.parametrize(
    "many",
    [
        [gift(1, 1), gift(2, 1), gift(3, 1)],  # one day
        [gift(1, 40), gift(2, 20), gift(3, 8)],  # nothing of it is new
        [gift(1, 90), gift(2, 40), gift(3, 0)],  # longer ago
        [gift(1, 30), gift(2, 20, household_id=8), gift(3, 1)],
        [gift(1, 30), gift(2, 20, clerk_card_id=3), gift(3, 1)],
    ],
)
def test_what_is_no_pair_that_meets_often_is_not_shown(many):
    assert words(*many) == []


def test_a_pair_is_shown_from_the_first_day_on():
    assert len(words(gift(1, 40), gift(2, 20), gift(3, 7))) == 1
    assert words(gift(1, 40), gift(2, 20), gift(3, 8)) == []


def test_a_household_is_one_customer():
    assert len(words(gift(1, 30), gift(2, 20, card_id=8), gift(3, 1))) == 1


def test_a_gift_with_nothing_behind_it_is_shown():
    assert words(gift(behind=False)) == [
        "Rosa Lindqvist gave Maria Okafor “Credit on the account” "
        "with no contact and no recovery behind it."
    ]
    assert words(gift(days=8, behind=False)) == []
    assert len(words(gift(days=7, behind=False))) == 1


def test_a_gift_on_the_day_of_the_card_is_shown():
    assert words(gift(card_made=TODAY)) == [
        "Rosa Lindqvist gave Maria Okafor “Credit on the account” "
        "on the day on which the card was made."
    ]
    assert words(gift(card_made=TODAY - timedelta(1))) == []


def near(minor, times=3, **more):
    return words(*(gift(n, household_id=n, minor=minor, **more) for n in range(times)))


def test_three_times_just_under_the_limit_is_shown_of_the_clerk_and_no_customer():
    assert near(1_900) == ["Rosa Lindqvist stayed just under the limit 3 times."]
    [one] = odd([gift(n, household_id=n, minor=1_900) for n in range(3)], WEEK)
    assert (one.card_id, one.remedy_ids) == (None, (0, 1, 2))


@pytest.mark.parametrize(("minor", "shown"), [(1_799, 0), (1_800, 1), (2_000, 1), (2_001, 0)])
def test_just_under_begins_at_nine_tenths(minor, shown):
    assert len(near(minor)) == shown


def test_twice_is_chance_and_what_is_usual_is_not_odd():
    assert near(1_900, times=2) == []
    assert near(2_000, usual=True) == []
    assert near(1_900, most=None) == []
    assert near(0, most=0) == []


@given(st.permutations([gift(1, 80), gift(2, 40), gift(3, 1), gift(4, 0, behind=False)]))
def test_the_order_in_which_they_are_read_is_of_no_matter(many):
    assert odd(many, WEEK) == odd(sorted(many, key=lambda each: each.at), WEEK)


def test_every_pattern_names_what_it_is_about():
    many = [
        replace(gift(n, n), behind=False, card_made=(NOON - timedelta(n)).date()) for n in (1, 2)
    ]
    assert all(each.remedy_ids and each.clerk_card_id == 2 for each in odd(many, WEEK))
