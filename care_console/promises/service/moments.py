"""The next moment of a day, waited for and never looked for."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from care_console.base.clock import Clock

LONGEST_S = 900.0  # a computer that slept counts its seconds late, so it looks at its clock again


class Moments:
    """Calls ``passed`` each time something in the clerk's day stands or reads otherwise.

    ``next_moment`` gives when that will be, or None. ``arm`` is for the first time, for each bell
    that tells of duties, and for another clerk.
    """

    def __init__(
        self,
        next_moment: Callable[[], Awaitable[datetime | None]],
        clock: Clock,
        passed: Callable[[], object],
    ) -> None:
        self._next_moment, self._clock, self._passed = next_moment, clock, passed
        self._asking: asyncio.Task[None] | None = None
        self._waiting: asyncio.TimerHandle | None = None

    def arm(self) -> None:
        """Ask for the next moment, in place of the one that is waited for."""
        self.stop()
        self._asking = asyncio.get_running_loop().create_task(self._wait(), name="next moment")

    def stop(self) -> None:
        """Wait for nothing any more."""
        if self._waiting is not None:
            self._waiting.cancel()
        if self._asking is not None:
            self._asking.cancel()
        self._asking = self._waiting = None

    async def _wait(self) -> None:
        at = await self._next_moment()
        if at is not None:
            self._wait_until(at)

    def _wait_until(self, at: datetime) -> None:
        left = (at - self._clock()).total_seconds()
        if left <= 0:
            self._passed()
            self.arm()
            return
        loop = asyncio.get_running_loop()
        self._waiting = loop.call_later(min(left, LONGEST_S), self._wait_until, at)
