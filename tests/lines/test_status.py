"""Tests of how a line tells that it dropped and came back."""

from care_console.lines.line import LineState, State
from care_console.lines.status import Status


def test_each_change_is_told_once_until_nobody_listens() -> None:
    status = Status()
    heard: list[LineState] = []
    end = status.listen(heard.append)
    status.set(State.UP)
    status.set(State.UP)
    status.set(State.DOWN, "The telephone system does not answer.")
    end()
    status.set(State.UP)
    assert heard == [
        LineState(State.UP),
        LineState(State.DOWN, "The telephone system does not answer."),
    ]
    assert status.now == LineState(State.UP)
