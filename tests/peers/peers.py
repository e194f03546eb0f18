"""All real peers together, each started when a test first wants it."""

import os
from functools import cached_property
from pathlib import Path

import pytest

from tests.peers import asterisk
from tests.peers.asterisk import Asterisk
from tests.peers.carrier import Carrier
from tests.peers.network import Network, Process, missing
from tests.peers.telephone import Telephone

ABSENT = "no real telephone peers, so lines are untested against them"  # looked for by the summary
PACKAGES = "kamailio kamailio-presence-modules kamailio-extra-modules kamailio-utils-modules"
PACKAGES += " baresip-core sip-tester iproute2 debootstrap"
PROGRAMS = {"kamailio": "kamailio", "baresip": "baresip-core", "sipp": "sip-tester"}
PROGRAMS |= {"ip": "iproute2", "setpriv": "util-linux"}
WAIT_FOR_TREE_S = 60
PASSWORDS = {"201": "desk-s3cret", "202": "care-s3cret", "203": "colleague-s3cret"}

HERE = Path(__file__).parent


class Peers:
    """A telephone system and a carrier in a network of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._telephones: dict[str, Telephone] = {}
        if os.geteuid() != 0:
            _skip("they need root")
        if absent := missing(PROGRAMS):
            _skip(f"Debian: apt-get install {' '.join(absent)}")
        try:
            self.network = Network()
        except OSError as why:
            _skip(f"this computer lets nobody have a network of their own ({why})")

    @cached_property
    def asterisk(self) -> Asterisk:
        if not asterisk.there(WAIT_FOR_TREE_S):
            _skip("apt-get install debootstrap and run tests/peers/get-asterisk (a minute, 450 MB)")
        return Asterisk(self.network, self.folder)

    @cached_property
    def kamailio(self) -> Process:
        """Kamailio, which forks by itself and wants SHA-256."""
        modules = next(Path("/usr/lib").glob("*/kamailio/modules"))
        settings = ["-DD", "-E", "-f", str(HERE / "kamailio.cfg"), "-L", f"{modules}/"]
        return self.network.start(["kamailio", *settings], self.folder, "kamailio")

    @cached_property
    def carrier(self) -> Carrier:
        return Carrier(self.network, self.folder)

    def telephone(self, extension: str) -> Telephone:
        """Return the telephone of ``extension``, which has registered."""
        if extension not in self._telephones:
            password = PASSWORDS[extension]
            made = Telephone(self.network, self.folder, extension, password)
            self._telephones[extension] = made
        self.asterisk.wait_for_phone(extension)
        return self._telephones[extension]

    def stop(self) -> None:
        """End what was started, and nothing else."""
        started = [self.__dict__.get(name) for name in ("carrier", "kamailio", "asterisk")]
        for each in (*self._telephones.values(), *filter(None, started)):
            each.stop()
        self.network.close()


def _skip(what: str) -> None:
    pytest.skip(f"{ABSENT}: {what}")
