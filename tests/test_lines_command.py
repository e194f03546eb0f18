"""Telephone lines and calls on the command line, over real files."""

import io
import json
import os
import sys
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from care_console.base.clock import utc_now
from care_console.base.command import Command
from care_console.calls_command import NoMoment, moment
from care_console.cards.rules import NewCard, NewPhone
from care_console.cli import main
from care_console.lines.line import CallEvent, Event, Presentation
from care_console.services import furnish
from care_console.settings.home import Home
from care_console.store import ask

NUMBER = "+442079460000"


@pytest.fixture
def home(tmp_path, loop, pretend_kind):
    async def fill():
        services = await furnish(Home.at(tmp_path / "home", create=True), utc_now)
        await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
        await services.store.close()

    loop.run_until_complete(fill())
    return Home.at(tmp_path / "home")


@pytest.fixture
def run(home, capsys, monkeypatch):
    """Run a command; return its exit status, what it said, and what hindered it."""

    def run(*words, typed=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        status = main([*words, "--home", str(home.folder)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_a_line_is_added_listed_changed_tested_and_removed(run, home):
    added = run("lines", "add", "pretend", "Main", "server=pbx.example", typed="s3cret\n")
    assert added == (0, "“Main” added\n", "")
    assert "s3cret" not in home.desk_file.read_text()

    status, out, _err = run("lines", "list", "--json")
    assert status == 0
    assert json.loads(out) == {
        "name": "Main",
        "kind": "pretend",
        "options": {"server": "pbx.example"},
        "password": True,
        "trouble": "",
    }
    assert run("lines", "--json")[1] == out
    assert run("lines")[1] == "Main  pretend  server=pbx.example\n"

    assert run("lines", "change", "main", "way=tcp", "name=Front")[:2] == (0, "“Front” changed\n")
    status, out, _err = run("lines", "test", "Front", "--json")
    assert status == 0
    assert [json.loads(each)["good"] for each in out.splitlines()] == [None, True]

    assert run("lines", "change", "Front", "way=", "--password", typed="wrong\n")[0] == 0
    status, out, _err = run("lines", "test", "Front")
    assert status == 1
    assert out.splitlines()[-1].startswith("✗  The server does not take the password.")

    assert run("lines", "remove", "Front", "--json")[:2] == (0, '{"line": "Front"}\n')
    assert run("lines") == (0, "", "")
    assert not home.line_secrets.exists()


def test_a_password_is_never_an_argument(run, home):
    status, _out, err = run("lines", "add", "pretend", "Main", "server=a", "password=s3cret")

    assert status == 2
    assert "A password is no argument" in err
    assert home.tables() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "pigeon", "Main"), "no line of the kind pigeon"),
        (("add", "pretend", "Main"), "Server is needed"),
        (("add", "pretend", "Main", "server"), "“server” is not KEY=VALUE"),
        (("change", "Main", "server=b"), "No line is called “Main”"),
        (("remove", "Main"), "No line is called “Main”"),
        (("test", "Main"), "No line is called “Main”"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(run, home, words, sentence):
    status, out, err = run("lines", *words)

    assert (status, out) == (2, "")
    assert sentence in err
    assert home.tables() == []


def test_a_table_that_is_not_understood_is_listed_with_its_sentence(run, home):
    home.desk_file.write_text(home.desk_file.read_text() + '\n[[line]]\nname="Bird"\nkind="crow"\n')

    status, out, _err = run("lines", "--json")

    assert status == 1
    assert "no line of the kind crow" in json.loads(out)["trouble"]
    assert run("lines", "test", "Bird")[0] == 2


def test_the_kinds_are_told_with_what_each_wants(run):
    status, out, _err = run("lines", "kinds", "--json")

    assert status == 0
    kind = json.loads(out)
    assert kind["kind"] == "pretend"
    assert [each["key"] for each in kind["options"]] == [
        "server",
        "port",
        "way",
        "phone",
        "password",
    ]


def test_what_was_done_to_lines_is_in_the_journal_without_the_secret(run, home, loop):
    run("lines", "add", "pretend", "Main", "server=pbx.example", typed="s3cret\n")
    run("lines", "remove", "Main")

    async def entries():
        services = await furnish(home, utc_now)
        found = await services.store.read(lambda db: ask(db, "SELECT kind, facts FROM entry", {}))
        await services.store.close()
        return found

    found = loop.run_until_complete(entries())
    assert [kind for kind, _facts in found][-2:] == ["line_added", "line_removed"]
    assert "s3cret" not in repr(found)


def event(kind, call_id, ago, **said):
    at = utc_now() - timedelta(minutes=ago)
    return CallEvent(kind=kind, call_id=call_id, line="Main", at=at, **said)


async def people(services, command):
    """Add a customer, and two who share a number; return their cards."""
    ada = NewCard(given="Ada", family="Poe", phones=(NewPhone(raw="020 7946 0000"),))
    shared = (NewPhone(raw="020 7946 0001"),)
    first = await services.cards.add(command(), ada)
    return first, [
        await services.cards.add(command(), NewCard(given=name, family="Ray", phones=shared))
        for name in ("Bea", "Cy")
    ]


@pytest.fixture
def calls(home, loop):
    """Calls of a customer, of two who share a number, one withheld, an old one, and one of ours."""

    async def fill():
        services = await furnish(home, utc_now)
        clerk, log = await services.staff.clerk(), services.log

        def command():
            return Command(uuid4(), clerk)

        cards = await people(services, command)
        for each, number, ago in (("a", NUMBER, 30), ("b", "+442079460001", 20)):
            rings = event(Event.RINGING, each, ago, number=number, diverted_from="+442079460099")
            await log.began(command(), rings, await services.rings.caller(rings, clerk))
        await log.answered(command(), event(Event.ANSWERED, "a", 29, number=NUMBER))
        await log.ended(command(), event(Event.ENDED, "a", 25, number=NUMBER, cause="16"))
        hidden = {"number": "+442079460002", "presentation": Presentation.WITHHELD, "name": "Eve"}
        await log.began(command(), event(Event.RINGING, "c", 10, **hidden), None)
        await log.began(command(), event(Event.RINGING, "d", 60 * 24 * 40, number=NUMBER), None)
        ours = await services.outgoing.dialled(command(), NUMBER, "Main", cards[0])
        await services.outgoing.hung_up(ours, utc_now())
        await services.store.close()
        return cards

    return loop.run_until_complete(fill())


def test_the_calls_are_one_object_a_line_the_oldest_first(run, calls):
    first, both = calls
    status, out, _err = run("calls", "--since", "2h", "--json")

    assert status == 0
    told = [json.loads(each) for each in out.splitlines()]
    assert [each["number"] for each in told] == [NUMBER, "+442079460001", "", NUMBER]
    assert [each["card_ids"] for each in told] == [[first], both, [], [first]]
    assert [each["outcome"] for each in told] == ["answered", "ringing", "ringing", "outgoing"]
    assert [each["direction"] for each in told] == ["in", "in", "in", "out"]
    assert set(told[0]) == {
        *("number", "match", "card_ids", "line", "called", "started", "answered", "ended"),
        *("outcome", "cause", "diverted_from", "presentation", "direction"),
    }
    assert told[0]["cause"] == "16"
    assert told[0]["diverted_from"] == "+442079460099"
    for moment_told in (told[0]["started"], told[0]["answered"], told[0]["ended"]):
        assert moment_told.endswith("Z")
        assert datetime.fromisoformat(moment_told).tzinfo is UTC
    assert told[1]["answered"] is None


def test_who_withheld_their_number_stays_withheld(run, calls):
    _status, out, _err = run("calls", "--since", "2h", "--json")

    assert json.loads(out.splitlines()[2])["presentation"] == "withheld"
    assert "0002" not in out
    assert "Eve" not in out
    assert "withheld" in run("calls", "--since", "2h")[1].splitlines()[2]


def test_a_call_that_we_made_is_told_from_one_that_came(run, calls):
    lines = run("calls", "--since", "2h")[1].splitlines()

    assert [line.split("  ")[1] for line in lines] == ["in", "in", "in", "out"]


def test_giving_out_the_call_log_is_journalled(run, calls, home, loop):
    run("calls", "--since", "2h")

    async def kinds():
        services = await furnish(home, utc_now)
        found = await services.store.read(lambda db: ask(db, "SELECT kind FROM entry", {}))
        await services.store.close()
        return [kind for (kind,) in found]

    assert loop.run_until_complete(kinds())[-1] == "calls_listed"


def test_older_calls_are_listed_when_they_are_asked_for(run, calls):
    assert len(run("calls", "--since", "8w")[1].splitlines()) == 5


@pytest.mark.parametrize("typed", ["yesterday-ish", "2x", "", "2030-13-01", "0001-01-01"])
def test_what_is_no_moment_is_told(run, typed):
    status, out, err = run("calls", "--since", typed)

    assert (status, out) == (2, "")
    assert "is no moment" in err


@pytest.fixture
def in_london(monkeypatch):
    import time

    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.setenv("TZ", before) if before else monkeypatch.delenv("TZ")
    time.tzset()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2030-07-01T23:00+00:00"),
        ("yesterday", "2030-06-30T23:00+00:00"),
        ("90m", "2030-07-02T09:30+00:00"),
        ("2h", "2030-07-02T09:00+00:00"),
        ("1d", "2030-07-01T11:00+00:00"),
        ("2030-01-07", "2030-01-07T00:00+00:00"),
        ("2030-06-07", "2030-06-06T23:00+00:00"),
        ("2030-06-07T09:00", "2030-06-07T08:00+00:00"),
        ("2030-06-07T09:00+02:00", "2030-06-07T07:00+00:00"),
        ("2030-06-07T09:00Z", "2030-06-07T09:00+00:00"),
    ],
)
def test_a_moment_is_that_of_this_computers_clock_unless_it_names_its_zone(in_london, typed, meant):
    now = datetime(2030, 7, 2, 11, 0, tzinfo=UTC).astimezone()

    assert moment(typed, now) == datetime.fromisoformat(meant)


def test_a_moment_that_is_none_says_what_could_be_typed():
    with pytest.raises(NoMoment, match="Say today, yesterday, 2h"):
        moment("soon", utc_now().astimezone())


def test_help_names_both(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])

    said = capsys.readouterr().out
    assert "lines" in said
    assert "calls" in said


@pytest.mark.skipif(sys.platform != "linux", reason="a list of the Linux desktops")
def test_telephone_links_are_taken_and_given_back(run, home, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    assert run("lines", "links", "--json") == (0, '{"links": false}\n', "")
    assert run("lines", "links", "take") == (0, "Telephone links come here.\n", "")
    (entry,) = (tmp_path / "data" / "applications").iterdir()
    assert f'"--home" "{home.folder}" %u' in entry.read_text()
    assert run("lines", "links", "leave") == (0, "Telephone links go elsewhere.\n", "")
