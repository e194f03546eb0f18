"""Records of each released version are brought up to date, whole or not at all."""

from contextlib import closing

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import text

import care_console.services  # noqa: F401  (all records that there are)
from care_console.store import CannotOpen, Server, Store, copies_in
from care_console.store.engines import DRIVER_TROUBLE, connect, engines
from care_console.store.layout import MIGRATIONS, upgrade
from care_console.store.migrations import HEAD
from care_console.store.server_copies import COLUMNS
from tests.store.filled import KEY, rows

REVISIONS = [
    each.revision
    for each in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))
    if each.revision != HEAD
]
VALUES = {"INTEGER": 1, "BIGINT": 1, "BOOLEAN": 1, "DATE": "2030-01-07"}
VALUES |= {"DATETIME": "2030-01-07 09:00:00.000000", "JSON": "{}", "FLOAT": 1.5}
COUNT = 3


def golden(folder, revision):
    """Make a file as that version laid it out, with rows in every table that refer to others."""
    file = folder / f"golden-{revision}.sqlite"
    writing, reading = engines(file, KEY)
    file.touch()
    with writing.begin() as db:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = db
        command.upgrade(config, revision)
    for each in (writing, reading):
        each.dispose()
    with closing(connect(file, KEY, "foreign_keys = OFF")) as db:
        for number in range(1, COUNT + 1):
            for (table,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' "
                "AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
            ).fetchall():
                put(db, table, number)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    return file


def put(db, table, number):
    """Put a row into a table: each id, and each reference to one, is ``number``."""
    columns = db.execute(f'PRAGMA table_info("{table}")').fetchall()
    refers = {row[3]: (row[2], row[4]) for row in db.execute(f'PRAGMA foreign_key_list("{table}")')}
    values = {}
    for _at, name, kind, needed, default, place in columns:
        if name in refers or (place and kind in ("INTEGER", "BIGINT")) or name.endswith("_id"):
            values[name] = number if "CHAR" not in kind else f"{number:032x}"
        elif needed and default is None:
            values[name] = VALUES.get(kind, f"{table} {number}")
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    try:
        db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values.values()))
    except DRIVER_TROUBLE:
        return  # a table that checks more than this knows of stays as it was laid out


def named(file):
    """Return each table's rows with the names of their columns."""
    found = {}
    with closing(connect(file, KEY)) as db:
        for name in rows(file).keys() - {"alembic_version"}:
            each = db.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in each.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in each]
    return found


def lost(before, after):
    """Return the rows that are not there with the values that they had in columns that are left."""
    return [
        (table, row)
        for table, old in before.items()
        for row in old
        if not any(
            all(new[name] == value for name, value in row.items() if name in new)
            for new in after.get(table, ())
        )
    ]


@pytest.mark.parametrize("revision", REVISIONS)
async def test_records_of_each_released_version_keep_every_row(tmp_path, revision):
    file = golden(tmp_path, revision)
    before, values = rows(file), named(file)
    assert sum(map(len, before.values())) > 20

    store = Store.open(file, KEY, tmp_path / "backups")
    version = await store.read(
        lambda db: db.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    )
    await store.close()

    assert version == HEAD
    assert lost(values, named(file)) == []
    (copy,) = copies_in(tmp_path / "backups", KEY)
    assert (copy.why, copy.layout) == ("update", revision)
    assert rows(copy.file) == before


def failing_at(step, driver="sqlcipher3"):
    """Let the disk be full at one of the statements of an upgrade; return how many there were."""
    seen = []

    def fail(_connection, cursor, statement, *_rest):
        if not type(cursor).__module__.startswith(driver):
            return  # such as those that lay out the copy of a server
        if not statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "BEGIN")):
            seen.append(statement)
            if len(seen) == step:
                raise OperationalError(statement, None, Exception("disk is full"))

    event.listen(Engine, "before_cursor_execute", fail)
    return seen, lambda: event.remove(Engine, "before_cursor_execute", fail)


async def stands(file, steps):
    """Fail at each of these steps; the records must be as they were. Return how many there are."""
    before, seen = rows(file), []
    for step in steps:
        seen, end = failing_at(step)
        try:
            store = Store.open(file, KEY, file.parent / "backups")
        except CannotOpen as hindrance:
            told = str(hindrance)
        else:
            await store.close()
            return len(seen)
        finally:
            end()
        assert "as they were" in told
        assert rows(file) == before
    return len(seen)


async def test_an_upgrade_that_fails_leaves_the_records_as_they_were(tmp_path):
    file = golden(tmp_path, REVISIONS[0])

    assert await stands(file, (1, 2, 5, 9)) == 9


async def test_the_newest_upgrade_fails_at_each_of_its_steps_and_leaves_all_as_it_was(tmp_path):
    steps = await stands(golden(tmp_path, REVISIONS[-1]), range(1, 200))

    assert 3 <= steps < 100  # the last of them is the one after which nothing failed


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("revision", REVISIONS)
async def test_an_upgrade_that_fails_at_any_step_leaves_the_records_as_they_were(
    tmp_path, revision
):
    steps = await stands(golden(tmp_path, revision), range(1, 2_000))

    print(revision, steps)  # noqa: T201
    assert steps >= 3


def on_server(url):
    """Every row of every table of a server, and how it is laid out."""
    with psycopg.connect(url.replace("+psycopg", "")) as db:
        tables = db.execute(COLUMNS).fetchall()
        names = sorted({row[0] for row in tables})
        return tables, {
            name: sorted(db.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for name in names
        }


async def stands_on_server(url, folder, steps):
    """Fail at each of these steps; the server must be as it was. Return how many there are."""
    before, seen = on_server(url), []
    for step in steps:
        seen, end = failing_at(step, "psycopg")
        try:
            store = Store.open(url, KEY, folder)
        except CannotOpen as hindrance:
            told = str(hindrance)
        else:
            await store.close()
            return len(seen)
        finally:
            end()
        assert "as they were" in told
        assert on_server(url) == before
    return len(seen)


@pytest.fixture
def older(databases, tmp_path):
    """Make a server as a version laid it out, with a row in it."""

    def older(revision):
        url = databases.bare()
        writing, *others = Server(url).engines()
        with writing.begin() as db:
            upgrade(db, revision)
            db.execute(text("INSERT INTO reason (title, title_key, uses) VALUES ('B', 'b', 1)"))
        for each in (writing, *others):
            each.dispose()
        return url

    return older


async def test_on_a_server_an_upgrade_that_fails_leaves_all_as_it_was(older, tmp_path):
    assert await stands_on_server(older("0003"), tmp_path / "b", (1, 2, 9, 20)) == 20


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_on_a_server_an_upgrade_that_fails_at_any_step_leaves_all_as_it_was(older, tmp_path):
    steps = await stands_on_server(older("0003"), tmp_path / "b", range(1, 2_000))

    print("server", steps)  # noqa: T201
    assert steps > 20
