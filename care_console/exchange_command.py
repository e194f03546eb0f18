"""Taking address books in, and giving cards out, without a window or driven by one."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from care_console.base.clock import utc_now
from care_console.base.errors import CareError
from care_console.base.words import N_, _, ngettext
from care_console.driven import Driven

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.cards.rules import Group
    from care_console.exchange.service import Exports, Imports, Report, TakenBack
    from care_console.services import Services
    from care_console.settings.home import Home

    Run = Callable[[Services, Driven], Coroutine[Any, Any, int]]

SOME_LEFT, UNREADABLE = 1, 2
KINDER = 5  # niceness of what a window drives: the window comes first


class BadWords(CareError):
    """The command line asks for what there is not."""


def add_import(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``import`` to the acts of the command line."""
    act = acts.add_parser(
        "import", parents=[everywhere], help=_("take in address books: vCard and CSV files")
    )
    act.add_argument("files", metavar="FILE", type=Path, nargs="*")
    act.add_argument("--group", metavar="G", default="", help=_("the group of whoever has none"))
    act.add_argument("--country", metavar="CC", default="", help=_("of numbers that name none"))
    act.add_argument("--dry-run", action="store_true", default=False, help=_("keep nothing"))
    act.add_argument(
        "--undo", metavar="N", type=int, default=0, help=_("take back the import of this number")
    )
    _add_telling(act)
    act.set_defaults(act=import_files)


