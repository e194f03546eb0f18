"""How search bears what is typed badly, and how it and the ring grow with the cards."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace

from care_console.services import Services
from tests.benchmarks.drawn import NASTY, Draw, forget_numbers
from tests.benchmarks.figures import Row, compared, p50, p99
from tests.benchmarks.ground import Ground
from tests.benchmarks.ring import ring
from tests.benchmarks.rounds import finish, in_turns, timed

NASTY_GOAL, GROWTH_GOAL = 6, 1.5


async def nasty(ground: Ground) -> list[Row]:
    """Compare the worst of the nasty prefixes with what is typed at the median."""
    often = max(ground.effort.each // len(NASTY), 1) * len(NASTY)  # each as often as the others
    effort = replace(ground.effort, each=often)
    async with ground.opened(ground.cards) as (services, draw):
        worst = timed(find(services, [NASTY[at % len(NASTY)] for at in range(effort.draws)]))
        usual = timed(find(services, draw.typed(effort.draws)))
        bad, good = await in_turns(effort, worst, usual)
    medians = {text: p50(bad[at :: len(NASTY)]) for at, text in enumerate(NASTY)}
    order = sorted(medians, key=lambda text: -medians[text])
    named = ", ".join(f"“{text}” {medians[text] * 1000:.3g} ms" for text in order[:5])
    return [
        Row(
            "nasty",
            f"worst of {len(NASTY)} nasty prefixes, {ground.cards:,} cards : the median query",
            NASTY_GOAL,
            ratio=medians[order[0]] / p50(good),
            p50_ms=medians[order[0]] * 1000,
            p99_ms=p99(bad) * 1000,
            baseline_p50_ms=p50(good) * 1000,
            notes=(f"{len(bad)} samples, the worst: {named}; p99 is of all of them",),
        )
    ]


async def growth(ground: Ground) -> list[Row]:
    """Compare the ring, search and the last digits with themselves among few cards."""
    effort = ground.effort
    async with AsyncExitStack() as opened:
        many, from_many = await opened.enter_async_context(ground.opened(ground.cards))
        few, from_few = await opened.enter_async_context(ground.opened(ground.few))

        def sides(kind: Callable[[Services, Draw], Callable[[int], object]]) -> tuple:
            return timed(kind(many, from_many)), timed(kind(few, from_few))

        kinds = {
            "ring → facts": lambda there, draw: ring(there, draw.rings(effort.draws)),
            "search, part of a name": lambda there, draw: find(there, draw.typed(effort.draws)),
            "search, last 7 digits": lambda there, draw: find(
                there, draw.last_digits(effort.draws)
            ),
        }
        rows = []
        for name, kind in kinds.items():
            both = sides(kind)
            forget_numbers()
            ours, base = await in_turns(effort, *both)
            what = f"{name}: {ground.cards:,} cards : {ground.few:,} cards"
            rows.append(compared("growth", what, GROWTH_GOAL, ours, base))
    return rows


def find(services: Services, texts: list[str]) -> Callable[[int], object]:
    """Return what finds the cards for the n-th of ``texts``."""
    return lambda at: finish(services.search.find(texts[at]))
