"""A message is read however sloppily it is written, and written so that all read it."""

from care_console.lines.sip.message import Request, answer, parse, render

INVITE = b"""INVITE sip:care-7f3a9c@192.0.2.7:5070 SIP/2.0\r
v: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bK1\r
f: "Rosa" <sip:5195550123@192.0.2.1>;tag=abc\r
t: <sip:202@192.0.2.7>\r
i: 0b2d\r
CSeq: 27 INVITE\r
l: 4\r
\r
v=0\n"""


def test_an_answer_goes_back_the_way_that_the_request_came():
    request = parse(INVITE)
    assert isinstance(request, Request)

    told = answer(request, 180, "Ringing", tag="t", source=("192.0.2.9", 5062))

    assert render(parse(render(told))) == render(told)
    assert told.headers.first("via").endswith("received=192.0.2.9;rport=5062")
    assert told.headers.first("to") == "<sip:202@192.0.2.7>;tag=t"
