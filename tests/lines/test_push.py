"""A message is handed to the running console, or it is said why not."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from care_console.lines import push as pushing
from care_console.lines.instance import Instance
from care_console.lines.push import NOBODY, SILENT, STARTING, STRANGER, TOO_LONG, find, push

PUSH_PY = Path(pushing.__file__)
ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from push import push
print(push(sys.argv[2], {"number": "1"}))
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(pushing, "PAUSE_S", 0.001)


@contextmanager
def listener(path):
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(path))
        ear.listen()
        yield ear


async def answered(ear, home, answer):
    """Push, let ``ear`` answer whatever it hears, and return what it heard and what was said."""
    said = asyncio.create_task(asyncio.to_thread(push, str(home), {"number": "1"}))
    wire, _ = await asyncio.to_thread(ear.accept)
    with wire:
        heard = await asyncio.to_thread(wire.recv, 2048)
        wire.sendall(answer)
    return heard, await said


def test_where_no_console_ever_ran_there_is_nobody(home):
    assert push(str(home), {}) == NOBODY
    assert push(str(home / "none"), {}) == NOBODY
    assert push("\0", {}) == NOBODY
    assert list(home.iterdir()) == []


def test_where_a_console_has_ended_there_is_nobody(home, runtime):
    with Instance.take(home) as instance, listener(runtime / "s"):
        instance.publish(str(runtime / "s"), "secret")

    assert push(str(home), {}) == NOBODY


def test_a_console_that_is_starting_is_waited_for_and_then_told(home, quick):
    with Instance.take(home):
        assert find(str(home))["at"] is None
        assert push(str(home), {}) == STARTING


async def test_a_console_that_begins_to_listen_meanwhile_gets_the_message(home, runtime):
    with Instance.take(home) as instance, listener(runtime / "s") as ear:
        said = asyncio.create_task(asyncio.to_thread(push, str(home), {"number": "1"}))
        await asyncio.sleep(0)
        instance.publish(str(runtime / "s"), "secret")
        wire, _ = await asyncio.to_thread(ear.accept)
        with wire:
            heard = await asyncio.to_thread(wire.recv, 2048)
            wire.sendall(b'{"ok": true}\n')

        assert json.loads(heard) == {"number": "1", "token": "secret"}
        assert await said == ""


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b'{"ok": true}\n', ""),
        (b'{"ok": false, "why": "Not today."}\n', "Not today."),
        (b'{"ok": true}', ""),
        (b"", SILENT),
        (b"hello\n", SILENT),
        (b"[]\n", SILENT),
        (b'{"ok": false}\n', SILENT),
        (b"\xff\n", SILENT),
    ],
)
async def test_the_answer_of_the_console_is_told(home, runtime, answer, told):
    with Instance.take(home) as instance, listener(runtime / "s") as ear:
        instance.publish(str(runtime / "s"), "secret")

        assert (await answered(ear, home, answer))[1] == told


async def test_a_console_that_hangs_is_not_waited_for_for_ever(home, runtime, monkeypatch):
    monkeypatch.setattr(pushing, "PATIENCE_S", 0.02)
    with Instance.take(home) as instance, listener(runtime / "s"):
        instance.publish(str(runtime / "s"), "secret")

        assert await asyncio.to_thread(push, str(home), {}) == SILENT


def test_what_is_too_long_is_not_sent(home, runtime):
    with Instance.take(home) as instance, listener(runtime / "s"):
        instance.publish(str(runtime / "s"), "secret")

        assert push(str(home), {"number": "1" * 1000}) == TOO_LONG


@pytest.mark.parametrize(
    "written",
    ["", "[[[", "[]", '"at"', "{}", '{"at": 1e9}', '{"at": 70000}', '{"at": "/nowhere"}'],
)
def test_whatever_stands_in_the_lock_is_a_sentence_at_the_worst(home, quick, written):
    with Instance.take(home):
        (home / "console.lock").write_text(written)
        assert push(str(home), {}) == STARTING


def test_a_fifo_in_place_of_the_lock_does_not_hang(home):
    os.mkfifo(home / "console.lock")

    assert push(str(home), {}) == NOBODY


@pytest.mark.skipif(os.getuid() != 0, reason="NOT TESTED: only root can be somebody else")
def test_the_lock_of_somebody_else_is_not_believed(home, runtime):
    with Instance.take(home) as instance, listener(runtime / "s"):
        instance.publish(str(runtime / "s"), "secret")
        os.chown(home / "console.lock", 65534, 65534)

        assert push(str(home), {}) == STRANGER


def test_it_works_with_the_bare_standard_library_and_little_of_that(home):
    script = [sys.executable, "-I", "-S", "-c", ALONE, str(PUSH_PY.parent), str(home)]
    ran = subprocess.run(script, capture_output=True, text=True, timeout=60)
    told, modules = ran.stdout.splitlines()

    assert (ran.returncode, told) == (0, NOBODY)
    heavy = {"asyncio", "argparse", "pathlib", "gettext", "hashlib", "tempfile", "subprocess"}
    assert heavy.isdisjoint(modules.split())
