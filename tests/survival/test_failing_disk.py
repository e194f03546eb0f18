"""A disk that refuses the n-th write leaves no half of anything, and is told, not a crash."""

import pytest

from tests.survival.processes import told_by


def assert_whole(told):
    print(told)  # noqa: T201
    assert told["refused"] == told["failures"]
    assert (told["crashed"], told["lost"], told["half"]) == (0, 0, 0)
    assert (told["journal_faults"], told["broken_pages"]) == (0, 0)
    assert told["books_agree"]


def test_a_disk_that_fails_at_a_few_pages_leaves_no_half(tmp_path):
    assert_whole(told_by("failing", tmp_path / "home", "1", "40", "9"))


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_disk_that_fails_at_any_of_300_pages_leaves_no_half(tmp_path):
    assert_whole(told_by("failing", tmp_path / "home", "1", "301", "1"))
