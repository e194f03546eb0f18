"""A call of which two lines tell is one call."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from care_console.calls.rules.twins import (
    RINGS_ON,
    TOGETHER,
    Leg,
    is_over,
    is_same_again,
    is_twin,
)

NOON = datetime(2030, 1, 7, 12, tzinfo=UTC)
LINES = st.sampled_from(["sip", "ami", "modem"])
NUMBERS = st.sampled_from(["", "+442079460123", "+441134960877"])
MOMENTS = st.integers(-10_000, 10_000).map(lambda ms: NOON + timedelta(milliseconds=ms))
LEGS = st.builds(Leg, LINES, NUMBERS, MOMENTS)


@given(LEGS, LEGS)
def test_it_does_not_matter_which_of_two_lines_was_first(one, other):
    assert is_twin(one, [other]) == is_twin(other, [one])


@given(LEGS, st.lists(LEGS, max_size=3))
def test_a_ring_is_never_the_twin_of_one_on_its_own_line_or_of_somebody_else(ring, others):
    if is_twin(ring, others):
        assert ring.number
        assert all(each.line != ring.line for each in others)
        near = [each for each in others if each.number == ring.number]
        assert any(abs(each.at - ring.at) <= TOGETHER for each in near)


def test_pitfall_9_two_accounts_of_one_console_are_merged_by_number_within_three_seconds():
    first = Leg("sip", "+442079460123", NOON)

    assert is_twin(Leg("ami", "+442079460123", NOON + timedelta(seconds=3)), [first])
    assert not is_twin(Leg("ami", "+442079460123", NOON + timedelta(seconds=4)), [first])
    assert not is_twin(Leg("ami", "+441134960877", NOON), [first])


def test_two_callers_without_a_number_are_two_calls():
    assert not is_twin(Leg("ami", "", NOON), [Leg("sip", "", NOON)])


def test_a_second_call_of_the_number_on_the_same_line_is_another_call():
    legs = [Leg("sip", "+442079460123", NOON), Leg("ami", "+442079460123", NOON)]

    assert not is_twin(Leg("sip", "+442079460123", NOON), legs)


@given(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4), min_size=1))
def test_a_call_that_nobody_took_is_over_with_its_last_leg(ended, legs):
    assert is_over(ended, legs, None) == (legs <= ended)


@given(st.sets(st.integers(0, 4)), st.sets(st.integers(0, 4), min_size=1), st.integers(0, 4))
def test_a_call_that_is_being_talked_on_is_over_with_that_leg(ended, legs, talking):
    assert is_over(ended, legs, talking) == (talking in ended)


def test_a_queue_that_comes_back_after_a_few_seconds_rings_for_the_same_call():
    first = Leg("sip", "+442079460123", NOON, "sales")
    over = NOON + timedelta(seconds=20)

    def again(after, line="sip", number="+442079460123", called="sales"):
        ring = Leg(line, number, over + timedelta(seconds=after), called)
        return is_same_again(ring, [first], over)

    assert again(0)
    assert again(15)
    assert not again(15.001)
    assert not again(-1)
    assert not again(5, line="ami")
    assert not again(5, number="+441134960877")
    assert not again(5, called="complaints")
    assert not again(5, number="")


@given(LEGS, st.lists(LEGS, max_size=3), st.none() | MOMENTS)
def test_only_the_same_caller_on_the_same_line_goes_on_and_never_before_the_end(ring, legs, over):
    if is_same_again(ring, legs, over):
        assert over <= ring.at <= over + RINGS_ON
        assert (ring.line, ring.number) in [(each.line, each.number) for each in legs]
