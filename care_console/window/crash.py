"""Noticing what breaks, wherever it does: it is logged, told once, and the console goes on."""

from __future__ import annotations

import asyncio
import faulthandler
import logging
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QObject, QtMsgType, Signal, qInstallMessageHandler

from care_console.base.errors import CareError
from care_console.base.faults import Plain, place, told, where
from care_console.settings.home import Home
from care_console.window.crash_log import Log
from care_console.window.crash_report import Report

log = logging.getLogger("care_console.window")

MOST_OF_ONE = 20  # times that one bug is logged: it may come with each paint
QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.DEBUG,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Crash(QObject):
    """Stands behind all code: what nobody caught comes here, from every thread and loop."""

    broke = Signal(object)  # Report; once for each place

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home
        self._seen: Counter[str] = Counter()
        self._last_words: IO[bytes] | None = None
        self._before: tuple[Any, ...] = ()
        self.log = Log()
        self.again = False
        """Whether the clerk wants the console to start again when it has ended."""
        self.left: Report | None = None
        """What the last start left, if it broke off; told once."""

    def begin(self) -> None:
        """Catch from now on what nobody else catches."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self.log.begin()
        sys.excepthook = self.caught
        threading.excepthook = lambda args: self._caught_there(args.exc_value)
        sys.unraisablehook = lambda args: self._caught_there(args.exc_value)
        qInstallMessageHandler(self._qt_says)
        log.info("begun")

    def settle_in(self, loop: asyncio.AbstractEventLoop) -> None:
        """Write into the home, which is there now, and catch what a task of ``loop`` leaves."""
        loop.set_exception_handler(self._loop_says)
        self.left = self._read_last_words()
        self.log.write_to(self._home.log)
        log.info("the home is open")
        try:
            self._last_words = self._home.crash.open("wb")
            self._home.crash.chmod(0o600)
        except OSError:
            return
        faulthandler.enable(self._last_words)

    def end(self) -> None:
        """Catch no more: the console ended as it should; a bug that goes by is still caught."""
        going_by = sys.exception()
        if going_by is not None and not isinstance(going_by, CareError):
            return
        log.info("ended")
        if self._last_words is not None:
            faulthandler.disable()
            self._last_words.close()
            self._home.crash.unlink(missing_ok=True)
            self._last_words = None
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        qInstallMessageHandler(None)
        self.log.end()

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take in what nobody caught. It is logged; the first of its place is told."""
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
            return
        if error.__traceback__ is None:
            error = error.with_traceback(trace)
        self._take(where(error), told(error))

    def _caught_there(self, error: BaseException | None) -> None:
        if error is not None and not isinstance(error, KeyboardInterrupt | SystemExit):
            self._take(where(error), told(error))

    def _take(self, at: str, broke: str) -> None:
        self._seen[at] += 1
        if self._seen[at] > MOST_OF_ONE:
            return
        log.error("broke\n%s", Plain(broke))
        sys.stderr.write(broke + "\n")
        if self._seen[at] == 1:
            self.broke.emit(Report(broke, self.log.last.text))

    def _loop_says(self, loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._caught_there(error)
        else:
            log.error("the loop was misused")

    def _qt_says(self, kind: QtMsgType, context: Any, _words: str) -> None:
        """Log that Qt said something; its words may hold what was on the screen."""
        source = place(context.file) if context.file else "Qt"
        log.log(QT_LEVELS.get(kind, logging.WARNING), "Qt: %s %s", Plain(kind.name), Plain(source))

    def _read_last_words(self) -> Report | None:
        """Return what the system wrote when the last start broke off."""
        try:
            words = self._home.crash.read_text("utf-8", "replace")
        except OSError:
            return None
        lines = [_without_paths(each) for each in words.splitlines()]
        return (
            Report("\n".join(lines), self._lines_before(), before=True) if words.strip() else None
        )

    def _lines_before(self) -> str:
        try:
            return "\n".join(self._home.log.read_text("utf-8").splitlines()[-40:])
        except (OSError, ValueError):
            return ""


def _without_paths(line: str) -> str:
    """Return a line of faulthandler's with its file as ``place`` tells it."""
    before, quote, rest = line.partition('"')
    file, end, after = rest.partition('"')
    return f"{before}{place(file)}{after}" if quote and end else line


def start_again(argv: list[str]) -> None:
    """Start the program once more, when this one has ended and let go of everything."""
    import atexit
    import subprocess

    atexit.register(lambda: subprocess.Popen(argv, start_new_session=True))


def save(file: Path, report: Report) -> None:
    """Write a report. Raises OSError."""
    file.write_text(report.text, "utf-8")
