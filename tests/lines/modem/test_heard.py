"""Tests of what a modem's words and bytes mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.line import Presentation
from care_console.lines.modem.heard import (
    LONGEST,
    Answer,
    Begins,
    Name,
    Number,
    Reader,
    Ring,
    message,
)

ROSA = Number("5195550123", Presentation.ALLOWED)
WITHHELD = Number(None, Presentation.WITHHELD)
UNKNOWN = Number(None, Presentation.UNAVAILABLE)


def said(text: bytes):
    return Reader().feed(text)


def whole(kind: int, content: bytes) -> bytes:
    """Return a message as it comes over the wire."""
    raw = bytes((kind, len(content))) + content
    return raw + bytes((-sum(raw) % 256,))


def parameter(kind: int, text: bytes) -> bytes:
    return bytes((kind, len(text))) + text


MDMF = whole(
    0x80,
    parameter(1, b"01070900") + parameter(2, b"5195550123") + parameter(7, b"NUNEZ ROSA"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"NMBR = 5195550123\r\n", [ROSA]),
        (b"NMBR=5195550123\r\n", [ROSA]),
        (b"DDN_NMBR= 5195550123\r\n", [ROSA]),
        (b"\r\r\nNMBR = 5195550123\r\r\n", [ROSA]),
        (b"NMBR = 519-555-0123\r\n", [Number("519-555-0123", Presentation.ALLOWED)]),
        (b"NMBR = P\r\n", [WITHHELD]),
        (b"NMBR = PRIVATE\r\n", [WITHHELD]),
        (b"NMBR = O\r\n", [UNKNOWN]),
        (b"NMBR = OUT OF AREA\r\n", [UNKNOWN]),
        (b"NMBR = -\r\n", [UNKNOWN]),
        (b"NAME = NUNEZ ROSA\r\n", [Name("NUNEZ ROSA")]),
        (b'CIDNAME= "NUNEZ ROSA"\r\n', [Name("NUNEZ ROSA")]),
        (b"NAME = P\r\n", [Name("")]),
        (b"NAME = N\xda\xd1EZ\r\n", [Name("NÚÑEZ")]),
        (b"DATE = 0107\r\nTIME = 0900\r\n", [Begins()]),
        (b"RING\r\n", [Ring.RING]),
        (b"RING B\r\n", [Ring.RING]),
        (b"\x10R", [Ring.RING]),
        (b"OK\r\nERROR\r\n", [Answer.OK, Answer.REFUSED]),
        (b"MESG = " + MDMF.hex().encode() + b"\r\n", [Begins(), ROSA, Name("NUNEZ ROSA")]),
        (MDMF.hex().upper().encode() + b"\r\n", [Begins(), ROSA, Name("NUNEZ ROSA")]),
        (b"NO CARRIER\r\nWHAT = EVER\r\nMESG = xy\r\n\r\n", []),
    ],
)
def test_lines_are_read_however_the_modem_writes_them(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (whole(0x04, b"010709005195550123"), [Begins(), ROSA]),
        (whole(0x04, b"01070900P"), [Begins(), WITHHELD]),
        (whole(0x04, b"01070900O"), [Begins(), UNKNOWN]),
        (MDMF, [Begins(), ROSA, Name("NUNEZ ROSA")]),
        (
            whole(0x80, parameter(1, b"01070900") + parameter(4, b"P") + parameter(8, b"P")),
            [Begins(), WITHHELD, Name("")],
        ),
        (whole(0x82, parameter(0x0B, b"\xff")), []),  # a message waits: nobody calls
        (whole(0x80, b"\x02\xff5195"), [Begins()]),  # a parameter longer than the message
        (MDMF[:-1] + bytes(((MDMF[-1] + 1) % 256,)), []),
        (MDMF[:-4], []),
        (b"", []),
    ],
)
def test_whole_messages_are_read_and_damaged_ones_say_nothing(raw, expected):
    assert list(message(raw)) == expected


@given(st.integers(0, len(MDMF) - 1), st.integers(1, 255))
def test_one_damaged_byte_is_noticed(at, by):
    damaged = bytearray(MDMF)
    damaged[at] = (damaged[at] + by) % 256

    assert list(message(bytes(damaged))) == []


@given(st.lists(st.integers(0, 200), max_size=20))
def test_it_means_the_same_in_whatever_pieces_it_comes(cuts):
    text = b"RING\r\n\r\nDATE = 0107\r\nNMBR = 5195550123\r\nNAME = NUNEZ ROSA\r\nRING\r\n"
    reader, found, last = Reader(), [], 0
    for cut in [*sorted(cut % len(text) for cut in cuts), len(text)]:
        found += reader.feed(text[last:cut])
        last = cut

    assert found == said(text)


@given(st.binary(max_size=3_000))
def test_noise_on_the_wire_is_never_more_than_noise(noise):
    reader = Reader()
    reader.feed(noise)

    assert Ring.RING in reader.feed(b"\r\nRING\r\n")


def test_a_line_without_end_is_let_go_and_the_next_is_read():
    reader = Reader()

    for _piece in range(100):
        assert reader.feed(b"x" * 500) == []
    assert len(reader._rest) <= LONGEST
    assert reader.feed(b"NMBR = 1\r\nRING\r\n") == [Ring.RING]
