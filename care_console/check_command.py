"""Telling, without a window, whether the journal is what was written."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from care_console.base.words import _, ngettext

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.journal.rules import Findings
    from care_console.settings.home import Home


def add_check(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``check`` to the acts of the command line."""
    act = acts.add_parser(
        "check", parents=[everywhere], help=_("tell whether the journal is what was written")
    )
    act.add_argument("--json", action="store_true", default=False, help=_("one object"))
    act.add_argument(
        "--accept",
        action="store_true",
        default=False,
        help=_("after looking at what was found: count from here on"),
    )
    act.set_defaults(act=check)


def check(asked: Namespace) -> int:
    """Write what was found; return 0, or 1 if something is not what was written."""
    from care_console.settings.home import Home

    found = asyncio.run(_look(Home.at(asked.home), accept=asked.accept))
    told = json.dumps(_as_object(found), ensure_ascii=False) if asked.json else _as_words(found)
    sys.stdout.write(f"{told}\n")
    return 1 if found.faults else 0


async def _look(home: Home, *, accept: bool) -> Findings:
    import care_console.services  # noqa: F401  (all records that there are)
    from care_console.base.clock import utc_now
    from care_console.journal.service import Journal
    from care_console.settings.opening import open_home

    opened = open_home(home)
    try:
        journal = Journal(opened.store, utc_now, opened.desk.origin, opened.seal)
        found = await journal.check()
        if accept:
            await journal.accept(found)
        return found
    finally:
        await opened.store.close()


def _as_object(found: Findings) -> dict[str, Any]:
    return {
        "whole": not found.faults,
        "chains": [
            {
                "origin": each.origin,
                "entries": each.entries,
                "keyed": each.keyed,
                "witnessed": each.witnessed,
            }
            for each in found.chains
        ],
        "faults": [
            {"origin": each.origin, "number": each.number, "trouble": str(each.trouble)}
            for each in found.faults
        ],
    }


def _as_words(found: Findings) -> str:
    from care_console.journal.rules import TROUBLE_WORDS

    lines = [
        _("{origin}, entry {number}: {words}").format(
            origin=each.origin or "–", number=each.number, words=_(TROUBLE_WORDS[each.trouble])
        )
        for each in found.faults
    ]
    entries = sum(each.entries for each in found.chains)
    whole = ngettext(
        "The journal is what was written: {n} entry.",
        "The journal is what was written: {n} entries.",
        entries,
    )
    lines += [] if found.faults else [whole.format(n=entries)]
    lines += [
        _(
            "{origin}: {n} entries of another desk, checked as far as this desk has seen them."
        ).format(origin=each.origin, n=each.entries)
        for each in found.chains
        if not each.keyed
    ]
    return "\n".join(lines)
