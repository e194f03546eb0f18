"""What we dial comes back as a ring, which is nobody's call."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.phone import Plan
from care_console.lines.dialled import MOST, Dialled
from care_console.lines.line import CallEvent, Event

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
MARIA = "+442079460123"
PLAN = Plan(country="GB", trunk_prefixes=("9",))


def event(kind=Event.RINGING, number=None, seconds=1.0, line="ami", call_id="back", called=""):
    at = NOON + timedelta(seconds=seconds)
    return CallEvent(
        kind=kind, call_id=call_id, line=line, at=at, number=number, called_line=called
    )


@pytest.fixture
def dialled():
    return Dialled(lambda: PLAN)


@pytest.mark.parametrize(
    "ring",
    [
        event(number="020 7946 0123"),
        event(number="9 020 7946 0123", seconds=30),
        event(number="201", called="+44 20 7946 0123", seconds=29, line="sip"),
        event(number="201", seconds=10),
    ],
)
def test_pitfall_15_our_own_dialling_is_known_by_number_and_time(dialled, ring):
    dial = dialled.note(MARIA, "ami", NOON)

    assert dialled.of(ring) is dial
    assert dialled.of(event(Event.ENDED, ring.number, 90, ring.line)) is dial


@pytest.mark.parametrize(
    "ring",
    [
        event(number="020 7946 0123", seconds=31),
        event(number="020 7946 0123", seconds=-1),
        event(number="0113 496 0877"),
        event(number="201", seconds=11),
        event(number="201", line="sip"),
        event(number=None),
    ],
)
def test_everybody_elses_ring_is_theirs(dialled, ring):
    dialled.note(MARIA, "ami", NOON)

    assert dialled.of(ring) is None


def test_who_calls_back_while_we_call_them_still_rings(dialled):
    dialled.note(MARIA, "ami", NOON)

    assert dialled.of(event(number=MARIA)) is not None
    assert dialled.of(event(number=MARIA, call_id="another", seconds=8)) is None


def test_what_could_not_be_dialled_is_forgotten(dialled):
    dialled.forget(dialled.note(MARIA, "ami", NOON))

    assert dialled.of(event(number=MARIA)) is None


@given(st.lists(st.sampled_from([MARIA, "+441134960877", "204", None]), max_size=12))
def test_no_call_of_ours_takes_more_than_one_ring_of_a_line(numbers):
    dialled = Dialled(lambda: PLAN)
    dialled.note(MARIA, "ami", NOON)

    taken = [dialled.of(event(number=each, call_id=str(at))) for at, each in enumerate(numbers)]

    assert sum(each is not None for each in taken) <= 1


def test_no_more_is_remembered_than_a_few_calls(dialled):
    for second in range(3 * MOST):
        dialled.note(MARIA, "ami", NOON + timedelta(seconds=second))

    assert len(dialled._latest) == MOST
