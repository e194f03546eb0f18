"""The command that tells whether the journal is what was written."""

import asyncio
import json
from argparse import ArgumentParser, Namespace
from uuid import uuid4

import pytest
from sqlmodel import text

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.check_command import add_check, check
from care_console.journal.service import Journal
from care_console.settings.home import MARK, Home
from care_console.settings.opening import open_home
from tests.journal.conftest import GRACE


@pytest.fixture
def home(tmp_path):
    home = Home.at(tmp_path / "home", create=True)
    work(home, "start")
    return home.folder


def work(home, *kinds, sql=""):
    """Write an entry of each kind, and do something behind the journal's back."""

    async def desk():
        opened = open_home(home)
        journal = Journal(opened.store, utc_now, opened.desk.origin, opened.seal)
        for kind in kinds:
            await opened.store.write(journal.write, Command(uuid4(), GRACE), kind, {})
        if sql:
            await opened.store.write(lambda db: db.execute(text(sql)) and None)
        await opened.store.close()

    asyncio.run(desk())


def asked(home, *words):
    parser = ArgumentParser()
    add_check(parser.add_subparsers(), ArgumentParser(add_help=False))
    return parser.parse_args(["check", *words], Namespace(home=home))


def test_a_journal_that_is_whole_is_said_to_be(home, capsys):
    work(Home.at(home), "noted", "noted")

    assert check(asked(home)) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        "The journal is what was written: 3 entries.",
        "Every page of the records is what was written.",
    ]
    assert "weaker than a keyring" in told[2]
    assert told[4] == "There is no backup yet."


def test_what_was_changed_is_told_by_its_number_and_for_machines_as_json(home, capsys):
    work(Home.at(home), "noted", "noted", sql="UPDATE entry SET kind = 'other' WHERE number = 2")

    assert check(asked(home)) == 1
    assert "entry 2: The entry is not as it was written." in capsys.readouterr().out
    assert check(asked(home, "--json")) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["whole"] is False
    assert [(each["number"], each["trouble"]) for each in told["faults"]] == [(2, "changed")]
    assert [(each["entries"], each["keyed"]) for each in told["chains"]] == [(3, True)]


def test_a_tail_that_was_cut_is_told_until_somebody_accepts_it(home, capsys):
    work(Home.at(home), "noted", "noted", sql="DELETE FROM entry WHERE number > 1")

    assert check(asked(home)) == 1
    said = capsys.readouterr().out
    assert "Entries at the end are gone" in said
    assert "brought back at another desk" in said
    assert check(asked(home, "--accept")) == 1
    assert check(asked(home)) == 0


def test_a_mark_that_is_gone_is_told(home, capsys):
    (home / MARK).unlink()
    assert check(asked(home)) == 1
    assert "kept outside the records is gone" in capsys.readouterr().out

    work(Home.at(home), "noted")
    assert (home / MARK).stat().st_mode & 0o777 == 0o600
    assert check(asked(home)) == 1
