"""How the entries of recoveries read, and how an abusive call goes."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from care_console.journal.rules import Entry
from care_console.recovery.rules import AbuseStep, BadRecovery
from care_console.recovery.rules.abuse import (
    TooSoon,
    end,
    note_until,
    proposed_note,
    step_of,
    warn,
)
from care_console.recovery.rules.checklist import tidy
from care_console.recovery.rules.words import WORDS

SERVICE = Path(__file__).parents[2] / "care_console" / "recovery" / "service"
KIND = re.compile(r'"((?:recovery|abuse|courtesy|colleague|playbook|words)_[a-z_]+)"')
KEYS = {"recovery_id", "recovery_ids", "recovery_step"}  # no kinds
DAY = date(2030, 1, 7)


def told(kind, personal=None, **facts):
    at = datetime(2030, 1, 7, 9, tzinfo=UTC)
    entry = Entry(1, kind, {"recovery_id": 12, **facts}, personal or {}, at, 1, "", "")
    line = WORDS[kind](entry)
    return line.title, line.sub, line.tone


def test_every_kind_of_entry_that_is_written_can_be_read():
    written = {
        kind
        for file in SERVICE.glob("*.py")
        for kind in KIND.findall(file.read_text("utf-8"))
        if kind not in KEYS
    }

    assert written == set(WORDS)


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_an_entry_whose_person_was_erased_still_reads(kind):
    title, sub, _ = told(kind)

    assert title
    assert "None" not in title + sub


def test_what_was_done_reads_as_it_was():
    step = {"step": "atonement"}
    assert told("recovery_opened", {"title": "Late"})[:2] == ("Recovery R-12 begun", "Late")
    assert told("recovery_step_done", {"note": "Calm"}, **step) == (
        "Make it up: done",
        "Calm",
        "ok",
    )
    assert told("recovery_step_skipped", {"note": "Gone"}, **step) == (
        "Make it up: left out",
        "Gone",
        "warn",
    )
    assert told("recovery_step_undone", **step)[0] == "Make it up: taken back"
    assert told("recovery_step_handed", {"to": "Jo"}, **step)[:2] == (
        "Make it up: handed over",
        "Jo",
    )
    assert told("recovery_step_done", step="gone")[0] == "gone: done"
    assert told("recovery_fault", fault="ours")[0] == "Whose fault: Our fault"
    assert told("recovery_fault", fault="gone")[0] == "Whose fault: gone"
    assert told("recovery_handed_over", {"to": "Jo"})[:2] == ("Recovery R-12 handed over", "Jo")
    assert told("recovery_follow_up", {"owner": "Jo"})[:2] == ("Follow-up dated", "Jo")
    assert told("recovery_closed")[0] == "Recovery R-12 closed"
    assert told("recovery_reopened", {"note": "So"})[:2] == ("Recovery R-12 opened again", "So")
    assert told("recovery_taken_back")[0] == "Recovery R-12 taken back"


def test_an_answer_reads_as_the_customer_gave_it():
    yes = {"put_right": True, "sorry_said": True, "sorry_helped": True, "opened_again": False}
    assert told("recovery_answered", **yes) == (
        "Put right, says the customer",
        "somebody said sorry · it helped",
        "ok",
    )
    no = {"put_right": False, "sorry_said": False, "sorry_helped": False, "opened_again": True}
    assert told("recovery_answered", **no) == (
        "Not put right",
        "nobody said sorry · it did not help · one level up",
        "bad",
    )
    unasked = {"put_right": True, "sorry_said": None, "sorry_helped": None}
    assert told("recovery_answered", **unasked)[1] == ""


def test_an_abusive_call_reads_without_the_words_that_fell():
    assert told("abuse_warned", warned=1)[0] == "Asked to speak without abuse, 1 time"
    assert told("abuse_ended", threat=True)[1] == "after a threat"
    assert told("abuse_ended", threat=False)[1] == "after two warnings"


def test_warn_warn_end():
    assert [step_of(each, ended=False) for each in range(4)] == [
        AbuseStep.FIRST,
        AbuseStep.SECOND,
        AbuseStep.END,
        AbuseStep.END,
    ]
    assert step_of(0, ended=True) is AbuseStep.ENDED
    assert [warn(each, ended=False) for each in range(2)] == [1, 2]
    for warned, ended in ((2, False), (0, True)):
        with pytest.raises(BadRecovery):
            warn(warned, ended=ended)


@pytest.mark.parametrize(
    ("warned", "ended", "threat", "raised"),
    [
        (0, False, False, TooSoon),
        (1, False, False, TooSoon),
        (2, False, False, None),
        (0, False, True, None),
        (2, True, False, BadRecovery),
        (0, True, True, BadRecovery),
    ],
)
def test_a_call_ends_after_two_warnings_or_a_threat(warned, ended, threat, raised):
    if raised is None:
        end(warned, ended=ended, threat=threat)
        return
    with pytest.raises(raised) as hindrance:
        end(warned, ended=ended, threat=threat)
    assert type(hindrance.value) is raised


def test_the_note_says_what_was_done_and_nothing_about_the_person():
    assert proposed_note(DAY, 0, threat=True) == "7 Jan 2030: a call was ended after a threat."
    assert proposed_note(DAY, 1, threat=False) == "7 Jan 2030: abusive language on a call."
    assert proposed_note(DAY, 2, threat=False) == (
        "7 Jan 2030: a call was ended after two warnings about abusive language."
    )
    assert "janv. 2030" in proposed_note(DAY, 2, threat=False, locale="fr_FR")
    assert note_until(DAY) == date(2030, 4, 7)


def test_a_note_is_one_line():
    assert tidy("  so \n so  ") == "so so"
    assert len(tidy("x" * 900)) == 500
