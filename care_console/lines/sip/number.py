"""The number in an address, just as it was sent, and the words that stand in place of one."""

import re

from care_console.lines.handed import HIDDEN, UNKNOWN
from care_console.lines.line import Presentation
from care_console.lines.sip.pieces import parameters
from care_console.lines.sip.uri import Address, Uri, read_uri, unescaped

_DIALLED = re.compile(r"[+\d*#().\-/ ]*\d[+\d*#().\-/ ]*")
_BARE = re.compile(r"[+\d*#().\-/ ]+")
_HIDING_NAMES = frozenset(word for word in HIDDEN if len(word) > 1)


def number_of(address: Address) -> str | None:
    """Return the number of an address, or ``sip:rosa@example.org`` where it has none.

    Escapes are gone, and the context of a local number is put before it (RFC 3966, 5.1.5), also
    where it is inside the user of a SIP URI (RFC 3261, 19.1.6); all else is as it was sent.
    None if there is neither, or a word such as ``anonymous``.
    """
    uri = read_uri(address.uri)
    if uri is None:
        bare = unescaped(address.uri.partition(";")[0]).strip()
        return bare if _DIALLED.fullmatch(bare) else None
    if uri.scheme == "tel":
        return _joined(uri.user, uri.params)
    if uri.scheme not in ("sip", "sips") or hidden_in(address) is not None:
        return None
    number, _, told = uri.user.partition(";")
    if _DIALLED.fullmatch(number.strip()) or uri.params.get("user", "").lower() == "phone":
        return _joined(number, parameters(told))
    user = uri.user.strip()
    return f"{uri.scheme}:{user}@{uri.host}" if user else None


def hidden_in(address: Address) -> Presentation | None:
    """Return what an address in place of a caller's means; None if it is a caller's.

    RFC 3323, 4.1.1.3 and 3GPP TS 23.003, 13.6 and 13.7.
    """
    uri = read_uri(address.uri) or Uri("", address.uri)
    user = uri.user.partition(";")[0].strip().casefold()
    host = uri.host
    hidden = user in HIDDEN or host == "anonymous.invalid" or host.endswith(".anonymous.invalid")
    if hidden or address.display.strip().casefold() in _HIDING_NAMES:
        return Presentation.WITHHELD
    if (user and user in UNKNOWN) or host == "unknown.invalid":
        return Presentation.UNAVAILABLE
    return None


def _joined(number: str, params: dict[str, str]) -> str | None:
    number = number.strip()
    context = unescaped(params.get("phone-context", "")).strip()
    if context.startswith("+") and not number.startswith("+"):
        number = context + number
    extension = unescaped(params.get("ext", "")).strip()
    if extension and number:
        number += f";ext={extension}"
    return number or None
