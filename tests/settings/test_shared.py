"""Two workstations, each with a home of its own, on one database that both share."""

import asyncio
import io
from uuid import uuid4

import pytest

from care_console import commands
from care_console.base.clock import utc_now
from care_console.base.command import Clerk, Command
from care_console.cards.records import CardRecord
from care_console.cards.rules import Change, NewCard
from care_console.cards.service import Conflict
from care_console.journal.records import EntryRecord
from care_console.journal.service import Journal
from care_console.services import Services
from care_console.settings.declared import BadOptions
from care_console.settings.home import BACKUPS, DESK, MARK, RECORDS, SLOTS, Home, NotAHome
from care_console.settings.key_places import NoKey
from care_console.settings.keys import Secrets, find_password
from care_console.settings.opening import open_home
from care_console.settings.options import Company, read_desk
from care_console.store import CannotOpen

SECRET = "correct horse battery staple"


@pytest.fixture
def database(databases):
    return databases.bare()


@pytest.fixture
def opened(loop, database, tmp_path):
    """Two desks: the first finds a bare database."""
    desks = [
        open_home(Home.at(tmp_path / name, create=True), database, SECRET)
        for name in ("front", "back")
    ]
    yield desks
    for desk in desks:
        loop.run_until_complete(desk.store.close())


@pytest.fixture
def desks(loop, opened):
    """What both can do, with Grace at either of them."""
    both = [Services.over(each.store, utc_now, each.desk, Company()) for each in opened]
    begun = both[0].beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
    return both, loop.run_until_complete(begun)


def listening(services):
    rung = asyncio.Queue()
    services.store.listen(rung.put_nowait)
    return rung


def test_a_home_on_a_server_keeps_no_records_and_tells_no_password(opened, tmp_path, database):
    for name in ("front", "back"):
        home = Home.at(tmp_path / name)
        files = {file.name for file in home.folder.iterdir()}
        assert files == {DESK, "secrets", MARK, SLOTS}
        assert RECORDS not in files
        assert SECRET not in home.desk_file.read_text()
        assert home.secrets.stat().st_mode & 0o777 == 0o600
        assert home.desk().database == database
    origins = {desk.desk.origin for desk in opened}
    assert len(origins) == 2


async def test_a_home_on_a_server_is_opened_again_with_its_password(opened, tmp_path):
    again = open_home(Home.at(tmp_path / "front"))

    assert again.secrets == opened[0].secrets
    assert again.desk == opened[0].desk
    assert (again.store.on_file, again.store._server.password) == (False, SECRET)
    await again.store.close()


async def test_a_password_is_changed_and_the_key_stays(opened, tmp_path):
    await open_home(Home.at(tmp_path / "front"), password="another").store.close()

    again = open_home(Home.at(tmp_path / "front"))
    assert again.store._server.password == "another"
    assert again.secrets.journal == opened[0].secrets.journal
    await again.store.close()


def test_each_desk_has_a_key_of_its_own_and_the_pins_are_good_at_both(opened):
    one, two = (each.secrets for each in opened)

    assert one.pins == two.pins
    alone = ("records", "journal", "outbox")
    assert all(getattr(one, name) != getattr(two, name) for name in alone)
    assert len({one.pins, *(getattr(one, name) for name in alone)}) == 4
    assert SECRET not in repr(one)
    assert one.journal.hex() not in repr(opened[0])


async def test_what_one_desk_does_is_heard_and_read_at_the_other_within_a_second(desks):
    (front, back), grace = desks
    rung = listening(back)
    await back.store.look_elsewhere()
    assert await rung.get() == frozenset()

    ada = await front.cards.add(Command(uuid4(), grace), NewCard(given="Ada", family="Poe"))
    touched = await asyncio.wait_for(rung.get(), 1)
    assert {CardRecord, EntryRecord} <= touched
    assert (await back.cards.card(ada)).name == "Ada Poe"


