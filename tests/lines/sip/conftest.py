"""What the tests of the SIP line may ask for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from random import Random

import pytest

from care_console.lines.line import CallEvent, State
from care_console.lines.sip.line import SipLine
from care_console.lines.sip.station import Account
from tests.conftest import SetClock, until
from tests.lines.sip.peer import TelephoneSystem


class Time:
    """Both clocks of a line, which stand still until they are told otherwise."""

    def __init__(self, clock: SetClock) -> None:
        self._clock = clock
        self._seconds = 1_000.0

    def __call__(self) -> float:
        return self._seconds

    def pass_by(self, line: SipLine, seconds: float) -> None:
        """Let time pass, and ``line`` do what is due, in its order."""
        self.pass_for(line.agent.deadlines, seconds, line.tick)

    def pass_for(self, deadlines, seconds: float, run: Callable[[], None] | None = None) -> None:
        """Let time pass from one thing that is due to the next."""
        end = self._seconds + seconds
        while (at := deadlines.next()) is not None and at <= end:
            self._to(at)
            (run or deadlines.run)()
        self._to(end)

    def sleep(self, seconds: int) -> None:
        """Let the computer sleep: the clock that is never set back stands."""
        self._clock.pass_by(seconds=seconds)

    def _to(self, at: float) -> None:
        self._clock.pass_by(microseconds=round((at - self._seconds) * 1_000_000))
        self._seconds = at


class Listener:
    """A line in use, and what it told."""

    def __init__(self, line: SipLine) -> None:
        self.line = line
        self.told: list[CallEvent] = []
        self._task = asyncio.create_task(self._take())

    @property
    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.told]

    async def has_told(self, *kinds: str) -> list[CallEvent]:
        """Wait until as much was told, and see that it is that."""
        await until(lambda: len(self.told) >= len(kinds))
        assert self.kinds == list(kinds)
        return self.told

    async def is_up(self) -> None:
        await until(lambda: self.line.state.state is State.UP)

    async def is_down(self) -> str:
        await until(lambda: self.line.state.state is State.DOWN)
        return self.line.state.reason

    async def end(self) -> None:
        await self.line.close()
        await self._task

    async def _take(self) -> None:
        async for event in self.line.events():
            self.told.append(event)


@pytest.fixture
def passing(clock: SetClock) -> Time:
    return Time(clock)


Desk = Callable[..., Awaitable[tuple[Listener, TelephoneSystem]]]


@pytest.fixture
def at_desk(clock: SetClock, passing: Time):
    """Open a telephone system and a line to it; both are closed at the end."""

    @asynccontextmanager
    async def opened(
        system: TelephoneSystem | None = None, up: bool = True, **options
    ) -> AsyncIterator[tuple[Listener, TelephoneSystem]]:
        system = await (system or TelephoneSystem()).open()
        options = {"transport": system.kind, "user": "202", "server": "127.0.0.1"} | options
        account = Account(port=system.port, **options)
        line = SipLine("desk", account, clock, seconds=passing, chance=Random(1))
        listener = Listener(line)
        try:
            if up:
                await listener.is_up()
            yield listener, system
        finally:
            await listener.end()
            await system.close()

    return opened
