"""Where one message ends and the next begins in a stream."""

import re

from care_console.lines.sip.message import MOST, Malformed

_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_LENGTH = re.compile(rb"^(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_NUMBER = re.compile(rb"([0-9]{1,10})[ \t]*")
_EMPTY = b"\r\n\0"


class Framer:
    """Cuts what comes over TCP or TLS into messages (RFC 3261, 18.3).

    ``pings`` counts the double CRLFs between messages, each of which wants a single one as its
    answer (RFC 5626, 3.5.1).
    """

    def __init__(self) -> None:
        self.pings = 0
        self._buffer = bytearray()
        self._looked = 0  # up to where no header section ends
        self._whole = 0  # bytes of the message, once its header section is there
        self._trouble: Malformed | None = None  # why the stream cannot be cut any more
        self._breaks = 0  # LF since the last message or ping

    def feed(self, data: bytes) -> list[bytes]:
        """Return the messages that are complete with ``data``, each for ``parse``.

        Raises Malformed where the stream cannot be cut any more, and the connection is to be
        dropped: a header section without one Content-Length, or more than 64 kB of a header
        section or a body. What was complete before is returned first; the next call raises.
        """
        if self._trouble is not None:
            raise self._trouble
        self._buffer += data
        found: list[bytes] = []
        try:
            while message := self._next():
                found.append(message)
        except Malformed as trouble:
            self._trouble = trouble
            self._buffer.clear()
            if not found:
                raise
        return found

    def _next(self) -> bytes:
        if not self._whole:
            self._skip_empty_lines()
            self._whole = self._measure()
        if not self._whole or len(self._buffer) < self._whole:
            return b""
        message = bytes(self._buffer[: self._whole])
        del self._buffer[: self._whole]
        self._looked = self._whole = self._breaks = 0
        return message

    def _skip_empty_lines(self) -> None:
        if self._looked:
            return
        empty = len(self._buffer) - len(self._buffer.lstrip(_EMPTY))
        if empty:
            self._breaks += self._buffer.count(b"\n", 0, empty)
            del self._buffer[:empty]
            self.pings += self._breaks // 2
            self._breaks %= 2

    def _measure(self) -> int:
        """Return the length of the message at the beginning, or 0 if that is not known yet."""
        end = _END.search(self._buffer, max(0, self._looked - 3))
        if (end.start() if end else len(self._buffer)) > MOST:
            raise Malformed("The header section is too long.")
        self._looked = len(self._buffer)
        if end is None:
            return 0
        return end.end() + _length(bytes(self._buffer[: end.start()]))


def _length(head: bytes) -> int:
    start, _, fields = _FOLD.sub(b" ", head).partition(b"\n")
    told = {_NUMBER.fullmatch(value) for value in _LENGTH.findall(fields)}
    lengths = {int(number[1]) if number else -1 for number in told}
    if len(lengths) != 1:
        raise Malformed("A stream needs one Content-Length in each message.")
    (length,) = lengths
    if not 0 <= length <= MOST:
        raise Malformed("The body is too long, or its length is no number.")
    return length
