"""What a contact may be, what it is kept as, and which reasons are offered."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.calls.rules import WORDS
from care_console.calls.rules.contact import (
    FIRST_WORDS,
    LONGEST_NOTES,
    ON_A_DIGIT,
    OUTCOME_WORDS,
    OWN_REASONS,
    REASONS,
    WRAP_UP,
    BadContact,
    Outcome,
    first_words,
    is_untouched,
    minutes,
    one_line,
    outcome_of,
    reasons,
    typed,
)
from care_console.journal.rules import Entry

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def test_five_outcomes_are_chosen_by_a_digit_and_three_more_end_a_contact_at_once():
    assert [str(each) for each in WRAP_UP] == [
        "settled",
        "promised",
        "passed on",
        "still not right",
        "we don't do that",
    ]
    assert [str(each) for each in ON_A_DIGIT] == ["put through", "wrong number", "cold call"]
    assert set(OUTCOME_WORDS) == set(Outcome) == {*WRAP_UP, *ON_A_DIGIT}


def test_an_outcome_nobody_knows_is_refused_in_words():
    with pytest.raises(BadContact, match="Say how it ended"):
        outcome_of("won")


def test_blanks_alone_are_nothing_written():
    assert is_untouched("", " \n\t", "")
    assert not is_untouched("", " x")


@given(st.text())
def test_notes_are_kept_as_they_were_typed_save_for_what_no_database_takes(notes):
    kept = typed(notes)

    kept.encode("utf-8")
    assert kept == "".join(c for c in notes if c != "\0" and not 0xD800 <= ord(c) <= 0xDFFF)


def test_notes_that_are_too_long_are_refused_and_not_cut():
    with pytest.raises(BadContact, match="too long to keep: 50001 characters"):
        typed("x" * (LONGEST_NOTES + 1))


@given(st.text())
def test_a_reason_is_one_short_line(text):
    line = one_line(text)

    assert len(line) <= 200
    assert "\n" not in line
    assert one_line(line) == line


@given(st.text())
def test_the_first_words_of_notes_are_one_short_line(notes):
    line = first_words(notes)

    assert len(line) <= FIRST_WORDS
    assert len(line.splitlines()) <= 1


def test_long_notes_end_after_a_whole_word():
    line = first_words("She waited all morning. " * 20)

    assert line.endswith("…")
    assert line[:-1] in "She waited all morning. " * 20
    assert line[-2].isalpha() or line[-2] == "."


def test_minutes_are_whole_and_never_below_nought():
    assert minutes(NOW, NOW + timedelta(seconds=89)) == 1
    assert minutes(NOW, NOW + timedelta(seconds=91)) == 2
    assert minutes(NOW, NOW - timedelta(hours=1)) == 0


def test_reasons_are_found_by_a_few_letters_of_any_word_the_most_used_first():
    own = [("Boiler noisy", 2), ("Radiator cold", 7), ("Engineer did not come", 3)]

    assert reasons("co", own, 8)[:2] == ["Radiator cold", "Engineer did not come"]
    assert reasons("nóisy bo", own, 8) == ["Boiler noisy"]
    assert reasons("oiler", own, 8) == []


def test_first_reasons_are_there_until_the_desk_has_its_own():
    few = [("Radiator cold", 7)]
    many = [(f"Reason {i}", i) for i in range(OWN_REASONS)]

    assert len(REASONS) >= 25
    assert reasons("", few, 3) == ["Radiator cold", REASONS[0], REASONS[1]]
    assert not set(reasons("", many, 99)) & set(REASONS)


def test_a_first_reason_that_the_desk_uses_is_offered_once():
    assert reasons("prai", [("praise", 4)], 8) == ["praise"]


@given(st.text(max_size=20), st.lists(st.tuples(st.text(max_size=20), st.integers(0, 9))))
def test_any_text_may_be_typed_where_reasons_are_looked_for(text, own):
    offered = reasons(text, own, 8)

    assert len(offered) <= 8
    assert len(set(offered)) == len(offered)


def entry(kind, personal=None, **facts):
    return Entry(1, kind, facts, personal or {}, NOW, None, "", "")


def test_each_entry_of_a_contact_has_words_also_when_the_person_is_erased():
    for kind, words in WORDS.items():
        line = words(entry(kind))
        assert line.title
        assert line.about in ("calls", "contacts")


def test_a_contact_reads_as_its_reason_its_way_its_end_and_its_first_words():
    said = {"reason": "Visit missed", "notes": "She waited.\nAll day."}
    line = WORDS["contact_finished"](
        entry("contact_finished", said, channel="telephone", direction="in", outcome="settled")
    )

    assert (line.title, line.sub) == ("Visit missed", "Called us · Settled · She waited. All day.")
    assert (line.icon, line.tone, line.about) == ("phone", "ok", "contacts")


def test_past_calls_read_as_many_as_they_were():
    assert WORDS["calls_linked"](entry("calls_linked", count=1)).title.startswith("1 earlier call ")
    assert WORDS["calls_linked"](entry("calls_linked", count=3)).title.startswith("3 earlier calls")
    missed = WORDS["missed"](entry("missed", called="the main number"))
    assert (missed.title, missed.sub) == ("Called, nobody answered", "on the main number")
