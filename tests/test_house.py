"""The house's own rules about its files."""

import ast
from pathlib import Path

import pytest

FILES = sorted(
    file
    for folder in ("care_console", "tests")
    for file in Path(folder).rglob("*.py")
    if "versions" not in file.parts  # a migration is what it is
)


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_file_is_short_and_says_in_one_sentence_what_it_is(file):
    source = file.read_text()
    tree = ast.parse(source)
    sentence = ast.get_docstring(tree) or ""

    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert ". " not in sentence
    assert len(source.splitlines()) <= 400
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 30, node.name


@pytest.mark.parametrize("file", [file for file in FILES if "tests" in file.parts], ids=str)
def test_no_coroutine_lets_qt_enter_the_loop_a_second_time(file):
    """A task that is entered inside another one is lost, and who waits for it waits for ever."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.AsyncFunctionDef):
            called = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
            assert not called & {"processEvents", "waitUntil", "waitSignal"}, node.name


@pytest.mark.parametrize("file", [file for file in FILES if "tests" not in file.parts], ids=str)
def test_nothing_waits_in_a_way_that_loses_a_cancellation(file):
    """In Python 3.11 ``wait_for`` returns as if nothing were, if it is cancelled as it ends."""
    names = {each.attr for each in ast.walk(ast.parse(file.read_text())) if hasattr(each, "attr")}

    assert "wait_for" not in names
