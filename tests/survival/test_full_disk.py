"""On a disk that is really full nothing is lost or tried in vain, and it goes on by itself."""

import subprocess

import pytest

from tests.conftest import NO_MOUNT
from tests.survival.processes import told_by

SIZE = "64m"


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip(NO_MOUNT)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def assert_goes_on(told):
    print(told)  # noqa: T201
    rounds = told["rounds"]
    assert (told["read_only"], told["banners"], told["came_back"]) == (rounds, rounds, rounds)
    assert told["reserves"] == rounds
    assert (told["kept_while_full"], told["lost"], told["half"]) == (0, 0, 0)
    assert (told["journal_faults"], told["broken_pages"]) == (0, 0)
    assert told["acked"] > rounds


def test_a_full_disk_lets_one_read_until_there_is_room_again(disk):
    assert_goes_on(told_by("filling", disk, "1"))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_disk_that_is_full_at_any_of_20_places_lets_one_go_on(disk):
    assert_goes_on(told_by("filling", disk, "20"))
