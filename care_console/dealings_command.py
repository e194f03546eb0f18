"""Taking in orders, invoices, quotes, contracts and visits without a window."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from care_console.base.errors import CareError
from care_console.base.words import N_, _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.exchange.rules.dealing_rows import Asked
    from care_console.exchange.service.dealings import DealingReport
    from care_console.settings.home import Home

UNREADABLE = 2
MARKS = {"point": ".", "comma": ","}


class NoHome(CareError):
    """There is nothing yet to compare with."""


def add_dealings(
    acts: _SubParsersAction[ArgumentParser],
    everywhere: ArgumentParser,
    country: Callable[[str], str],
) -> None:
    """Add ``dealings`` to the acts of the command line; ``country`` checks one that was named."""
    act = acts.add_parser(
        "dealings",
        parents=[everywhere],
        help=_("take in orders, invoices, quotes, contracts and visits: CSV files"),
    )
    act.add_argument("files", metavar="FILE", type=Path, nargs="+")
    act.add_argument(
        "--kind",
        choices=("order", "invoice", "quote", "contract", "visit"),
        default="",
        help=_("what they are, where the file does not say it"),
    )
    act.add_argument("--decimal", choices=tuple(MARKS), default="", help=_("before the pence"))
    act.add_argument(
        "--dates", choices=("day", "month"), default="", help=_("which comes first in 03/04")
    )
    act.add_argument("--country", metavar="CC", default="", help=_("of numbers that name none"))
    act.add_argument("--dry-run", action="store_true", default=False, help=_("keep nothing"))
    act.add_argument("--json", action="store_true", default=False, help=_("one object at the end"))
    act.set_defaults(act=partial(take_in, country=country))


def take_in(asked: Namespace, country: Callable[[str], str]) -> int:
    """Take in the files; return 0, 1 if some rows were not taken, 2 if a file is unreadable."""
    from care_console.cards.rules.dealings import DealingKind
    from care_console.exchange.rules.dealing_rows import Asked
    from care_console.settings.home import Home

    said = Asked(
        DealingKind(asked.kind) if asked.kind else None, MARKS.get(asked.decimal), asked.dates
    )
    named = country(asked.country)
    home = Home.at(asked.home, create=True)
    if home.new and asked.dry_run:
        raise NoHome(N_("There is no home yet to compare the files with."))
    report = asyncio.run(_take_in(home, asked, said, named))
    told = json.dumps(report.as_object(), ensure_ascii=False) if asked.json else report.as_words()
    sys.stdout.write(f"{told}\n")
    if report.unreadable:
        return UNREADABLE
    return 1 if report.skipped else 0


async def _take_in(home: Home, asked: Namespace, said: Asked, country: str) -> DealingReport:
    from care_console.base.clock import utc_now
    from care_console.lines.push import NOBODY, find
    from care_console.services import furnish

    services = await furnish(home, utc_now)
    try:
        return await services.dealing_files.take_in(
            asked.files,
            asked=said,
            country=country,
            dry_run=asked.dry_run,
            alone=lambda: services.store.on_file and find(str(home.folder)) == NOBODY,
        )
    finally:
        await services.store.close()
