"""From a ring to the facts of whoever calls, in the window's thread."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from care_console.base.phone import read, show
from care_console.calls.rules import Caller
from care_console.calls.service import Rings
from care_console.cards.service import Numbers
from care_console.lines.line import CallEvent
from care_console.services import Services
from care_console.store import Store
from tests.benchmarks.drawn import SEED, forget_numbers
from tests.benchmarks.figures import Row, compared, spread
from tests.benchmarks.ground import Ground
from tests.benchmarks.making import services_of, then
from tests.benchmarks.rounds import finish, in_turns, timed

GOAL = 2
Asked = list[tuple[str, dict[str, object]]]


async def facts(ground: Ground) -> list[Row]:
    """Compare a ring's facts with the same statements asked of a file without a key."""
    there = await ground.made(ground.cards)
    store, other, plain, keyed = there.store(), there.store(), there.plain(), there.keyed()
    try:
        services = await services_of(store, there.home)
        async with ground.opened(ground.cards) as (_services, draw):
            rings = draw.rings(ground.effort.draws)
            others = replace(draw, seed=SEED + 1).rings(ground.effort.draws)
        asked, matches = _recorded(services, other, rings)
        forget_numbers()
        sides = [timed(ring(services, rings)), timed(asking(plain, asked))]
        parts = [timed(asking(keyed, asked)), timed(spelt(services, others))]
        ours, base, *rest = await in_turns(ground.effort, *sides, *parts)
    finally:
        await store.close()
        await other.close()
        plain.close()
        keyed.close()
    what = f"ring → facts, {ground.cards:,} cards, keyed : the same statements, sqlite3, no key"
    made_of = (
        f"in it: the same statements with the key {spread(rest[0])};"
        f" the number read and written as it is shown {spread(rest[1])}"
    )
    return [compared("facts", what, GOAL, ours, base, (made_of, _matches(matches)))]


def asking(db: Any, asked: list[Asked]) -> Callable[[int], None]:
    """Return what asks ``db`` what the n-th ring asked."""

    def ask(at: int) -> None:
        for sql, values in asked[at]:
            list(db.execute(sql, values))

    return ask


def spelt(services: Services, rings: list[CallEvent]) -> Callable[[int], object]:
    """Return what reads the number of the n-th of ``rings``, and writes it for the screen."""
    plan = services.settings.plan()
    return lambda at: show(read(rings[at].number or "", plan).e164 or "")


def ring(services: Services, rings: list[CallEvent]) -> Callable[[int], Caller]:
    """Return what finds the caller of the n-th of ``rings``."""
    return lambda at: finish(services.rings.caller(rings[at]))


def _recorded(
    services: Services, other: Store, rings: list[CallEvent]
) -> tuple[list[Asked], list[str]]:
    """Return what each ring asks the records, and how it ends, learnt by another connection."""
    asked, matches = [], []
    for event in rings:
        recorder: Any = Recorder(other)
        who = Rings(recorder, then, Numbers(recorder, then), services.settings)
        matches.append(str(finish(who.caller(event)).match))
        asked.append(recorder.asked)
    return asked, matches


def _matches(matches: list[str]) -> str:
    counts = {match: matches.count(match) for match in sorted(set(matches))}
    return "rings drawn: " + ", ".join(f"{count} {match}" for match, count in counts.items())


@dataclass(slots=True)
class Recorder:
    """Passes look-ups on to a store, and keeps them for somebody else to ask the same."""

    store: Store
    asked: Asked = field(default_factory=list)

    async def look_up(self, sql: str, **values: object) -> list[Any]:
        """Return what the store returns."""
        self.asked.append((sql, values))
        return await self.store.look_up(sql, **values)

    async def look_up_all(self, statements: Any, **values: object) -> list[Any]:
        """Return what the store returns."""
        self.asked += [(sql, values) for sql in statements]
        return await self.store.look_up_all(statements, **values)
