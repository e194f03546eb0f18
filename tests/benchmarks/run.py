"""Runs the measurements that are asked for, one after the other, and shows the table."""

import asyncio
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from time import perf_counter

import qasync
from PySide6.QtWidgets import QApplication

from tests.benchmarks.figures import Row, table
from tests.benchmarks.ground import Ground, NotYet
from tests.benchmarks.rounds import QUICK, Effort

MANY = 1_000_000  # cards
GOALS = {  # of what each measurement is, and what is wanted, where it cannot be made
    "facts": (("ring → facts", 2),),
    "paint": (("ring → last paint of strip and card", 1.3),),
    "keystroke": (("keystroke → result list painted", 1.4),),
    "nasty": (("worst of 30 nasty prefixes", 6),),
    "growth": (("growth of ring and search", 1.5),),
    "start": (("process start → first paint", 2), ("process start → able to take a ring", 5)),
    "memory": (("resident memory", 3.2), ("growth of resident memory", 1.2)),
    "import": (("import", 0.5),),
    "offer": (("a remedy with its limits, durable", 4),),
    "panel": (("what may be given", 1),),
    "sip": (("INVITE read → event taken, p99 : 5 ms", 1), ("soak", 1)),
    "sip_paint": (("INVITE read → last paint of strip and card", 1.3),),
}

IN = {  # the file of each
    "facts": "ring",
    "paint": "painted",
    "keystroke": "painted",
    "nasty": "searching",
    "growth": "searching",
    "start": "started",
    "memory": "started",
    "import": "taken_in",
    "offer": "giving",
    "panel": "giving",
    "sip": "by_sip",
    "sip_paint": "painted",
}


async def run(ground: Ground, only: Sequence[str] = ()) -> list[Row]:
    """Make the measurements that are named, or all; one that cannot be made says why."""
    rows: list[Row] = []
    for name in only or GOALS:
        began = perf_counter()
        sys.stderr.write(f"{name}: load {os.getloadavg()[0]:.1f} …\n")
        try:
            there = import_module(f"tests.benchmarks.{IN[name]}")
            rows += await getattr(there, name.replace("import", "take_in"))(ground)
        except (NotYet, ImportError) as missing:
            rows += [Row(name, what, goal, why=str(missing)) for what, goal in GOALS[name]]
        sys.stderr.write(f"… {perf_counter() - began:.0f} s, load {os.getloadavg()[0]:.1f}\n")
    return rows


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return 0, or 1 if something could not be measured."""
    asked = _parser().parse_args(argv)
    ground = Ground(asked.cards, QUICK if asked.quick else Effort(), fresh=asked.fresh)
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=partial(qasync.QEventLoop, app)) as runner:
        rows = runner.run(run(ground, asked.only))
    objects = [row.as_object() for row in rows]
    shown = json.dumps(objects, ensure_ascii=False, indent=1) if asked.json else table(rows)
    sys.stdout.write(f"{shown}\n")
    return int(any(row.ratio is None for row in rows))


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--cards", type=int, default=MANY, metavar="N")
    parser.add_argument("--json", action="store_true", help="a list of objects, and no notes")
    parser.add_argument(
        "--only", action="append", default=[], choices=tuple(GOALS), help="may be given again"
    )
    parser.add_argument("--fresh", action="store_true", help="make the records anew")
    parser.add_argument(
        "--quick", action="store_true", help="take too few samples to mean anything"
    )
    return parser
