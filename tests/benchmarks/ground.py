"""What every measurement stands on: the homes, and how much is to be measured."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from care_console.services import Services
from care_console.settings.home import Home
from tests.benchmarks.drawn import Draw
from tests.benchmarks.homes import KEPT, Made, made
from tests.benchmarks.making import services_of
from tests.benchmarks.rounds import Effort

SMALL = 10_000  # cards, from which growth is counted


class NotYet(Exception):
    """Something that is to be measured is not there; says what."""


@dataclass(slots=True)
class Ground:
    """The homes with N cards and with few, made when first wanted."""

    cards: int
    effort: Effort
    fresh: bool = False
    kept: Path = KEPT

    @property
    def few(self) -> int:
        """From how many cards growth is counted."""
        return min(SMALL, max(self.cards // 10, 1))

    async def made(self, cards: int) -> Made:
        """Return the home with so many cards. With ``fresh`` it is made anew once."""
        found = await made(cards, fresh=self.fresh, kept=self.kept)
        self.fresh = self.fresh and cards != self.cards
        return found

    @asynccontextmanager
    async def opened(self, cards: int) -> AsyncIterator[tuple[Services, Draw]]:
        """Open the home with so many cards for who only reads, and draw from it."""
        there = await self.made(cards)
        store, other = there.store(), there.store()
        try:
            yield await services_of(store, there.home), Draw(other, cards)
        finally:
            await store.close()
            await other.close()

    @contextmanager
    def copied(self, there: Made) -> Iterator[Home]:
        """Give a copy of a home to write into."""
        with there.copied() as home:
            yield home
