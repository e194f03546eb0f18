"""Whoever was erased after a backup does not come back with it, not even for a moment."""

import asyncio
from uuid import uuid4

import pytest
from sqlmodel import select

from care_console.base.command import Command
from care_console.cards.records import CardRecord
from care_console.cards.rules import NewCard
from care_console.safekeeping.service import bring_back
from care_console.services import furnish
from care_console.settings.home import Home
from care_console.settings.opening import open_home

MARIA = "Maria Quixoticus"


@pytest.fixture(params=["file", "server"])
def home(request, databases, loop, tmp_path):
    """A home that was just made, alone or on a server."""
    home = Home.at(tmp_path / "home", create=True)
    database = databases.bare() if request.param == "server" else ""
    loop.run_until_complete(open_home(home, database).store.close())
    return Home.at(home.folder)


def emptied(home, databases):
    """The home on a server that has lost everything, or the home itself."""
    if home.desk().database:
        home.change(database=databases.bare())
    return home


async def begun(home, clock):
    """The services with a clerk, what she does, and Maria's card."""
    services = await furnish(home, clock)
    clerk = await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
    new = NewCard(given="Maria", family="Quixoticus", note="xylophone")
    card = await services.cards.add(Command(uuid4(), clerk), new)
    return services, clerk, card


async def test_whoever_was_erased_after_a_backup_is_gone_before_anybody_sees_the_records(
    home, databases, clock
):
    services, clerk, card = await begun(home, clock)
    copy = (await services.backups.back_up("asked")).copy
    key = services.backups.key
    clock.pass_by(minutes=5)
    await services.privacy.erasure.erase(Command(uuid4(), clerk), card, MARIA)
    await services.store.close()
    await asyncio.to_thread(bring_back, emptied(home, databases), key, copy)

    again = await furnish(home, clock)
    names = await again.store.read(lambda db: sorted(db.exec(select(CardRecord.name))))
    assert names == ["Erased person", "Grace Hopper"]
    assert await again.search.find("Quixoticus") == []
    assert (await again.journal.check()).faults == ()
    await again.store.close()


@pytest.mark.parametrize("home", ["file"], indirect=True)
async def test_without_the_list_beside_the_records_the_backup_brings_them_back(home, clock):
    """The control: the list is what forgets them."""
    services, clerk, card = await begun(home, clock)
    copy = (await services.backups.back_up("asked")).copy
    key = services.backups.key
    await services.privacy.erasure.erase(Command(uuid4(), clerk), card, MARIA)
    await services.store.close()
    home.erased.unlink()
    await asyncio.to_thread(bring_back, home, key, copy)

    again = await furnish(home, clock)
    assert [each.brief.id for each in await again.search.find("Quixoticus")] == [card]
    await again.store.close()


@pytest.mark.parametrize("home", ["server"], indirect=True)
async def test_whom_another_desk_erased_stands_on_the_list_of_each_desk(home, clock, tmp_path):
    services, clerk, card = await begun(home, clock)
    beside = Home.at(tmp_path / "beside", create=True)
    await open_home(beside, home.desk().database).store.close()
    other = await furnish(Home.at(beside.folder), clock)
    await services.privacy.erasure.erase(Command(uuid4(), clerk), card, MARIA)
    await services.store.close()

    assert await other.privacy.erasure.again() == 0
    assert (tmp_path / "beside" / "erased.json").read_text() == home.erased.read_text()
    await other.store.close()


async def test_where_nobody_was_ever_erased_nothing_is_asked_or_written(home, clock):
    services, _clerk, _card = await begun(home, clock)

    assert await services.privacy.erasure.again() == 0
    assert not home.erased.exists()
    await services.store.close()
