"""Salvage brings back all but the rows of the broken pages, and never touches the original."""

import os
import random
import shutil
from contextlib import closing

import pytest
from sqlcipher3 import dbapi2 as driver

from care_console.store import Store, salvage
from care_console.store.engines import connect
from tests.store.filled import KEY, filled, rows
from tests.store.pages import rows_of

PAGE = 4096
SCHEMA = 200  # pages on which the list of the tables and their empty beginnings lie


def destroyed(file, pages, seed, first=2):
    """Overwrite so many pages with noise, none of them the first; return which."""
    data = bytearray(file.read_bytes())
    chance = random.Random(seed)
    chosen = chance.sample(range(first, len(data) // PAGE), pages)
    for page in chosen:
        data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    file.write_bytes(data)
    return chosen


def lost_and_on_broken(folder, cards, pages, seed, *, small=False):
    """Destroy pages; return the cards that are lost, and those that lay on these pages."""
    file = filled(folder / f"{seed}.sqlite", 0 if small else cards)
    if small:
        with closing(connect(file, KEY)) as db:
            fill_small(db, cards)
    sound = folder / f"{seed}-sound.sqlite"
    shutil.copyfile(file, sound)
    broken = destroyed(file, pages, seed, first=SCHEMA)
    there = set().union(*(rows_of(sound, KEY, page) for page in broken))
    before = file.read_bytes()
    new = folder / f"{seed}-new.sqlite"
    salvage(file, KEY, new)
    assert file.read_bytes() == before
    with closing(connect(new, KEY)) as db:
        found = {row[0] for row in db.execute("SELECT id FROM card")}
    return set(range(1, cards + 1)) - found, there


def fill_small(db, cards):
    """Add cards of which nothing is known but a short name."""
    columns = [row[1] for row in db.execute("PRAGMA table_info(card)") if row[1] != "id"]
    known = {"kind": "'person'", "created_at": "'2030-01-07 09:00:00.000000'", "name": "'Bo'"}
    values = ", ".join(known.get(name, "''") for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    db.execute("BEGIN")
    db.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cards}) "
        f"INSERT INTO card ({names}) SELECT {values} FROM n"
    )
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_a_sound_file_comes_out_as_it_went_in(tmp_path):
    file = filled(tmp_path / "care.sqlite", 300)

    told = salvage(file, KEY, tmp_path / "new.sqlite")

    assert rows(tmp_path / "new.sqlite") == rows(file)
    assert (told.dropped, told.lost) == (0, [])


def test_broken_pages_cost_their_own_rows_and_no_others(tmp_path):
    file = filled(tmp_path / "care.sqlite", 3000)
    destroyed(file, 5, seed=7, first=SCHEMA)
    before = file.read_bytes()

    told = salvage(file, KEY, tmp_path / "new.sqlite")

    found = {row[0] for row in rows(tmp_path / "new.sqlite")["card"]}
    assert 3000 - 5 * 20 <= len(found) < 3000
    assert told.lost
    assert file.read_bytes() == before


async def test_what_was_salvaged_opens_as_records_do(tmp_path):
    file = filled(tmp_path / "care.sqlite", 2000)
    destroyed(file, 3, seed=3, first=SCHEMA)
    salvage(file, KEY, tmp_path / "new.sqlite")

    store = Store.open(tmp_path / "new.sqlite", KEY)
    await store.write(lambda db: None)
    await store.close()


def test_a_file_of_noise_is_told_to_be_past_help(tmp_path):
    file = tmp_path / "care.sqlite"
    file.write_bytes(os.urandom(40 * PAGE))

    with pytest.raises(driver.DatabaseError):
        salvage(file, KEY, tmp_path / "new.sqlite")


@pytest.mark.parametrize("small", [False, True])
def test_no_row_is_lost_that_did_not_lie_on_a_broken_page(tmp_path, small):
    lost, on_broken = lost_and_on_broken(tmp_path, 20_000, 5, seed=3, small=small)

    assert 0 < len(lost) <= len(on_broken) < 20_000 // 20
    assert lost <= on_broken


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("small", [False, True])
def test_of_100000_rows_with_five_pages_destroyed_all_come_back_but_theirs(tmp_path, small):
    """Usual rows lie 15 to a page, so 99.925 % at least; of the smallest 61, so 99.695 %."""
    for seed in range(5):
        lost, on_broken = lost_and_on_broken(tmp_path, 100_000, 5, seed, small=small)
        print("small" if small else "usual", len(lost), "lost of", len(on_broken))  # noqa: T201
        assert lost <= on_broken
        assert len(lost) <= 5 * (61 if small else 15)
