"""The whole journal is read by those who may, filtered, and each export of it is written down."""

from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from care_console.base.command import Clerk, Command
from care_console.base.errors import CareError
from care_console.cards.records import CardRecord
from care_console.journal.service import Audit, Filter


class Denied(CareError):
    """Not for you."""


ADA, BOB = 1, 2


@pytest.fixture
def denials():
    return []


@pytest.fixture
def audit(journal, denials):
    def demand(db, command):
        if command.clerk.role != "administrator":
            raise Denied("Only an administrator reads the journal.")

    @asynccontextmanager
    async def guarded(command):
        try:
            yield
        except Denied:
            denials.append(command.clerk.name)
            raise

    return Audit(journal, demand, guarded)


@pytest.fixture
def done(loop, store, journal, clock):
    """Ada and Bob take turns, a day apart, each about the other's card."""

    def unit(db):
        for name in ("Ada", "Bob"):
            db.add(CardRecord(kind="person", name=name, created_at=clock()))
            db.flush()
        for number in range(6):
            clock.pass_by(days=1)
            who = (ADA, BOB)[number % 2]
            command = Command(uuid4(), Clerk("", "csr", who))
            kind = "noted" if number < 3 else "called"
            journal.write(db, command, kind, {"n": number}, 3 - who, personal={"words": "x"})

    loop.run_until_complete(store.write(unit))


def chief():
    return Command(uuid4(), Clerk("Grace", "administrator"))


def numbers(acts):
    return [act.entry.facts["n"] for act in acts]


async def test_all_of_it_is_newest_first_with_its_cards_and_its_place(audit, done):
    acts = await audit.acts(chief(), Filter())

    assert numbers(acts) == [5, 4, 3, 2, 1, 0]
    assert [act.card_ids for act in acts[:2]] == [(ADA,), (BOB,)]
    assert [(act.origin, act.number) for act in acts[:2]] == [("desk one", 6), ("desk one", 5)]
    assert acts[0].entry.personal == {"words": "x"}


async def test_it_is_filtered_by_person_by_card_by_kind_and_by_day(audit, done, clock):
    for wanted, found in (
        (Filter(clerk_card_id=ADA), [4, 2, 0]),
        (Filter(card_id=ADA), [5, 3, 1]),
        (Filter(kinds=("noted",)), [2, 1, 0]),
        (Filter(kinds=("noted", "called"), clerk_card_id=BOB), [5, 3, 1]),
        (Filter(since=clock().replace(day=11)), [5, 4, 3]),
        (Filter(until=clock().replace(day=10)), [1, 0]),
        (Filter(kinds=("hologram",)), []),
    ):
        assert numbers(await audit.acts(chief(), wanted)) == found


async def test_it_is_read_in_pages_without_gap_or_double(audit, done):
    seen, before = [], None
    while page := await audit.acts(chief(), Filter(), before=before, most=4):
        seen += numbers(page)
        before = (page[-1].entry.at, page[-1].entry.id)

    assert seen == [5, 4, 3, 2, 1, 0]


async def test_an_export_is_an_entry_itself_and_once(audit, done, journal):
    command = chief()
    assert len(await audit.export(command, Filter())) == 6
    await audit.export(command, Filter())

    newest = await audit.acts(chief(), Filter(), most=2)
    assert [act.entry.kind for act in newest] == ["journal_exported", "called"]
    assert newest[0].entry.facts == {"entries": 6}
    assert (await audit.check(chief())).faults == ()


async def test_whoever_may_not_reads_nothing_and_that_is_guarded(audit, done, denials):
    clerk = Command(uuid4(), Clerk("Bob", "csr", BOB))
    asked = (
        lambda: audit.acts(clerk, Filter()),
        lambda: audit.check(clerk),
        lambda: audit.export(clerk, Filter()),
    )
    for ask in asked:
        with pytest.raises(Denied):
            await ask()

    assert denials == ["Bob"] * 3
    assert len(await audit.acts(chief(), Filter())) == 6
