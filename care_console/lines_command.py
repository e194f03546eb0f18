"""Setting up the telephone lines of a desk without a window."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from getpass import getpass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from care_console.base.errors import CareError
from care_console.base.words import N_, _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.base.command import Command
    from care_console.lines.setup import LineKind, Setup, Step
    from care_console.settings.home import Home
    from care_console.settings.line_tables import SetUp
    from care_console.settings.telephone import Telephone

NOT_GOOD = 1


class Misused(CareError):
    """What was typed is not how a line is set up."""


def add_lines(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``lines`` to the acts of the command line."""
    act = acts.add_parser(
        "lines",
        parents=[everywhere],
        help=_("list, add, change, remove or test the telephone lines of this desk"),
    )
    deeds = act.add_subparsers(metavar="DEED")
    _add_deed(
        deeds, everywhere, "list", list_lines, _("what is set up, and what is not understood")
    )
    _add_deed(deeds, everywhere, "kinds", list_kinds, _("which kinds there are, and their options"))
    _add_setting_up(deeds, everywhere)
    for deed, run, words in (
        ("remove", remove_line, _("take a line and its password away")),
        ("test", test_line, _("try a line, step by step; ends with 0 if it works, 1 if not")),
    ):
        _add_deed(deeds, everywhere, deed, run, words).add_argument("name", metavar="NAME")
    _add_links(deeds, everywhere)
    act.add_argument("--json", action="store_true", default=False, help=_("one object a line"))
    act.set_defaults(act=list_lines)


def _add_setting_up(deeds: Any, everywhere: ArgumentParser) -> None:
    add = _add_deed(deeds, everywhere, "add", add_line, _("set up a line"))
    add.add_argument("kind", metavar="KIND", help=_("as “lines kinds” lists them"))
    add.add_argument("name", metavar="NAME", help=_("as you call it; it stands in the call log"))
    words = _("as “lines kinds” lists them; a password is asked for, or comes by standard input")
    add.add_argument("options", metavar="KEY=VALUE", nargs="*", default=[], help=words)
    change = _add_deed(deeds, everywhere, "change", change_line, _("set up a line in another way"))
    change.add_argument("name", metavar="NAME")
    words = _("what is to be another; KEY= takes an option away")
    change.add_argument("options", metavar="KEY=VALUE", nargs="*", default=[], help=words)
    words = _("there is another one: it is asked for, or comes by standard input")
    change.add_argument("--password", action="store_true", default=False, help=words)


def _add_links(deeds: Any, everywhere: ArgumentParser) -> None:
    links = _add_deed(deeds, everywhere, "links", turn_links, _("let tel: links come here"))
    words = _("let them come here, or give them back; without it, tell where they go")
    links.add_argument("turn", nargs="?", choices=("take", "leave"), default=None, help=words)


def _add_deed(
    deeds: Any, everywhere: ArgumentParser, name: str, act: Any, words: str
) -> ArgumentParser:
    from argparse import SUPPRESS

    deed: ArgumentParser = deeds.add_parser(
        name, parents=[everywhere], help=words, argument_default=SUPPRESS
    )
    deed.add_argument("--json", action="store_true", default=SUPPRESS, help=_("one object a line"))
    deed.set_defaults(act=act)
    return deed


def list_lines(asked: Namespace) -> int:
    """Write a line for each telephone line; return 0, or 1 if one is not understood."""

    async def run(telephone: Telephone, _command: Command) -> int:
        troubles = 0
        for line in await telephone.lines():
            why = await telephone.trouble_of(line)
            troubles += bool(why)
            _write(_as_object(line, why) if asked.json else _as_words(line, why))
        return NOT_GOOD if troubles else 0

    return asyncio.run(_with(asked, run))


def list_kinds(asked: Namespace) -> int:
    """Write which kinds of lines there are, and what each wants to be told; return 0."""

    async def run(telephone: Telephone, _command: Command) -> int:
        for kind in await telephone.kinds():
            _write(_kind_object(kind) if asked.json else _kind_words(kind))
        return 0

    return asyncio.run(_with(asked, run))


def add_line(asked: Namespace) -> int:
    """Set up a line; return 0. Raises CareError."""

    async def run(telephone: Telephone, command: Command) -> int:
        from care_console.lines.setup import Setup

        kind = await telephone.kind(asked.kind)
        options = _options(asked.options, kind)
        secret = _secret() if _wants_secret(kind) else ""
        name = await telephone.add(command, Setup(asked.name, kind.name, options, secret))
        return _done(asked, name, _("“{name}” added").format(name=name))

    return asyncio.run(_with(asked, run))


def change_line(asked: Namespace) -> int:
    """Set up a line in another way; return 0. Raises CareError."""

    async def run(telephone: Telephone, command: Command) -> int:
        from care_console.lines.setup import Setup
        from care_console.settings.line_tables import place

        lines = await telephone.lines()
        was = lines[place(lines, asked.name)]
        said = _options(asked.options, await telephone.kind(was.kind))
        name = said.pop("name", was.name)
        kept = {key: each for key, each in {**was.options, **said}.items() if each}
        setup = Setup(name, was.kind, kept, _secret() if asked.password else "")
        changed = await telephone.change(
            command, was.name, setup, new_secret=asked.password, was=was
        )
        return _done(asked, changed.name, _("“{name}” changed").format(name=changed.name))

    return asyncio.run(_with(asked, run))


