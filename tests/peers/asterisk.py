"""A real Asterisk, out of a Debian tree that is kept outside the project."""

import shutil
import subprocess
import time
from pathlib import Path
from tempfile import mkdtemp

from tests.peers.network import Network, Process
from tests.peers.programs import cache

FILES = Path(__file__).parent / "files/asterisk"
PATIENCE_S = 30

_DIRECTORIES = {
    "astetcdir": "{own}/etc",
    "astmoddir": "{modules}",
    "astvarlibdir": "/var/lib/asterisk",
    "astdbdir": "{own}/db",
    "astkeydir": "{own}/keys",
    "astdatadir": "/usr/share/asterisk",
    "astagidir": "/usr/share/asterisk/agi-bin",
    "astspooldir": "{own}/spool",
    "astrundir": "{own}/run",
    "astlogdir": "{own}/log",
}
_LEFT_EMPTY = ("cdr", "cel", "features", "udptl", "stasis", "acl", "codecs", "sorcery", "http")
_LEFT_EMPTY += ("ccss", "indications", "extconfig")


def tree() -> Path:
    """Return where the tree is, or would be: ``get-peers`` makes it there."""
    return cache() / "asterisk"


class Asterisk:
    """SIP on 127.0.0.1:5070 (UDP and TCP), AMI on 127.0.0.1:5038.

    201 is the desk telephone, 202 the console and 203 a colleague; 5195550100 rings 201 and 202,
    ...102 rings 202, ...103 rings 201 and 203, ...104 the same through Local channels, and ...105
    all three. The carrier is 127.0.0.2.
    """

    def __init__(self, network: Network, folder: Path) -> None:
        self._network, self._folder = network, folder
        self._own = Path(mkdtemp(prefix="care-", dir=tree()))  # several may run from one tree
        self._process: Process | None = None
        self._write()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it takes calls."""
        settings = f"/{self._own.name}/etc/asterisk.conf"
        chroot = ["chroot", str(tree())]
        command = [*chroot, "/usr/sbin/asterisk", "-f", "-C", settings]
        self._process = self._network.start(command, self._folder, "asterisk")
        until = time.monotonic() + PATIENCE_S
        while "fully booted" not in self.ask("core waitfullybooted"):
            assert not self._process.ended, self._process.said.read_text()
            assert time.monotonic() < until, self._process.said.read_text()
            time.sleep(0.05)

    def ask(self, command: str) -> str:
        """Return what its own command line answers."""
        settings = f"/{self._own.name}/etc/asterisk.conf"
        asked = ["chroot", str(tree()), "/usr/sbin/asterisk", "-C", settings, "-rx", command]
        return subprocess.run(asked, capture_output=True, text=True).stdout

    def wait_for_phone(self, extension: str) -> None:
        """Wait until the telephone of ``extension`` has registered."""
        until = time.monotonic() + PATIENCE_S
        while not self.knows(extension):
            assert time.monotonic() < until, f"{extension} does not register"
            time.sleep(0.05)

    def knows(self, extension: str) -> bool:
        """Whether the telephone of ``extension`` is registered."""
        return f"{extension}/sip:" in self.ask("pjsip show contacts")

    def kill(self) -> None:
        """Let it die without a word."""
        assert self._process is not None
        self._process.kill()

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
        shutil.rmtree(self._own, ignore_errors=True)

    def _write(self) -> None:
        for folder in ("etc", "db", "keys", "spool", "run", "log"):
            (self._own / folder).mkdir()
        for file in FILES.glob("*.conf"):
            shutil.copy(file, self._own / "etc")
        for name in _LEFT_EMPTY:
            (self._own / "etc" / f"{name}.conf").touch()
        found = [
            *tree().glob("usr/lib/asterisk/modules"),
            *tree().glob("usr/lib/*/asterisk/modules"),
        ]
        places = {"own": f"/{self._own.name}", "modules": f"/{found[0].relative_to(tree())}"}
        lines = [f"{key} => {place.format(**places)}" for key, place in _DIRECTORIES.items()]
        settings = "\n".join(["[directories]", *lines, "[options]", "dontwarn = yes", ""])
        (self._own / "etc/asterisk.conf").write_text(settings)
