"""What a list of calls is narrowed to, and why calls ended."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.calls.rules.causes import cause_words
from care_console.calls.rules.listing import Period, span

NOW = datetime(2030, 1, 7, 9, 30, tzinfo=UTC)


@given(st.integers(10**9, 2 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC)))
def test_every_period_but_yesterday_holds_this_moment(now):
    for period in (Period.TODAY, Period.WEEK, Period.MONTH):
        since, until = span(period, now)
        assert since <= now < until
    assert span(Period.YESTERDAY, now)[1] == span(Period.TODAY, now)[0]


def test_a_week_is_seven_days_with_today():
    since, until = span(Period.WEEK, NOW)

    assert (until.date() - since.date()) == timedelta(days=7)
    assert span(Period.ANY, NOW) == (None, None)


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("Call completed elsewhere", "A colleague answered"),
        ("Q.850 16", "Hung up"),
        ("Q.850;cause=127", "Hung up"),
        ("17", "The telephone was busy"),
        ("SIP 603", "It was turned away"),
        ("486", "The telephone was busy"),
        ("no news", "The line told nothing more"),
        ("Fire in the exchange", "Fire in the exchange"),
        ("99", "99"),
        ("", ""),
    ],
)
def test_a_cause_is_told_in_words_and_an_unknown_one_as_it_came(cause, words):
    assert cause_words(cause) == words


@given(st.text(max_size=100))
def test_no_cause_is_too_odd(cause):
    assert "\n" not in cause_words(cause)
