"""The recovery code is understood however it is written, and no slip in it goes unnoticed."""

from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from care_console.settings.recovery_code import (
    LETTERS,
    WHOLE,
    BadCode,
    groups_of,
    looks_like_code,
    new_code,
    printed,
    read_code,
)

codes = st.builds(new_code)


@given(codes, st.sampled_from([" ", "-", "", " – ", "\n"]), st.booleans())
def test_a_code_is_read_in_any_case_and_with_any_gaps(code, gap, small):
    typed = gap.join(groups_of(code))

    assert read_code(typed.lower() if small else typed) == code


@given(codes)
def test_look_alikes_are_taken_for_what_is_meant(code):
    typed = code.replace("0", "O").replace("1", "l").replace("V", "u")

    assert read_code(typed) == code


@given(codes, st.integers(0, WHOLE - 1), st.sampled_from(LETTERS))
def test_each_wrong_letter_is_noticed(code, at, other):
    assume(code[at] != other)

    with pytest.raises(BadCode, match="slip"):
        read_code(code[:at] + other + code[at + 1 :])


@given(codes, st.integers(0, WHOLE - 2))
def test_two_letters_that_are_swapped_are_noticed(code, at):
    assume(code[at] != code[at + 1])

    with pytest.raises(BadCode, match="slip"):
        read_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_a_sentence(typed):
    with suppress(BadCode):
        assert len(read_code(typed)) == WHOLE
    assert isinstance(looks_like_code(typed), bool)


def test_a_code_is_printed_in_groups_of_four_and_never_twice_the_same():
    codes = {new_code() for _ in range(100)}

    assert len(codes) == 100
    assert all(len(each) == 4 for code in codes for each in printed(code).split("-"))


def test_what_is_missing_is_said():
    with pytest.raises(BadCode, match="28 letters and digits; here are 27"):
        read_code(new_code()[1:])
