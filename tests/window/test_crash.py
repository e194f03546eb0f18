"""What breaks is logged and told, whoever did not catch it, and the console goes on."""

import asyncio
import logging
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt, QtMsgType, qWarning
from PySide6.QtGui import QGuiApplication

from care_console.settings.home import Home
from care_console.window.crash import Crash
from care_console.window.crash_report import Report
from care_console.window.crash_sheet import CrashSheet
from care_console.window.frame import MainWindow

WORD = "Quixoticus"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path, new=False)


@pytest.fixture
def crash(home, loop):
    crash = Crash(home)
    crash.begin()
    crash.settle_in(loop)
    yield crash
    crash.end()
    loop.set_exception_handler(None)


@pytest.fixture
def reports(crash):
    found = []
    crash.broke.connect(found.append)
    return found


def written(home):
    return home.log.read_text("utf-8")


def raise_it():
    raise ValueError(f"{WORD} rang")


async def test_a_bug_in_a_task_a_thread_or_a_slot_is_told_once_and_without_words(
    crash, reports, home, capsys
):
    def in_thread():
        raise LookupError(f"{WORD} in a thread")

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()
    asyncio.get_running_loop().call_soon(raise_it)
    await asyncio.sleep(0.01)
    for _time in range(30):
        try:
            raise_it()
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    await asyncio.sleep(0)
    assert [each.broke.splitlines()[0] for each in reports] == ["LookupError", "ValueError"]
    assert "test_crash.py" in reports[0].broke
    assert written(home).count("ValueError") == 20  # then it is known
    for place in (written(home), capsys.readouterr().err, *(each.text for each in reports)):
        assert WORD not in place


async def test_what_qt_says_is_logged_by_its_kind_alone(crash, home, qtlog):
    qWarning(f"{WORD} cannot be shown")
    assert "Qt: QtWarningMsg" in written(home)
    assert WORD not in written(home)
    crash._qt_says(QtMsgType.QtCriticalMsg, type("Where", (), {"file": None}), WORD)
    assert "error care_console.window Qt: QtCriticalMsg" in written(home)


async def test_the_log_is_its_owners_alone_and_begun_anew_in_time(crash, home, monkeypatch):
    crash.log._file.maxBytes = 500
    for _line in range(60):
        logging.getLogger("care_console.window").info("page %d", 1)
    kept = sorted(each.name for each in home.folder.iterdir())
    assert kept == ["console.log", "console.log.1", "console.log.2", "crash.log"]
    assert {each.stat().st_mode & 0o777 for each in home.folder.iterdir()} == {0o600}


def test_a_clean_end_leaves_nothing_to_tell(home, loop):
    crash = Crash(home)
    crash.begin()
    hooks = sys.excepthook
    crash.settle_in(loop)
    crash.end()
    assert sys.excepthook is not hooks
    assert not home.crash.exists()
    again = Crash(home)
    again.begin()
    again.settle_in(loop)
    assert again.left is None
    again.end()
    loop.set_exception_handler(None)


BREAK_OFF = """
import asyncio, ctypes, sys
from pathlib import Path
from care_console.settings.home import Home
from care_console.window.crash import Crash
crash = Crash(Home(Path(sys.argv[1]), new=False))
crash.begin()
crash.settle_in(asyncio.new_event_loop())
Quixoticus = "Quixoticus"
ctypes.string_at(0)
"""


def test_after_a_hard_crash_the_next_start_tells_it_once(home, loop):
    done = subprocess.run([sys.executable, "-c", BREAK_OFF, str(home.folder)], capture_output=True)
    assert done.returncode < 0
    crash = Crash(home)
    crash.begin()
    crash.settle_in(loop)
    left = crash.left
    crash.end()
    assert "Segmentation fault" in left.broke
    assert "the home is open" in left.lines
    assert WORD not in left.text
    assert str(home.folder) not in left.text
    loop.set_exception_handler(None)
    once = Crash(home)
    once.begin()
    once.settle_in(loop)
    assert once.left is None
    once.end()
    loop.set_exception_handler(None)


@pytest.fixture
def sheet(qtbot, qapp):
    window = MainWindow()
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    window.show()
    sheet = CrashSheet(window)
    window.add_sheet(sheet)
    return sheet


async def test_the_report_can_be_copied_and_saved_and_is_plain(sheet, tmp_path):
    sheet.show_report(Report("ValueError <b>x</b>", "a line"))
    assert sheet.isVisible()
    assert "What broke:" in sheet.text.toPlainText()
    told = []
    sheet.told.connect(told.append)
    sheet.copy.click()
    assert "ValueError <b>x</b>" in QGuiApplication.clipboard().text()
    sheet.save_to(tmp_path / "report.txt")
    assert (tmp_path / "report.txt").read_text() == sheet.text.toPlainText()
    trouble = []
    sheet.hindered.connect(trouble.append)
    sheet.save_to(tmp_path / "no" / "report.txt")
    assert "report.txt cannot be written" in trouble[0]
    sheet.go_on.click()
    assert not sheet.isVisible()
    assert len(told) == 2


async def test_a_second_report_waits_for_nothing_and_hides_nothing(sheet):
    sheet.show_report(Report("One", ""))
    sheet.show_report(Report("Two", ""))
    assert "One" in sheet.text.toPlainText()
    sheet.shut()
    sheet.show_report(Report("Two", "", before=True))
    assert "broke off last time" in sheet.title.text()
