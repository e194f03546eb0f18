"""Names from outside cannot hide, climb or turn what stands around them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.names import (
    MOST_MARKS,
    clean,
    clean_text,
    display_name,
    initials,
    isolated,
    sort_name,
)

HOSTILE = st.text(
    alphabet="a é\u0301\u0327\u200d\u200c\u202e\u2066\x00\n\r\t\u2028\u3164\ue000\ud800ß  "
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Maria \t Okafor\n", "Maria Okafor"),
        ("Maria\r\nOkafor\u2028Ltd", "Maria Okafor Ltd"),
        ("e\u0301", "é"),
        ("e\u200e\u0301", "é"),
        ("Bob\u202etxt.exe", "Bobtxt.exe"),
        ("Bob\x00\x1b[31m\ufeff\xad", "Bob[31m"),
        ("\ud800\ue000\U000e0041x", "x"),
        ("نیما\u200cپور", "نیما\u200cپور"),
        ("👩\u200d🔧", "👩\u200d🔧"),
        (" \u200d x\u200c", "x"),
        ("a\u200d\u200d\u200db", "a\u200db"),
        ("\u3164\u2800", ""),
        ("x" + "\u0301" * 9, "x" + "\u0301" * 4),
        ("x" + "\u0301" * 4 + "\u200d" + "\u0301" * 4 + "y", "x" + "\u0301" * 4 + "\u200dy"),
        ("<b>Tom & Jerry</b>", "<b>Tom & Jerry</b>"),
        ("Ngô Thị Hằng", "Ngô Thị Hằng"),
        ("", ""),
    ],
)
def test_a_name_from_outside_holds_only_what_can_be_seen(text, name):
    assert clean(text) == name


@given(text=st.text() | HOSTILE, most=st.integers(0, 40))
def test_cleaning_leaves_nothing_to_clean(text, most):
    for cleaned, again in ((clean, clean), (clean_text, clean_text), (clean_text, clean)):
        name = cleaned(text, most)
        assert len(name) <= most
        assert again(name, most) == (name if again is cleaned else clean(name, most))
        assert unicodedata.is_normalized("NFC", name)
        assert not {unicodedata.category(char) for char in name} & {"Cs", "Co", "Cn", "Zl", "Zp"}
        assert {char for char in name if unicodedata.category(char) == "Cf"} <= {"\u200c", "\u200d"}
        assert {char for char in name if unicodedata.category(char) == "Cc"} <= {"\n", "\t"}
        assert longest_row_of_marks(name) <= MOST_MARKS
        assert "  " not in name


@given(st.text() | HOSTILE)
def test_a_clean_name_is_one_line(text):
    assert clean(text).split() == [word for word in clean(text).split(" ") if word]


def longest_row_of_marks(text: str) -> int:
    row = longest = 0
    for char in text:
        row = row + 1 if unicodedata.category(char)[0] == "M" else 0
        longest = max(longest, row)
    return longest


def test_a_cut_leaves_no_blank_or_joiner_at_the_end():
    assert clean("Maria Okafor", 6) == "Maria"
    assert clean("نیما\u200cپور", 5) == "نیما"
    assert clean_text("one\n\ntwo", 5) == "one"


def test_a_hostile_name_is_cut_before_it_costs_anything():
    assert len(clean("x" * 10_000)) == 200
    assert (
        len(clean_text("\u0301\u0327" * 500_000, 50_000)) == MOST_MARKS
    )  # many minutes if sorted whole


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("first\r\nsecond\rthird\u2029fourth", "first\nsecond\nthird\nfourth"),
        ("a\tb   c \n  d", "a\tb c\nd"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("\n a \n", "a"),
        ("one\x00\u202e line", "one line"),
    ],
)
def test_a_text_keeps_its_lines_and_tabs(text, kept):
    assert clean_text(text, 100) == kept


@given(st.text() | HOSTILE)
def test_an_isolated_name_opens_and_closes_one_isolate(text):
    shown = isolated(text)

    assert shown[0] == "\N{FIRST STRONG ISOLATE}"
    assert shown[-1] == "\N{POP DIRECTIONAL ISOLATE}"
    assert not any(
        "\u2066" <= char <= "\u2069" or "\u202a" <= char <= "\u202e" for char in shown[1:-1]
    )


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"given": "Maria", "family": "Okafor"}, "Maria Okafor"),
        ({"prefix": "Dr", "given": "Maria", "family": "Okafor"}, "Dr Maria Okafor"),
        ({"given": "Martin", "family": "King", "suffix": "Jr"}, "Martin King Jr"),
        ({"given": "Peter", "family": "Halden", "preferred": "Pete"}, "Pete Halden"),
        ({"prefix": "Dr", "given": "P.", "family": "Li", "preferred": "Al"}, "Al Li"),
        ({"given": "Ann", "family": "Halden", "preferred": "Mrs Halden"}, "Mrs Halden"),
        ({"given": "Sal", "family": "Al", "preferred": "Sally"}, "Sally Al"),
        ({"given": "Sukarno"}, "Sukarno"),
        ({"family": "Okafor", "prefix": "Ms"}, "Ms Okafor"),
        ({"given": "민수", "family": "김"}, "김민수"),
        ({"given": "さくら", "family": "山田"}, "山田さくら"),
        ({"organisation": "Halden & Sons"}, "Halden & Sons"),
        ({"given": "Ingrid", "organisation": "Halden & Sons"}, "Ingrid"),
        ({"prefix": "Dr", "suffix": "PhD", "organisation": " "}, "Dr"),
        ({}, ""),
    ],
)
def test_somebody_is_shown_by_the_name_they_like(parts, name):
    assert display_name(**parts) == name


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maria Okafor", "MO"),
        ("Dr. Maria van der Okafor PhD", "MO"),
        ("Maria O'Brien", "MO"),
        ("Anne-Marie Smith-Jones", "AS"),
        ("Northgate Heating Ltd.", "NH"),
        ("Halden & Sons", "HS"),
        ("Sukarno", "S"),
        ("Dr", "D"),
        ("(e\u0301lodie)", "É"),
        ("ßeta", "S"),
        ("김민수", "김"),
        ("山田 太郎", "山"),
        ("3M", "3"),
        ("🙂 …", ""),
        ("", ""),
    ],
)
def test_a_name_has_one_or_two_initials(name, letters):
    assert initials(name) == letters


@given(st.text())
def test_there_are_never_more_than_two_initials(text):
    assert len(initials(text)) <= 2


def test_a_list_is_sorted_by_the_family():
    assert sort_name(given="Maria", family="Okafor") == "Okafor, Maria"
    assert sort_name(given="Sukarno") == "Sukarno"
    assert sort_name(organisation="Halden & Sons") == "Halden & Sons"
