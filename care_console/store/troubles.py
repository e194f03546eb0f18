"""What the databases' own words of trouble mean for whoever sits at the desk."""

from sqlalchemy.exc import DBAPIError, OperationalError

from care_console.base.errors import CareError
from care_console.base.words import N_


class CannotOpen(CareError):
    """The records are not there, or not readable with this key."""


class NoAnswer(CareError):
    """The server that keeps the records is away, or too slow for a look-up."""

    passing = True


class NotKept(CareError):
    """Nothing of the unit was kept: the disk is full or read-only, or the file is locked."""


class DiskFull(NotKept):
    """Nothing was kept: there is no room for it. Once there is, the same unit may run again."""


class Moved(NotKept):
    """Nothing was kept: the file of the records is not where it was, or is another one."""


class ServerAway(NotKept):
    """Nothing was kept, or nobody knows: the server is away. The same command may be sent again."""


FULL = N_("Not saved: the disk is full. Free some space and try again.")
DAMAGED = N_(
    "Not saved: the file of the records is damaged. Close the console and start it again: it "
    "then offers a backup."
)
SAYINGS = (  # a part of what a database says, and what it means
    ("disk is full", FULL),
    ("no space left", N_("Not saved: the server's disk is full. Tell whoever looks after it.")),
    ("disk i/o", N_("Not saved: the disk does not take it. Look at the disk and try again.")),
    ("is locked", N_("Not saved: another program holds the records. Try again in a moment.")),
    ("readonly", N_("Not saved: the records may only be read here.")),
    ("read-only", N_("Not saved: the records may only be read here.")),
    ("unable to open", N_("Not saved: the folder of the records cannot be reached.")),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
)
MOVED = N_(
    "Not saved: the file of the records was moved, deleted or replaced. Put it back, or copy what "
    "you typed."
)
UNREADABLE = ("malformed", "not a database", "disk i/o", "unable to open")
AWAY = N_("Not saved: the server that keeps the records does not answer.")
NO_ANSWER = N_("The records do not answer.")

# SQLSTATE: serialization failure, deadlock, a key that is taken: by the same command, which came
# twice at once, as after a crash; the unit may run anew, and then finds its first run
AGAIN = ("40001", "40P01", "23505")
GONE = ("08", "57P")  # SQLSTATE: connection exceptions, and a server that is stopped


def not_kept(error: DBAPIError) -> NotKept | None:
    """Return the hindrance behind ``error``, or None if it is a bug."""
    if is_away(error):
        return ServerAway(AWAY)
    said = str(error.orig).lower()
    words = next((words for part, words in SAYINGS if part in said), None)
    if words is None:
        return None
    return DiskFull(words) if words is FULL else NotKept(words)


def is_unreadable(error: DBAPIError) -> bool:
    """Return whether ``error`` means that a file, or the disk beneath it, cannot be read."""
    said = str(error.orig).lower()
    return any(part in said for part in UNREADABLE)


def is_away(error: DBAPIError) -> bool:
    """Return whether ``error`` means that the server is not there, or not any more."""
    state = _state(error)
    if error.connection_invalidated or (state or "").startswith(GONE):
        return True
    return state is None and isinstance(error, OperationalError)  # it never came to a server


def may_run_again(error: DBAPIError) -> bool:
    """Return whether nothing of the unit was kept, and it was only in another one's way."""
    return _state(error) in AGAIN


def _state(error: DBAPIError) -> str | None:
    """Return PostgreSQL's SQLSTATE, None where there was no answer, and "" for a file."""
    state: str | None = getattr(error.orig, "sqlstate", "")
    return state
