"""The journal keeps what was done: whole, counted, once, and so that tampering shows."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select, text

from care_console.cards.rules import NewCard
from care_console.journal.records import EntryRecord


def counted(db):
    rows = select(EntryRecord.origin, EntryRecord.number, EntryRecord.kind)
    return [tuple(row) for row in db.exec(rows.order_by(EntryRecord.id))]


@pytest.fixture
def ada(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), NewCard(given="Ada")))


async def test_entries_are_counted_for_each_origin(services, store, act, ada):
    await store.write(services.journal.write, act(), "called", {"line": 2}, ada)

    entries = await store.read(counted)
    assert [entry[1] for entry in entries] == list(range(1, len(entries) + 1))
    assert {entry[0] for entry in entries} == {"this desk"}


async def test_a_command_is_never_written_twice(services, store, act, ada):
    command = act()
    await store.write(services.journal.write, command, "limit_set", {})

    with pytest.raises(IntegrityError):
        await store.write(services.journal.write, command, "limit_set", {})


async def test_the_history_is_newest_first_also_for_what_was_typed_after_the_fact(
    services, store, act, clock, ada
):
    earlier = clock() - timedelta(days=3)
    await store.write(services.journal.write, act(), "now", {}, ada)
    await store.write(services.journal.write, act(), "before", {}, ada, at=earlier)

    assert [each.kind for each in await services.journal.of(ada)] == ["now", "card_added", "before"]


async def test_a_long_history_is_read_in_pages_without_gap_or_double(
    services, store, act, clock, ada
):
    for number in range(7):
        await store.write(services.journal.write, act(), f"kind {number}", {}, ada)

    seen, before = [], None
    while page := await services.journal.of(ada, before=before, most=3):
        seen += [each.id for each in page]
        before = (page[-1].at, page[-1].id)

    assert len(seen) == len(set(seen)) == 8


async def test_an_untouched_journal_is_whole(services, store, act, ada):
    await store.write(services.journal.write, act(), "noted", {}, ada, personal={"words": "é ł"})

    assert await services.journal.broken() == []


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE entry SET kind = 'other' WHERE number = 2",
        "UPDATE entry SET number = number + 100 WHERE number = 3",
        "UPDATE entry_personal SET salt = 'x'",
        "DELETE FROM entry WHERE number = 2",
    ],
)
async def test_what_is_changed_behind_its_back_shows(services, store, act, ada, attack):
    for _ in range(2):
        await store.write(services.journal.write, act(), "noted", {}, personal={"words": "x"})
    if attack.startswith("DELETE"):
        await store.write(lambda db: db.execute(text("DELETE FROM entry_card")) and None)

    await store.write(lambda db: db.execute(text(attack)) and None)

    assert await services.journal.broken() != []
