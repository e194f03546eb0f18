"""How many rows are kept at once, so that nobody at a console waits for them."""

import asyncio
from collections.abc import Callable

FIRST, FEWEST, MOST = 50, 10, 500  # rows that are kept at once
UNIT_S = 0.05  # a note that is typed meanwhile waits for no more
ALONE_S = 0.5  # where no console is open: a unit costs time of its own
PAUSE_S = 0.025  # between units: SQLite lets a second program look for a gap every 25 ms

Alone = Callable[[], bool]


class Pace:
    """Learns from each unit how many rows the next one may have."""

    def __init__(self, alone: Alone) -> None:
        self._alone = alone
        self.size = FIRST

    async def rest(self, took_s: float) -> None:
        """Let others write, after ``size`` rows took so long."""
        alone = self._alone()
        room_s = ALONE_S if alone else UNIT_S
        self.size = max(FEWEST, min(MOST, int(self.size * room_s / max(took_s, 0.001))))
        await asyncio.sleep(0 if alone else PAUSE_S)
