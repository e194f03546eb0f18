"""Amounts as the panes write them: in full, short where they are whole, and counted things."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from care_console.base import money
from care_console.base.spell import DEFAULT_LOCALE, known_locale


@dataclass(frozen=True, slots=True)
class Money:
    """Writes minor units of the house's currency, as the desk's language does."""

    currency: Callable[[], str]
    locale: str = DEFAULT_LOCALE

    def full(self, minor: int) -> str:
        """Return ``£35.00`` for 3500."""
        return _full(minor, self.currency(), self.locale)

    def short(self, minor: int) -> str:
        """Return ``£40`` for 4000, and ``£40.50`` for 4050."""
        return _short(minor, self.currency(), self.locale)


@lru_cache(maxsize=2_000)
def _full(minor: int, currency: str, locale: str) -> str:
    return money.spell(minor, currency, locale)


@lru_cache(maxsize=2_000)
def _short(minor: int, currency: str, locale: str) -> str:
    from babel.numbers import format_currency

    units, rest = divmod(minor, 10 ** money.digits(currency))
    if rest:
        return _full(minor, currency, locale)
    known = known_locale(locale)
    pattern = known.currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(units, currency, pattern, known, currency_digits=False)
