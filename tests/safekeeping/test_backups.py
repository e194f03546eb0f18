"""Backups are made while one works, kept from thinning away good ones, and brought back whole."""

import asyncio
from uuid import uuid4

import pytest
from sqlmodel import text

from care_console.base.command import Clerk, Command
from care_console.safekeeping.service import bring_back, bring_elsewhere
from care_console.settings.home import RECORDS, SLOTS, Home
from care_console.settings.keys import find_key
from care_console.settings.recovery_code import groups_of, printed
from care_console.staff.rules import NotAllowed
from care_console.store import NoCopy, copies_in


def count(db):
    return db.exec(text("SELECT count(*) FROM card")).one()[0]


pytestmark = pytest.mark.usefixtures("acts")


async def test_one_is_made_after_half_an_hour_of_work_and_none_while_nobody_works(
    place, add, clock
):
    await place.backups.keep_on()
    assert len(await place.backups.listed()) == 1

    await add(1)
    clock.pass_by(minutes=29)
    await place.backups.keep_on()
    assert len(await place.backups.listed()) == 1
    clock.pass_by(minutes=1)
    await place.backups.keep_on()
    assert len(await place.backups.listed()) == 2
    clock.pass_by(hours=9)
    await place.backups.keep_on()
    await place.backups.leave()
    assert len(await place.backups.listed()) == 2


async def test_one_is_made_on_leaving(place, add):
    await place.backups.back_up("asked")
    await add(2)
    await place.backups.leave()

    assert [each.why for each in await place.backups.listed()] == ["leaving", "asked"]
    newest = await place.backups.newest_whole()
    assert newest.cards == 3


async def test_a_note_is_saved_while_a_backup_is_being_made(place, add):
    backing = asyncio.create_task(place.backups.back_up("asked"))
    await add(3)
    made = await backing

    assert made.copy.cards in (1, 2, 3, 4)
    assert (
        await place.store.read(lambda db: db.exec(text("SELECT count(*) FROM card")).one()[0]) == 4
    )


async def test_they_are_thinned_and_the_slots_lie_beside_them(place, home, add, clock):
    for _day in range(20):
        for _time in range(2):
            await place.backups.back_up("work")
            clock.pass_by(hours=2)
        clock.pass_by(hours=20)

    days = {each.at.astimezone().date() for each in await place.backups.listed()}
    assert len(await place.backups.listed()) <= 14 + 4
    assert len(days) >= 14
    assert (home.backups / SLOTS).read_text() == home.slots.read_text()


async def test_a_shrinking_database_lets_no_good_backup_go_until_somebody_has_looked(
    place, home, add, clock, acts
):
    await add(40)
    good = (await place.backups.back_up("work")).copy
    await place.store.write(
        lambda db: [db.execute(text(f"DELETE FROM {table}")) for table in CHILDREN] and None
    )
    for _day in range(30):
        clock.pass_by(days=1)
        made = await place.backups.back_up("work")
    assert made.copy.shrunk
    assert made.shrunk_from == good
    assert "far less than in the backup before" in place.backups.trouble
    assert len(await place.backups.listed()) == 31
    assert await place.backups.newest_whole() == good

    await place.backups.accept(acts(), made.copy)
    clock.pass_by(days=1)
    made = await place.backups.back_up("work")
    assert (made.copy.shrunk, place.backups.trouble) == (False, "")
    assert len(await place.backups.listed()) < 31


CHILDREN = ("card_word", "entry_card", "entry_personal", "entry")


async def test_the_second_place_gets_each_and_one_that_is_away_is_told_but_not_fatal(
    place, home, tmp_path
):
    second = tmp_path / "stick"
    home.change(backup_folder=str(second))
    made = await place.backups.back_up("asked")
    assert (made.second, place.backups.trouble) == ("", "")
    assert [each.digest for each in copies_in(second, place.backups.key)] == [made.copy.digest]
    assert (second / SLOTS).exists()

    (tmp_path / "file").write_text("")
    home.change(backup_folder=str(tmp_path / "file" / "stick"))
    news = []
    place.backups.on_news(lambda: news.append(place.backups.trouble))
    made = await place.backups.back_up("asked")
    assert "second place" in made.second
    assert "second place" in news[-1]
    assert len(await place.backups.listed()) == 2


async def test_a_backup_that_fails_is_told_and_tried_again_soon(place, home, add, clock):
    home.backups.write_text("in the way")
    with pytest.raises(NoCopy):
        await place.backups.back_up("asked")
    assert "No backup could be written" in place.backups.trouble

    home.backups.unlink()
    clock.pass_by(minutes=5)
    await place.backups.keep_on()
    assert len(await place.backups.listed()) == 1
    assert place.backups.trouble == ""


async def test_only_who_may_brings_one_back(place, acts):
    await place.backups.demand(acts())

    with pytest.raises(NotAllowed):
        await place.backups.demand(Command(uuid4(), Clerk("Nobody", "csr")))


async def test_what_came_after_is_counted_before_it_is_lost_and_told_in_the_journal(
    place, home, add, open_desk
):
    await add(2)
    copy = (await place.backups.back_up("asked")).copy
    await add(3)
    assert await place.backups.entries_after(copy) == 3
    await open_desk.opened.pop().store.close()

    brought = await asyncio.to_thread(bring_back, home, place.backups.key, copy)

    assert brought.entries_lost == 3
    again = await open_desk()
    found = await again.journal.check()
    assert found.faults == ()
    kinds = await again.store.read(
        lambda db: db.exec(text("SELECT kind, facts FROM entry ORDER BY id DESC")).first()
    )
    assert kinds[0] == "backup_restored"
    assert '"entries_lost": 3' in kinds[1]
    assert await again.store.read(count) == 3


async def test_a_recovery_code_brings_the_records_back_on_another_computer(
    place, home, add, acts, tmp_path, open_desk
):
    await add(5)
    code = place.keys.new_code()
    groups = groups_of(code)
    await place.keys.keep_code(acts(), code, (groups[1], groups[4]))
    home.change(backup_folder=str(tmp_path / "stick"))
    await place.backups.back_up("asked")
    (copy,) = copies_in(tmp_path / "stick", place.backups.key)
    other = Home.at(tmp_path / "other", create=True)

    await asyncio.to_thread(bring_elsewhere, other, copy.file, printed(code).lower())

    made = Home.at(other.folder)
    assert find_key(made, made.desk()) == place.backups.key
    assert made.desk().origin == place.desk.origin
    assert (made.folder / RECORDS).stat().st_mode & 0o777 == 0o600
