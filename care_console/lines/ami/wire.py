"""Messages of Asterisk's manager interface, out of bytes and into them."""

import hashlib
from collections.abc import Iterator, Mapping

from care_console.base.errors import CareError
from care_console.base.words import N_

END = b"\r\n\r\n"
LONGEST_LINE = 64 * 1024  # bytes
LONGEST_MESSAGE = 4 * LONGEST_LINE
GREETING = "Asterisk Call Manager"

BROKEN = N_("What Asterisk is told may not have line breaks in it.")


class Refused(CareError):
    """Something would have told Asterisk more than it was meant to."""


class Message:
    """An event or a response: keys in any case, each with all its values."""

    __slots__ = ("_values",)

    def __init__(self, lines: list[str]) -> None:
        self._values: dict[str, list[str]] = {}
        for line in lines:
            key, colon, value = line.partition(":")
            if colon:
                self._values.setdefault(key.strip().casefold(), []).append(value.strip())

    def __getitem__(self, key: str) -> str:
        """Return the first value of ``key``, or nothing."""
        return self.all(key)[0] if self.all(key) else ""

    def all(self, key: str) -> list[str]:
        """Return every value of ``key``: Variable, ChanVariable and Output come repeatedly."""
        return self._values.get(key.casefold(), [])

    def known(self, key: str) -> str:
        """Return the first value, where ``<unknown>`` is none: so Asterisk writes an empty one."""
        value = self[key]
        return "" if value in ("<unknown>", "<none>") else value


class Splitter:
    """Finds the messages in a stream of bytes, however it was cut.

    The bytes are split before they are decoded: a letter may lie over two packets. What is longer
    than anything that we want is passed over, and what comes after it is heard again.
    """

    def __init__(self) -> None:
        self.greeting: str | None = None  # the first line, once it is there
        self._kept = bytearray()
        self._skipping = False

    def feed(self, data: bytes) -> Iterator[Message]:
        """Take some more, and yield each message that is whole now."""
        searched = max(len(self._kept) - len(END) + 1, 0)
        self._kept += data
        if self.greeting is None:
            if not self._greeted():
                return
            searched = 0
        while (end := self._kept.find(END, searched)) >= 0:
            whole = bytes(self._kept[:end])
            del self._kept[: end + len(END)]
            searched = 0
            if not self._skipping and (message := _read(whole)) is not None:
                yield message
            self._skipping = False
        if len(self._kept) > LONGEST_MESSAGE:
            self._skipping = True
            del self._kept[: -len(END) + 1]

    def _greeted(self) -> bool:
        line, end, rest = bytes(self._kept).partition(b"\r\n")
        if not end and len(line) <= LONGEST_LINE:
            return False
        self.greeting = line[:200].decode("utf-8", "replace")
        self._kept = bytearray(rest)
        return True


def action(name: str, action_id: str, fields: Mapping[str, str]) -> bytes:
    """Return the bytes that ask for ``name``. Raises Refused where a value would break out."""
    lines = {"Action": name, "ActionID": action_id, **fields}
    for said in (*lines, *lines.values()):
        if set(said) & set("\r\n\0"):
            raise Refused(BROKEN)
    return "".join(f"{key}: {value}\r\n" for key, value in lines.items()).encode() + b"\r\n"


def key_for(challenge: str, secret: str) -> str:
    """Return what proves the secret without sending it (AuthType MD5)."""
    return hashlib.md5((challenge + secret).encode(), usedforsecurity=False).hexdigest()


def _read(whole: bytes) -> Message | None:
    lines = whole.split(b"\r\n")
    if max(map(len, lines)) > LONGEST_LINE or len(whole) > LONGEST_MESSAGE:
        return None
    return Message([line.decode("utf-8", "replace") for line in lines])
