"""The page of settings, made from the options as they are declared."""

from care_console.settings.pane.page import SettingsPane
from care_console.settings.pane.readings import CannotRead
from care_console.settings.pane.regions import (
    country_code,
    country_words,
    currency_code,
    currency_of,
    currency_words,
)

__all__ = [
    "CannotRead",
    "SettingsPane",
    "country_code",
    "country_words",
    "currency_code",
    "currency_of",
    "currency_words",
]
