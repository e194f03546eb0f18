"""Two consoles, each with a home of its own, on one database."""

from uuid import uuid4

import pytest

from care_console.base.command import Command
from care_console.services import Services
from care_console.settings.home import Home
from care_console.settings.opening import open_home
from care_console.staff.rules import Role
from care_console.store import Outbox, server, store
from tests.away import Shared
from tests.journeys.conftest import AtDesk
from tests.journeys.hands import MARIA, hire


@pytest.fixture
def shared(databases, tmp_path):
    return Shared(databases, tmp_path)


@pytest.fixture
def patient(monkeypatch):
    """Wait for a busy server: how soon it has to answer is tested elsewhere."""
    monkeypatch.setattr(server, "LOOK_UP_MS", 30_000)
    monkeypatch.setattr(store, "DEADLINE_S", 30)


@pytest.fixture
def desks(loop, qtbot, qapp, clock, shared, tmp_path, patient):
    """Two consoles, at both of which Grace sits; a third store may go on asking."""
    made = []
    for name in ("front", "back"):
        opened = open_home(Home.at(tmp_path / name, create=True), shared.url)
        outbox = Outbox(opened.home.outbox, opened.secrets.outbox)
        opened.store.before_close(outbox.close)
        services = Services.over(opened.store, clock, opened.desk, seal=opened.seal, outbox=outbox)
        if not made:
            begun = services.beginning.begin({"name": "Northgate Heating"}, "Grace Hopper")
            loop.run_until_complete(begun)
        loop.run_until_complete(services.settings.load())
        made.append(AtDesk(qtbot, qapp, services, clock, Home.at(opened.home.folder)))
    yield made
    for desk in made:
        loop.run_until_complete(desk.services.store.close())


@pytest.fixture
def act(loop, desks):
    """What Grace does, at whichever desk."""
    grace = loop.run_until_complete(desks[0].services.staff.clerk())
    return lambda: Command(uuid4(), grace)


@pytest.fixture
def maria(loop, desks, act):
    return loop.run_until_complete(desks[0].services.cards.add(act(), MARIA))


@pytest.fixture
def rosa(loop, desks, act):
    """Rosa, a CSR."""
    return loop.run_until_complete(hire(desks[0].services, act(), "Rosa Lind", Role.CSR))
