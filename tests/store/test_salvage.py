"""Salvage brings back all but the rows of the broken pages, and never touches the original."""

import os
import random

import pytest
from sqlcipher3 import dbapi2 as driver

from care_console.store import Store, salvage
from tests.store.filled import KEY, filled, rows

PAGE = 4096
SCHEMA = 200  # pages on which the list of the tables and their empty beginnings lie


def destroyed(file, pages, seed, first=2):
    """Overwrite so many pages with noise, none of them the first."""
    data = bytearray(file.read_bytes())
    chance = random.Random(seed)
    for page in chance.sample(range(first, len(data) // PAGE), pages):
        data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    file.write_bytes(data)


def share_back(folder, cards, pages, seed):
    """Return which share of the cards is back after so many pages were destroyed."""
    file = filled(folder / f"{seed}.sqlite", cards)
    destroyed(file, pages, seed, first=SCHEMA)
    before = file.read_bytes()
    told = salvage(file, KEY, folder / f"{seed}-new.sqlite")
    assert file.read_bytes() == before
    return told.found["card"] / cards


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


@pytest.mark.long
def test_of_100000_rows_with_five_pages_destroyed_all_but_a_thousandth_come_back(tmp_path):
    shares = [share_back(tmp_path, 100_000, 5, seed) for seed in range(5)]

    print("salvaged", shares)  # noqa: T201
    assert sum(shares) / len(shares) >= 0.999
