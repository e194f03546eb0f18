"""What every phone line is, and what it tells."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from typing import Protocol, runtime_checkable

from care_console.base.names import clean

LONGEST_NUMBER, LONGEST_NAME = 128, 80  # characters
NOBODY_HERE = "nobody at the desk"  # a cause: what others made of the call is not known


class Presentation(StrEnum):
    """Whether the caller lets the number be seen (RFC 3323 and 3325 for SIP)."""

    ALLOWED = "allowed"
    WITHHELD = "withheld"
    UNAVAILABLE = "unavailable"  # the network knows none


class Event(StrEnum):
    """What may happen to a call."""

    RINGING = "ringing"
    ANSWERED = "answered"  # on the clerk's own telephone
    ANSWERED_ELSEWHERE = "answered_elsewhere"  # on a colleague's
    ANSWERED_SOMEWHERE = "answered_somewhere"  # the line cannot tell on whose
    ENDED = "ended"


class Can(Enum):
    """What a line can do beside telling; a button says no more than that."""

    ANSWER = "answer"
    TRANSFER = "transfer"
    PAUSE = "pause"
    DIAL = "dial"


class State(Enum):
    """Whether calls would come through a line."""

    CONNECTING = "connecting"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class LineState:
    """How a line is and, where it is not up, a sentence for the clerk that says why."""

    state: State
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEvent:
    """What happened to one call at one moment.

    ``number`` is just as the line sent it, or None; ``called_line`` and ``diverted_from`` are the
    numbers that were called and that passed the call on, where the line knows them; ``at`` is
    aware UTC. ``cause`` says in the line's own word why a call ended. Texts come from outside:
    they are cleaned and cut here, but are never markup. A withheld caller's number and name are
    dropped here, even where the line knows them (RFC 3323, section 4), so that nothing behind
    the line can show or keep them. Raises ValueError where ``at`` is not aware.
    """

    kind: Event
    call_id: str
    line: str
    at: datetime
    number: str | None = None
    presentation: Presentation = Presentation.ALLOWED
    name: str = ""
    called_line: str = ""
    diverted_from: str = ""
    cause: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("A call's moment names its zone.")
        number = clean(self.number or "", LONGEST_NUMBER)
        presentation = Presentation(self.presentation)
        if presentation is Presentation.ALLOWED and not number:
            presentation = Presentation.UNAVAILABLE
        seen = number if presentation is Presentation.ALLOWED else None
        self._set("presentation", presentation)
        self._set("number", seen)
        self._set("name", self._shown_name(presentation, number))
        self._set("called_line", clean(self.called_line, LONGEST_NUMBER))
        self._set("diverted_from", clean(self.diverted_from, LONGEST_NUMBER))
        self._set("cause", clean(self.cause, LONGEST_NAME))

    def _shown_name(self, presentation: Presentation, number: str) -> str:
        if presentation is Presentation.WITHHELD:
            return ""
        name = clean(self.name, LONGEST_NAME)
        return "" if name == number else name

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)  # the way that frozen dataclasses leave open


class Line(Protocol):
    """A wire to the telephone network."""

    @property
    def name(self) -> str:
        """Under which the line is shown and kept; no two lines of a desk have the same."""
        ...

    @property
    def can(self) -> frozenset[Can]:
        """What this line can do beside telling."""
        ...

    @property
    def state(self) -> LineState:
        """How the line is at this moment."""
        ...

    def listen(self, told: Callable[[LineState], None]) -> Callable[[], None]:
        """Let ``told`` know of each change of ``state``; return what ends that."""
        ...

    def events(self) -> AsyncIterator[CallEvent]:
        """Yield what happens, each once and in order. Reconnects by itself; ends when closed."""
        ...

    async def close(self) -> None:
        """Hang up the wire for good, and leave nothing behind. Closing twice does nothing."""
        ...


class DiallingLine(Line, Protocol):
    """A line with ``Can.DIAL``."""

    async def dial(self, number: str) -> str:
        """Call ``number`` (E.164) from the clerk's telephone. Raises a CareError.

        Return the id of the call, of which this line tells its end alone; "" if not even that.
        """
        ...


@runtime_checkable
class RegisteredLine(Protocol):
    """A line to which calls come only as long as the other side keeps its registration."""

    def register_again(self) -> None:
        """Register at once: a trial may have pushed this line out."""
        ...


@runtime_checkable
class AttendedLine(Protocol):
    """A line that itself rings along, and so keeps callers from what comes where nobody sits."""

    def attend(self, attended: bool) -> None:
        """Let somebody be at the desk, or nobody."""
        ...
