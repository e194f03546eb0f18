"""The header fields of a SIP message, under their long names."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from care_console.lines.sip.pieces import split

T = TypeVar("T")
TOKEN = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]+")  # RFC 3261, 25.1

_LONG = {  # RFC 3261, 7.3.3 and 20; 3515, 3841, 3892, 4028, 6665, 8224
    "a": "accept-contact",
    "b": "referred-by",
    "c": "content-type",
    "d": "request-disposition",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "j": "reject-contact",
    "k": "supported",
    "l": "content-length",
    "m": "contact",
    "n": "identity-info",
    "o": "event",
    "r": "refer-to",
    "s": "subject",
    "t": "to",
    "u": "allow-events",
    "v": "via",
    "x": "session-expires",
    "y": "identity",
}
_LISTS = frozenset(
    {"accept", "accept-contact", "alert-info", "allow", "allow-events", "call-info", "contact"}
    | {"diversion", "history-info", "p-asserted-identity", "p-associated-uri", "path", "privacy"}
    | {"proxy-require", "reason", "record-route", "remote-party-id", "require", "route"}
    | {"service-route", "supported", "unsupported", "via"}
)
_SPELT = {"call-id": "Call-ID", "cseq": "CSeq", "www-authenticate": "WWW-Authenticate"}


def canonical(name: str) -> str:
    """Return the long form of a header's name, in lower case: ``via`` for ``V``."""
    name = name.lower()
    return _LONG.get(name, name)


def spelt(name: str) -> str:
    """Return a header's name as one writes it: ``Call-ID``."""
    return _SPELT.get(name) or "-".join(map(str.capitalize, name.split("-")))


class Headers:
    """Header fields in order; to ask for one, its long name in lower case is used.

    Compact forms are known (RFC 3261, 7.3.3). Values are as sent, apart from folds.
    """

    __slots__ = ("_index", "_pairs", "_read")

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        long = _LONG.get
        self._pairs = [
            (long(lower := name.lower(), lower), value.strip(" \t")) for name, value in pairs
        ]
        self._index: dict[str, list[str]] | None = None  # what is only sent is never looked up
        self._read: dict[tuple[str, Callable[[str], Any]], Any] = {}

    def _values(self) -> dict[str, list[str]]:
        index = self._index
        if index is None:
            index = self._index = {}
            for name, value in self._pairs:
                if name in index:
                    index[name].append(value)
                else:
                    index[name] = [value]
        return index

    def first(self, name: str) -> str:
        """Return the first value of a header, or "" if there is none.

        Of a header that must not be repeated, the others are not looked at.
        """
        if name in _LISTS:
            return next(iter(self.all(name)), "")
        values = self._values().get(name)
        return values[0] if values else ""

    def read(self, name: str, reader: Callable[[str], T]) -> T:
        """Return what ``reader`` makes of the first value of a header; it is read once."""
        key = (name, reader)
        if key not in self._read:
            self._read[key] = reader(self.first(name))
        found: T = self._read[key]
        return found

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of a header, line by line.

        Those of a list header are divided at their commas (RFC 3261, 7.3.1); empty ones are
        left out.
        """
        values = self._values().get(name)
        if not values:
            return ()
        if name not in _LISTS:
            return tuple(values)
        return tuple(piece for value in values for piece in split(value, ","))

    def with_(self, name: str, *values: str) -> "Headers":
        """Return these headers with ``values`` at the end, in place of any of that name."""
        name = canonical(name)
        kept = [pair for pair in self._pairs if pair[0] != name]
        return Headers([*kept, *((name, value) for value in values)])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)

    def __contains__(self, name: object) -> bool:
        return name in self._values()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._pairs == other._pairs

    def __hash__(self) -> int:
        return hash(tuple(self._pairs))

    def __repr__(self) -> str:
        """Return the names alone: a value may be a caller's number or a credential."""
        return f"Headers({', '.join(name for name, _ in self._pairs)})"
