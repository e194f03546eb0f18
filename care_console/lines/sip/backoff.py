"""How long to wait before the next try."""

from random import Random

FIRST_S, LONGEST_S = 1.0, 300.0
SPREAD = 0.25  # desks that were cut off together do not come back together


class Backoff:
    """1, 2, 4 … 300 s, each a little less by chance."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.tries = 0

    def next(self, at_least: float = 0.0) -> float:
        """Return the seconds until the next try."""
        wait = min(LONGEST_S, FIRST_S * 2.0 ** min(self.tries, 16))
        self.tries += 1
        return max(at_least, wait * (1 - SPREAD * self._chance.random()))

    def reset(self) -> None:
        """Let the next wait be the first again."""
        self.tries = 0
