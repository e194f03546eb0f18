"""A ring takes no more of the screen than what the clerk is doing leaves free."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.window.reaction import Reaction, Situation, reaction

NAMES = [each.name for each in fields(Situation)]


def test_the_card_opens_for_a_clerk_who_is_idle():
    assert reaction(Situation()) is Reaction.CARD


@pytest.mark.parametrize("doing", NAMES)
def test_the_card_stays_as_it_is_for_a_clerk_who_is_doing_anything(doing):
    assert reaction(Situation(**{doing: True})) is not Reaction.CARD


@given(st.fixed_dictionaries({name: st.booleans() for name in NAMES if name != "talking"}))
def test_who_talks_is_only_told_that_somebody_waits(doing):
    assert reaction(Situation(talking=True, **doing)) is Reaction.CHIP
