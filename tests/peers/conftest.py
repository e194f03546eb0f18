"""What the tests against real peers may ask for."""

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import desk
from tests.peers.peers import Peers

__all__ = ["desk"]


@pytest.fixture(scope="session")
def all_peers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peers]:
    peers = Peers(tmp_path_factory.mktemp("peers"))
    yield peers
    peers.stop()


@pytest.fixture
def peers(all_peers: Peers) -> Iterator[Peers]:
    """The real peers; what the test connects is in their network."""
    with all_peers.network.inside():
        yield all_peers
