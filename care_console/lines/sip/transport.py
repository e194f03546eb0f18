"""The wires that SIP goes by: datagrams, and streams with or without TLS."""

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, cast

from care_console.lines.sip.framing import Framer
from care_console.lines.sip.message import Malformed
from care_console.lines.sip.parts import NO_PORT, NO_PORT_TLS
from care_console.lines.sip.transactions import Peer

PING, PONG = b"\r\n\r\n", b"\r\n"  # RFC 5626, 3.5.1 and 4.4.1
CONNECT_S = 10.0
UNTAKEN_MS = 30_000  # that the other end does not acknowledge
WAITING = 1024 * 1024  # bytes that the system keeps for us while the window is busy
MOST_UNSENT = 256 * 1024  # bytes that a peer does not take

Heard = Callable[[bytes, Peer], None]
Lost = Callable[[], None]


class Wire(Protocol):
    """One way to the telephone system."""

    reliable: bool

    @property
    def local(self) -> Peer:
        """Our end."""
        ...

    def send(self, data: bytes, to: Peer) -> None:
        """Send one message; a stream has but one peer."""
        ...

    def ping(self, to: Peer) -> None:
        """Keep the way open."""
        ...

    def close(self) -> None:
        """Close it, and tell nobody."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach the telephone system. ``server`` is the name that a certificate has to bear."""

    transport: str
    server: str
    tls: ssl.SSLContext | None = None


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """Return what checks a certificate and its name; by ``ca_file`` alone, where there is one.

    Raises OSError (also ssl.SSLError) where the file cannot be read.
    """
    context = ssl.create_default_context(cafile=ca_file or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


async def resolve(server: str, port: int | None, transport: str) -> list[Peer]:
    """Return all addresses of the server, the preferred first. Raises OSError."""
    loop = asyncio.get_running_loop()
    kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
    port = port or (NO_PORT_TLS if transport == "tls" else NO_PORT)
    found = await loop.getaddrinfo(server, port, type=kind)
    peers = [(str(address[0]), int(address[1])) for _f, _t, _p, _n, address in found]
    return list(dict.fromkeys(peers))


def interface_to(peer: Peer) -> str:
    """Return our address on the interface that leads to ``peer``. Raises OSError.

    Nothing is sent: a datagram socket that is connected only looks up its route.
    """
    family = socket.AF_INET6 if ":" in peer[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect(peer)
        return str(probe.getsockname()[0])


async def open_wire(way: Way, peer: Peer, heard: Heard, lost: Lost) -> Wire:
    """Open a way to ``peer``. Raises OSError (also ssl.SSLError and TimeoutError).

    ``heard`` takes each message and whence it came; ``lost`` is called when a stream breaks.
    """
    loop = asyncio.get_running_loop()
    here = interface_to(peer)
    if way.transport == "udp":
        # Bound to the one interface, and never to the port that scanners try
        _datagram, datagrams = await loop.create_datagram_endpoint(
            lambda: Datagrams(heard), local_addr=(here, 0)
        )
        return datagrams
    async with asyncio.timeout(CONNECT_S):
        _transport, stream = await loop.create_connection(
            lambda: Stream(heard, lost, peer),
            peer[0],
            peer[1],
            local_addr=(here, 0),
            ssl=way.tls if way.transport == "tls" else None,
            server_hostname=way.server if way.transport == "tls" else None,
        )
    return stream


class Datagrams(asyncio.DatagramProtocol):
    """Messages in datagrams (RFC 3261, 18)."""

    reliable = False

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._transport: asyncio.DatagramTransport | None = None
        self.local: Peer = ("", 0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.DatagramTransport, transport)  # by its make, not its class
        address = transport.get_extra_info("sockname")
        self.local = (str(address[0]), int(address[1]))
        with suppress(OSError, AttributeError):  # the usual 208 kB hold but 90 messages on Linux
            wire: socket.socket = transport.get_extra_info("socket")
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WAITING)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Hand on what is more than a sign of life."""
        if data.strip(b"\r\n\0 \t"):
            self._heard(data, (str(addr[0]), int(addr[1])))

    def error_received(self, exc: Exception) -> None:
        """Go on: that nobody listens there (ICMP) may change, and is told by silence."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Send no more."""
        self._transport = None

    def send(self, data: bytes, to: Peer) -> None:
        """Send one message. What cannot be sent is sent again by its transaction."""
        if self._transport is not None:
            with suppress(OSError):
                self._transport.sendto(data, to)

    def ping(self, to: Peer) -> None:
        """Keep the way through a NAT open."""
        self.send(PING, to)

    def close(self) -> None:
        """Close it."""
        if self._transport is not None:
            self._transport.abort()


class Stream(asyncio.Protocol):
    """Messages in a stream, which we opened, and by which calls come to us (RFC 3261, 18.3)."""

    reliable = True

    def __init__(self, heard: Heard, lost: Lost, peer: Peer) -> None:
        self._heard = heard
        self._lost = lost
        self._peer = peer
        self._framer = Framer()
        self._transport: asyncio.Transport | None = None
        self.local: Peer = ("", 0)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)
        address = transport.get_extra_info("sockname")
        self.local = (str(address[0]), int(address[1]))
        _soon_broken(transport.get_extra_info("socket"))

    def data_received(self, data: bytes) -> None:
        """Hand on each whole message; what cannot be cut ends the connection."""
        before = self._framer.pings
        try:
            messages = self._framer.feed(data)
        except Malformed:
            self._break()
            return
        for _ping in range(min(self._framer.pings - before, 3)):
            self._write(PONG)
        for message in messages:
            self._heard(message, self._peer)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that it broke, unless we closed it."""
        if self._transport is not None:
            self._transport = None
            self._lost()

    def send(self, data: bytes, to: Peer) -> None:
        """Send one message."""
        self._write(data)

    def ping(self, to: Peer) -> None:
        """Keep it open, and learn that it broke."""
        self._write(PING)

    def close(self) -> None:
        """Close it, and tell nobody."""
        transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def _write(self, data: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        if self._transport.get_write_buffer_size() > MOST_UNSENT:
            self._break()
            return
        self._transport.write(data)

    def _break(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def _soon_broken(wire: socket.socket) -> None:
    """Let a peer that is gone without a word be missed at the next ping, not in 15 minutes."""
    with suppress(OSError, AttributeError):
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNTAKEN_MS)
