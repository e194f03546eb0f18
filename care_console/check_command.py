"""Telling, without a window, whether the records are what was written, and safe."""

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
    from care_console.safekeeping.service import Safety
    from care_console.settings.home import Home


def add_check(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``check`` to the acts of the command line."""
    act = acts.add_parser(
        "check",
        parents=[everywhere],
        help=_("tell whether the records and the journal are what was written, and safe"),
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
    from care_console.store import Damaged

    try:
        found, safety = asyncio.run(_look(Home.at(asked.home), accept=asked.accept))
    except Damaged as trouble:
        said = {"whole": False, "damage": str(trouble.damage), "words": str(trouble)}
        _write(said if asked.json else str(trouble))
        return 1
    _write(
        _as_object(found, safety)
        if asked.json
        else "\n".join((_as_words(found), *_safety_words(safety)))
    )
    return 1 if found.faults or not safety.sound else 0


def _write(said: dict[str, Any] | str) -> None:
    text = json.dumps(said, ensure_ascii=False) if isinstance(said, dict) else said
    sys.stdout.write(f"{text}\n")


async def _look(home: Home, *, accept: bool) -> tuple[Findings, Safety]:
    import care_console.services  # noqa: F401  (all records that there are)
    from care_console.base.clock import utc_now
    from care_console.journal.service import Journal
    from care_console.safekeeping.service import look
    from care_console.settings.opening import open_home

    opened = open_home(home)
    try:
        journal = Journal(opened.store, utc_now, opened.desk.origin, opened.seal)
        found = await journal.check()
        if accept:
            await journal.accept(found)
        return found, look(opened.home, opened.secrets.records, utc_now())
    finally:
        await opened.store.close()


def _safety_words(safety: Safety) -> list[str]:
    """Return how safe the records are, a line for each thing."""
    from care_console.safekeeping.rules import size_words

    lines = [_("The file is damaged: {why}").format(why=each) for each in safety.faults]
    if not (safety.faults or safety.on_server):
        lines.append(_("Every page of the records is what was written."))
    lines.append(
        _("The key lies in a file beside the records, which is weaker than a keyring.")
        if safety.weaker
        else _("The key is in the keyring of this computer ({name}).").format(name=safety.backend)
    )
    if not safety.recoverable:
        lines.append(_("No recovery code is kept yet: without this computer the records are lost."))
    lines.append(_backup_words(safety))
    lines.append(_("Free on the disk: {size}.").format(size=size_words(safety.free)))
    return lines


def _backup_words(safety: Safety) -> str:
    if safety.last is None or safety.backup_age_s is None:
        return _("There is no backup yet.")
    words = (
        _("The last backup, {minutes} minutes ago, is whole.")
        if safety.last_whole
        else _("The last backup, {minutes} minutes ago, is not what was written.")
    )
    return words.format(minutes=round(safety.backup_age_s / 60))


def _as_object(found: Findings, safety: Safety) -> dict[str, Any]:
    chains = [
        {
            "origin": each.origin,
            "entries": each.entries,
            "keyed": each.keyed,
            "witnessed": each.witnessed,
        }
        for each in found.chains
    ]
    faults = [
        {"origin": each.origin, "number": each.number, "trouble": str(each.trouble)}
        for each in found.faults
    ]
    whole = not found.faults and safety.sound
    return {"whole": whole, "chains": chains, "faults": faults, **_safety_object(safety)}


def _safety_object(safety: Safety) -> dict[str, Any]:
    last = safety.last
    return {
        "records": {"sound": not safety.faults, "faults": list(safety.faults)},
        "key": {
            "place": safety.place,
            "backend": safety.backend,
            "weaker": safety.weaker,
            "recoverable": safety.recoverable,
        },
        "backups": {
            "count": safety.backups,
            "last": None if last is None else last.at.isoformat(),
            "age_s": safety.backup_age_s,
            "verified": safety.last_whole,
            "second_place": safety.second,
        },
        "free_bytes": safety.free,
    }


def _as_words(found: Findings) -> str:
    lines = _fault_words(found)
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


def _fault_words(found: Findings) -> list[str]:
    from care_console.journal.rules import TROUBLE_WORDS, Trouble

    lines = [
        _("{origin}, entry {number}: {words}").format(
            origin=each.origin or "–", number=each.number, words=_(TROUBLE_WORDS[each.trouble])
        )
        for each in found.faults
    ]
    if any(each.trouble is Trouble.CUT for each in found.faults):
        lines.append(
            _(
                "After a backup was brought back at another desk it looks like this:"
                " check --accept counts from here on."
            )
        )
    return lines
