"""A full disk, a disk that fails and a file that is gone are told; what was begun is kept."""

import os

import pytest
from sqlmodel import select, text

from care_console.base.clock import utc_now
from care_console.cards.records import CardRecord
from care_console.store import NoAnswer, NotKept, Store
from care_console.store.engines import Beheld
from care_console.store.health import AGAIN, BALLAST, LOW, Standing, Watch
from care_console.store.troubles import DiskFull, Moved
from tests.conftest import until
from tests.store.filled import KEY as FILLED
from tests.store.filled import filled

KEY = os.urandom(32)


def card(name):
    return lambda db: db.add(CardRecord(kind="person", name=name, created_at=utc_now()))


def names(db):
    return sorted(db.exec(select(CardRecord.name)).all())


def room_for(pages):
    """Let SQLite have so many pages more and no others: it then says that the disk is full."""

    def unit(db):
        count = db.execute(text("PRAGMA page_count")).scalar_one()
        db.execute(text(f"PRAGMA max_page_count = {count + pages}"))

    return unit


@pytest.fixture
def file(tmp_path):
    return tmp_path / "care.sqlite"


@pytest.fixture
def store(loop, file):
    """Records under a key, with one card."""
    store = Store.create(file, KEY)
    store.told = []
    store.on_health(store.told.append)
    loop.run_until_complete(store.write(card("Ada Poe")))
    yield store
    loop.run_until_complete(store.close())


async def test_what_does_not_fit_is_not_kept_by_half_and_is_kept_when_there_is_room(store):
    await store.write(room_for(0))

    for _each in range(3):
        with pytest.raises(DiskFull, match="disk is full"):
            await store.write(card("B" * 100_000))
    await until(lambda: store.told)
    assert store.told[-1].standing is Standing.READ_ONLY
    assert not store.health.keeps
    assert "disk is full" in store.health.why
    assert await store.read(names) == ["Ada Poe"]

    await store.write(room_for(1000))
    await store.write(card("B" * 100_000))
    await until(lambda: store.told[-1].keeps)
    assert len(await store.read(names)) == 2


async def test_when_there_is_room_again_it_is_noticed_without_anybody_typing(store):
    await store.write(room_for(0))
    with pytest.raises(DiskFull):
        await store.write(card("B" * 100_000))

    await store.write(room_for(1000))
    await store.look_elsewhere()
    await until(lambda: store.told[-1].keeps)


async def test_the_ballast_is_given_up_for_what_was_begun(store, tmp_path, monkeypatch):
    ballast = tmp_path / "ballast"
    await store.lay_ballast(ballast)
    assert ballast.stat().st_blocks * 512 >= BALLAST
    watch, give = store._watch, store._watch.give_way
    watch._free = lambda folder: 10 * 2**20
    await store.write(room_for(0))

    def given(hindrance):
        with store._writing.connect() as raw:
            raw.exec_driver_sql("PRAGMA max_page_count = 1000000")
        return give(hindrance)

    monkeypatch.setattr(watch, "give_way", given)
    await store.write(card("B" * 100_000))

    assert len(await store.read(names)) == 2
    assert not ballast.exists()
    assert store.health.standing is Standing.RESERVE
    assert store.health.keeps
    watch._free = lambda folder: AGAIN + LOW
    await store.look_elsewhere()
    assert store.health.standing is Standing.WELL
    assert ballast.stat().st_size == BALLAST


async def test_little_room_is_told_before_there_is_none(store):
    store._watch._free = lambda folder: LOW - 1
    await store.look_elsewhere()
    await until(lambda: store.told)
    assert store.told[-1].standing is Standing.LOW
    assert store.told[-1].keeps

    store._watch._free = lambda folder: LOW
    await store.look_elsewhere()
    await until(lambda: store.told[-1].standing is Standing.WELL)


async def test_a_file_that_is_deleted_or_replaced_is_noticed_before_the_next_commit(store, file):
    file.rename(file.with_name("elsewhere"))
    for _each in range(2):
        with pytest.raises(Moved, match="copy what you typed"):
            await store.write(card("Bo Poe"))
        file.write_bytes(b"another")
    assert file.read_bytes() == b"another"
    assert store.health.standing is Standing.MOVED

    file.with_name("elsewhere").replace(file)
    await store.look_elsewhere()
    await until(lambda: store.told[-1].standing is Standing.WELL)
    await store.write(card("Cy Poe"))
    assert await store.read(names) == ["Ada Poe", "Cy Poe"]


async def test_a_file_that_is_gone_is_told_though_nobody_types(store, file):
    file.rename(file.with_name("elsewhere"))
    await store.look_elsewhere()

    await until(lambda: store.told and store.told[-1].standing is Standing.MOVED)
    file.with_name("elsewhere").replace(file)


async def test_a_damaged_page_is_a_sentence_and_no_crash(tmp_path):
    file = filled(tmp_path / "care.sqlite", 1000)
    data = bytearray(file.read_bytes())
    data[-2 * 4096 + 100] ^= 1
    file.write_bytes(data)

    broken = Store.open(file, FILLED)
    with pytest.raises(NotKept, match="damaged"):
        await broken.write(lambda db: db.execute(text("DELETE FROM card")) and None)
    with pytest.raises(NoAnswer):
        await broken.read(names)
    await broken.close()


def test_no_ballast_is_laid_where_there_is_no_room_for_it(file, tmp_path):
    file.touch()
    watch = Watch(file, Beheld(file), lambda folder: AGAIN - 1)

    watch.lay_ballast(tmp_path / "ballast")

    assert not (tmp_path / "ballast").exists()
    assert not watch.give_way(DiskFull("The disk is full"))


async def test_while_the_disk_is_full_nothing_is_tried_until_there_is_room_again(store):
    await store.write(room_for(0))
    store._watch._free = lambda folder: 4096
    with pytest.raises(DiskFull):
        await store.write(card("B" * 100_000))
    with store._writing.connect() as raw:
        raw.exec_driver_sql("PRAGMA max_page_count = 1000000")
    with pytest.raises(DiskFull, match="disk is full"):
        await store.write(card("Bo Poe"))
    await store.look_elsewhere()
    assert store.health.standing is Standing.READ_ONLY
    assert await store.read(names) == ["Ada Poe"]

    store._watch._free = lambda folder: LOW
    await store.write(card("Bo Poe"))
    await until(lambda: store.told[-1].keeps)
    assert await store.read(names) == ["Ada Poe", "Bo Poe"]
