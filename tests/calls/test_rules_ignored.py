"""What is ignored is a whole number, or all that begin with enough of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.phone import Plan
from care_console.calls.rules.ignored import (
    LEAST,
    BadPattern,
    is_ignored,
    pattern_of,
    pattern_words,
)

PLAN = Plan(country="GB")
DIGITS = st.text("123456789", min_size=LEAST, max_size=14)


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("020 7946 0123", "+442079460123"),
        ("+44 20 7946 0123", "+442079460123"),
        ("+44 20 79*", "+442079*"),
        (" +4420-7946* ", "+44207946*"),
    ],
)
def test_a_number_is_kept_as_the_house_compares_numbers(typed, pattern):
    assert pattern_of(typed, PLAN) == pattern


@pytest.mark.parametrize("typed", ["", "*", "+*", "+44*", "0207946*", "+44 call*", "Maria", "204"])
def test_what_would_silence_too_many_or_nobody_is_refused(typed):
    with pytest.raises(BadPattern):
        pattern_of(typed, PLAN)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_refused_or_kept_in_one_form(typed):
    try:
        pattern = pattern_of(typed, PLAN)
    except BadPattern:
        return
    assert pattern_of(pattern, PLAN) == pattern


@given(DIGITS, DIGITS)
def test_a_beginning_ignores_just_the_numbers_that_begin_so(beginning, number):
    assert is_ignored(f"+{number}", {f"+{beginning}*"}) == number.startswith(beginning)
    assert is_ignored(f"+{beginning}", {f"+{beginning}"})


def test_who_hides_the_number_is_never_ignored():
    assert not is_ignored(None, {"+442079460123"})
    assert not is_ignored("", {"+44207*"})


def test_a_pattern_is_told_in_words():
    assert pattern_words("+442079460123") == "+44 20 7946 0123"
    assert pattern_words("+44207*") == "all that begin with +44207"
