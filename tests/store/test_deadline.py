"""Tests of an answer that is not waited for longer than it may take."""

import asyncio

import pytest
from PySide6.QtWidgets import QWidget

from care_console.kit import Errands
from care_console.store.deadline import in_time


async def test_what_comes_in_time_is_returned_or_raised():
    loop = asyncio.get_running_loop()
    good, bad = loop.create_future(), loop.create_future()
    loop.call_soon(good.set_result, 7)
    loop.call_soon(bad.set_exception, KeyError("gone"))

    assert await in_time(good, 10) == 7
    with pytest.raises(KeyError):
        await in_time(bad, 10)


async def test_what_comes_late_is_called_off():
    never = asyncio.get_running_loop().create_future()

    with pytest.raises(TimeoutError):
        await in_time(never, 0)
    assert never.cancelled()


async def test_it_may_be_begun_by_a_key_outside_of_any_task(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    loop, answers = asyncio.get_running_loop(), asyncio.Queue()
    asked, errands = loop.create_future(), Errands(widget)

    async def look():
        answers.put_nowait(await in_time(asked, 10))

    loop.call_soon(errands.look_now, "look", look())
    loop.call_soon(asked.set_result, "found")

    assert await answers.get() == "found"
