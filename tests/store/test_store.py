"""Units of work: whole or not at all, finished once begun, and heard of."""

import asyncio
import threading

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, func, select, update

from care_console.base.clock import utc_now
from care_console.base.errors import CareError
from care_console.cards.records import CardRecord
from care_console.store import Store
from tests.conftest import PATIENCE_S, until

COUNT = "SELECT count(*) FROM card"


def add(db: Session, name: str) -> None:
    db.add(CardRecord(kind="person", name=name, created_at=utc_now()))


def count(db: Session) -> int:
    return db.exec(select(func.count()).select_from(CardRecord)).one()


async def test_a_unit_that_raises_keeps_nothing(store):
    def unit(db: Session) -> None:
        add(db, "Ada Poe")
        db.flush()
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(unit)

    assert await store.read(count) == 0


async def test_a_unit_that_was_sent_is_finished_even_if_its_caller_is_called_off(store):
    begun, go = threading.Event(), threading.Event()

    def slow(db: Session) -> None:
        begun.set()
        go.wait(PATIENCE_S)
        add(db, "Ada Poe")

    units = (store.write(slow), store.write(add, "Grace Hopper"))
    callers = [asyncio.create_task(unit) for unit in units]
    await until(begun.is_set)
    for caller in callers:
        caller.cancel()
    await asyncio.wait(callers)
    go.set()

    await store.write(count)
    assert [caller.cancelled() for caller in callers] == [True, True]
    assert await store.read(count) == 2


@pytest.mark.parametrize(("error", "reports"), [(LookupError(), 1), (CareError("No."), 0)])
async def test_a_bug_is_reported_even_if_its_caller_is_called_off(
    store, monkeypatch, error, reports
):
    reported = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: reported.append(error))

    def unit(db: Session) -> None:
        raise error

    caller = asyncio.create_task(store.write(unit))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.wait([caller])
    await store.write(count)

    assert reported == [error] * reports


async def test_a_read_does_not_wait_for_the_writer(store):
    begun, go = threading.Event(), threading.Event()

    def unit(db: Session) -> None:
        add(db, "Ada Poe")
        db.flush()
        begun.set()
        go.wait(PATIENCE_S)

    writing = asyncio.create_task(store.write(unit))
    await until(begun.is_set)
    assert (await store.read(count), await store.look_up(COUNT)) == (0, [(0,)])
    go.set()
    await writing

    assert (await store.read(count), await store.look_up(COUNT)) == (1, [(1,)])


async def test_a_query_cannot_write(store):
    def query(db: Session) -> None:
        add(db, "Ada Poe")
        db.flush()

    with pytest.raises(DBAPIError):
        await store.read(query)


async def test_a_look_up_holds_nothing_up_and_never_shows_old_data(store):
    for number in range(3):
        assert await store.look_up("SELECT id FROM card WHERE id > :least", least=number) == []
        await store.write(add, "Ada Poe")
        assert await store.look_up(COUNT) == [(number + 1,)]
    if store.on_file:
        assert await store.look_up("PRAGMA wal_checkpoint") != []
        assert not store._kept.in_transaction


async def test_desks_that_read_before_they_write_take_turns(store, where):
    def unit(db: Session) -> None:
        count(db)
        add(db, "Ada Poe")

    stores = [store, Store.open(where), Store.open(where)]
    await asyncio.gather(*(stores[n % 3].write(unit) for n in range(60)))

    assert await store.read(count) == 60
    for other in stores[1:]:
        await other.close()


async def test_the_bell_names_what_was_touched(store):
    rung = []
    end = store.listen(rung.append)

    await store.write(add, "Ada Poe")
    await store.write(lambda db: db.exec(update(CardRecord).values(name="Ada Lovelace")) and None)
    await store.write(count)
    end()
    await store.write(add, "Grace Hopper")

    assert rung == [frozenset({CardRecord})] * 2


async def test_closing_waits_for_what_was_sent(where):
    store = Store.open(where)
    writing = asyncio.create_task(store.write(add, "Ada Poe"))
    await asyncio.sleep(0)
    await store.close()
    await writing

    store = Store.open(where)
    assert await store.read(count) == 1
    await store.close()
