"""A remedy that is offered, kept for good, and what the clerk may give looked up in the frame."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlmodel import Session, delete

from care_console.authority.records import CatalogueRecord, LimitRecord, RemedyRecord
from care_console.authority.rules.limits import Scope
from care_console.base.command import Clerk, Command
from care_console.cards.rules import NewCard
from care_console.services import Services, open_store
from care_console.settings.home import Home
from care_console.settings.keys import find_key
from care_console.staff.rules import Role
from care_console.store.engines import connect
from tests.benchmarks.figures import Row, compared, p50, p99
from tests.benchmarks.ground import Ground
from tests.benchmarks.making import services_of, then
from tests.benchmarks.rounds import Side, Took, finish, in_turns, timed

PAST, LIMITS, REMEDIES = 1_000, 200, 8
OFFER_GOAL, PANEL_MS = 4, 1.0
NO_END = 10**12
INSERT = "INSERT INTO raw (words) VALUES ('an offer, and what the journal says of it')"


@dataclass(frozen=True, slots=True)
class House:
    """A customer with a past, a clerk, and the remedies they may be given."""

    home: Home
    services: Services
    clerk: Clerk
    card_id: int
    remedies: list[int]

    def command(self) -> Command:
        """Return the next of the clerk's commands."""
        return Command(uuid4(), self.clerk)


async def offer(ground: Ground) -> list[Row]:
    """Compare an offer within its limits with one raw durable commit of the same kind of file."""
    async with _house(ground) as house:
        file = house.home.records.with_name("raw.sqlite")
        file.touch()
        key = find_key(house.home, house.home.desk())
        with closing(connect(file, key)) as raw:
            raw.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, words TEXT)")

            def commit(_at: int) -> None:
                raw.execute("BEGIN IMMEDIATE")
                raw.execute(INSERT)
                raw.execute("COMMIT")

            ours, base = await in_turns(ground.effort, _offering(house), timed(commit))
    what = f"a remedy with its limits, durable, {PAST:,} before it : one raw durable commit"
    return [compared("offer", what, OFFER_GOAL, ours, base)]


async def panel(ground: Ground) -> list[Row]:
    """Say how long it takes to look up what may be given to a customer with a long past."""
    async with _house(ground) as house:
        (ours,) = await in_turns(ground.effort, timed(_looking(house)))
    ms = p50(ours) * 1000
    what = f"what may be given, {PAST:,} remedies before, {LIMITS} limits : a millisecond"
    times = {"p50_ms": ms, "p99_ms": p99(ours) * 1000, "baseline_p50_ms": PANEL_MS}
    return [Row("panel", what, 1, ratio=ms / PANEL_MS, **times)]


def _offering(house: House) -> Side:
    async def side(at: int) -> Took:
        remedy = house.remedies[at % REMEDIES]
        began = Took.now()
        await house.services.authority.offer(house.command(), remedy, house.card_id, minor=100)
        return Took.now().since(began)

    return side


def _looking(house: House) -> Callable[[int], object]:
    return lambda _at: finish(house.services.authority.panel(house.clerk, house.card_id))


@asynccontextmanager
async def _house(ground: Ground) -> AsyncIterator[House]:
    there = await ground.made(ground.few)
    with ground.copied(there) as home:
        store, _desk = open_store(home)
        try:
            services = await services_of(store, home)
            clerk = await services.staff.clerk()
            assert clerk is not None
            new = NewCard(given="Maria", family="Okafor")
            card_id = await services.cards.add(Command(uuid4(), clerk), new)
            remedies = await store.write(_put, clerk.card_id, card_id)
            yield House(home, services, clerk, card_id, remedies)
        finally:
            await store.close()


def _put(db: Session, clerk_id: int, card_id: int) -> list[int]:
    """Put remedies, limits of each and of all, and what the customer got before."""
    db.exec(delete(LimitRecord))
    kinds = [CatalogueRecord(kind="waived_fee", name=f"Remedy {n}") for n in range(REMEDIES)]
    db.add_all(kinds)
    db.flush()
    roles, scopes = (Role.ADMINISTRATOR, *set(Role) - {Role.ADMINISTRATOR}), tuple(Scope)
    places = [(role, scope, of) for of in (None, *kinds) for role in roles for scope in scopes]
    db.add_all(
        LimitRecord(scope=scope, catalogue_id=of and of.id, role=role, most=NO_END, days=365)
        for role, scope, of in places[:LIMITS]
    )
    db.add_all(_given(kinds[n % REMEDIES].id, clerk_id, card_id, n) for n in range(PAST))
    return [each.id for each in kinds]


def _given(catalogue_id: int, clerk_id: int, card_id: int, number: int) -> RemedyRecord:
    at = then() - timedelta(hours=number + 1)
    return RemedyRecord(
        command_id=uuid4(),
        catalogue_id=catalogue_id,
        card_id=card_id,
        household_id=card_id,
        clerk_card_id=clerk_id,
        amount_minor=100,
        currency="GBP",
        state="done",
        offered_at=at,
        lapses_at=at,
        given_at=at,
    )
