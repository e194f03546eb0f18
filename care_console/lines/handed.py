"""What a message says that was handed in: nothing in it is trusted."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from care_console.base.errors import CareError
from care_console.base.words import N_
from care_console.lines.line import LONGEST_NUMBER, Event, Presentation

HIDDEN = frozenset(
    {"anonymous", "withheld", "number withheld", "private", "private number", "restricted"}
    | {"blocked", "hidden", "hidden number", "no caller id", "p"}
)
UNKNOWN = frozenset(
    {"", "unavailable", "unknown", "unknown number", "out of area", "not available", "o"}
    | {"none", "null", "nil", "undefined", "n/a"}
)
# what a softphone leaves where it should have put something: %Number% %n ${NUM} $NUM [num] <num>
UNFILLED = re.compile(r"%[A-Za-z_]\w*%|%\w|\$?\{[^}]*\}|\$\w+|[\[<][A-Za-z_]\w*[\]>]")
SCHEME = re.compile(r"(tel|callto|sips?):/{0,2}", re.IGNORECASE)
NUMBER = re.compile(r"[A-Za-z\d+*#().\-/ :;=,@_~!&]*")
FIELDS = ("number", "name", "line", "call_id")
CALL_ID = re.compile(r"[ -~]{0,128}")  # SIP allows nearly all of them (RFC 3261, section 25.1)

NOT_A_NUMBER = N_("This is not a telephone number, so nothing rings.")
NOT_A_CALL = N_("This is not the name of a call: it is too long or has odd signs in it.")
NOT_AN_EVENT = N_("A call can be ringing, answered or ended, nothing else.")
NOT_UNDERSTOOD = N_("This message cannot be understood.")


class NotTaken(CareError):
    """The message is not one that the console acts on."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What happened to a call, as it was handed in."""

    kind: Event
    number: str | None
    presentation: Presentation
    name: str = ""
    called_line: str = ""
    call_id: str = ""  # empty where the sender knows none


def read(message: Mapping[str, object]) -> Handed:
    """Return what ``message`` says. Raises NotTaken if that is nothing, or looks like a trick."""
    said = {field: _text(message.get(field, "")) for field in FIELDS}
    call_id = _filled(said["call_id"])
    if not CALL_ID.fullmatch(call_id):
        raise NotTaken(NOT_A_CALL)
    if message.get("withheld"):
        number, presentation = None, Presentation.WITHHELD
    else:
        number, presentation = caller(said["number"])
    name = _filled(said["name"])
    if name.casefold() in HIDDEN | UNKNOWN:
        name = ""
    line = _filled(said["line"])
    return Handed(_kind(message), number, presentation, name, line, call_id)


def caller(as_sent: str) -> tuple[str | None, Presentation]:
    """Return the number in ``as_sent`` and whether it may be seen.

    A ``tel:`` (RFC 3966) or ``callto:`` without parameters becomes the number in it; other
    URLs stay, lest the host or the context of a number is lost. Raises NotTaken for what no
    telephone would send.
    """
    scheme = SCHEME.match(as_sent.strip())
    number = as_sent.strip()[scheme.end() :].partition("?")[0] if scheme else as_sent
    hidden = _in_words(re.split("[@;]", number, maxsplit=1)[0])
    if hidden is None and "@anonymous.invalid" in number.casefold():
        hidden = Presentation.WITHHELD  # RFC 3323, section 4.1
    if hidden is not None:
        return None, hidden
    if len(number) > LONGEST_NUMBER or not NUMBER.fullmatch(number := _plain(number)):
        raise NotTaken(NOT_A_NUMBER)
    if not any(sign.isalnum() for sign in number):
        return None, Presentation.UNAVAILABLE
    return _scheme_kept(scheme, number) + number, Presentation.ALLOWED


def _scheme_kept(scheme: re.Match[str] | None, number: str) -> str:
    kind = scheme[1].lower() if scheme else ""
    return f"{kind}:" if kind.startswith("sip") or (kind == "tel" and ";" in number) else ""


def _in_words(as_sent: str) -> Presentation | None:
    """Return what a word in place of a number means; None if it is no such word."""
    if UNFILLED.fullmatch(as_sent.strip()) and as_sent.strip("<[]> ").casefold() not in HIDDEN:
        return Presentation.UNAVAILABLE
    word = as_sent.strip(" \t\"'<>[]()").casefold()
    if word in HIDDEN:
        return Presentation.WITHHELD
    return Presentation.UNAVAILABLE if word in UNKNOWN else None


def _plain(as_sent: str) -> str:
    """Return ``as_sent`` in plain signs, without escapes and marks that nobody sees.

    Contacts that are copied from elsewhere carry bidi marks, long dashes and narrow blanks.
    """
    text = unicodedata.normalize("NFKC", unquote(as_sent))
    signs = []
    for sign in text.strip():
        kind = unicodedata.category(sign)
        if kind != "Cf":
            signs.append({"Zs": " ", "Pd": "-"}.get(kind, sign))
    return "".join(signs)


def _filled(text: str) -> str:
    text = text.strip()
    return "" if UNFILLED.fullmatch(text) else text


def _kind(message: Mapping[str, object]) -> Event:
    try:
        return Event(_text(message.get("event", Event.RINGING)))
    except ValueError:
        raise NotTaken(NOT_AN_EVENT) from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotTaken(NOT_UNDERSTOOD)
    return value
