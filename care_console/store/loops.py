"""What the store's threads say to the loop of the window."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from care_console.base.errors import CareError

T = TypeVar("T")


def soon(loop: asyncio.AbstractEventLoop, call: Callable[[T], None], value: T) -> None:
    """Call it in the loop's thread, if that still runs."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call, value)


def report(sent: asyncio.Future[Any]) -> None:
    """Report the bug in a unit whose caller is gone; its hindrances concern nobody any more."""
    error = sent.exception()
    if error is not None and not isinstance(error, CareError):
        sys.excepthook(type(error), error, error.__traceback__)
