"""What the tests of authority may ask for: clerks, customers, remedies and limits."""

from uuid import uuid4

import pytest

from care_console.authority.records import CatalogueRecord, LimitRecord
from care_console.base.command import Clerk, Command
from care_console.cards.rules import Group, NewCard, NewMembership
from care_console.staff.rules import Role
from tests.authority.rooms import PASSPHRASE, PIN, rooms_over


@pytest.fixture
def rooms(services):
    return rooms_over(services)


@pytest.fixture
def authority(rooms):
    return rooms.authority


@pytest.fixture
def requests(rooms):
    return rooms.requests


@pytest.fixture
def deliveries(rooms):
    return rooms.deliveries


@pytest.fixture
def by():
    """What a clerk does: each call is another command."""
    return lambda clerk: Command(uuid4(), clerk)


@pytest.fixture
def pin_for(requests, act, by):
    """Give somebody the PIN with which they decide at a colleague's desk."""

    async def pin_for(clerk, pin=PIN):
        await requests.sign_in.set_passphrase(act(), clerk.card_id, PASSPHRASE)
        await requests.sign_in.set_pin(by(clerk), pin, PASSPHRASE)

    return pin_for


@pytest.fixture
def customer(services, act):
    """Start the card of somebody."""

    async def customer(name="Maria Okafor", *groups):
        given, _, family = name.partition(" ")
        memberships = tuple(NewMembership(group=group) for group in groups)
        new = NewCard(given=given, family=family, memberships=memberships)
        return await services.cards.add(act(), new)

    return customer


@pytest.fixture
def hire(services, act, customer):
    """Have somebody work here, and return them as they sit at a desk."""

    async def hire(name="Rosa Lindqvist", role=Role.CSR, department_id=None):
        card_id = await customer(name, Group.EMPLOYEE)
        await services.staff.add_clerk(act(), card_id, role, department_id)
        return Clerk(name, role.value, card_id)

    return hire


@pytest.fixture
def remedy(store):
    """Put a remedy into the catalogue and return its id."""

    async def remedy(name="Waive a fee", **values):
        def put(db):
            record = CatalogueRecord(**{"kind": "waived_fee", "name": name, **values})
            db.add(record)
            db.flush()
            return record.id

        return await store.write(put)

    return remedy


@pytest.fixture
def limit(store):
    """Set a limit and return its id; without a role and a clerk it is everybody's."""

    async def limit(scope, most=0, **values):
        def put(db):
            record = LimitRecord(scope=scope, most=most, **values)
            db.add(record)
            db.flush()
            return record.id

        return await store.write(put)

    return limit


@pytest.fixture
def limits(limit):
    """Set what everybody of a role may give: the picture's limits unless said otherwise."""

    async def limits(
        role="", *, remedy=4_000, recovery=4_000, day=15_000, customer=7_500, month=90_000
    ):
        await limit("remedy", remedy, role=role)
        await limit("recovery", recovery, role=role)
        await limit("day", day, role=role)
        await limit("customer", customer, role=role, days=365)
        await limit("month", month, role=role)

    return limits
