"""What every line tells is safe to show."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.line import CallEvent, Event, Presentation

AT = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


def event(**said):
    return CallEvent(**{"kind": Event.RINGING, "call_id": "1", "line": "x", "at": AT, **said})


@given(st.text(), st.text())
def test_a_withheld_caller_has_neither_number_nor_name(number, name):
    told = event(number=number, name=name, presentation=Presentation.WITHHELD)

    assert (told.number, told.name) == (None, "")


def test_what_is_withheld_later_is_dropped_as_well():
    told = replace(event(number="+44 20 7946 0000", name="Ada"), presentation="withheld")

    assert (told.number, told.name) == (None, "")


def test_a_number_is_told_just_as_it_was_sent():
    assert event(number="(0)20/7946 0000 x12").number == "(0)20/7946 0000 x12"


@pytest.mark.parametrize("number", [None, "", "\u202e", " \n"])
def test_without_a_number_there_is_none_to_show(number):
    told = event(number=number, name="Ada")

    assert (told.number, told.presentation, told.name) == (None, "unavailable", "Ada")


def test_a_number_that_the_network_calls_unavailable_is_not_shown():
    assert event(number="0", presentation=Presentation.UNAVAILABLE).number is None


def test_a_name_that_is_only_the_number_again_is_no_name():
    assert event(number="201", name=" 201 ").name == ""


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=300))
def test_no_text_from_outside_is_long_or_turns_the_line_round(text):
    told = event(number=text, name=text, called_line=text, diverted_from=text, cause=text)

    for shown in (told.number or "", told.name, told.called_line, told.diverted_from, told.cause):
        assert len(shown) <= 128
        assert not set(shown) & set("\0\n\r\u202a\u202b\u202d\u202e\u2066\u2067")
    assert len(told.name) <= 80


def test_a_name_of_ten_thousand_letters_is_cut():
    assert event(number="1", name="A" * 10_000).name == "A" * 80


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        event(at=datetime(2030, 1, 7))  # noqa: DTZ001


def test_what_has_happened_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        event().number = "1"
