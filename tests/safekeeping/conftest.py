"""What the tests of backups and of the key share."""

from uuid import uuid4

import pytest

from care_console.base.command import Command
from care_console.cards.rules import NewCard
from care_console.services import furnish
from care_console.settings.home import Home


@pytest.fixture
def home(tmp_path):
    """A home that is not made yet."""
    return Home.at(tmp_path / "home", create=True)


@pytest.fixture
def open_desk(loop, home, clock):
    """Open the home, as often as it is asked for; everything is closed at the end."""
    opened = []

    async def opening(key=None):
        services = await furnish(Home.at(home.folder, create=True), clock, key)
        opened.append(services)
        return services

    opening.opened = opened
    yield opening
    for services in opened:
        loop.run_until_complete(services.store.close())


@pytest.fixture
def place(loop, open_desk):
    """A desk in its home."""
    return loop.run_until_complete(open_desk())


@pytest.fixture
def acts(loop, place):
    """What the first clerk does; each call is another command."""
    begun = place.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
    clerk = loop.run_until_complete(begun)
    return lambda: Command(uuid4(), clerk)


@pytest.fixture
def add(place, acts):
    """Add so many cards."""

    async def adding(count):
        for number in range(count):
            await place.cards.add(acts(), NewCard(given="Ada", family=f"Poe {number}"))

    return adding
