"""The program's log: the last lines in memory, and from the first home on in a file."""

import logging
import os
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO

from care_console.base.faults import OURS, WithoutPeople

LINES = 60  # that a report takes along
BYTES, FILES = 500_000, 2  # of the file, and how many older ones are kept


class LastLines(logging.Handler):
    """Keeps the newest lines for a report."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._lines: deque[str] = deque(maxlen=LINES)

    @property
    def text(self) -> str:
        """The lines, the oldest first."""
        return "\n".join(self._lines)

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))


class PrivateFile(RotatingFileHandler):
    """A file that only its owner reads, also after it was begun anew."""

    def _open(self) -> IO[str]:  # type: ignore[override]
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(handle, "a", encoding="utf-8")


class Log:
    """Where the program writes what it does; nothing of it is about anybody."""

    def __init__(self) -> None:
        self.last = LastLines()
        self.last.setFormatter(WithoutPeople())
        self._root = logging.getLogger()
        self._file: PrivateFile | None = None

    def begin(self) -> None:
        """Take in what every part of the program writes."""
        self._root.addHandler(self.last)
        logging.getLogger(OURS).setLevel(logging.INFO)

    def write_to(self, file: Path) -> None:
        """Write into ``file``, too, from now on; where that cannot be, only memory has it."""
        try:
            self._file = PrivateFile(file, maxBytes=BYTES, backupCount=FILES, encoding="utf-8")
        except OSError:
            return
        self._file.setFormatter(WithoutPeople())
        self._file.setLevel(logging.INFO)
        self._root.addHandler(self._file)

    def end(self) -> None:
        """Write no more."""
        for each in (self.last, self._file):
            if each is not None:
                self._root.removeHandler(each)
                each.close()
        self._file = None
