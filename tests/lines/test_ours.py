"""A line that nobody set up is called by plain words."""

import pytest

from care_console.lines.handin import HandInLine
from care_console.lines.ours import OURS, line_words
from care_console.lines.pretend import PretendLine
from care_console.settings.line_tables import TAKEN
from care_console.window.dialling import BY_LINK


@pytest.mark.parametrize("name", sorted(OURS))
def test_ours_are_told_in_words_and_nobody_else_can_have_their_names(name):
    assert line_words(name) != name
    assert name in TAKEN


def test_each_line_that_nobody_sets_up_has_its_words(clock):
    assert {HandInLine.name, PretendLine(clock).name, BY_LINK} == set(OURS)


def test_a_line_that_was_set_up_keeps_its_name():
    assert line_words("Reception") == "Reception"
    assert line_words("Recep\u202etion") == "Reception"
