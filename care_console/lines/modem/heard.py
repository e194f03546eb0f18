"""What a modem says, read from its bytes: answers, rings, and who calls."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from care_console.lines.handed import HIDDEN, UNKNOWN
from care_console.lines.line import Presentation

LONGEST = 1_024  # bytes in a line; a whole message of 255 bytes takes 512 of them
SINGLE, MULTIPLE = 0x04, 0x80  # kinds of message (ETSI EN 300 659-3, table 1; Telcordia GR-30)
DATE, NUMBER, NO_NUMBER, NAME, NO_NAME = 0x01, 0x02, 0x04, 0x07, 0x08  # its parameters, section 5.4
DATE_LENGTH = 8  # characters of month, day, hour and minute
RINGS = re.compile(rb"RING(?: ?[A-Z0-9])?|\x10R")  # distinctive ringing, and a shielded one (V.253)
PAIR = re.compile(rb"\s*([A-Z_]{4,12})\s*=\s*(.*)")
RAW = re.compile(rb"(?:04|80)(?:[0-9A-Fa-f]{2}){3,}")
NUMBER_KEYS, NAME_KEYS = (b"NMBR", b"DDN_NMBR", b"NUMBER"), (b"NAME", b"CIDNAME")
WHOLE_KEYS = (b"MESG",)


class Answer(Enum):
    """What a modem says to a command."""

    OK = "OK"
    REFUSED = "ERROR"


class Ring(Enum):
    """One ring of the bell."""

    RING = "RING"


@dataclass(frozen=True, slots=True)
class Number:
    """The caller's number, or why there is none."""

    number: str | None
    presentation: Presentation


@dataclass(frozen=True, slots=True)
class Name:
    """What the caller is called in the network."""

    name: str


@dataclass(frozen=True, slots=True)
class Begins:
    """That what follows is of one call: a date comes first."""


Heard = Answer | Ring | Number | Name | Begins


class Reader:
    """Puts lines together from pieces, and says what they mean; what means nothing is left out."""

    def __init__(self) -> None:
        self._rest = b""
        self._too_long = False

    def feed(self, data: bytes) -> list[Heard]:
        """Return what was said in ``data`` and what was left of it before."""
        found: list[Heard] = []
        *lines, self._rest = re.split(rb"[\r\n\0]", self._rest + data)
        for line in lines:
            if not self._too_long:
                found += heard(line)
            self._too_long = False
        if self._rest == b"\x10R":  # nothing ends it
            found, self._rest = [*found, Ring.RING], b""
        if len(self._rest) > LONGEST:
            self._rest, self._too_long = b"", True
        return found


def heard(line: bytes) -> Iterator[Heard]:
    """Yield what one line of at most LONGEST bytes means."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return
    upper = line.upper()
    if upper in (b"OK", b"ERROR"):
        yield Answer(upper.decode())
    elif RINGS.fullmatch(line) or RINGS.fullmatch(upper):
        yield Ring.RING
    elif RAW.fullmatch(line):
        yield from message(bytes.fromhex(line.decode()))
    elif pair := PAIR.fullmatch(line):
        yield from _said(pair[1], pair[2].decode("latin-1").strip())


def _said(key: bytes, value: str) -> Iterator[Heard]:
    if key in NUMBER_KEYS:
        yield number(value)
    elif key in NAME_KEYS:
        yield name(value)
    elif key == b"DATE":
        yield Begins()
    elif key in WHOLE_KEYS:
        try:
            yield from message(bytes.fromhex(value))
        except ValueError:
            return


def message(raw: bytes) -> Iterator[Heard]:
    """Yield what a message says as it came over the wire; one that is damaged says nothing.

    Kind, length, content, and the two's complement of the sum of all of these (Telcordia
    GR-30-CORE, section 2; ETSI EN 300 659-1, section 5).
    """
    if len(raw) < 3 or raw[1] + 3 != len(raw) or sum(raw) % 256:
        return
    content = raw[2:-1]
    if raw[0] == SINGLE and len(content) > DATE_LENGTH:
        yield Begins()
        yield number(_text(content[DATE_LENGTH:]))
    elif raw[0] == MULTIPLE:
        yield Begins()
        yield from _parameters(content)


def _parameters(content: bytes) -> Iterator[Heard]:
    while len(content) >= 2 and len(content) >= 2 + content[1]:
        kind, value, content = content[0], content[2 : 2 + content[1]], content[2 + content[1] :]
        if kind in (NUMBER, NO_NUMBER):
            yield number(_text(value))
        elif kind in (NAME, NO_NAME):
            yield name(_text(value))


def number(said: str) -> Number:
    """Return the number in what was said in its place: P is private, O out of the area."""
    word = said.strip(" \"'").casefold()
    if word in HIDDEN:
        return Number(None, Presentation.WITHHELD)
    if word in UNKNOWN or not any(sign.isdigit() for sign in word):
        return Number(None, Presentation.UNAVAILABLE)
    return Number(said.strip(" \"'"), Presentation.ALLOWED)


def name(said: str) -> Name:
    """Return the name in what was said in its place."""
    word = said.strip(" \"'")
    return Name("" if word.casefold() in HIDDEN | UNKNOWN else word)


def _text(value: bytes) -> str:
    return value.decode("latin-1")
