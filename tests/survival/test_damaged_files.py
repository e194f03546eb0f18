"""No bit of the records changes unnoticed, and no file, however damaged, is a crash."""

import asyncio
import random
import shutil

import pytest
from sqlmodel import text

from care_console.base.errors import CareError
from care_console.store import Store, broken_pages
from care_console.store.engines import DRIVER_TROUBLE
from tests.store.filled import KEY, filled

PAGE = 4096


def flipped(data, chance):
    """Return the data with one bit another one."""
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def noticed(folder, count, key):
    """Return how many of so many flipped bits are noticed by a look at every page."""
    file = filled(folder / "care.sqlite", 60, key)
    data, chance, found = file.read_bytes(), random.Random(count), 0
    for _each in range(count):
        file.write_bytes(flipped(data, chance))
        try:
            found += bool(broken_pages(file, key))
        except DRIVER_TROUBLE:
            found += 1
    return found


def test_each_flipped_bit_is_noticed(tmp_path):
    assert noticed(tmp_path, 25, KEY) == 25


@pytest.mark.long
def test_of_300_flipped_bits_300_are_noticed(tmp_path):
    assert noticed(tmp_path, 300, KEY) == 300


@pytest.mark.long
def test_the_control_without_a_key_misses_some(tmp_path):
    assert noticed(tmp_path, 300, None) < 300


def spoilt(data, chance):
    """Return the data as a disk, a copy cut short or another program may leave it."""
    kind = chance.randrange(7)
    changed = bytearray(data)
    at = chance.randrange(len(data))
    if kind == 0:
        return bytes(changed[:at])
    if kind == 1:
        changed[at : at + PAGE] = chance.randbytes(min(PAGE, len(data) - at))
    elif kind == 2:
        changed[:at] = bytes(at)
    elif kind == 3:
        return chance.randbytes(chance.randrange(3 * PAGE))
    elif kind == 4:
        return bytes(changed) + chance.randbytes(chance.randrange(1, 3 * PAGE))
    elif kind == 5:
        one, other = (chance.randrange(len(data) // PAGE) * PAGE for _each in range(2))
        changed[one : one + PAGE] = data[other : other + PAGE]
    else:
        return flipped(data, chance)
    return bytes(changed)


async def try_out(file):
    """Open a file, write to it and read all of it; return the kind of hindrance, or None."""
    try:
        store = Store.open(file, KEY)
    except CareError as hindrance:
        return type(hindrance).__name__
    told = None
    try:
        await store.write(lambda db: db.execute(text("UPDATE card SET note = 'read'")) and None)
        await store.read(lambda db: db.execute(text("SELECT * FROM card")).all())
    except CareError as hindrance:
        told = type(hindrance).__name__
    finally:
        try:
            await store.close()
        except CareError as hindrance:
            told = type(hindrance).__name__
    return told


async def fuzz(folder, count):
    """Try so many spoilt files; return how often each kind of hindrance came."""
    sound = filled(folder / "sound.sqlite", 40)
    data, chance, told = sound.read_bytes(), random.Random(count), {}
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        file = place / "care.sqlite"
        spoiled = spoilt(data, chance)
        file.write_bytes(spoiled)
        kind = await try_out(file)
        if kind == "Damaged":
            assert file.read_bytes() == spoiled
        told[kind] = told.get(kind, 0) + 1
        shutil.rmtree(place)
    return told


def test_whatever_became_of_a_file_is_told_and_never_a_crash(tmp_path):
    told = asyncio.run(fuzz(tmp_path, 40))

    assert told["Damaged"] > 10


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_of_20000_spoilt_files_none_is_a_crash(tmp_path):
    told = asyncio.run(fuzz(tmp_path, 20_000))

    print(told)  # noqa: T201
    assert sum(told.values()) == 20_000
