"""A disk that refuses the n-th write leaves no half of anything, and is told, not a crash."""

import json
import os
import subprocess
import sys

import pytest


def failed(folder, *words):
    """Run it in a process without threads, which can be forked; return what it tells."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.survival.failing", str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def assert_whole(told):
    print(told)  # noqa: T201
    assert told["refused"] == told["failures"]
    assert (told["crashed"], told["lost"], told["half"]) == (0, 0, 0)
    assert (told["journal_faults"], told["broken_pages"]) == (0, 0)
    assert told["books_agree"]


def test_a_disk_that_fails_at_a_few_pages_leaves_no_half(tmp_path):
    assert_whole(failed(tmp_path / "home", "1", "40", "9"))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_disk_that_fails_at_any_of_300_pages_leaves_no_half(tmp_path):
    assert_whole(failed(tmp_path / "home", "1", "301", "1"))
