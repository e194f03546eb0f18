"""Keeping the options of a desk while its window goes on."""

import asyncio
from typing import Any

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.settings.home import Home
from care_console.settings.options import Desk


class NotKept(CareError):
    """An option could not be written."""


class DeskOptions:
    """Writes one change after the other, beside the loop: another program may have the file."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._turn = asyncio.Lock()

    async def change(self, **options: Any) -> Desk:
        """Keep other ``options``, and return them all. Raises BadOptions and NotKept."""
        async with self._turn:
            try:
                return await asyncio.to_thread(self._home.change, **options)
            except OSError as error:
                file = self._home.desk_file.name
                words = N_("{file} cannot be written: {why}")
                raise NotKept(words, file=file, why=error.strerror or error) from error
