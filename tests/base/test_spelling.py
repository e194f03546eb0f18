"""A name, an address or a number can be read out letter by letter."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.fold import digits
from care_console.base.spelling import group_digits, spell_out


def said(text: str, language: str = "en") -> list[str]:
    return [words for __, words in spell_out(text, language)]


def test_a_name_is_spelt_as_pilots_do():
    assert spell_out("Mia O") == (
        ("M", "Mike"),
        ("i", "India"),
        ("a", "Alfa"),
        (" ", ""),
        ("O", "Oscar"),
    )


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_each_letter_and_sign_of_the_keyboard_has_its_own_words(language):
    letters = said(string.ascii_lowercase, language)
    signs = said("@.-'_+/\\&,:;#*()!?\"%=~", language)

    assert [words[0].lower() for words in letters] == list(string.ascii_lowercase)
    assert len(set(letters + signs)) == len(letters) + len(signs)
    assert all(signs)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("é", "en", ["E acute"]),
        ("e\u0301", "en", ["E acute"]),
        ("É", "fr", ["E accent aigu"]),
        ("ç", "fr-CA", ["C cédille"]),
        ("Ü", "de_AT", ["Umlaut Unna"]),
        ("ẞß", "de", ["Eszett", "Eszett"]),
        ("Łø", "en", ["L with a stroke", "O with a stroke"]),
        ("Ǿ", "en", ["O with a stroke acute"]),
        ("ǟ", "en", ["A with two dots macron"]),
        ("x’y", "en", ["X-ray", "apostrophe", "Yankee"]),
        ("a@b.c", "en", ["Alfa", "at", "Bravo", "dot", "Charlie"]),
        ("a–b", "en", ["Alfa", "hyphen", "Bravo"]),
        ("Ж", "en", ["Zhe"]),
        ("김🙂", "en", ["", ""]),
        ("a", "nl", ["Alfa"]),
        ("a", "", ["Alfa"]),
    ],
)
def test_accents_and_signs_have_names(text, language, words):
    assert said(text, language) == words


def test_digits_are_read_by_groups():
    assert spell_out("+44 20 7946") == (
        ("+", "plus"),
        ("44", "four four"),
        (" ", ""),
        ("20", "two zero"),
        (" ", ""),
        ("7946", "seven nine four six"),
    )
    assert said("204", "de") == ["zwo null vier"]
    assert said("SW1A") == ["Sierra", "Whiskey", "one", "Alfa"]
    assert said("٢٠") == ["two zero"]


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        ("", ""),
        ("1234", "1234"),
        ("12345", "123 45"),
        ("123456", "123 456"),
        ("1234567", "123 4567"),
        ("12345678", "123 456 78"),
        ("2079460123", "207 946 0123"),
        ("+44 20 7946 0123", "+44 20 7946 0123"),
        ("C-1234567", "C-123 4567"),
    ],
)
def test_long_runs_of_digits_are_grouped(number, grouped):
    assert group_digits(number) == grouped


@given(st.text() | st.text("0123456789 +"))
def test_grouping_keeps_each_digit_and_leaves_no_long_run(text):
    grouped = group_digits(text)

    assert digits(grouped) == digits(text)
    assert group_digits(grouped) == grouped


@given(st.text(), st.sampled_from(["en", "de", "fr", "xx"]))
def test_anything_can_be_spelt_and_nothing_is_left_out(text, language):
    spelt = spell_out(text, language)

    assert all(piece for piece, __ in spelt)
    assert digits("".join(piece for piece, __ in spelt)) == digits(text)
