"""All real peers together, each started when a test first wants it."""

import os
from functools import cached_property
from pathlib import Path
from typing import NoReturn

import pytest

from tests.peers.absent import ABSENT
from tests.peers.asterisk import Asterisk, tree
from tests.peers.carrier import Carrier
from tests.peers.network import Network, Process
from tests.peers.programs import GET, absent
from tests.peers.telephone import Telephone

PASSWORDS = {"201": "desk-s3cret", "202": "care-s3cret", "203": "colleague-s3cret"}


class Peers:
    """A telephone system and a carrier in a network of their own. Skips what cannot be had."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._telephones: dict[str, Telephone] = {}
        if os.geteuid() != 0:
            _skip("they need root, for a network of their own")
        if packages := absent():
            _skip(f"{', '.join(packages)}; {GET}")
        try:
            self.network = Network()
        except OSError as why:
            _skip(f"this computer lets nobody have a network of their own ({why})")

    @cached_property
    def asterisk(self) -> Asterisk:
        if not (tree() / "usr/sbin/asterisk").exists():
            _skip(f"Asterisk; {GET}")
        return Asterisk(self.network, self.folder)

    @cached_property
    def kamailio(self) -> Process:
        """Kamailio, which forks by itself and wants SHA-256."""
        modules = next(Path("/usr/lib").glob("*/kamailio/modules"))
        file = Path(__file__).parent / "files/kamailio.cfg"
        command = ["kamailio", "-DD", "-E", "-f", file, "-L", f"{modules}/"]
        started = self.network.start(command, self.folder, "kamailio")
        self.network.wait_for(started, "127.0.0.1", 5060)
        return started

    @cached_property
    def carrier(self) -> Carrier:
        return Carrier(self.network, self.folder)

    def telephone(self, extension: str) -> Telephone:
        """Return the telephone of ``extension``, which has registered."""
        asterisk = self.asterisk
        if extension not in self._telephones:
            made = Telephone(self.network, self.folder, extension, PASSWORDS[extension])
            self._telephones[extension] = made
        elif not asterisk.knows(extension):  # killed too soon to have kept that it registered
            self._telephones[extension].stop()
            self._telephones[extension].switch_on()
        asterisk.wait_for_phone(extension)
        return self._telephones[extension]

    def stop(self) -> None:
        """End what was started, and nothing else."""
        started = [self.__dict__.get(name) for name in ("carrier", "kamailio", "asterisk")]
        for each in (*self._telephones.values(), *filter(None, started)):
            each.stop()
        self.network.close()


def _skip(what: str) -> NoReturn:
    pytest.skip(f"{ABSENT}: {what}")
