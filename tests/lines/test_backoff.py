"""Waits between two tries grow, end at a longest one, and differ from desk to desk."""

from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.backoff import Backoff


def test_each_wait_is_twice_the_one_before_up_to_the_longest_and_the_first_again_after_a_reset():
    backoff = Backoff(1.0, 10.0, chance=lambda: 0.0)

    assert [backoff.next() for _try in range(6)] == [1, 2, 4, 8, 10, 10]
    backoff.reset()
    assert backoff.next() == 1
    assert backoff.next(at_least=30.0) == 30


@given(st.floats(0, 1), st.integers(1, 2_000))
def test_chance_takes_no_more_than_its_part_however_often_it_was_tried(chance, tries):
    backoff = Backoff(1.0, 300.0, 0.25, lambda: chance)
    waits = [backoff.next() for _try in range(tries)]

    assert all(0.75 <= wait <= 300 for wait in waits)
    assert waits == sorted(waits)
