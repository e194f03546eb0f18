"""What the command line can do besides ringing, and how its words are understood."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from getpass import getpass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from care_console.base.clock import utc_now
from care_console.base.errors import CareError
from care_console.base.words import _
from care_console.calls_command import add_calls
from care_console.check_command import add_check
from care_console.dealings_command import add_dealings
from care_console.exchange_command import add_export, add_import, country_of
from care_console.lines.line import CallEvent, Event
from care_console.lines.push import default_home
from care_console.lines_command import add_lines
from care_console.person_command import add_person
from care_console.safe_commands import add_safe

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.services import Services
    from care_console.settings.home import Home

UNREADABLE = 2


def run(words: Sequence[str]) -> int:
    """Do what ``words`` ask for; return the exit status, which is 2 after a hindrance."""
    asked = Namespace(act=open_window, home=Path(default_home()), demo=False, database="")
    parser().parse_args(words, asked)
    try:
        return int(asked.act(asked) or 0)
    except CareError as trouble:
        sys.stderr.write(f"{trouble}\n")
        return UNREADABLE


def parser() -> ArgumentParser:
    """Return the parser. What is not given is left as it is, so ``--home`` may stand anywhere."""
    everywhere = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    everywhere.add_argument(
        "--home",
        metavar="DIR",
        type=Path,
        help=_("where everything is kept (else CARE_CONSOLE_HOME)"),
    )
    top = ArgumentParser("care-console", parents=[everywhere], argument_default=SUPPRESS)
    top.add_argument(
        "--demo", action="store_true", help=_("a throw-away desk with sample people and calls")
    )
    top.add_argument(
        "--database",
        metavar="URL",
        help=_("the server that several desks share; its password is read from standard input"),
    )
    acts = top.add_subparsers(title=_("without a window"), metavar="COMMAND")
    add_import(acts, everywhere)
    add_export(acts, everywhere)
    _add_lookup(acts, everywhere)
    add_dealings(acts, everywhere, country_of)
    add_check(acts, everywhere)
    add_safe(acts, everywhere)
    add_person(acts, everywhere)
    add_lines(acts, everywhere)
    add_calls(acts, everywhere)
    acts.add_parser("ring", help=_("tell the running console who calls (ring --help for more)"))
    return top


def _add_lookup(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    act = acts.add_parser("lookup", parents=[everywhere], help=_("tell who has these numbers"))
    act.add_argument("numbers", metavar="NUMBER", nargs="+", help=_("or - to read one a line"))
    act.add_argument("--country", metavar="CC", default="", help=_("of numbers that name none"))
    act.add_argument("--json", action="store_true", default=False, help=_("one object a line"))
    act.set_defaults(act=look_up)


def open_window(asked: Namespace) -> int:
    """Open the window; a missing or empty folder becomes a home."""
    if asked.demo:
        from care_console.demo import desk

        return desk.main()
    from care_console.settings.home import Home

    home = Home.at(asked.home, create=True)
    if asked.database:
        _share(home, asked.database)
        home = Home.at(asked.home)
    from care_console import app  # Qt, which no other act wants

    return app.main(home)


def _share(home: Home, database: str) -> None:
    """Make a home whose records are on a server, or keep another password for it.

    Raises what ``open_home`` raises, and then makes nothing.
    """
    import care_console.services  # noqa: F401  (all records that there are)
    from care_console.settings.opening import open_home

    opened = open_home(home, database, _password())
    asyncio.run(opened.store.close())


def _password() -> str:
    """Return the server's password, which stands in no list of processes and in no history."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return getpass(_("Password of the database (empty: none is needed): "))
    return sys.stdin.readline().rstrip("\r\n")


def look_up(asked: Namespace) -> int:
    """Write a line for each number: who has it."""
    from care_console.settings.home import Home

    country = country_of(asked.country)
    return asyncio.run(_look_up(Home.at(asked.home), asked.numbers, country, as_json=asked.json))


async def _look_up(home: Home, numbers: list[str], country: str, *, as_json: bool) -> int:
    from care_console.services import furnish

    services = await furnish(home, utc_now)
    try:
        if country:  # for this process alone: nothing of it is kept
            services.settings.company = replace(services.settings.company, country=country)
        for number in _each(numbers):
            told = await _who(services, number)
            line = json.dumps(told, ensure_ascii=False) if as_json else _as_words(told)
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    finally:
        await services.store.close()
    return 0


async def _who(services: Services, raw: str) -> dict[str, Any]:
    """Return who has the number, and how long the records took to answer, in milliseconds."""
    event = CallEvent(kind=Event.RINGING, call_id="", line="", at=utc_now(), number=raw)
    started = perf_counter()
    found = await services.rings.caller(event)
    elapsed_ms = (perf_counter() - started) * 1000
    briefs = await services.cards.briefs([each.headline.id for each in found.candidates])
    cards = [
        {
            "id": brief.id,
            "name": brief.name,
            "groups": list(brief.groups),
            "company": brief.company,
            "numbers": list(brief.numbers),
        }
        for brief in briefs
    ]
    return {
        "number": found.number.e164 or found.number.internal or raw,
        "match": str(found.match),
        "cards": cards,
        "elapsed_ms": round(elapsed_ms, 3),
    }


def _as_words(told: dict[str, Any]) -> str:
    names = ", ".join(card["name"] for card in told["cards"])
    return f"{told['number']}  {told['match']}  {names or _('on no card')}"


def _each(numbers: Sequence[str]) -> Iterator[str]:
    for number in numbers:
        if number == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield number
