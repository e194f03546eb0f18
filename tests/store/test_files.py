"""Files: made on purpose, opened with their key, and never by accident."""

import os

import pytest
from sqlmodel import Session, select, text

from care_console.base.clock import utc_now
from care_console.cards.records import CardRecord
from care_console.store import CannotOpen, Store

KEY = os.urandom(32)


def pragma(db: Session, name: str) -> object:
    return db.exec(text(f"PRAGMA {name}")).scalar_one()


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "ciphered"])
async def test_what_was_kept_is_there_again(tmp_path, key):
    file = tmp_path / "care.sqlite"
    store = Store.create(file, key)
    await store.write(
        lambda db: db.add(CardRecord(kind="person", name="Ada Poe", created_at=utc_now()))
    )
    await store.close()

    store = Store.open(file, key)
    assert await store.read(lambda db: db.exec(select(CardRecord.name)).all()) == ["Ada Poe"]
    assert await store.look_up("SELECT name FROM card") == [("Ada Poe",)]
    await store.close()

    assert (b"Ada Poe" in file.read_bytes()) == (key is None)


@pytest.mark.parametrize("wrong", [None, bytes(32)])
async def test_a_wrong_key_is_told(tmp_path, wrong):
    await Store.create(tmp_path / "care.sqlite", KEY).close()

    with pytest.raises(CannotOpen):
        Store.open(tmp_path / "care.sqlite", wrong)


def test_a_missing_file_is_told_and_not_made(tmp_path):
    with pytest.raises(CannotOpen):
        Store.open(tmp_path / "care.sqlite")

    assert list(tmp_path.iterdir()) == []


def test_creating_never_touches_a_file_that_is_there(tmp_path):
    file = tmp_path / "care.sqlite"
    file.write_text("A letter")

    with pytest.raises(FileExistsError):
        Store.create(file)

    assert file.read_text() == "A letter"


@pytest.mark.parametrize(
    ("key", "kept_kib"), [(None, 16_384), (KEY, 65_536)], ids=["plain", "ciphered"]
)
async def test_each_connection_is_prepared(tmp_path, key, kept_kib):
    store = Store.create(tmp_path / "care.sqlite", key)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
    wanted |= {"cell_size_check": 1, "secure_delete": 1, "mmap_size": 0, "temp_store": 2}

    for name, value in wanted.items():
        assert await store.write(pragma, name) == await store.read(pragma, name) == value
        assert await store.look_up(f"PRAGMA {name}") == [(value,)]
    assert await store.write(pragma, "cache_size") == -4_096
    assert await store.read(pragma, "cache_size") == -4_096
    assert await store.look_up("PRAGMA cache_size") == [(-kept_kib,)]
    await store.close()
