"""The telephone company: sipp, which calls us and takes our calls."""

from itertools import count
from pathlib import Path

from tests.peers.network import Network, Process

FILES = Path(__file__).parent / "files/sipp"
ASTERISK, KAMAILIO = 5070, 5060
ROSA = '"Rosa Nunez" <sip:+15195550123@carrier.example>'
PAI = 'P-Asserted-Identity: "Rosa Nunez" <sip:+15195550123@carrier.example;user=phone>'
DIVERTED = "Diversion: <sip:+15195550199@carrier.example>;reason=unconditional"
ANONYMOUS = '"Anonymous" <sip:anonymous@anonymous.invalid>'
PRIVATE = ("Privacy: id", "P-Asserted-Identity: <sip:+15195550123@carrier.example>")


class Carrier:
    """127.0.0.2, whom the telephone system trusts."""

    def __init__(self, network: Network, folder: Path) -> None:
        self._network, self._folder = network, folder
        self._numbers = count()
        self._running: list[Process] = []

    def call(
        self,
        extension: str,
        caller: str = ROSA,
        headers: tuple[str, ...] = (),
        rings_ms: int = 500,
        scenario: str = "abandoned",
        to: int = ASTERISK,
    ) -> Process:
        """Call ``extension``, and hang up ``rings_ms`` after it has begun to ring or answered.

        ``scenario``: "abandoned" rings and gives up, "answered" wants to be picked up.
        """
        more = "\r\n".join(headers) or "Subject: none"  # an empty line would end the headers
        keys = ["-key", "from_hdr", caller, "-key", "extra_hdr", more, "-s", extension]
        return self._start(scenario, to, [*keys, "-d", str(rings_ms)], 5091)

    def wait_for_a_call(self) -> Process:
        """Take one call from the telephone system; the process ends when it is over."""
        return self._start("carrier", None, ["-trace_msg", "-message_file", "carrier.msg"], 5090)

    @property
    def got(self) -> str:
        """Return what the calls that were taken have sent."""
        file = self._folder / "carrier.msg"
        return file.read_text() if file.exists() else ""

    def stop(self) -> None:
        for each in self._running:
            if not each.ended:
                each.stop()

    def _start(self, scenario: str, to: int | None, more: list[str], port: int) -> Process:
        number = next(self._numbers)
        where = ["-i", "127.0.0.2", "-p", str(port + 10 * number), "-mp", str(6000 + 10 * number)]
        if to is None:
            where[3] = str(port)  # where the telephone system sends them
        target = [f"127.0.0.1:{to}"] if to is not None else []
        file = ["-sf", str(FILES / f"{scenario}.xml"), "-m", "1", "-nostdin", "-aa"]
        command = ["sipp", *target, *where, *file, *more]
        process = self._network.start(command, self._folder, f"{scenario}-{number}")
        self._running.append(process)
        return process
