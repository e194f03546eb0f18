"""A real telephone on a desk: baresip, whose keys are pressed through its control port."""

import json
import socket
from pathlib import Path

from tests.peers.network import Network

_SETTINGS = """\
poll_method epoll
sip_listen 127.0.0.{host}:5062
module_path {modules}
audio_player aubridge,nil
audio_source aubridge,nil
audio_alert aubridge,nil
ausrc_srate 8000
auplay_srate 8000
call_local_timeout 60
call_max_calls 4
module stdio.so
module g711.so
module aubridge.so
module_tmp uuid.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.{host}:4444
"""
_ACCOUNT = (
    "<sip:{extension}@127.0.0.1:5070>;auth_user={extension};auth_pass={password}"
    ";answermode=manual;regint=60\n"
)


class Telephone:
    """The telephone of one extension of Asterisk."""

    def __init__(self, network: Network, folder: Path, extension: str, password: str) -> None:
        self.extension = extension
        self._network = network
        self._host = f"127.0.0.{int(extension) - 190}"
        own = folder / f"telephone-{extension}"
        own.mkdir()
        modules = next(Path("/usr/lib").glob("**/baresip/modules"))
        (own / "config").write_text(
            _SETTINGS.format(host=self._host.rpartition(".")[2], modules=modules)
        )
        (own / "accounts").write_text(_ACCOUNT.format(extension=extension, password=password))
        self._own = own
        self.switch_on()

    def switch_on(self) -> None:
        """Start it; it registers at once."""
        self._process = self._network.start(["baresip", "-f", self._own], self._own, "baresip")
        self._network.wait_for(self._process, self._host, 4444)

    def answer(self) -> None:
        """Pick up."""
        self._press("accept")

    def hang_up(self) -> None:
        """Put down, or refuse what rings."""
        self._press("hangup")

    def call(self, number: str) -> None:
        """Dial."""
        self._press("dial", f"sip:{number}@127.0.0.1:5070")

    def stop(self) -> None:
        self._process.stop()

    def _press(self, command: str, parameters: str = "") -> None:
        told = json.dumps({"command": command, "params": parameters})
        with self._network.inside(), socket.create_connection((self._host, 4444), 10) as keys:
            keys.sendall(f"{len(told)}:{told},".encode())
            keys.recv(4096)
