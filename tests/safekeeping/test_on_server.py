"""Backups of records that a server keeps: made by one desk, whole, and never put over anything."""

import asyncio
import io
import json
from uuid import uuid4

import psycopg
import pytest
from sqlmodel import Session, SQLModel, select, text

from care_console import commands
from care_console.base.command import Command
from care_console.cards.records import CardRecord
from care_console.cards.rules import NewCard
from care_console.safekeeping.pane import BackupsPage
from care_console.safekeeping.service import ASKED, bring_back, bring_elsewhere
from care_console.services import furnish
from care_console.settings.home import SLOTS, Home
from care_console.settings.keys import find_key
from care_console.settings.opening import open_home
from care_console.settings.recovery_code import groups_of
from care_console.store import NoCopy, NotRestored, Server, Store, copy_server, is_whole
from tests.privacy.marks import Seeded, mark

SEEDED = mark("entry", "origin")  # whose one entry is no journal's
SECRET = "correct horse battery staple"


def there(url):
    return psycopg.connect(url.replace("+psycopg", ""))


@pytest.fixture
def database(databases):
    return databases.bare()


@pytest.fixture
def opening(loop, database, tmp_path, clock):
    """Open a desk on the database, as often as it is asked for; all are closed at the end."""
    opened = []

    async def desk(name):
        home = Home.at(tmp_path / name, create=True)
        if home.new:
            await open_home(home, database, SECRET).store.close()
        services = await furnish(Home.at(tmp_path / name), clock)
        opened.append(services)
        return services

    async def close(services):
        opened.remove(services)
        await services.store.close()

    desk.close = close
    yield desk
    for services in opened:
        loop.run_until_complete(services.store.close())


@pytest.fixture
def front(loop, opening):
    return loop.run_until_complete(opening("front"))


@pytest.fixture
def acts(loop, front):
    begun = front.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
    grace = loop.run_until_complete(begun)
    return lambda: Command(uuid4(), grace)


@pytest.fixture
def full(loop, front, acts):
    """A server with a row in every table."""

    async def fill():
        other = await front.cards.add(acts(), NewCard(given="Ada", family="Lovelace"))
        await front.store.write(Seeded(other).put)

    loop.run_until_complete(fill())


def everything(db: Session):
    """Every row of every table, as both databases give them to the program."""
    return {
        table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
        for table in SQLModel.metadata.sorted_tables
    }


async def brought_back(home, copy):
    return await asyncio.to_thread(bring_back, home, find_key(home, home.desk()), copy)


def emptied(databases, home):
    """Let the home name a database that was made anew."""
    home.change(database=databases.bare())
    return Home.at(home.folder)


@pytest.mark.usefixtures("full")
async def test_a_backup_holds_every_row_as_a_file_of_records_would(front):
    made = await front.backups.back_up("asked")
    copy, before = made.copy, await front.store.read(everything)
    assert is_whole(copy)
    assert b"Lovelace" not in copy.file.read_bytes()
    assert await front.backups.listed() == [copy]

    opened = Store.open(copy.file, front.backups.key)
    assert await opened.read(everything) == before
    await opened.close()
    assert sum(map(len, before.values())) == sum(copy.rows.values()) - 1  # the version
    assert await front.backups.entries_after(copy) == 0


@pytest.mark.usefixtures("full")
async def test_a_backup_comes_back_into_an_empty_database_and_work_goes_on(
    front, opening, databases, acts
):
    copy = (await front.backups.back_up("asked")).copy
    before = await front.store.read(everything)
    newest = await front.cards.add(acts(), NewCard(given="Too", family="Late"))
    await opening.close(front)
    home = emptied(databases, front.home)

    brought = await brought_back(home, copy)
    assert (brought.copy, brought.entries_lost, brought.aside) == (copy, 1, None)
    again = await opening("front")
    after = await again.store.read(everything)
    told = {"entry", "option"}
    assert {name: rows for name, rows in after.items() if name not in told} == {
        name: rows for name, rows in before.items() if name not in told
    }
    assert all(each in after["entry"] for each in before["entry"])
    assert {each.origin for each in (await again.journal.check()).faults} == {SEEDED}
    card = await again.cards.add(acts(), NewCard(given="New", family="Comer"))
    assert card >= newest


async def test_nothing_is_ever_put_over_a_server_that_holds_anything(front, acts, database):
    copy = (await front.backups.back_up("asked")).copy
    await front.cards.add(acts(), NewCard(given="After", family="Wards"))
    before = await front.store.read(everything)

    with pytest.raises(NotRestored, match="never put over what it holds"):
        await brought_back(front.home, copy)
    assert await front.store.read(everything) == before


async def test_a_database_that_another_desk_has_laid_out_is_empty_still(
    front, acts, databases, opening
):
    copy = (await front.backups.back_up("asked")).copy
    await opening.close(front)
    home = emptied(databases, front.home)
    Store.lay_out(home.desk().database)

    assert (await brought_back(home, copy)).copy == copy


