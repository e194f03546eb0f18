"""What the tests of limits may ask for: the limits with which a house begins, and its past."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from care_console.authority.records import RemedyRecord, RequestRecord
from care_console.authority.rules.limits import Giver, Scope, Terms
from care_console.authority.service.catalogue import rows
from care_console.authority.service.limits import Limits
from care_console.cards.rules import NewCard
from care_console.journal.records import EntryRecord, PersonalRecord


@pytest.fixture
def limits(services):
    """The limits, over the services of the test."""
    of = services
    return Limits(of.store, of.journal, of.clock, of.staff, of.settings, of.cards)


@pytest.fixture
def laid(loop, store, clerk):
    """The remedies with which the house began, by their kinds and groups."""

    async def read():
        found = await store.read(rows)
        return {(each.kind, each.card_group): each for each in found}

    return loop.run_until_complete(read())


@pytest.fixture
def entries(store):
    """Return what the journal says of one kind, the oldest first."""

    async def entries(kind):
        def read(db):
            wanted = select(EntryRecord, PersonalRecord.personal).outerjoin(
                PersonalRecord, PersonalRecord.entry_id == EntryRecord.id
            )
            found = db.exec(wanted.where(EntryRecord.kind == kind).order_by(EntryRecord.id))
            return [(dict(entry.facts), said) for entry, said in found]

        return await store.read(read)

    return entries


@pytest.fixture
def holds(store, limits, services):
    """Return what holds of one scope for a clerk, on a day from today."""

    async def holds(clerk, scope=Scope.RECOVERY, catalogue_id=0, days=0):
        def read(db):
            day = services.cards.today() + timedelta(days=days)
            giver = Giver(clerk.card_id, clerk.role)
            found = Terms.of(limits.in_force(db), giver, day).limits.get((scope, catalogue_id))
            return None if found is None else "any" if found.unlimited else found.most

        return await store.read(read)

    return holds


@pytest.fixture
def give(store, clock):
    """Keep that something was given, so many days ago."""

    async def give(clerk, card_id, remedy, minor, *, days=1, **more):
        def put(db):
            at = clock() - timedelta(days=days)
            values = {"recovery_id": 1, "state": "given", "household_id": card_id, **more}
            record = RemedyRecord(
                command_id=uuid4(),
                catalogue_id=remedy.id,
                card_id=card_id,
                clerk_card_id=clerk.card_id,
                amount_minor=minor,
                currency="GBP",
                offered_at=at,
                given_at=at,
                lapses_at=at + timedelta(minutes=10),
                **values,
            )
            db.add(record)
            db.flush()
            return record.id

        return await store.write(put)

    return give


@pytest.fixture
def ask(store, clock):
    """Keep that a clerk asked for more, so many days ago."""

    async def ask(clerk, card_id, remedy, minor, *, days=1, **more):
        def put(db):
            at = clock() - timedelta(days=days)
            values = {"recovery_id": 1, "state": "refused", "over_minor": 1, **more}
            record = RequestRecord(
                command_id=uuid4(),
                catalogue_id=remedy.id,
                card_id=card_id,
                clerk_card_id=clerk.card_id,
                amount_minor=minor,
                story="She took two mornings off.",
                asked_at=at,
                falls_to_others_at=at,
                expires_at=at,
                **values,
            )
            db.add(record)
            db.flush()
            return record.id

        return await store.write(put)

    return ask


@pytest.fixture
def maria(loop, services, act, laid):
    """A customer who has a card since long ago."""
    new = NewCard(given="Maria", family="Okafor")
    card_id = loop.run_until_complete(services.cards.add(act(), new))
    services.clock.pass_by(days=200)
    return card_id
