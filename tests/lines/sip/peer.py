"""A small telephone system that speaks real datagrams and streams on this computer."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from care_console.lines.sip.answers import Answers
from care_console.lines.sip.framing import Framer
from care_console.lines.sip.headers import Headers
from care_console.lines.sip.message import Message, Request, Response, parse, render
from care_console.lines.sip.parts import cseq_of, tag_of
from care_console.lines.sip.uri import read_address
from tests.conftest import until

ROSA = '"Rosa" <sip:+15195550123@127.0.0.1>'
NUMBERS = count(1)
Reply = Callable[[Request], Response | None]


@dataclass
class Call:
    """One INVITE of the telephone system."""

    call_id: str
    tag: str
    branch: str
    caller: str = ROSA
    headers: Sequence[tuple[str, str]] = ()
    cseq: int = 1
    to: str = "<sip:202@127.0.0.1>"
    cookie: str = "z9hG4bK"

    def other_branch(self) -> "Call":
        return replace(self, branch=f"{self.branch}x")


def answer(request: Request, status: int, reason: str, *, tag="", source=None, extra=()):
    """Return a response as it is read from the wire."""
    return parse(Answers(request, source).say(status, reason, tag, extra))


def a_call(**told) -> Call:
    number = next(NUMBERS)
    return Call(f"call{number}@pbx", f"tag{number}", f"branch{number}", **told)


@dataclass
class TelephoneSystem:
    """Registers whoever knows the password, and calls them."""

    kind: str = "udp"
    password: str = ""
    expires: int = 600
    strangers: tuple[str, ...] = ()
    nonce: str = "n1"
    heard: list[Message] = field(default_factory=list)
    datagrams: list[bytes] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    deaf: bool = False
    port: int = 0
    contact: str = ""
    tls: object = None
    body: bytes | None = None  # of a NOTIFY, in place of what it should be

    async def open(self, port: int = 0) -> "TelephoneSystem":
        loop = asyncio.get_running_loop()
        self.streams: list[asyncio.Transport] = []
        self.gone: tuple[str, int] = ("", 0)
        if self.kind == "udp":
            self._wire, _ = await loop.create_datagram_endpoint(
                lambda: _Datagrams(self), local_addr=("127.0.0.1", port)
            )
            self.port = self._wire.get_extra_info("sockname")[1]
        else:
            self._server = await loop.create_server(
                lambda: _Stream(self), "127.0.0.1", port, ssl=self.tls
            )
            self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        if self.kind == "udp":
            self._wire.close()
        else:
            self._server.close()
            for stream in self.streams:
                stream.abort()
        await asyncio.sleep(0)

    def take(self, data: bytes, source: tuple[str, int]) -> None:
        self.datagrams.append(data)
        self.came.set()
        if self.deaf or not data.strip():
            return
        message = parse(data)
        self.heard.append(message)
        self.gone = source
        if isinstance(message, Request) and message.method in ("REGISTER", "SUBSCRIBE"):
            self.contact = read_address(message.headers.first("contact")).uri
        if isinstance(message, Request) and message.method != "ACK":
            script = self.replies.get(message.method)
            reply = script.pop(0) if script else self.usual
            response = reply(message)
            if response is not None:
                self.send(render(response))

    def usual(self, request: Request) -> Response | None:
        """Answer as a registrar does."""
        if self.password and not self.proves(request):
            asks = f'Digest realm="pbx, \\"main\\"", nonce="{self.nonce}", qop="auth,auth-int"'
            return self.says(request, 401, "Unauthorized", [("www-authenticate", asks)])
        if request.method == "SUBSCRIBE":
            return self.says(request, 200, "OK", [("expires", request.headers.first("expires"))])
        if request.method != "REGISTER":
            return self.says(request, 200, "OK")
        own = f"<{self.contact}>;expires={self.expires}"
        listed = [("contact", ", ".join([*self.strangers, own]))]
        return self.says(request, 200, "OK", listed)

    def says(self, request: Request, status: int, reason: str, extra=()) -> Response:
        return answer(request, status, reason, tag="pbx", source=self.gone, extra=extra)

    def proves(self, request: Request) -> bool:
        """Tell whether the answer to the challenge is right (RFC 7616, 3.4.1; MD5)."""
        value = request.headers.first("authorization")
        told = {}
        for piece in value.removeprefix("Digest ").split(", "):
            name, _, text = piece.partition("=")
            told[name] = text.strip('"')
        if told.get("nonce") != self.nonce:
            return False
        body = f":{md5('')}" if told["qop"] == "auth-int" else ""
        secret = md5(f'{told["username"]}:pbx, \\"main\\":{self.password}')
        asked = md5(f"{request.method}:{told['uri']}{body}")
        middle = ":".join(told[name] for name in ("nonce", "nc", "cnonce", "qop"))
        return told["response"] == md5(f"{secret}:{middle}:{asked}")

    def send(self, data: bytes) -> None:
        if self.kind == "udp":
            self._wire.sendto(data, self.gone)
        else:
            self.streams[-1].write(data)

    def request(
        self, method: str, call: Call, extra=(), to: str = "", body: bytes = b""
    ) -> Request:
        via = f"SIP/2.0/{self.kind.upper()} 127.0.0.1:{self.port};branch={call.cookie}{call.branch}"
        pairs = [
            ("via", f"{via};rport"),
            ("from", f"{call.caller};tag={call.tag}"),
            ("to", to or call.to),
            ("call-id", call.call_id),
            ("cseq", f"{call.cseq} {method}"),
            *extra,
        ]
        return Request(method, self.contact, Headers(pairs), body)

    def ring(self, call: Call) -> None:
        self.send(render(self.request("INVITE", call, call.headers)))

    def cancel(self, call: Call, reason: str = "") -> None:
        extra = [("reason", reason)] if reason else []
        self.send(render(self.request("CANCEL", call, extra)))

    def ack(self, call: Call) -> None:
        self.send(render(self.request("ACK", call, to=f"{call.to};tag=x")))

    def ask(self, method: str, extra=(), to: str = "", body: bytes = b"") -> Call:
        call = a_call()
        self.send(render(self.request(method, call, extra, to, body)))
        return call

    def answers(self, call: Call, method: str = "") -> list[int]:
        """Return each status that was said to ``call``."""
        return [
            each.status
            for each in self.heard
            if isinstance(each, Response)
            and each.headers.first("call-id") == call.call_id
            and call.branch in each.headers.first("via").partition(";rport")[0].split(";branch=")[1]
            and (not method or cseq_of(each)[1] == method)
        ]

    def requests(self, method: str) -> list[Request]:
        return [each for each in self.heard if isinstance(each, Request) and each.method == method]

    async def has_answered(self, call: Call, *statuses: int, method: str = "") -> None:
        """Wait until ``call`` was answered so."""
        await until(lambda: set(statuses) <= set(self.answers(call, method)))

    async def was_asked(self, method: str, times: int = 1) -> Request:
        """Wait for that many requests of ``method``; return the last of them."""
        await until(lambda: len(self.requests(method)) >= times)
        return self.requests(method)[times - 1]

    def notify(self, subscribe: Request, version: int, dialogs: str, **told: str) -> Call:
        """Tell of the telephone that ``subscribe`` asked for."""
        state = told.get("state", "active;expires=600")
        whole = told.get("whole", "full")
        body = (
            (
                '<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info"'
                f' version="{version}" state="{whole}" entity="sip:201@pbx">{dialogs}</dialog-info>'
            ).encode()
            if self.body is None
            else self.body
        )
        said = subscribe.headers.first
        number = next(NUMBERS)
        call = Call(said("call-id"), "pbx", f"n{number}", said("to").partition(";tag")[0])
        call.cseq = number
        extra = [
            ("event", "dialog"),
            ("subscription-state", state),
            ("contact", f"<sip:pbx@127.0.0.1:{self.port}>"),
            ("content-type", "application/dialog-info+xml"),
        ]
        self.send(render(self.request("NOTIFY", call, extra, to=said("from"), body=body)))
        return call


def dialog(state: str, number: str = "", id_: str = "201", more: str = "") -> str:
    """Return one dialog as Asterisk writes it."""
    remote = ""
    if number:
        remote = f'<remote><identity display="Rosa">sip:{number}@pbx</identity></remote>'
        more += ' direction="recipient"'
    return f'<dialog id="{id_}"{more}><state>{state}</state>{remote}</dialog>'


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, system: TelephoneSystem) -> None:
        self._system = system

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._system.take(data, addr)


class _Stream(asyncio.Protocol):
    def __init__(self, system: TelephoneSystem) -> None:
        self._system = system
        self._framer = Framer()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._source = transport.get_extra_info("peername")
        self._system.streams.append(transport)

    def data_received(self, data: bytes) -> None:
        if not data.strip():
            self._system.datagrams.append(data)
        for message in self._framer.feed(data):
            self._system.take(message, self._source)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport in self._system.streams:
            self._system.streams.remove(self._transport)


def from_tag(request: Message) -> str:
    return tag_of(request, "from")