async def test_a_backup_that_fails_on_its_way_leaves_the_server_empty(
    front, acts, databases, opening, monkeypatch
):
    copy = (await front.backups.back_up("asked")).copy
    await opening.close(front)
    home = emptied(databases, front.home)
    monkeypatch.setattr("care_console.store.server_copies._heads", lambda db: {"other": (1, "")})

    with pytest.raises(NotRestored, match="does not hold what the backup holds"):
        await brought_back(home, copy)
    with there(home.desk().database) as db:
        found = db.execute(
            "SELECT count(*) FROM information_schema.tables WHERE table_schema='public'"
        )
        assert found.fetchone() == (0,)


async def test_of_two_desks_the_first_makes_them_and_the_other_when_it_has_gone(
    front, acts, opening, clock
):
    back = await opening("back")
    for each in (front, back):
        await each.store.look_elsewhere()
    await front.backups.keep_on()
    await back.backups.keep_on()
    assert [len(await each.backups.listed()) for each in (front, back)] == [1, 0]

    clock.pass_by(minutes=31)
    await back.cards.add(acts(), NewCard(given="Ada", family="Poe"))
    await back.backups.leave()
    assert await back.backups.listed() == []
    await opening.close(front)
    await back.backups.keep_on()
    assert [each.cards for each in await back.backups.listed()] == [2]


async def test_what_another_desk_wrote_is_a_reason_for_a_backup(front, acts, opening, clock):
    back = await opening("back")
    await front.backups.back_up("work")
    rung = []
    front.store.listen(rung.append)
    await front.store.look_elsewhere()
    while not rung:
        await back.cards.add(acts(), NewCard(given="Ada", family="Poe"))
        await front.store.read(lambda db: None)
    clock.pass_by(minutes=31)
    await front.backups.keep_on()
    assert len(await front.backups.listed()) == 2


async def test_what_is_written_while_a_backup_is_made_is_not_in_it_by_half(front, acts, database):
    server = Server(database, SECRET)
    with there(database) as writing:
        writing.execute("INSERT INTO option (name, value) VALUES ('zz', '1')")
        copy = copy_server(server, front.backups.key, front.home.backups, "asked")
        writing.rollback()
    assert copy.rows["option"] == len(
        await front.store.read(lambda db: db.execute(text("SELECT name FROM option")).all())
    )


async def test_a_server_that_is_away_is_told_and_leaves_no_half_copy(front, acts, tmp_path):
    away = Server("postgresql://care@127.0.0.1:1/care")
    with pytest.raises(NoCopy, match="could be written"):
        copy_server(away, front.backups.key, tmp_path / "b", "asked")
    assert not (tmp_path / "b").exists() or list((tmp_path / "b").iterdir()) == []


async def test_in_the_second_place_each_desk_has_its_own_backups_and_ways_to_its_key(
    front, acts, opening, tmp_path
):
    back = await opening("back")
    stick = tmp_path / "stick"
    stick.mkdir()
    for each in (front, back):
        each.home.change(backup_folder=str(stick))
        assert (await each.backups.back_up("asked")).second == ""
    places = sorted(stick.iterdir())
    assert len(places) == 2
    slots = {json.loads((place / SLOTS).read_text())["origin"] for place in places}
    assert slots == {front.desk.origin, back.desk.origin}


async def test_the_page_tells_that_a_server_is_never_replaced_from_here(qtbot, front, acts, clock):
    await front.backups.back_up("asked")
    page = BackupsPage(front.backups, front.keys, acts, clock, "en_GB")
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    await page._load()

    assert page.list.rows.rowCount() == 1
    assert page.now.isVisible()
    assert not page.bring.isVisible()
    page.list.chosen.emit(page.list.row())
    assert not page.yes.isVisible()


def test_from_the_command_line_it_is_made_listed_and_brought_back(
    loop, front, acts, opening, databases, capsys, monkeypatch
):
    loop.run_until_complete(opening.close(front))
    folder = str(front.home.folder)

    def care(*words):
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        status = commands.run([*words, "--home", folder])
        said = capsys.readouterr()
        return status, said.out + said.err

    status, said = care("backup", "--json")
    assert (status, json.loads(said)["cards"]) == (0, 1)
    status, said = care("restore", "--list", "--json")
    assert [each["why"] for each in json.loads(said)["backups"]] == ["asked"]
    status, said = care("restore")
    assert (status, "not empty" in said) == (2, True)
    status, said = care("check", "--json")
    assert json.loads(said)["backups"]["count"] == 1

    emptied(databases, front.home)
    status, said = care("check")
    assert "care-console restore" in said
    status, said = care("restore", "--json")
    assert (status, json.loads(said)["entries_lost"]) == (0, 0)
    assert care("check")[0] == 0


async def test_a_backup_of_a_server_opens_as_a_home_that_is_alone(front, acts, tmp_path, clock):
    code = front.keys.new_code()
    await front.keys.keep_code(acts(), code, tuple(groups_of(code)[at] for at in ASKED))
    copy = (await front.backups.back_up("asked")).copy
    home = Home.at(tmp_path / "alone", create=True)
    await asyncio.to_thread(bring_elsewhere, home, copy.file, " ".join(groups_of(code)))
    alone = await furnish(Home.at(tmp_path / "alone"), clock)
    names = await alone.store.read(lambda db: list(db.exec(select(CardRecord.name))))
    await alone.store.close()
    assert names == ["Grace Hopper"]
