"""What the tests of promises may ask for."""

import pytest

from care_console.base.command import Clerk
from care_console.cards.rules import NewCard
from care_console.promises.rules import DutyKind
from care_console.promises.service import Duties
from care_console.staff.records import ClerkRecord, DepartmentRecord


def department_of(db, card_id):
    clerk = db.get(ClerkRecord, card_id)
    return None if clerk is None else clerk.department_id


@pytest.fixture
def duties(services):
    made = getattr(services, "duties", None)
    return made or Duties(
        services.store, services.journal, services.clock, services.cards, department_of
    )


@pytest.fixture
def add(services, act):
    """Start the card of somebody."""

    async def add(name):
        given, _, family = name.rpartition(" ")
        return await services.cards.add(act(), NewCard(given=given, family=family))

    return add


@pytest.fixture
def department(store):
    """Make a department."""

    async def department(name):
        def make(db):
            record = DepartmentRecord(name=name, name_key=name.casefold())
            db.add(record)
            db.flush()
            return record.id

        return await store.write(make)

    return department


@pytest.fixture
def hire(store, add):
    """Make somebody a clerk."""

    async def hire(name, department_id=None, **more):
        card_id = await add(name)

        def make(db):
            db.add(ClerkRecord(card_id=card_id, role="csr", department_id=department_id, **more))

        await store.write(make)
        return Clerk(name, "csr", card_id)

    return hire


@pytest.fixture
def owe(duties, store, clock, clerk):
    """Make a duty as a room above does, due in so many minutes."""
    from datetime import timedelta

    async def owe(title="Ring back", kind=DutyKind.OTHER, minutes=60, **more):
        due_at = clock() + timedelta(minutes=minutes)
        more.setdefault("owner_card_id", clerk.card_id)
        return await store.write(duties.make, kind, title=title, due_at=due_at, **more)

    return owe
