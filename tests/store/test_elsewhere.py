"""Several desks on one server: what one writes, the others hear, and after a silence too."""

import asyncio
from uuid import uuid4

import pytest
from psycopg.errors import DeadlockDetected, NotNullViolation, SerializationFailure
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session, func, select, text, update

from care_console.base.clock import utc_now
from care_console.cards.records import CardRecord
from care_console.settings.records import OptionRecord
from care_console.store import NoAnswer, NotKept, Store
from care_console.store.elsewhere import ANYTHING, LONGEST, tell_elsewhere


def add(db: Session, name: str) -> None:
    db.add(CardRecord(kind="person", name=name, created_at=utc_now()))


def count(db: Session) -> int:
    return db.exec(select(func.count()).select_from(CardRecord)).one()


class Desk:
    """A store that listens, and what it heard."""

    def __init__(self, url):
        self.store = Store.open(url)
        self.rung: asyncio.Queue[frozenset[type]] = asyncio.Queue()
        self.away: asyncio.Queue[bool] = asyncio.Queue()
        self.store.listen(self.rung.put_nowait)
        self.store.on_away(self.away.put_nowait)

    async def listens(self):
        await self.store.look_elsewhere()
        assert await self.rung.get() == ANYTHING  # what came before it listened
        return self


@pytest.fixture
def url(databases, tmp_path):
    return databases.fresh("postgres", tmp_path)


@pytest.fixture
def desks(loop, url):
    pair = [loop.run_until_complete(Desk(url).listens()) for _ in range(2)]
    yield pair
    for desk in pair:
        loop.run_until_complete(desk.store.close())


def name_of(url):
    return url.rpartition("/")[2]


def cut_off(databases, url):
    """End every connection to the database."""
    name = name_of(url)
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
    databases.command(f"{ended}'{name}'")


def shut(databases, url, *, open: bool = False):
    """Let nobody in, or everybody again."""
    databases.command(f"ALTER DATABASE {name_of(url)} ALLOW_CONNECTIONS {open}")
    if not open:
        cut_off(databases, url)


async def test_what_one_desk_writes_rings_the_other_ones_bell_within_a_second(desks):
    one, two = desks
    await one.store.write(add, "Ada Poe")

    assert await asyncio.wait_for(two.rung.get(), 1) == frozenset({CardRecord})
    assert await one.rung.get() == frozenset({CardRecord})
    assert await two.store.look_up("SELECT name FROM card") == [("Ada Poe",)]
    await two.store.write(lambda db: db.exec(update(CardRecord).values(name="Ada")) and None)
    assert await one.rung.get() == frozenset({CardRecord})
    assert one.rung.empty()


async def test_a_unit_that_keeps_nothing_is_heard_nowhere(desks):
    one, two = desks

    def fails(db: Session) -> None:
        add(db, "Ada Poe")
        db.flush()
        raise LookupError

    with pytest.raises(LookupError):
        await one.store.write(fails)
    await one.store.write(lambda db: db.add(OptionRecord(name="a", value=1)))

    assert await two.rung.get() == frozenset({OptionRecord})


async def test_what_cannot_be_named_may_be_anything(desks):
    one, two = desks
    many = {
        type(f"Card{number}", (), {"__tablename__": f"card_{number}" * 40}) for number in range(99)
    }
    assert sum(len(each.__tablename__) for each in many) > LONGEST
    for touched in (many, {type("Later", (), {"__tablename__": "hologram"})}):
        await one.store.write(tell_elsewhere, "a later version", touched)
        assert await two.rung.get() == ANYTHING


async def test_a_cut_connection_heals_and_what_was_missed_meanwhile_is_heard(desks, databases, url):
    one, two = desks
    shut(databases, url)
    assert await one.away.get() is await two.away.get() is True
    assert one.store.away
    shut(databases, url, open=True)
    assert await one.away.get() is await two.away.get() is False
    assert not one.store.away
    assert await one.rung.get() == await two.rung.get() == ANYTHING

    await one.store.write(add, "Ada Poe")
    assert await two.rung.get() == frozenset({CardRecord})
    assert await two.store.read(count) == 1


async def test_a_connection_that_is_cut_for_a_moment_is_noticed_and_nothing_is_missed(
    desks, databases, url
):
    _one, two = desks
    cut_off(databases, url)

    assert await two.rung.get() == ANYTHING
    assert await two.store.look_up("SELECT count(*) FROM card") == [(0,)]


async def test_while_the_server_is_away_everything_says_so_at_once(desks, databases, url):
    one, _two = desks
    shut(databases, url)
    await one.away.get()

    with pytest.raises(NoAnswer):
        await one.store.look_up("SELECT 1")
    with pytest.raises(NoAnswer):
        await one.store.read(count)
    with pytest.raises(NotKept, match="does not answer"):
        await one.store.write(add, "Ada Poe")
    shut(databases, url, open=True)
    await one.away.get()
    await one.store.write(add, "Ada Poe")


async def test_a_desk_that_does_not_listen_yet_says_the_same(databases, url):
    one = Desk(url)  # does not listen yet
    shut(databases, url)
    with pytest.raises(NotKept, match="does not answer"):
        await one.store.write(add, "Ada Poe")
    with pytest.raises(NoAnswer):
        await one.store.read(count)
    with pytest.raises(NoAnswer):
        await one.store.look_up("SELECT 1")
    shut(databases, url, open=True)
    await one.store.write(add, "Ada Poe")
    await one.store.close()


async def test_a_look_up_that_takes_too_long_is_given_up_and_hinders_no_other(desks):
    one, _two = desks
    for _ in range(5):
        with pytest.raises(NoAnswer):
            await one.store.look_up("SELECT pg_sleep(60)")

    assert await one.store.look_up("SELECT 1") == [(1,)]
    assert not one.store.away


@pytest.mark.parametrize("error", [SerializationFailure, DeadlockDetected])
async def test_a_unit_that_was_in_anothers_way_runs_again_whole(desks, error):
    one, _two = desks
    runs = []

    def unit(db: Session) -> None:
        runs.append(1)
        add(db, f"Ada {len(runs)}")
        db.flush()
        if len(runs) < 3:
            raise OperationalError("", {}, error())

    await one.store.write(unit)
    assert await one.store.look_up("SELECT name FROM card") == [("Ada 3",)]


async def test_any_other_trouble_is_not_tried_again(desks):
    one, _two = desks
    runs = []

    def unit(db: Session) -> None:
        runs.append(1)
        raise IntegrityError("", {}, NotNullViolation())

    with pytest.raises(DBAPIError):
        await one.store.write(unit)
    assert runs == [1]


async def test_two_desks_in_one_anothers_way_both_get_through(desks):
    """Each locks one row and wants the other's: PostgreSQL ends one, which runs again."""
    for name in ("Ada", "Grace"):
        await desks[0].store.write(add, name)
    both = asyncio.Barrier(2)
    loop = asyncio.get_running_loop()
    met = []

    def cross(db: Session, first: str, second: str) -> None:
        lock = text("UPDATE card SET kind = kind WHERE name = :name")
        db.execute(lock, {"name": first})
        if first not in met:  # only the first time
            met.append(first)
            asyncio.run_coroutine_threadsafe(both.wait(), loop).result()
        db.execute(lock, {"name": second})
        add(db, f"{uuid4()}")

    one, two = desks
    await asyncio.gather(
        one.store.write(cross, "Ada", "Grace"), two.store.write(cross, "Grace", "Ada")
    )
    assert await one.store.read(count) == 4
