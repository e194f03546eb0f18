"""What broke is told without a word about anybody."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.faults import Plain, WithoutPeople, place, told, where

WORD = "Quixoticus"


def broken(inside=ValueError):
    try:
        try:
            {}[f"{WORD} is no key"]
        except KeyError as error:
            raise inside(f"{WORD} rang from 020 7946 0123") from error
    except inside as error:
        return error


def test_an_exception_is_its_kinds_files_and_lines():
    report = told(broken())
    assert report.splitlines()[0] == "ValueError"
    assert "after KeyError" in report
    assert "test_faults.py:" in report
    assert "in broken" in report
    assert WORD not in report
    assert "7946" not in report


def test_a_group_of_exceptions_tells_each_and_no_message():
    report = told(ExceptionGroup(f"{WORD}", [broken(), TypeError(WORD)]))
    assert "with ValueError at" in report
    assert "with TypeError" in report
    assert WORD not in report


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/maria/src/care_console/calls/pane/strip.py", "care_console/calls/pane/strip.py"),
        ("C:\\Users\\maria\\care_console\\app.py", "care_console/app.py"),
        ("/home/maria/venv/lib/site-packages/sqlmodel/main.py", "sqlmodel/main.py"),
        ("/home/maria/notes.py", "notes.py"),
        ("", "?"),
    ],
)
def test_a_path_does_not_tell_whose_computer_it_is(path, shown):
    assert place(path) == shown


def line(name, message, *args, **more):
    record = logging.LogRecord(name, logging.INFO, "/x/y.py", 7, message, args, None, **more)
    return WithoutPeople().format(record)


def test_of_our_own_lines_only_the_constant_words_and_numbers_stand_there():
    said = line("care_console.calls", "a call of %s took %d ms on %s", WORD, 12, Plain("desk"))
    assert said.endswith("care_console.calls a call of str took 12 ms on desk")


@pytest.mark.parametrize("name", ["sqlalchemy.engine", "care_consoles", "asyncio"])
def test_of_others_only_the_place_stands_there(name):
    said = line(name, f"INSERT INTO card VALUES ({WORD})")
    assert said.endswith(f"{name} y.py:7")


def test_words_that_do_not_fit_together_are_still_harmless():
    assert WORD not in line("care_console.x", "%d of %d", WORD)


@given(st.text(min_size=1), st.one_of(st.text(min_size=8), st.binary(min_size=8)))
def test_no_value_ever_gets_into_a_line(message, value):
    record = logging.LogRecord("care_console.x", 20, "/x/y.py", 7, "took %s", (value,), None)
    assert WithoutPeople().format(record).endswith(f"took {type(value).__name__}")
    assert where(ValueError(message)) == "ValueError"
