"""What was called saved is there after kill -9, at whatever moment it comes."""

import pytest

from tests.survival.processes import told_by


def assert_nothing_lost(told):
    print(told)  # noqa: T201
    assert told["acked"] > told["kills"]
    assert (told["lost"], told["journal_faults"], told["broken_pages"]) == (0, 0, 0)
    assert told["books_agree"]


def test_ten_kills_lose_nothing_that_was_called_saved(tmp_path):
    assert_nothing_lost(told_by("killing", tmp_path / "home", "10"))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_two_hundred_kills_lose_nothing_that_was_called_saved(tmp_path):
    assert_nothing_lost(told_by("killing", tmp_path / "home", "200"))


@pytest.mark.long
def test_the_control_loses_what_is_taken_away_behind_the_back_of_the_desk(tmp_path):
    told = told_by("killing", tmp_path / "home", "5", "without-log")

    assert told["lost"] > 0
