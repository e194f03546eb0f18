"""What the tests of recoveries may ask for."""

from uuid import uuid4

import pytest

from care_console.base.command import Clerk, Command
from care_console.cards.rules import NewCard, NewMembership
from care_console.recovery.rules import Answers, Step
from care_console.staff.records import ClerkRecord, DepartmentRecord
from tests.recovery.panes import MARIA, on_screen, pane_of


@pytest.fixture
def staff(services):
    return services.staff


@pytest.fixture
def duties(services):
    return services.duties


@pytest.fixture
def playbooks(services):
    return services.playbooks


@pytest.fixture
def recoveries(services):
    return services.recoveries


@pytest.fixture
def abuse(services):
    return services.abuse


@pytest.fixture
def maria(loop, services, act):
    return loop.run_until_complete(services.cards.add(act(), MARIA))


@pytest.fixture
def recovery(loop, recoveries, act, maria):
    opened = recoveries.open(act(), maria, title="Engineer did not come")
    return loop.run_until_complete(opened)


@pytest.fixture
def pane(qtbot, services, recoveries, act):
    return on_screen(qtbot, pane_of(services, recoveries, act), 620, 560)


@pytest.fixture
def add(services, act):
    """Start the card of somebody, in the groups that are named."""

    async def add(name, *groups, **more):
        given, _, family = name.rpartition(" ")
        memberships = tuple(NewMembership(group=each) for each in groups)
        card = NewCard(given=given, family=family, memberships=memberships, **more)
        return await services.cards.add(act(), card)

    return add


@pytest.fixture
def hire(store, add):
    """Make somebody a clerk."""

    async def hire(name, role="csr", department_id=None):
        card_id = await add(name, "employee")
        await store.write(
            lambda db: db.add(ClerkRecord(card_id=card_id, role=role, department_id=department_id))
        )
        return Clerk(name, role, card_id)

    return hire


@pytest.fixture
def department(store):
    """Make a department and return its id."""

    async def department(name):
        def make(db):
            record = DepartmentRecord(name=name, name_key=name.casefold())
            db.add(record)
            db.flush()
            return record.id

        return await store.write(make)

    return department


@pytest.fixture
def as_clerk():
    """Return what another clerk does."""
    return lambda clerk: Command(uuid4(), clerk)


@pytest.fixture
def owed(duties):
    """Return what a clerk still owes, as kinds and titles."""

    async def owed(clerk):
        return [(each.kind, each.title) for each in await duties.mine(clerk)]

    return owed


@pytest.fixture
def begun(recoveries, add, act):
    """Begin a recovery for Maria Okafor and return its id."""

    async def begun(**more):
        card_id = await add("Maria Okafor", "end-user")
        wanted = {"title": "engineer did not come", **more}
        return await recoveries.open(act(), card_id, **wanted)

    return begun


@pytest.fixture
def led(recoveries, act, clock):
    """Lead a recovery to where only the customer's answer is wanted."""

    async def led(recovery_id):
        for step in list(Step)[:-1]:
            await recoveries.step_done(act(), recovery_id, step)
        due_at = clock.now.replace(hour=15)
        await recoveries.follow_up(act(), recovery_id, due_at=due_at)
        return recovery_id

    return led


@pytest.fixture
def all_well():
    return Answers(put_right=True, sorry_said=True, sorry_helped=True, next_call=True)
