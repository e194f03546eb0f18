"""The lists in which a desktop keeps which program takes what (MIME Applications 1.0.1)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

LISTED, CACHE = "mimeapps.list", "mimeinfo.cache"
DEFAULTS, ADDED = "[Default Applications]", "[Added Associations]"
REMOVED, CACHED = "[Removed Associations]", "[MIME Cache]"


def kind_of_link(scheme: str) -> str:
    """Return under which type a list has the links of a scheme: ``x-scheme-handler/tel``."""
    return f"x-scheme-handler/{scheme}"


def programs(listed: str, kind: str, *sections: str) -> list[str]:
    """Return the programs that one list names for ``kind`` in ``sections``, the first first."""
    found: list[str] = []
    section = ""
    for line in listed.splitlines():
        if line.strip().startswith("["):
            section = line.strip()
        key, _sign, named = line.partition("=")
        if section in sections and key.strip() == kind:
            found += [each.strip() for each in named.split(";") if each.strip()]
    return found


def first_program(lists: Iterable[str], kind: str) -> str:
    """Return the program that takes ``kind`` by these lists, the strongest first, or "".

    One that was chosen comes before any that only can; what a stronger list takes away is gone.
    """
    texts = list(lists)
    for text in texts:
        if chosen := programs(text, kind, DEFAULTS):
            return chosen[0]
    removed: set[str] = set()
    for text in texts:
        removed.update(programs(text, kind, REMOVED))
        for able in programs(text, kind, ADDED, CACHED):
            if able not in removed:
                return able
    return ""


def lists() -> Iterator[str]:
    """Yield each list of this computer that can be read, the strongest first."""
    for folder in _folders():
        for name in (LISTED, CACHE):
            try:
                yield (folder / name).read_text("utf-8", "replace")
            except OSError:
                continue


def own_config() -> Path:
    """Return the person's own folder of settings, in which their list is."""
    return _base("XDG_CONFIG_HOME", Path(".config"))


def own_applications() -> Path:
    """Return the person's own folder of desktop entries."""
    return _base("XDG_DATA_HOME", Path(".local", "share")) / "applications"


def _folders() -> Iterator[Path]:
    yield own_config()
    yield from _paths("XDG_CONFIG_DIRS", "/etc/xdg")
    yield own_applications()
    for folder in _paths("XDG_DATA_DIRS", "/usr/local/share:/usr/share"):
        yield folder / "applications"


def _base(name: str, usual: Path) -> Path:
    """Return a folder of the person's own (XDG Base Directory 0.8: a relative one is ignored)."""
    told = os.environ.get(name, "")
    return Path(told) if os.path.isabs(told) else Path.home() / usual


def _paths(name: str, usual: str) -> list[Path]:
    told = os.environ.get(name) or usual
    return [Path(each) for each in told.split(":") if os.path.isabs(each)]
