"""The command line answers without a window."""

import json
import subprocess
import sys
import zipfile
from uuid import uuid4

import pytest

from care_console.base.clock import utc_now
from care_console.base.command import Clerk, Command
from care_console.cards.rules import Group, NewCard, NewMembership, NewPhone
from care_console.cli import main
from care_console.services import furnish
from care_console.settings.home import Home

NUMBER = "+442079460000"
LIGHT = """
import sys
import zipfile
from care_console.cli import main
status = main()
sys.exit("Qt came along" if "PySide6" in sys.modules else status)
"""


@pytest.fixture
def home(tmp_path, loop):
    async def fill():
        services = await furnish(Home.at(tmp_path / "home", create=True), utc_now)
        clerk = await services.beginning.begin({"name": "Northgate"}, "Grace Hopper")
        new = NewCard(
            given="Ada",
            family="Poe",
            company="Poe & Sons",
            phones=(NewPhone(raw="020 7946 0000"),),
            memberships=(NewMembership(group=Group.SUPPLIER),),
        )
        await services.cards.add(Command(uuid4(), Clerk("", "", clerk.card_id)), new)
        await services.store.close()

    loop.run_until_complete(fill())
    return str(tmp_path / "home")


@pytest.mark.parametrize("before", [True, False])
def test_a_look_up_tells_who_has_a_number(home, capsys, before):
    where, lookup = ["--home", home], ["lookup", "020 7946 0000", "020 7946 0001"]

    assert main([*where, *lookup] if before else [*lookup, *where]) == 0

    told = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[1:] for line in told] == [
        ["known", "Ada Poe"],
        ["unknown", "on no card"],
    ]


def test_a_look_up_brings_no_qt_along_and_is_one_object_a_line(home):
    script = [sys.executable, "-c", LIGHT, "--home", home, "lookup", "--json", "-"]
    spellings = "020 7946 0000\n+44 (0)20 7946-0000\n\n004420.7946.0000\n"
    ran = subprocess.run(script, capture_output=True, text=True, timeout=60, input=spellings)

    assert (ran.returncode, ran.stderr) == (0, "")
    told = [json.loads(line) for line in ran.stdout.splitlines()]
    card = {
        "id": 2,
        "name": "Ada Poe",
        "groups": ["supplier"],
        "company": "Poe & Sons",
        "numbers": [NUMBER],
    }
    assert [each["cards"] for each in told] == [[card]] * 3
    assert {each["match"] for each in told} == {"known"}
    assert set(told[0]) == {"number", "match", "cards", "elapsed_ms"}
    assert all(each["elapsed_ms"] >= 0 for each in told)


def test_the_country_of_a_look_up_may_be_another(home, capsys):
    assert main(["--home", home, "lookup", "--json", "--country", "de", "030 23125001"]) == 0

    assert json.loads(capsys.readouterr().out)["number"].replace(" ", "") == "+493023125001"


@pytest.mark.parametrize("country", ["Germany", "d1", "é"])
def test_what_is_no_country_is_told(home, capsys, country):
    assert main(["--home", home, "lookup", "--country", country, NUMBER]) == 2
    assert "is no country" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["12", "<b>", "anonymous", "0" * 10_000])
def test_a_number_that_leads_nowhere_is_still_answered(home, capsys, number):
    assert main(["--home", home, "lookup", "--json", number]) == 0
    assert json.loads(capsys.readouterr().out)["cards"] == []


def test_a_look_up_never_makes_a_home(tmp_path, capsys):
    assert main(["lookup", NUMBER, "--home", str(tmp_path / "none")]) == 2

    assert "nothing is there" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_home_may_be_named_by_the_environment(home, capsys, monkeypatch):
    monkeypatch.setenv("CARE_CONSOLE_HOME", home)

    assert main(["lookup", NUMBER]) == 0

    assert "Ada Poe" in capsys.readouterr().out


def test_a_window_is_not_opened_among_somebody_elses_files(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("Dear Ada")

    assert main(["--home", str(tmp_path)]) == 2

    assert "other files" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_a_ring_without_a_console_is_told(home, capsys):
    assert main(["ring", NUMBER, "--home", home]) == 2
    assert "No console is running" in capsys.readouterr().err


def test_all_that_is_held_on_a_person_becomes_one_file(home, tmp_path, capsys):
    file = tmp_path / "ada.zip"

    assert main(["--home", home, "person", "020 7946 0000", str(file), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["rows"] > 5
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as pack:
        assert sorted(pack.namelist()) == ["person.html", "person.json", "person.vcf"]
        assert "Poe" in pack.read("person.vcf").decode()
    assert main(["--home", home, "person", str(told["card"]), str(file)]) == 2
    assert "File exists" in capsys.readouterr().err
    assert main(["--home", home, "person", "Nobody Here", str(tmp_path / "x.zip")]) == 2
    assert "0 cards are found by “Nobody Here”." in capsys.readouterr().err
    assert main(["--home", home, "person", "999", str(tmp_path / "x.zip")]) == 2
    assert not (tmp_path / "x.zip").exists()
