"""Card and bank numbers are masked, and numbers of other kinds never are."""

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from care_console.base.masking import EXCUSE, MASK, masked, secrets_in

CARDS = (  # published for trials by their issuers
    "4111111111111111",
    "4222222222222",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "30569309025904",
    "3530111333300000",
    "6011111111111117",
    "6759649826438453",
)
IBANS = (  # of the registry of ISO 13616
    "GB29NWBK60161331926819",
    "DE89370400440532013000",
    "FR1420041010050500013M02606",
    "NO9386011117947",
    "MT84MALT011000012345MTLCAST001S",
    "NL91ABNA0417164300",
)


def grouped(number, size=4, between=" "):
    return between.join(number[at : at + size] for at in range(0, len(number), size))


@pytest.mark.parametrize("number", CARDS + IBANS)
@pytest.mark.parametrize("between", ["", " ", "-"])
@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("card no. ", ", exp 12/30"), ("(", ")"), ("is ", "\nCVC")],
)
def test_a_number_that_can_be_paid_with_keeps_its_last_four(number, between, before, after):
    typed = before + grouped(number, between=between) + after
    assert masked(typed) == f"{before}{MASK} {number[-4:]}{after}"


@pytest.mark.parametrize("number", [CARDS[0], grouped(CARDS[0]), "3782 822463 10005"])
def test_the_month_behind_a_card_does_not_hide_it(number):
    assert masked(f"{number} 12/30 123") == f"{MASK} {number.replace(chr(32), '')[-4:]} 12/30 123"


def test_several_in_one_note_are_all_masked():
    note = f"{CARDS[0]} or {IBANS[0].lower()}, {grouped(CARDS[4])}."
    assert masked(note) == f"{MASK} 1111 or {MASK} 6819, {MASK} 0005."


@given(st.sampled_from(CARDS), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_and_it_is_no_card(number, at, by):
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert masked(wrong) == wrong


@given(st.sampled_from(IBANS), st.integers(4, 14), st.integers(1, 9))
def test_one_wrong_digit_and_it_is_no_account(number, at, by):
    assume(number[at].isdigit())
    wrong = number[:at] + str((int(number[at]) + by) % 10) + number[at + 1 :]
    assert masked(wrong) == wrong


FORMATS = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.NATIONAL,
)


@given(
    st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)),
    st.integers(0, 9_999),
    st.sampled_from(FORMATS),
    st.sampled_from(["", "00", "+"]),
)
def test_what_can_be_dialled_is_never_masked(region, end, form, prefix):
    example = phonenumbers.example_number(region)
    assume(example is not None)
    example.national_number = example.national_number // 10_000 * 10_000 + end
    assume(phonenumbers.is_valid_number(example))
    said = phonenumbers.format_number(example, form)
    if prefix:
        said = prefix + phonenumbers.format_number(example, FORMATS[0]).lstrip("+")
    for note in (said, f"ring {said} now", said.lstrip("+"), f"{said}, {said}"):
        assert masked(note) == note


@given(
    st.sampled_from(["order ", "Order no. ", "invoice: ", "account number ", "ref ", "meter #"]),
    st.from_regex(r"[0-9]{5,24}", fullmatch=True),
)
def test_what_is_called_an_order_or_an_account_of_ours_is_never_masked(word, number):
    assert masked(word + number) == word + number


@given(st.from_regex(r"[0-9]{1,12}|0[0-9]{12,18}|[0-9]{20,40}", fullmatch=True))
def test_shorter_and_longer_numbers_stay(number):
    assert masked(number) == number


@given(st.text())
def test_any_text_is_read_and_masking_twice_is_masking_once(text):
    assert masked(masked(text)) == masked(text)


@given(st.text(alphabet="0123456789 -.+AGBDE", max_size=200))
def test_what_is_found_stands_in_order_and_nothing_overlaps(text):
    found = secrets_in(text)
    for one, two in zip(found, found[1:], strict=False):
        assert one.end <= two.start


@pytest.mark.parametrize("number", CARDS + IBANS)
def test_whoever_says_that_it_is_another_number_is_believed(number):
    assert masked(EXCUSE + number) == EXCUSE + number
    assert masked(f"{EXCUSE}{grouped(number)}") == f"{EXCUSE}{grouped(number)}"


def test_a_card_is_a_card_whatever_else_it_is_called():
    assert masked("card ref 4111 1111 1111 1111") == f"card ref {MASK} 1111"


def test_a_long_note_is_read_at_once():
    hostile = ("4" * 18 + " ") * 20_000 + "GB29 " * 20_000
    assert masked(hostile) == hostile


def test_letters_that_only_look_like_digits_break_nothing():
    assert masked("٤" * 16) == "٤" * 16
