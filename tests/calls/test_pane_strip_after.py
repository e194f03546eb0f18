"""The strip once a call was picked up somewhere, was missed, or is one of ours."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from care_console.calls.pane import CallStrip, strip
from tests.calls.callers import KNOWN, Contact, on_screen, press

MARIA = Contact(11, "Maria Okafor", ("end-user",))


@pytest.fixture
def desk(qtbot, clock):
    """A strip over a note in which somebody writes."""
    desk = QWidget()
    down = QVBoxLayout(desk)
    desk.strip, desk.note = CallStrip(clock), QPlainTextEdit()
    down.addWidget(desk.strip)
    down.addWidget(desk.note, 1)
    on_screen(qtbot, desk, 1270, 300)
    desk.note.setFocus()
    return desk


@pytest.fixture
def spoken(monkeypatch):
    """What a screen reader is told, and whether at once."""
    told = []
    monkeypatch.setattr(
        strip, "announce", lambda _of, words, at_once=False: told.append((words, at_once))
    )
    return told


def test_answered_by_nobody_knows_whom_is_asked_and_said_once(desk, spoken):
    for _again in range(2):
        desk.strip.show_answered(KNOWN)

    assert desk.strip.shown == "answered"
    assert (desk.strip.state.words, desk.strip.take.text()) == ("Answered. You?", "It was me")
    assert desk.note.hasFocus()
    assert spoken == [("Answered: Maria Okafor. If it was you, press F2.", False)]
    assert not desk.strip._second.isActive()


@pytest.mark.parametrize("can", [True, False])
def test_whoever_was_missed_is_called_back_only_where_a_line_can(desk, can):
    called = []
    desk.strip.call_back_wanted.connect(lambda: called.append(1))
    desk.strip.show_missed(KNOWN, call_back=can)
    desk.strip.focus_first()
    assert desk.strip.call_back.isVisible() is can
    assert desk.note.hasFocus() is not can
    if can:
        press(Qt.Key.Key_Return)

    assert called == [1] * can


def test_a_call_of_ours_is_told_as_calling(desk):
    desk.strip.show_contacts([replace(MARIA, ours=True)], 11)

    assert desk.strip.state.words == "Calling"
