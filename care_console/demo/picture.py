"""The demonstration without a display: one ring, told in words and as a picture."""

import asyncio
import sys
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from care_console.base.words import _
from care_console.calls.rules import Caller
from care_console.demo.desk import Demonstration
from care_console.window.furniture import Furniture

PICTURE = Path("care-console-demo.png")
SIZE = QSize(1366, 768)
SETTLED_S, PATIENCE_S = 0.25, 30.0


def draw(furniture: Furniture, demonstration: Demonstration) -> None:
    """Let it ring once, tell who rang, save the picture, and close the window."""
    furniture.flow.errands.do("draw", _ring(furniture, demonstration))


async def _ring(furniture: Furniture, demonstration: Demonstration) -> None:
    window = furniture.window
    window.resize(SIZE)
    try:
        await demonstration.put_past(furniture.services)
        await asyncio.sleep(SETTLED_S)
        seen: asyncio.Future[Caller] = asyncio.get_running_loop().create_future()
        furniture.flow.shown.connect(seen.set_result)
        started = perf_counter()
        demonstration.ring()
        async with asyncio.timeout(PATIENCE_S):
            caller = await seen
        QApplication.sendPostedEvents()
        picture = window.grab()
        painted_ms = (perf_counter() - started) * 1000
        saved = picture.save(str(PICTURE))
        sys.stdout.write("\n".join(_words(caller, painted_ms, saved=saved)) + "\n")
        demonstration.went_well = saved
    finally:
        window.close()


def _words(caller: Caller, painted_ms: float, *, saved: bool) -> list[str]:
    lines = [_("Rang: {number}").format(number=caller.shown)]
    lines.append(_("Match: {match}").format(match=caller.match))
    card = caller.card
    if card is not None:
        groups = ", ".join(card.groups)
        lines.append(_("Card: {name} ({groups})").format(name=card.name, groups=groups))
        lines += [_("Alert: {words}").format(words=words) for words in card.alerts]
    lines.append(_("Line's event to last paint: {ms} ms").format(ms=f"{painted_ms:.1f}"))
    picture = _("Picture: {file}") if saved else _("The picture {file} could not be saved here.")
    lines.append(picture.format(file=PICTURE))
    return lines
