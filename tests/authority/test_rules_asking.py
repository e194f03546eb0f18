"""Who may decide a request, until when, and how much of it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.asking import falls_to, lessened, standing
from care_console.authority.rules.views import Answer

NOW = datetime(2030, 1, 7, 11, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DANA, MEERA = 1, 2


@pytest.mark.parametrize(
    ("state", "expires", "allowed", "found"),
    [
        ("waiting", SECOND, None, Answer.WAITING),
        ("waiting", timedelta(0), None, Answer.EXPIRED),
        ("approved", -SECOND, SECOND, Answer.APPROVED),
        ("approved", SECOND, timedelta(0), Answer.EXPIRED),
        ("approved", SECOND, None, Answer.EXPIRED),
        ("refused", -SECOND, None, Answer.REFUSED),
        ("used", -SECOND, -SECOND, Answer.USED),
        ("withdrawn", -SECOND, None, Answer.WITHDRAWN),
    ],
)
def test_a_request_stands_by_the_clock(state, expires, allowed, found):
    until = None if allowed is None else NOW + allowed
    assert standing(state, NOW + expires, until, NOW) is found


@pytest.mark.parametrize(
    ("to", "falls", "found"),
    [(DANA, SECOND, True), (MEERA, SECOND, False), (MEERA, timedelta(0), True)],
)
def test_a_request_falls_to_others_by_the_clock(to, falls, found):
    assert falls_to(DANA, to, NOW + falls, NOW) is found


@given(asked=st.integers(1, 10**6), minor=st.integers(-5, 10**6 + 5))
def test_of_money_as_much_or_less_may_be_allowed(asked, minor):
    assert lessened(asked, 0, minor, None) == ((minor, 0) if 0 < minor <= asked else None)
    assert lessened(asked, 0, None, None) == (asked, 0)


@given(
    price=st.integers(0, 5_000),
    pieces=st.integers(1, 30),
    less=st.none() | st.integers(-2, 32),
    minor=st.none() | st.integers(0, 160_000),
)
def test_of_what_is_counted_whole_pieces_are_allowed(price, pieces, less, minor):
    allowed = lessened(pieces * price, pieces, minor, less)

    if less is not None and not 0 < less <= pieces:
        assert allowed is None
    if allowed is not None:
        money, count = allowed
        assert money == count * price
        assert 0 < count <= pieces
        if less is not None:
            assert count == less
        elif minor is not None:
            assert money <= minor
