"""Which call is meant is found out from what little is told of it."""

from datetime import UTC, datetime, timedelta

import pytest

from care_console.lines.handed import Handed
from care_console.lines.line import Event, Presentation
from care_console.lines.recent import MOST, Recent

AT = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)
RINGING, ANSWERED, ENDED = Event.RINGING, Event.ANSWERED, Event.ENDED


@pytest.fixture
def tell():
    recent = Recent()

    def tell(kind, number="020 7946 0000", call_id="", after_s=0.0):
        presentation = Presentation.ALLOWED if number else Presentation.WITHHELD
        handed = Handed(kind, number, presentation, call_id=call_id)
        at = AT + timedelta(seconds=after_s)
        return recent.note(recent.find(handed, at), handed, at)

    return tell


def test_an_answer_and_an_end_without_an_id_are_of_the_newest_call_of_the_number(tell):
    first = tell(RINGING)
    other = tell(RINGING, "020 7946 0001")
    second = tell(RINGING, after_s=30)

    assert len({first, other, second}) == 3
    assert tell(ANSWERED, "+02079460000", after_s=31) == second
    assert tell(ENDED, "(020) 7946-0000", after_s=32) == second
    assert tell(ENDED, "020 7946 0001", after_s=33) == other


def test_calls_without_a_number_have_a_newest_one_too(tell):
    first, second = tell(RINGING, None), tell(RINGING, None)

    assert first != second
    assert tell(ENDED, None) == second


@pytest.mark.parametrize("kind", [ANSWERED, ENDED])
@pytest.mark.parametrize("call_id", ["", "7"])
def test_what_is_told_of_an_unknown_call_makes_one(tell, kind, call_id):
    told = tell(kind, call_id=call_id)

    assert told == call_id if call_id else told


def test_an_id_that_is_given_is_kept(tell):
    assert tell(RINGING, call_id="7") == "7"
    assert tell(ANSWERED, call_id="7") == "7"
    assert tell(ENDED, "another spelling", call_id="7") == "7"


@pytest.mark.parametrize("call_id", ["", "7"])
@pytest.mark.parametrize("kind", [RINGING, ANSWERED, ENDED])
def test_what_is_told_twice_happens_once(tell, kind, call_id):
    assert tell(kind, call_id=call_id) is not None
    assert tell(kind, call_id=call_id, after_s=1) is None


@pytest.mark.parametrize("call_id", ["", "7"])
@pytest.mark.parametrize("kind", [ANSWERED, ENDED])
def test_a_ring_that_was_overtaken_does_not_ring_any_more(tell, kind, call_id):
    assert tell(kind, call_id=call_id) is not None
    assert tell(RINGING, call_id=call_id, after_s=1) is None


def test_who_calls_again_at_once_rings_again(tell):
    first = tell(RINGING)
    tell(ENDED, after_s=3)

    assert tell(RINGING, after_s=4) not in (None, first)


def test_an_id_can_be_used_anew_some_time_after_the_end(tell):
    tell(RINGING, call_id="7")
    tell(ENDED, call_id="7", after_s=1)

    assert tell(RINGING, call_id="7", after_s=5) is None
    assert tell(RINGING, call_id="7", after_s=60) == "7"


def test_an_id_that_is_used_anew_for_another_caller_is_another_call(tell):
    """Some telephones number their lines and not their calls, and never tell an end."""
    first = tell(RINGING, "020 7946 0000", "7")
    second = tell(RINGING, "020 7946 0001", "7", after_s=20)

    assert second not in (None, first)
    assert tell(RINGING, "020 7946 0001", "7", after_s=21) is None
    assert tell(ANSWERED, "020 7946 0001", "7", after_s=22) == second
    assert tell(ENDED, None, "7", after_s=23) == second


def test_an_id_whose_end_was_never_told_may_ring_again_when_no_ring_lasts_as_long(tell):
    first = tell(RINGING, call_id="7")

    assert tell(RINGING, call_id="7", after_s=170) is None
    assert tell(RINGING, call_id="7", after_s=190) not in (None, first)


def test_only_so_many_calls_are_remembered_and_the_oldest_is_forgotten(tell):
    for number in range(MOST):
        tell(RINGING, str(number), call_id=f"id{number}")
    assert tell(ANSWERED, "0") == "id0"

    tell(RINGING, "one more")

    assert tell(ENDED, "1") == "id1"
    assert tell(ENDED, "0") != "id0"


def test_a_clock_that_is_set_back_loses_no_call(tell):
    first = tell(RINGING)

    assert tell(RINGING, "020 7946 0001", after_s=-3600) is not None
    assert tell(ENDED, after_s=-3599) == first
