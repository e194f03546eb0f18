"""The one key of a home: found by each of its ways, and never made anew for want of one."""

import json
import os

import pytest

from care_console.base.clock import utc_now
from care_console.services import open_store
from care_console.settings.home import SLOTS, Home
from care_console.settings.key_places import NoKey
from care_console.settings.keys import (
    KeyLost,
    find_key,
    keep_again,
    keep_slots,
    slots_of,
    unlock,
)
from care_console.settings.opening import open_home
from care_console.settings.recovery_code import new_code, printed
from care_console.settings.slots import BadSlots, Slot, SlotKind, read_slots
from care_console.settings.wrapping import (
    Cost,
    WeakPassphrase,
    Wrapped,
    WrongSecret,
    strong_enough,
    unwrap,
    wrap,
)

QUICK = Cost(kib=64, passes=1, lanes=1)
PHRASE = "seven grey geese over Northgate"


async def made(folder):
    home = Home.at(folder, create=True)
    store, _desk = open_store(home)
    await store.close()
    return Home.at(folder)


@pytest.fixture
def home(loop, tmp_path):
    return loop.run_until_complete(made(tmp_path / "home"))


def guard(home, *, phrase=PHRASE, code=""):
    """Give the home a passphrase and, if one is given, a recovery code."""
    key, slots = find_key(home, home.desk()), slots_of(home)
    if phrase:
        slots = slots.put(Slot(SlotKind.PASSPHRASE, utc_now(), "", wrap(key, phrase, QUICK)))
    if code:
        slots = slots.put(Slot(SlotKind.RECOVERY, utc_now(), "", wrap(key, code)))
    keep_slots(home, home.desk(), slots)
    return key


def test_a_key_is_wrapped_by_a_passphrase_at_the_cost_that_its_slot_says():
    key = os.urandom(32)
    kept = Wrapped.of(json.loads(json.dumps(wrap(key, PHRASE, QUICK).as_object())))

    assert unwrap(kept, PHRASE) == key
    assert kept.cost == QUICK
    assert key not in kept.sealed + kept.mac
    with pytest.raises(WrongSecret):
        unwrap(kept, PHRASE + " ")


def test_the_same_key_under_the_same_secret_never_looks_the_same():
    key = os.urandom(32)

    assert len({wrap(key, PHRASE).sealed for _ in range(50)}) == 50


def test_a_changed_slot_opens_nothing():
    key = os.urandom(32)
    kept = wrap(key, PHRASE).as_object()
    for name in ("salt", "sealed", "mac"):
        flipped = bytearray.fromhex(kept[name])
        flipped[5] ^= 1

        with pytest.raises(WrongSecret):
            unwrap(Wrapped.of(kept | {name: flipped.hex()}), PHRASE)


@pytest.mark.parametrize("cost", [[2**30, 3, 2], [64, 999, 1], [64, 1, 99], [1, 1, 1], [64, 0, 1]])
def test_a_slot_that_asks_for_all_memory_is_refused(cost):
    with pytest.raises(ValueError, match="too much"):
        Wrapped.of(wrap(bytes(32), PHRASE).as_object() | {"argon2id": cost})


def test_the_cost_that_is_set_for_passphrases_is_the_one_that_was_measured():
    assert Cost() == Cost(kib=256 * 1024, passes=3, lanes=2)
    assert Cost().bearable()


def test_a_short_passphrase_is_refused_and_two_spellings_of_one_are_the_same():
    with pytest.raises(WeakPassphrase):
        strong_enough("short")
    composed, apart = "Ze\u0301ro de ge\u0301ne\u0301rations", "Zéro de générations"

    assert strong_enough(composed) == strong_enough(apart)
    assert unwrap(wrap(bytes(32), composed), apart) == bytes(32)


def test_a_new_home_has_slots_for_its_owner_alone_which_tell_no_key(home):
    kept = home.slots.read_text()

    assert home.slots.stat().st_mode & 0o777 == 0o600
    assert [each["kind"] for each in json.loads(kept)["slots"]] == ["file"]
    assert find_key(home, home.desk()).hex() not in kept


def test_the_keyring_that_wrote_the_slot_is_named(loop, ring, tmp_path):
    home = loop.run_until_complete(made(tmp_path / "home"))

    slot = slots_of(home).of(SlotKind.KEYRING)
    assert slot.backend.endswith("PretendKeyring")
    assert not home.secrets.exists()
    assert home.desk().key_in == "keyring"


async def test_a_home_of_an_earlier_version_gets_its_slots_and_keeps_its_records(home):
    home.slots.unlink()
    before, key = home.records.read_bytes(), find_key(home, home.desk())

    store, _desk = open_store(home)
    await store.close()

    assert slots_of(home).know(key)
    assert home.records.read_bytes() == before


async def test_a_lost_keyring_is_brought_back_by_the_code_or_the_passphrase(ring, tmp_path):
    home, code = await made(tmp_path / "home"), new_code()
    key = guard(home, code=code)
    before = home.records.read_bytes()
    for typed in (printed(code).lower(), PHRASE):
        ring.words.clear()
        with pytest.raises(KeyLost, match="no longer has the key"):
            open_home(home)

        found = unlock(slots_of(home), typed)
        assert found == key
        opened = open_home(home, key=found)
        await opened.store.close()
        assert keep_again(home, found)
        assert find_key(home, home.desk()) == key
    assert home.records.read_bytes() == before


def test_a_key_is_never_written_to_the_weaker_place_unasked(loop, ring, tmp_path):
    home = loop.run_until_complete(made(tmp_path / "home"))
    key = guard(home)
    ring.locked = True

    assert not keep_again(home, key)
    assert not home.secrets.exists()
    assert keep_again(home, key, in_file=True)
    assert find_key(home, home.desk()) == key
    assert home.secrets.stat().st_mode & 0o777 == 0o600
    assert [each.kind for each in slots_of(home).slots] == [SlotKind.PASSPHRASE, SlotKind.FILE]


def test_a_wrong_passphrase_or_code_opens_nothing_and_says_so(home):
    guard(home, code=new_code())

    for typed in ("not this one at all", new_code(), ""):
        with pytest.raises(WrongSecret):
            unlock(slots_of(home), typed)


def test_without_a_slot_that_a_person_can_open_it_is_said_and_nothing_is_made(home):
    home.secrets.unlink()

    with pytest.raises(NoKey, match="gone or damaged") as told:
        find_key(home, home.desk())
    assert not isinstance(told.value, KeyLost)
    assert f"bring the file secrets back from a copy of {home.folder}" in str(told.value)
    with pytest.raises(NoKey, match="was ever set"):
        unlock(slots_of(home), PHRASE)
    assert not home.secrets.exists()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 9}', '{"version": 1}', "\x00\xff"])
async def test_damaged_slots_are_set_aside_and_never_keep_anybody_out(home, damage):
    home.slots.write_text(damage)
    with pytest.raises(BadSlots):
        read_slots(home.slots)

    store, _desk = open_store(home)
    await store.close()

    assert slots_of(home).know(find_key(home, home.desk()))
    (aside,) = home.folder.glob(f"{SLOTS}.unread-*")
    assert aside.read_text() == damage


async def test_damaged_slots_are_taken_from_beside_the_backups(home):
    home.backups.mkdir()
    key = guard(home)
    home.slots.write_text("{")
    home.secrets.unlink()

    assert unlock(slots_of(home), PHRASE) == key
    with pytest.raises(KeyLost):
        find_key(home, home.desk())
