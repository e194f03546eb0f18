"""What a kind of line wants to be told before it can be used, and how it is tried."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from care_console.base.clock import Clock
from care_console.base.errors import CareError
from care_console.lines.line import Line


class Kind(Enum):
    """What is typed into a field."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    SECRET = "secret"  # one a line at most; kept apart from the options, and never shown again


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to be told; titles and help are message keys of the catalogue.

    ``choices`` are pairs of the value that is kept and its title.
    """

    key: str  # in desk.toml and on the command line
    title: str
    help: str = ""
    kind: Kind = Kind.TEXT
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    example: str = ""
    seldom: bool = False  # most houses leave it as it is: a form shows it when it is asked for
    make_up: Callable[[], str] | None = None  # for a secret that nobody else chooses


@dataclass(frozen=True, slots=True)
class Setup:
    """One line as it is set up: every option as text, the way it is typed."""

    name: str
    kind: str
    options: Mapping[str, str]
    secret: str = field(default="", repr=False)


class BadSetup(CareError):
    """A line cannot be made of what was told; ``key`` is the option at fault, if it is one."""

    def __init__(self, message: str, key: str = "", **values: object) -> None:
        super().__init__(message, **values)
        self.key = key


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trial in words for a person; ``good`` is None while it is under way.

    ``detail`` is what the other side said, in its own words: plain text from outside.
    """

    words: str
    good: bool | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class LineKind:
    """A kind of line.

    ``make`` returns a line that is not connected yet and raises BadSetup; ``trial`` raises it too,
    connects apart from any line in use, tells each step as it goes, the last of them good or not,
    and leaves nothing behind, also when it is closed early.
    """

    name: str  # "sip", "ami", "modem", "hook"
    title: str
    explained: str  # for whom it is, and what the telephone system must allow
    fields: tuple[Field, ...]
    make: Callable[[Setup, Clock], Line]
    trial: Callable[[Setup, Clock], AsyncIterator[Step]]
    other_side: Callable[[Setup], str] | None = None  # what is written into its settings, if known
