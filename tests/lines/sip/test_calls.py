"""Legs are one call, and what the clerk's own telephone does tells whose a call is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.line import Presentation
from care_console.lines.sip.caller import CallerIdentity
from care_console.lines.sip.calls import (
    MOST_LEGS,
    NO_NEWS_S,
    NO_PHONE_S,
    WEIGHED_S,
    Calls,
    alike,
)
from care_console.lines.sip.deadlines import Deadlines

KEY = ("call@pbx", "tag")


def caller(number="5195550123"):
    shown = Presentation.ALLOWED if number else Presentation.WITHHELD
    return CallerIdentity(number, "", shown, "", "")


class Table(Calls):
    """Calls whose time stands still until it is told otherwise."""

    def __init__(self, most=100):
        self.now = 0.0
        self.told = []
        self.freed = []
        self.deadlines = Deadlines(lambda: self.now)
        super().__init__(self.deadlines, self.tell, self.freed.append, most)

    def tell(self, event, call):
        self.told.append(event.value)

    def pass_by(self, seconds):
        self.now += seconds
        self.deadlines.run()


@pytest.fixture
def calls():
    return Table()


@pytest.fixture
def watched(calls):
    calls.watched = True
    return calls


def test_pitfall_9_forks_are_one_call_that_ends_with_its_last_leg(calls):
    assert calls.ring(KEY, "a", caller())
    assert not calls.ring(KEY, "b", caller())
    calls.leave("a", elsewhere=True)
    assert calls.told == ["ringing"]
    calls.leave("b")
    assert calls.told == ["ringing", "answered_somewhere"]
    assert len(calls) == 0


def test_a_call_that_goes_in_circles_holds_no_more_legs_than_it_may(calls):
    for leg in range(MOST_LEGS + 3):
        calls.ring(KEY, leg, caller())

    assert calls.freed == [MOST_LEGS, MOST_LEGS + 1, MOST_LEGS + 2]
    for leg in range(MOST_LEGS):
        calls.leave(leg)
    assert calls.told == ["ringing", "ended"]


def test_the_next_call_of_one_caller_is_another(calls):
    calls.ring(KEY, "a", caller())
    calls.leave("a")
    assert calls.ring(KEY, "b", caller())
    assert calls.told == ["ringing", "ended", "ringing"]


def test_pitfall_11_ringing_without_news_ends_and_is_forgotten(calls):
    calls.ring(KEY, "a", caller())
    calls.pass_by(NO_NEWS_S - 1)
    assert calls.told == ["ringing"]
    calls.pass_by(1)
    assert calls.told == ["ringing", "ended"]
    assert calls.freed == ["a"]
    assert len(calls) == len(calls.deadlines) == 0
    calls.leave("a")
    assert calls.told == ["ringing", "ended"]


def test_pitfall_11_calls_are_bounded(calls):
    for number in range(1_000):
        calls.ring((str(number), ""), number, caller())
    assert len(calls) == len(calls.legs()) == 100
    assert len(calls.deadlines) == 100
    assert calls.freed == list(range(900))
    assert calls.told.count("ended") == 900


def test_my_own_telephone_answers_before_our_leg_ends(watched):
    watched.ring(KEY, "a", caller())
    watched.phone_rings("201", caller(None))
    watched.phone_answers("201")
    assert watched.told == ["ringing"]  # it may have answered another call
    watched.pass_by(WEIGHED_S)
    watched.leave("a", elsewhere=True)
    assert watched.told == ["ringing", "answered"]
    watched.phone_ends("201")
    assert watched.told == ["ringing", "answered", "ended"]


def test_my_own_telephone_answers_after_our_leg_ended(watched):
    watched.ring(KEY, "a", caller())
    watched.leave("a", elsewhere=True)
    assert watched.told == ["ringing"]
    watched.phone_answers("201")
    assert watched.told == ["ringing", "answered"]
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing", "answered"]


def test_where_the_number_is_told_my_own_telephone_is_believed_at_once(watched):
    watched.ring(KEY, "a", caller("+15195550123"))
    watched.phone_rings("201", caller("5195550123"))
    watched.phone_answers("201")
    assert watched.told == ["ringing", "answered"]
    watched.leave("a", elsewhere=True)
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing", "answered"]


def test_a_colleague_answers_where_my_own_telephone_did_not(watched):
    watched.phone_rings("201", caller())
    watched.ring(KEY, "a", caller())
    watched.leave("a", elsewhere=True)
    watched.phone_ends("201")
    assert watched.told == ["ringing"]
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing", "answered_elsewhere"]


def test_a_colleague_answers_while_i_talk(watched):
    watched.ring(KEY, "a", caller())
    watched.leave("a", elsewhere=True)
    watched.phone_answers("201")
    watched.ring(("2", ""), "b", caller(None))
    watched.leave("b", elsewhere=True)
    watched.phone_answers("201")  # told again, as with every refresh
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing", "answered", "ringing", "answered_elsewhere"]


def test_my_own_telephone_answers_another_number(watched):
    watched.ring(KEY, "a", caller("5195550123"))
    watched.phone_rings("201", caller("5195550199"))
    watched.phone_answers("201")
    watched.leave("a", elsewhere=True)
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing", "answered_elsewhere"]


def test_a_caller_gives_up_while_my_own_telephone_is_watched(watched):
    watched.ring(KEY, "a", caller())
    watched.leave("a")
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing", "ended"]


def test_a_leg_that_comes_while_it_is_weighed_is_of_the_same_call(watched):
    watched.ring(KEY, "a", caller())
    watched.leave("a")
    assert not watched.ring(KEY, "b", caller())
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing"]
    watched.leave("b")
    watched.pass_by(WEIGHED_S)
    assert watched.told == ["ringing", "ended"]


@pytest.mark.parametrize("phone_first", [True, False])
def test_a_call_that_is_only_read_goes_as_my_own_telephone_goes(watched, phone_first):
    if phone_first:
        watched.phone_rings("201", caller())
    watched.ring(KEY, "a", caller())
    watched.step_aside("a")
    watched.phone_rings("201", caller())
    assert watched.told == ["ringing"]
    watched.phone_answers("201")
    watched.phone_ends("201")
    assert watched.told == ["ringing", "answered", "ended"]


def test_a_call_that_is_only_read_ends_where_my_own_telephone_stops_ringing(watched):
    watched.ring(KEY, "a", caller())
    watched.step_aside("a")
    watched.phone_rings("201", caller())
    watched.phone_ends("201")
    assert watched.told == ["ringing", "ended"]


def test_a_call_that_is_only_read_ends_where_no_telephone_rings(watched):
    watched.ring(KEY, "a", caller())
    watched.step_aside("a")
    watched.pass_by(NO_PHONE_S)
    assert watched.told == ["ringing", "ended"]


def test_a_call_that_is_declined_where_nothing_is_watched_is_over(calls):
    calls.ring(KEY, "a", caller())
    calls.step_aside("a")
    assert calls.told == ["ringing", "ended"]


def test_a_telephone_that_is_only_watched_tells_of_its_calls(watched):
    watched.phone_rings("201", caller(), tells=True)
    watched.phone_rings("201", caller(), tells=True)
    watched.phone_answers("201")
    watched.phone_rings("201", caller("5195550199"), tells=True)
    watched.phone_answers("201")  # of both of them, and Asterisk does not say which
    watched.phone_has([])
    assert watched.told == ["ringing", "answered", "ringing", "answered_somewhere", "ended"]
    assert len(watched) == 0


def test_a_telephone_that_is_only_watched_rings_for_the_next_at_once(watched):
    watched.phone_rings("201", caller("5195550123"), tells=True)
    watched.phone_rings("201", caller("5195550199"), tells=True)
    assert watched.told == ["ringing", "ended", "ringing"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+44 20 7946 0000", "02079460000", True),
        ("+1 (519) 555-0123", "5195550123", True),
        ("005195550123", "+5195550123", True),
        ("201", "1201", False),
        ("201", "201", True),
        ("rosa", "ROSA", True),
        ("rosa", "201", False),
    ],
)
def test_two_spellings_of_one_number(one, other, same):
    assert alike(one, other) is same


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ring", "leave", "aside", "rings", "answers", "ends", "has", "time"]),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=40,
)


@given(STEPS, st.booleans())
def test_whatever_comes_a_call_rings_once_and_ends_once(steps, watched):
    calls = Table(most=3)
    calls.watched = watched
    told: dict[str, list[str]] = {}
    calls._tell = lambda event, call: told.setdefault(call.id, []).append(event.value)
    legs = iter(range(1_000))
    for what, which, yes in steps:
        act = {
            "ring": lambda which, yes: calls.ring((str(which), ""), next(legs), caller(str(which))),
            "leave": lambda which, yes: calls.leave(which, yes),
            "aside": lambda which, yes: calls.step_aside(which),
            "rings": lambda which, yes: calls.phone_rings(str(which), caller("1" * yes), yes),
            "answers": lambda which, yes: calls.phone_answers(str(which)),
            "ends": lambda which, yes: calls.phone_ends(str(which)),
            "has": lambda which, yes: calls.phone_has([str(which)]),
            "time": lambda which, yes: calls.pass_by(0.6 + which * 50),
        }[what]
        act(which, yes)
        assert len(calls) <= 3
    calls.pass_by(20 * 3600)
    for kinds in told.values():
        assert kinds[0] == "ringing"
        assert kinds.count("ringing") == 1
        assert kinds[-1] in ("ended", "answered_elsewhere", "answered_somewhere")
        assert set(kinds[1:-1]) <= {"answered"}
        assert kinds.count("answered") <= 1
    assert len(calls) == len(calls.legs()) == len(calls.deadlines) == 0
