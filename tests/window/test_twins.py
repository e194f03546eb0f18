"""A call of which several lines tell is told once."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.phone import Plan
from care_console.lines.line import CallEvent, Event, Presentation
from care_console.window.twins import MOST, Twins

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
PLAN = Plan(country="GB")
HERE, AWAY, SOMEWHERE = (
    Event.ANSWERED,
    Event.ANSWERED_ELSEWHERE,
    Event.ANSWERED_SOMEWHERE,
)


def on(line, kind=Event.RINGING, number="020 7946 0123", seconds=0, call_id="", **more):
    at = NOON + timedelta(seconds=seconds)
    call_id = call_id or f"of {line}"
    return CallEvent(kind=kind, call_id=call_id, line=line, at=at, number=number, **more)


@pytest.fixture
def twins():
    return Twins(lambda: PLAN)


def telling(twins, *events):
    """Return what is told of these events: the line under which it is, and what it is."""
    told = [twins.told(each) for each in events]
    return [(each.line, each.kind) for each in told if each is not None]


def test_pitfall_9_sip_and_ami_for_one_call_ring_once(twins):
    told = telling(twins, on("sip"), on("ami", number="+442079460123", seconds=1))

    assert told == [("sip", Event.RINGING)]


def test_pitfall_10_a_call_is_over_when_its_last_leg_is(twins):
    rung = on("sip"), on("ami", seconds=1)
    ended = on("sip", Event.ENDED, seconds=5), on("ami", Event.ENDED, seconds=6)

    assert telling(twins, *rung, *ended) == [("sip", Event.RINGING), ("sip", Event.ENDED)]


def test_what_the_second_line_knows_better_counts(twins):
    told = telling(
        twins, on("sip"), on("ami"), on("sip", SOMEWHERE), on("ami", HERE), on("ami", Event.ENDED)
    )

    assert told == [("sip", kind) for kind in (Event.RINGING, SOMEWHERE, HERE, Event.ENDED)]


def test_a_leg_that_goes_because_the_clerk_took_the_call_does_not_end_it(twins):
    told = telling(
        twins, on("sip"), on("ami"), on("ami", HERE), on("sip", AWAY), on("sip", Event.ENDED)
    )

    assert told == [("sip", Event.RINGING), ("sip", HERE)]


def test_nobody_is_asked_whose_it_was_once_a_line_knows(twins):
    told = telling(twins, on("sip"), on("ami"), on("ami", AWAY), on("sip", SOMEWHERE))

    assert told == [("sip", Event.RINGING), ("sip", AWAY)]


def test_who_hides_the_number_is_never_merged(twins):
    hidden = {"presentation": Presentation.WITHHELD}

    assert len(telling(twins, on("sip", **hidden), on("ami", **hidden))) == 2


def test_the_same_number_later_is_another_call(twins):
    assert len(telling(twins, on("sip"), on("ami", seconds=4))) == 2


def test_a_line_may_use_an_id_again(twins):
    told = telling(twins, on("sip"), on("sip", Event.ENDED), on("sip", seconds=60))

    assert [kind for _line, kind in told] == [Event.RINGING, Event.ENDED, Event.RINGING]


def test_an_end_without_a_beginning_is_told_as_it_is(twins):
    assert telling(twins, on("sip", Event.ENDED)) == [("sip", Event.ENDED)]


def again(twins, *events):
    """Return under which names these events are told."""
    told = [twins.told(each) for each in events]
    return [(each.line, each.call_id, each.kind.value) for each in told if each is not None]


def test_a_queue_that_rings_the_desk_again_is_one_call_that_rings_on(twins):
    told = again(
        twins,
        on("sip", call_id="1"), on("sip", Event.ENDED, seconds=20, call_id="1"),
        on("sip", seconds=25, call_id="2"), on("sip", Event.ENDED, seconds=45, call_id="2"),
        on("sip", seconds=50, call_id="3"), on("sip", HERE, seconds=52, call_id="3"),
        on("sip", Event.ENDED, seconds=90, call_id="3"),
        on("sip", seconds=95, call_id="4"),
    )  # fmt: skip

    rings, ended = ("sip", "1", "ringing"), ("sip", "1", "ended")
    assert told == [rings, ended, rings, ended, rings, ("sip", "1", "answered"), ended] + [
        ("sip", "4", "ringing")
    ]


def test_a_queue_that_rings_again_on_two_lines_is_one_call_too(twins):
    told = again(
        twins,
        on("sip", call_id="1"), on("ami", seconds=1, call_id="a"),
        on("sip", Event.ENDED, seconds=20, call_id="1"),
        on("ami", Event.ENDED, seconds=20, call_id="a"),
        on("ami", seconds=25, call_id="b"), on("sip", seconds=25, call_id="2"),
        on("sip", Event.ENDED, seconds=45, call_id="2"),
        on("sip", Event.ENDED, seconds=45, call_id="1"),
        on("ami", Event.ENDED, seconds=45, call_id="b"),
    )  # fmt: skip

    assert told == [("sip", "1", "ringing"), ("sip", "1", "ended")] * 2


@pytest.mark.parametrize("kind", [HERE, AWAY, SOMEWHERE])
def test_whoever_calls_again_after_an_answer_is_a_new_call(twins, kind):
    told = again(
        twins,
        on("sip", call_id="1"), on("sip", kind, seconds=1, call_id="1"),
        on("sip", Event.ENDED, seconds=2, call_id="1"), on("sip", seconds=5, call_id="2"),
    )  # fmt: skip

    assert told[-1] == ("sip", "2", "ringing")


def test_whoever_calls_again_after_the_clerk_took_the_call_is_a_new_call(twins):
    first = twins.told(on("sip", call_id="1"))
    twins.take(first)
    twins.told(on("sip", Event.ENDED, seconds=2, call_id="1"))
    second = twins.told(on("sip", seconds=5, call_id="2"))

    assert second.call_id == "2"
    assert not twins.rings_on(second)


def test_whether_a_ring_goes_on_with_a_call_can_be_asked(twins):
    first = twins.told(on("sip", call_id="1"))
    assert not twins.rings_on(first)
    twins.told(on("sip", Event.ENDED, seconds=2, call_id="1"))

    assert twins.rings_on(twins.told(on("sip", seconds=5, call_id="2")))


def test_another_called_line_is_another_call(twins):
    twins.told(on("sip", call_id="1", called_line="sales"))
    twins.told(on("sip", Event.ENDED, seconds=2, call_id="1"))

    assert twins.told(on("sip", seconds=5, call_id="2", called_line="service")).call_id == "2"


EVENTS = st.builds(
    on,
    st.sampled_from(["sip", "ami", "modem"]),
    st.sampled_from(list(Event)),
    st.sampled_from(["020 7946 0123", "0113 496 0877", None]),
    st.integers(0, 8),
    st.sampled_from(["1", "2"]),
)


@given(st.lists(EVENTS, max_size=30))
def test_whatever_the_lines_tell_no_call_is_told_under_two_names(events):
    twins, rung = Twins(lambda: PLAN), set()
    for event in events:
        told = twins.told(event)
        if told is not None and event.kind is Event.RINGING:
            name = told.line, told.call_id
            assert told == event or (name in rung and twins.rings_on(told))
            rung.add(name)
        if told is not None:
            assert (told.kind, told.number, told.at) == (event.kind, event.number, event.at)


def test_no_more_is_remembered_than_there_is_room_for(twins):
    for number in range(3 * MOST):
        twins.told(on("sip", call_id=str(number), seconds=10 * number))

    assert len(twins._calls) == MOST
