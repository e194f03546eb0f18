"""Makes a home with as many cards as are wanted, and a copy of its records without a key."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from care_console.journal.service import Seal
from care_console.services import Services, open_store
from care_console.settings.home import Home
from care_console.settings.keys import Mark, Secrets, find_key
from care_console.store import Store
from care_console.store.engines import look_up_connection
from tests.benchmarks.build import NOW, fill
from tests.benchmarks.past import add_past
from tests.benchmarks.trial import CALLED

HOME, PLAIN = "home", "plain.sqlite"
OPTIONS = {
    "name": "Northgate Heating",
    "country": "GB",
    "called": (f"{CALLED} = the main number",),
    "greetings": (f"{CALLED} en = {{hello}}, {{company}}, {{clerk}} speaking.",),
}


def then() -> datetime:
    """Return the moment at which all this is: the same at each run."""
    return NOW.replace(tzinfo=UTC)


async def services_of(store: Store, home: Home) -> Services:
    """Return the services over ``store``, with the options that are kept there."""
    desk = home.desk()
    secrets = Secrets.of(find_key(home, desk))
    seal = Seal.kept(secrets.journal, Mark(home, desk))
    services = Services.over(store, then, desk, seal=seal, pins=secrets.pins)
    await services.settings.load()
    return services


async def make(cards: int, folder: Path) -> None:
    """Make both in ``folder``, which is empty."""
    home = Home.at(folder / HOME, create=True)
    store, desk = open_store(home)
    await store.close()
    home, key = Home.at(folder / HOME), find_key(home, desk)
    fill(home.records, key, cards)
    store, _desk = open_store(home)
    services = await services_of(store, home)
    clerk = await services.beginning.begin(OPTIONS, "Grace Hopper")
    await store.close()
    with closing(look_up_connection(home.records, key)) as db:
        db.execute("PRAGMA query_only = OFF")
        add_past(db, cards, clerk.card_id or 0)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _copy_without_key(home.records, key, folder / PLAIN)


def _copy_without_key(file: Path, key: bytes, plain: Path) -> None:
    with closing(look_up_connection(file, key)) as db:
        db.execute("PRAGMA query_only = OFF")
        db.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        db.execute("SELECT sqlcipher_export('plain')")
        db.execute("DETACH DATABASE plain")
