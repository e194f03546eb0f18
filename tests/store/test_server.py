"""A server is reached safely, laid out by the first desk, and changed only after a copy."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text

import care_console.services  # noqa: F401  (all records that there are)
from care_console.store import CannotOpen, Server, Store, copies_in, is_whole, layout
from care_console.store.migrations import HEAD

KEY = bytes(range(32))
BEFORE = f"{int(HEAD) - 1:04}"


def there(url):
    return psycopg.connect(url.replace("+psycopg", ""))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("postgresql://care@db.example.org/care", True),
        ("postgresql+psycopg://care@192.0.2.7:5433/care", True),
        ("postgresql://care@localhost.example.org/care", True),
        ("postgresql:///care?host=127.0.0.1,db.example.org", True),
        ("postgresql://care@localhost/care", False),
        ("postgresql://care@127.0.0.1/care", False),
        ("postgresql://care@[::1]/care", False),
        ("postgresql:///care", False),
        ("postgresql:///care?host=/run/postgresql", False),
    ],
)
def test_another_computer_must_prove_who_it_is(url, safe):
    said = Server(url, "secret").connection()

    assert said.get("sslmode") == ("verify-full" if safe else None)
    assert bool(said.get("sslrootcert")) is safe
    assert (said["dbname"], said["password"]) == ("care", "secret")


def test_a_house_may_have_certificates_of_its_own():
    said = Server("postgresql://care@db.example.org/care?sslrootcert=/etc/house.crt").connection()

    assert (said["sslmode"], said["sslrootcert"]) == ("verify-full", "/etc/house.crt")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://care@db.example.org/care?sslmode=disable", "sslmode"),
        ("postgresql://care@localhost/care?hostaddr=192.0.2.7", "hostaddr"),
        ("postgresql://care@localhost/care?options=-c", "options"),
        ("postgresql://care:secret@localhost/care", "password does not belong"),
        ("postgresql://care@localhost", "not understood"),
        ("mysql://care@localhost/care", "not understood"),
        ("care.sqlite", "not understood"),
    ],
)
def test_what_would_not_be_safe_or_is_not_understood_is_told_without_the_password(url, words):
    with pytest.raises(CannotOpen, match=words) as told:
        Store.open(url)
    assert "secret" not in str(told.value)
    assert "secret" not in repr(Server(url.replace(":secret", ""), "secret"))


def test_a_server_that_does_not_answer_is_told(databases, tmp_path):
    url = databases.fresh("postgres", tmp_path)

    with pytest.raises(CannotOpen, match="does not answer.*no_such"):
        Store.open(url.rpartition("/")[0] + "/no_such")


async def test_of_many_first_desks_one_makes_the_tables(databases):
    url = databases.bare()

    with ThreadPoolExecutor(4) as desks:
        list(desks.map(lambda _: Store.lay_out(url), range(4)))
    await Store.open(url).close()


def test_a_database_with_other_tables_is_left_alone(databases):
    url = databases.bare()
    with there(url) as db:
        db.execute("CREATE TABLE letter (id INT)")

    with pytest.raises(CannotOpen, match="holds other tables"):
        Store.lay_out(url)


@pytest.fixture
def older(databases):
    """Records as the version before laid them out, with a card."""
    url = databases.bare()
    writing, *others = Server(url).engines()
    with writing.begin() as db:
        layout.upgrade(db, BEFORE)
        db.execute(text("INSERT INTO reason (title, title_key, uses) VALUES ('Boiler', 'b', 1)"))
    for each in (writing, *others):
        each.dispose()
    return url


def version(url):
    with there(url) as db:
        return db.execute("SELECT version_num FROM alembic_version").fetchone()[0]


async def test_older_records_are_changed_once_after_a_copy_of_all_of_them(older, tmp_path):
    def opened(_number):
        return Store.open(older, KEY, tmp_path / "b")

    with ThreadPoolExecutor(2) as desks:
        stores = list(desks.map(opened, range(2)))
    for store in stores:
        await store.close()

    assert version(older) == HEAD
    (copy,) = copies_in(tmp_path / "b", KEY)
    assert (copy.layout, copy.why, copy.rows["reason"]) == (BEFORE, "update", 1)
    assert is_whole(copy)
    assert copy.file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("lacks", ["folder", "room"])
def test_without_a_copy_older_records_are_left_as_they_are(older, tmp_path, monkeypatch, lacks):
    folder = None if lacks == "folder" else tmp_path / "b"
    if lacks == "room":
        monkeypatch.setattr("care_console.store.copies.SPARE", 2**62)

    with pytest.raises(CannotOpen, match="as they were"):
        Store.open(older, KEY, folder)
    assert version(older) == BEFORE
    assert folder is None or list(folder.iterdir()) == []


def test_a_database_without_records_says_how_a_backup_comes_there(databases):
    with pytest.raises(CannotOpen, match="care-console restore"):
        Store.open(databases.bare())
