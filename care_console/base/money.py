"""Money is whole minor units everywhere; only here does it become words."""

from decimal import Decimal

from care_console.base.spell import known_locale


def digits(currency: str) -> int:
    """Return how many digits the minor unit has: 2 in ``GBP``, 0 in ``JPY`` (ISO 4217)."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def spell(minor: int, currency: str, locale: str) -> str:
    """Return an amount as a locale writes it: ``1205`` in ``GBP`` is ``£12.05`` in ``en_GB``."""
    from babel.numbers import format_currency

    amount = Decimal(minor).scaleb(-digits(currency))
    return format_currency(amount, currency, locale=known_locale(locale))
