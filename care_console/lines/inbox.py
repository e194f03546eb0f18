"""What a line has heard and nobody has taken yet."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from care_console.lines.line import CallEvent, Event

MOST = 1_000


class Inbox:
    """Call events in order, for one taker.

    Of more than ``most`` the oldest ringing is given up: who has rung that long ago is history,
    whereas an end that goes missing would leave a call on the screen for ever.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._events: deque[CallEvent] = deque()
        self._news = asyncio.Event()
        self._closed = False

    def put(self, event: CallEvent) -> None:
        """Keep ``event`` for the taker. After ``close`` it is let go."""
        if self._closed:
            return
        if len(self._events) >= self._most:
            self._give_one_up()
        self._events.append(event)
        self._news.set()

    def close(self) -> None:
        """Let the taker have what is there, and no more."""
        self._closed = True
        self._news.set()

    async def events(self) -> AsyncIterator[CallEvent]:
        """Yield each event as it comes, until closed."""
        while True:
            while self._events:
                yield self._events.popleft()
            if self._closed:
                return
            self._news.clear()
            await self._news.wait()

    def _give_one_up(self) -> None:
        for event in self._events:
            if event.kind is Event.RINGING:
                self._events.remove(event)
                return


async def heard_once_open(
    inbox: Inbox, begin: Callable[[], Awaitable[bool]], closed: asyncio.Event, again_s: float
) -> AsyncIterator[CallEvent]:
    """Yield what comes to a line that listens, once ``begin`` has told that it does.

    Until then it is asked again every ``again_s`` seconds, or until the line is ``closed``.
    """
    while not await begin() and not closed.is_set():
        with suppress(TimeoutError):
            async with asyncio.timeout(again_s):
                await closed.wait()
    async for event in inbox.events():
        yield event
