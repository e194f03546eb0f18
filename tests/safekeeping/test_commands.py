"""Backups, restoring and the lost key from the command line."""

import asyncio
import io
import json

import keyring
import pytest
from sqlmodel import text

from care_console import commands
from care_console.base.clock import utc_now
from care_console.lines.instance import Instance
from care_console.services import furnish
from care_console.settings.home import Home
from care_console.settings.keys import find_key, keep_slots, slots_of
from care_console.settings.recovery_code import new_code, printed
from care_console.settings.slots import Slot, SlotKind
from care_console.settings.wrapping import wrap
from tests.settings.pretend_keyring import PretendKeyring


@pytest.fixture
def home(tmp_path):
    """A home with its first clerk."""

    async def make():
        home = Home.at(tmp_path / "home", create=True)
        services = await furnish(home, utc_now)
        await services.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
        await services.store.close()
        return Home.at(home.folder)

    return asyncio.run(make())


@pytest.fixture
def ring():
    """A keyring that this computer has while the test runs."""
    before, pretend = keyring.get_keyring(), PretendKeyring()
    keyring.set_keyring(pretend)
    yield pretend
    keyring.set_keyring(before)


@pytest.fixture
def care(capsys, monkeypatch):
    """Run the command line; return its status and what it wrote."""

    def run(home, *words, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = commands.run([*words, "--home", str(home)])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def change(home, note):
    """Change the one card that there is."""

    async def act():
        services = await furnish(home, utc_now)
        await services.store.write(
            lambda db: db.execute(text("UPDATE card SET note = :note"), {"note": note}) and None
        )
        notes = await services.store.read(
            lambda db: db.execute(text("SELECT note FROM card")).all()
        )
        await services.store.close()
        return notes

    return asyncio.run(act())


def note(home):
    async def act():
        services = await furnish(home, utc_now)
        notes = await services.store.read(
            lambda db: db.execute(text("SELECT note FROM card")).all()
        )
        await services.store.close()
        return notes[0][0]

    return asyncio.run(act())


def test_a_backup_is_made_listed_and_restored(home, care, tmp_path):
    change(home, "before")
    status, said = care(home.folder, "backup", "--to", str(tmp_path / "stick"), "--json")
    told = json.loads(said)
    assert (status, told["cards"]) == (0, 1)
    assert len(list((tmp_path / "stick").glob("*.sqlite"))) == 1
    change(home, "after")

    status, said = care(home.folder, "restore", "--list", "--json")
    assert [each["file"] for each in json.loads(said)["backups"]] == [told["file"]]
    status, said = care(home.folder, "restore", "--json")
    brought = json.loads(said)
    assert status == 0
    assert note(home) == "before"
    assert brought["set_aside"]
    assert care(home.folder, "check")[0] == 0


def test_records_of_noise_are_told_by_check_and_brought_back(home, care):
    care(home.folder, "backup")
    home.records.write_bytes(bytes(range(256)) * 400)

    status, said = care(home.folder, "check", "--json")
    assert (status, json.loads(said)["damage"]) == (1, "unreadable")
    assert care(home.folder, "restore")[0] == 0
    status, said = care(home.folder, "check", "--json")
    told = json.loads(said)
    assert (status, told["whole"], told["key"]["weaker"]) == (0, True, True)
    assert told["backups"]["verified"]


def test_nothing_is_restored_under_an_open_console(home, care):
    care(home.folder, "backup")
    lock = Instance.take(home.folder)
    try:
        status, said = care(home.folder, "restore")
    finally:
        lock.release()

    assert (status, "A console is open" in said) == (2, True)


def test_without_a_backup_it_is_said(home, care):
    assert care(home.folder, "restore", "--list")[1] == "There is no backup yet.\n"
    assert care(home.folder, "restore")[0] == 2


def guard(home):
    """Give the home a recovery code and return it."""
    code, key = new_code(), find_key(home, home.desk())
    slot = Slot(SlotKind.RECOVERY, utc_now(), "", wrap(key, code))
    keep_slots(home, home.desk(), slots_of(home).put(slot))
    return code


def test_a_code_opens_a_backup_on_another_computer(home, care, tmp_path):
    code = guard(home)
    change(home, "before")
    _status, said = care(home.folder, "backup", "--json")
    file = json.loads(said)["file"]
    other = tmp_path / "other"

    status, said = care(other, "restore", file, typed="0000-0000\n")
    assert status == 2
    assert not other.exists() or not (other / "care.sqlite").exists()
    status, said = care(other, "restore", file, typed=f"{printed(code)}\n")
    assert status == 0
    assert note(Home.at(other)) == "before"


def test_the_lost_key_is_given_by_standard_input(ring, tmp_path, care):
    async def make():
        home = Home.at(tmp_path / "home", create=True)
        services = await furnish(home, utc_now)
        await services.store.close()
        return Home.at(home.folder)

    home = asyncio.run(make())
    code = guard(home)
    ring.words.clear()
    status, said = care(home.folder, "check")
    assert (status, "no longer has the key" in said) == (2, True)

    assert care(home.folder, "unlock", typed="nonsense\n")[0] == 2
    status, said = care(home.folder, "unlock", typed=f"{code.lower()}\n")
    assert (status, "The key is back" in said) == (0, True)
    assert find_key(home, home.desk())


def test_where_no_keyring_takes_it_the_weaker_place_is_asked_for(ring, tmp_path, care, home):
    code = guard(home)
    ring.locked = True
    home.change(key_in="keyring")
    status, said = care(home.folder, "unlock", typed=f"{code}\n")
    assert (status, "--weaker" in said) == (2, True)

    assert care(home.folder, "unlock", "--weaker", typed=f"{code}\n")[0] == 0
    assert home.desk().key_in == "file"
