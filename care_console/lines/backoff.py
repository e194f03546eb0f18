"""How long to wait before the next try."""

from collections.abc import Callable
from random import random


class Backoff:
    """``first_s``, twice as long, and so on up to ``longest_s``, each less by chance.

    So desks that were cut off together do not come back together: ``spread`` is the part of a
    wait that chance may take away, and ``chance`` returns from 0 to 1, how much of it.
    """

    def __init__(
        self,
        first_s: float,
        longest_s: float,
        spread: float = 0.5,
        chance: Callable[[], float] = random,
    ) -> None:
        self._first_s, self._longest_s, self._spread = first_s, longest_s, spread
        self._chance = chance
        self._tries = 0

    def next(self, at_least: float = 0.0) -> float:
        """Return the seconds until the next try."""
        wait = min(self._longest_s, self._first_s * 2.0 ** min(self._tries, 16))
        self._tries += 1
        return max(at_least, wait * (1 - self._spread * self._chance()))

    def reset(self) -> None:
        """Let the next wait be the first again."""
        self._tries = 0
