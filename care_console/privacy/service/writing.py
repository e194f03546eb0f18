"""Writing a file that speaks of a person: for its owner alone."""

import os
from pathlib import Path

from care_console.base.errors import CareError
from care_console.base.words import N_


class NotWritten(CareError):
    """The file could not be written."""


def write_out(file: Path, packed: bytes, *, over: bool = False) -> None:
    """Write what speaks of a person for its owner alone; ``over`` another file if that was asked.

    Raises NotWritten.
    """
    how = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if over else os.O_EXCL)
    try:
        with os.fdopen(os.open(file, how, 0o600), "wb") as out:
            out.write(packed)
    except OSError as error:
        raise NotWritten(
            N_("{file} cannot be written: {why}"), file=file.name, why=error.strerror
        ) from error
