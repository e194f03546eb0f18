"""What the tests of the staff may ask for: clerks of every role, and a quick hash."""

import gc
from uuid import uuid4

import pytest

from care_console.base.command import Clerk, Command
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.staff.rules import Role
from care_console.staff.service import Hashing, SignIn
from care_console.staff.service.hashing import Cost

QUICK = Cost(rounds=1, memory_kib=8, lanes=1)
PEPPER = b"p" * 32


@pytest.fixture(autouse=True)
def swept(request):
    """Leave no widget of a test without a loop to be deleted by the thread of a later store."""
    yield
    if "qtbot" in request.fixturenames and "loop" not in request.fixturenames:
        gc.collect()


@pytest.fixture
def staff(services):
    return services.staff


@pytest.fixture
def sign_in(services):
    return signing_in(services.store, services)


def signing_in(store, services):
    """Signing in over any store, so that one that was closed can be opened again."""
    return SignIn(store, services.journal, services.clock, services.staff, Hashing(PEPPER, QUICK))


@pytest.fixture
def employ(services, act):
    """Start the card of an employee and return its id."""

    async def employ(name, group=Group.EMPLOYEE):
        given, _, family = name.partition(" ")
        new = NewCard(given=given, family=family, memberships=(NewMembership(group=group),))
        return await services.cards.add(act(), new)

    return employ


@pytest.fixture
def hire(staff, act, employ):
    """Have somebody work here, and return them as they sit at a desk."""

    async def hire(name="Rosa Lindqvist", role=Role.CSR, department_id=None):
        card_id = await employ(name)
        await staff.add_clerk(act(), card_id, role, department_id)
        return Clerk(name, role, card_id)

    return hire


@pytest.fixture
def by():
    """What a clerk does: each call is another command."""
    return lambda clerk: Command(uuid4(), clerk)


@pytest.fixture
def entries(services, store):
    """Return kinds and facts of the journal's entries, the oldest first."""

    async def entries(*kinds):
        from sqlmodel import col, select

        from care_console.journal.records import EntryRecord

        def read(db):
            wanted = select(EntryRecord).order_by(col(EntryRecord.id))
            return [(e.kind, dict(e.facts), e.clerk_card_id) for e in db.exec(wanted)]

        return [each for each in await store.read(read) if not kinds or each[0] in kinds]

    return entries
