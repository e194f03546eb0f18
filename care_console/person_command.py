"""Writing, without a window, all that is held on a person as one file for them."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from care_console.base.clock import utc_now
from care_console.base.command import Clerk, Command
from care_console.base.errors import CareError
from care_console.base.words import N_, _, ngettext

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.services import Services
    from care_console.settings.home import Home

LONGEST_CARD = 6  # digits; a longer row of them is a telephone number


class NobodyMeant(CareError):
    """No card, or more than one, is meant by what was typed."""


def add_person(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``person`` to the acts of the command line."""
    act = acts.add_parser(
        "person", parents=[everywhere], help=_("write all that is held on a person into a file")
    )
    act.add_argument("card", metavar="CARD-OR-NUMBER", help=_("the card's number, or theirs"))
    act.add_argument("file", metavar="FILE", type=Path, help=_("a ZIP: page, vCard and JSON"))
    act.add_argument("--json", action="store_true", default=False, help=_("one object"))
    act.set_defaults(act=person)


def person(asked: Namespace) -> int:
    """Write the file, and tell how much there is. Raises CareError."""
    from care_console.settings.home import Home

    told = asyncio.run(_take_out(Home.at(asked.home), asked.card, asked.file))
    count = int(told["rows"])
    rows = ngettext("{n} row written to {file}", "{n} rows written to {file}", count)
    words = rows.format(n=count, file=told["file"])
    sys.stdout.write((json.dumps(told) if asked.json else words) + "\n")
    return 0


async def _take_out(home: Home, typed: str, file: Path) -> dict[str, int | str]:
    from care_console.privacy.service.writing import write_out
    from care_console.services import furnish

    services = await furnish(home, utc_now)
    try:
        clerk = await services.staff.clerk() or Clerk("", "")
        card_id = await _meant(services, typed)
        command = Command(uuid4(), clerk)
        held, packed = await services.privacy.holding.file_of(command, card_id)
    finally:
        await services.store.close()
    write_out(file, packed)
    return {"card": held.card_id, "rows": held.count, "file": str(file)}


async def _meant(services: Services, typed: str) -> int:
    """Return the card that is meant: by its own number, or by a telephone number."""
    if typed.isdecimal() and len(typed) <= LONGEST_CARD:
        return int(typed)
    found = {each.brief.id for each in await services.search.find(typed)}
    if len(found) != 1:
        raise NobodyMeant(
            N_("{count} cards are found by “{typed}”. Name one by the number of its card."),
            count=len(found),
            typed=typed,
        )
    return found.pop()
