"""The way in for calls lies where nobody else can come."""

import os
import socket
import stat
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from care_console.lines.door import open_door, places

only_root = pytest.mark.skipif(os.getuid() != 0, reason="NOT TESTED: only root can be nobody")


def bound_at(home):
    with open_door(home) as door:
        return Path(door.getsockname())


def test_nobody_else_can_reach_the_way_in(home, runtime):
    at = bound_at(home)

    assert at.parent == runtime / "care-console"
    assert stat.S_IMODE(at.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(at.stat().st_mode) == 0o600
    assert str(home) not in str(at)


def test_without_a_runtime_folder_the_way_in_lies_in_the_home(home, monkeypatch):
    for runtime in ("", "relative", "/nowhere/at/all"):
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        assert bound_at(home) == home / "console.sock"
        assert stat.S_IMODE((home / "console.sock").stat().st_mode) == 0o600


def test_a_path_that_is_too_long_for_a_socket_is_not_used(home, runtime, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(runtime))
    deep = home / ("d" * 90) / ("é" * 20)
    deep.mkdir(parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))

    place = bound_at(deep)

    assert place.parent == runtime / f"care-console-{os.getuid()}"
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_the_place_is_the_same_by_whatever_way_one_comes(home, tmp_path):
    (tmp_path / "link").symlink_to(home)

    assert places(home)[0] == places(tmp_path / "link")[0] == places(home / "x" / "..")[0]
    assert places(home)[0] != places(tmp_path)[0]


@only_root
def test_a_folder_that_somebody_else_has_laid_is_not_used(home, runtime):
    (runtime / "care-console").mkdir()
    os.chown(runtime / "care-console", 65534, 65534)

    assert bound_at(home) == home / "console.sock"


def test_a_link_that_somebody_has_laid_is_not_followed(home, runtime, tmp_path):
    (runtime / "care-console").symlink_to(tmp_path)

    assert bound_at(home) == home / "console.sock"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_others_may_enter_is_shut(home, runtime):
    (runtime / "care-console").mkdir(mode=0o755)

    assert bound_at(home).parent == runtime / "care-console"
    assert stat.S_IMODE((runtime / "care-console").stat().st_mode) == 0o700


def test_what_is_no_socket_is_never_removed(home, runtime):
    (runtime / "care-console").mkdir(mode=0o700)
    precious = places(home)[0]
    precious.write_text("precious")

    assert bound_at(home) == home / "console.sock"
    assert precious.read_text() == "precious"


def test_the_rights_of_other_files_are_left_as_they_were(home):
    before = os.umask(0o022)
    try:
        bound_at(home)
        assert os.umask(0o022) == 0o022
    finally:
        os.umask(before)


def test_somebody_who_is_too_busy_to_answer_is_not_robbed(home):
    with open_door(home) as busy, ExitStack() as callers:
        busy.listen(0)
        with suppress(BlockingIOError):
            for _ in range(10):
                caller = callers.enter_context(socket.socket(socket.AF_UNIX))
                caller.setblocking(False)
                caller.connect(busy.getsockname())

        with pytest.raises(OSError, match="somebody listens here"):
            open_door(home)


def test_a_socket_that_nobody_listens_to_is_removed(home):
    with socket.socket(socket.AF_UNIX) as dead:
        places(home)[0].parent.mkdir(mode=0o700)
        dead.bind(str(places(home)[0]))

    assert bound_at(home) == places(home)[0]
