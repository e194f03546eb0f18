"""The answers to one request, of which what is alike is written once."""

import re
from collections.abc import Iterable, Sequence

from care_console.lines.sip.message import BREAKS, Request, written_name
from care_console.lines.sip.uri import Via, read_address, read_via

_WHENCE = re.compile(r";\s*(?:rport|received)\s*(?:=[^;]*)?(?=;|\Z)", re.IGNORECASE)

Pairs = Sequence[tuple[str, str]]


class Answers:
    """Writes the responses to ``request`` (RFC 3261, 8.2.6).

    ``source`` is whence the request came: it is told in the topmost Via (18.2.1; RFC 3581, 4).
    """

    __slots__ = ("_after_to", "_before_to", "_lacks_tag", "_request", "_to")

    def __init__(self, request: Request, source: tuple[str, int] | None = None) -> None:
        said = request.headers
        vias = [("via", via) for via in said.all("via")]
        if vias and source is not None:
            vias[0] = ("via", _told_whence(vias[0][1], said.read("via", read_via), source))
        to = said.read("to", read_address)
        self._request = request
        self._to = _lines([("to", said.first("to"))]).removesuffix("\r\n")
        self._lacks_tag = to is None or not to.params.get("tag")
        self._before_to = _lines([*vias, ("from", said.first("from"))])
        self._after_to = _lines((name, said.first(name)) for name in ("call-id", "cseq"))

    def say(self, status: int, reason: str, tag: str = "", extra: Pairs = ()) -> bytes:
        """Return a response as it goes over the wire, without a body.

        ``tag`` is put to a To that has none, except in a 100 (8.2.6.2). ``extra`` are headers
        beside those that are copied; those without a value are left out. Raises ValueError where
        one of them holds CR, LF or NUL.
        """
        tagged = f";tag={tag}" if tag and self._lacks_tag and status > 100 else ""
        to = f"{self._to}{tagged}\r\n" if self._to else ""
        more = _lines([*self._more(status), *extra, ("content-length", "0")])
        text = f"SIP/2.0 {status} {reason}\r\n{self._before_to}{to}{self._after_to}{more}\r\n"
        return text.encode("utf-8", "replace")

    def _more(self, status: int) -> Pairs:
        said = self._request.headers
        if status == 100:
            return [("timestamp", said.first("timestamp"))]  # 8.2.6.1
        if self._request.method == "INVITE" and status < 300:
            return [("record-route", one) for one in said.all("record-route")]  # 12.1.1
        return ()


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the lines of headers. Raises ValueError as ``render`` does."""
    lines = [f"{written_name(name)}: {value}" for name, value in pairs if value]
    if any(map(BREAKS.search, lines)):
        raise ValueError("No value of a header may hold CR, LF or NUL.")
    return "\r\n".join([*lines, ""])


def _told_whence(value: str, via: Via | None, source: tuple[str, int]) -> str:
    if via is None:
        return value
    host, port = source
    told = "rport" in via.params
    if not told and via.host == host.lower():
        return value
    kept = _WHENCE.sub("", value)
    return f"{kept};received={host};rport={port}" if told else f"{kept};received={host}"
