"""Starting and ending the whole console."""

import asyncio
import os
import signal
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from care_console.app import run
from care_console.kit import Label
from care_console.lines.instance import Instance
from care_console.lines.push import push
from care_console.services import open_store
from care_console.settings.home import Home
from care_console.store import CannotOpen
from care_console.window.first_start import FirstStart
from care_console.window.frame import MainWindow
from tests.conftest import until

AT_FIRST_PAINT = """
import sys
from care_console import app, cli

paint, loaded = app.paint, []

async def paint_and_close(window):
    window.painted.connect(lambda: loaded.append([
        name for name in ("sqlmodel", "phonenumbers", "babel", "alembic") if name in sys.modules
    ]))
    await paint(window)
    window.close()

app.paint = paint_and_close
status = cli.main()
print(status, loaded[0])
"""


def windows():
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, MainWindow) and each.isVisible()
    ]


@pytest.fixture
def console(qapp, tmp_path):
    """Start the console for a folder; return its task and its window, once that is there."""

    async def start(folder=tmp_path / "home"):
        instance = Instance.take(folder)
        task = asyncio.create_task(run(qapp, Home.at(folder, create=True), instance))
        await until(lambda: windows() or task.done())
        task.add_done_callback(lambda _task: instance.release())
        return task, windows()[0]

    return start


async def test_a_newcomer_passes_the_first_start_with_enter_and_it_rings(console, tmp_path):
    task, window = await console()
    await until(lambda: window.findChild(FirstStart))
    page = window.findChild(FirstStart)
    page.edits["name"].setText("Northgate")
    page.edits["clerk"].setText("Rosa Lindqvist")
    QTest.keyClick(page.edits["name"], Qt.Key.Key_Return)
    await until(lambda: window.current_page == "desk")

    home, ringing = str(tmp_path / "home"), {"number": "020 7946 0123", "event": "ringing"}
    told = await asyncio.to_thread(push, home, ringing)
    assert told == ""
    await until(lambda: "7946 0123" in window.windowTitle())

    window.close()
    await task


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks its windows instead")
async def test_a_system_that_shuts_down_closes_it_as_a_person_would(console, tmp_path):
    task, window = await console()
    await until(lambda: window.findChild(FirstStart))
    QTest.keyClick(window.findChild(FirstStart).edits["name"], Qt.Key.Key_Return)
    await until(lambda: window.current_page == "desk")

    os.kill(os.getpid(), signal.SIGTERM)
    await task

    assert windows() == []
    assert list((tmp_path / "home" / "backups").glob("*.sqlite"))


async def test_it_ends_in_peace_with_lines_that_are_set_up(console, tmp_path, pretend_kind):
    home = Home.at(tmp_path / "home", create=True)
    store, _desk = open_store(home)
    await store.close()
    line = {"name": "Main", "kind": "pretend", "server": "pbx.example"}
    Home.at(home.folder).change_tables(lambda tables: [*tables, line])
    task, window = await console(home.folder)
    await until(lambda: window.findChild(FirstStart))
    QTest.keyClick(window.findChild(FirstStart).edits["name"], Qt.Key.Key_Return)
    await until(lambda: any(not made.closed for _setup, made in pretend_kind.MADE))

    window.close()
    await task

    assert all(made.closed for _setup, made in pretend_kind.MADE)
    assert list((home.folder / "backups").glob("*.sqlite"))


async def test_the_console_ends_with_its_window_and_starts_again(console, tmp_path):
    folder = tmp_path / "home"
    for _ in range(2):
        task, window = await console(folder)
        await until(lambda window=window: window.findChild(FirstStart))
        window.close()
        await task


async def test_records_that_are_gone_are_told_and_never_replaced_by_empty_ones(
    loop, console, tmp_path
):
    home = Home.at(tmp_path / "home", create=True)
    store, _desk = open_store(home)
    await store.close()
    home.records.unlink()

    task, window = await console(home.folder)
    await until(lambda: any("is gone" in each.text() for each in window.findChildren(Label)))
    window.close()

    with pytest.raises(CannotOpen):
        await task
    assert not home.records.exists()


def test_the_frame_is_painted_before_the_heavy_parts_are_imported(tmp_path):
    script = [sys.executable, "-c", AT_FIRST_PAINT, "--home", str(tmp_path / "home")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ran = subprocess.run(script, capture_output=True, text=True, timeout=60, env=environment)

    assert ran.stdout == "0 []\n", ran.stderr


def test_a_second_console_for_a_home_leaves_it_to_the_first(tmp_path):
    with Instance.take(tmp_path):
        script = [sys.executable, "-m", "care_console.cli", "--home", str(tmp_path)]
        code = "import sys; from care_console.cli import main; sys.exit(main())"
        script = [sys.executable, "-c", code, "--home", str(tmp_path)]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        ran = subprocess.run(script, capture_output=True, text=True, timeout=60, env=environment)

    assert ran.returncode == 0
    assert "already running" in ran.stderr
    assert not (tmp_path / "care.sqlite").exists()
