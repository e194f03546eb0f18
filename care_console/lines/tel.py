"""Whether this computer has a telephone program of its own that takes ``tel:`` links."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SCHEME = "x-scheme-handler/tel"
OURS = "care-console"  # begins the name of what the console registers: it takes links in
LISTS = ("mimeapps.list", "mimeinfo.cache")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def link(e164: str) -> str:
    """Return the link that dials a number (RFC 3966). Raises ValueError for all but E.164."""
    if _E164.fullmatch(e164) is None:
        raise ValueError("Only a number in E.164 is dialled.")
    return f"tel:{e164}"


def is_taken() -> bool:
    """Return whether a program other than the console takes such links."""
    if sys.platform == "win32":
        return _in_registry()
    if sys.platform == "darwin":
        return True  # FaceTime does
    return handled(_texts(_folders(os.environ)))


def handled(lists: Iterable[str]) -> bool:
    """Return whether one of these files names a program for ``tel:``, the first that does.

    They are ``mimeapps.list`` and ``mimeinfo.cache`` (XDG MIME Applications), in their order.
    """
    for text in lists:
        for row in text.splitlines():
            scheme, _equals, programs = row.partition("=")
            if scheme.strip() == SCHEME and (first := programs.split(";")[0].strip()):
                return not first.startswith(OURS)
    return False


def _folders(environment: Mapping[str, str]) -> Iterator[Path]:
    home = Path(environment.get("HOME") or "/nonexistent")
    yield Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    yield from _paths(environment.get("XDG_CONFIG_DIRS") or "/etc/xdg")
    yield Path(environment.get("XDG_DATA_HOME") or home / ".local/share") / "applications"
    for folder in _paths(environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"):
        yield folder / "applications"


def _paths(joined: str) -> list[Path]:
    return [Path(each) for each in joined.split(":") if each]


def _texts(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for name in LISTS:
            try:
                yield (folder / name).read_text("utf-8", "replace")
            except OSError:
                continue


def _in_registry() -> bool:
    if sys.platform != "win32":
        return False
    import winreg

    chosen = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\tel\UserChoice"
    places = (
        (winreg.HKEY_CURRENT_USER, chosen, "ProgId"),
        (winreg.HKEY_CLASSES_ROOT, r"tel\shell\open\command", ""),
    )
    for root, path, name in places:
        try:
            with winreg.OpenKey(root, path) as key:
                program = str(winreg.QueryValueEx(key, name)[0])
        except OSError:
            continue
        return OURS not in program.casefold() and OURS.replace("-", "") not in program.casefold()
    return False