def add_export(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``export`` to the acts of the command line."""
    act = acts.add_parser(
        "export", parents=[everywhere], help=_("give cards out as a vCard or CSV file")
    )
    act.add_argument("file", metavar="FILE", type=Path)
    act.add_argument("--format", choices=("vcard", "csv"), default="", help=_("else by its name"))
    act.add_argument("--group", metavar="G", default="", help=_("only who is of this group now"))
    act.add_argument("--query", metavar="WORDS", default="", help=_("only who has these words"))
    _add_telling(act)
    act.set_defaults(act=export_cards)


def _add_telling(act: ArgumentParser) -> None:
    act.add_argument("--json", action="store_true", default=False, help=_("one object at the end"))
    act.add_argument(
        "--progress-json",
        action="store_true",
        default=False,
        help=_("an object a line as it goes on; it ends when standard input is closed"),
    )


def import_files(asked: Namespace) -> int:
    """Take in the files; return 0, 1 if some rows were not taken, 2 if a file is unreadable."""
    from care_console.settings.home import Home

    group, country = group_of(asked.group), country_of(asked.country)
    home = Home.at(asked.home, create=not asked.undo)
    if home.new and asked.dry_run:
        raise BadWords(N_("There is no home yet to compare the files with."))
    if not asked.files and not asked.undo:
        raise BadWords(N_("Name the files that are to be taken in."))

    async def run(services: Services, driven: Driven) -> int:
        if asked.undo:
            return await _take_back(services.taking_back, asked, driven)
        return await _take_in(services.imports, asked, group, country, driven)

    return _run(home, asked, run)


def export_cards(asked: Namespace) -> int:
    """Write the cards that are asked for; return 0, or 1 if it was stopped."""
    from care_console.settings.home import Home

    group = group_of(asked.group)

    async def run(services: Services, driven: Driven) -> int:
        return await _give_out(services.exports, asked, group, driven)

    return _run(Home.at(asked.home), asked, run)


def group_of(asked: str) -> Group | None:
    """Return the group of this name, or None for none. Raises BadWords."""
    from care_console.cards.rules import Group

    if not asked:
        return None
    try:
        return Group(asked)
    except ValueError as error:
        raise BadWords(
            N_("“{group}” is no group. There are {groups}."), group=asked, groups=", ".join(Group)
        ) from error


def country_of(asked: str) -> str:
    """Return a country of two letters, or nothing. Raises BadWords."""
    if asked and not (len(asked) == 2 and asked.isascii() and asked.isalpha()):
        raise BadWords(N_("“{country}” is no country of two letters, such as GB."), country=asked)
    return asked.upper()


def _run(home: Home, asked: Namespace, run: Run) -> int:
    if not asked.progress_json:
        return asyncio.run(_served(home, Driven.by_nobody(home), run))
    driven = Driven.by_window(home)
    if hasattr(os, "nice"):
        os.nice(KINDER)
    try:
        return asyncio.run(_served(home, driven, run))
    except CareError as trouble:
        driven.tell({"hindrance": str(trouble)})
        return UNREADABLE


async def _served(home: Home, driven: Driven, run: Run) -> int:
    from care_console.services import furnish

    services = await furnish(home, utc_now, key=driven.key)
    try:
        return await run(services, driven)
    finally:
        await services.store.close()


async def _take_in(
    imports: Imports, asked: Namespace, group: Group | None, country: str, driven: Driven
) -> int:
    from care_console.exchange.service import Watch, Wishes

    wishes = Wishes(group, country, asked.dry_run, driven.reading(), driven.doubles())
    watch = Watch(
        progress=lambda report: driven.told(report.counts()),
        skipped=driven.skipped,
        double=driven.double,
        alone=lambda: imports.store.on_file and driven.alone(),
        stop=driven.stopped,
    )
    report = await imports.take_in(asked.files, wishes, watch, driven.command())
    if not asked.progress_json:
        _write(report.as_object() if asked.json else report.as_words())
    else:
        driven.tell({"done": True, **report.counts(), **_ends(report)})
    if report.unreadable:
        return UNREADABLE
    return SOME_LEFT if report.skipped or report.cancelled else 0


def _ends(report: Report) -> dict[str, Any]:
    whole = [each for each in report.skipped if not each.row]
    return {
        "cancelled": report.cancelled,
        "runs": report.runs,
        "hindrances": [each.why for each in whole],
    }


async def _take_back(taking_back: Any, asked: Namespace, driven: Driven) -> int:
    def told(taken: TakenBack) -> None:
        driven.told({"read": taken.done, "total": taken.total})

    command = driven.command() or await first_clerk(taking_back.imports.staff)
    taken: TakenBack = await taking_back.take_back(
        command, asked.undo, progress=told, alone=driven.alone, stop=driven.stopped
    )
    ends = {"gone": taken.gone, "undone": taken.undone, "kept": taken.kept, "names": taken.names}
    if asked.progress_json:
        driven.tell({"done": True, **ends, "cancelled": taken.cancelled})
    else:
        _write(ends if asked.json else _taken_back_words(taken))
    return SOME_LEFT if taken.kept or taken.cancelled else 0


def _taken_back_words(taken: TakenBack) -> str:
    words = _("{gone} gone, {undone} as before, {kept} kept because they were changed since.")
    names = (f"  {name}" for _card_id, name in taken.names)
    first = words.format(gone=taken.gone, undone=taken.undone, kept=taken.kept)
    return "\n".join((first, *names))


async def _give_out(exports: Exports, asked: Namespace, group: Group | None, driven: Driven) -> int:
    from care_console.exchange.service import Format, Wanted

    by_name = Format.CSV if asked.file.suffix.lower() == ".csv" else Format.VCARD
    given = await exports.give_out(
        driven.command() or await first_clerk(exports.staff),
        asked.file,
        Format(asked.format) if asked.format else by_name,
        Wanted(group, asked.query),
        progress=lambda given: driven.told({"read": given.looked_at, "total": given.total}),
        stop=driven.stopped,
    )
    if asked.progress_json:
        driven.tell({"done": True, "count": given.count, "cancelled": given.cancelled})
    else:
        words = ngettext("{n} card exported.", "{n} cards exported.", given.count)
        _write({"cards": given.count} if asked.json else words.format(n=given.count))
    return SOME_LEFT if given.cancelled else 0


async def first_clerk(staff: Any) -> Any:
    """Return what somebody does at the command line: the first clerk, as whoever has the key."""
    from uuid import uuid4

    from care_console.base.command import Clerk, Command

    return Command(uuid4(), await staff.clerk() or Clerk("", ""))


def _write(told: Any) -> None:
    words = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False)
    sys.stdout.write(f"{words}\n")
