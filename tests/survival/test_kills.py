"""What was called saved is there after kill -9, at whatever moment it comes."""

import json
import os
import subprocess
import sys

import pytest


def killed(folder, *words):
    """Run it in a process without threads, which can be forked; return what it tells."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.survival.killing", str(folder), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def assert_nothing_lost(told):
    print(told)  # noqa: T201
    assert told["acked"] > told["kills"]
    assert (told["lost"], told["journal_faults"], told["broken_pages"]) == (0, 0, 0)
    assert told["books_agree"]


def test_ten_kills_lose_nothing_that_was_called_saved(tmp_path):
    assert_nothing_lost(killed(tmp_path / "home", "10"))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_two_hundred_kills_lose_nothing_that_was_called_saved(tmp_path):
    assert_nothing_lost(killed(tmp_path / "home", "200"))


@pytest.mark.long
def test_the_control_loses_what_is_taken_away_behind_the_back_of_the_desk(tmp_path):
    told = killed(tmp_path / "home", "5", "without-log")

    assert told["lost"] > 0
