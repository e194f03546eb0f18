"""Backups, their restoring and the lost key, without a window."""

from __future__ import annotations

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from care_console.base.errors import CareError
from care_console.base.words import N_, _

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from care_console.settings.home import Home
    from care_console.store import Copy


class NotNow(CareError):
    """It cannot be done while something else is as it is."""


def add_safe(acts: _SubParsersAction[ArgumentParser], everywhere: ArgumentParser) -> None:
    """Add ``backup``, ``restore`` and ``unlock`` to the acts of the command line."""
    act = acts.add_parser("backup", parents=[everywhere], help=_("make a verified backup now"))
    act.add_argument("--to", metavar="DIR", type=Path, default=None, help=_("and a copy there"))
    act.add_argument("--json", action="store_true", default=False, help=_("one object"))
    act.set_defaults(act=backup)
    act = acts.add_parser(
        "restore", parents=[everywhere], help=_("put a backup in place of the records")
    )
    act.add_argument("file", metavar="FILE", type=Path, nargs="?", default=None)
    act.add_argument(
        "--list", action="store_true", default=False, help=_("only tell which there are")
    )
    act.add_argument("--json", action="store_true", default=False, help=_("one object"))
    act.set_defaults(act=restore)
    act = acts.add_parser(
        "unlock",
        parents=[everywhere],
        help=_("give the passphrase or recovery code after the keyring lost the key"),
    )
    act.add_argument(
        "--weaker",
        action="store_true",
        default=False,
        help=_("keep the key in a file beside the records where there is no keyring"),
    )
    act.set_defaults(act=unlock)


def backup(asked: Namespace) -> int:
    """Make a backup; return 0, or 1 if the second place has it not."""
    from care_console.settings.home import Home
    from care_console.store import carry

    made = asyncio.run(_back_up(Home.at(asked.home)))
    copy, key = made["copy"], made["key"]
    if asked.to is not None:
        carry(copy, key, asked.to.absolute())
    told = _as_object(copy) | {"second": made["second"]}
    words = _("{file}: {cards} cards, {size}, verified.").format(**_told(copy))
    _write(told if asked.json else "\n".join(filter(None, (words, made["trouble"]))))
    return 1 if made["second"] else 0


async def _back_up(home: Home) -> dict[str, Any]:
    from care_console.base.clock import utc_now
    from care_console.services import furnish

    services = await furnish(home, utc_now)
    try:
        assert services.backups is not None
        made = await services.backups.back_up("asked")
        key = services.backups.key
        return {
            "copy": made.copy,
            "second": made.second,
            "key": key,
            "trouble": services.backups.trouble,
        }
    finally:
        await services.store.close()


def restore(asked: Namespace) -> int:
    """Restore a backup, the newest whole one by default; return 0."""
    from care_console.settings.home import Home

    home = Home.at(asked.home, create=asked.file is not None)
    if home.new:
        return _restore_elsewhere(home, asked)
    from care_console.settings.keys import find_key

    key = find_key(home, home.desk())
    copies = _copies(home, key)
    if asked.list:
        _write({"backups": [_as_object(copy) for copy in copies]} if asked.json else _table(copies))
        return 0
    with _alone(home):
        return _restore_here(home, key, _chosen(copies, asked.file, key), as_json=asked.json)


def _restore_here(home: Home, key: bytes, copy: Copy, *, as_json: bool) -> int:
    import care_console.services  # noqa: F401  (all records that there are)
    from care_console.safekeeping.service import bring_back

    _tell_brought(bring_back(home, key, copy), as_json=as_json)
    return 0


def _restore_elsewhere(home: Home, asked: Namespace) -> int:
    """Make a new home of a backup, whose key is asked for."""
    import care_console.services  # noqa: F401  (all records that there are)
    from care_console.safekeeping.service import bring_elsewhere

    _tell_brought(bring_elsewhere(home, asked.file.absolute(), _secret()), as_json=asked.json)
    return 0


def unlock(asked: Namespace) -> int:
    """Open the key by what a person types, and keep it for the next start; return 0."""
    from care_console.settings.home import Home
    from care_console.settings.keys import keep_again, slots_of
    from care_console.settings.keys import unlock as opened

    home = Home.at(asked.home)
    key = opened(slots_of(home), _secret())
    if not keep_again(home, key, in_file=asked.weaker):
        raise NotNow(
            N_(
                "That is the key, but no keyring of this computer takes it. With --weaker it is "
                "kept in a file beside the records."
            )
        )
    _write(_("The key is back. Nothing of the records was touched."))
    return 0


def _secret() -> str:
    """Return what is typed, which stands in no list of processes and in no history."""
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        return getpass(_("Passphrase or recovery code: "))
    return sys.stdin.readline().rstrip("\r\n")


def _alone(home: Home) -> Any:
    """Return the lock of a home. Raises NotNow while a console runs for it."""
    from care_console.lines.instance import Instance

    lock = Instance.take(home.folder)
    if lock is None:
        raise NotNow(N_("A console is open for this home. Close it, or restore in its settings."))
    return lock


def _copies(home: Home, key: bytes) -> list[Copy]:
    from care_console.settings.keys import backup_folders
    from care_console.store import age_of, copies_in

    found: dict[str, Copy] = {}
    for folder in backup_folders(home, home.desk()):
        for copy in copies_in(folder, key):
            found.setdefault(copy.file.name, copy)
    return sorted(found.values(), key=age_of, reverse=True)


def _chosen(copies: list[Copy], file: Path | None, key: bytes) -> Copy:
    from care_console.store import copies_in, newest_whole

    if file is None:
        copy = newest_whole(copies)
    else:
        wanted = file.absolute()
        there = [*copies, *copies_in(wanted.parent, key)]
        copy = next((each for each in there if each.file.name == wanted.name), None)
    if copy is None:
        raise NotNow(N_("There is no whole backup of these records there."))
    return copy


def _tell_brought(brought: Any, *, as_json: bool) -> None:
    copy = brought.copy
    said = {
        "restored": _as_object(copy),
        "entries_lost": brought.entries_lost,
        "set_aside": str(brought.aside or ""),
    }
    words = _("The records are as in {file}: {cards} cards.").format(**_told(copy))
    if brought.aside is not None:
        words += "\n" + _("Those before are kept in {file}.").format(file=brought.aside)
    _write(said if as_json else words)


def _told(copy: Copy) -> dict[str, object]:
    from care_console.safekeeping.rules import size_words

    return {"file": copy.file, "cards": copy.cards, "size": size_words(copy.size)}


def _as_object(copy: Copy) -> dict[str, object]:
    return {
        "file": str(copy.file),
        "at": copy.at.isoformat(),
        "why": copy.why,
        "cards": copy.cards,
        "rows": sum(copy.rows.values()),
        "size": copy.size,
        "shrunk": copy.shrunk,
    }


def _table(copies: list[Copy]) -> str:
    from care_console.safekeeping.rules import why_words

    return "\n".join(
        "  ".join(
            (
                f"{copy.at.astimezone():%Y-%m-%d %H:%M}",
                _("{cards} cards").format(cards=copy.cards),
                str(_told(copy)["size"]),
                why_words(copy.why),
                str(copy.file),
            )
        )
        for copy in copies
    ) or _("There is no backup yet.")


def _write(said: dict[str, Any] | str) -> None:
    text = json.dumps(said, ensure_ascii=False) if isinstance(said, dict) else said
    sys.stdout.write(f"{text}\n")
