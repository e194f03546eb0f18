"""A call is the same whatever order its events come in, and however often."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from care_console.calls.rules.log import (
    Call,
    CallRow,
    CallState,
    after,
    belongs,
    missed,
    rings_on,
)
from care_console.lines.line import Event

NOW = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def heard(*kinds, every=1):
    call = Call.new(NOW)
    for count, kind in enumerate(kinds):
        call = after(call, kind, NOW + timedelta(seconds=count * every))
    return call


def test_a_call_that_ends_without_an_answer_is_missed():
    assert heard(Event.RINGING, Event.ENDED).state == CallState.MISSED


def test_a_call_that_was_answered_is_not_missed_when_it_ends():
    assert heard(Event.RINGING, Event.ANSWERED, Event.ENDED).state == CallState.ANSWERED


def test_a_colleagues_call_is_neither_ours_nor_missed():
    assert heard(Event.RINGING, Event.ANSWERED_ELSEWHERE, Event.ENDED).state == "elsewhere"


def test_our_answer_is_stronger_than_a_colleagues():
    both = (Event.ANSWERED, Event.ANSWERED_ELSEWHERE)

    assert heard(*both).state == heard(*both[::-1]).state == CallState.ANSWERED


@given(st.permutations(list(Event) * 2))
def test_order_and_copies_do_not_matter_to_how_a_call_ends(kinds):
    assert heard(*kinds).state == CallState.ANSWERED


def test_a_missed_call_that_rings_on_may_still_be_answered_and_no_other_is_changed():
    on = rings_on(heard(Event.RINGING, Event.ENDED))

    assert on == Call.new(NOW)
    assert after(on, Event.ANSWERED, NOW).state == CallState.ANSWERED
    for kinds in ([Event.RINGING], [Event.ANSWERED, Event.ENDED], [Event.ANSWERED_ELSEWHERE]):
        assert rings_on(heard(*kinds)) == heard(*kinds)


without_answer = [Event.RINGING, Event.ENDED, Event.ENDED, Event.RINGING]


@given(st.permutations(without_answer))
def test_a_ring_after_the_end_does_not_ring_again(kinds):
    assert heard(*kinds).state == CallState.MISSED


@given(st.lists(st.sampled_from(list(Event)), min_size=1))
def test_the_first_answer_and_the_first_end_are_kept(kinds):
    once = heard(*kinds)
    again = after(after(once, Event.ANSWERED, NOW), Event.ENDED, NOW) if once.ended_at else once

    assert again.ended_at == once.ended_at
    if once.answered_at is not None:
        assert again.answered_at == once.answered_at


def test_an_outcome_stays_when_late_events_come_in():
    call = Call("settled", NOW, answered_at=NOW)

    for kind in Event:
        assert after(call, kind, NOW).state == "settled"


def test_an_id_that_a_line_uses_again_is_another_call():
    ringing, ended = Call.new(NOW), Call("missed", NOW, ended_at=NOW)
    soon, late = NOW + timedelta(seconds=90), NOW + timedelta(hours=13)

    assert belongs(ringing, "+441", "+441", NOW + timedelta(hours=2))
    assert not belongs(ringing, "+441", "+441", late)
    assert not belongs(ringing, "+441", "+442", soon)
    assert belongs(ended, "+441", "", soon)
    assert not belongs(ended, "+441", "+441", NOW + timedelta(minutes=5))


def row(call_id, number="", minutes=0, name=""):
    return CallRow(
        id=call_id,
        line="line 2",
        number=number,
        name=name,
        presentation="allowed" if number else "withheld",
        called="",
        match="unknown",
        state="missed",
        started_at=NOW + timedelta(minutes=minutes),
        answered_at=None,
        ended_at=None,
        card_id=None,
        card_name="",
        seen=False,
    )


def test_missed_calls_of_one_number_are_one_entry():
    rows = [row(1, "+441"), row(2, "", 1), row(3, "+442", 2), row(4, "+441", 3), row(5, "", 4)]

    told = [(each.newest.id, each.count) for each in missed(rows)]

    assert told == [(5, 1), (4, 2), (3, 1), (2, 1)]
