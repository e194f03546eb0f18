"""What the head of a card says, before any widget shows it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.cards.rules import Brief, Fact, Group, Headline, Kind
from care_console.cards.rules.shown import (
    alerts,
    filters,
    open_facts,
    passes,
    second_line,
    spoken,
    ties,
    ways,
    wishes,
)
from care_console.journal.rules import Entry, Line

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
NOBODY = Headline(1, "Maria Okafor", Kind.PERSON, (), *("",) * 12)


def of(**said):
    return replace(NOBODY, **said)


@pytest.mark.parametrize(
    ("card", "said"),
    [
        ({"form_of_address": "Maria", "say_it": "oh-KAH-for"}, "Say “Maria”; Okafor is oh-KAH-for"),
        ({"preferred": "Maria", "say_it": "mah-REE-a"}, "Say “Maria” (mah-REE-a)"),
        ({"form_of_address": "Mrs Okafor"}, "Say “Mrs Okafor”"),
        ({"say_it": "mah-REE-a oh-KAH-for"}, "Say it mah-REE-a oh-KAH-for"),
        ({"say_it": "oh-KAH-for"}, "Okafor is oh-KAH-for"),
        ({"preferred": "Mia", "pronoun": "she"}, "Say “Mia”, “she”"),
        ({"preferred": "Maria Okafor", "dont": "Never ring at work"}, "Never ring at work"),
        ({"dont": "ring at work"}, "Never: ring at work"),
        ({"dont": "Don’t ring"}, "Don’t ring"),
        ({"dont": "Nie vor zehn anrufen"}, "Nie vor zehn anrufen"),
        ({"language": "fr"}, "speaks French"),
        ({"do": "Two\nlines"}, "Two lines"),
    ],
)
def test_how_somebody_wants_to_be_treated_is_said_in_the_cards_own_words(card, said):
    assert wishes(of(**card))[0] == said


def test_what_must_not_happen_comes_before_what_may():
    card = of(
        accessibility="Speak slowly", dont="Never shout", do="Tea", preferred_hours="mornings"
    )

    assert wishes(card) == ["Speak slowly", "Never shout", "mornings", "Tea"]


def test_the_language_of_the_house_is_not_mentioned():
    assert wishes(of(language="en-GB"), "en_GB") == []
    assert wishes(of(language="tlh"), "en_GB") != []


@given(st.builds(of, **{name: st.text() for name in ("preferred", "say_it", "dont", "do", "name")}))
def test_no_wish_is_empty_has_two_lines_or_hides_the_others(card):
    for each in wishes(card):
        assert each.strip()
        assert "\n" not in each
        assert len(each) < 600


def test_numbers_are_shown_as_they_are_read_and_can_be_spelt():
    card = of(number="+442079460123", email="m@example.org", address="14 Elm Row, London")

    assert [(each.what, each.text) for each in ways(card)] == [
        ("number", "+44 20 7946 0123"),
        ("email", "m@example.org"),
        ("address", "14 Elm Row, London"),
    ]
    assert [each.text for each in ways(of(number="204", internal="204"))] == ["extension 204"]
    assert [each.text for each in ways(of(company="Arslan Valves"))] == ["Arslan Valves"]


def test_the_third_line_tells_how_they_were_known_and_who_is_theirs():
    card = of(
        title="Owner", company="Okafor Plumbing", owner="Rosa", seller="Jo", address="Elm Row"
    )

    assert ties(card, "matched by number") == [
        "matched by number",
        "Owner, Okafor Plumbing",
        "looked after by Rosa",
        "sold by Jo",
    ]
    assert ties(replace(card, seller="Rosa", title="", address="")) == ["looked after by Rosa"]


def test_of_many_alerts_the_first_are_shown_and_the_others_counted():
    assert alerts(of(alerts=("a", "b"))) == ["a", "b"]
    assert alerts(of(alerts=tuple("abcde"))) == ["a", "b", "c", "2 more in the details"]


def test_what_is_due_first_stands_first_and_late_is_said():
    facts = [
        Fact("matter", 1, None, "Warranty question"),
        Fact("promise", 2, NOW + timedelta(hours=3), "New visit date"),
        Fact("callback", 1, NOW - timedelta(hours=1), "Call back"),
    ]

    shown = open_facts(facts, NOW)

    assert [late for _, late in shown] == [True, False, False]
    assert shown[0][0].startswith("Call back, due today ")
    assert shown[1][0].startswith("New visit date, and 1 more, due today ")
    assert shown[2][0] == "Warranty question"


def test_a_row_says_what_they_do_or_else_their_number():
    row = Brief(1, "Peter Halden", Kind.PERSON, (), "Halden & Sons", "Owner", "Manchester")

    assert second_line(row) == "Owner, Halden & Sons  ·  Manchester"
    bare = replace(row, title="", company="", town="", numbers=("+442079460123",))
    assert second_line(bare) == "+44 20 7946 0123"


def entry(group="", kind="call"):
    return Entry(1, kind, {}, {}, NOW, None, "", group)


def test_a_history_is_filtered_by_group_only_where_there_are_several():
    assert filters((Group.END_USER,), [entry()]) == []
    assert filters((Group.DISTRIBUTOR, Group.END_USER), []) == [Group.END_USER, Group.DISTRIBUTOR]
    assert filters((Group.END_USER,), [entry("supplier")]) == [Group.END_USER, Group.SUPPLIER]


def test_an_entry_passes_its_kind_and_its_group():
    line = Line("Call", about="calls")

    assert passes(entry(), line, "")
    assert passes(entry(), line, "calls")
    assert not passes(entry(), line, "changes")
    assert passes(entry("distributor"), line, "calls", frozenset({"distributor"}))
    assert not passes(entry(), line, "", frozenset({"distributor"}))


def test_a_screen_reader_hears_name_groups_and_wishes():
    card = of(groups=("end-user", "distributor"), dont="Never ring at work")

    assert spoken(card) == "Maria Okafor, End-user, Distributor, Never ring at work"
