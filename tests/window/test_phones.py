"""A line that is down is told in words that people know."""

import pytest

from care_console.lines.line import LineState, State
from care_console.window.phones import LinesBanner

DOWN = LineState(State.DOWN, "It cannot listen.")


@pytest.fixture
def banner(qtbot):
    banner = LinesBanner()
    qtbot.addWidget(banner)
    return banner


def test_the_line_that_nobody_set_up_is_not_told_by_its_inner_name(banner):
    foot = []
    banner.turned.connect(foot.append)
    banner.show_state("hand-in", DOWN)

    assert banner.notice.accessibleName() == (
        "The line “Other programs” is down. It cannot listen."
    )
    assert foot == ["Line down: Other programs"]


def test_several_lines_are_told_by_their_names(banner):
    banner.show_state("hand-in", DOWN)
    banner.show_state("Reception", DOWN)

    assert "Other programs: It cannot listen." in banner.notice.accessibleName()
    assert "Reception: It cannot listen." in banner.notice.accessibleName()