def remove_line(asked: Namespace) -> int:
    """Set up a line no longer; return 0. Raises CareError."""

    async def run(telephone: Telephone, command: Command) -> int:
        gone = await telephone.remove(command, asked.name)
        return _done(asked, gone.name, _("“{name}” removed").format(name=gone.name))

    return asyncio.run(_with(asked, run))


def test_line(asked: Namespace) -> int:
    """Try a line as it is set up; return 0 if it works, 1 if not. Raises CareError."""

    async def run(telephone: Telephone, command: Command) -> int:
        from care_console.settings.line_tables import place

        lines = await telephone.lines()
        line = lines[place(lines, asked.name)]
        good: bool | None = False
        secret_of = line.name if line.secret_id else ""
        async for step in telephone.trial(command, _as_setup(line), secret_of=secret_of):
            good = step.good
            _write(_step_object(step) if asked.json else _step_words(step))
        return 0 if good else NOT_GOOD

    return asyncio.run(_with(asked, run))


def turn_links(asked: Namespace) -> int:
    """Take telephone links of this computer or give them back; tell how it is then; return 0.

    Raises CareError.
    """

    async def run(telephone: Telephone, command: Command) -> int:
        if asked.turn == "take":
            await telephone.take_links(command)
        elif asked.turn == "leave":
            await telephone.leave_links(command)
        here = await telephone.has_links()
        words = _("Telephone links come here.") if here else _("Telephone links go elsewhere.")
        _write({"links": here} if asked.json else words)
        return 0

    return asyncio.run(_with(asked, run))


async def _with(asked: Namespace, run: Any) -> int:
    from care_console.settings.home import Home

    async with _telephone(Home.at(asked.home)) as (telephone, command):
        return int(await run(telephone, command))


@asynccontextmanager
async def _telephone(home: Home) -> AsyncIterator[tuple[Telephone, Command]]:
    """Give the service over the records of a home, and what the first clerk does with it."""
    from care_console.base.clock import utc_now
    from care_console.base.command import Clerk, Command
    from care_console.services import furnish

    services = await furnish(home, utc_now)
    try:
        clerk = await services.staff.clerk() or Clerk("", "")
        yield services.telephone(home), Command(uuid4(), clerk)
    finally:
        await services.store.close()


def _as_setup(line: SetUp) -> Setup:
    if line.trouble:
        raise Misused(N_("{name}: {trouble}"), name=line.name, trouble=line.trouble)
    return line.with_secret("")


def _options(said: Sequence[str], kind: LineKind) -> dict[str, str]:
    """Return the options as they were typed; a password is never one of them. Raises Misused."""
    from care_console.lines.setup import Kind

    secrets = {each.key for each in kind.fields if each.kind is Kind.SECRET}
    options = {}
    for each in said:
        key, equals, value = each.partition("=")
        if key in secrets:
            raise Misused(
                N_(
                    "A password is no argument: whoever looks at the list of programs would read "
                    "it. It is asked for, or read from standard input."
                )
            )
        if not equals or not key:
            raise Misused(N_("“{said}” is not KEY=VALUE."), said=each[:40])
        options[key] = value
    return options


def _wants_secret(kind: LineKind) -> bool:
    from care_console.lines.setup import Kind

    return any(each.kind is Kind.SECRET for each in kind.fields)


def _secret() -> str:
    """Return what is typed, which stands in no list of programs and in no history."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return getpass(_("Password of the line (empty: none): "))
    return sys.stdin.readline().rstrip("\r\n")


def _done(asked: Namespace, name: str, words: str) -> int:
    _write({"line": name} if asked.json else words)
    return 0


def _as_object(line: SetUp, why: str) -> dict[str, Any]:
    return {
        "name": line.name,
        "kind": line.kind,
        "options": dict(line.options),
        "password": bool(line.secret_id),
        "trouble": why,
    }


def _as_words(line: SetUp, why: str) -> str:
    options = " ".join(f"{key}={value}" for key, value in line.options.items())
    return "  ".join(each for each in (line.name, line.kind, options, why) if each)


def _kind_object(kind: LineKind) -> dict[str, Any]:
    fields = [
        {
            "key": each.key,
            "title": _(each.title),
            "type": each.kind.value,
            "needed": each.needed,
            "default": each.default,
            "choices": [value for value, _title in each.choices],
        }
        for each in kind.fields
    ]
    return {"kind": kind.name, "title": _(kind.title), "options": fields}


def _kind_words(kind: LineKind) -> str:
    lines = [f"{kind.name}  {_(kind.title)}"]
    for each in kind.fields:
        choices = "|".join(value for value, _title in each.choices)
        said = (each.key, _(each.title), choices, _("needed") if each.needed else each.default)
        lines.append("  " + "  ".join(part for part in said if part))
    return "\n".join(lines)


def _step_object(step: Step) -> dict[str, Any]:
    return {"step": step.words, "good": step.good, "detail": step.detail}


def _step_words(step: Step) -> str:
    from care_console.base.names import clean

    mark = {None: "…", True: "✓", False: "✗"}[step.good]
    return "  ".join(each for each in (mark, step.words, clean(step.detail, 400)) if each)


def _write(said: dict[str, Any] | str) -> None:
    text = json.dumps(said, ensure_ascii=False) if isinstance(said, dict) else said
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
