"""Passphrases and PINs: which will do, and how long one waits after wrong ones."""

import re
import unicodedata
from datetime import datetime, timedelta

from care_console.base.errors import CareError
from care_console.base.fold import fold
from care_console.base.words import N_, _, ngettext
from care_console.staff.rules.roles import Role

PASSPHRASE, PIN = "passphrase", "pin"  # the two secrets, as the records name them

LEAST = 10  # letters of a passphrase
LEAST_LEADING = 15  # of one that is enough alone, after NIST SP 800-63B, 3.1.1.2
LONGEST = 200
LEAST_DIFFERENT = 5  # letters
PIN_DIGITS = 6
_PIN = re.compile(r"[0-9]{6}")

FREE = 5  # wrong ones after which the waiting begins
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 900
MOST = 100  # wrong ones after which somebody else has to let one in (NIST SP 800-63B, 3.2.2)


class NotSignedIn(CareError):
    """Whoever wants in is not let in, for the reason that it says."""


class Wrong(NotSignedIn):
    """Name and secret do not belong together; which of them is wrong is not said."""


class TryLater(NotSignedIn):
    """So many were wrong that nothing is looked at for ``wait_s`` seconds more."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(N_("That was wrong too often. Try again in {wait}."))
        self.wait_s = wait_s

    def __str__(self) -> str:
        return _(self.words).format(wait=wait_words(self.wait_s))


class Blocked(NotSignedIn):
    """A hundred were wrong: another clerk has to lift it."""


class NewOneWanted(NotSignedIn):
    """The passphrase is right, but too short for what the clerk is now."""


class PinOutdated(NotSignedIn):
    """The PIN was kept under another password of the server, and nobody can check it now."""


class BadSecret(CareError):
    """A new passphrase or PIN that will not do, and why."""


def least_letters(role: str) -> int:
    """Return how many letters a passphrase has at the least for a role."""
    leading = role in (Role.SUPERVISOR, Role.ADMINISTRATOR)
    return LEAST_LEADING if leading else LEAST


def normal(typed: str) -> str:
    """Return a secret so that every keyboard's way of writing it is the same (NFKC)."""
    return unicodedata.normalize("NFKC", typed)


def check_passphrase(typed: str, role: str, name: str) -> None:
    """Raise BadSecret unless ``typed`` will do as the passphrase of this clerk."""
    least = least_letters(role)
    letters = normal(typed)
    if len(letters) < least:
        raise BadSecret(
            N_("Take at least {least} letters: some words that only you would put together."),
            least=least,
        )
    if len(letters) > LONGEST:
        raise BadSecret(N_("Take at most {most} letters."), most=LONGEST)
    bare = fold(letters).replace(" ", "")
    own = fold(name).replace(" ", "")
    if len(set(letters)) < LEAST_DIFFERENT or (own and not bare.replace(own, "")):
        raise BadSecret(N_("This is guessed first. Take words that only you would put together."))


def check_pin(typed: str) -> None:
    """Raise BadSecret unless ``typed`` will do as a PIN."""
    if not _PIN.fullmatch(typed):
        raise BadSecret(N_("A PIN has six digits."))
    steps = {(int(b) - int(a)) % 10 for a, b in zip(typed, typed[1:], strict=False)}
    halves = len({typed[at : at + 2] for at in (0, 2, 4)}) == 1 or typed[:3] == typed[3:]
    if len(steps) == 1 or halves:
        raise BadSecret(N_("This PIN is guessed first. Take six digits without a pattern."))


def wait_s(failures: int) -> int:
    """Return for how many seconds nothing is looked at after so many wrong ones."""
    if failures < FREE:
        return 0
    doubled = min(failures - FREE, 10)  # far beyond the longest already
    return min(FIRST_WAIT_S << doubled, LONGEST_WAIT_S)


def next_try(failures: int, at: datetime) -> datetime:
    """Return when the next one is looked at, if the last of ``failures`` was ``at``, aware."""
    return at + timedelta(seconds=wait_s(failures))


def waits(next_at: datetime, now: datetime) -> bool:
    """Return whether nothing is looked at yet; both are aware.

    A moment that is further away than any wait was told by a clock that was wrong: it counts not.
    """
    return now < next_at <= now + 2 * timedelta(seconds=LONGEST_WAIT_S)


def wait_words(seconds: int) -> str:
    """Return how long one waits: ``30 seconds``, ``2 minutes``; never less than it is."""
    if seconds <= 90:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