async def test_two_edits_of_one_field_show_both_values_and_lose_none(desks):
    (front, back), grace = desks
    ada = await front.cards.add(Command(uuid4(), grace), NewCard(given="Ada", family="Poe"))
    changes = [
        desk.edits.edit(Command(uuid4(), grace), ada, [Change("family", "Poe", value)])
        for desk, value in ((front, "Lovelace"), (back, "Byron"))
    ]
    first, second = await asyncio.gather(*changes, return_exceptions=True)

    conflict, kept = (first, "Byron") if isinstance(first, Conflict) else (second, "Lovelace")
    assert isinstance(conflict, Conflict)
    assert kept in str(conflict)
    assert (await back.cards.card(ada)).fields["family"] == kept


async def test_edits_of_two_fields_are_both_kept(desks):
    (front, back), grace = desks
    ada = await front.cards.add(Command(uuid4(), grace), NewCard(given="Ada", family="Poe"))
    await asyncio.gather(
        front.edits.edit(Command(uuid4(), grace), ada, [Change("family", "Poe", "Lovelace")]),
        back.edits.edit(Command(uuid4(), grace), ada, [Change("preferred", "", "Countess")]),
    )

    fields = (await front.cards.card(ada)).fields
    assert (fields["family"], fields["preferred"]) == ("Lovelace", "Countess")


async def test_many_desks_write_many_entries_and_each_chain_is_whole(opened):
    grace = Clerk("Grace Hopper", "administrator")
    journals = [Journal(each.store, utc_now, each.desk.origin, each.seal) for each in opened]
    twin = Journal(opened[1].store, utc_now, opened[0].desk.origin, opened[0].seal)  # an import

    async def work(journal):
        for _ in range(20):
            command = Command(uuid4(), grace)
            await journal.store.write(journal.write, command, "noted", {})

    await asyncio.gather(*map(work, (*journals, twin)))

    for journal, written in zip(journals, (40, 20), strict=True):
        found = await journal.check()
        assert found.faults == ()
        chain = next(each for each in found.chains if each.origin == journal.origin)
        assert (chain.entries, chain.keyed) == (written, True)


def test_a_home_is_not_moved_to_another_database_by_the_way(opened, tmp_path):
    with pytest.raises(NotAHome, match="elsewhere"):
        open_home(Home.at(tmp_path / "front"), "postgresql://care@localhost/other")


def test_a_server_that_is_not_there_leaves_no_half_home(tmp_path, database):
    with pytest.raises(CannotOpen):
        open_home(Home.at(tmp_path / "front", create=True), f"{database}_not", SECRET)

    assert not (tmp_path / "front").exists()


def test_a_database_that_is_none_is_told(tmp_path):
    (tmp_path / DESK).write_text("origin = 'a'\ndatabase = 'care.sqlite'\n")

    with pytest.raises(BadOptions, match="database"):
        read_desk(tmp_path / DESK)


def test_secrets_that_are_damaged_are_told_and_left_alone(opened, tmp_path):
    home = Home.at(tmp_path / "front")
    key = home.secrets.read_text().partition("\n")[0]
    home.secrets.write_text(f"{key}\n{{half")

    with pytest.raises(NoKey):
        open_home(home)
    assert home.secrets.read_text() == f"{key}\n{{half"


def test_copies_of_a_server_are_no_foreign_files(tmp_path):
    (tmp_path / BACKUPS).mkdir()

    assert Home.at(tmp_path, create=True).new


def test_a_desk_alone_has_pins_that_are_its_own():
    assert Secrets.of(bytes(32)).pins != Secrets.of(bytes(31) + b"x").pins


def test_a_desk_is_begun_by_a_word_on_the_command_line(database, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{SECRET}\n"))
    home = Home.at(tmp_path / "front", create=True)

    commands._share(home, database)

    made = Home.at(tmp_path / "front")
    assert (made.new, made.desk().database) == (False, database)
    assert find_password(made, made.desk()) == SECRET
