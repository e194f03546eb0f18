"""No number that saves lives is dialled by a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.emergency import is_emergency
from care_console.base.phone import Plan

GB = Plan(country="GB", trunk_prefixes=("9",))


@pytest.mark.parametrize("number", ["999", "112", "9 999", "+44 999", "+1911", "+49 110", "+33 15"])
def test_numbers_of_emergencies_are_known_with_every_prefix(number):
    assert is_emergency(number, GB)


@pytest.mark.parametrize("number", ["+442079460123", "020 7946 0123", "204", "", "+15195550123"])
def test_others_are_not(number):
    assert not is_emergency(number, GB)


@given(st.text(max_size=20))
def test_no_text_is_too_odd(text):
    is_emergency(text, GB)
