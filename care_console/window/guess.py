"""What the computer tells of the company's country and of whoever starts the console."""

import getpass
from dataclasses import dataclass

from PySide6.QtCore import QLocale

from care_console.base.words import _
from care_console.settings.options import Company


@dataclass(frozen=True, slots=True)
class Guess:
    """What stands in the fields of the first start; Enter passes with it."""

    company: str
    vision: str
    country: str  # ISO 3166
    clerk: str


def guess() -> Guess:
    """Return what can be guessed on this computer."""
    return Guess(
        company=_("Our company"),
        vision=_("Whoever turns to us is glad to have done so."),
        country=_country(),
        clerk=account_name() or _("Front desk"),
    )


def _country() -> str:
    territory = QLocale.system().territory()
    code = QLocale.territoryToCode(territory)
    known = len(code) == 2 and code.isalpha() and QLocale.system().name() != "C"
    return code if known else Company().country


def account_name() -> str:
    """Return the name of whoever is signed in to this computer, or "" if it has none."""
    name = _full_name()
    if not name:
        try:
            name = getpass.getuser()
        except (KeyError, OSError, ImportError):
            return ""
        name = name.replace(".", " ").replace("_", " ").replace("-", " ")
    words = name.split()
    return " ".join(word.capitalize() for word in words) if name.islower() else " ".join(words)


def _full_name() -> str:
    """Return the full name of the account, where the system keeps one (passwd, field 5)."""
    try:
        import os
        import pwd
    except ImportError:
        return ""
    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0].strip()
    except KeyError:
        return ""
