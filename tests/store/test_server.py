"""A server is reached safely, laid out by the first desk, and changed only after a copy."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text

from care_console.store import CannotOpen, Server, Store, dump, schema


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
def older(databases, tmp_path, monkeypatch):
    """Records of an older version, which one more step would bring up to date."""
    url = databases.fresh("postgres", tmp_path)
    with there(url) as db:
        db.execute("UPDATE alembic_version SET version_num = '0000'")
    steps = []

    def step(db):
        steps.append(1)
        db.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": schema.HEAD})

    monkeypatch.setattr(schema, "_upgrade", step)
    return url, steps


async def test_older_records_are_changed_once_after_a_copy_that_can_be_read(older, tmp_path):
    url, steps = older
    with ThreadPoolExecutor(2) as desks:
        opened = list(desks.map(lambda _: Store.open(url, backups=tmp_path / "b"), range(2)))
    for store in opened:
        await store.close()

    assert len(steps) == 1
    copies = list((tmp_path / "b").iterdir())
    assert [each.read_bytes()[:5] for each in copies] == [b"PGDMP"]
    assert copies[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("lacks", ["folder", "program", "luck"])
def test_without_a_copy_older_records_are_left_as_they_are(older, tmp_path, monkeypatch, lacks):
    url, steps = older
    folder = None if lacks == "folder" else tmp_path / "b"
    if lacks != "folder":
        found = None if lacks == "program" else "/bin/false"
        monkeypatch.setattr(dump, "program", lambda name: found)

    with pytest.raises(CannotOpen, match="pg_dump"):
        Store.open(url, backups=folder)
    assert steps == []
    assert folder is None or not folder.exists() or list(folder.iterdir()) == []
