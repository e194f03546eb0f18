"""The command line of this program, run beside the window and told what to do by it."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

import care_console
from care_console.base.command import Command
from care_console.base.words import _

RUN = "import sys; from care_console.cli import main; sys.exit(main())"
LONGEST = 1 << 22  # bytes without a line end: no line of ours is so long


@dataclass(frozen=True, slots=True)
class Place:
    """Which records, with which key, in which language the program speaks."""

    home: Path
    key: bytes = field(repr=False)
    language: str = ""


class Program(QObject):
    """Runs one command at a time. What it writes line by line comes as ``told``.

    The key goes by standard input, whose end also stops it: a window that is gone stops it, too.
    """

    told = Signal(dict)
    ended = Signal(bool)  # whether it came to its end; else a sentence was told before

    def __init__(self, place: Place, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = place
        self._process: QProcess | None = None
        self._rest = b""
        self._whole = False  # the last line of all was told

    @property
    def running(self) -> bool:
        """Whether a command is at work."""
        return self._process is not None

    def start(self, words: Sequence[str], command: Command, asked: Mapping[str, Any]) -> None:
        """Run the command ``words``, with what else is ``asked``; not while another one runs."""
        if self.running:
            raise RuntimeError("A command is at work")
        self._rest, self._whole = b"", False
        process = self._process = QProcess(self)
        process.setProcessEnvironment(_environment())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.errorOccurred.connect(self._failed)
        process.finished.connect(lambda _code, _status: self._end())
        home = ["--home", str(self._place.home), "--progress-json"]
        process.start(sys.executable, ["-P", "-c", RUN, *words, *home])
        clerk = command.clerk
        first = {
            **asked,
            "key": self._place.key.hex(),
            "language": self._place.language,
            "command": str(command.id),
            "clerk": {"name": clerk.name, "role": clerk.role, "card_id": clerk.card_id},
        }
        process.write(json.dumps(first).encode() + b"\n")

    def cancel(self) -> None:
        """Let it stop after what it is just doing; what is done stays."""
        if self._process is not None:
            self._process.closeWriteChannel()

    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (
            self._rest + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        self._rest = self._rest[-LONGEST:]
        for line in lines:
            self._tell(line)

    def _tell(self, line: bytes) -> None:
        try:
            words = json.loads(line)
        except ValueError:
            return
        if isinstance(words, dict):
            self._whole |= "done" in words or "hindrance" in words
            self.told.emit(words)

    def _failed(self, trouble: QProcess.ProcessError) -> None:
        if trouble is QProcess.ProcessError.FailedToStart:
            self.told.emit({"hindrance": _("The program could not be started.")})
            self._whole = True
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        self._process = process
        self._read()
        self._process = None
        process.deleteLater()
        if not self._whole:
            words = _("It ended before its time. What was kept until then is there.")
            self.told.emit({"hindrance": words})
        self.ended.emit(self._whole)


def _environment() -> QProcessEnvironment:
    """Return the window's own, with the place of this program first."""
    environment = QProcessEnvironment.systemEnvironment()
    ours = Path(care_console.__file__).parents[1]
    before = environment.value("PYTHONPATH", "")
    environment.insert("PYTHONPATH", os.pathsep.join(filter(None, (str(ours), before))))
    environment.insert("PYTHONIOENCODING", "utf-8")
    return environment
