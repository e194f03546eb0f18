"""How fast an address book is taken in, beside an import by hand into the same tables."""

import asyncio
import csv
import sys
from contextlib import closing
from pathlib import Path
from statistics import median

from care_console.base.clock import utc_now
from care_console.exchange.service import Watch
from care_console.services import furnish
from care_console.settings.home import Home
from care_console.settings.keys import find_key
from care_console.store.engines import CACHE_KIB, look_up_connection
from tests.benchmarks.by_hand import import_by_hand
from tests.benchmarks.figures import Row, spread
from tests.benchmarks.ground import Ground
from tests.benchmarks.people import Town
from tests.benchmarks.rounds import Took

GOAL = 0.5
TITLES = (
    *("First name", "Last name", "Company", "Job title", "Phone", "Mobile", "E-mail", "Town"),
    *("Group", "Account number"),
)
SEED = 99  # other people than those who are there


async def take_in(ground: Ground) -> list[Row]:
    """Compare cards taken in a second with what an import by hand makes of the same file."""
    there = await ground.made(ground.few)
    ours, base = [], []
    for at in range(ground.effort.imports):
        sys.stderr.write(f"  round {at + 1} of {ground.effort.imports}\n")
        with ground.copied(there) as home:
            file = home.folder.parent / "people.csv"
            count = await asyncio.to_thread(write_people, file, ground.effort.rows)
            base.append(await asyncio.to_thread(_by_hand, home, file, count))
        with ground.copied(there) as home:
            file = home.folder.parent / "people.csv"
            await asyncio.to_thread(write_people, file, ground.effort.rows)
            ours.append(await _taken(home, file, count))
    mine, hand = (median(each.passed for each in side) for side in (ours, base))
    notes = (
        f"{count / mine:.0f} cards a second : {count / hand:.0f} by hand; {len(ours)} imports of "
        f"each, not 300; ours {spread(ours)}, by hand {spread(base)}",
        "no console open; by hand 500 rows a commit, nothing cleaned, compared, journalled, told",
    )
    what = (
        f"import of {count:,} rows of CSV into {ground.few:,} cards, cards a second"
        " : csv + phonenumbers + executemany"
    )
    return [Row("import", what, GOAL, ratio=hand / mine, at_least=True, notes=notes)]


def write_people(file: Path, count: int) -> int:
    """Write ``count`` people and organisations as many a program exports them."""
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(TITLES)
        for told in Town(count, SEED).people(1, count):
            firm = told.kind != "person"
            group, _since, _until, account = told.memberships[0]
            numbers = [_as_written(number) for number, _ in told.numbers]
            writer.writerow(
                (
                    *(("", "", told.name) if firm else (told.given, told.family, told.company)),
                    told.title,
                    *(numbers + ["", ""])[:2],
                    *((*told.emails, "")[:1]),
                    *((*told.towns, "")[:1]),
                    group,
                    account,
                )
            )
    return count


async def _taken(home: Home, file: Path, count: int) -> Took:
    services = await furnish(home, utc_now)
    try:
        began = Took.now()
        report = await services.imports.take_in([file], watch=Watch(alone=lambda: True))
        took = Took.now().since(began)
    finally:
        await services.store.close()
    assert not report.skipped, report.as_words()[:500]
    assert report.new > 0.99 * count  # some few are somebody's double
    return took


def _by_hand(home: Home, file: Path, count: int) -> Took:
    with closing(look_up_connection(home.records, find_key(home, home.desk()))) as db:
        db.execute("PRAGMA query_only = OFF")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        began = Took.now()
        assert import_by_hand(db, file) == count
        return Took.now().since(began)


def _as_written(e164: str) -> str:
    """Return a number as people write it: 07946 012345."""
    if not e164.startswith("+44"):
        return e164
    return f"0{e164[3:7]} {e164[7:]}"
