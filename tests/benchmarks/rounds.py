"""Samples taken in turns, so that whatever else the machine does is done to all sides alike."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from time import perf_counter, thread_time
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Took(NamedTuple):
    """How long something took, in seconds: by the clock, and of the processor in this thread."""

    passed: float
    computed: float

    @classmethod
    def now(cls) -> "Took":
        """Return both clocks as they stand: what is taken between two of them is a sample."""
        return cls(perf_counter(), thread_time())

    def since(self, began: "Took") -> "Took":
        """Return what passed from ``began`` to this."""
        return Took(self.passed - began.passed, self.computed - began.computed)


Samples = list[Took]
Side = Callable[[int], Awaitable[Took]]  # takes the n-th sample


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured. Fewer than 300 samples in five rounds say nothing that holds."""

    rounds: int = 6
    each: int = 60  # samples of each side in a round
    starts: int = 16  # processes of each kind
    rings: int = 2_000  # before the memory is looked at
    rows: int = 20_000  # of the file that is imported
    imports: int = 5  # of it, of each kind
    calls: int = 3_000  # by SIP, 100 a second
    soak: int = 10_000  # calls by SIP, one after the other
    homes: int = 2  # with so many cards each whose memory is looked at

    @property
    def draws(self) -> int:
        """How many different things to ask for: one for each sample, and a round to warm up."""
        return (self.rounds + 1) * self.each


QUICK = Effort(rounds=1, each=4, starts=1, rings=4, rows=60, imports=1, calls=50, soak=50, homes=1)
"""Enough to see that everything is measured, and for nothing else."""


class NotAtOnce(AssertionError):
    """What must be done within the frame waited for something."""


async def in_turns(effort: Effort, *sides: Side) -> list[Samples]:
    """Return the samples of each side, taken A B A B; a first round is thrown away."""
    taken: list[Samples] = [[] for _ in sides]
    for at in range(effort.draws):
        for side, samples in zip(sides, taken, strict=True):
            samples.append(await side(at))
    return [samples[effort.each :] for samples in taken]


def timed(act: Callable[[int], object]) -> Side:
    """Return the side that does ``act`` for the n-th sample."""

    async def side(at: int) -> Took:
        began = Took.now()
        act(at)
        return Took.now().since(began)

    return side


def finish(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to its end what ends in one step, as look-ups in a file do. Raises NotAtOnce."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    coroutine.close()
    raise NotAtOnce(coroutine)
