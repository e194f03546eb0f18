"""A journal over records that know nothing else."""

from uuid import uuid4

import pytest

import care_console.cards.records  # noqa: F401  (to which entries point)
from care_console.base.command import Clerk, Command
from care_console.journal.service import Journal, Seal

KEY = bytes(range(32))
GRACE = Clerk("Grace Hopper", "administrator")


class Kept:
    """A place outside the records."""

    def __init__(self, text=None):
        self.text = text

    def read(self):
        return self.text

    def write(self, text):
        self.text = text


@pytest.fixture
def place():
    return Kept()


@pytest.fixture
def journal(store, clock, place):
    made = Journal(store, clock, "desk one", Seal.kept(KEY, place))
    yield made
    made.seal.heads.keep()


@pytest.fixture
def write(store, journal, clock):
    """Write entries, a minute apart, each with words about a person."""

    async def entries(count, journal=journal):
        for number in range(count):
            clock.pass_by(minutes=1)
            said = {"words": f"What she said, {number}"}
            facts = {"n": number, "amount_minor": 3500}
            command = Command(uuid4(), GRACE)
            await store.write(journal.write, command, "noted", facts, personal=said)
        journal.seal.heads.keep()

    return entries


@pytest.fixture
def again(store, clock, place):
    """The journal as a console finds it that is started anew."""
    return lambda key=KEY: Journal(store, clock, "desk one", Seal.kept(key, place))
