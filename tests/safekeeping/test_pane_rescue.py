"""Records that do not open: what is wrong is said, and the way on is one key."""

import asyncio
import os

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlmodel import text

from care_console.app import run
from care_console.base.clock import utc_now
from care_console.base.command import Clerk
from care_console.kit import Label
from care_console.lines.instance import Instance
from care_console.safekeeping.pane import DamagePage, UnlockPage
from care_console.services import furnish
from care_console.settings.home import Home
from care_console.settings.keys import keep_slots, slots_of
from care_console.settings.recovery_code import new_code, printed
from care_console.settings.slots import Slot, SlotKind
from care_console.settings.wrapping import wrap
from care_console.store import CannotOpen
from care_console.window.frame import MainWindow
from care_console.window.furniture import Furniture
from care_console.window.safe import SafeBanner
from tests.conftest import until
from tests.settings.pretend_keyring import PretendKeyring


@pytest.fixture
def ring():
    """A keyring that this computer has while the test runs."""
    before, pretend = keyring.get_keyring(), PretendKeyring()
    keyring.set_keyring(pretend)
    yield pretend
    keyring.set_keyring(before)


def windows():
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, MainWindow) and each.isVisible()
    ]


@pytest.fixture
def made(tmp_path):
    """A home with a clerk and a backup."""

    async def make():
        home = Home.at(tmp_path / "home", create=True)
        services = await furnish(home, utc_now)
        await services.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
        await services.backups.back_up("asked")
        await services.store.write(
            lambda db: db.execute(text("UPDATE card SET note = 'x'")) and None
        )
        await services.store.close()
        return Home.at(home.folder)

    return make


@pytest.fixture
def console(qapp):
    """Start the console for a home; return its task and its window, once that is there."""

    async def start(home):
        instance = Instance.take(home.folder)
        task = asyncio.create_task(run(qapp, home, instance))
        await until(lambda: windows() or task.done())
        task.add_done_callback(lambda _task: instance.release())
        return task, windows()[0]

    return start


def said(window):
    return " ".join(each.text() for each in window.findChildren(Label) if each.isVisible())


def noise(file):
    file.write_bytes(os.urandom(file.stat().st_size))


def empty(file):
    file.write_bytes(b"")


def delete(file):
    file.unlink()


def cut(file):
    file.write_bytes(file.read_bytes()[: 4096 * 40 + 1000])


def foreign(file):
    file.write_bytes(b"SQLite format 3\x00" + bytes(4080))


HARMS = {
    noise: "overwritten or damaged from its beginning",
    empty: "is empty",
    delete: "is gone",
    cut: "cut it off",
    foreign: "something else than the records",
}


@pytest.fixture(params=HARMS, ids=lambda harm: harm.__name__)
def harmed(request, loop, made):
    """A home whose file of records is harmed, and what is said of it."""
    home = loop.run_until_complete(made())
    request.param(home.records)
    return home, HARMS[request.param]


async def test_damage_is_told_and_enter_brings_the_newest_backup_back(harmed, console):
    home, words = harmed
    before = home.records.read_bytes() if home.records.exists() else None
    task, window = await console(home)
    await until(lambda: window.findChild(DamagePage))
    page = window.findChild(DamagePage)
    await until(lambda: page.restore.isEnabled())
    assert words in said(window)
    assert "1 card" in page.offer.text()
    assert (home.records.read_bytes() if home.records.exists() else None) == before

    QTest.keyClick(page.restore, Qt.Key.Key_Return)
    await until(lambda: window.current_page == "desk")
    kept = [each.read_bytes() for each in home.folder.glob("care.sqlite.before-*Z")]
    assert kept == ([] if before is None else [before])
    window.close()
    await task


