"""Amounts as somebody types them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.authority.rules.typed import (
    NotACount,
    NotAnAmount,
    read_amount,
    read_count,
    read_limit,
)
from care_console.base.money import spell


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("35", 3500),
        ("35.5", 3550),
        ("35,50", 3550),
        (" £35.00 ", 3500),
        ("35 GBP", 3500),
        ("gbp 35", 3500),
        ("1,200", 120_000),
        ("1,234,567.89", 123_456_789),
        ("1 200", 120_000),
        ("0", 0),
        ("0.07", 7),
    ],
)
def test_an_amount_is_read_as_it_is_meant(typed, minor):
    assert read_amount(typed, "GBP", "en_GB") == minor


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-5",
        "5-",
        "NaN",
        "1e9",
        "1_000",
        "٣٥",
        "3.5.5",
        "12,34,567",
        "1234,567,890",
        "35.",
        ".5",
        "ten",
        "9" * 30,
        "£",
        "3 5,1234",
    ],
)
def test_what_is_no_amount_is_said_so_with_an_example(typed):
    with pytest.raises(NotAnAmount, match="such as £35.00"):
        read_amount(typed, "GBP", "en_GB")


def test_a_currency_without_small_coins_has_no_decimals():
    assert read_amount("1,200", "JPY", "en_GB") == 1200
    with pytest.raises(NotAnAmount):
        read_amount("12.5", "JPY", "en_GB")


@given(st.integers(0, 10**10 - 1), st.sampled_from(["GBP", "EUR", "JPY", "USD"]))
def test_what_is_shown_can_be_typed_back(minor, currency):
    for locale in ("en_GB", "de_DE", "fr_FR", "de_CH"):
        assert read_amount(spell(minor, currency, locale), currency, locale) == minor


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(NotAnAmount):
        assert read_amount(text, "GBP", "en_GB") >= 0


def test_a_count_is_a_whole_number():
    assert read_count(" 3 ") == 3
    for typed in ("", "3.5", "-1", "٣", "1_0"):
        with pytest.raises(NotACount):
            read_count(typed)


@pytest.mark.parametrize("typed", ["", " ", "-", "–", "—"])
def test_a_limit_that_is_left_empty_is_nothing_and_never_any_amount(typed):
    assert read_limit(typed, "money", "GBP", "en_GB") == (0, False)


def test_a_limit_is_an_amount_a_count_or_any():
    assert read_limit("35", "money", "GBP", "en_GB") == (3_500, False)
    assert read_limit("3", "months", "GBP", "en_GB") == (3, False)
    for typed in ("any", " Any", "∞"):
        assert read_limit(typed, "money", "GBP", "en_GB") == (0, True)
