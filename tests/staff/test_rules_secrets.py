"""Which passphrases and PINs will do, and how the waiting grows."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.staff.rules import BadSecret, Role, TryLater, least_letters, wait_words
from care_console.staff.rules.secrets import check_passphrase, check_pin, next_try, normal, wait_s

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "least"),
    [("receptionist", 10), ("csr", 10), ("senior", 10), ("supervisor", 15), ("administrator", 15)],
)
def test_who_leads_needs_the_longer_passphrase(role, least):
    enough = "correct horse battery staple"[:least]

    assert least_letters(role) == least
    check_passphrase(enough, role, "Rosa Lindqvist")
    with pytest.raises(BadSecret, match=f"at least {least} letters"):
        check_passphrase(enough[:-1], role, "Rosa Lindqvist")


@pytest.mark.parametrize(
    "typed",
    ["aaaaaaaaaaaaaaaa", "abababababababab", "Rosa Lindqvist", "rosalindqvist ROSA LINDQVIST"],
)
def test_what_is_guessed_first_is_refused(typed):
    with pytest.raises(BadSecret, match="guessed first"):
        check_passphrase(typed, "csr", "Rosa Lindqvist")


def test_a_passphrase_has_an_end():
    check_passphrase("abcde" * 40, "csr", "Rosa")
    with pytest.raises(BadSecret, match="at most 200"):
        check_passphrase("abcde" * 40 + "f", "csr", "Rosa")


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "12 456", "abcdef", "１２３４５６", "²²²²²²"]
)
def test_a_pin_has_six_digits(typed):
    with pytest.raises(BadSecret, match="six digits"):
        check_pin(typed)


@pytest.mark.parametrize(
    "typed", ["000000", "111111", "123456", "654321", "890123", "121212", "472472", "135791"]
)
def test_a_pin_with_a_pattern_is_refused(typed):
    with pytest.raises(BadSecret, match="pattern"):
        check_pin(typed)


@pytest.mark.parametrize("typed", ["472913", "004913", "907315", "112358"])
def test_other_pins_will_do(typed):
    check_pin(typed)


def test_five_are_free_and_then_the_waiting_doubles_to_a_quarter_of_an_hour():
    waits = [wait_s(failures) for failures in range(1, 13)]

    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]


@given(st.integers(0, 10_000))
def test_one_more_wrong_one_never_makes_the_waiting_shorter(failures):
    assert NOW <= next_try(failures, NOW) <= next_try(failures + 1, NOW)
    assert wait_s(failures) <= 900


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (30, "30 seconds"),
        (90, "90 seconds"),
        (91, "2 minutes"),
        (900, "15 minutes"),
    ],
)
def test_the_wait_is_told_in_words(seconds, words):
    assert wait_words(seconds) == words
    assert str(TryLater(seconds)) == f"That was wrong too often. Try again in {words}."


def test_both_ways_of_typing_a_letter_are_one_passphrase():
    assert normal("re\u0301gime") == normal("r\u00e9gime")


def test_every_role_is_asked_for_a_length():
    assert {least_letters(role) for role in Role} == {10, 15}
