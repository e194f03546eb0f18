"""What the tests of calls may ask for."""

import pytest

from care_console.cards.rules import NewCard, NewPhone
from tests.calls.telephone import Telephone


@pytest.fixture
def phone(clock):
    return Telephone(clock)


@pytest.fixture
def add(services, act):
    """Start the card of somebody with these numbers."""

    async def add(name, *numbers, **more):
        phones = tuple(NewPhone(raw=each) for each in numbers)
        return await services.cards.add(act(), NewCard(given=name, phones=phones, **more))

    return add


@pytest.fixture
def heard(services, act):
    """Do with an event what the window does, and return the call's id."""

    async def heard(event, caller=None):
        kept = {
            "ringing": services.log.began,
            "answered": services.log.answered,
            "answered_elsewhere": services.log.elsewhere,
            "ended": services.log.ended,
        }
        if event.kind == "ringing" and caller is None:
            caller = await services.rings.caller(event)
        return await kept[event.kind](act(), event, caller)

    return heard


@pytest.fixture
def kinds(services):
    """Return the kinds of entries in a card's history, the newest first."""

    async def kinds(card_id):
        return [each.kind for each in await services.cards.history(card_id)]

    return kinds


@pytest.fixture
def start(services, act):
    """Start a contact, on the telephone unless said otherwise."""

    async def start(**more):
        return await services.contacts.start(act(), **{"channel": "telephone", **more})

    return start
