"""Each entry about remedies reads as a line, also when the person behind it was erased."""

from datetime import UTC, datetime

import pytest

from care_console.authority.rules.words import WORDS, amount_words
from care_console.journal.rules import Entry

AT = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def line(kind, facts=None, **personal):
    entry = Entry(1, kind, facts or {}, personal, AT, None, "", "")
    return WORDS[kind](entry)


def test_a_remedy_says_how_much_of_what_and_why():
    facts = {"minor": 3_500, "currency": "GBP"}
    found = line("remedy_given", facts, name="Waive a fee", why="Two visits missed")

    assert (found.title, found.sub) == ("Remedy given", "£35.00: Waive a fee · Two visits missed")
    assert found.tone == "ok"


def test_a_refusal_says_its_words_and_a_request_its_story():
    facts = {"minor": 5_550, "currency": "GBP"}
    assert (
        "First the call-out fee"
        in line(
            "request_refused", facts, name="Cover", words="First the call-out fee", story="Long"
        ).sub
    )
    assert "No heating" in line("request_sent", facts, name="Cover", story="No heating").sub


def test_what_costs_nothing_is_called_by_its_name():
    assert amount_words(0, "GBP", "First slot today") == "First slot today"
    assert amount_words(100, "GBP", "") == "£1.00"


@pytest.mark.parametrize("kind", WORDS)
def test_an_erased_entry_still_has_a_title(kind):
    found = line(kind)
    assert found.title
    assert "None" not in found.sub
    assert "{" not in found.title + found.sub


def test_limits_and_lists_are_counted():
    assert line("limits_changed", {"changes": [{}, {}]}, why="Winter").title == "2 limits changed"
    assert line("accounts_exported", {"count": 1}).title == "1 remedy exported"
