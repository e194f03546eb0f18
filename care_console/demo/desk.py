"""The demonstration's desk: a throw-away home, and a telephone that rings by a script."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from care_console.base.clock import utc_now
from care_console.base.command import Clerk
from care_console.base.errors import CareError
from care_console.demo.script import Put, Sample, read_sample
from care_console.lines.instance import Instance
from care_console.lines.line import Can
from care_console.lines.pretend import PretendLine
from care_console.services import Services
from care_console.settings.home import DEMO, Home

if TYPE_CHECKING:
    from care_console.demo.guide import Guide
    from care_console.window.furniture import Furniture

PREFIX = "care-console-demo-"
FIRST_RING_S = 3.0
UNSAVED = 2


class Demonstration:
    """Fills the desk with the sample, and lets its telephone ring."""

    def __init__(self, sample: Sample, *, draws: bool = False) -> None:
        """``draws``: there is no display, so that it rings once, for a picture."""
        self.draws = draws
        self.went_well = True
        self.sample = sample
        main, dials = sample.called_number("main"), frozenset({Can.DIAL})
        self.line = PretendLine(utc_now, "pretend", called=main, can=dials)
        self._script = cycle(sample.rings)
        self._call_id = ""
        self._put: Put | None = None
        self.whole = False
        """Whether all that was done before is in the records, too."""
        self.guide: Guide | None = None

    async def fill(self, services: Services) -> Clerk:
        """Put the sample into empty records; return who sits at the desk."""
        from care_console.demo.sample import put_sample

        self._put = await put_sample(services, self.sample)
        return self._put.clerk

    def begin(self, furniture: Furniture) -> None:
        """Ring for the first time in a moment, and lead from there through the call."""
        if self.draws:
            from care_console.demo.picture import draw

            draw(furniture, self)
        else:
            self.lead(furniture)
            asyncio.get_running_loop().call_later(FIRST_RING_S, self.ring)

    def lead(self, furniture: Furniture) -> None:
        """Show the guide, and do meanwhile what was done before the sample was opened."""
        from care_console.demo.guide import Guide
        from care_console.demo.seats import bind_seats

        furniture.flow.errands.do("past", self.put_past(furniture.services))
        self.guide = Guide(furniture, self._pins())
        if self._put is not None:
            bind_seats(furniture, self.sample, self._put)

    async def put_past(self, services: Services) -> None:
        """Do what was done before for customers who were let down: no paint waits for it."""
        from care_console.demo.care import put_care, set_pins

        if self._put is not None:
            await put_care(services, self.sample, self._put)
            await set_pins(services, self.sample, self._put.cards)
        self.whole = True

    def _pins(self) -> dict[str, str]:
        """Return the PINs that are no secret here, by names."""
        cards = self.sample.cards
        return {
            f"{cards[key]['given']} {cards[key]['family']}": pin
            for key, pin in self.sample.pins.items()
        }

    def ring(self) -> None:
        """Hang up on whoever rings, and let the next one of the script ring."""
        if self._call_id:
            self.line.end(self._call_id)
        said = next(self._script)
        self._call_id = self.line.ring(
            said.get("number"),
            said.get("name", ""),
            called_line=self.sample.called_number(said["called"]),
            withheld=said.get("withheld", False),
        )

    def hang_up(self) -> None:
        """Let the caller hang up."""
        if self._call_id:
            self.line.end(self._call_id)
            self._call_id = ""


def main() -> int:
    """Show the console with the sample, in a home that goes at the end; return the exit status."""
    from care_console import app

    draws = sys.platform == "linux" and not _has_display()
    if draws:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    demonstration = Demonstration(read_sample(), draws=draws)
    with throw_away_home() as home:
        status = app.main(home, demonstration)
    return status if demonstration.went_well else UNSAVED


@contextmanager
def throw_away_home() -> Iterator[Home]:
    """Give a home that is removed at the end; those that a crash left behind go first."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        _remove_stale(left)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    (folder / DEMO).touch()
    try:
        yield Home.at(folder, create=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_stale(folder: Path) -> None:
    """Remove a home of ours that nobody has open."""
    with suppress(OSError, CareError):
        ours = not folder.is_symlink() and folder.stat().st_uid == _uid()
        if not ours or not (folder / DEMO).is_file():
            return
        instance = Instance.take(folder)
        if instance is not None:
            instance.release()
            shutil.rmtree(folder, ignore_errors=True)


def _uid() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
