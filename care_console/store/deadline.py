"""Waiting for an answer, but not for ever."""

import asyncio
from typing import TypeVar

T = TypeVar("T")


async def in_time(asked: asyncio.Future[T], seconds: float) -> T:
    """Return what ``asked`` gives. Raises what it raises, and TimeoutError after ``seconds``.

    ``asyncio.timeout`` would want a task: a pane begins its look-ups within a key, outside of any.
    """
    try:
        await asyncio.wait((asked,), timeout=seconds)
        if not asked.done():
            raise TimeoutError
        return asked.result()
    finally:
        asked.cancel()  # which does nothing to what is done
