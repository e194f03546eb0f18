"""The account that we are at the telephone system, and where we can be reached."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from care_console.lines.sip.headers import Headers
from care_console.lines.sip.message import Response
from care_console.lines.sip.parts import host_port, number_of, via_of

ALLOW = "INVITE, ACK, CANCEL, OPTIONS, BYE, NOTIFY"
AGENT = "CARE Console"


class Mode(StrEnum):
    """How a line takes part in a call."""

    HOLD = "hold"  # it rings along until the other side ends that
    PEEK = "peek"  # it reads who calls, and declines
    WATCH = "watch"  # nothing rings here: the desk's telephone tells what it does


@dataclass(frozen=True, slots=True)
class Account:
    """What was set up. ``phone`` is the extension of the clerk's own telephone, or ""."""

    server: str
    user: str
    password: str = field(default="", repr=False)
    auth_user: str = ""
    port: int | None = None
    transport: str = "udp"  # or tcp, tls
    mode: Mode = Mode.HOLD
    phone: str = ""
    expires: int = 600
    quiet: bool = False  # 100 alone, no 180
    ca_file: str = ""
    order: tuple[str, ...] = ()  # of the headers that say who calls; () is the usual one
    called_header: str = ""
    dial: bool = False

    @property
    def domain(self) -> str:
        """The server as it stands in an address of record."""
        return host_port(self.server, self.port)

    def address(self, user: str) -> str:
        """Return the URI of ``user`` at this server."""
        return f"sip:{user}@{self.domain}"


OURS = "care-"  # what the user of a console's Contact begins with


class Station:
    """What all our requests have in common.

    ``token`` is the user of our Contact: nobody who was not told it can call us (a scanner, or
    whoever forges the server's address on datagrams).
    """

    def __init__(self, account: Account, random_hex: Callable[[int], str] = secrets.token_hex):
        self.account = account
        self.hex = random_hex
        self.token = f"{OURS}{random_hex(6)}"
        self.local: tuple[str, int] = ("127.0.0.1", 5060)  # of the socket
        self.public: tuple[str, int] = self.local  # as the server sees it

    def moved(self, local: tuple[str, int]) -> None:
        """Let the socket be another."""
        self.local = self.public = local

    def learn(self, response: Response) -> bool:
        """Take from an answer whence our request came; tell if that is news.

        RFC 3581, section 4: ``received`` and ``rport`` of our own Via.
        """
        via = via_of(response)
        if via is None:
            return False
        port = number_of(via.params.get("rport", ""), 65_535) or self.public[1]
        public = (via.params.get("received") or self.public[0], port)
        if public == self.public:
            return False
        self.public = public
        return True

    def contact(self) -> str:
        """Return where we can be reached (RFC 3261, 8.1.1.8)."""
        transport = self.account.transport
        way = "" if transport == "udp" else f";transport={transport}"
        return f"<sip:{self.token}@{host_port(*self.public)}{way}>"

    def head(self) -> Headers:
        """Return what begins each of our requests (RFC 3261, 8.1.1)."""
        branch = f"z9hG4bK{self.hex(10)}"
        sent_by = host_port(*self.local)
        way = self.account.transport.upper()
        return Headers(
            [
                ("via", f"SIP/2.0/{way} {sent_by};branch={branch};rport"),
                ("max-forwards", "70"),
                ("user-agent", AGENT),
            ]
        )
