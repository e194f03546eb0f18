"""Writing a file that speaks of a person: for its owner alone."""

import os
from pathlib import Path

from care_console.base.errors import CareError
from care_console.base.words import N_


class NotWritten(CareError):
    """The file could not be written."""


def write_out(file: Path, packed: bytes) -> None:
    """Write what speaks of a person for its owner alone, and never over another file.

    Raises NotWritten.
    """
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(packed)
    except OSError as error:
        raise NotWritten(
            N_("{file} cannot be written: {why}"), file=file.name, why=error.strerror
        ) from error
