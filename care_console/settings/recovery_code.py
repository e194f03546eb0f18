"""The recovery code: a secret that is printed, read aloud and typed back."""

import secrets
import unicodedata

from care_console.base.errors import CareError
from care_console.base.words import N_

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O and U
LOOK_ALIKES = str.maketrans("OILU", "011V")
SECRET, CHECK, GROUP = 26, 2, 4  # letters: 130 bits, what they must agree with, and a group
WHOLE = SECRET + CHECK
PRIME = 1021  # below 32 squared; a prime over 32 finds each slip and each pair that is swapped


class BadCode(CareError):
    """What was typed is no recovery code."""


def new_code() -> str:
    """Return a code that nobody has had before: 28 letters without groups."""
    secret = "".join(secrets.choice(LETTERS) for _each in range(SECRET))
    return secret + _check_of(secret)


def groups_of(code: str) -> tuple[str, ...]:
    """Return the groups of four as they are printed."""
    return tuple(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def printed(code: str) -> str:
    """Return the code in groups, with dashes between them."""
    return "-".join(groups_of(code))


def letters_of(typed: str) -> str:
    """Return what is meant by ``typed``: no case, no gaps, and each look-alike as its letter."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return "".join(each for each in plain if each.isalnum()).translate(LOOK_ALIKES)


def looks_like_code(typed: str) -> bool:
    """Return whether ``typed`` is a code, with a slip or without, rather than a passphrase."""
    letters = letters_of(typed)
    return len(letters) == WHOLE and all(each in LETTERS for each in letters)


def read_code(typed: str) -> str:
    """Return the code that was typed, however its groups were written. Raises BadCode."""
    letters = letters_of(typed)
    if len(letters) != WHOLE:
        raise BadCode(
            N_("The recovery code has {whole} letters and digits; here are {count}."),
            whole=WHOLE,
            count=len(letters),
        )
    if any(each not in LETTERS for each in letters) or _check_of(letters[:SECRET]) != letters[-2:]:
        raise BadCode(N_("There is a slip in the recovery code. Compare it with the paper."))
    return letters


def _check_of(secret: str) -> str:
    """Return two letters that no other code with one slip, or two letters swapped, has."""
    number = sum(
        LETTERS.index(each) * pow(32, at + CHECK, PRIME) for at, each in enumerate(reversed(secret))
    )
    rest = -number % PRIME
    return LETTERS[rest // 32] + LETTERS[rest % 32]
