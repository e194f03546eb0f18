"""Which stage the guide is at, and how its sentences read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.demo.stages import COUNTED, LINES, Seen, Stage, line_of, place_of
from care_console.recovery.rules import Step

SEEN = st.builds(
    Seen,
    rings=st.booleans(),
    talking=st.booleans(),
    verified=st.booleans(),
    begun=st.booleans(),
    settled=st.frozensets(st.sampled_from(Step)),
    offered=st.booleans(),
    delivery=st.booleans(),
    finished=st.booleans(),
)
NOT_ON_SCREEN = re.compile(r"\b(errors?|invalid|successfully|tickets?|users?)\b", re.I)


def test_in_a_call_each_stage_comes_when_the_one_before_has_happened():
    way = (
        (Seen(), Stage.WAIT),
        (Seen(rings=True), Stage.RING),
        (Seen(talking=True), Stage.VERIFY),
        (Seen(talking=True, verified=True), Stage.BEGIN),
    )
    for seen, stage in way:
        assert seen.stage is stage
    settled: list[Step] = []
    for step, stage in (
        (Step.APOLOGY, Stage.APOLOGY),
        (Step.REINSTATEMENT, Stage.REINSTATEMENT),
        (Step.EMPATHY, Stage.EMPATHY),
    ):
        seen = Seen(talking=True, verified=True, begun=True, settled=frozenset(settled))
        assert seen.stage is stage
        settled.append(step)
    person = frozenset(settled)
    assert Seen(talking=True, verified=True, begun=True, settled=person).stage is Stage.OFFER
    offered = Seen(talking=True, verified=True, begun=True, settled=person, offered=True)
    assert offered.stage is Stage.GIVE
    given_it = person | {Step.ATONEMENT}
    assert Seen(talking=True, begun=True, settled=given_it).stage is Stage.DELIVERY
    looked = Seen(talking=True, begun=True, settled=given_it, delivery=True)
    assert looked.stage is Stage.FOLLOW_UP
    all_five = Seen(talking=True, begun=True, settled=frozenset(Step), delivery=True)
    assert all_five.stage is Stage.WRAP_UP


@given(SEEN)
def test_whatever_happens_in_whatever_order_there_is_something_to_say(seen):
    line = line_of(seen.stage, 88)

    assert line.deed
    assert line.unlike
    assert (place_of(seen.stage) == "") == (seen.stage in (Stage.WAIT, Stage.DONE))


@given(SEEN)
def test_nothing_that_has_happened_is_asked_for_again(seen):
    for stage, step in (
        (Stage.APOLOGY, Step.APOLOGY),
        (Stage.EMPATHY, Step.EMPATHY),
        (Stage.GIVE, Step.ATONEMENT),
        (Stage.OFFER, Step.ATONEMENT),
        (Stage.FOLLOW_UP, Step.FOLLOW_UP),
    ):
        assert not (seen.stage is stage and step in seen.settled)


@pytest.mark.parametrize("stage", COUNTED)
def test_each_stage_says_in_one_line_which_keys_and_what_a_help_desk_does_instead(stage):
    line = LINES[stage]

    assert line.keys
    assert "help desk" in line.unlike
    assert len(f"{line.deed} {line.unlike}") <= 140
    assert not NOT_ON_SCREEN.search(f"{line.deed} {line.unlike}")


def test_at_the_end_it_says_how_long_it_took():
    assert line_of(Stage.DONE, 88).deed == "That was 88 seconds."
    assert line_of(Stage.DONE, 1).deed == "That was 1 second."
    assert place_of(Stage.RING) == "1 of 11"
    assert place_of(Stage.WRAP_UP) == "11 of 11"
