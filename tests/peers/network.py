"""A network namespace of our own, and processes in it that end with the tests."""

import ctypes
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 30
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET (namespaces(7))
_libc = ctypes.CDLL(None, use_errno=True)

# veth: baresip 1.0 will not use loopback alone
_LAID = (
    "link set lo up",
    "link add v0 type veth peer name v1",
    "address add 192.0.2.3/24 dev v0",
    "link set v0 up",
    "link set v1 up",
)


class Network:
    """Loopback and one address that leads nowhere; whatever is bound in it disturbs nobody."""

    def __init__(self) -> None:
        """Raises OSError where this computer does not let us."""
        outside = _here()
        try:
            _called(_libc.unshare(_NEW_NETWORK))
            try:
                self._inside = _here()
                for command in _LAID:
                    subprocess.run(["ip", *command.split()], check=True, capture_output=True)
            finally:
                _called(_libc.setns(outside, _NEW_NETWORK))
        finally:
            os.close(outside)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let what this thread connects and starts be in this network.

        A namespace is of a thread, and a socket or a process keeps the one that it was made in.
        """
        outside = _here()
        try:
            _called(_libc.setns(self._inside, _NEW_NETWORK))
            try:
                yield
            finally:
                _called(_libc.setns(outside, _NEW_NETWORK))
        finally:
            os.close(outside)

    def start(self, command: Sequence[str | Path], folder: Path, name: str) -> "Process":
        """Start ``command`` in this network and in ``folder``, which gets what it says."""
        with self.inside():
            return Process(command, folder, name)

    def wait_for(self, process: "Process", host: str, port: int) -> None:
        """Wait until ``process`` takes connections there."""
        until = time.monotonic() + PATIENCE_S
        with self.inside():
            while not _listens(host, port):
                assert not process.ended, process.said.read_text()
                assert time.monotonic() < until, process.said.read_text()
                time.sleep(0.02)

    def close(self) -> None:
        """Let the network go when its last process has ended."""
        os.close(self._inside)


class Process:
    """One program, which dies with us even where we are killed."""

    def __init__(self, command: Sequence[str | Path], folder: Path, name: str) -> None:
        self.said = folder / f"{name}.out"
        with self.said.open("wb") as out:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=folder,
            )

    @property
    def ended(self) -> bool:
        """Whether it has ended by itself."""
        return self._process.poll() is not None

    @property
    def status(self) -> int | None:
        """With what it has ended."""
        return self._process.poll()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it, and only it."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


def _listens(host: str, port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex((host, port)) == 0


def _here() -> int:
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


def _called(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
