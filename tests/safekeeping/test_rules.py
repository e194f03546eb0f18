"""Which backups are kept: enough of them, the newest always, and nothing while less is there."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from care_console.safekeeping.rules import Span, has_shrunk, is_due, size_words, to_drop

NOW = datetime(2030, 3, 20, 17, 0, tzinfo=UTC)
SPAN = Span(days=14, weeks=12)


@dataclass(frozen=True)
class Taken:
    at: datetime
    shrunk: bool = False


def ago(**time):
    return Taken(NOW - timedelta(**time))


moments = st.integers(0, 400 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes))
taken = st.lists(st.builds(Taken, moments, st.booleans()), max_size=25)


def test_all_of_today_then_one_a_day_then_one_a_week():
    copies = [ago(minutes=30 * number) for number in range(48 * 120)]

    kept = set(copies) - set(to_drop(copies, NOW, SPAN))

    today = [copy for copy in kept if copy.at.date() == NOW.date()]
    days = {copy.at.date() for copy in kept if 0 < (NOW.date() - copy.at.date()).days <= 14}
    weeks = [copy for copy in kept if (NOW.date() - copy.at.date()).days > 14]
    assert len(today) == 35
    assert len(days) == 14
    assert 12 <= len(weeks) <= 13
    assert len(kept) == len(today) + len(days) + len(weeks)
    assert max(copy.at for copy in kept if copy.at.date() < NOW.date()).hour == 23


@given(taken)
def test_the_newest_is_never_let_go_and_thinning_twice_is_thinning_once(copies):
    dropped = to_drop(copies, NOW, SPAN)
    kept = [copy for copy in copies if not any(copy is each for each in dropped)]

    if copies:
        assert max(copies, key=lambda copy: copy.at).at in {copy.at for copy in kept}
    assert to_drop(kept, NOW, SPAN) == []


@given(taken)
def test_while_the_newest_holds_less_nothing_is_let_go(copies):
    assert to_drop([*copies, Taken(NOW + timedelta(minutes=1), shrunk=True)], NOW, SPAN) == []


@given(taken)
def test_what_shrank_never_takes_the_place_of_what_did_not(copies):
    whole = [*copies, Taken(NOW)]
    dropped = to_drop(whole, NOW, SPAN)
    kept = [copy for copy in whole if not any(copy is each for each in dropped)]
    days = {copy.at.date() for copy in copies if not copy.shrunk}

    for day in days:
        age = (NOW.date() - day).days
        if age <= SPAN.days:
            assert any(copy.at.date() == day and not copy.shrunk for copy in kept)


@given(st.integers(25, 10_000), st.integers(0, 10_000))
def test_a_fifth_less_is_told(before, now):
    assert has_shrunk({"card": now}, {"card": before}) == (now < before * 0.8)


def test_cards_that_vanish_are_told_though_the_journal_grows():
    assert has_shrunk({"card": 70, "entry": 9_000}, {"card": 100, "entry": 8_000})
    assert not has_shrunk({"card": 1, "entry": 3}, {"card": 5, "entry": 9})


def test_one_is_due_when_something_was_written_and_the_last_is_old_enough():
    assert not is_due(NOW, NOW - timedelta(hours=3), 30, changed=False)
    assert is_due(NOW, None, 30, changed=True)
    assert is_due(NOW, NOW - timedelta(minutes=30), 30, changed=True)
    assert not is_due(NOW, NOW - timedelta(minutes=29), 30, changed=True)
    assert is_due(NOW, NOW + timedelta(days=2), 30, changed=True)  # the clock was set back


def test_sizes_read_as_one_says_them():
    assert [size_words(size) for size in (12, 3_400_000, 2_100_000_000)] == [
        "1 kB",
        "3.4 MB",
        "2.1 GB",
    ]
