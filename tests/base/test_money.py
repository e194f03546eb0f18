"""An amount reads as its currency and its reader want."""

import pytest

from care_console.base.money import spell


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "words"),
    [
        (1_205, "GBP", "en_GB", "£12.05"),
        (1_205, "JPY", "en_GB", "JP¥1,205"),
        (1_205, "KWD", "en_GB", "KWD1.205"),
        (-3_500, "GBP", "en_GB", "-£35.00"),
        (123_456, "EUR", "de_DE", "1.234,56€"),
        (123_456, "EUR", "fr-FR", "1234,56€"),
        (2**63 - 1, "GBP", "en_GB", "£92,233,720,368,547,758.07"),
    ],
)
def test_the_minor_unit_is_the_currencys_own(minor, currency, locale, words):
    blanks = str.maketrans("", "", "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")

    assert spell(minor, currency, locale).translate(blanks) == words
