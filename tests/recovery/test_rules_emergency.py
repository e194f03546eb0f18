"""Whom to ring follows the country of the house, and is 112 where that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.recovery.rules.emergency import DANGER, PLACES, numbers
from care_console.recovery.rules.playbook import Emergency

EU = {
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
    *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
}
EFTA = {"CH", "IS", "LI", "NO"}


def test_the_countries_of_the_eu_and_of_efta_are_named_and_112_rings_in_each():
    assert len(EU) == 27
    for country in EU | EFTA:
        assert "112" in DANGER[country]


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("GB", "999 / 112"),
        ("US", "911"),
        ("CA", "911"),
        ("AU", "000"),
        ("NZ", "111"),
        ("JP", "119 / 110"),
        ("IN", "112"),
        ("FR", "112 / 15 / 17 / 18"),
        ("DE", "112 / 110"),
        ("", "112"),
        ("ZZ", "112"),
        (" gb ", "999 / 112"),
    ],
)
def test_each_country_has_its_number(country, number):
    assert numbers(country)["emergency"] == number


def test_a_number_that_a_country_has_not_is_not_told():
    assert numbers("GB")["gas"] == "0800 111 999"
    assert numbers("GB")["power"] == "105"
    assert numbers("US") == {"emergency": "911", "listening": "988"}
    assert numbers("ES") == {"emergency": "112"}


@given(st.text(max_size=3))
def test_there_is_always_a_number(country):
    found = numbers(country)

    assert found["emergency"]
    assert found.keys() <= PLACES


def test_a_line_whose_number_is_not_known_is_left_out():
    card = Emergency("T", ("Ring {emergency}.", "Stay."), ("Gas: {gas}.", "Life: {emergency}."))

    assert card.there("US") == Emergency("T", ("Ring 911.", "Stay."), ("Life: 911.",))
    assert card.there("IE").steps == ("Gas: 1800 20 50 50.", "Life: 112 / 999.")
