"""What is rung and typed in a measurement: drawn at random from the cards, the same at each run."""

from dataclasses import dataclass
from random import Random
from typing import Any

from care_console.base.phone import read, show
from care_console.lines.line import CallEvent, Event
from care_console.store import Store
from tests.benchmarks.making import then
from tests.benchmarks.rounds import finish
from tests.benchmarks.trial import CALLED

UNKNOWN = 0.1  # of those who ring
SEED = 7

# One letter, two, the commonest names alone and in pairs, and words that half of the cards have.
NASTY = (
    *("s", "m", "a", "j", "b", "c", "d", "sm", "jo", "ma", "an"),
    *("smith", "jones", "taylor", "john", "david", "london", "ltd"),
    *("john smith", "smith john", "jones david", "john london", "smith london"),
    *("a b", "s j", "j s", "jo smi", "da jo", "smi lon", "j s l"),
)


def forget_numbers() -> None:
    """Let no number be known already because it was drawn, or rung in another measurement."""
    for kept in (read, show):
        kept.cache_clear()


@dataclass(slots=True)
class Draw:
    """Draws from one desk's records. What is asked here is not in the measured store's cache."""

    store: Store
    cards: int
    seed: int = SEED

    def numbers(self, count: int) -> list[str]:
        """Return ``count`` numbers, of which one in ten is on no card."""
        random = Random(self.seed)
        found: list[str] = []
        while len(found) < count:
            if random.random() < UNKNOWN:
                found.append(f"+4479{random.randrange(10**8):08}")
            elif rows := self._of_one(random, "SELECT e164 FROM card_phone WHERE card_id = :id"):
                found.append(random.choice(rows)[0])
        return found

    def rings(self, count: int) -> list[CallEvent]:
        """Return ``count`` calls that ring."""
        return [
            CallEvent(
                kind=Event.RINGING,
                call_id=f"drawn-{at}",
                line="main",
                at=then(),
                number=number,
                called_line=CALLED,
            )
            for at, number in enumerate(self.numbers(count))
        ]

    def typed(self, count: int) -> list[str]:
        """Return ``count`` beginnings of names in either order, as they stand after some key."""
        random = Random(self.seed)
        found: list[str] = []
        while len(found) < count:
            for given, family in self._of_one(random, OF_A_PERSON):
                name = f"{given} {family}" if random.random() < 0.5 else f"{family} {given}"
                found.append(name[: random.randrange(1, len(name) + 1)].strip().lower())
        return found

    def last_digits(self, count: int, digits: int = 7) -> list[str]:
        """Return ``count`` times the last digits of somebody's number."""
        found: list[str] = []
        random = Random(self.seed)
        while len(found) < count:
            rows = self._of_one(random, "SELECT e164 FROM card_phone WHERE card_id = :id LIMIT 1")
            found += [e164[-digits:] for (e164,) in rows]
        return found

    def _of_one(self, random: Random, sql: str) -> list[Any]:
        return finish(self.store.look_up(sql, id=random.randrange(1, self.cards + 1)))


OF_A_PERSON = "SELECT given, family FROM card WHERE id = :id AND kind = 'person'"
