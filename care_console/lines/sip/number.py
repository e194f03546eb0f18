"""The number in an address, just as it was sent, and the words that stand in place of one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from care_console.lines.handed import HIDDEN, UNKNOWN
from care_console.lines.line import Presentation
from care_console.lines.sip.pieces import parameters
from care_console.lines.sip.uri import Address, Uri, read_uri, unescaped

_DIALLED = re.compile(r"[+*#().\-/ ]*+\d[+\d*#().\-/ ]*+")
_PLAIN = re.compile(r"\+?[0-9]{1,40}")
_HIDING_NAMES = frozenset(word for word in HIDDEN if len(word) > 1)


@dataclass(frozen=True, slots=True)
class Party:
    """Who is at one end; ``repr`` does not show it. There is no number if ``hidden``."""

    display: str = field(repr=False)  # as it was sent, without quotes
    number: str | None = field(repr=False)
    hidden: Presentation | None  # why, or None


def party_of(address: Address) -> Party:
    """Return who is behind ``address``, with a number or else ``sip:rosa@example.org``.

    Escapes are gone, and the context of a local number is put before it (RFC 3966, 5.1.5), also
    where it is inside the user of a SIP URI (RFC 3261, 19.1.6); all else is as it was sent.
    """
    uri = read_uri(address.uri) or Uri("", address.uri)
    hidden = _hidden(uri, address.display)
    if hidden is None and uri.scheme == "sip" and _PLAIN.fullmatch(uri.user):
        return Party(address.display, uri.user, None)  # as most are
    return Party(address.display, None if hidden else _number(uri), hidden)


def telephone_of(address: Address) -> str:
    """Return the number of ``party_of`` an address, or ""."""
    return party_of(address).number or ""


def _number(uri: Uri) -> str | None:
    if uri.scheme == "tel":
        return _joined(uri.user, uri.params)
    number, _, told = uri.user.partition(";")
    if not uri.scheme:  # no URI, and no less a number
        bare = unescaped(number).strip()
        return bare if _DIALLED.fullmatch(bare) else None
    if uri.scheme not in ("sip", "sips"):
        return None
    if _DIALLED.fullmatch(number.strip()) or uri.params.get("user", "").lower() == "phone":
        return _joined(number, parameters(told))
    user = uri.user.strip()
    return f"{uri.scheme}:{user}@{uri.host}" if user else None


def _hidden(uri: Uri, display: str) -> Presentation | None:
    """Return what stands in place of a caller; None if it is one.

    RFC 3323, 4.1.1.3 and 3GPP TS 23.003, 13.6 and 13.7.
    """
    user = uri.user.partition(";")[0].strip().casefold()
    host = uri.host
    if user in HIDDEN or host == "anonymous.invalid" or host.endswith(".anonymous.invalid"):
        return Presentation.WITHHELD
    if display and display.strip().casefold() in _HIDING_NAMES:
        return Presentation.WITHHELD
    if (user and user in UNKNOWN) or host == "unknown.invalid":
        return Presentation.UNAVAILABLE
    return None


def _joined(number: str, params: Mapping[str, str]) -> str | None:
    number = number.strip()
    context = unescaped(params.get("phone-context", "")).strip()
    if context.startswith("+") and not number.startswith("+"):
        number = context + number
    extension = unescaped(params.get("ext", "")).strip()
    if extension and number:
        number += f";ext={extension}"
    return number or None
