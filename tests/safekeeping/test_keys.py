"""Ways to the key are set and taken away by who may, and each is in the journal."""

from uuid import uuid4

import pytest
from sqlmodel import text

from care_console.base.command import Clerk, Command
from care_console.safekeeping.service import Keys, NotTyped
from care_console.settings.keys import slots_of, unlock
from care_console.settings.recovery_code import groups_of
from care_console.settings.slots import SlotKind
from care_console.settings.wrapping import Cost, WeakPassphrase, WrongSecret
from care_console.staff.rules import NotAllowed

FIRST, SECOND = "seven grey geese over Northgate", "eight brown ducks under Southgate"


@pytest.fixture
def keys(place, home, acts):
    """The ways to the key, with a passphrase that is quickly tried."""
    return Keys(home, place.backups.key, place.journal, place.staff, place.clock, Cost(64, 1, 1))


async def test_a_fresh_desk_knows_that_nobody_could_bring_it_back(keys):
    ways = await keys.ways()

    assert (ways.place, ways.weaker, ways.recoverable) == (SlotKind.FILE, True, False)


async def test_another_passphrase_rewraps_the_key_and_leaves_the_records(keys, home, acts, place):
    await keys.set_passphrase(acts(), FIRST)
    await place.store.write(lambda db: None)
    before = home.records.read_bytes()
    await keys.set_passphrase(acts(), SECOND)

    assert unlock(slots_of(home), SECOND) == place.backups.key
    with pytest.raises(WrongSecret):
        unlock(slots_of(home), FIRST)
    assert home.records.read_bytes() == before


async def test_a_short_passphrase_is_refused(keys, acts):
    with pytest.raises(WeakPassphrase, match="15 letters"):
        await keys.set_passphrase(acts(), "geese")


async def test_a_code_is_good_for_nothing_until_parts_of_it_were_typed_back(keys, home, acts):
    code = keys.new_code()
    groups = groups_of(code)
    with pytest.raises(NotTyped, match="Group 5"):
        await keys.keep_code(acts(), code, (groups[1], "0000"))
    assert slots_of(home).of(SlotKind.RECOVERY) is None

    await keys.keep_code(acts(), code, (groups[1].lower(), f" {groups[4]}"))
    assert unlock(slots_of(home), code)
    assert (await keys.ways()).recoverable


async def test_a_way_that_is_taken_away_opens_nothing(keys, home, acts):
    await keys.set_passphrase(acts(), FIRST)
    await keys.take_away(acts(), SlotKind.PASSPHRASE)

    assert slots_of(home).of(SlotKind.PASSPHRASE) is None


async def test_each_change_is_in_the_journal_and_no_secret_is(keys, place, acts):
    await keys.set_passphrase(acts(), FIRST)
    await keys.take_away(acts(), SlotKind.PASSPHRASE)

    told = await place.store.read(
        lambda db: db.exec(
            text("SELECT facts FROM entry WHERE kind = 'way_to_key_changed' ORDER BY id")
        ).all()
    )
    assert [each[0] for each in told] == [
        '{"slot": "passphrase", "gone": false}',
        '{"slot": "passphrase", "gone": true}',
    ]


async def test_only_who_may_changes_them(keys, home):
    stranger = Command(uuid4(), Clerk("Nobody", "csr"))
    before = home.slots.read_text()

    for act in (
        keys.set_passphrase(stranger, FIRST),
        keys.take_away(stranger, SlotKind.PASSPHRASE),
        keys.keep_code(stranger, code := keys.new_code(), (groups_of(code)[1], groups_of(code)[4])),
    ):
        with pytest.raises(NotAllowed):
            await act
    assert home.slots.read_text() == before
