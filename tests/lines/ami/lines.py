"""An Asterisk line in a test: what it tells is collected, and it is closed in the end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from care_console.lines.ami.calls import Place
from care_console.lines.ami.client import Way
from care_console.lines.ami.line import AmiLine, Pace
from care_console.lines.line import CallEvent, LineState, State
from tests.conftest import until
from tests.lines.ami.pretend import SECRET, PretendAsterisk

DESK = Place("PJSIP/201")
QUICK = Pace(first_s=0.01, most_s=0.02, jitter=lambda: 1.0)


class Open:
    """A line and what it has told."""

    def __init__(self, line: AmiLine) -> None:
        self.line = line
        self.told: list[CallEvent] = []
        self.states: list[LineState] = []
        line.listen(self.states.append)
        self.taking = asyncio.create_task(self._take())

    async def up(self) -> "Open":
        await until(lambda: self.line.state.state is State.UP)
        return self

    async def down(self) -> str:
        """Wait until the line is down, and return what it says why."""
        await until(lambda: self.line.state.state is State.DOWN)
        return self.line.state.reason

    @property
    def kinds(self) -> list[str]:
        return [each.kind.value for each in self.told]

    async def _take(self) -> None:
        async for event in self.line.events():
            self.told.append(event)


@asynccontextmanager
async def connected(
    asterisk: PretendAsterisk, clock, place=DESK, context="", pace=QUICK, **way
) -> AsyncIterator[Open]:
    """A line to ``asterisk``, which may not have connected yet."""
    account = replace(Way("127.0.0.1", asterisk.port, "care", SECRET), **way)
    opened = Open(AmiLine("pbx", account, place, clock, context, pace))
    try:
        yield opened
    finally:
        await opened.line.close()
        await opened.taking
