"""A line in use in a test, and all that it has told."""

import asyncio

from care_console.lines.line import CallEvent, Line, LineState, State
from tests.conftest import until


class Open:
    """A line and what it has told."""

    def __init__(self, line: Line) -> None:
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

    async def says(self, *kinds: str) -> list[CallEvent]:
        """Wait until as much was told, see that it is that, and return it."""
        await until(lambda: len(self.told) >= len(kinds))
        assert self.kinds == list(kinds)
        return self.told

    async def end(self) -> None:
        await self.line.close()
        await self.taking

    @property
    def kinds(self) -> list[str]:
        return [each.kind.value for each in self.told]

    async def _take(self) -> None:
        async for event in self.line.events():
            self.told.append(event)
