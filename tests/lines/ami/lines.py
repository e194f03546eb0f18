"""An Asterisk line in a test: what it tells is collected, and it is closed in the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from care_console.lines.ami.calls import Place
from care_console.lines.ami.client import Way
from care_console.lines.ami.line import AmiLine, Pace
from tests.lines.ami.pretend import SECRET, PretendAsterisk
from tests.lines.opened import Open

DESK = Place("PJSIP/201")
QUICK = Pace(shown_s=30.0, first_s=0.01, longest_s=0.02, chance=lambda: 0.0)


@asynccontextmanager
async def connected(
    asterisk: PretendAsterisk, clock, place=DESK, context="", pace=QUICK, **way
) -> AsyncIterator[Open]:
    """A line to ``asterisk``, which may not have connected yet."""
    account = replace(Way("127.0.0.1", asterisk.port, "care", SECRET), **way)
    opened = Open(AmiLine("pbx", account, place, clock, context, pace))
    try:
        yield opened
    finally:
        await opened.end()
