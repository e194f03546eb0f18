"""The command that softphones start for each call."""

import asyncio
import os
import subprocess
import sys

import pytest
from platformdirs import user_data_dir

from care_console.lines import ring_command as command
from care_console.lines.push import default_home
from care_console.lines.ring_command import is_ring, parse, ring_command

RING = """
import sys
from care_console.lines.ring_command import ring_command
status = ring_command(sys.argv[1:])
light = {name.partition(".")[0] for name in sys.modules}.isdisjoint(
    {"argparse", "asyncio", "pathlib", "gettext", "platformdirs", "PySide6", "phonenumbers"}
)
sys.exit(status if light else "more is imported than a ring needs")
"""


@pytest.fixture
def sent(monkeypatch):
    """What would be handed over: the homes and the messages."""
    messages = []
    monkeypatch.setattr(command, "push", lambda home, message: messages.append((home, message)))
    return messages


@pytest.mark.parametrize(
    ("argv", "asks"),
    [
        ("ring 1", True),
        ("--home x ring 1", True),
        ("--home=x ring", True),
        ("--home ring", False),
        ("--home ring ring 1", True),
        ("lookup ring", False),
        ("import ring", False),
        ("--demo", False),
        ("", False),
        ("--home", False),
    ],
)
def test_it_is_asked_for_by_the_first_word(argv, asks):
    assert is_ring(argv.split()) is asks


def test_everything_that_is_given_is_handed_over(sent):
    argv = "ring 201 --name Ada --line 5 --withheld --event ended --call-id 7 --home /there"

    assert ring_command(argv.split()) == 0

    assert sent == [
        (
            "/there",
            {
                **{"number": "201", "name": "Ada", "line": "5"},
                **{"withheld": True, "event": "ended", "call_id": "7"},
            },
        )
    ]


@pytest.mark.parametrize(
    "argv",
    [
        ["--home", "/there", "ring", "020 7946 0000"],
        ["--home=/there", "ring", "020", "7946", "0000"],
        ["ring", "020 7946 0000", "--home=/there"],
        ["ring", "--home", "/there", "020 7946", "0000"],
    ],
)
def test_the_home_may_stand_anywhere_and_blanks_need_no_quotes(argv):
    home, message = parse(argv)

    assert (home, message["number"]) == ("/there", "020 7946 0000")


def test_a_value_may_look_like_an_option_or_be_empty():
    _home, message = parse(["ring", "", "--name", "--line", "--call-id=", "--line", "ring"])

    assert message == {"number": "", "name": "--line", "call_id": "", "line": "ring"}


def test_a_caller_who_is_called_help_rings(sent):
    assert ring_command(["ring", "1", "--name", "--help"]) == 0
    assert sent[0][1]["name"] == "--help"


def test_a_number_that_was_filled_with_nothing_is_left_to_the_console():
    assert parse(["ring", "--name", "Ada"])[1]["number"] == ""
    assert parse(["ring", "--withheld"])[1]["withheld"] is True


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["ring"], "Use: care-console ring NUMBER"),
        (["ring", "--home", "x"], "Use: care-console ring NUMBER"),
        (["ring", "1", "--colour", "red"], "--colour is not an option"),
        (["ring", "1", "--name"], "After --name something has to follow."),
    ],
)
def test_what_is_not_understood_is_told(sent, capsys, argv, told):
    assert ring_command(argv) == 2

    assert told in capsys.readouterr().err
    assert sent == []


def test_how_to_use_it_is_told(capsys):
    assert ring_command(["ring", "1", "--name", "-h", "--help"]) == 0
    assert "--withheld" in capsys.readouterr().out


def test_a_long_name_is_cut_and_does_not_cost_the_call():
    _home, message = parse(["ring", "1", "--name", "A" * 10_000, "--line", "1" * 10_000])

    assert (len(message["name"]), len(message["line"])) == (120, 120)


def test_a_name_in_an_old_encoding_is_read():
    assert parse(["ring", "1", "--name", os.fsdecode(b"N\xfa\xf1ez")])[1]["name"] == "Núñez"
    assert parse(["ring", "1", "--name", os.fsdecode("Núñez".encode())])[1]["name"] == "Núñez"


@pytest.mark.parametrize("data", [None, "", " ", "/data"])
def test_the_usual_home_is_the_one_of_the_platform(monkeypatch, data):
    monkeypatch.delenv("CARE_CONSOLE_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if data is not None:
        monkeypatch.setenv("XDG_DATA_HOME", data)

    assert default_home() == user_data_dir("care-console")


def test_the_environment_names_the_home(monkeypatch):
    monkeypatch.setenv("CARE_CONSOLE_HOME", "/there")

    assert parse(["ring", "1"])[0] == "/there"
    assert parse(["ring", "1", "--home", "/here"])[0] == "/here"


def test_why_it_was_not_taken_is_told_word_by_word(monkeypatch, capsys):
    monkeypatch.setattr(command, "push", lambda home, message: "Not {today}.")

    assert ring_command(["ring", "1"]) == 2
    assert capsys.readouterr().err == "Not {today}.\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="platformdirs finds the home")
async def test_the_process_imports_next_to_nothing(home, line):
    script = [sys.executable, "-c", RING, "ring", "020 7946 0000", "--home", str(home)]
    ran = await asyncio.to_thread(subprocess.run, script, capture_output=True, timeout=60)

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")
    await line.close()
    assert [event.number async for event in line.events()] == ["020 7946 0000"]


def test_where_no_console_runs_one_sentence_is_told(home):
    script = [sys.executable, "-c", RING.replace("light else", "light or True else"), "ring", "1"]
    ran = subprocess.run([*script, "--home", str(home)], capture_output=True, text=True, timeout=60)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "No console is running for this home.\n"
