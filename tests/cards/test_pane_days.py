"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.cards.rules.days import day_words, typed_day

TODAY = date(2030, 1, 7)


@pytest.mark.parametrize(
    ("typed", "locale", "day"),
    [
        ("", "en_GB", None),
        ("today", "en_GB", "2030-01-07"),
        ("Tomorrow", "en_GB", "2030-01-08"),
        ("2030-03-04", "en_GB", "2030-03-04"),
        ("4/3/2030", "en_GB", "2030-03-04"),
        ("4.3.30", "de_DE", "2030-03-04"),
        ("3/4/30", "en_US", "2030-03-04"),
        ("4 March", "en_GB", "2030-03-04"),
        ("4 mar 2031", "en_GB", "2031-03-04"),
        ("Mar 4, 2031", "en_US", "2031-03-04"),
        ("4. März 2031", "de_DE", "2031-03-04"),
        ("4/3", "en_GB", "2030-03-04"),
    ],
)
def test_a_day_is_understood_as_it_is_typed(typed, locale, day):
    assert typed_day(typed, TODAY, locale) == day


@pytest.mark.parametrize("typed", ["31/2/2030", "soon", "1 2 3 4", "4 ma 2030", "9/9/9999", "٣"])
def test_what_is_no_day_stays_as_it_was_typed(typed):
    assert typed_day(typed, TODAY, "en_GB") == typed


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["en_GB", "en_US", "de_DE"]))
def test_what_is_shown_is_understood_again(day, locale):
    shown = day_words(day.isoformat(), locale)

    assert typed_day(shown, TODAY, locale) == day.isoformat()


@given(st.text())
def test_any_text_is_taken(text):
    typed_day(text, TODAY, "fr_FR")
    day_words(text, "fr_FR")
