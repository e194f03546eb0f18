"""A stream is cut into its messages, wherever the network cuts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_console.lines.sip.framing import Framer
from care_console.lines.sip.message import Malformed, parse
from tests.lines.sip.calls import INVITE

OPTIONS = b"OPTIONS sip:a@b SIP/2.0\nl :\n\t 0\n\n"
COMPACT = INVITE.replace(b"Content-Length: 5", b"L \t: 5 ")
STREAM = [b"\r\n\r\n", INVITE, COMPACT, b"\r\n", OPTIONS, b"\r\n\r\n\r\n\r\n", INVITE]


@given(st.lists(st.integers(0, sum(map(len, STREAM))), max_size=40))
def test_pitfall_2_messages_are_whole_wherever_the_stream_is_cut(cuts):
    stream = b"".join(STREAM)
    places = sorted({0, len(stream), *cuts})
    framer = Framer()

    found = [
        message
        for begin, end in zip(places, places[1:], strict=False)
        for message in framer.feed(stream[begin:end])
    ]

    assert found == [INVITE, COMPACT, OPTIONS, INVITE]
    assert framer.pings == 3
    assert all(map(parse, found))


def test_pitfall_2_messages_are_whole_byte_by_byte():
    framer = Framer()

    found = [one for byte in b"".join(STREAM) for one in framer.feed(bytes([byte]))]

    assert found == [INVITE, COMPACT, OPTIONS, INVITE]


@pytest.mark.parametrize(
    "lengths",
    [
        b"",
        b"Content-Length: -1",
        b"Content-Length: 5\r\nl: 6",
        b"Content-Length: 65537",
        b"Content-Length: 99999999999",
        b"Content-Length: 5;x",
        b"X: Content-Length: 5",
        b"X:\r\n l: 5",
    ],
)
def test_pitfall_2_what_cannot_be_cut_ends_the_connection(lengths):
    with pytest.raises(Malformed):
        Framer().feed(INVITE.replace(b"Content-Length: 5", lengths))


def test_pitfall_2_a_length_that_is_told_twice_alike_is_no_harm():
    assert Framer().feed(INVITE.replace(b"CSeq", b"l: 5\r\nCSeq"))


def test_pitfall_2_a_header_section_has_an_end():
    framer = Framer()
    framer.feed(b"INVITE sip:a@b SIP/2.0\r\nX: " + b"x" * 65_000)

    with pytest.raises(Malformed):
        framer.feed(b"x" * 600)


def test_a_call_before_the_nonsense_is_not_lost():
    framer = Framer()

    assert framer.feed(INVITE + b"no length\r\n\r\n") == [INVITE]
    for _ in range(2):
        with pytest.raises(Malformed):
            framer.feed(INVITE)


def test_pitfall_1_a_single_pong_is_no_ping():
    framer = Framer()

    assert framer.feed(b"\r\n") == []
    assert framer.pings == 0
    assert framer.feed(b"\r\n") == []
    assert framer.pings == 1
