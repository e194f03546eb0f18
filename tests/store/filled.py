"""Files of records with something in them, for whoever damages, copies or salvages them."""

from contextlib import closing
from pathlib import Path

import care_console.services  # noqa: F401  (all records that there are)
from care_console.store import Store
from care_console.store.engines import connect

KEY = bytes(range(32))


def filled(file: Path, cards: int, key: bytes | None = KEY) -> Path:
    """Make records at ``file`` that hold so many cards, all of it in the file itself."""
    Store.lay_out(file, key)
    with closing(connect(file, key)) as db:
        fill(db, 0, cards)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def fill(db, start: int, cards: int) -> None:
    """Add so many cards in one go."""
    columns = [row[1] for row in db.execute("PRAGMA table_info(card)") if row[1] != "id"]
    known = {
        "kind": "'person'",
        "created_at": "'2030-01-07 09:00:00.000000'",
        "name": "?",
        "given": "'Ada Philippa'",
        "family": "'Poe-Hathersage'",
        "company": "'Northgate Heating and Plumbing'",
        "sort_key": "'poe hathersage ada philippa northgate'",
        "uid": "'urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1'",
        "note": "'Calls in the morning, has two boilers and a dog'",
    }
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(known.get(name, "''") for name in columns)
    db.execute("BEGIN")
    names_of = [(f"Ada Poe {start + number}",) for number in range(cards)]
    db.executemany(f"INSERT INTO card ({names}) VALUES ({values})", names_of)
    db.execute("COMMIT")


def rows(file: Path, key: bytes | None = KEY) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, in order."""
    with closing(connect(file, key)) as db:
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_")
        ]
        return {
            name: sorted(db.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in sorted(tables)
        }
