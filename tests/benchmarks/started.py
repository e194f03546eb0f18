"""How long the console takes to start and how much memory it keeps, beside a bare Qt window."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.figures import Row, compared, spread
from tests.benchmarks.ground import Ground, NotYet
from tests.benchmarks.homes import ROOT
from tests.benchmarks.rounds import Took

PROBE = Path(__file__).with_name("probe.py")
PAINT_GOAL, READY_GOAL = 2, 5
MEMORY_GOAL, GROWTH_GOAL = 3.2, 1.2
PATIENCE_S = 900

HOW = "whole processes from before they are made; the key in a file, the screen unseen"

Told = dict[str, Any]


async def start(ground: Ground) -> list[Row]:
    """Compare the console's first paint and first ring with a bare window's first paint."""
    ours, base = [], []
    with ground.copied(await ground.made(ground.cards)) as home:
        for _turn in range(ground.effort.starts + 1):
            ours.append(await watched(home.folder))
            base.append(await watched())
    whats = {"painted": "first paint", "ready": "able to take a ring"}
    goals = {"painted": PAINT_GOAL, "ready": READY_GOAL}
    bare = [Took(*each["painted"]) for each in base[1:]]
    whole = [Took(*each["whole"]) for each in ours[1:]]
    notes = {
        "painted": (HOW,),
        "ready": (f"its lines are heard; made whole and warm: {spread(whole)}",),
    }
    rows = []
    for name, said in whats.items():
        what = f"start → {said}, {ground.cards:,} cards : bare window painted"
        took = [Took(*each[name]) for each in ours[1:]]
        rows.append(compared("start", what, goals[name], took, bare, notes[name]))
    return rows


async def memory(ground: Ground) -> list[Row]:
    """Compare the memory after many rings with a bare window's, and with few cards."""
    if not Path("/proc/self/status").exists():
        raise NotYet("only Linux tells it, in /proc")
    rings = ground.effort.rings
    many, few, bare = [], [], []
    for _run in range(ground.effort.homes):
        many.append(await _resident(ground, ground.cards, rings))
        few.append(await _resident(ground, ground.few, rings))
        bare.append((await watched())["resident"])
    ours, base, small = median(many), median(bare), median(few)
    notes = (f"{ours:.0f} MB; {small:.0f} MB with {ground.few:,} cards; bare {base:.0f} MB",)
    after = f"resident memory after {rings:,} rings, {ground.cards:,} cards"
    return [
        Row("memory", f"{after} : bare window", MEMORY_GOAL, ratio=ours / base, notes=notes),
        Row("memory", f"{after} : {ground.few:,} cards", GROWTH_GOAL, ratio=ours / small),
    ]


async def watched(home: Path | None = None, numbers: Sequence[str] = ()) -> Told:
    """Run a process to its end and return what it tells: of a bare window, or of ``home``."""
    return await asyncio.to_thread(_watched, home, numbers)


async def _resident(ground: Ground, cards: int, rings: int) -> float:
    async with ground.opened(cards) as (_services, draw):
        numbers = draw.numbers(rings)
    with ground.copied(await ground.made(cards)) as home:
        return (await watched(home.folder, numbers))["resident"]


def _watched(home: Path | None, numbers: Sequence[str]) -> Told:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: compiled once, not each time
    arguments = [] if home is None else [str(home)]
    environment["CARE_CONSOLE_STARTED"] = str(time.monotonic())
    done = subprocess.run(
        [sys.executable, "-P", str(PROBE), *arguments],
        env=environment,
        input="\n".join(numbers),
        stdout=subprocess.PIPE,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    told: Told = json.loads(done.stdout)
    return told
