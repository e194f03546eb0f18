"""The benchmarks measure everything that they promise; how fast it is, no test asserts."""

import json
import math
import os
import subprocess
import sys

import pytest

from tests.benchmarks.figures import Row, table

KEYS = ["what", "ratio", "goal", "reached", "p50_ms", "p99_ms", "baseline_p50_ms"]
TABLE = (  # as QUALITY.md has it: how each line begins, its goal, whether it has milliseconds
    ("ring → facts, 2,000 cards", 2, True),
    ("ring → last paint of strip and card", 1.3, True),
    ("keystroke → result list painted", 1.4, True),
    ("worst of 30 nasty prefixes", 6, True),
    ("ring → facts: 2,000 cards : 200 cards", 1.5, True),
    ("search, part of a name: 2,000 cards : 200 cards", 1.5, True),
    ("search, last 7 digits: 2,000 cards : 200 cards", 1.5, True),
    ("start → first paint", 2, True),
    ("start → able to take a ring", 5, True),
    ("resident memory after 4 rings, 2,000 cards : bare window", 3.2, False),
    ("resident memory after 4 rings, 2,000 cards : 200 cards", 1.2, False),
    ("import of 60 rows of CSV", 0.5, False),
    ("a remedy with its limits, durable", 4, True),
    ("what may be given", 1, True),
    ("INVITE read → event taken at 100 calls/s, p99 : 5 ms", 1, True),
    ("the loop is late in 50 calls by SIP, p99 : a frame", 1, True),
    ("INVITE read → last paint of strip and card", 1.3, True),
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What one quick run prints, its records in a folder of its own."""
    environment = dict(os.environ, TMPDIR=str(tmp_path_factory.mktemp("benchmarks")))
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--cards", "2000", "--json", "--quick"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.timeout(300)
def test_every_line_of_the_table_is_measured_against_its_goal(measured):
    assert [
        each["what"][: len(what)] for each, (what, *_) in zip(measured, TABLE, strict=True)
    ] == [what for what, *_ in TABLE]
    assert [each["goal"] for each in measured] == [goal for _, goal, _ in TABLE]


@pytest.mark.timeout(300)
def test_every_line_has_the_keys_that_were_promised_and_sane_numbers(measured):
    for each, (_what, goal, timed) in zip(measured, TABLE, strict=True):
        assert list(each) == KEYS
        assert math.isfinite(each["ratio"])
        assert 0 < each["ratio"] < 1_000, each
        reached = each["ratio"] >= goal if goal == 0.5 else each["ratio"] <= goal
        assert each["reached"] is reached
        times = [each["p50_ms"], each["p99_ms"], each["baseline_p50_ms"]]
        if timed:
            assert all(0 < time < 100_000 for time in times), each
            assert each["p99_ms"] >= each["p50_ms"]
        else:
            assert times == [None, None, None]


def test_a_ratio_is_judged_by_its_goal():
    assert Row("facts", "ring", 2, ratio=2.0).reached
    assert not Row("facts", "ring", 2, ratio=2.1).reached
    assert Row("import", "rows", 0.5, ratio=0.5, at_least=True).reached
    assert not Row("import", "rows", 0.5, ratio=0.4, at_least=True).reached


def test_what_could_not_be_measured_says_why_and_is_not_reached():
    row = Row("memory", "resident memory", 3.2, why="only Linux tells it")

    assert row.as_object()["what"] == "resident memory (not measured: only Linux tells it)"
    assert row.as_object()["ratio"] is None
    assert row.as_object()["reached"] is False
    assert "not measured: only Linux tells it" in table([row])


def test_the_table_shows_each_line_with_its_notes():
    reached = Row("facts", "ring", 2, 1.5, 0.2, 0.4, 0.1, notes=("360 samples",))
    missed = Row("paint", "paint", 1.3, 1.4)

    lines = table([reached, missed]).splitlines()

    assert lines[1].split() == ["ring", "1.50×", "≤", "2×", "reached", "0.200", "0.400", "0.100"]
    assert lines[2].strip() == "360 samples"
    assert "MISSED" in lines[3]
