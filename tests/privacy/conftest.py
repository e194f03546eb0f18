"""What the tests of privacy may ask for."""

import pytest

from care_console.cards.rules import NewCard
from tests.privacy.marks import Seeded


@pytest.fixture
def add(services, act):
    """Start the card of somebody."""

    async def add(name, **more):
        given, _, family = name.rpartition(" ")
        return await services.cards.add(act(), NewCard(given=given, family=family, **more))

    return add


@pytest.fixture
def seeded(loop, services, act, add):
    """A person with a row in every table, each column with a word of its own."""
    other = loop.run_until_complete(add("Ada Lovelace"))
    seeded = Seeded(other)
    loop.run_until_complete(services.store.write(seeded.put))
    return seeded
