"""What an entry changed, told before and after, and as a table that no spreadsheet reckons out."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.journal.rules import (
    Act,
    Entry,
    Line,
    NoDay,
    Told,
    begin_of,
    end_of,
    harmless,
    line,
    table,
    told,
)

AT = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
DANGEROUS = set("=+-@\t\r\n＝＋－＠")


def entry(kind="noted", facts=None, personal=None):
    return Entry(1, kind, facts or {}, personal or {}, AT, 7, "", "")


def test_a_field_that_was_set_is_told_before_and_after():
    op = {"op": "set", "part": "", "id": 0, "field": "family", "before": "Poe", "after": "Byron"}

    assert told(entry(personal={"card_id": 3, "ops": [op]})) == (Told("family", "Poe", "Byron"),)


def test_a_part_that_came_or_went_is_told_with_what_it_said():
    values = {"raw": "020 7946 0123", "label": None}
    ops = [
        {"op": "add", "part": "phone", "id": 1, "values": values},
        {"op": "remove", "part": "phone", "id": 1, "values": values},
    ]

    assert told(entry(personal={"ops": ops})) == (
        Told("phone", "–", "raw: 020 7946 0123"),
        Told("phone", "raw: 020 7946 0123", "–"),
    )


def test_fields_that_are_told_together_are_told_where_they_differ():
    facts = {"before": {"role": "csr", "pin": True}, "after": {"role": "senior", "pin": True}}

    assert told(entry(facts=facts)) == (Told("role", "csr", "senior"),)
    assert told(entry(facts={"field": "role", "before": "csr", "after": None})) == (
        Told("role", "csr", "–"),
    )


def test_whatever_else_it_says_is_told_and_an_erased_part_is_simply_gone():
    said = {"amount_minor": 3500, "sent": False, "options": ["name", "vision"], "empty": ""}

    assert told(entry(facts=said)) == (
        Told("amount minor", "", "3500"),
        Told("sent", "", "no"),
        Told("options", "", "name, vision"),
    )
    assert told(entry()) == ()


def test_an_entry_of_a_later_version_is_told_by_its_kind():
    words = {"noted": lambda each: Line(each.facts["title"])}

    assert line(entry("hologram_sent"), words).title == "hologram sent"
    assert line(entry("noted"), words).title == "noted"
    assert line(entry("noted", {"title": "A note"}), words).title == "A note"


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def test_the_table_has_a_row_for_each_change_and_names_for_ids():
    ops = [
        {"op": "set", "part": "", "id": 0, "field": each, "before": "", "after": "=1+1"}
        for each in ("given", "family")
    ]
    act = Act(entry(personal={"ops": ops}), "desk one", 4, (7, 9))
    words = {"noted": lambda _entry: Line("Name changed", "=HYPERLINK(0)")}
    rows = rows_of(table([act], words, {7: "Grace Hopper", 9: "@Ada"}))

    assert len(rows) == 3
    assert rows[1] == [
        *("2030-01-07 09:00:00", "Grace Hopper", "Name changed", "'=HYPERLINK(0)"),
        *("Grace Hopper, @Ada", "given", "–", "'=1+1", "noted", "desk one", "4"),
    ]


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula_and_none_loses_its_text(text):
    cell = harmless(text)

    begin = cell.lstrip(" \u00a0\u3000\ufeff")[:1]
    assert begin not in DANGEROUS
    assert cell in (text, f"'{text}")


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_what_is_in_the_table_comes_out_of_it_again(words):
    act = Act(entry(facts={"words": words}), "desk", 1, ())
    told_there = rows_of(table([act], {}, {}).replace("\r\n", "\n"))[1:]

    assert len(told_there[0]) == 11


@pytest.mark.parametrize("text", ["2030-01-07", "07/01/2030", "7/1/2030", " 7/1/30 "])
def test_a_day_is_read_as_it_is_written_here(text):
    begun, ended = begin_of(text, "en_GB"), end_of(text, "en_GB")

    assert begun.astimezone().date() == date(2030, 1, 7)
    assert (begun.hour, begun.minute, begun.tzinfo is not None) == (0, 0, True)
    assert timedelta(hours=23) <= ended - begun <= timedelta(hours=25)


def test_no_day_is_none_and_what_is_no_day_is_told_with_an_example():
    assert begin_of("  ", "en_GB") is end_of("", "fr_FR") is None
    for text in ("soon", "32/1/2030", "99", "--"):
        with pytest.raises(NoDay, match="27/01/2030"):
            begin_of(text, "en_GB")
