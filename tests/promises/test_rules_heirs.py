"""A few letters find whom to hand something over to."""

from hypothesis import given
from hypothesis import strategies as st

from care_console.promises.rules import Heir, heirs_for

TOMAS = Heir("Tomas Reed", owner_card_id=1, department="Workshop")
ZOE = Heir("Zoé Wolf", owner_card_id=2)
WORKSHOP = Heir("Workshop", department_id=1)
ANYBODY = Heir("Whoever takes it")
ALL = (TOMAS, ZOE, WORKSHOP, ANYBODY)
NOBODY = Heir("", 99)


def test_letters_begin_words_of_the_name_or_of_the_department():
    assert heirs_for("ree", ALL, NOBODY) == [TOMAS]
    assert heirs_for("zoe", ALL, NOBODY) == [ZOE]
    assert heirs_for("work tom", ALL, NOBODY) == [TOMAS]
    assert heirs_for("x", ALL, NOBODY) == []


def test_whose_name_begins_so_comes_first():
    assert heirs_for("w", ALL, NOBODY) == [WORKSHOP, ANYBODY, TOMAS, ZOE]


def test_whose_it_is_already_is_not_offered():
    assert heirs_for("", ALL, Heir("another name", owner_card_id=1)) == [ZOE, WORKSHOP, ANYBODY]
    assert heirs_for("", ALL, Heir("")) == [TOMAS, ZOE, WORKSHOP]


@given(st.text(max_size=20))
def test_whatever_is_typed_finds_some_of_them_once_and_in_one_order(typed):
    found = heirs_for(typed, ALL, NOBODY)

    assert len(set(found)) == len(found)
    assert set(found) <= set(ALL)
    assert found == heirs_for(f" {typed} ", ALL, NOBODY)
