"""A line for tests, and for showing the console without a telephone."""

from collections.abc import AsyncIterator, Callable
from uuid import uuid4

from care_console.base.clock import Clock
from care_console.lines.inbox import Inbox
from care_console.lines.line import CallEvent, Can, Event, LineState, Presentation, State
from care_console.lines.status import Status, Told


class PretendLine:
    """Does what it is told, through the same protocol as a line that has a wire."""

    def __init__(
        self,
        clock: Clock,
        name: str = "pretend",
        called: str = "",
        can: frozenset[Can] = frozenset(),
    ) -> None:
        """``called`` is the number that callers have dialled, where a ring names no other."""
        self.name = name
        self.can = can
        self._status = Status(State.UP)
        self._clock = clock
        self._called = called
        self._inbox = Inbox()
        self._rung: dict[str, CallEvent] = {}
        self.dialled: list[str] = []
        """What the line was asked to call, with ``Can.DIAL``."""

    @property
    def state(self) -> LineState:
        """How the line is at this moment."""
        return self._status.now

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change of ``state``; return what ends that."""
        return self._status.listen(told)

    def ring(
        self,
        number: str | None,
        name: str = "",
        call_id: str | None = None,
        called_line: str = "",
        withheld: bool = False,
    ) -> str:
        """Ring, and return the id of the call. No ``number``: the network knows none."""
        event = CallEvent(
            kind=Event.RINGING,
            call_id=call_id or uuid4().hex,
            line=self.name,
            at=self._clock(),
            number=number,
            presentation=Presentation.WITHHELD if withheld else Presentation.ALLOWED,
            name=name,
            called_line=called_line or self._called,
        )
        self._rung[event.call_id] = event
        self._inbox.put(event)
        return event.call_id

    def answer(self, call_id: str) -> None:
        """Let the clerk's own telephone be picked up."""
        self._tell(Event.ANSWERED, call_id)

    def elsewhere(self, call_id: str) -> None:
        """Let a colleague's telephone be picked up."""
        self._tell(Event.ANSWERED_ELSEWHERE, call_id)

    def end(self, call_id: str, cause: str = "") -> None:
        """Let the call be hung up."""
        self._tell(Event.ENDED, call_id, cause)

    def somewhere(self, call_id: str) -> None:
        """Let some telephone be picked up; the line cannot tell whose."""
        self._tell(Event.ANSWERED_SOMEWHERE, call_id)

    async def dial(self, number: str) -> str:
        """Call a number, as far as this line ever calls; return the call's id."""
        self.dialled.append(number)
        return f"dialled {len(self.dialled)}"

    def drop(self, reason: str) -> None:
        """Let the wire be torn; ``reason`` is the sentence that the clerk reads."""
        self._status.set(State.DOWN, reason)

    def mend(self) -> None:
        """Let the wire be whole again."""
        self._status.set(State.UP)

    def events(self) -> AsyncIterator[CallEvent]:
        """Yield what the line was told to do."""
        return self._inbox.events()

    async def close(self) -> None:
        """Hang up."""
        self._status.set(State.DOWN)
        self._inbox.close()

    def _tell(self, kind: Event, call_id: str, cause: str = "") -> None:
        """Tell of a call; of one that never rang as well, as real lines do."""
        rung = self._rung.get(call_id)
        event = CallEvent(
            kind=kind,
            call_id=call_id,
            line=self.name,
            at=self._clock(),
            number=rung.number if rung else None,
            presentation=rung.presentation if rung else Presentation.UNAVAILABLE,
            name=rung.name if rung else "",
            called_line=rung.called_line if rung else self._called,
            cause=cause,
        )
        self._inbox.put(event)