async def test_leaving_leaves_everything_as_it_is(made, console):
    home = await made()
    noise(home.records)
    before = {file.name: file.read_bytes() for file in home.folder.iterdir() if file.is_file()}
    task, window = await console(home)
    await until(lambda: window.findChild(DamagePage))
    await until(lambda: window.findChild(DamagePage).restore.isEnabled())
    window.findChild(DamagePage).leave.click()
    with pytest.raises(CannotOpen):
        await task

    after = {file.name: file.read_bytes() for file in home.folder.iterdir() if file.is_file()}
    for name in before.keys() - {"console.lock", "window.json"}:
        assert after[name] == before[name]


async def test_without_a_backup_what_can_be_read_is_read_out(made, console):
    home = await made()
    for file in home.backups.iterdir():
        file.unlink()
    data = bytearray(home.records.read_bytes())
    data[-4096 * 3 + 100] ^= 1
    home.records.write_bytes(data)
    home.records.with_name("care.sqlite.doubted").touch()
    task, window = await console(home)
    await until(lambda: window.findChild(DamagePage))
    page = window.findChild(DamagePage)
    await until(lambda: "no whole backup" in page.offer.text())
    assert not page.restore.isEnabled()
    page.salvage.click()
    await until(lambda: window.current_page == "desk")

    (kept,) = home.folder.glob("care.sqlite.damaged-*Z")
    assert kept.read_bytes() == bytes(data)
    window.close()
    await task


async def test_a_lost_key_is_asked_for_and_kept_again(ring, made, console):
    home, code = await made(), new_code()
    key = bytes.fromhex(ring.words["care-console", home.desk().origin])
    slot = Slot(SlotKind.RECOVERY, utc_now(), "", wrap(key, code))
    keep_slots(home, home.desk(), slots_of(home).put(slot))
    ring.words.clear()
    task, window = await console(home)
    await until(lambda: window.findChild(UnlockPage))
    page = window.findChild(UnlockPage)
    QTest.keyClicks(page.secret.edit, new_code())
    QTest.keyClick(page.secret.edit, Qt.Key.Key_Return)
    await until(lambda: page.secret.faulty)
    page.secret.edit.setText(printed(code).lower())
    QTest.keyClick(page.secret.edit, Qt.Key.Key_Return)
    await until(lambda: window.current_page == "desk")

    assert ring.words["care-console", home.desk().origin] == key.hex()
    window.close()
    await task


async def test_only_who_may_make_a_recovery_code_is_asked_for_one(made, console):
    home = await made()
    task, window = await console(home)
    await until(lambda: window.current_page == "desk")
    banner, furniture = window.findChild(SafeBanner), window.findChild(Furniture)
    await until(lambda: banner.code.isVisible())

    furniture.session._unlocked(Clerk("Rosa Lind", "csr", 77))
    await until(lambda: not banner.code.isVisible())

    window.close()
    await task


async def test_a_backup_that_is_chosen_at_the_desk_takes_its_place_and_the_desk_opens_anew(
    made, console
):
    home = await made()
    task, window = await console(home)
    await until(lambda: window.current_page == "desk")
    banner = window.findChild(SafeBanner)
    await until(lambda: banner.code.isVisible())
    banner.to_code.click()
    await until(lambda: window.current_page == "settings")
    from care_console.safekeeping.pane import BackupsPage

    page = window.findChild(BackupsPage)
    await until(lambda: page.list.row() is not None)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    await until(lambda: page.sure.isVisible())
    page.yes.click()
    await until(lambda: windows() and windows()[0] is not window)
    (again,) = windows()
    await until(lambda: again.current_page)
    assert list(home.folder.glob("care.sqlite.before-*Z"))
    again.close()
    await task
    services = await furnish(home, utc_now)
    notes = await services.store.read(lambda db: db.exec(text("SELECT note FROM card")).all())
    kinds = await services.store.read(lambda db: db.exec(text("SELECT kind FROM entry")).all())
    assert [tuple(each) for each in notes] == [("",)]
    assert ("backup_restored",) in [tuple(each) for each in kinds]
    await services.store.close()
