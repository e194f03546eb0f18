"""The next moment is waited for, and another one takes its place."""

import asyncio
from datetime import timedelta

import pytest

from care_console.promises.service import Moments
from tests.conftest import until

SOON = timedelta(milliseconds=20)


@pytest.fixture
def passed():
    return []


@pytest.fixture
def moments(loop, clock, passed):
    """Wait for what is in ``moments.next``."""

    class Waiting(Moments):
        next = None
        asked = 0

    async def next_moment():
        waiting.asked += 1
        return waiting.next

    waiting = Waiting(next_moment, clock, lambda: passed.append(clock()))
    yield waiting
    waiting.stop()


async def test_a_moment_that_comes_is_told_once_and_the_next_one_asked_for(moments, clock, passed):
    moments.next = clock() + SOON
    moments.arm()
    await until(lambda: moments.asked)
    clock.now += SOON
    moments.next = None
    await until(lambda: passed)
    await until(lambda: moments.asked == 2)

    assert passed == [clock()]


async def test_a_moment_that_has_not_come_by_the_clock_is_waited_for(moments, clock, passed):
    moments.next = clock() + SOON
    moments.arm()
    await asyncio.sleep(0)
    clock.now -= SOON  # the clock was set back
    await until(lambda: moments.asked)
    assert passed == []
    clock.now += 2 * SOON
    moments.next = None
    await until(lambda: passed)


async def test_news_take_the_place_of_what_was_waited_for(moments, clock, passed):
    moments.next = clock() + SOON
    moments.arm()
    await until(lambda: moments._waiting)
    before = moments._waiting
    moments.next = None
    moments.arm()
    await until(lambda: moments.asked == 2)

    assert before.cancelled()
    assert (moments._waiting, passed) == (None, [])


async def test_nothing_is_waited_for_once_it_is_stopped(moments, clock):
    moments.next = clock() + SOON
    moments.arm()
    await until(lambda: moments._waiting)
    waiting = moments._waiting
    moments.stop()
    assert waiting.cancelled()

    moments.arm()
    moments.stop()
    await asyncio.sleep(0)
    assert (moments._waiting, moments.asked) == (None, 1)


async def test_a_day_without_duties_waits_for_the_bell_alone(moments, duties, clerk, clock, owe):
    assert await duties.next_moment(clerk) is None
    await owe(minutes=5)

    assert await duties.next_moment(clerk) == clock() + timedelta(minutes=1)
