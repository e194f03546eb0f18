"""A line that is made anew whenever it breaks, so that its bugs cost nobody else a call."""

import asyncio
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing, suppress
from random import random

from care_console.base.errors import CareError
from care_console.base.words import N_, _
from care_console.lines.backoff import Backoff
from care_console.lines.line import (
    AttendedLine,
    CallEvent,
    Can,
    DiallingLine,
    Line,
    LineState,
    RegisteredLine,
    State,
)
from care_console.lines.setup import BadSetup
from care_console.lines.status import Status, Told

FIRST_S, LONGEST_S = 5.0, 300.0  # between two tries
CLOSING_S = 5.0  # after which a line that does not hang up is left to itself

BROKE = N_("Something in the console itself went wrong with this line. It is tried again.")
NOT_DIALLING = N_("This line cannot dial now.")

Make = Callable[[], Awaitable[Line]]
Sleep = Callable[[float], Awaitable[None]]


class CannotDial(CareError):
    """The line is not there, or has no way to dial."""


class KeptUp:
    """A line under one name, over as many as it takes.

    What ``make`` says in a BadSetup is final; after any other trouble there is another try.
    """

    def __init__(
        self,
        name: str,
        make: Make,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random,
    ) -> None:
        """``make`` returns a line that is not connected yet; ``chance`` is that of a Backoff."""
        self.name = name
        self._make, self._sleep = make, sleep
        self._backoff = Backoff(FIRST_S, LONGEST_S, chance=chance)
        self._status = Status()
        self._line: Line | None = None
        self._attended = True
        self._closed, self._over = asyncio.Event(), asyncio.Event()
        self._begun = False

    @property
    def can(self) -> frozenset[Can]:
        """What the line can do at this moment."""
        return self._line.can if self._line is not None else frozenset()

    @property
    def state(self) -> LineState:
        """How the line is at this moment."""
        return self._status.now

    def listen(self, told: Told) -> Callable[[], None]:
        """Let ``told`` know of each change of ``state``; return what ends that."""
        return self._status.listen(told)

    async def dial(self, number: str) -> str:
        """Call ``number`` from the clerk's telephone; return the call's id. Raises a CareError."""
        line = self._line
        if line is None or Can.DIAL not in line.can:
            raise CannotDial(NOT_DIALLING)
        dialling: DiallingLine = line  # type: ignore[assignment]
        return await dialling.dial(number)

    def attend(self, attended: bool) -> None:
        """Let somebody be at the desk, or nobody: for the line that is, and those that follow."""
        self._attended = attended
        if isinstance(self._line, AttendedLine):
            self._line.attend(attended)

    def register_again(self) -> None:
        """Register at once, where the line has to."""
        if isinstance(self._line, RegisteredLine):
            self._line.register_again()

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield what happens on the line, until it is closed. To be asked for once."""
        self._begun = True
        try:
            while not self._closed.is_set():
                async with aclosing(self._once()) as events:
                    async for event in events:
                        yield event
                await self._rest()
        finally:
            self._over.set()

    async def close(self) -> None:
        """Hang up for good, and wait a while until that is done."""
        self._closed.set()
        await self._hang_up()
        if self._begun:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING_S):
                    await self._over.wait()
        self._status.set(State.DOWN)

    async def _once(self) -> AsyncGenerator[CallEvent, None]:
        """Make one line and yield its events until it is closed, or breaks."""
        end: Callable[[], None] = lambda: None  # noqa: E731
        try:
            line = self._line = await self._make()
            if self._closed.is_set():
                return
            self.attend(self._attended)
            end = line.listen(self._tell)
            self._tell(line.state)
            async for event in line.events():
                yield event
            if not self._closed.is_set():
                self._status.set(State.DOWN, self._status.now.reason or _(BROKE))
        except BadSetup as trouble:
            self._status.set(State.DOWN, str(trouble))
            await self._closed.wait()
        except CareError as trouble:
            self._status.set(State.DOWN, str(trouble))
        except Exception as error:  # a bug of this line is no trouble of the others
            sys.excepthook(type(error), error, error.__traceback__)
            self._status.set(State.DOWN, _(BROKE))
        finally:
            end()
            await self._hang_up()

    async def _rest(self) -> None:
        """Wait before the next try, longer each time, unless it is closed meanwhile."""
        if self._closed.is_set():
            return
        resting = asyncio.ensure_future(self._sleep(self._backoff.next()))
        closing = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait((resting, closing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            resting.cancel()
            closing.cancel()

    async def _hang_up(self) -> None:
        """Close the line that there is, however it takes that."""
        line, self._line = self._line, None
        if line is None:
            return
        try:
            async with asyncio.timeout(CLOSING_S):
                await line.close()
        except Exception as error:  # too late to matter to anybody but us; a TimeoutError, too
            if not isinstance(error, TimeoutError):
                sys.excepthook(type(error), error, error.__traceback__)

    def _tell(self, state: LineState) -> None:
        if state.state is State.UP:
            self._backoff.reset()
        if not self._closed.is_set():
            self._status.set(state.state, state.reason)
