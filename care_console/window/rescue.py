"""Opening the records, and asking a person where they do not open by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from care_console import services as records
from care_console.base.clock import utc_now
from care_console.base.errors import CareError
from care_console.safekeeping.pane import DamagePage, UnlockPage, brought_words
from care_console.safekeeping.service import bring_back
from care_console.services import Services
from care_console.settings.declared import BadOptions
from care_console.settings.home import Home
from care_console.settings.keys import KeyLost
from care_console.store import Copy, Damaged
from care_console.window.frame import MainWindow

Restoring = Callable[[], str]  # what is done between two windows; it returns what to tell


async def opened_records(
    window: MainWindow, home: Home, closed: asyncio.Event, told: list[str]
) -> Services:
    """Return the services; a key that is lost is asked for, and damage mended as is chosen.

    What is to be told once the desk is there goes into ``told``. Raises what hindered it where
    the window was closed instead.
    """
    key: bytes | None = None
    while True:
        try:
            return await records.furnish(home, utc_now, key)
        except KeyLost as trouble:
            asking = UnlockPage(home, str(trouble))
            answer = await _answer(window, asking, asking.opened, asking.left, closed)
            if answer is None:
                raise
            key = answer
        except Damaged as trouble:
            page = DamagePage(home, trouble, _locale(home), key)
            answer = await _answer(window, page, page.brought, page.left, closed)
            if answer is None:
                raise
            told.append(answer)


def restoring(home: Home, key: bytes, copy: Copy) -> Restoring:
    """Return what brings a backup back, once nobody has the records open."""

    def act() -> str:
        try:
            return brought_words(bring_back(home, key, copy), _locale(home))
        except CareError as trouble:
            return str(trouble)

    return act


async def _answer(
    window: MainWindow,
    page: QWidget,
    given: SignalInstance,
    left: SignalInstance,
    closed: asyncio.Event,
) -> Any:
    """Show a page alone; return what was given, or None if the window was closed instead."""
    answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    given.connect(lambda value: None if answer.done() else answer.set_result(value))
    left.connect(window.close)
    window.show_alone(page)
    leaving = asyncio.create_task(closed.wait())
    await asyncio.wait((answer, leaving), return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    return answer.result() if answer.done() else None


def _locale(home: Home) -> str:
    with suppress(BadOptions):
        return home.desk().language
    return "en_GB"
