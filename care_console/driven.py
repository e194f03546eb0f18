"""A command that a window drives: told what to do on standard input, telling line by line."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import UUID

from care_console.base.command import Clerk, Command
from care_console.base.words import use
from care_console.lines.push import NOBODY, find

if TYPE_CHECKING:
    from care_console.exchange.rules.reading import Reading
    from care_console.exchange.service import Double, Skipped
    from care_console.settings.home import Home

MOST_MENDED = 1_000  # rows that one mends by hand, and doubles that one looks at
TOLD_S = 0.1  # between two lines on how far it is


@dataclass(slots=True)
class Driven:
    """Who drives, what was handed over, and whether it shall stop."""

    home: Home
    asked: Mapping[str, Any] = field(default_factory=dict, repr=False)
    driver: bool = False
    _end: threading.Event = field(default_factory=threading.Event)
    _begun: float = field(default_factory=monotonic)
    _told: float = 0.0
    _rows: int = 0
    _doubles: int = 0

    @classmethod
    def by_nobody(cls, home: Home) -> Driven:
        """Return one that has nothing to tell."""
        return cls(home)

    @classmethod
    def by_window(cls, home: Home) -> Driven:
        """Read the first line of standard input, one object, and watch for its end.

        In it are the ``key`` of the records, the ``clerk`` and the ``command``, and how the file
        is to be read: nothing of that stands in a list of processes.
        """
        asked = json.loads(sys.stdin.readline() or "{}")
        driven = cls(home, asked, driver=True)
        threading.Thread(target=driven._watch, name="end of input", daemon=True).start()
        from care_console.base.resources import resource

        use([str(asked.get("language", ""))], resource("translations"))
        return driven

    @property
    def key(self) -> bytes | None:
        """The key of the records, if it was handed over."""
        return bytes.fromhex(self.asked["key"]) if self.asked.get("key") else None

    def command(self) -> Command | None:
        """Return what the clerk at the window does, if there is one."""
        if "command" not in self.asked:
            return None
        clerk = self.asked["clerk"]
        return Command(
            UUID(self.asked["command"]), Clerk(clerk["name"], clerk["role"], clerk["card_id"])
        )

    def reading(self) -> Reading:
        """Return how the file is to be read."""
        from care_console.exchange.rules.reading import Reading

        return Reading(
            encoding=self.asked.get("encoding", ""),
            separator=self.asked.get("separator", ""),
            columns=_by_number(self.asked.get("columns", {})),
            mended=_by_number(self.asked.get("mended", {})),
        )

    def doubles(self) -> dict[int, int]:
        """Return what was decided of doubles, by the row."""
        return _by_number(self.asked.get("doubles", {}))

    def alone(self) -> bool:
        """Return whether no console is open that would have to wait."""
        return not self.driver and find(str(self.home.folder)) == NOBODY

    def stopped(self) -> bool:
        """Return whether standard input was closed."""
        return self._end.is_set()

    def told(self, counts: Mapping[str, int]) -> None:
        """Tell how far it is, with the rows a second, not too often."""
        now = monotonic()
        if self.driver and now - self._told >= TOLD_S:
            self._told = now
            rate = round(counts.get("read", 0) / max(now - self._begun, 0.001))
            self.tell({**counts, "rate": rate})

    def skipped(self, each: Skipped) -> None:
        """Tell of a row that was not taken; of the first ones with the cells."""
        if self.driver:
            self._rows += 1
            cells = list(each.cells) if self._rows <= MOST_MENDED else []
            self.tell({"row": each.row, "file": each.file, "why": each.why, "cells": cells})

    def double(self, each: Double) -> None:
        """Tell of a row that speaks of somebody who is there, for the first ones."""
        self._doubles += 1
        if self.driver and self._doubles <= MOST_MENDED:
            said = {"card_id": each.card_id, "name": each.name, "said": dict(each.said)}
            self.tell({"double": each.row, **said})

    def tell(self, words: Mapping[str, Any]) -> None:
        """Write one object in one line; where nobody reads any more, stop."""
        try:
            sys.stdout.write(json.dumps(words) + "\n")
            sys.stdout.flush()
        except OSError:
            self._end.set()
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115  (until the process ends)

    def _watch(self) -> None:
        while sys.stdin.readline():
            continue
        self._end.set()


def _by_number(said: Mapping[str, Any]) -> dict[int, Any]:
    return {int(number): each for number, each in said.items()}
