"""Which of the peers' programs this computer has, and what is said where it has them not."""

import fcntl
import os
import shutil
import time
from pathlib import Path

PACKAGES = {
    "kamailio": "kamailio",
    "baresip": "baresip-core",
    "sipp": "sip-tester",
    "ip": "iproute2",
    "setpriv": "util-linux",
}
GET = "as root: tests/peers/get-peers (two minutes, 450 MB)"
PATIENCE_S = 60  # with whoever is getting them at this moment


def cache() -> Path:
    """Return the folder outside the project in which ``get-peers`` keeps what it makes."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("CARE_CONSOLE_PEERS") or Path(home, "care-console-tests"))


def absent() -> list[str]:
    """Return the packages that are missing, after waiting for ``get-peers`` if it runs."""
    until = time.monotonic() + PATIENCE_S
    while _being_got() and time.monotonic() < until:
        time.sleep(0.2)
    return [package for program, package in PACKAGES.items() if shutil.which(program) is None]


def _being_got() -> bool:
    try:
        with (cache() / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
