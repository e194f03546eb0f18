"""The one catalogue of words for panes, services and the command line."""

import gettext
from pathlib import Path

DOMAIN = "care-console"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(languages: list[str], folder: Path) -> None:
    """Take the words from the first of ``languages`` that ``folder`` has; else they are English."""
    global _catalogue
    _catalogue = gettext.translation(DOMAIN, folder, languages, fallback=True)


def catalogue(languages: list[str], folder: Path) -> gettext.NullTranslations:
    """Return the words of the first of ``languages`` that ``folder`` has, for a letter to somebody.

    The words on the screen stay in the language in use.
    """
    return gettext.translation(DOMAIN, folder, languages, fallback=True)


def _(words: str) -> str:
    """Return ``words`` in the language in use."""
    return _catalogue.gettext(words)


def N_(words: str) -> str:
    """Mark ``words`` for the catalogue; they are looked up when they are shown."""
    return words


def ngettext(one: str, many: str, count: int) -> str:
    """Return the plural of ``count``, in the language in use, with ``{count}`` still in it."""
    return _catalogue.ngettext(one, many, count)
