"""Where the window was, kept for the next start in ``window.json``."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize

USUAL = QSize(1366, 768)
LEAST = QSize(1024, 640)
HANDLE = 80  # px of the window's head that must be on a screen to take hold of it
FARTHEST = 100_000  # px; no desk has more screens


@dataclass(frozen=True, slots=True)
class Place:
    """Size and place of the window in logical pixels, and how it was shown."""

    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    maximised: bool = False
    full_screen: bool = False

    @property
    def rect(self) -> QRect:
        """Where the window is when it is neither maximised nor on the full screen."""
        return QRect(self.x, self.y, self.width, self.height)


def recall(file: Path | None) -> Place | None:
    """Return what ``file`` says, or None where there is none or it says nothing sensible."""
    if file is None:
        return None
    try:
        said = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return _sensible(said) if isinstance(said, dict) else None


def keep(file: Path | None, place: Place) -> None:
    """Write ``place`` into ``file``; where that cannot be, the next start has the usual one."""
    if file is None or not file.parent.is_dir():
        return
    from care_console.base.files import write_private

    with suppress(OSError):
        write_private(file, json.dumps(asdict(place), indent=1) + "\n")


def on_screen(place: Place | None, screens: Sequence[QRect]) -> QRect:
    """Return where the window goes: its old place if it can be grasped there, else the middle.

    ``screens`` are what is free of each, the main one first.
    """
    if not screens:
        return QRect(QPoint(0, 0), USUAL)
    size = USUAL if place is None or not place.rect.isValid() else place.rect.size()
    if place is not None and place.rect.isValid():
        for screen in screens:
            rect = QRect(place.rect.topLeft(), size.boundedTo(screen.size()))
            seen = screen.intersected(QRect(rect.topLeft(), QSize(rect.width(), HANDLE)))
            if seen.width() >= HANDLE and seen.height() >= HANDLE // 2:
                return rect
    size = size.boundedTo(screens[0].size())
    rect = QRect(QPoint(0, 0), size)
    rect.moveCenter(screens[0].center())
    return rect


def _sensible(said: dict[str, Any]) -> Place | None:
    """Return what was kept if every value is of its kind and of a size that can be."""
    values: dict[str, Any] = {}
    for each in fields(Place):
        value = said.get(each.name, each.default)
        if type(value) is not type(each.default):
            return None
        if type(value) is int and abs(value) > FARTHEST:
            return None
        values[each.name] = value
    place = Place(**values)
    return place if place.width >= 0 and place.height >= 0 else None
