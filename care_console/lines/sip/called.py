"""Which of our numbers was called, and from whom a call was passed on."""

from collections.abc import Iterator
from dataclasses import dataclass

from care_console.lines.sip.headers import Headers
from care_console.lines.sip.message import Request
from care_console.lines.sip.number import telephone_of
from care_console.lines.sip.pieces import parameters
from care_console.lines.sip.uri import Address, read_address, read_uri, unescaped

_OUTSIDE = 7  # digits of a number that is no extension, of the least
_HIDE = frozenset({"full", "uri"})  # RFC 5806, 4.2
_CHAIN = 20  # steps of a history that are followed


@dataclass(frozen=True, slots=True)
class _Entry:
    """One target that a request has had (RFC 7044, 5)."""

    index: str
    address: Address
    private: bool

    @property
    def number(self) -> str:
        return "" if self.private else telephone_of(self.address)


def line_of(request: Request, called_header: str = "") -> str:
    """Return the number that was dialled, or "".

    Behind a B2BUA the To is but our extension, so that it is looked for, in this order: in
    ``called_header``; in P-Called-Party-ID (RFC 7315, 4.2); in the History-Info (RFC 7044, 10);
    in a To that is no extension; in the topmost Diversion (RFC 5806, 4.2); in any To.
    """
    headers = request.headers
    if called_header and (number := _in_header(headers, called_header.lower())):
        return number
    if number := _in_header(headers, "p-called-party-id"):
        return number
    if number := _in_history(request):
        return number
    to = _in_header(headers, "to")
    return to if _is_outside(to) else _in_diversion(request) or to


def diverted_from(request: Request) -> str:
    """Return the number that passed the call on last, or "" if none did or it is private."""
    if request.headers.first("diversion"):
        return _in_diversion(request)
    history = _history(request)
    for entry in _chain(history):
        if (left := entry.address.params.get("mp", "")) in history:
            return history[left].number
    return ""


def _is_outside(number: str) -> bool:
    return sum(map(str.isdigit, number.partition("@")[0])) >= _OUTSIDE


def _in_header(headers: Headers, name: str) -> str:
    if name not in headers:
        return ""
    address = headers.read(name, read_address)
    return telephone_of(address) if address else ""


def _in_diversion(request: Request) -> str:
    if "diversion" not in request.headers:
        return ""
    latest = read_address(request.headers.first("diversion"))
    if latest is None or latest.params.get("privacy", "").lower() in _HIDE:
        return ""
    return telephone_of(latest)


def _in_history(request: Request) -> str:
    """Return the last target that is not merely where our telephone is to be reached."""
    history = _history(request)
    if not history:
        return ""
    target = read_uri(request.uri)
    for entry in _chain(history):
        uri = read_uri(entry.address.uri)
        ours = uri and target and uri.user == target.user and not _is_outside(uri.user)
        if not ours and {"rc", "np"}.isdisjoint(entry.address.params):
            return entry.number
    return ""


def _chain(history: dict[str, _Entry]) -> Iterator[_Entry]:
    """Yield the last entry, and each time the one from which it came (RFC 7044, 10.3)."""
    index = next(reversed(history), "")
    for _ in range(_CHAIN):
        if index not in history:
            return
        entry = history[index]
        yield entry
        told = entry.address.params
        before = told.get("rc") or told.get("mp") or told.get("np") or index.rpartition(".")[0]
        if before == index:
            return
        index = before


def _history(request: Request) -> dict[str, _Entry]:
    """Return the entries by their index, in order."""
    if "history-info" not in request.headers:
        return {}
    asked = ";".join(request.headers.all("privacy")).lower()
    private = "history" in (one.strip() for one in asked.split(";"))
    found: dict[str, _Entry] = {}
    for value in request.headers.all("history-info"):
        address = read_address(value)
        if address is None:
            continue
        index = address.params.get("index", "") or f"?{len(found)}"
        headers = parameters(unescaped(address.uri.partition("?")[2]).replace("&", ";"))
        hidden = headers.get("privacy", "").lower() == "history"
        found.setdefault(index, _Entry(index, address, private or hidden))
    return found
