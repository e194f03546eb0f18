"""How a duty stands at a moment, and the order of a day."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.base.spell import at_words
from care_console.promises.rules import (
    SOON,
    Act,
    AskedElsewhere,
    Duty,
    DutyKind,
    DutyState,
    Part,
    changes_at,
    check_here,
    in_order,
    parts,
    state,
    to_go,
)
from care_console.promises.rules.words import (
    came_words,
    due_words,
    late_words,
    span_words,
    sub_words,
    when_words,
)

NOW = datetime(2030, 1, 7, 9, tzinfo=UTC).replace(tzinfo=None).astimezone()  # at this desk
DAYS = st.timedeltas(timedelta(days=-400), timedelta(days=400))
MOMENTS = DAYS.map(lambda away: NOW + away)
NEAR = st.timedeltas(timedelta(days=-3), timedelta(days=3))
KINDS = st.sampled_from(list(DutyKind))


def duty(id=1, minutes=60, kind=DutyKind.OTHER, **more):
    due_at = NOW + timedelta(minutes=minutes)
    values = {
        "title": "Ring back",
        "card_id": None,
        "card": "",
        "groups": (),
        "about": "",
        "about_id": 0,
        "owner_card_id": 7,
        "owner": "Rosa",
        "department_id": None,
        "department": "",
        "made_at": NOW - timedelta(days=1),
        "made_by": "Rosa",
        "first_due_at": due_at,
        "moved": 0,
    }
    return Duty(id=id, kind=kind, due_at=due_at, **values | more)


@given(MOMENTS, NEAR)
def test_an_open_duty_is_late_exactly_from_the_moment_it_is_due(now, away):
    stands = state(now + away, None, "", now)

    assert (stands is DutyState.OVERDUE) == (away <= timedelta(0))
    assert (stands is DutyState.SOON) == (timedelta(0) < away <= SOON)
    if stands is DutyState.TODAY:
        assert (now + away).astimezone().date() == now.astimezone().date()
    if stands is DutyState.LATER:
        assert (now + away).astimezone().date() > now.astimezone().date()


@given(MOMENTS, NEAR, st.booleans())
def test_what_is_settled_stays_so_whenever_it_was_due(now, away, withdrawn):
    outcome = "withdrawn" if withdrawn else "done"
    stands = state(now + away, now, outcome, now + away * 2)

    assert stands is (DutyState.WITHDRAWN if withdrawn else DutyState.DONE)


@given(NEAR)
def test_nothing_reads_otherwise_before_the_moment_that_is_told(away):
    one = duty(minutes=0, first_due_at=NOW)
    now = NOW - away
    next_at = changes_at(one.due_at, now)
    assert now < next_at <= now + timedelta(days=1)

    def reads(at):
        return one.state(at), when_words(one, at, "en_GB"), due_words(one, at, "en_GB")

    last = next_at - timedelta(microseconds=1)
    assert reads(now) == reads(last) == reads(now + (last - now) / 2)
    midnight = next_at.astimezone().time() == time()
    assert midnight or reads(next_at) != reads(last)


@given(st.lists(st.tuples(st.integers(-200, 3000), KINDS, st.booleans()), max_size=12))
def test_every_open_duty_stands_in_one_part_and_the_first_due_comes_first(several):
    day = [
        duty(id, minutes, kind, settled_at=NOW if settled else None)
        for id, (minutes, kind, settled) in enumerate(several)
    ]
    told = parts(day, NOW)

    assert [which for which, _ in told] == [which for which in Part if which in dict(told)]
    assert all(each == in_order(each) for _, each in told)
    shown = [each.id for _, some in told for each in some]
    assert sorted(shown) == [each.id for each in day if each.open]
    assert {each.id for each in dict(told).get(Part.LATE, [])} == {
        each.id for each in day if each.late(NOW)
    }


@given(st.lists(st.integers(-200, 3000)), st.randoms())
def test_the_order_does_not_depend_on_how_they_come(minutes, random):
    day = [duty(id, each) for id, each in enumerate(minutes)]
    mixed = random.sample(day, len(day))

    assert in_order(mixed) == in_order(day)
    assert [each.due_at for each in in_order(mixed)] == sorted(each.due_at for each in day)


def test_to_go_counts_what_is_late_or_for_today():
    tomorrow, done = duty(3, 60 * 24), duty(4, 5, settled_at=NOW)

    assert to_go([duty(1, -5), duty(2, 60), tomorrow, done], NOW) == 2


@pytest.mark.parametrize(
    ("kind", "act", "about", "here"),
    [
        (DutyKind.OTHER, Act.SETTLE, "", True),
        (DutyKind.OTHER, Act.SETTLE, "recovery", True),
        (DutyKind.COURTESY, Act.SETTLE, "recovery", True),
        (DutyKind.CHECK_ON, Act.SETTLE, "contact", True),
        (DutyKind.FOLLOW_UP, Act.SETTLE, "", True),
        (DutyKind.FOLLOW_UP, Act.SETTLE, "recovery", False),
        (DutyKind.FOLLOW_UP, Act.MOVE, "recovery", True),
        (DutyKind.FOLLOW_UP, Act.HAND_OVER, "recovery", True),
        (DutyKind.REQUEST, Act.SETTLE, "request", False),
        (DutyKind.REQUEST, Act.MOVE, "request", False),
        (DutyKind.REQUEST, Act.HAND_OVER, "request", False),
        (DutyKind.DELIVERY, Act.SETTLE, "remedy", False),
        (DutyKind.DELIVERY, Act.MOVE, "remedy", False),
        (DutyKind.DELIVERY, Act.HAND_OVER, "remedy", True),
        (DutyKind.STEP, Act.SETTLE, "recovery", False),
        (DutyKind.STEP, Act.HAND_OVER, "recovery", False),
    ],
)
def test_what_a_room_above_keeps_is_done_there(kind, act, about, here):
    if here:
        check_here(act, kind, about)
    else:
        with pytest.raises(AskedElsewhere, match="^Open "):
            check_here(act, kind, about)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-42, "42 min late"),
        (-60, "1 h late"),
        (-150, "2 h late"),
        (-60 * 24, "1 day late"),
        (-60 * 24 * 3, "3 days late"),
        (0, "due now"),
        (20, "09:20"),
        (180, "12:00"),
        (60 * 24, "by tomorrow 09:00"),
        (60 * 24 * 3, "by Thu 10 09:00"),
    ],
)
def test_the_end_of_a_row_says_when(minutes, words):
    assert when_words(duty(minutes=minutes), NOW, "en_GB") == words


def test_in_full_it_says_how_long_is_left_and_how_late_it_is():
    assert due_words(duty(minutes=180), NOW, "en_GB") == "Due today 12:00."
    assert due_words(duty(minutes=18), NOW, "en_GB") == "Due today 09:18, in 18 min."
    assert due_words(duty(minutes=-42), NOW, "en_GB") == "It was due today 08:18: 42 min late."
    done = duty(settled_at=NOW, settled_by="Rosa", outcome="done")
    assert due_words(done, NOW, "en_GB") == "Done today 09:00 by Rosa."
    assert due_words(duty(settled_at=NOW, outcome="withdrawn"), NOW, "en_GB").startswith("Withdr")


def test_near_days_are_called_by_their_names():
    words = [at_words(NOW + timedelta(days=each), NOW, "en_GB") for each in range(-2, 3)]

    assert [each.partition(" 09:00")[0] for each in words] == [
        "Sat 5",
        "yesterday",
        "today",
        "tomorrow",
        "Wed 9",
    ]


def test_how_it_came_about_tells_when_it_was_due_at_first():
    assert came_words(duty(), NOW, "en_GB") == "Made by Rosa, yesterday 09:00."
    moved = duty(moved=2, first_due_at=NOW)
    assert "Moved 2 times; at first it was due today 09:00." in came_words(moved, NOW, "en_GB")


def test_the_second_line_names_whom_it_is_for_once_and_whose_it_is():
    def sub(own=7, **more):
        return sub_words(duty(**more), own, NOW, "en_GB")

    named = {"title": "Flowers to Ella Brandt", "card": "Ella Brandt"}
    nobodys = {"owner_card_id": None, "owner": ""}
    assert sub(card="Ella Brandt") == "Ella Brandt"
    assert sub(**named) == "Promised yesterday 09:00"
    assert sub(**named, kind=DutyKind.DELIVERY) == "To be delivered"
    assert sub(**named, kind=DutyKind.REQUEST) == "Rosa asks"
    assert sub(8, card="Ella") == "Ella · Rosa"
    assert sub(**nobodys, department="Workshop") == "Workshop"
    assert sub(**nobodys) == "Nobody has it yet"


def test_a_span_is_told_as_one_says_it():
    spans = [timedelta(minutes=18), timedelta(minutes=78), timedelta(hours=2), timedelta(days=3)]

    assert [span_words(each) for each in spans] == ["18 min", "1 h 18 min", "2 h", "3 days"]
    assert late_words(NOW, NOW + timedelta(minutes=119)) == "1 h late"
