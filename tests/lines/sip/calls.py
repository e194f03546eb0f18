"""Calls as they come over the wire, to be changed by the tests."""

from care_console.lines.sip.message import Request, parse

FROM = '"Rosa" <sip:5195550123@192.0.2.1>;tag=abc'

INVITE = b"""INVITE sip:care-7f3a9c@192.0.2.7:5070 SIP/2.0\r
Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK1\r
From: "Rosa" <sip:5195550123@192.0.2.1>;tag=abc\r
To: <sip:202@192.0.2.7>\r
Contact: <sip:asterisk@192.0.2.1:5060>\r
Call-ID: 0b2d@192.0.2.1\r
CSeq: 27 INVITE\r
Allow: OPTIONS, REGISTER, INVITE, ACK, BYE, CANCEL\r
Max-Forwards: 70\r
Content-Type: application/sdp\r
Content-Length: 5\r
\r
v=0\r\n"""


def invite(*lines: str, sender: str = FROM, to: str = "<sip:202@192.0.2.7>") -> Request:
    """An INVITE with these lines besides; ``sender`` and ``to`` are what From and To say."""
    return call_of("\r\n".join([f"From: {sender}", f"To: {to}", *lines]).encode())


def call_of(lines: bytes) -> Request:
    """An INVITE with nothing but these header lines."""
    start = INVITE.partition(b"\r\n")[0]
    request = parse(b"\r\n".join([start, lines, b"CSeq: 1 INVITE", b"", b""]))
    assert isinstance(request, Request)
    return request
