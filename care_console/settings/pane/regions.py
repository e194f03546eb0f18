"""Countries and currencies as people name them, and their codes."""

import re
from collections.abc import Collection
from functools import cache

from care_console.base.spell import DEFAULT_LOCALE, known_locale
from care_console.base.words import N_
from care_console.settings.pane.readings import CannotRead, shown

CODE_AT_END = re.compile(r"\((\w{2,3})\)\s*$")


def country_code(typed: str, locale: str = DEFAULT_LOCALE) -> str:
    """Return the code (ISO 3166) of a country that is named by its code or its name.

    Names are known in ``locale`` and in English. Raises CannotRead.
    """
    wanted = _bare(typed)
    known = _countries(locale)
    if wanted.upper() in known.values():
        return wanted.upper()
    if (code := known.get(wanted.casefold())) is not None:
        return code
    raise CannotRead(
        N_("“{typed}” is no country. Type its name or its two letters: GB, FR, DE, …"),
        typed=shown(typed),
    )


def country_words(code: str, locale: str = DEFAULT_LOCALE) -> str:
    """Return a country as it is shown: ``United Kingdom (GB)``."""
    name = known_locale(locale).territories.get(code, "")
    return f"{name} ({code})" if name else code


def currency_code(typed: str, country: str = "", locale: str = DEFAULT_LOCALE) -> str:
    """Return the code (ISO 4217) of a currency that is named by code, name or sign.

    A sign that several have, such as $, is that of ``country``. Raises CannotRead.
    """
    from babel.numbers import get_currency_symbol

    wanted = _bare(typed)
    known = _currencies(locale)
    if wanted.upper() in known.values():
        return wanted.upper()
    if (code := known.get(wanted.casefold())) is not None:
        return code
    own = currency_of(country)
    for code in (own, "GBP", "EUR", "USD", "JPY", "INR"):
        if code and wanted == get_currency_symbol(code, f"en_{country}" if code == own else "en"):
            return code
    raise CannotRead(
        N_("“{typed}” is no currency. Type its three letters: GBP, EUR, USD, …"),
        typed=shown(typed),
    )


def currency_words(code: str, locale: str = DEFAULT_LOCALE) -> str:
    """Return a currency as it is shown: ``British Pound (GBP)``."""
    name = known_locale(locale).currencies.get(code, "")
    return f"{name} ({code})" if name else code


def currency_of(country: str) -> str:
    """Return the code of the currency that a country (ISO 3166) has today, or ""."""
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(country)), "")


@cache
def _countries(locale: str) -> dict[str, str]:
    """Return codes by folded names."""
    codes = {}
    for tongue in (DEFAULT_LOCALE, locale):
        for code, name in known_locale(tongue).territories.items():
            if code in regions():
                codes[name.casefold()] = code
    return codes


@cache
def _currencies(locale: str) -> dict[str, str]:
    """Return codes by folded names, of what is money somewhere today; gold is not."""
    from babel.numbers import get_territory_currencies

    today = {code for country in regions() for code in get_territory_currencies(country)}
    codes = {}
    for tongue in (DEFAULT_LOCALE, locale):
        for code, name in known_locale(tongue).currencies.items():
            if code in today:
                codes[name.casefold()] = code
    return codes


def regions() -> Collection[str]:
    """Return the codes of the countries whose telephone numbers can be read."""
    from phonenumbers import SUPPORTED_REGIONS

    return SUPPORTED_REGIONS


def _bare(typed: str) -> str:
    """Return the code of what is shown with one, else what was typed, without blanks around."""
    at_end = CODE_AT_END.search(typed)
    return at_end.group(1) if at_end else " ".join(typed.split())
