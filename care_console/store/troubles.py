"""What the databases' own words of trouble mean for whoever sits at the desk."""

from sqlalchemy.exc import DBAPIError

from care_console.base.errors import CareError
from care_console.base.words import N_


class CannotOpen(CareError):
    """The records are not there, or not readable with this key."""


class NoAnswer(CareError):
    """The server that keeps the records is away, or too slow for a look-up."""


class NotKept(CareError):
    """Nothing of the unit was kept: the disk is full or read-only, or the file is locked."""


SAYINGS = (  # a part of what SQLite says, and what it means
    ("disk is full", N_("Not saved: the disk is full. Free some space and try again.")),
    ("disk i/o", N_("Not saved: the disk does not take it. Look at the disk and try again.")),
    ("is locked", N_("Not saved: another program holds the records. Try again in a moment.")),
    ("readonly", N_("Not saved: the records may only be read here.")),
    ("read-only", N_("Not saved: the records may only be read here.")),
    ("unable to open", N_("Not saved: the folder of the records cannot be reached.")),
    ("connection", N_("Not saved: the server that keeps the records does not answer.")),
)


def not_kept(error: DBAPIError) -> NotKept | None:
    """Return the hindrance behind ``error``, or None if it is a bug."""
    said = str(error.orig).lower()
    return next((NotKept(words) for part, words in SAYINGS if part in said), None)
