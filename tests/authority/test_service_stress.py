"""However many desks give at once, crash and click again: no limit is passed, nothing is lost."""

import asyncio
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.authority.stress import faults, lay_out

ROOT = Path(__file__).parents[2]
ONCE_MORE = 5  # clicks that are done again after a crash


class Worker:
    """A desk in a process of its own, which is killed now and then and begins again."""

    def __init__(self, where, name, clicks, crashes, *more):
        self._args = [str(where), name, str(clicks)]
        self._crashes, self._more = set(crashes), more
        self.kills = self.sent = 0

    def work(self):
        """Do all clicks, in as many lives as it takes."""
        begin = 0
        while begin is not None:
            begin = self._live(begin)

    def _live(self, begin):
        """Do the clicks from ``begin`` on; return where the next life begins, or None."""
        process = self._start(begin)
        number, sent = begin, 0
        try:
            for line in process.stdout:
                number, sent = map(int, line.split())
                if number in self._crashes:
                    self._crashes.remove(number)
                    self.kills += 1
                    return max(0, number - ONCE_MORE)
            assert process.wait() == 0, "a desk stopped by itself"
            return None
        finally:
            self.sent += sent
            process.kill()
            process.wait()
            process.stdout.close()

    def _start(self, begin):
        program = [sys.executable, "-m", "tests.authority.stress", *self._args, str(begin)]
        return subprocess.Popen(
            [*program, *self._more], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )


def run(where, desks, clicks, kills, *more):
    """Let so many desks work at once, each of them killed so often.

    A click is an offer and what becomes of it, often sent twice or broken off. Return what does
    not hold, and how many commands were sent in how long.
    """
    asyncio.run(lay_out(where, clicks))
    chance, begun = random.Random(7), time.monotonic()
    workers = [
        Worker(where, f"desk {n}", clicks, chance.sample(range(clicks // 2), kills), *more)
        for n in range(desks)
    ]
    with ThreadPoolExecutor(desks) as threads:
        list(threads.map(Worker.work, workers))
    took = time.monotonic() - begun
    assert [worker.kills for worker in workers] == [kills] * desks
    sent = sum(worker.sent for worker in workers)
    return asyncio.run(faults(where)), f"{sent} commands in {took:.1f} s"


def test_no_number_of_desks_crashes_and_clicks_passes_a_limit(where):
    found, _took = run(where, desks=4, clicks=30, kills=1)
    assert found == []


def test_the_same_work_fails_with_the_guard_taken_out(where):
    found, _took = run(where, 2, 30, 0, "--without", "guard")
    assert any("is over" in each for each in found)


@pytest.mark.long
@pytest.mark.timeout(3_000)
def test_eight_desks_with_two_thousand_commands_each_pass_no_limit(where):
    found, took = run(where, desks=8, clicks=1_000, kills=3)
    print(took)  # noqa: T201
    assert found == []


@pytest.mark.long
@pytest.mark.timeout(3_000)
def test_the_long_work_fails_where_counters_are_added_to_unchecked(where):
    part = "check" if "://" in str(where) else "guard"
    found, _took = run(where, 6, 150, 1, "--without", part)
    assert any("is over" in each for each in found)
