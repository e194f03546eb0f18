"""Tests of which call rings, by what a modem tells and when."""

from datetime import UTC, datetime

import pytest

from care_console.lines.line import Event, Presentation
from care_console.lines.modem.heard import Begins, Name, Number, Ring
from care_console.lines.modem.ringing import Ringing

NOW = datetime(2030, 1, 7, 9, tzinfo=UTC)
ROSA = Number("5195550123", Presentation.ALLOWED)
ADA = Number("5195550199", Presentation.ALLOWED)
NAME = Name("NUNEZ ROSA")


class Wire:
    """A modem's words at their seconds, and what was told of them."""

    def __init__(self):
        self.events = []
        self.ringing = Ringing("modem", lambda: NOW, self.events.append)

    def at(self, second, *heard):
        """Let what was due before come first, as the line's timer does."""
        while self.ringing.due is not None and self.ringing.due <= second:
            self.ringing.tick(self.ringing.due)
        self.ringing.hear(heard, second)
        return [(each.kind, each.number, each.name) for each in self.events]


@pytest.fixture
def wire():
    return Wire()


def test_the_first_ring_comes_before_the_number_and_one_call_rings(wire):
    assert wire.at(0.0, Ring.RING) == []
    assert wire.at(2.5, Begins(), ROSA, NAME) == [(Event.RINGING, "5195550123", "NUNEZ ROSA")]
    assert len(wire.at(6.0, Ring.RING)) == 1
    assert len(wire.at(12.0, Ring.RING)) == 1


def test_the_number_comes_before_the_first_ring_in_other_countries(wire):
    wire.at(0.0, Begins(), ROSA, NAME)
    wire.at(1.0, Ring.RING)

    assert [each.kind for each in wire.events] == [Event.RINGING]


def test_the_name_may_come_before_the_number_or_never(wire):
    assert wire.at(2.0, NAME, ROSA) == [(Event.RINGING, "5195550123", "NUNEZ ROSA")]

    other = Wire()
    assert other.at(2.0, ROSA) == []
    assert other.at(2.2) == [(Event.RINGING, "5195550123", "")]


def test_without_a_number_it_rings_after_four_seconds_as_unknown(wire):
    wire.at(0.0, Ring.RING)
    assert wire.at(3.9) == []
    assert wire.at(4.0) == [(Event.RINGING, None, "")]
    assert wire.events[0].presentation is Presentation.UNAVAILABLE


def test_a_withheld_number_rings_at_once_and_names_nobody(wire):
    wire.at(2.0, Name("NUNEZ ROSA"), Number(None, Presentation.WITHHELD))

    (event,) = wire.events
    assert (event.presentation, event.number, event.name) == (Presentation.WITHHELD, None, "")


def test_it_is_over_when_no_ring_follows(wire):
    wire.at(0.0, Ring.RING)
    wire.at(2.0, ROSA, NAME)
    wire.at(6.0, Ring.RING)
    assert len(wire.at(13.9)) == 1

    wire.at(14.0)

    first, last = wire.events
    assert (last.kind, last.call_id) == (Event.ENDED, first.call_id)
    assert wire.ringing.due is None


def test_a_single_ring_without_a_number_is_missed_and_not_lost(wire):
    wire.at(0.0, Ring.RING)
    wire.at(20.0)

    assert [each.kind for each in wire.events] == [Event.RINGING, Event.ENDED]


def test_the_name_of_one_call_is_not_given_to_the_next(wire):
    wire.at(0.0, Begins(), NAME)
    wire.at(60.0, Begins(), ADA)
    wire.at(61.0)

    assert [each.name for each in wire.events if each.kind is Event.RINGING] == [""]


def test_a_name_that_is_told_twice_is_not_given_to_the_next_caller(wire):
    wire.at(0.0, ROSA, NAME)
    wire.at(2.0, ROSA, NAME)
    wire.at(60.0, ADA)
    wire.at(61.0)

    assert [each.name for each in wire.events if each.kind is Event.RINGING] == ["NUNEZ ROSA", ""]


def test_a_call_that_waits_during_another_is_a_call_of_its_own(wire):
    wire.at(0.0, Ring.RING)
    wire.at(2.0, ROSA, NAME)
    wire.at(5.0, Begins(), ADA, Name("POE ADA"))

    assert [(each.kind, each.number) for each in wire.events] == [
        (Event.RINGING, "5195550123"),
        (Event.ENDED, "5195550123"),
        (Event.RINGING, "5195550199"),
    ]


def test_the_same_number_told_twice_is_one_call(wire):
    wire.at(2.0, ROSA, NAME)
    wire.at(2.5, ROSA, NAME)

    assert len(wire.events) == 1
