"""Times and lengths read as the place and its people write them."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from care_console.base.spell import (
    ago_days,
    at_words,
    dated_words,
    day,
    day_and_hour,
    hour,
    known_locale,
    length,
    on_words,
)

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_london(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(hours=10), "Today"),
        (timedelta(hours=11), "Thu 19"),
        (timedelta(days=6), "Sat 14"),
        (timedelta(days=7), "13 Nov"),
        (timedelta(days=-6), "Thu 26"),
        (timedelta(days=-7), "27 Nov"),
        (timedelta(days=400), "16 Oct 2025"),
    ],
)
def test_a_day_is_named_as_one_would_say_it(before, words):
    assert day(NOW - before, NOW, "en_GB") == words


def test_a_near_day_of_another_year_has_its_name():
    new_year = datetime(2027, 1, 2, 12, tzinfo=UTC)

    assert day(new_year - timedelta(days=3), new_year, "en_GB") == "Wed 30"
    assert day(new_year - timedelta(days=9), new_year, "en_GB") == "24 Dec 2026"


def test_the_hour_is_that_of_the_place():
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)

    assert hour(summer, "en_GB") == "00:30"
    assert day(summer, summer + timedelta(hours=1), "en_GB") == "Today"
    assert hour(NOW, "en_US") == "10:42\N{NARROW NO-BREAK SPACE}AM"


def test_a_day_and_its_hour_stand_together():
    assert day_and_hour(NOW, NOW, "en_GB") == "Today 10:42"
    assert at_words(NOW, NOW, "en_GB") == "today 10:42"
    assert day_and_hour(NOW - timedelta(days=18), NOW, "fr_FR") == "2 nov. 10:42"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0:00"),
        (6.9, "0:06"),
        (192, "3:12"),
        (3_723, "1:02:03"),
        (90_000, "25:00:00"),
        (-5, "0:00"),
    ],
)
def test_a_length_is_told_in_whole_seconds(seconds, words):
    assert length(seconds) == words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(hours=1), "today"),
        (timedelta(hours=11), "yesterday"),
        (timedelta(days=7), "7 days ago"),
        (timedelta(days=-1), "today"),
    ],
)
def test_how_long_ago_is_counted_in_midnights(before, words):
    assert ago_days(NOW - before, NOW) == words


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("fr_FR", "fr_FR"),
        ("fr-FR", "fr_FR"),
        ("fr_FR.UTF-8", "fr_FR"),
        ("de_DE@euro", "de_DE"),
        ("fr_XX", "fr"),
        ("C", "en_GB"),
        ("", "en_GB"),
        ("../etc", "en_GB"),
        ("a" * 1_000, "en_GB"),
    ],
)
def test_any_name_of_a_locale_leads_to_one(name, known):
    assert str(known_locale(name)) == known


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "Wed 18"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"), (2, "Sun 22")],
)
def test_inside_a_sentence_a_near_day_begins_small(days, words):
    assert on_words(NOW + timedelta(days=days), NOW, "en_GB") == words


def test_a_letter_names_the_day_since_it_is_read_later():
    assert dated_words(NOW, "en_GB") == "Fri 20 Nov 10:42"
