"""A moment is read as it is typed, in the languages of the house, and always still to come."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.spell import day_and_hour
from care_console.promises.rules import NotAMoment, read_when
from care_console.promises.rules.when import MOST_AHEAD

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)  # a Monday
LOCALES = st.sampled_from(["en_GB", "en_US", "de_DE", "fr_FR"])
DAYS = st.timedeltas(timedelta(days=-400), timedelta(days=400))
MOMENTS = DAYS.map(lambda away: NOW + away)
PIECES = (
    "today tomorrow heute morgen demain Fri ven. Do am at 4pm 9 16:30 16.30 9h30 16 Uhr + in 2 h "
    "min days Jan 7. 1. 30 noon midi mittag 2030-01-09 / , ’"
)


def here(day, hour, minute=0):
    """Return that hour of a day of January 2030, as the clocks of this desk show it."""
    return datetime(2030, 1, day, hour, minute).astimezone(UTC)  # noqa: DTZ001


NINE = here(7, 9)


@pytest.mark.parametrize(
    ("typed", "day", "hour", "minute"),
    [
        ("today 4pm", 7, 16, 0),
        ("Today at 4 p.m.", 7, 16, 0),
        ("today 4", 7, 16, 0),
        ("4", 7, 16, 0),
        ("10", 7, 10, 0),
        ("8", 7, 20, 0),
        ("16:30", 7, 16, 30),
        ("16.30", 7, 16, 30),
        ("8:30", 8, 8, 30),
        ("noon", 7, 12, 0),
        ("today", 7, 17, 0),
        ("tomorrow 9", 8, 9, 0),
        ("tomorrow 4", 8, 4, 0),
        ("tomorrow noon", 8, 12, 0),
        ("Fri", 11, 17, 0),
        ("fri 9", 11, 9, 0),
        ("by Thursday 11am", 10, 11, 0),
        ("Mon", 7, 17, 0),
        ("Mon 8", 14, 8, 0),
        ("Thu 10 16:00", 10, 16, 0),
        ("Tuesday 8 Jan at 5 p.m.", 8, 17, 0),
        ("8 Jan 14:00", 8, 14, 0),
        ("2030-01-09 8:00", 9, 8, 0),
        ("12am", 8, 0, 0),
        ("+2h", 7, 11, 0),
        ("+1h30", 7, 10, 30),
        ("in 90 minutes", 7, 10, 30),
        ("+2d", 9, 9, 0),
        ("+1w", 14, 9, 0),
    ],
)
def test_english_is_read(typed, day, hour, minute):
    assert read_when(typed, NINE, "en_GB") == here(day, hour, minute)


@pytest.mark.parametrize(
    ("typed", "locale", "day", "hour", "minute"),
    [
        ("heute 16 Uhr", "de_DE", 7, 16, 0),
        ("16 Uhr 30", "de_DE", 7, 16, 30),
        ("morgen 9", "de_DE", 8, 9, 0),
        ("morgen um 9", "de_DE", 8, 9, 0),
        ("übermorgen", "de_DE", 9, 17, 0),
        ("Fr", "de_DE", 11, 17, 0),
        ("Do 14.30", "de_DE", 10, 14, 30),
        ("am Freitag um 16:30 Uhr", "de_DE", 11, 16, 30),
        ("9.1.", "de_DE", 9, 17, 0),
        ("9.1. 14.30", "de_DE", 9, 14, 30),
        ("in 2 Stunden", "de_DE", 7, 11, 0),
        ("+3 Tage", "de_DE", 10, 9, 0),
        ("4", "de_DE", 8, 4, 0),
        ("demain 9h30", "fr_FR", 8, 9, 30),
        ("demain à 9", "fr_FR", 8, 9, 0),
        ("aujourd’hui 16h", "fr_FR", 7, 16, 0),
        ("après-demain", "fr_FR", 9, 17, 0),
        ("midi", "fr_FR", 7, 12, 0),
        ("ven.", "fr_FR", 11, 17, 0),
        ("vendredi à 16h", "fr_FR", 11, 16, 0),
        ("le 10/1 à 14h", "fr_FR", 10, 14, 0),
        ("dans 2 heures", "fr_FR", 7, 11, 0),
    ],
)
def test_german_and_french_are_read_by_twenty_four_hours(typed, locale, day, hour, minute):
    assert read_when(typed, NINE, locale) == here(day, hour, minute)


@pytest.mark.parametrize("typed", ["", "x", "13pm", "today 25:00", "soon", "9:75", "tomorrow x"])
def test_what_is_no_moment_is_told_with_examples(typed):
    with pytest.raises(NotAMoment, match="today 4pm, Fri"):
        read_when(typed, NINE)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("today 8am", "Today 08:00 is past"),
        ("yesterday", "Sun 6 17:00 is past"),
        ("5 Jan 30", "Sat 5 17:00 is past"),
        ("+0h", "Today 09:00 is past"),
        ("+9999w", "too far ahead"),
    ],
)
def test_what_is_past_or_far_away_is_told_as_such(typed, words):
    with pytest.raises(NotAMoment, match=words):
        read_when(typed, NINE)


def test_a_day_without_its_year_is_the_next_of_that_name():
    assert read_when("6 Jan", NINE).astimezone().date().isoformat() == "2031-01-06"
    assert read_when("1/2", NINE, "en_GB").astimezone().date().isoformat() == "2030-02-01"
    assert read_when("1/2", NINE, "en_US").astimezone().date().isoformat() == "2031-01-02"


@given(
    st.one_of(
        st.text(max_size=80), st.lists(st.sampled_from(PIECES.split()), max_size=6).map(" ".join)
    ),
    MOMENTS,
    LOCALES,
)
def test_whatever_is_typed_is_a_moment_to_come_or_is_told_not_to_be(typed, now, locale):
    try:
        at = read_when(typed, now, locale)
    except NotAMoment:
        return
    assert now < at <= now + MOST_AHEAD
    assert (at.second, at.microsecond, at.utcoffset()) == (0, 0, timedelta(0))


@given(MOMENTS, st.integers(1, 60 * 24 * 300), LOCALES)
def test_what_the_screen_shows_can_be_typed_again(now, minutes, locale):
    at = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    if at <= now:
        return
    iso = at.astimezone().strftime("%Y-%m-%d %H:%M")

    assert read_when(iso, now, locale) == at
    if not locale.startswith("en_US") and minutes < 60 * 24 * 6:
        assert read_when(day_and_hour(at, now, "en_GB"), now, locale) == at


@given(st.integers(0, 23), st.integers(0, 59), LOCALES)
def test_an_hour_with_its_minutes_is_never_taken_for_another(hour, minute, locale):
    for day in ("tomorrow", "morgen", "demain"):
        for typed in (f"{hour}:{minute:02}", f"{hour}.{minute:02}", f"{hour}h{minute:02}"):
            assert read_when(f"{day} {typed}", NINE, locale) == here(8, hour, minute)


@given(st.integers(0, 23), LOCALES)
def test_a_bare_hour_of_tomorrow_is_that_hour(hour, locale):
    for day in ("tomorrow", "morgen", "demain"):
        assert read_when(f"{day} {hour}", NINE, locale) == here(8, hour)


@given(MOMENTS, st.integers(1, 9999), st.sampled_from(["m", "min", "minutes", "Minuten"]))
def test_so_many_minutes_from_now_are_that_many(now, count, unit):
    whole = (now + timedelta(minutes=count)).replace(second=0, microsecond=0)

    assert read_when(f"+{count} {unit}", now) == whole
    assert read_when(f"in {count}{unit}", now) == whole
