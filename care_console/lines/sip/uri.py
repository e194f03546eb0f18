"""Addresses as SIP writes them."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from care_console.lines.sip.pieces import parameters, split, unquoted

_PLAINLY = re.compile(  # as most are written; all else takes the long way
    r"(sips?):([^@:;?%\s]*)@([A-Za-z0-9.\-]+)(?::([0-9]{1,5}))?(?:;([a-z]+)=([^;?=\s]*))?"
)
_NAMED = re.compile(
    r'\s*+(?:"((?:[^"\\]|\\.)*+)"|([^"<]*+))\s*+<([^<>\s]++)>\s*+(?:;([a-z]++)=([^;"\s]++))?\s*+',
    re.DOTALL,
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_HOST = re.compile(r"\s*(?:\[([^\]]*)\]|([^\s:;?@>\[\]]+))\s*(?::\s*([0-9]+)\s*)?(?=[;?]|\Z)")
_VIA = re.compile(r"SIP\s*/\s*2\.0\s*/\s*([^\s/;]+)\s+([^;]*)", re.IGNORECASE)
_PLAIN_VIA = re.compile(r"SIP/2\.0/([A-Z]+) ([A-Za-z0-9.\-]+)(?::([0-9]{1,5}))?((?:;[^\"<\s]*+)?)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_CSEQ = re.compile(r"([0-9]{1,20})\s+(\S{1,64})")
_OF_TEL = ("phone-context", "ext", "isub")

NO_PARAMS: Mapping[str, str] = MappingProxyType({})


class Uri(NamedTuple):
    """A SIP, SIPS or TEL URI (RFC 3261, 19.1; RFC 3966); of others ``user`` is all that follows.

    ``user`` is without escapes and password, and a number with its parameters, as in
    ``5550100;phone-context=+1519``; ``host`` is in lower case and without brackets.
    """

    scheme: str  # in lower case
    user: str
    host: str = ""
    port: int | None = None
    params: Mapping[str, str] = NO_PARAMS


class Address(NamedTuple):
    """A name-addr or addr-spec with the parameters of its header (RFC 3261, 20 and 25.1)."""

    display: str  # without quotes and escapes
    uri: str
    params: Mapping[str, str] = NO_PARAMS


class Via(NamedTuple):
    """One stop on a message's way (RFC 3261, 20.42); ``host`` is in lower case."""

    transport: str  # in upper case
    host: str
    port: int | None = None
    params: Mapping[str, str] = NO_PARAMS


def read_uri(text: str) -> Uri | None:
    """Return what ``text`` says, or None if it has no scheme, or no host where one is needed.

    Takes what the grammar forbids and telephones send: blanks, ``#`` or ``@`` in the user, hosts
    with ``_``, any case of the scheme (RFC 3261, 19.1).
    """
    if plainly := _PLAINLY.fullmatch(text):
        kind, user, host, port, name, value = plainly.groups()
        told = {name: value} if name else {}
        return Uri(kind, user, host.lower(), _port(port), told)
    text = text.strip()
    scheme = _SCHEME.match(text)
    if scheme is None:
        return None
    kind, rest = scheme[1].lower(), text[scheme.end() :]
    if kind == "tel":
        number, _, after = rest.partition(";")
        return Uri(kind, unescaped(number), params=parameters(after))
    if kind not in ("sip", "sips"):
        return Uri(kind, rest)
    for user, after in _divisions(rest):
        if host := _HOST.match(after):
            params = parameters(after[host.end() :].partition("?")[0])
            name = unescaped(user.partition(":")[0])
            return Uri(kind, name, _host(host), _port(host[3]), params)
    return None


def read_address(text: str) -> Address | None:
    """Return the address in one value of From, To, Contact and the like, or None if none is there.

    Without brackets, what follows a ``;`` belongs to the header (RFC 3261, 20), but what belongs
    to a number stays with it, as in ``tel:5550100;phone-context=+1519``.
    """
    if named := _NAMED.fullmatch(text):
        quoted, bare, uri, key, value = named.groups()
        display = bare.strip() if quoted is None else unquoted(f'"{quoted}"')
        return Address(display, uri, {key: value} if key else {})
    text = text.strip()
    name = _QUOTED.match(text)
    begin = text.find("<", name.end() if name else 0)
    if begin < 0:
        return _bare_address(text[name.end() :] if name else text, name)
    display = unquoted(name[0]) if name else text[:begin].strip().lstrip('"')
    uri, _, after = text[begin + 1 :].partition(">")
    if not uri.strip():
        return None
    return Address(display, uri.strip(), parameters(after))


def read_via(text: str) -> Via | None:
    """Return what one value of Via says, or None if it cannot be read (RFC 3261, 20.42)."""
    if plainly := _PLAIN_VIA.fullmatch(text):
        way, name, port, told = plainly.groups()
        return Via(way, name.lower(), _port(port), _plain_parameters(told))
    text = text.strip()
    via = _VIA.match(text)
    host = _HOST.match(via[2]) if via else None
    if via is None or host is None:
        return None
    return Via(via[1].upper(), _host(host), _port(host[3]), parameters(text[via.end() :]))


def read_cseq(text: str) -> tuple[int, str] | None:
    """Return number, below 2**31, and method of a CSeq, or None (RFC 3261, 8.1.1.5)."""
    cseq = _CSEQ.fullmatch(text.strip())
    if cseq is None or int(cseq[1]) >= 2**31:
        return None
    return int(cseq[1]), cseq[2]


def unescaped(text: str) -> str:
    """Return ``text`` without the escapes of RFC 3986, 2.1, and without NUL.

    Bytes that are not UTF-8 are taken for Latin-1.
    """
    if "%" not in text:
        return text.replace("\0", "")
    data = unquote_to_bytes(text)
    try:
        plain = data.decode()
    except UnicodeDecodeError:
        plain = data.decode("latin-1")
    return plain.replace("\0", "")


def _divisions(rest: str) -> list[tuple[str, str]]:
    """Return the ways to divide user and host: an ``@`` may stand in the headers, or unescaped."""
    if "@" not in rest:
        return [("", rest)]
    user, _, after = rest.partition("@")
    found = [(user, after)]
    if "@" in after:
        user, _, after = rest.rpartition("@")
        found.append((user, after))
    return found


def _bare_address(text: str, name: re.Match[str] | None) -> Address | None:
    pieces = split(text, ";")
    if not pieces:
        return None
    with_host = (place for place, piece in enumerate(pieces, 1) if "@" in piece)
    first = next(with_host, 1)
    told = parameters(";".join(pieces[first:]))
    uri = ";".join(pieces[:first])
    if uri[:4].lower() == "tel:":
        uri += "".join(f";{key}={told.pop(key)}" for key in _OF_TEL if key in told)
    return Address(unquoted(name[0]) if name else "", uri, told)


def _host(found: re.Match[str]) -> str:
    return (found[1] or found[2] or "").lower()


def _plain_parameters(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for piece in text.split(";"):
        if piece:
            name, _, value = piece.partition("=")
            found.setdefault(name.lower(), value)
    return found


def _port(text: str | None) -> int | None:
    if not text or len(text) > 5 or int(text) > 65_535:
        return None
    return int(text)
