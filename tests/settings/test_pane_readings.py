"""How an option is read from what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.errors import CareError
from care_console.settings.pane import (
    CannotRead,
    country_code,
    country_words,
    currency_code,
    currency_of,
    currency_words,
)
from care_console.settings.pane.readings import LANGUAGE, LINES, NUMBER, WORDS


@pytest.mark.parametrize(
    "typed",
    ["GB", "gb", " gb ", "United Kingdom", "united  kingdom", "United Kingdom (GB)"],
)
def test_a_country_is_known_by_its_code_and_by_its_name(typed):
    assert country_code(typed) == "GB"


def test_a_country_is_known_by_its_name_in_the_desks_language_and_in_english():
    assert country_code("Deutschland", "de_DE") == "DE"
    assert country_code("Germany", "de_DE") == "DE"


@pytest.mark.parametrize("typed", ["", "Atlantis", "XX", "UK1", "419", "Europe", "EU", "<b>GB</b>"])
def test_what_is_no_country_is_told_with_what_to_type(typed):
    with pytest.raises(CannotRead, match="two letters"):
        country_code(typed)


@pytest.mark.parametrize("typed", ["GBP", "gbp", "£", "British Pound", "British Pound (GBP)"])
def test_a_currency_is_known_by_code_sign_and_name(typed):
    assert currency_code(typed, "GB") == "GBP"


def test_a_sign_that_several_have_is_that_of_the_country():
    assert currency_code("$", "CA") == "CAD"
    assert currency_code("$", "GB") == "USD"


@pytest.mark.parametrize("typed", ["", "Gold", "GB", "€€"])
def test_what_is_no_currency_is_told(typed):
    with pytest.raises(CannotRead, match="three letters"):
        currency_code(typed, "GB")


def test_a_country_has_todays_currency():
    assert [currency_of(each) for each in ("GB", "DE", "JP", "")] == ["GBP", "EUR", "JPY", ""]


@given(
    st.sampled_from(["en_GB", "de_DE", "fr_FR"]), st.sampled_from(["GB", "FR", "CH", "JP", "ZA"])
)
def test_what_is_shown_is_understood_again(locale, code):
    assert country_code(country_words(code, locale), locale) == code
    currency = currency_of(code)
    assert currency_code(currency_words(currency, locale), code, locale) == currency


@given(st.text(max_size=300))
def test_any_text_is_read_or_told(typed):
    for read in (country_code, currency_code, NUMBER.read, LANGUAGE.read):
        try:
            read(typed)
        except CareError as trouble:
            assert len(str(trouble)) < 200  # noqa: PT017
    WORDS.read(typed)
    LINES.read(typed)


@given(st.lists(st.text("0123456789", min_size=1, max_size=4)))
def test_words_are_read_as_they_are_shown(words):
    assert WORDS.read(WORDS.show(words)) == tuple(words)


@given(st.lists(st.text("ab =+0", min_size=1).map(str.strip).filter(bool)))
def test_lines_are_read_as_they_are_shown(lines):
    assert LINES.read(LINES.show(lines)) == tuple(lines)


@pytest.mark.parametrize(("typed", "size"), [("110", 110), (" 110 % ", 110), ("110%", 110)])
def test_a_number_may_have_its_unit(typed, size):
    assert NUMBER.read(typed) == size


@pytest.mark.parametrize(
    ("typed", "name"),
    [("en_GB", "en_GB"), ("fr-FR", "fr_FR"), ("de", "de"), ("zh_Hans_CN", "zh_CN")],
)
def test_a_language_is_read_in_its_usual_spellings(typed, name):
    assert LANGUAGE.read(typed) == name
