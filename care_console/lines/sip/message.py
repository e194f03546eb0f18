"""SIP messages, read in whatever way they are written, and written in the one way that all read."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from care_console.lines.sip.headers import TOKEN, Headers, spelt

MOST = 64 * 1024  # bytes of a header section, and of a body

_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\n[ \t]+")
_FIELD = re.compile(rf"^({TOKEN.pattern})[ \t]*+:[ \t]*+(.*)$", re.MULTILINE)
_LENGTH = re.compile(r"[0-9]{1,10}")
_STATUS = re.compile(r"[1-6][0-9]{2}")
BREAKS = re.compile(r"[\r\n\0]")


class Malformed(ValueError):
    """What came is no message of SIP."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request (RFC 3261, 7.1). ``repr`` shows neither addresses nor credentials."""

    method: str
    uri: str = field(repr=False)
    headers: Headers
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Response:
    """A response (RFC 3261, 7.2)."""

    status: int
    reason: str
    headers: Headers
    body: bytes = field(default=b"", repr=False)


Message = Request | Response


def parse(data: bytes) -> Message:
    """Return the message in ``data``, a whole datagram or what a ``Framer`` gave.

    Lines may end in LF alone, be folded, and begin after empty lines; a header line that cannot
    be read is left out. Bytes that are not UTF-8 are taken for Latin-1; a NUL or a lone CR
    becomes a blank. What follows the body is dropped (RFC 3261, 18.3). Raises Malformed, and
    nothing else, for what has no start line of SIP 2.0, and where Content-Length is no number
    or more than there is.
    """
    head, body = _divided(data.lstrip(b"\r\n\0"))
    start, _, fields = _unfolded(head).partition("\n")
    headers = Headers(_FIELD.findall(fields))
    body = _cut(body, headers.first("content-length"))
    start = start.strip()
    if start[:8].upper() == "SIP/2.0 ":
        return _response(start, headers, body)
    return _request(start, headers, body)


def render(message: Message) -> bytes:
    """Return ``message`` as it goes over the wire, always with its Content-Length.

    Raises ValueError where a value holds CR, LF or NUL, or a name is no token: nobody may slip a
    header in (RFC 3261, 25.1).
    """
    if isinstance(message, Request):
        _check_token(message.method)
        if not message.uri or BREAKS.search(message.uri) or set(message.uri) & {" ", "\t"}:
            raise ValueError("A Request-URI has no blanks.")
        lines = [f"{message.method} {message.uri} SIP/2.0"]
    else:
        lines = [f"SIP/2.0 {message.status:03d} {message.reason}"]
    for name, value in message.headers:
        if name != "content-length":
            lines.append(f"{written_name(name)}: {value}")
    lines.append(f"Content-Length: {len(message.body)}")
    if any(map(BREAKS.search, lines)):
        raise ValueError("No value of a header may hold CR, LF or NUL.")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace") + message.body


@lru_cache(256)
def written_name(name: str) -> str:
    """Return a header's name as it is sent. Raises ValueError where it is no token."""
    _check_token(name)
    return spelt(name)


def _divided(data: bytes) -> tuple[bytes, bytes]:
    at = data.find(b"\r\n\r\n")
    if at >= 0 > max(data.find(b"\n\n", 0, at), data.find(b"\n\r\n", 0, at + 3)):
        head, body = (
            data[:at],
            data[at + 4 :],
        )  # as most are; a pattern takes long
    else:
        end = _END.search(data)
        head, body = (data[: end.start()], data[end.end() :]) if end else (data, b"")
    if len(head) > MOST or len(body) > MOST:
        raise Malformed("The message is too long.")
    return head, body


def _unfolded(head: bytes) -> str:
    """Return the lines of a header section (RFC 3261, 7.3.1)."""
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = "\n".join(map(_decoded, head.split(b"\n")))
    text = text.replace("\r\n", "\n")
    if "\r" in text or "\0" in text:
        text = text.replace("\r", " ").replace("\0", " ")
    if "\n " in text or "\n\t" in text:
        text = _FOLD.sub(" ", text)
    return text


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _cut(body: bytes, told: str) -> bytes:
    if not told:
        return body  # RFC 3261, 18.3: the body goes to the end of the datagram
    if not _LENGTH.fullmatch(told) or int(told) > len(body):
        raise Malformed("Content-Length is not the length of the body.")
    return body[: int(told)]


def _request(start: str, headers: Headers, body: bytes) -> Request:
    method, _, rest = start.partition(" ")
    uri, _, version = rest.rpartition(" ")
    uri = uri.strip()
    if version.upper() != "SIP/2.0" or not uri or not TOKEN.fullmatch(method):
        raise Malformed("The first line is none of SIP 2.0.")
    if uri.startswith("<") and uri.endswith(">"):
        uri = uri[1:-1].strip()
    return Request(method, uri, headers, body)


def _response(start: str, headers: Headers, body: bytes) -> Response:
    _, _, rest = start.partition(" ")
    status, _, reason = rest.strip().partition(" ")
    if not _STATUS.fullmatch(status):
        raise Malformed("The status is none of SIP.")
    return Response(int(status), reason.strip(), headers, body)


def _check_token(name: str) -> None:
    if not TOKEN.fullmatch(name):
        raise ValueError("The name of a method or a header is a token.")
