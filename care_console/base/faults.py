"""What broke, told without a word about anybody: kinds, files and lines, never what was in them."""

import logging
from collections.abc import Iterator
from pathlib import PurePath
from traceback import walk_tb
from types import FrameType, TracebackType

OURS = "care_console"
PACKED = "site-packages"
MOST_PLACES = 40  # of one traceback; the last are the nearest to what broke
MOST_CAUSES = 8


def told(error: BaseException) -> str:
    """Return an exception with its causes as kinds, files, lines and functions.

    Messages, values and source lines are left out: any of them may speak of a person.
    """
    return "\n".join(_causes(error))


def place(file: str) -> str:
    """Return a path as far as it is no part of anybody's home: from our package, or its library."""
    parts = PurePath(file.replace("\\", "/")).parts
    for root in (OURS, PACKED):
        if root in parts:
            last = len(parts) - 1 - parts[::-1].index(root)
            return "/".join(parts[last + (root == PACKED) :])
    return parts[-1] if parts else "?"


def where(error: BaseException) -> str:
    """Return the kind of an exception and the place where it was raised, as one line."""
    last = list(walk_tb(error.__traceback__))[-1:]
    return type(error).__name__ + "".join(f" at {_at(*each)}" for each in last)


class WithoutPeople(logging.Formatter):
    """Writes a line of the log of which nothing can be about a person.

    A record of ours is its constant words, and of its values only numbers; of any other program
    only who wrote it, and where. An exception is told by ``told``.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        line = f"{at} {record.levelname.lower()} {record.name} {_message(record)}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + told(record.exc_info[1])
        return line


def _message(record: logging.LogRecord) -> str:
    own = record.name == OURS or record.name.startswith(f"{OURS}.")
    if not own or not isinstance(record.msg, str):
        return f"{place(record.pathname)}:{record.lineno}"
    args = record.args if isinstance(record.args, tuple) else ()
    try:
        return record.msg % tuple(_harmless(each) for each in args)
    except (TypeError, ValueError):
        return record.msg


def _harmless(value: object) -> object:
    """Return a number or a Plain word as it is, and of anything else only its kind."""
    return value if isinstance(value, bool | int | float | Plain) else type(value).__name__


class Plain(str):
    """A word of the program's own, such as a page's id, that may stand in the log."""

    __slots__ = ()


def _causes(error: BaseException) -> Iterator[str]:
    here: BaseException | None = error
    said = ""
    for _at_most in range(MOST_CAUSES):
        if here is None:
            return
        yield f"{said}{type(here).__name__}"
        yield from (f"  {_at(frame, line)}" for frame, line in _places(here.__traceback__))
        if isinstance(here, BaseExceptionGroup):
            for each in here.exceptions:
                yield f"  with {where(each)}"
        here, said = here.__cause__ or here.__context__, "after "


def _places(trace: TracebackType | None) -> list[tuple[FrameType, int]]:
    return list(walk_tb(trace))[-MOST_PLACES:]


def _at(frame: FrameType, line: int) -> str:
    code = frame.f_code
    return f"{place(code.co_filename)}:{line} in {code.co_name}"
