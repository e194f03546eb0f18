"""A search does not mind case, accents, apostrophes, or one slip."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from care_console.base.fold import (
    LONGEST_WITH_SLIP,
    SHORTEST_WITH_SLIP,
    asked_words,
    digits,
    fold,
    one_slip_apart,
    slips,
    upper_bound,
    words,
)

LETTERS = "abcdeł김"
WORDS = st.text(LETTERS, min_size=SHORTEST_WITH_SLIP, max_size=LONGEST_WITH_SLIP)
SHORT_WORDS = st.text("abc", max_size=7)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O'Brien", "obrien"),
        ("O’Brien", "obrien"),
        ("Smith-Jones, J.P.", "smith jones j p"),
        ("  ŁÓDŹ  ", "lodz"),
        ("Ærø Œuvre", "aero oeuvre"),
        ("Straße STRASSE", "strasse strasse"),
        ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
        ("Đorđe Þór Ħal", "dorde thor hal"),
        ("Σίσυφος", "σισυφοσ"),
        ("Ёлка Йод", "елка иод"),
        ("김민수 がぎ हिन्दी", "김민수 がぎ हिन्दी"),
        ("か\u3099", "が"),
        ("ﬁn Ｍａｒｉａ №12", "fin maria no12"),
        ("٢٠٤", "204"),
        ("a\u200db\u202ec\xad", "abc"),
        ("rosa@example.org", "rosa example org"),
        ("🙂 … &", ""),
        ("", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_apostrophes(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text):
    folded = fold(text)

    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@given(st.text(), st.text())
def test_words_on_both_sides_of_a_blank_are_folded_alone(left, right):
    assert fold(f"{left} {right}") == f"{fold(left)} {fold(right)}".strip()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Maria Okafor", ("maria", "okafor")),
        ("o'brien", ("obrien", "brien")),
        ("Smith-Jones", ("smith", "jones", "smithjones")),
        ("J.P. Morgan", ("j", "p", "jp", "morgan")),
        ("John's John's", ("johns",)),
        ("rosa.l@example.org", ("rosa", "l", "example", "org")),
        ("", ()),
    ],
)
def test_a_card_is_kept_under_each_word(text, kept):
    assert words(text) == kept


@pytest.mark.parametrize("stored", ["Smith-Jones", "Aoife O'Brien", "J.P. Morgan", "Łódź"])
@pytest.mark.parametrize("change", [str, str.upper, lambda text: text.replace("-", " ")])
@pytest.mark.parametrize("join", [str, lambda text: text.translate(str.maketrans("", "", "-'."))])
def test_what_is_typed_finds_what_is_stored(stored, change, join):
    kept = words(stored)

    for asked in asked_words(join(change(stored))):
        assert any(word.startswith(asked) for word in kept), asked


def test_the_parts_of_a_name_may_be_typed_apart():
    kept = words("Aoife O'Brien")

    assert all(any(word.startswith(asked) for word in kept) for asked in asked_words("o brien"))


@given(st.text())
@example("A'AA¼")
def test_every_kept_word_is_one_word(stored):
    assert all(word.split() == [word] for word in words(stored))


@given(st.text(min_size=1), st.text())
def test_all_that_begins_with_a_prefix_lies_below_its_upper_bound(prefix, rest):
    assume(prefix.strip("\U0010ffff"))

    assert prefix <= prefix + rest < upper_bound(prefix)


@given(st.text(min_size=1), st.text())
def test_nothing_else_from_the_prefix_up_lies_below_the_bound(prefix, other):
    assume(prefix.strip("\U0010ffff") and not other.startswith(prefix))

    assert other < prefix or other >= upper_bound(prefix)


def test_a_bound_is_text_that_a_database_takes():
    assert upper_bound("a\ud7ff") == "a\ue000"
    assert upper_bound("a\U0010ffff") == "b"
    assert upper_bound("oka") == "okb"


@given(st.text())
def test_the_bound_of_no_prefix_is_above_everything(text):
    assert fold(text) < upper_bound("")


def one_slip(word: str, kind: str, at: int, letter: str) -> str:
    if kind == "more":
        return word[:at] + letter + word[at:]
    if kind == "less":
        return word[:at] + word[at + 1 :]
    if kind == "other":
        return word[:at] + letter + word[at + 1 :]
    return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def meet(a: str, b: str) -> bool:
    return not slips(a).isdisjoint(slips(b)) or a in slips(b) or b in slips(a)


@given(WORDS, st.sampled_from(["more", "less", "other", "swapped"]), st.data())
def test_every_single_slip_is_found(word, kind, data):
    at = data.draw(st.integers(0, len(word) - 1))
    slipped = one_slip(word, kind, at, data.draw(st.sampled_from(LETTERS)))
    assume(slipped != word and len(slipped) <= LONGEST_WITH_SLIP)

    assert one_slip_apart(word, slipped)
    assert one_slip_apart(slipped, word)
    assert meet(word, slipped)


def distance(a: str, b: str) -> int:
    """Count the slips from ``a`` to ``b`` (optimal string alignment)."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


@given(SHORT_WORDS, SHORT_WORDS)
def test_two_words_are_one_slip_apart_or_not_whichever_comes_first(a, b):
    assert one_slip_apart(a, b) == one_slip_apart(b, a) == (distance(a, b) == 1)


@pytest.mark.parametrize("word", ["", "anna", "x" * (LONGEST_WITH_SLIP + 1), "x" * 100_000])
def test_short_and_endless_words_are_forgiven_nothing(word):
    assert slips(word) == set()


@given(WORDS)
def test_a_slip_is_one_letter_shorter(word):
    assert 0 < len(slips(word)) <= len(word)
    assert {len(slip) for slip in slips(word)} == {len(word) - 1}


def test_digits_of_any_script_are_digits():
    assert digits("+44 (0)20-7946") == "440207946"
    assert digits("٠٢٠ ７９ x²") == "02079"
    assert digits("") == ""


@given(st.text())
def test_of_digits_nothing_else_is_left(text):
    assert set(digits(text)) <= set("0123456789")
    assert digits(digits(text)) == digits(text)
