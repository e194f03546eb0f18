"""One console runs for a home, and what stands in its way is told in words."""

import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from care_console.lines import push
from care_console.lines.instance import CannotStart, Instance

ROOT = os.getuid() == 0
TAKE = """
import os, sys
from pathlib import Path
from care_console.base.errors import CareError
from care_console.lines.instance import Instance

if "nobody" in sys.argv:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    print(Instance.take(Path(sys.argv[1])) is not None, flush=True)
except CareError as hindrance:
    print(hindrance)
if "wait" in sys.argv:
    sys.stdin.read()
"""


def take(home, *how):
    script = [sys.executable, "-c", TAKE, str(home), *how]
    ran = subprocess.run(script, capture_output=True, text=True, timeout=60)
    assert ran.stderr == ""
    return ran.stdout.strip()


def test_a_second_console_does_not_get_the_home(home):
    with Instance.take(home):
        assert Instance.take(home) is None
        assert take(home) == "False"

    assert take(home) == "True"


def test_a_console_that_is_killed_leaves_the_home_free(home):
    script = [sys.executable, "-c", TAKE, str(home), "wait"]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout.readline() == b"True\n"
        assert Instance.take(home) is None
        first.kill()

    with Instance.take(home) as second:
        assert second is not None


def test_a_missing_folder_is_made_for_its_owner_alone(home):
    with Instance.take(home / "new"):
        assert (home / "new").stat().st_mode & 0o777 == 0o700
        assert (home / "new" / "console.lock").stat().st_mode & 0o777 == 0o600


def test_a_link_to_the_home_is_the_same_home(home, tmp_path):
    (tmp_path / "link").symlink_to(home)

    with Instance.take(home):
        assert Instance.take(tmp_path / "link") is None


def test_the_lock_tells_who_has_it_and_forgets_where_an_earlier_one_listened(home):
    with Instance.take(home) as first:
        first.publish("/somewhere", "secret")
    with Instance.take(home):
        written = json.loads((home / "console.lock").read_text())

    assert (written["pid"], written["at"], written["token"]) == (os.getpid(), None, "")


def test_a_lock_that_is_let_go_writes_nothing_more(home):
    first = Instance.take(home)
    first.release()
    first.release()
    with Instance.take(home):
        first.publish("/somewhere", "secret")
        assert "secret" not in (home / "console.lock").read_text()


def test_a_file_in_place_of_the_folder_is_told(home):
    (home / "letter").write_text("Dear Ada")

    with pytest.raises(CannotStart, match="letter cannot be written to"):
        Instance.take(home / "letter")


def test_a_link_in_place_of_the_lock_is_not_followed(home, tmp_path):
    (home / "console.lock").symlink_to(tmp_path / "precious")

    with pytest.raises(CannotStart, match="cannot be written to"):
        Instance.take(home)
    assert not (tmp_path / "precious").exists()


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_a_drive_without_locks_is_told(home, monkeypatch, code):
    def flock(file, how):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(push.fcntl, "flock", flock)

    with pytest.raises(CannotStart, match="Please choose a folder on this computer"):
        Instance.take(home)


def test_a_console_on_another_computer_is_told(home):
    with Instance.take(home):
        written = json.loads((home / "console.lock").read_text())
        (home / "console.lock").write_text(json.dumps(written | {"computer": "reception-2"}))

        with pytest.raises(CannotStart, match="on another computer, reception-2"):
            Instance.take(home)


def test_a_lock_with_nonsense_in_it_still_counts(home):
    with Instance.take(home):
        (home / "console.lock").write_bytes(b"\xff[[")
        assert Instance.take(home) is None


@pytest.mark.skipif(not ROOT, reason="NOT TESTED: only root can be somebody else")
@pytest.mark.parametrize(
    ("mode", "told"),
    [(0o755, "cannot be written to"), (0o777, "belongs to somebody else")],
)
def test_a_folder_of_somebody_else_is_told(mode, told):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(mode)
        if mode == 0o777:
            (home / "console.lock").touch(mode=0o600)

        assert told in take(home, "nobody")


@pytest.mark.skipif(not ROOT, reason="NOT TESTED: only root can make a full disk")
def test_a_full_disk_is_told_and_one_that_fills_later_does_no_harm(home):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "none", str(home)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("NOT TESTED: this machine lets nobody mount")
    try:
        with Instance.take(home / "new") as first:
            (home / "rest").write_bytes(b"x" * 4096)
            first.publish("/somewhere", "secret")
            assert "secret" in (home / "new" / "console.lock").read_text()
            with pytest.raises(CannotStart, match=r"There is no room"):
                Instance.take(home)
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)
